//! Amounts as people read them, stated ones exactly and computed ones rounded.

use app::scoreboard::Pace;
use app::view::Amount;
use maud::{Markup, html};
use plan::PriceBasis;
use terms::{Decimal, RoundingStrategy, UnitMeasure};

use crate::ask::Ask;

/// `trên 10,5%`, with its prices and scope where somebody says so.
pub(crate) fn amount(ask: &Ask, amount: &Amount) -> Markup {
    html! {
        span.num { (text(ask, amount)) }
        @if let Some(basis) = amount.price_basis {
            " " small.basis { (price_basis(ask, basis)) }
        }
        @if let Some(scope) = &amount.scope {
            " " small.basis { (scope.get(ask.language)) }
        }
    }
}

/// The same as plain text, without prices and scope.
pub(crate) fn text(ask: &Ask, amount: &Amount) -> String {
    i18n::amount(
        ask.language,
        amount.value,
        amount.upper,
        amount.bound,
        &amount.unit,
    )
}

/// `giá so sánh 2010`, `giá hiện hành`.
pub(crate) fn price_basis(ask: &Ask, basis: PriceBasis) -> String {
    match basis {
        PriceBasis::Current => ask.t("price-current"),
        PriceBasis::Constant { base_year } => {
            ask.ta("price-constant", &[("year", base_year.to_string().into())])
        }
    }
}

/// The unit of a difference: points between percentages, otherwise the same unit.
pub(crate) fn of_difference(unit: &UnitMeasure) -> UnitMeasure {
    if *unit == UnitMeasure::PERCENT {
        UnitMeasure::POINT
    } else {
        unit.clone()
    }
}

/// A value that we computed, rounded to what is worth reading: two digits of a percentage, a tenth of a billion or a
/// million, whole counts.
pub(crate) fn computed(ask: &Ask, value: Decimal, unit: &UnitMeasure) -> String {
    i18n::quantity(ask.language, worth_reading(value, unit), unit)
}

fn worth_reading(value: Decimal, unit: &UnitMeasure) -> Decimal {
    let half_away = RoundingStrategy::MidpointAwayFromZero;
    let step: i64 = if unit.is_money() {
        let size = value.abs();
        if Decimal::from(1_000_000_000_i64) <= size {
            100_000_000
        } else if Decimal::from(1_000_000) <= size {
            100_000
        } else {
            1
        }
    } else if unit.is_percentage() || value.abs() < Decimal::ONE_HUNDRED {
        return value.round_dp_with_strategy(2, half_away).normalize();
    } else {
        1
    };
    let step = Decimal::from(step);
    ((value / step).round_dp_with_strategy(0, half_away) * step).normalize()
}

/// `tăng 1,5 điểm phần trăm mỗi năm (8,1% mỗi năm)`.
pub(crate) fn pace(ask: &Ask, pace: &Pace, unit: &UnitMeasure) -> String {
    let difference = of_difference(unit);
    let size = computed(ask, pace.per_year.abs(), &difference);
    let key = if pace.per_year.is_sign_negative() {
        "web-pace-down"
    } else {
        "web-pace-up"
    };
    let mut text = ask.ta(key, &[("size", size.into())]);
    if let Some(growth) = pace.growth_percent.filter(|_| !unit.is_percentage()) {
        let growth = computed(ask, growth, &UnitMeasure::PERCENT);
        text.push_str(&ask.ta("web-pace-growth", &[("growth", growth.into())]));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn computed_values_are_rounded_to_what_is_worth_reading() {
        let check = |value: &str, unit: &str, text: &str| {
            let rounded = worth_reading(value.parse().unwrap(), &UnitMeasure::new(unit));
            assert_eq!(rounded, text.parse::<Decimal>().unwrap(), "{value} {unit}");
        };
        check("3.1612345", "pp", "3.16");
        check("12345678901234", "VND", "12345700000000");
        check("12345678", "VND/person", "12300000");
        check("1234.56", "house", "1235");
        check("12.346", "commune", "12.35");
        check("-0.125", "%", "-0.13");
    }
}
