//! Formulas in a line of text: roots, powers and compound sums as people write them on paper.

use std::fmt::Write as _;

use terms::{Decimal, Language, UnitMeasure};

use crate::messages::Messages;

/// A range of which either end may be open: `16,3–18,1%`, `ít nhất 5%`, `115 triệu đồng/người`.
pub fn open_range(
    language: Language,
    lower: Option<Decimal>,
    upper: Option<Decimal>,
    unit: &UnitMeasure,
) -> String {
    let say = |key: &str, value: Decimal| {
        let value = crate::quantity(language, value, unit);
        Messages::get(language, key, &[("value", value.into())])
    };
    match (lower, upper) {
        (Some(lower), Some(upper)) if lower == upper => crate::quantity(language, lower, unit),
        (Some(lower), Some(upper)) => crate::range(language, lower, upper, unit),
        (Some(lower), None) => say("coherence-at-least", lower),
        (None, Some(upper)) => say("coherence-at-most", upper),
        (None, None) => Messages::get(language, "coherence-any", &[]),
    }
}

/// A formula that is written piece by piece.
#[derive(Debug, Clone)]
pub struct Written {
    language: Language,
    text: String,
    open: Vec<usize>,
    /// Where the bracket that was closed last begins.
    bracket: usize,
}

impl Written {
    /// An empty one.
    pub fn new(language: Language) -> Self {
        Self {
            language,
            text: String::new(),
            open: Vec::new(),
            bracket: 0,
        }
    }

    /// A name or a number.
    pub fn word(&mut self, word: &str) {
        self.bracket = self.text.len();
        self.text.push_str(word);
    }

    /// A range as one factor: in brackets where it has two ends; a percentage without its sign, since the formula
    /// divides by 100 itself.
    pub fn range(&mut self, lower: Option<Decimal>, upper: Option<Decimal>, unit: &UnitMeasure) {
        let text = match (lower, upper) {
            (Some(one), Some(other)) if one == other && unit.is_percentage() => {
                crate::number(self.language, one)
            }
            (Some(lower), Some(upper)) if lower != upper && unit.is_percentage() => format!(
                "({}–{})",
                crate::number(self.language, lower),
                crate::number(self.language, upper)
            ),
            (Some(lower), Some(upper)) if lower == upper => {
                open_range(self.language, lower.into(), upper.into(), unit)
            }
            _ => format!("({})", open_range(self.language, lower, upper, unit)),
        };
        self.word(&text);
    }

    /// An operator or a bracket.
    pub fn sign(&mut self, sign: char) {
        match sign {
            '(' => {
                self.open.push(self.text.len());
                self.text.push('(');
            }
            ')' => {
                self.bracket = self.open.pop().unwrap_or_default();
                self.text.push(')');
            }
            '*' => self.text.push_str(" × "),
            '/' => self.text.push_str(" ÷ "),
            '-' => self.text.push_str(" − "),
            other => {
                // Writing to a string does not fail.
                let _ = write!(self.text, " {other} ");
            }
        }
    }

    /// The last factor to this power.
    pub fn power(&mut self, n: u32) {
        self.text.push_str(&raised(n));
    }

    /// The root of the last factor.
    pub fn root(&mut self, n: u32) {
        self.text.insert_str(self.bracket, &format!("{}√", raised(n)));
    }

    /// x + x² + … + xⁿ of the last factor.
    pub fn compound(&mut self, n: u32) {
        self.named("coherence-compound-x", n);
    }

    /// The x of which x + x² + … + xⁿ is the last factor.
    pub fn compound_root(&mut self, n: u32) {
        self.named("coherence-compound-root-x", n);
    }

    /// The text.
    pub fn finish(self) -> String {
        self.text
    }

    fn named(&mut self, key: &str, n: u32) {
        let inner = self.text.split_off(self.bracket);
        let inner = inner
            .strip_prefix('(')
            .and_then(|inner| inner.strip_suffix(')'))
            .unwrap_or(&inner);
        let mut terms: Vec<String> = (1..=n.min(12))
            .map(|power| format!("x{}", if power == 1 { String::new() } else { raised(power) }))
            .collect();
        if 12 < n {
            terms.push(format!("… + x{}", raised(n)));
        }
        let sum = terms.join(" + ");
        self.text.push_str(&Messages::get(
            self.language,
            key,
            &[("sum", sum.into()), ("inner", inner.to_owned().into())],
        ));
    }
}

fn raised(n: u32) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    n.to_string()
        .chars()
        .filter_map(|digit| DIGITS.get(digit.to_digit(10)? as usize))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_read_as_on_paper() {
        let mut written = Written::new(Language::Vi);
        let decimal = |text: &str| text.parse::<Decimal>().ok();
        written.range(
            decimal("35657000000000"),
            decimal("35657000000000"),
            &UnitMeasure::new("VND"),
        );
        written.sign('×');
        written.sign('(');
        written.word("1");
        written.sign('+');
        written.range(decimal("12.2"), decimal("17.7"), &UnitMeasure::PERCENT);
        written.sign('÷');
        written.word("100");
        written.sign(')');
        written.compound(3);
        assert_eq!(
            written.finish(),
            "35.657 tỷ đồng × (x + x² + x³), với x = 1 + (12,2–17,7) ÷ 100"
        );

        let mut written = Written::new(Language::En);
        written.sign('(');
        written.word("a");
        written.sign('÷');
        written.word("b");
        written.sign(')');
        written.root(5);
        written.sign('−');
        written.word("1");
        assert_eq!(written.finish(), "⁵√(a ÷ b) − 1");
    }

    #[test]
    fn open_ends_are_told() {
        let five = "5".parse().ok();
        assert_eq!(
            open_range(Language::Vi, five, None, &UnitMeasure::PERCENT),
            "ít nhất 5%"
        );
        assert_eq!(
            open_range(Language::En, None, five, &UnitMeasure::PERCENT),
            "at most 5%"
        );
        assert_eq!(open_range(Language::Vi, five, five, &UnitMeasure::PERCENT), "5%");
    }
}
