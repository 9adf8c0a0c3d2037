//! What the pages print, the reader reads back: values, bounds, ranges, units, periods, in both languages.

use std::sync::LazyLock;

use proptest::prelude::*;
use terms::{Bound, Date, Decimal, Language, TimePeriod, UnitMeasure};

static READER: LazyLock<figures::Reader> = LazyLock::new(|| {
    figures::Reader::new(
        include_str!("../../../../data/indicators.csv"),
        include_str!("../../../../data/indicator_aliases.csv"),
        include_str!("../../../../data/units.csv"),
    )
    .unwrap()
});

fn read(language: Language, sentence: &str) -> Vec<figures::Figure> {
    READER.read(&figures::Text {
        text: sentence,
        date: Some(Date::constant(2026, 1, 31)),
        place: None,
        language: Some(language),
        title: None,
    })
}

/// A subject that fits the unit, so that the sentence is one that people write.
fn sentence(language: Language, unit: &str, amount: &str) -> String {
    match (language, unit) {
        (Language::Vi, "%") => format!("Tỷ lệ hộ nghèo là {amount}."),
        (Language::En, "%") => format!("The poverty rate is {amount}."),
        (Language::Vi, "VND") => format!("Thu ngân sách trên địa bàn đạt {amount}."),
        (Language::En, "VND") => format!("Budget revenue in the area reached {amount}."),
        (Language::Vi, _) => format!("Cả tỉnh có {amount}."),
        (Language::En, _) => format!("The province has {amount}."),
    }
}

fn unit() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        Just("%"),
        Just("VND"),
        Just("household"),
        Just("visitor"),
        Just("ha"),
        Just("project")
    ]
}

fn value(unit: &'static str) -> BoxedStrategy<Decimal> {
    match unit {
        "%" => (1_i64..100_000, 1_u32..=3)
            .prop_map(|(digits, scale)| Decimal::new(digits, scale).normalize())
            .boxed(),
        "VND" => (1_i64..40_000_000, 6_u32..9)
            .prop_map(|(digits, zeros)| Decimal::from(digits) * Decimal::from(10_i64.pow(zeros)))
            .boxed(),
        "ha" => (2_i64..9_000_000, 0_u32..=1)
            .prop_map(|(digits, scale)| Decimal::new(digits, scale).normalize())
            .boxed(),
        _ => (2_i64..9_000_000).prop_map(Decimal::from).boxed(),
    }
}

fn language() -> impl Strategy<Value = Language> {
    prop_oneof![Just(Language::Vi), Just(Language::En)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_amount_reads_back_as_it_was_meant(
        language in language(),
        (unit, value) in unit().prop_flat_map(|unit| (Just(unit), value(unit))),
        bound in prop_oneof![Just(Bound::Eq), Just(Bound::Gt), Just(Bound::Ge), Just(Bound::Lt), Just(Bound::Le), Just(Bound::Approx)],
    ) {
        let printed = i18n::amount(language, value, None, bound, &UnitMeasure::from_static(unit));
        let sentence = sentence(language, unit, &printed);
        let found = read(language, &sentence);
        prop_assert_eq!(found.len(), 1, "{} gave {:?}", sentence, found);
        prop_assert_eq!(found[0].value, value, "{}", sentence);
        prop_assert_eq!(found[0].bound, bound, "{}", sentence);
        prop_assert_eq!(found[0].unit.as_str(), unit, "{}", sentence);
    }

    #[test]
    fn a_range_reads_back_with_both_ends(language in language(), low in 1_i64..400, more in 1_i64..90) {
        let (low, high) = (Decimal::new(low, 1).normalize(), Decimal::new(low + more, 1).normalize());
        let printed = i18n::range(language, low, high, &UnitMeasure::PERCENT);
        let sentence = sentence(language, "%", &printed);
        let found = read(language, &sentence);
        prop_assert_eq!(found.len(), 1, "{} gave {:?}", sentence, found);
        prop_assert_eq!((found[0].value, found[0].upper), (low, Some(high)), "{}", sentence);
    }

    #[test]
    fn a_period_reads_back(language in language(), year in 2021_i16..2030, part in 0_u8..4, number in 1_i8..=4) {
        let period = match part {
            1 => TimePeriod::Half(year, 1 + number % 2),
            2 => TimePeriod::Quarter(year, number),
            3 => TimePeriod::Month(year, number * 3),
            _ => TimePeriod::Year(year),
        };
        let words = i18n::date::period(language, period);
        let sentence = match language {
            Language::Vi => format!("Trong {words}, kim ngạch xuất khẩu đạt 120 triệu USD."),
            Language::En => format!("In {words}, exports reached USD 120 million."),
        };
        let found = read(language, &sentence);
        prop_assert_eq!(found.len(), 1, "{} gave {:?}", sentence, found);
        prop_assert_eq!(found[0].period, Some(period), "{}", sentence);
    }
}

#[test]
fn about_before_vietnamese_money_is_kept() {
    let found = read(
        Language::Vi,
        "Thu ngân sách trên địa bàn đạt khoảng 1 triệu đồng.",
    );
    assert_eq!(found[0].bound, Bound::Approx);
}
