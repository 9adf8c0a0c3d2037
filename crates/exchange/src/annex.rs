//! The annex table of a plan: who does what by when. Vietnamese and English headings, headings over two rows, group
//! rows, and deadlines as people write them («quý III/2026», «trước 30/9», «thường xuyên»).

mod due;

pub use due::{Due, due};

use terms::{Diagnostic, Place};

/// A row of a file's table, merged cells filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnnexLine {
    /// Where it stands.
    pub at: Place,
    /// Which table of the file.
    pub table: u32,
    /// Its cells.
    pub cells: Vec<String>,
}

/// One task of an annex, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnnexTask {
    /// Its row.
    pub at: Place,
    /// What is to be done.
    pub title: String,
    /// Who leads, as written.
    pub lead: String,
    /// Who helps, as written.
    pub support: String,
    /// By when, as written.
    pub due: String,
    /// What will exist.
    pub product: String,
    /// What will be different.
    pub result: String,
    /// On which power.
    pub power: String,
    /// The indicator whose target it serves, by code or name.
    pub serves: String,
}

/// What a column of an annex holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Number,
    Title,
    Lead,
    Support,
    Due,
    Product,
    Result,
    Power,
    Serves,
}

/// The words by which a heading is known, the more special ones first: «Cơ quan phối hợp thực hiện» is support though
/// «thực hiện» alone would be the lead.
const HEADINGS: &[(Column, &[&str])] = &[
    (Column::Support, &["phối hợp", "support", "coordinat", "assist"]),
    (
        Column::Lead,
        &[
            "chủ trì",
            "chịu trách nhiệm",
            "cơ quan thực hiện",
            "đơn vị thực hiện",
            "lead",
            "responsible",
        ],
    ),
    (
        Column::Due,
        &[
            "thời gian",
            "thời hạn",
            "hạn hoàn thành",
            "tiến độ",
            "deadline",
            "due",
            "timeframe",
        ],
    ),
    (Column::Product, &["sản phẩm", "product", "output", "deliverable"]),
    (Column::Result, &["kết quả", "hiệu quả", "result", "outcome"]),
    (Column::Power, &["thẩm quyền", "căn cứ", "authority", "power"]),
    (Column::Serves, &["chỉ tiêu", "target", "indicator"]),
    (
        Column::Title,
        &["nhiệm vụ", "công việc", "nội dung", "task", "activity", "work"],
    ),
    (Column::Number, &["stt", "tt", "no", "no.", "#"]),
];

/// So many rows from the top a table may have its heading.
const HEADING_WITHIN: usize = 12;

/// The tasks of every table that has the columns of an annex: what is to be done, who leads, by when.
///
/// Diagnostics: `annex-no-table` where no table has them; `missing-value` for each cell that must not be empty, with row
/// and column. All of the file is read.
pub fn read_annex(file: &Place, lines: &[AnnexLine]) -> (Vec<AnnexTask>, Vec<Diagnostic>) {
    let (mut tasks, mut wrong, mut tables) = (Vec::new(), Vec::new(), 0);
    for table in lines.chunk_by(|a, b| a.table == b.table) {
        let Some((columns, first)) = heading(table) else {
            continue;
        };
        tables += 1;
        for line in &table[first..] {
            task(&columns, line, &mut tasks, &mut wrong);
        }
    }
    if tables == 0 {
        wrong.push(Diagnostic::error("annex-no-table", file.clone()));
    } else if tasks.is_empty() && wrong.is_empty() {
        wrong.push(Diagnostic::error("table-empty", file.clone()));
    }
    (tasks, wrong)
}

/// The columns of a table and the row behind its heading.
fn heading(table: &[AnnexLine]) -> Option<(Vec<Option<Column>>, usize)> {
    let told = |columns: &Vec<Option<Column>>| columns.iter().flatten().count();
    for at in 0..table.len().min(HEADING_WITHIN) {
        let one = &table[at].cells;
        let upper = columns(one);
        // «Cơ quan thực hiện» over «Chủ trì» and «Phối hợp»: the lower row tells more.
        let lower = table
            .get(at + 1)
            .filter(|two| 2 <= two.cells.iter().filter_map(|cell| column_of(cell)).count());
        let both = lower.and_then(|two| {
            let width = one.len().max(two.cells.len());
            let cell = |cells: &[String], at: usize| cells.get(at).cloned().unwrap_or_default();
            let cells: Vec<String> = (0..width)
                .map(|at| {
                    Some(cell(&two.cells, at))
                        .filter(|cell| !cell.is_empty())
                        .unwrap_or_else(|| cell(one, at))
                })
                .collect();
            columns(&cells)
        });
        match (upper, both) {
            (upper, Some(both)) if upper.as_ref().is_none_or(|upper| told(upper) < told(&both)) => {
                return Some((both, at + 2));
            }
            (Some(upper), _) => return Some((upper, at + 1)),
            (None, _) => {}
        }
    }
    None
}

/// What each cell of a heading names; none where the columns of an annex are not all there.
fn columns(cells: &[String]) -> Option<Vec<Option<Column>>> {
    let mut columns: Vec<Option<Column>> = Vec::with_capacity(cells.len());
    for cell in cells {
        let column = column_of(cell).filter(|column| !columns.contains(&Some(*column)));
        columns.push(column);
    }
    let all = [Column::Title, Column::Lead, Column::Due];
    all.iter()
        .all(|column| columns.contains(&Some(*column)))
        .then_some(columns)
}

fn column_of(cell: &str) -> Option<Column> {
    let text = cell.to_lowercase();
    let text = text.trim();
    // A heading is short; a task that speaks of a result is long.
    if text.is_empty() || 60 < text.chars().count() {
        return None;
    }
    let names = |column: Column, word: &str| match column {
        Column::Number => text == word,
        _ => text.contains(word),
    };
    HEADINGS
        .iter()
        .find(|(column, words)| words.iter().any(|word| names(*column, word)))
        .map(|(column, _)| *column)
}

fn task(
    columns: &[Option<Column>],
    line: &AnnexLine,
    tasks: &mut Vec<AnnexTask>,
    wrong: &mut Vec<Diagnostic>,
) {
    let text = |wanted: Column| {
        let at = columns.iter().position(|column| *column == Some(wanted));
        let cell = at.and_then(|at| line.cells.get(at));
        cell.map(|cell| cell.trim().to_owned()).unwrap_or_default()
    };
    let task = AnnexTask {
        at: line.at.clone(),
        title: text(Column::Title),
        lead: text(Column::Lead),
        support: text(Column::Support),
        due: text(Column::Due),
        product: text(Column::Product),
        result: text(Column::Result),
        power: text(Column::Power),
        serves: text(Column::Serves),
    };
    let said = [
        &task.lead,
        &task.support,
        &task.due,
        &task.product,
        &task.result,
        &task.power,
    ];
    // A group's heading («I. Về kinh tế»), a row of column numbers, an empty row.
    let numbered = line.cells.iter().filter(|cell| !cell.trim().is_empty());
    let only_numbers = numbered.clone().all(|cell| {
        let inner = cell.trim().trim_matches(['(', ')']);
        inner.len() <= 2 && inner.bytes().all(|byte| byte.is_ascii_digit())
    });
    if said.iter().all(|text| text.is_empty()) || only_numbers {
        return;
    }
    for (column, text) in [("title", &task.title), ("lead", &task.lead), ("due", &task.due)] {
        if text.is_empty() {
            wrong.push(
                Diagnostic::error("missing-value", line.at.clone().column(column))
                    .with("found", "")
                    .with("expected", ""),
            );
        }
    }
    tasks.push(task);
}

/// The offices that a cell names, one a piece: divided by `;`, line ends, bullets or numbers; a comma divides only where
/// `known` does not know the whole, since names hold commas themselves («Sở Văn hóa, Thể thao và Du lịch»).
pub fn pieces(cell: &str, known: impl Fn(&str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for piece in cell.split([';', '\n', '•']) {
        let piece = piece
            .trim()
            .trim_start_matches(['-', '–', '+', '*'])
            .trim()
            .trim_end_matches(['.', ','])
            .trim();
        if piece.is_empty() {
            continue;
        }
        if known(piece) || !piece.contains(',') {
            found.push(piece.to_owned());
            continue;
        }
        // The longest run of parts that is a known name, from the left.
        let parts: Vec<&str> = piece.split(',').collect();
        let mut at = 0;
        while at < parts.len() {
            let end = (at + 1..=parts.len())
                .rev()
                .find(|end| known(parts[at..*end].join(",").trim()));
            let end = end.unwrap_or(at + 1);
            found.push(parts[at..end].join(",").trim().to_owned());
            at = end;
        }
    }
    found.retain(|piece| !piece.is_empty());
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(rows: &[&[&str]]) -> Vec<AnnexLine> {
        rows.iter()
            .zip(1..)
            .map(|(cells, number)| AnnexLine {
                at: Place::file("a.docx").row(number),
                table: 1,
                cells: cells.iter().map(|cell| (*cell).to_owned()).collect(),
            })
            .collect()
    }

    /// A diagnostic's code, row and column.
    type Wrong = (&'static str, Option<u32>, Option<String>);

    fn read(rows: &[&[&str]]) -> (Vec<AnnexTask>, Vec<Wrong>) {
        let (tasks, wrong) = read_annex(&Place::file("a.docx"), &lines(rows));
        let wrong = wrong
            .into_iter()
            .map(|wrong| (wrong.code, wrong.place.row, wrong.place.column))
            .collect();
        (tasks, wrong)
    }

    #[test]
    fn vietnamese_and_english_headings_are_known_wherever_they_stand() {
        let (tasks, wrong) = read(&[
            &["PHỤ LỤC", "", "", "", "", ""],
            &[
                "TT",
                "Nội dung nhiệm vụ",
                "Cơ quan chủ trì",
                "Cơ quan phối hợp thực hiện",
                "Thời gian hoàn thành",
                "Sản phẩm",
            ],
            &["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
            &["I", "Về thu ngân sách", "", "", "", ""],
            &[
                "1",
                "Lập phương án thu",
                "Sở Tài chính",
                "Thuế tỉnh",
                "Quý II/2026",
                "Phương án",
            ],
        ]);
        assert_eq!((tasks.len(), wrong.len()), (1, 0), "{wrong:?}");
        assert_eq!(
            (tasks[0].support.as_str(), tasks[0].due.as_str()),
            ("Thuế tỉnh", "Quý II/2026")
        );
        assert_eq!(tasks[0].at.row, Some(5));
        let (tasks, _) = read(&[
            &[
                "No.",
                "Task",
                "Lead agency",
                "Supporting agencies",
                "Deadline",
                "Output",
                "Expected result",
            ],
            &[
                "1",
                "Plan revenue",
                "Department of Finance",
                "",
                "Q2 2026",
                "Plan",
                "On target",
            ],
        ]);
        assert_eq!(
            (tasks[0].product.as_str(), tasks[0].result.as_str()),
            ("Plan", "On target")
        );
    }

    #[test]
    fn headings_over_two_rows_are_read_together() {
        let (tasks, wrong) = read(&[
            &["STT", "Nhiệm vụ", "Cơ quan thực hiện", "", "Thời hạn"],
            &["STT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn"],
            &[
                "1",
                "Trồng rừng",
                "Sở Nông nghiệp và Môi trường",
                "Các xã",
                "30/9/2026",
            ],
        ]);
        assert_eq!(wrong, []);
        assert_eq!(tasks[0].support, "Các xã");
    }

    #[test]
    fn what_is_missing_is_told_by_row_and_column() {
        let (_, wrong) = read(&[
            &["Nhiệm vụ", "Chủ trì", "Thời hạn"],
            &["Trồng rừng", "", "2026"],
            &["", "Sở Y tế", "2026"],
        ]);
        assert_eq!(
            wrong,
            [
                ("missing-value", Some(2), Some("lead".to_owned())),
                ("missing-value", Some(3), Some("title".to_owned()))
            ]
        );
        assert_eq!(
            read(&[&["a", "b"], &["c", "d"]]).1,
            [("annex-no-table", None, None)]
        );
    }

    #[test]
    fn names_with_commas_stay_whole() {
        let known =
            |name: &str| ["Sở Văn hóa, Thể thao và Du lịch", "Sở Y tế", "Thanh tra tỉnh"].contains(&name);
        assert_eq!(
            pieces(
                "Sở Y tế, Sở Văn hóa, Thể thao và Du lịch, Hội X; - Thanh tra tỉnh.",
                known
            ),
            [
                "Sở Y tế",
                "Sở Văn hóa, Thể thao và Du lịch",
                "Hội X",
                "Thanh tra tỉnh"
            ]
        );
    }
}
