//! A kept figure is the explanation of its cell, bit for bit, whatever came and went before it was asked for.

use std::collections::BTreeMap;

use plan::catalogue::CatalogueTables;
use plan::org_tree::Tables;
use proptest::prelude::*;

use super::*;
use crate::explain::{Explained, Ground, How, explain};

struct World {
    catalogue: Catalogue,
    formulas: Formulas,
    tree: OrgTree,
}

/// A country of two provinces; in one, three communes became two in July 2025, one of them divided by a share.
fn world() -> World {
    let catalogue = CatalogueTables {
        indicators: "code,name_vi,name_en,unit,better,aggregation,over_time,numerator,denominator,weight,formula\n\
                     poor.all,A,A,household,,sum,last,,,,\nhouse.all,A,A,household,,sum,last,,,,\n\
                     poor.rate,A,A,%,down,ratio,none,poor.all,house.all,,\nincome.mean,A,A,VND/household,,weighted_mean,mean,,,house.all,\n\
                     hill.top,A,A,m,,max,max,,,,\nforest.new,A,A,ha,up,sum,sum,,,,\nforest.last,A,A,ha,up,none,none,,,,\"lag(forest.new, 1)\"\n\
                     forest.three,A,A,ha,up,none,none,,,,\"sum(forest.new, 3)\"\nnorm.once,A,A,m,,last,last,,,,\n\
                     share.new,A,A,ha/household,up,ratio,none,forest.new,house.all,,\n",
        breaks: "indicator,date,old_vi,new_vi,old_en,new_en,source\nforest.new,2024-03-01,a,b,a,b,c\n",
    };
    let tree = Tables {
        units: "code,parent,level,name_vi,name_en,type,valid_from,valid_to,area_km2\nVN,,n,N,N,,,,\n\
                VN-11,VN,p,P,P,tỉnh,,,\nVN-12,VN,p,Q,Q,tỉnh,,,\n\
                VN-11-00001,VN-11,c,A,A,xã,,2025-06-30,\nVN-11-00002,VN-11,c,B,B,xã,,2025-06-30,\nVN-11-00003,VN-11,c,C,C,xã,,2025-06-30,\n\
                VN-11-00004,VN-11,c,X,X,xã,2025-07-01,,\nVN-11-00005,VN-11,c,Y,Y,xã,2025-07-01,,\nVN-12-00006,VN-12,c,Z,Z,xã,,,\n",
        successions: "predecessor,successor,date,share\nVN-11-00001,VN-11-00004,2025-07-01,1\nVN-11-00002,VN-11-00004,2025-07-01,0.4\n\
                      VN-11-00002,VN-11-00005,2025-07-01,0.6\nVN-11-00003,VN-11-00005,2025-07-01,1\n",
        changes: "code,date,field,old,new\n",
    };
    let catalogue = match catalogue.read() {
        Ok(catalogue) => catalogue,
        Err(faults) => panic!("{faults:?}"),
    };
    World {
        formulas: Formulas::of(&catalogue).unwrap(),
        tree: tree.read().unwrap(),
        catalogue,
    }
}

const PLACES: [&str; 9] = [
    "VN",
    "VN-11",
    "VN-12",
    "VN-11-00001",
    "VN-11-00002",
    "VN-11-00003",
    "VN-11-00004",
    "VN-11-00005",
    "VN-12-00006",
];
const PERIODS: [&str; 14] = [
    "2023",
    "2024",
    "2025",
    "2026",
    "2026-H1",
    "2026-Q1",
    "2026-Q3",
    "2024-01",
    "2024-03",
    "2026-02",
    "2026-07",
    "2026-01/2026-09",
    "2026-02-15/2026-03-14",
    "2023/2026",
];

/// What comes (or, of an act that was there, goes).
#[derive(Debug, Clone)]
struct Deed {
    indicator: usize,
    place: usize,
    period: usize,
    value: i64,
    scale: u32,
    edition: usize,
    basis: bool,
    takes: bool,
    marks: bool,
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let deed = (
        (0_usize..10, 0_usize..9, 0_usize..14, 0_usize..3),
        (0_i64..100_000, 0_u32..3),
        (any::<bool>(), 0_u8..5, 0_u8..6),
    );
    let deed = deed.prop_map(
        |((indicator, place, period, edition), (value, scale), (basis, takes, marks))| Deed {
            indicator,
            place,
            period,
            value,
            scale,
            edition,
            basis,
            takes: takes == 0,
            marks: marks == 0,
        },
    );
    proptest::collection::vec(deed, 1..40)
}

fn explained(
    world: &World,
    rollups: &Rollups,
    indicator: &IndicatorCode,
    place: &RefArea,
    period: TimePeriod,
    basis: Option<PriceBasis>,
) -> Explained {
    let reports = |code: &IndicatorCode, unit: &RefArea, period: TimePeriod| {
        let best = rollups.best(&world.catalogue, code, unit, period, basis)?;
        Some((best.value, best.id))
    };
    let ground = Ground {
        catalogue: &world.catalogue,
        formulas: &world.formulas,
        tree: &world.tree,
        reports: &reports,
    };
    explain(ground, indicator, place, period)
}

fn made_of(how: &How) -> Made {
    match how {
        How::Reported { key } => Made::Reported(*key),
        How::Made { stop, .. } => Made::Formula {
            is_stopped: stop.is_some(),
        },
        How::Rebased { estimated, .. } => Made::Rebased {
            estimated: *estimated,
        },
        How::OverTime {
            way,
            known,
            of,
            in_years,
            broken,
            ..
        } => Made::OverTime {
            way: *way,
            known: *known,
            of: *of,
            in_years: *in_years,
            broken: *broken,
        },
        How::RolledUp { known, of, .. } => Made::RolledUp {
            known: *known,
            of: *of,
        },
        How::Unknown => Made::Unknown,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn a_kept_figure_is_what_explaining_anew_finds(deeds in deeds(), asks in proptest::collection::vec((0_usize..10, 0_usize..9, 0_usize..14), 1..20)) {
        let world = world();
        let rules = Rules { catalogue: &world.catalogue, formulas: &world.formulas, tree: &world.tree };
        let codes: Vec<IndicatorCode> = world.catalogue.entries().iter().map(|entry| entry.indicator.code.clone()).collect();
        let places: Vec<RefArea> = PLACES.iter().map(|place| RefArea::new(*place)).collect();
        let periods: Vec<TimePeriod> = PERIODS.iter().map(|period| period.parse().unwrap()).collect();
        let mut rollups = Rollups::new(rules);
        let mut held: BTreeMap<u64, (usize, usize, usize)> = BTreeMap::new();
        for (id, deed) in (1..).zip(&deeds) {
            let old = held.iter().find(|(old, _)| deed.takes && u64::try_from(deed.value).unwrap() % 7 <= **old).map(|(old, cell)| (*old, *cell));
            if let Some((old, (indicator, place, period))) = old {
                prop_assert!(rollups.take(rules, &codes[indicator], &places[place], periods[period], old));
                prop_assert!(!rollups.take(rules, &codes[indicator], &places[place], periods[period], old));
                held.remove(&old);
            } else {
                let value = Value {
                    id,
                    measure: Measure::Level,
                    edition: Edition::ALL[deed.edition],
                    status: ObsStatus::Normal,
                    value: Decimal::new(deed.value, deed.scale),
                    price_basis: deed.basis.then_some(PriceBasis::Current),
                    is_scoped: deed.value % 17 == 0,
                };
                rollups.put(rules, &codes[deed.indicator], &places[deed.place], periods[deed.period], value);
                held.insert(id, (deed.indicator, deed.place, deed.period));
                if deed.marks {
                    rollups.mark(rules, &codes[deed.indicator], &places[deed.place], id, true);
                }
            }
            // Some cells are asked between the acts, so that figures are kept that must be dropped later.
            for (indicator, place, period) in &asks {
                for basis in [None, Some(PriceBasis::Current)] {
                    let (code, place, period) = (&codes[*indicator], &places[*place], periods[*period]);
                    let figure = rollups.figure(rules, code, place, period, basis);
                    let anew = explained(&world, &rollups, code, place, period, basis);
                    prop_assert_eq!(figure.value.map(|value| value.serialize()), anew.value.map(|value| value.serialize()), "{} {} {}: {:?}", code, place, period, &anew);
                    prop_assert_eq!(figure.is_complete, anew.is_complete(), "{} {} {}: {:?}", code, place, period, &anew);
                    prop_assert_eq!(figure.made, made_of(&anew.how));
                    prop_assert_eq!(figure.is_marked, anew.reports().iter().any(|id| rollups.marked.contains(id)));
                    prop_assert_eq!(figure.newest, anew.reports().last().copied());
                }
            }
        }
        prop_assert_eq!(rollups.len(), held.len());
    }
}

fn value(id: u64, value: &str) -> Value {
    Value {
        id,
        measure: Measure::Level,
        edition: Edition::Official,
        status: ObsStatus::Normal,
        value: value.parse().unwrap(),
        price_basis: None,
        is_scoped: false,
    }
}

/// Of three communes two told both households and the poor: the rate stands on those two, and says so.
#[test]
fn a_figure_names_the_communes_that_it_stands_on() {
    let world = world();
    let rules = Rules {
        catalogue: &world.catalogue,
        formulas: &world.formulas,
        tree: &world.tree,
    };
    let mut rollups = Rollups::new(rules);
    let year: TimePeriod = "2024".parse().unwrap();
    let code = |code: &str| -> IndicatorCode { code.parse().unwrap() };
    for (id, indicator, place, told) in [
        (1, "poor.all", "VN-11-00001", "10"),
        (2, "poor.all", "VN-11-00002", "0"),
        (3, "house.all", "VN-11-00002", "50"),
        (4, "house.all", "VN-11-00003", "60"),
        (5, "house.all", "VN-12", "90"),
    ] {
        rollups.fill(
            rules,
            &code(indicator),
            &RefArea::new(place),
            year,
            value(id, told),
        );
    }
    let names = |figure: &Figure| -> Vec<String> {
        let communes = figure.communes.as_deref().unwrap_or_default();
        communes
            .iter()
            .map(|number| rollups.place(*number).to_string())
            .collect()
    };
    let houses = rollups.figure(rules, &code("house.all"), &RefArea::new("VN"), year, None);
    assert_eq!(
        (houses.value, houses.is_complete),
        (Some(Decimal::from(200)), false)
    );
    assert_eq!(
        names(&houses),
        ["VN-11-00002", "VN-11-00003", "VN-12-00006"],
        "the province told as a whole has all of its communes"
    );
    let poor = rollups.figure(rules, &code("poor.all"), &RefArea::new("VN-11"), year, None);
    assert_eq!(
        (poor.value, poor.made),
        (Some(Decimal::from(10)), Made::RolledUp { known: 2, of: 3 }),
        "nought is told, missing is not"
    );
    let rate = rollups.figure(rules, &code("poor.rate"), &RefArea::new("VN-11"), year, None);
    assert_eq!((rate.value, names(&rate)), (None, vec!["VN-11-00002".to_owned()]));
}

/// Too many digits are told as no value; they are not rounded and do not wrap.
#[test]
fn a_sum_beyond_28_digits_is_no_value() {
    let world = world();
    let rules = Rules {
        catalogue: &world.catalogue,
        formulas: &world.formulas,
        tree: &world.tree,
    };
    let mut rollups = Rollups::new(rules);
    let (code, year): (IndicatorCode, TimePeriod) = ("poor.all".parse().unwrap(), "2024".parse().unwrap());
    for (id, place) in [(1, "VN-11-00001"), (2, "VN-11-00002")] {
        rollups.fill(
            rules,
            &code,
            &RefArea::new(place),
            year,
            value(id, "79228162514264337593543950335"),
        );
    }
    let sum = rollups.figure(rules, &code, &RefArea::new("VN-11"), year, None);
    assert_eq!((sum.value, sum.made), (None, Made::Unknown));
    rollups.take(rules, &code, &RefArea::new("VN-11-00002"), year, 2);
    let one = rollups.figure(rules, &code, &RefArea::new("VN-11"), year, None);
    assert_eq!(one.value, Some(Decimal::MAX));
}
