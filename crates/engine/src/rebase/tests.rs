//! 129 into 45, divided units, two waves, and the way back.

use std::sync::LazyLock;

use plan::org_tree::Tables;
use proptest::prelude::*;
use terms::{AreaLevel, RefArea};

use super::*;

static COUNTRY: LazyLock<OrgTree> = LazyLock::new(|| {
    Tables {
        units: include_str!("../../../../data/units.csv"),
        successions: include_str!("../../../../data/successions.csv"),
        changes: include_str!("../../../../data/changes.csv"),
    }
    .read()
    .unwrap()
});

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn d(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn communes(on: &str) -> Vec<UnitNumber> {
    COUNTRY.below(&RefArea::new("VN-11"), AreaLevel::Commune, day(on))
}

fn forward() -> Rebasing {
    Rebasing::between(
        &COUNTRY,
        &communes("2025-06-30"),
        day("2024-12-31"),
        day("2026-01-01"),
    )
}

/// A tree of two waves: A and B make X in 2023; in 2025 X goes 6 : 4 to Y and Z, and C is divided between Y and Z unsaid.
fn waves() -> OrgTree {
    Tables {
        units: "code,parent,level,name_vi,name_en,type,valid_from,valid_to,area_km2\nA,,x,A,A,xã,,2022-12-31,\nB,,x,B,B,xã,,2022-12-31,\n\
                C,,x,C,C,xã,,2025-06-30,\nX,,x,X,X,xã,2023-01-01,2025-06-30,\nY,,x,Y,Y,xã,2025-07-01,,\nZ,,x,Z,Z,xã,2025-07-01,,\n",
        successions: "predecessor,successor,date,share\nA,X,2023-01-01,1\nB,X,2023-01-01,1\nX,Y,2025-07-01,0.6\nX,Z,2025-07-01,0.4\n\
                      C,Y,2025-07-01,\nC,Z,2025-07-01,\n",
        changes: "code,date,field,old,new\n",
    }
    .read()
    .unwrap()
}

fn named(tree: &OrgTree, code: &str) -> UnitNumber {
    tree.all_with_code(&RefArea::new(code))[0]
}

#[test]
fn the_wards_of_dien_bien_phu_become_one() {
    let rebasing = forward();
    assert_eq!(
        (
            rebasing.targets().len(),
            rebasing.pieces().len(),
            rebasing.lost().len()
        ),
        (45, 129, 0)
    );
    let ward = COUNTRY
        .find(&RefArea::new("VN-11-03127"), day("2026-01-01"))
        .unwrap();
    let all = rebasing.additive(&|_| Some(Decimal::TEN), None).unwrap();
    let ward = all.iter().find(|rebased| rebased.unit == ward).unwrap();
    assert_eq!(
        (ward.value, ward.estimated, ward.parts.len()),
        (Some(d("60")), false, 6)
    );
}

#[test]
fn two_waves_chain_and_shares_mark_what_is_estimated() {
    let tree = waves();
    let sources: Vec<UnitNumber> = ["A", "B"].map(|code| named(&tree, code)).to_vec();
    let rebasing = Rebasing::between(&tree, &sources, day("2022-06-30"), day("2026-01-01"));
    let values = |unit: UnitNumber| {
        Some(if unit == named(&tree, "A") {
            d("100")
        } else {
            d("0.5")
        })
    };
    let rebased = rebasing.additive(&values, None).unwrap();
    assert_eq!(
        rebased.iter().map(|one| one.value.unwrap()).collect::<Vec<_>>(),
        [d("60.3"), d("40.2")]
    );
    assert!(rebased.iter().all(|one| one.estimated));
    assert_eq!(rebased[0].parts[0].share, Some(d("0.6")));
}

#[test]
fn what_was_divided_without_a_share_is_said_not_to_be_apportionable() {
    let tree = waves();
    let sources: Vec<UnitNumber> = ["C", "X"].map(|code| named(&tree, code)).to_vec();
    let rebasing = Rebasing::between(&tree, &sources, day("2025-06-30"), day("2025-07-01"));
    for rebased in rebasing.additive(&|_| Some(d("10")), None).unwrap() {
        assert_eq!(rebased.value, None);
        assert_eq!(rebased.not_apportioned, [named(&tree, "C")]);
        assert!(rebased.known.is_some());
    }
}

#[test]
fn a_missing_part_leaves_no_value_and_is_named() {
    let absent = communes("2025-06-30")[0];
    let rebased = forward()
        .additive(&|unit| (unit != absent).then_some(Decimal::ONE), None)
        .unwrap();
    let without: Vec<_> = rebased.iter().filter(|one| one.value.is_none()).collect();
    assert_eq!(without.len(), 1);
    assert_eq!(without[0].missing, [absent]);
}

/// A poverty rate is households over households, never a mean of rates: 10 of 100 and 90 of 300 are 25%, not 20%.
#[test]
fn rates_are_made_anew_from_above_and_below() {
    let tree = waves();
    let sources: Vec<UnitNumber> = ["A", "B"].map(|code| named(&tree, code)).to_vec();
    let rebasing = Rebasing::between(&tree, &sources, day("2022-06-30"), day("2024-01-01"));
    let first = named(&tree, "A");
    let poor = |unit| Some(if unit == first { d("10") } else { d("90") });
    let all = |unit| Some(if unit == first { d("100") } else { d("300") });
    let rate = rebasing.ratio(&poor, &all, Decimal::ONE_HUNDRED, None).unwrap();
    assert_eq!((rate[0].value, rate[0].estimated), (Some(d("25")), false));
    let rates = |unit| Some(if unit == first { d("10") } else { d("30") });
    assert_eq!(rebasing.mean(&rates, &all).unwrap()[0].value, Some(d("25")));
    assert_eq!(
        rebasing.carried(&rates)[0].value,
        None,
        "no rule: two units cannot become one"
    );
    assert_eq!(
        rebasing
            .ratio(&poor, &|_| Some(Decimal::ZERO), Decimal::ONE, None)
            .unwrap()[0]
            .value,
        None
    );
}

#[test]
fn going_back_without_a_weight_is_refused_and_with_one_is_estimated() {
    let back = Rebasing::between(
        &COUNTRY,
        &communes("2026-01-01"),
        day("2026-01-01"),
        day("2025-06-30"),
    );
    assert_eq!(back.targets().len(), 129);
    let bare = back.additive(&|_| Some(d("100")), None).unwrap();
    assert!(
        bare.iter()
            .all(|one| one.value.is_none() && one.not_apportioned.len() == 1)
    );
    let weighed = back
        .additive(&|_| Some(d("100")), Some(&|_| Some(Decimal::ONE)))
        .unwrap();
    assert!(weighed.iter().all(|one| one.value.is_some() && one.estimated));
    assert_eq!(
        weighed.iter().map(|one| one.value.unwrap()).sum::<Decimal>(),
        d("4500")
    );
}

proptest! {
    /// Nothing is lost and nothing is made: 129 figures and their 45 sums have the same total, in any order.
    #[test]
    fn a_succession_keeps_totals(values in proptest::collection::vec(-1_000_000_000i64..1_000_000_000, 129), scale in 0u32..6) {
        let old = communes("2025-06-30");
        let first = old[0].index();
        let of = |unit: UnitNumber| old.binary_search(&unit).ok().map(|index| Decimal::new(values[index], scale));
        prop_assert!(old.iter().all(|unit| first <= unit.index()));
        let rebased = forward().additive(&of, None).unwrap();
        let total: Decimal = values.iter().map(|value| Decimal::new(*value, scale)).sum();
        prop_assert_eq!(rebased.iter().map(|one| one.value.unwrap()).sum::<Decimal>(), total);
        prop_assert!(rebased.iter().all(|one| !one.estimated));
    }

    /// To the old borders and back again is where one started, exactly, whatever the weights.
    #[test]
    fn as_of_and_back_is_the_identity_for_whole_mergers(
        values in proptest::collection::vec(0i64..1_000_000_000, 45),
        weights in proptest::collection::vec(1i64..100_000, 129),
    ) {
        let (old, new) = (communes("2025-06-30"), communes("2026-01-01"));
        let value = |unit: UnitNumber| new.binary_search(&unit).ok().map(|index| Decimal::new(values[index], 2));
        let weight = |unit: UnitNumber| old.binary_search(&unit).ok().map(|index| Decimal::from(weights[index]));
        let back = Rebasing::between(&COUNTRY, &new, day("2026-01-01"), day("2025-06-30"));
        let divided = back.additive(&value, Some(&weight)).unwrap();
        let of_old = |unit: UnitNumber| divided.binary_search_by_key(&unit, |one| one.unit).ok().and_then(|index| divided[index].value);
        let again = forward().additive(&of_old, None).unwrap();
        for one in again {
            prop_assert_eq!(one.value, value(one.unit));
        }
    }
}
