//! Quantities and formulas in a line of text, for the commands that show how a number follows from others.

use app::coherence::{Piece, QuantityView, RangeView};
use i18n::Messages;
use plan::PriceBasis;
use terms::{Language, UnitMeasure};

/// A quantity by its name, its prices where the name does not say them, and its period.
pub(super) fn quantity(language: Language, of: &QuantityView) -> String {
    let name = of.indicator.name.get(language);
    let basis = match of.basis {
        Some(PriceBasis::Constant { base_year }) => Messages::get(
            language,
            "coherence-constant",
            &[("year", base_year.to_string().into())],
        ),
        Some(PriceBasis::Current) => {
            let words = Messages::get(language, "coherence-current", &[]);
            if name.contains(words.trim()) {
                String::new()
            } else {
                words
            }
        }
        None => String::new(),
    };
    format!("{name} {}{basis}", i18n::date::short_period(language, of.period))
}

/// A range in its unit.
pub(super) fn range(language: Language, of: RangeView, unit: &UnitMeasure) -> String {
    i18n::open_range(language, of.lower, of.upper, unit)
}

/// A formula in names, or with its numbers.
pub(super) fn formula(language: Language, pieces: &[Piece], numbers: bool) -> String {
    let mut text = i18n::Written::new(language);
    for piece in pieces {
        match piece {
            Piece::Quantity(of, range) if numbers => text.range(range.lower, range.upper, &of.unit),
            Piece::Quantity(of, _) => text.word(&quantity(language, of)),
            Piece::Number(value) => text.word(&i18n::number(language, *value)),
            Piece::Sign(sign) => text.sign(*sign),
            Piece::Power(n) => text.power(*n),
            Piece::Root(n) => text.root(*n),
            Piece::Compound(n) => text.compound(*n),
            Piece::CompoundRoot(n) => text.compound_root(*n),
        }
    }
    text.finish()
}
