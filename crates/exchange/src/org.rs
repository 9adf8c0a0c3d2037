//! Departments, posts and people, in tables.

use plan::org::{Reach, Role};
use plan::{Department, DepartmentCode, Office, Post, PostId};
use terms::{Date, Diagnostic, RefArea};

use crate::row::Cells;
use crate::table::Table;

/// A value and the row that it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row<T> {
    /// The number of the row in its file, from 1.
    pub row: u32,
    /// What stands there.
    pub value: T,
}

/// A person of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    /// The name to sign in with.
    pub name: String,
    /// The password; none: one is to be made up.
    pub password: Option<String>,
    /// The post that the person holds; none for now.
    pub post: Option<PostId>,
    /// Since when; none: from today.
    pub since: Option<Date>,
}

/// The columns of a table of departments.
pub const DEPARTMENT_COLUMNS: [&str; 6] = ["area", "code", "name_vi", "name_en", "since", "until"];
/// The columns of a table of posts.
pub const POST_COLUMNS: [&str; 9] = [
    "id", "office", "name_vi", "name_en", "role", "reach", "public", "since", "until",
];
/// The columns of a table of people.
pub const PERSON_COLUMNS: [&str; 4] = ["name", "password", "post", "since"];

/// Reads departments; `until` may be left out. Whether areas are there is not asked here.
pub fn read_departments(table: &Table) -> (Vec<Row<Department>>, Vec<Diagnostic>) {
    let mut diagnostics = table.check_headings(&DEPARTMENT_COLUMNS, &DEPARTMENT_COLUMNS[..5]);
    let mut rows = Vec::new();
    for row in &table.rows {
        let mut cells = Cells::new(table, row, &mut diagnostics);
        let area = cells.required("area").map(RefArea::new);
        let code = cells.parsed::<DepartmentCode>("code", "not-a-department-code", "finance");
        let names = cells.required("name_vi").zip(cells.required("name_en"));
        let (since, until) = days(&mut cells);
        if let (Some(area), Some(code), Some((name_vi, name_en)), Some(since)) = (area, code, names, since) {
            let value = Department {
                area,
                code,
                name_vi: name_vi.to_owned(),
                name_en: name_en.to_owned(),
                since,
                until,
            };
            rows.push(Row {
                row: row.number,
                value,
            });
        }
    }
    (rows, diagnostics)
}

/// Reads posts; `until` may be left out, `public` is `yes` or `no`. Whether offices are there is not asked here.
pub fn read_posts(table: &Table) -> (Vec<Row<Post>>, Vec<Diagnostic>) {
    let mut diagnostics = table.check_headings(&POST_COLUMNS, &POST_COLUMNS[..8]);
    let mut rows = Vec::new();
    for row in &table.rows {
        let mut cells = Cells::new(table, row, &mut diagnostics);
        let id = cells.parsed::<PostId>("id", "not-a-post-id", "VN-11/finance.verifier");
        let office = cells.parsed::<Office>("office", "not-an-office", "VN-11/finance");
        let names = cells.required("name_vi").zip(cells.required("name_en"));
        let roles = Role::ALL.map(Role::code).join(", ");
        let role = cells.parsed::<Role>("role", "unknown-code", &roles);
        let reach = cells.parsed::<Reach>("reach", "unknown-code", "own, subtree");
        let public = match cells.text("public") {
            "yes" => true,
            "no" | "" => false,
            _ => {
                cells.fault("unknown-code", "public", "yes, no");
                false
            }
        };
        let (since, until) = days(&mut cells);
        let said = (id, office, names, role.zip(reach), since);
        if let (Some(id), Some(office), Some((name_vi, name_en)), Some((role, reach)), Some(since)) = said {
            let value = Post {
                id,
                office,
                name_vi: name_vi.to_owned(),
                name_en: name_en.to_owned(),
                role,
                reach,
                public,
                since,
                until,
            };
            rows.push(Row {
                row: row.number,
                value,
            });
        }
    }
    (rows, diagnostics)
}

/// Reads people. Needed: `name`; read where there: `password`, `post`, `since`. Whether posts are there is not asked here.
pub fn read_people(table: &Table) -> (Vec<Row<PersonRow>>, Vec<Diagnostic>) {
    let mut diagnostics = table.check_headings(&PERSON_COLUMNS, &PERSON_COLUMNS[..1]);
    let mut rows = Vec::new();
    for row in &table.rows {
        let mut cells = Cells::new(table, row, &mut diagnostics);
        let name = cells.required("name");
        let post = cells.optional::<PostId>("post", "not-a-post-id", "VN-11-03158.reporter");
        let since = cells.optional::<Date>("since", "not-a-date", "2025-07-01");
        let password = cells.text("password");
        if let Some(name) = name {
            let value = PersonRow {
                name: name.to_owned(),
                password: (!password.is_empty()).then(|| password.to_owned()),
                post,
                since,
            };
            rows.push(Row {
                row: row.number,
                value,
            });
        }
    }
    (rows, diagnostics)
}

fn days(cells: &mut Cells<'_, '_>) -> (Option<Date>, Option<Date>) {
    let since = cells.parsed::<Date>("since", "not-a-date", "2025-07-01");
    let until = cells.optional::<Date>("until", "not-a-date", "2030-06-30");
    if since.zip(until).is_some_and(|(since, until)| until < since) {
        cells.fault("ends-before-start", "until", "");
    }
    (since, until)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Table {
        Table::read("posts.csv", text.as_bytes()).unwrap()
    }

    #[test]
    fn a_post_is_read_with_all_its_columns() {
        let text = "id,office,name_vi,name_en,role,reach,public,since,until\n\
            VN-11/finance.verifier,VN-11/finance,Chuyên viên thẩm tra,Verifying officer,verifier,subtree,no,2025-03-01,\n";
        let (rows, diagnostics) = read_posts(&table(text));
        assert_eq!(diagnostics, []);
        assert_eq!(
            (rows[0].row, rows[0].value.role, rows[0].value.until),
            (2, Role::Verifier, None)
        );
    }

    #[test]
    fn every_wrong_cell_is_named_by_row_and_column() {
        let text = "id,office,name_vi,name_en,role,reach,public,since,until\n\
            vị trí,Sở Tài chính,,x,chief,all,maybe,2025-02-30,2024-01-01\n";
        let (rows, diagnostics) = read_posts(&table(text));
        assert!(rows.is_empty());
        let columns: Vec<_> = diagnostics
            .iter()
            .filter_map(|found| found.place.column.clone())
            .collect();
        assert_eq!(
            columns,
            ["id", "office", "name_vi", "role", "reach", "public", "since"]
        );
        assert!(diagnostics.iter().all(|found| found.place.row == Some(2)));
        let (_, diagnostics) = read_departments(&table(
            "area,code,name_vi,name_en,since,until\nVN-11,a,b,c,2025-03-01,2025-02-01\n",
        ));
        assert_eq!(diagnostics[0].code, "ends-before-start");
    }

    #[test]
    fn a_person_needs_a_name_only() {
        let (rows, diagnostics) = read_people(&table("name,post\nLò Thị Mai,\n,VN-11.leader\n"));
        assert_eq!((rows.len(), diagnostics.len()), (1, 1));
        assert_eq!(rows[0].value.password, None);
    }
}
