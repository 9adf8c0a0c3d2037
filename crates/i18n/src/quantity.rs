//! Values with their scale, unit and bound, as people write them in each language.
//!
//! | value | Vietnamese | English |
//! |---|---|---|
//! | 17 970 000 000 000 VND | 17.970 tỷ đồng | VND 17,970 billion |
//! | 115 000 000 VND/person | 115 triệu đồng/người | VND 115 million per person |
//! | over 10.5 % | trên 10,5% | over 10.5% |
//! | 10 to 11 % | 10–11% | 10–11% |
//! | 1 450 000 visitors | 1,45 triệu lượt khách | 1.45 million visitors |

use std::cmp::Ordering;

use terms::{Bound, Decimal, Language, UnitMeasure};

use crate::messages::{Arg, Messages};
use crate::number;

/// How far the point was moved, and the word that says so.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scale {
    One,
    Million,
    Billion,
}

impl Scale {
    /// The scale at which people write a value: money from a million and a billion on, counts from a million on where
    /// no digit below a thousand would be dragged along.
    fn of(value: Decimal, unit: &UnitMeasure) -> Self {
        let size = value.abs();
        let billion = Decimal::from(1_000_000_000_i64);
        let million = Decimal::from(1_000_000);
        if unit.is_money() {
            if billion <= size {
                return Scale::Billion;
            }
            if million <= size {
                return Scale::Million;
            }
        } else if million <= size && (value % Decimal::from(1000)).is_zero() {
            return Scale::Million;
        }
        Scale::One
    }

    fn apply(self, value: Decimal) -> Decimal {
        let power = match self {
            Scale::One => return value,
            Scale::Million => 6,
            Scale::Billion => 9,
        };
        // Moving the point keeps every digit; dividing could round the twenty-ninth.
        let mut moved = value.normalize();
        if moved.scale() + power <= Decimal::MAX_SCALE && moved.set_scale(moved.scale() + power).is_ok() {
            moved.normalize()
        } else {
            value / Decimal::from(10_i64.pow(power))
        }
    }

    fn word(self, language: Language) -> Option<&'static str> {
        match (self, language) {
            (Scale::One, _) => None,
            (Scale::Million, Language::Vi) => Some("triệu"),
            (Scale::Million, Language::En) => Some("million"),
            (Scale::Billion, Language::Vi) => Some("tỷ"),
            (Scale::Billion, Language::En) => Some("billion"),
        }
    }
}

/// A value with its scale and unit: `17.970 tỷ đồng`, `8,02%`, `22.300 căn nhà`.
pub fn quantity(language: Language, value: Decimal, unit: &UnitMeasure) -> String {
    let scale = Scale::of(value, unit);
    let one = value.abs() == Decimal::ONE;
    join(language, &number(language, scale.apply(value)), scale, one, unit)
}

/// A value with its scale, and a unit only where it is a sign: `17.970 tỷ`, `8,02%`, `22.300`: for axes and cells
/// whose heading names the unit.
pub fn short_quantity(language: Language, value: Decimal, unit: &UnitMeasure) -> String {
    let scale = Scale::of(value, unit);
    let digits = number(language, scale.apply(value));
    if unit.is_percentage() {
        return if *unit == UnitMeasure::PERCENT {
            format!("{digits}%")
        } else {
            digits
        };
    }
    match scale.word(language) {
        Some(word) => format!("{digits} {word}"),
        None => digits,
    }
}

/// Two ends with one unit: `10–11%`, `800–900 tỷ đồng`.
pub fn range(language: Language, low: Decimal, high: Decimal, unit: &UnitMeasure) -> String {
    let scale = Scale::of(low, unit);
    if scale != Scale::of(high, unit) || low.is_sign_negative() {
        // «từ 900 triệu đồng đến 1,2 tỷ đồng»: each end with its own scale, and no dash beside a minus.
        let ends = [quantity(language, low, unit), quantity(language, high, unit)];
        return Messages::get(
            language,
            "range-from-to",
            &[
                ("low", ends[0].as_str().into()),
                ("high", ends[1].as_str().into()),
            ],
        );
    }
    let digits = format!(
        "{}–{}",
        number(language, scale.apply(low)),
        number(language, scale.apply(high))
    );
    join(language, &digits, scale, false, unit)
}

/// A value as a source limits it: `trên 10,5%`, `từ 60% trở lên`, `khoảng 9%`, `10–11%`.
pub fn amount(
    language: Language,
    value: Decimal,
    upper: Option<Decimal>,
    bound: Bound,
    unit: &UnitMeasure,
) -> String {
    let text = match upper {
        Some(upper) if upper.cmp(&value) != Ordering::Equal => range(language, value, upper, unit),
        _ => quantity(language, value, unit),
    };
    let key = match bound {
        Bound::Eq | Bound::Range => return text,
        Bound::Gt => "bound-gt-value",
        Bound::Ge => "bound-ge-value",
        Bound::Lt => "bound-lt-value",
        Bound::Le => "bound-le-value",
        Bound::Approx => "bound-approx-value",
    };
    Messages::get(language, key, &[("value", Arg::from(&text))])
}

/// The name of a unit where no number stands before it: `đồng/người`, `%`, `hộ`; `VND per person`, `households`.
pub fn unit_name(language: Language, unit: &UnitMeasure) -> String {
    match unit.as_str() {
        "%" => "%".to_owned(),
        "VND" if language == Language::Vi => "đồng".to_owned(),
        "VND" | "USD" | "EUR" => unit.as_str().to_owned(),
        _ if unit.is_money() => {
            let (currency, per) = split(unit);
            let currency = unit_name(language, &UnitMeasure::new(currency));
            format!(
                "{currency}{}",
                per.map(|per| divisor(language, per)).unwrap_or_default()
            )
        }
        _ => noun(language, unit, false),
    }
}

fn split(unit: &UnitMeasure) -> (&str, Option<&str>) {
    match unit.as_str().split_once('/') {
        Some((numerator, denominator)) => (numerator, Some(denominator)),
        None => (unit.as_str(), None),
    }
}

fn divisor(language: Language, per: &str) -> String {
    let per = noun(language, &UnitMeasure::new(per), true);
    match language {
        Language::Vi => format!("/{per}"),
        Language::En => format!(" per {per}"),
    }
}

/// The noun of a unit from the messages; a unit that the messages do not know is shown by its code.
fn noun(language: Language, unit: &UnitMeasure, one: bool) -> String {
    let slug: String = unit
        .as_str()
        .chars()
        .map(|letter| {
            if letter.is_ascii_alphanumeric() {
                letter.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .collect();
    let count = Arg::Count(if one { 1 } else { 2 });
    if let Some(text) = Messages::of(language).find(&format!("unit-{slug}"), &[("count", count)]) {
        return text;
    }
    match split(unit) {
        (numerator, Some(denominator)) => {
            let numerator = noun(language, &UnitMeasure::new(numerator), one);
            format!("{numerator}{}", divisor(language, denominator))
        }
        (code, None) => code.to_owned(),
    }
}

fn join(language: Language, digits: &str, scale: Scale, one: bool, unit: &UnitMeasure) -> String {
    if *unit == UnitMeasure::PERCENT {
        return format!("{digits}%");
    }
    let scaled = match scale.word(language) {
        Some(word) => format!("{digits} {word}"),
        None => digits.to_owned(),
    };
    if unit.is_money() {
        let (currency, per) = split(unit);
        let per = per.map(|per| divisor(language, per)).unwrap_or_default();
        return match (language, currency) {
            (Language::Vi, "VND") => format!("{scaled} đồng{per}"),
            (Language::Vi, other) => format!("{scaled} {other}{per}"),
            (Language::En, currency) => format!("{currency} {scaled}{per}"),
        };
    }
    let one = one && scale == Scale::One;
    format!("{scaled} {}", noun(language, unit, one))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, unit: &str, vi: &str, en: &str) {
        let (value, unit) = (value.parse().unwrap(), UnitMeasure::new(unit));
        assert_eq!(quantity(Language::Vi, value, &unit), vi);
        assert_eq!(quantity(Language::En, value, &unit), en);
    }

    #[test]
    fn money_is_written_in_the_scale_that_people_use() {
        check("17970000000000", "VND", "17.970 tỷ đồng", "VND 17,970 billion");
        check(
            "15292791000000",
            "VND",
            "15.292,791 tỷ đồng",
            "VND 15,292.791 billion",
        );
        check("231000000000000", "VND", "231.000 tỷ đồng", "VND 231,000 billion");
        check(
            "115000000",
            "VND/person",
            "115 triệu đồng/người",
            "VND 115 million per person",
        );
        check("850000", "VND", "850.000 đồng", "VND 850,000");
        check("120000000", "USD", "120 triệu USD", "USD 120 million");
        check("0", "VND", "0 đồng", "VND 0");
    }

    #[test]
    fn counts_carry_the_noun_of_what_is_counted() {
        check("22300", "house", "22.300 căn nhà", "22,300 houses");
        check("1", "commune", "1 xã", "1 commune");
        check(
            "1450000",
            "visitor",
            "1,45 triệu lượt khách",
            "1.45 million visitors",
        );
        check("1450001", "visitor", "1.450.001 lượt khách", "1,450,001 visitors");
        check("1.7", "time", "1,7 lần", "1.7 times");
        check(
            "12.5",
            "per 10000",
            "12,5 trên 1 vạn dân",
            "12.5 per 10,000 people",
        );
        check("56", "quintal/ha", "56 tạ/ha", "56 quintals per ha");
        check("3", "yak", "3 yak", "3 yak");
    }

    #[test]
    fn percentages_are_signs_and_points_are_words() {
        check("8.02", "%", "8,02%", "8.02%");
        check("3.51", "pp", "3,51 điểm phần trăm", "3.51 percentage points");
        check("-0.12", "pp", "-0,12 điểm phần trăm", "-0.12 percentage points");
    }

    #[test]
    fn bounds_and_ranges_stand_in_words() {
        let percent = UnitMeasure::PERCENT;
        let number = |text: &str| text.parse::<Decimal>().unwrap();
        let vi = |value, upper: Option<&str>, bound| {
            amount(Language::Vi, number(value), upper.map(number), bound, &percent)
        };
        let en = |value, upper: Option<&str>, bound| {
            amount(Language::En, number(value), upper.map(number), bound, &percent)
        };
        assert_eq!(vi("10.5", None, Bound::Gt), "trên 10,5%");
        assert_eq!(en("10.5", None, Bound::Gt), "over 10.5%");
        assert_eq!(vi("60", None, Bound::Ge), "từ 60% trở lên");
        assert_eq!(en("60", None, Bound::Ge), "at least 60%");
        assert_eq!(vi("9", None, Bound::Approx), "khoảng 9%");
        assert_eq!(vi("10", Some("11"), Bound::Range), "10–11%");
        assert_eq!(vi("10", None, Bound::Le), "không quá 10%");
        assert_eq!(en("10", None, Bound::Lt), "under 10%");
        let dong = UnitMeasure::VND;
        assert_eq!(
            range(Language::Vi, number("900000000"), number("1200000000"), &dong),
            "từ 900 triệu đồng đến 1,2 tỷ đồng"
        );
        assert_eq!(
            range(
                Language::En,
                number("800000000000"),
                number("900000000000"),
                &dong
            ),
            "VND 800–900 billion"
        );
    }

    #[test]
    fn a_unit_alone_has_its_name() {
        let name = |language, unit: &str| unit_name(language, &UnitMeasure::new(unit));
        assert_eq!(name(Language::Vi, "VND/person"), "đồng/người");
        assert_eq!(name(Language::En, "VND/person"), "VND per person");
        assert_eq!(name(Language::Vi, "household"), "hộ");
        assert_eq!(name(Language::En, "household"), "households");
    }

    #[test]
    fn moving_the_point_loses_no_digit() {
        let long: Decimal = "1234567890123456789.012345678".parse().unwrap();
        let text = quantity(Language::En, long, &UnitMeasure::VND);
        assert_eq!(text, "VND 1,234,567,890.123456789012345678 billion");
    }
}
