//! Files with faults: each is named with its column or row, whatever else is in the file.

use std::fs::File;
use std::sync::Arc;

use parquet::data_type::{DoubleType, Int32Type, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use proptest::prelude::*;

use super::*;

/// A row: indicator, month, unit, value; none is an empty cell.
type Row = (Option<i32>, Option<i32>, Option<i32>, Option<f64>);

const SCHEMA: &str = "message rows { optional int32 indicator; optional int32 month; optional int32 unit; optional double value; }";

fn write(schema: &str, rows: &[Row]) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().unwrap();
    let schema = Arc::new(parse_message_type(schema).unwrap());
    let columns = schema.get_fields().len();
    let properties = Arc::new(WriterProperties::builder().build());
    let mut writer =
        SerializedFileWriter::new(File::create(file.path()).unwrap(), schema, properties).unwrap();
    // Two rows a group, so that rows are counted through groups.
    for some in rows.chunks(2) {
        let mut group = writer.next_row_group().unwrap();
        let whole = [
            some.iter().map(|row| row.0).collect(),
            some.iter().map(|row| row.1).collect(),
            some.iter().map(|row| row.2).collect::<Vec<_>>(),
        ];
        let mut at = 0;
        while let Some(mut column) = group.next_column().unwrap() {
            let levels = |known: Vec<bool>| known.into_iter().map(i16::from).collect::<Vec<i16>>();
            if at < 3 {
                let told: Vec<i32> = whole[at].iter().flatten().copied().collect();
                let levels = levels(whole[at].iter().map(Option::is_some).collect());
                column
                    .typed::<Int32Type>()
                    .write_batch(&told, Some(&levels), None)
                    .unwrap();
            } else if columns == 4 && at == 3 {
                let told: Vec<f64> = some.iter().filter_map(|row| row.3).collect();
                let levels = levels(some.iter().map(|row| row.3.is_some()).collect());
                column
                    .typed::<DoubleType>()
                    .write_batch(&told, Some(&levels), None)
                    .unwrap();
            }
            column.close().unwrap();
            at += 1;
        }
        group.close().unwrap();
    }
    writer.close().unwrap();
    file
}

fn cube() -> Cube {
    let layout = Layout::new(&[3, 2]);
    let weights = Weights::equal(&layout).unwrap();
    let mut cube = Cube::new(layout, MONTHS, vec![weights], ShareRule::WIDE);
    for _ in 0..INDICATORS {
        cube.add_column(Rollup::Sum, false, 0).unwrap();
    }
    cube
}

fn read(file: &tempfile::NamedTempFile) -> Result<usize, Fault> {
    fill(&mut cube(), file.path(), usize::MAX)
}

const GOOD: Row = (Some(7), Some(59), Some(4), Some(1.25));

#[test]
fn each_fault_is_named_by_its_row() {
    for (bad, fault) in [
        (
            (None, Some(0), Some(0), Some(1.0)),
            Fault::Empty {
                column: "indicator",
                row: 4,
            },
        ),
        (
            (Some(1), Some(0), Some(0), None),
            Fault::Empty {
                column: "value",
                row: 4,
            },
        ),
        (
            (Some(300), Some(0), Some(0), Some(1.0)),
            Fault::Unknown {
                column: "indicator",
                row: 4,
                found: 300,
            },
        ),
        (
            (Some(1), Some(60), Some(0), Some(1.0)),
            Fault::Unknown {
                column: "month",
                row: 4,
                found: 60,
            },
        ),
        (
            (Some(1), Some(0), Some(-1), Some(1.0)),
            Fault::Unknown {
                column: "unit",
                row: 4,
                found: -1,
            },
        ),
        (
            (Some(1), Some(0), Some(5), Some(1.0)),
            Fault::Unknown {
                column: "unit",
                row: 4,
                found: 5,
            },
        ),
        (
            (Some(1), Some(0), Some(0), Some(f64::NAN)),
            Fault::NoValue {
                row: 4,
                found: "NaN".to_owned(),
            },
        ),
        (
            (Some(1), Some(0), Some(0), Some(f64::INFINITY)),
            Fault::NoValue {
                row: 4,
                found: "inf".to_owned(),
            },
        ),
        (
            (Some(1), Some(0), Some(0), Some(0.0005)),
            Fault::NoValue {
                row: 4,
                found: "0.0005".to_owned(),
            },
        ),
        (
            (Some(1), Some(0), Some(0), Some(1_234_567.890_5)),
            Fault::NoValue {
                row: 4,
                found: "1234567.8905".to_owned(),
            },
        ),
        (
            (Some(1), Some(0), Some(0), Some(1e300)),
            Fault::NoValue {
                row: 4,
                found: 1e300.to_string(),
            },
        ),
    ] {
        assert_eq!(read(&write(SCHEMA, &[GOOD, GOOD, GOOD, bad, GOOD])), Err(fault));
    }
    assert_eq!(read(&write(SCHEMA, &[GOOD; 5])), Ok(5));
}

#[test]
fn columns_may_stand_in_any_order_but_must_be_there_with_their_type() {
    let without = "message rows { optional int32 indicator; optional int32 month; optional int32 unit; }";
    assert_eq!(read(&write(without, &[GOOD])), Err(Fault::NoColumn("value")));
    let renamed = SCHEMA.replace("month", "moon");
    assert_eq!(read(&write(&renamed, &[GOOD])), Err(Fault::NoColumn("month")));
    let wide = tempfile::NamedTempFile::new().unwrap();
    let schema = Arc::new(parse_message_type("message rows { required int64 indicator; }").unwrap());
    let properties = Arc::new(WriterProperties::builder().build());
    let mut writer =
        SerializedFileWriter::new(File::create(wide.path()).unwrap(), schema, properties).unwrap();
    let mut group = writer.next_row_group().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<Int64Type>().write_batch(&[1], None, None).unwrap();
    column.close().unwrap();
    group.close().unwrap();
    writer.close().unwrap();
    let found = read(&wide);
    assert!(
        matches!(
            found,
            Err(Fault::OtherType {
                column: "indicator",
                ..
            })
        ),
        "{found:?}"
    );
}

proptest! {
    #[test]
    fn every_number_of_three_decimals_is_its_thousandths(number in -999_999_999_999_999_i64..=999_999_999_999_999) {
        let text = format!("{}{}.{:03}", if number < 0 { "-" } else { "" }, number.abs() / 1000, number.abs() % 1000);
        prop_assert_eq!(thousandths(text.parse().unwrap()), Some(number));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_torn_or_changed_file_is_refused_or_read_and_never_a_panic(at in 0_usize..600, byte: u8, cut in 0_usize..600) {
        let whole = std::fs::read(write(SCHEMA, &[GOOD; 5]).path()).unwrap();
        let mut torn = whole.clone();
        let at = at % torn.len();
        torn[at] = byte;
        torn.truncate(torn.len() - cut % torn.len() / 8);
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), &torn).unwrap();
        let path = file.path().to_owned();
        let result = std::panic::catch_unwind(move || fill(&mut cube(), &path, usize::MAX));
        prop_assert!(result.is_ok(), "byte {} at {} of {}", byte, at, torn.len());
    }
}
