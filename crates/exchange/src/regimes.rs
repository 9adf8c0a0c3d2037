//! Report regimes as two tables: what each states, a row each, and the lines of their forms.

use std::collections::BTreeSet;

use plan::Office;
use plan::report::{Edit, Frequency, Item, Regime, RegimeCode, RegimeError, ReportCalendar, Statement};
use terms::{AreaLevel, Date, Decimal, Diagnostic, IndicatorCode, Place, UnitMeasure};

use crate::row::Cells;
use crate::table::Table;

/// The columns of the table of statements.
pub const STATEMENT: [&str; 18] = [
    "code",
    "name_vi",
    "name_en",
    "content_vi",
    "content_en",
    "reporters",
    "receiver",
    "way_vi",
    "way_en",
    "frequency",
    "calendar",
    "send_by_days",
    "lock_after_days",
    "outline_vi",
    "outline_en",
    "edition",
    "from",
    "note",
];

/// The columns of the table of lines.
pub const LINE: [&str; 11] = [
    "regime",
    "indicator",
    "required",
    "decimals",
    "min",
    "max",
    "not_more_than",
    "parts_with",
    "near_last",
    "hint_vi",
    "hint_en",
];

/// A regime that was read, with its places.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadRegime {
    /// The regime, its units empty.
    pub regime: Regime,
    /// Its row in the table of statements.
    pub at: Place,
    /// The row of each of its lines in the table of lines, in the order of the form.
    pub lines: Vec<Place>,
}

/// Reads regimes. The units of the lines stay empty: the catalogue says them. With each regime comes its row.
///
/// Needed of a statement: all but `content_*`, `way_*`, `outline_*`, `note`; of a line: `regime`, `indicator`. `reporters` is
/// `commune`, `district` or `province`; `frequency` `M`, `Q`, `S` or `A`; `calendar` `calendar` or `statutory`;
/// `not_more_than` names another line, `parts_with` further lines by blanks, which together are not more than it.
pub fn read_regimes(statements: &Table, lines: &Table) -> (Vec<ReadRegime>, Vec<Diagnostic>) {
    let mut wrong = statements.check_headings(
        &STATEMENT,
        &[
            "code",
            "name_vi",
            "name_en",
            "reporters",
            "receiver",
            "frequency",
            "calendar",
            "send_by_days",
            "lock_after_days",
            "edition",
            "from",
        ],
    );
    wrong.extend(lines.check_headings(&LINE, &["regime", "indicator"]));
    if !wrong.is_empty() {
        return (Vec::new(), wrong);
    }
    let items = read_lines(lines, &mut wrong);
    wrong.extend(of_none(statements, lines));
    let mut regimes = Vec::new();
    for row in &statements.rows {
        let at = statements.place.clone().row(row.number);
        let mut cells = Cells::new(statements, row, &mut wrong);
        let Some(mut statement) = read_statement(&mut cells) else {
            continue;
        };
        let own = |(regime, ..): &&(RegimeCode, Item, Place)| *regime == statement.code;
        let own_lines = items
            .iter()
            .filter(own)
            .map(|(_, _, place)| place.clone())
            .collect();
        let own_items = items
            .iter()
            .filter(own)
            .map(|(_, item, _)| item.clone())
            .collect();
        statement.items = own_items;
        match Regime::new(statement) {
            Ok(regime) => regimes.push(ReadRegime {
                regime,
                at,
                lines: own_lines,
            }),
            Err(error) => wrong.push(told(&error, at)),
        }
    }
    (regimes, wrong)
}

/// Lines whose regime the table of statements does not have: a wrong letter must not drop a line without a word.
fn of_none(statements: &Table, lines: &Table) -> Vec<Diagnostic> {
    let column = |table: &Table, name: &str| table.headings.iter().position(|heading| heading == name);
    let (Some(codes), Some(regimes)) = (column(statements, "code"), column(lines, "regime")) else {
        return Vec::new();
    };
    let stated: BTreeSet<&str> = statements
        .rows
        .iter()
        .filter_map(|row| Some(row.cells.get(codes)?.trim()))
        .collect();
    lines
        .rows
        .iter()
        .filter_map(|row| {
            let regime = row.cells.get(regimes)?.trim();
            let place = lines.place.clone().row(row.number).column("regime");
            (!stated.contains(regime))
                .then(|| Diagnostic::error("regime-line-of-none", place).with("found", regime))
        })
        .collect()
}

/// Why a regime cannot stand, with the row.
fn told(error: &RegimeError, at: Place) -> Diagnostic {
    let (code, found) = match error {
        RegimeError::Code(code) => ("regime-code", code.clone()),
        RegimeError::NoName => ("regime-no-name", String::new()),
        RegimeError::NoIndicator => ("regime-no-line", String::new()),
        RegimeError::AskedTwice(indicator) => ("regime-asks-twice", indicator.to_string()),
        RegimeError::ComparedWithStranger { with, .. } => ("regime-compares-stranger", with.to_string()),
        RegimeError::NoReporters => ("regime-no-reporters", String::new()),
        RegimeError::ClosesBeforeItOpens => ("regime-days", String::new()),
    };
    Diagnostic::error(code, at).with("found", found)
}

fn read_statement(cells: &mut Cells<'_, '_>) -> Option<Statement> {
    let code = cells.parsed::<RegimeCode>("code", "regime-code", "xa-thang");
    let reporters = match cells.text("reporters") {
        "commune" => Some(AreaLevel::Commune),
        "district" => Some(AreaLevel::District),
        "province" => Some(AreaLevel::Province),
        _ => {
            cells.fault("unknown-code", "reporters", "commune, district, province");
            None
        }
    };
    let receiver = cells.parsed::<Office>("receiver", "not-an-office", "VN-11, VN-11/finance");
    let frequency = Frequency::of(cells.text("frequency"));
    if frequency.is_none() {
        cells.fault("unknown-code", "frequency", "M, Q, S, A");
    }
    let calendar = cells.parsed::<ReportCalendar>("calendar", "unknown-code", "calendar, statutory");
    let send_by_days = cells.parsed::<i32>("send_by_days", "not-a-number", "2");
    let lock_after_days = cells.parsed::<i32>("lock_after_days", "not-a-number", "10");
    let edition = cells.parsed::<plan::Edition>("edition", "unknown-code", "estimate, preliminary, official");
    let from = cells.parsed::<Date>("from", "not-a-date", "2026-01-01");
    let own = |cells: &Cells<'_, '_>, name| cells.text(name).to_owned();
    Some(Statement {
        code: code?,
        name_vi: own(cells, "name_vi"),
        name_en: own(cells, "name_en"),
        content_vi: own(cells, "content_vi"),
        content_en: own(cells, "content_en"),
        reporters: reporters?,
        receiver: receiver?,
        way_vi: own(cells, "way_vi"),
        way_en: own(cells, "way_en"),
        frequency: frequency?,
        calendar: calendar?,
        send_by_days: send_by_days?,
        lock_after_days: lock_after_days?,
        outline_vi: own(cells, "outline_vi"),
        outline_en: own(cells, "outline_en"),
        edition: edition?,
        from: from?,
        items: Vec::new(),
    })
}

fn read_lines(lines: &Table, wrong: &mut Vec<Diagnostic>) -> Vec<(RegimeCode, Item, Place)> {
    let mut items = Vec::new();
    for row in &lines.rows {
        let mut cells = Cells::new(lines, row, wrong);
        let regime = cells.parsed::<RegimeCode>("regime", "regime-code", "xa-thang");
        let indicator = cells.parsed::<IndicatorCode>("indicator", "not-an-indicator-code", "poverty.rate");
        let required = match cells.text("required") {
            "" | "yes" => true,
            "no" => false,
            _ => {
                cells.fault("unknown-code", "required", "yes, no");
                true
            }
        };
        let mut edits = Vec::new();
        edits.extend(
            cells
                .optional::<Decimal>("min", "not-a-number", "0")
                .map(Edit::AtLeast),
        );
        edits.extend(
            cells
                .optional::<Decimal>("max", "not-a-number", "100")
                .map(Edit::AtMost),
        );
        edits.extend(
            cells
                .optional::<u32>("decimals", "not-a-number", "0")
                .map(Edit::Decimals),
        );
        let whole =
            cells.optional::<IndicatorCode>("not_more_than", "not-an-indicator-code", "households.total");
        if let Some(whole) = whole {
            let with: Vec<&str> = cells.text("parts_with").split_whitespace().collect();
            let parts: Result<Vec<IndicatorCode>, _> = with.iter().map(|code| code.parse()).collect();
            edits.push(Edit::NotMoreThan(whole.clone()));
            match parts {
                Ok(parts) if parts.is_empty() => {}
                Ok(with) => edits.push(Edit::PartsNotMoreThan { with, whole }),
                Err(_) => cells.fault(
                    "not-an-indicator-code",
                    "parts_with",
                    "poverty.near_poor_households",
                ),
            }
        }
        edits.extend(
            cells
                .optional::<Decimal>("near_last", "not-a-number", "20")
                .map(Edit::NearLast),
        );
        let (hint_vi, hint_en) = (cells.text("hint_vi").to_owned(), cells.text("hint_en").to_owned());
        if let (Some(regime), Some(indicator)) = (regime, indicator) {
            items.push((
                regime,
                Item {
                    indicator,
                    unit: UnitMeasure::new(""),
                    required,
                    edits,
                    hint_vi,
                    hint_en,
                },
                lines.place.clone().row(row.number),
            ));
        }
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADING: &str = "code,name_vi,name_en,reporters,receiver,frequency,calendar,send_by_days,lock_after_days,edition,from\n";
    const GOOD: &str =
        "xa-thang,Báo cáo tháng,Monthly,commune,VN-11/finance,M,statutory,2,10,preliminary,2026-01-01\n";
    const LINES: &str = "regime,indicator,decimals,min,not_more_than,parts_with,near_last\n\
        xa-thang,households.total,0,0,,,\n\
        xa-thang,poverty.near_poor_households,0,0,,,\n\
        xa-thang,poverty.households,0,0,households.total,poverty.near_poor_households,20\n";

    fn read(statements: &str, lines: &str) -> (Vec<ReadRegime>, Vec<Diagnostic>) {
        let table = |name, text: &str| Table::read(name, text.as_bytes()).unwrap();
        let statements = table("regimes.csv", &format!("{HEADING}{statements}"));
        read_regimes(&statements, &table("lines.csv", lines))
    }

    #[test]
    fn a_regime_has_its_lines_with_their_edits() {
        let (regimes, wrong) = read(GOOD, LINES);
        assert_eq!(wrong, []);
        let states = regimes[0].regime.states();
        assert_eq!(states.receiver.to_string(), "VN-11/finance");
        assert_eq!(states.items.len(), 3);
        assert_eq!(states.items[2].edits.len(), 5);
        assert_eq!(states.items[2].decimals(), 0);
    }

    #[test]
    fn each_fault_has_its_row_and_column() {
        let bad = "Xã,Báo cáo,Report,village,VN-11,W,lunar,two,10,final,2026-02-30\n";
        let (regimes, wrong) = read(&format!("{GOOD}{bad}"), LINES);
        assert_eq!(regimes.len(), 1);
        let found: Vec<_> = wrong
            .iter()
            .map(|fault| (fault.place.row, fault.place.column.as_deref().unwrap()))
            .collect();
        let row = Some(3);
        assert_eq!(
            found,
            [
                (row, "code"),
                (row, "reporters"),
                (row, "frequency"),
                (row, "calendar"),
                (row, "send_by_days"),
                (row, "edition"),
                (row, "from"),
            ]
        );
        let (_, wrong) = read(GOOD, &format!("{LINES}xa-thagn,poverty.rate\n"));
        assert_eq!(
            (wrong[0].code, wrong[0].place.column.as_deref()),
            ("regime-line-of-none", Some("regime"))
        );
        let (_, wrong) = read(
            GOOD,
            "regime,indicator,not_more_than\nxa-thang,poverty.rate,households.total\n",
        );
        assert_eq!(wrong[0].code, "regime-compares-stranger");
    }
}
