//! The country's own tables, and tables with one fault each.

use super::*;

const UNITS: &str = include_str!("../../../../data/units.csv");
const SUCCESSIONS: &str = include_str!("../../../../data/successions.csv");
const CHANGES: &str = include_str!("../../../../data/changes.csv");

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn country() -> OrgTree {
    Tables {
        units: UNITS,
        successions: SUCCESSIONS,
        changes: CHANGES,
    }
    .read()
    .unwrap()
}

/// Resolution 1661/NQ-UBTVQH15: 129 units (115 communes, 9 wards, 5 towns) into 45 (42 and 3); 16 mergers of two, 29 of
/// three or more; all of whole units.
#[test]
fn dien_bien_went_from_129_to_45_by_whole_units() {
    let tree = country();
    let province = RefArea::new("VN-11");
    let old = tree.below(&province, AreaLevel::Commune, day("2025-06-30"));
    let new = tree.below(&province, AreaLevel::Commune, day("2025-07-01"));
    assert_eq!((old.len(), new.len()), (129, 45));
    let of_type = |numbers: &[UnitNumber], kind: &str| {
        numbers
            .iter()
            .filter(|number| tree.unit(**number).type_vi == kind)
            .count()
    };
    assert_eq!(
        (
            of_type(&old, "xã"),
            of_type(&old, "phường"),
            of_type(&old, "thị trấn")
        ),
        (115, 9, 5)
    );
    assert_eq!((of_type(&new, "xã"), of_type(&new, "phường")), (42, 3));
    let sizes: Vec<usize> = new.iter().map(|number| tree.earlier(*number).len()).collect();
    assert_eq!(sizes.iter().filter(|size| **size == 2).count(), 16);
    assert_eq!(sizes.iter().filter(|size| 3 <= **size).count(), 29);
    for number in &old {
        assert_eq!(tree.later(*number).len(), 1);
        assert_eq!(tree.later(*number)[0].share, Some(Decimal::ONE));
    }
}

/// The new ward Mường Thanh holds nothing of the old one, which went to the ward Điện Biên Phủ.
#[test]
fn a_name_and_a_number_do_not_make_a_unit() {
    let tree = country();
    let new = tree
        .find(&RefArea::new("VN-11-03334"), day("2025-07-01"))
        .unwrap();
    assert_eq!(tree.unit(new).name_vi, "Mường Thanh");
    let names: Vec<&str> = tree
        .earlier(new)
        .iter()
        .map(|link| tree.unit(link.unit).name_vi.as_str())
        .collect();
    assert!(!names.contains(&"Mường Thanh"), "{names:?}");
    assert_eq!(tree.find(&RefArea::new("VN-11-03334"), day("2025-06-30")), None);
}

#[test]
fn a_type_that_changed_is_known_on_each_day() {
    let tree = country();
    let province = tree.find(&RefArea::new("VN-75"), day("2026-01-01")).unwrap();
    assert_eq!(tree.type_on(province, day("2026-04-29")), "tỉnh");
    assert_eq!(tree.type_on(province, day("2026-04-30")), "thành phố");
}

#[test]
fn every_fault_is_named_with_its_row() {
    let header = "code,parent,level,name_vi,name_en,type,valid_from,valid_to,area_km2\n";
    let base = "VN,,country,Việt Nam,Viet Nam,quốc gia,,,1\nA,VN,x,A,A,xã,,2025-06-30,\nB,VN,x,B,B,xã,,2025-06-30,\n\
                C,VN,x,C,C,xã,2025-07-01,,\nD,VN,x,D,D,xã,2025-07-01,,\n";
    let links = "predecessor,successor,date,share\n";
    let check = |units: &str, successions: &str, code: &str, row: u32| {
        let units = format!("{header}{base}{units}");
        let successions = format!("{links}{successions}");
        let faults = Tables {
            units: &units,
            successions: &successions,
            changes: "code,date,field,old,new\n",
        }
        .read()
        .map(|_| ())
        .unwrap_err();
        let found: Vec<_> = faults.iter().map(|fault| (fault.code, fault.place.row)).collect();
        assert!(found.contains(&(code, Some(row))), "{code}: {found:?}");
    };
    check("E,F,x,E,E,xã,,,\nF,E,x,F,F,xã,,,\n", "", "unit-cycle", 7);
    check("E,G,x,E,E,xã,,,\n", "", "unit-parent-unknown", 7);
    check("C,A,x,C,C,xã,2026-01-01,,\n", "", "unit-two-parents", 7);
    check("C,VN,x,C,C,xã,2026-01-01,,\n", "", "unit-validity-overlaps", 7);
    check(
        "E,VN,x,E,E,xã,2025-07-01,2025-06-01,\n",
        "",
        "unit-ends-before-it-starts",
        7,
    );
    check("E,VN,x,E,E,xã,2025-02-30,,\n", "", "not-a-date", 7);
    check("E,VN,x,E,E,xã,,,-4\n", "", "not-a-number", 7);
    check(
        "",
        "A,C,2025-07-01,0.6\nA,D,2025-07-01,0.5\n",
        "succession-share-sum",
        3,
    );
    check("", "A,C,2025-07-01,1.2\n", "not-a-share", 2);
    check("", "A,C,2025-07-01,0\n", "not-a-share", 2);
    check("", "A,Z,2025-07-01,1\n", "succession-unit-unknown", 2);
    check("", "A,C,2024-07-01,1\n", "succession-unit-unknown", 2);
    check("", "A,C,2025-07-01,\nA,C,2025-07-01,\n", "succession-twice", 3);
    check(
        "E,VN,x,E,E,xã,,,\nF,VN,x,F,F,xã,,,\n",
        "E,F,2025-01-01,1\nF,E,2026-01-01,1\n",
        "succession-cycle",
        3,
    );
}

#[test]
fn a_missing_column_is_named() {
    let faults = Tables {
        units: "code,parent\n",
        successions: SUCCESSIONS,
        changes: CHANGES,
    }
    .read()
    .map(|_| ())
    .unwrap_err();
    assert!(faults.iter().all(|fault| fault.code == "column-missing"));
    assert_eq!(faults.len(), 7);
}
