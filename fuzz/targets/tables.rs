//! Any bytes are a table or diagnostics, and any table is rows or diagnostics.
#![no_main]

use exchange::Table;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(table) = Table::read("any.csv", bytes) else {
        return;
    };
    let _ = exchange::read_observations(&table);
    let _ = exchange::read_targets(&table);
    let _ = exchange::read_sources(&table);
    let _ = exchange::read_catalogue(&table, "indicator,date,reason_vi,reason_en,source\n");
    let _ = exchange::read_units(&table);
    let _ = exchange::read_successions(&table);
});
