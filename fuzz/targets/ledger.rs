//! Any bytes are judged as an exported record; what decodes is written back the same.
#![no_main]

use ledger::canonical::Value;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = ledger::export::check(bytes);
    if let Ok(value) = Value::decode(bytes) {
        assert_eq!(value.encode(), bytes, "two spellings of one value");
    }
});
