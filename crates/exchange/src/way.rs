//! The columns of a target that say how it is read and which way leads to it.

use plan::{Basis, NotAWay, PathRule, Units, Way};

use crate::row::Cells;

/// The columns; each may be empty or absent.
pub(crate) const COLUMNS: [&str; 4] = ["basis", "path", "milestones", "units"];

/// Reads the way; none where a cell cannot be read, which is then told.
pub(crate) fn read(cells: &mut Cells<'_, '_>) -> Option<Way> {
    let basis = if cells.text("basis").is_empty() {
        Some(None)
    } else {
        let codes: Vec<&str> = Basis::ALL.iter().map(|basis| basis.code()).collect();
        cells
            .optional("basis", "unknown-code", &codes.join(", "))
            .map(Some)
    };
    let path = match PathRule::read(cells.text("path"), cells.text("milestones")) {
        Ok(path) => Some(path),
        Err(fault) => {
            match fault {
                NotAWay::UnknownCode => cells.fault("unknown-code", "path", &PathRule::CODES.join(", ")),
                NotAWay::WithoutMilestones => cells.fault("missing-value", "milestones", ""),
                NotAWay::MilestonesBeside => {
                    cells.fault("milestones-beside-path", "milestones", "milestones");
                }
                NotAWay::Unreadable => cells.fault("not-milestones", "milestones", "2027=12; 2028=9.5"),
            }
            None
        }
    };
    let units = if cells.text("units").is_empty() {
        Some(None)
    } else {
        cells
            .optional::<Units>("units", "not-units", "all, communes, wards, communes:lt=10")
            .map(Some)
    };
    Some(Way {
        basis: basis?,
        path: path?,
        units: units?,
    })
}

#[cfg(test)]
mod tests {
    use plan::Fact;

    use crate::{Table, read_targets};

    const HEADING: &str = "indicator,place,due,value,basis,path,milestones,units,document,quote";

    #[test]
    fn a_target_says_its_basis_its_way_and_its_units() {
        let text =
            format!("{HEADING}\npoverty.rate,VN-11,2030,60,at_due,,2027=50; 2028=55,communes:lt=10,a,q\n");
        let (rows, doubts) = read_targets(&Table::read("targets.csv", text.as_bytes()).unwrap());
        assert_eq!(doubts, []);
        let Fact::Target(target) = &rows[0].fact else {
            panic!("no target")
        };
        assert_eq!(target.way.basis, Some(plan::Basis::AtDue));
        assert_eq!(target.way.path.milestones().len(), 2);
        assert_eq!(target.way.units.unwrap().to_string(), "communes:lt=10");
    }

    #[test]
    fn each_wrong_cell_of_a_way_is_named() {
        for (cells, code, column) in [
            ("mean,,,", "unknown-code", "basis"),
            (",winding,,", "unknown-code", "path"),
            (",milestones,,", "missing-value", "milestones"),
            (",compound,2027=1,", "milestones-beside-path", "milestones"),
            (",,sometime,", "not-milestones", "milestones"),
            (",,,villages", "not-units", "units"),
        ] {
            let text = format!("{HEADING}\npoverty.rate,VN-11,2030,60,{cells},a,q\n");
            let (rows, doubts) = read_targets(&Table::read("targets.csv", text.as_bytes()).unwrap());
            assert_eq!(rows, [], "{cells}");
            let told: Vec<_> = doubts
                .iter()
                .map(|fault| (fault.code, fault.place.column.as_deref(), fault.place.row))
                .collect();
            assert_eq!(told, [(code, Some(column), Some(2))], "{cells}");
        }
    }
}
