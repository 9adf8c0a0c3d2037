//! Writing to who called us. A program that has read enough closes its end, as `head` does: then nobody wants the rest,
//! and the command ends as it would have, without a word.

use std::fmt::Arguments;
use std::io::{self, ErrorKind, Write};

/// As the macro of the standard library, but where nobody reads any more, the line is dropped instead of a panic.
macro_rules! println {
    () => { $crate::output::out(format_args!("\n")) };
    ($($words:tt)*) => { $crate::output::out(format_args!("{}\n", format_args!($($words)*))) };
}

/// As [`println!`], without an end of line.
macro_rules! print {
    ($($words:tt)*) => { $crate::output::out(format_args!($($words)*)) };
}

/// As [`println!`], to the error stream.
macro_rules! eprintln {
    ($($words:tt)*) => { $crate::output::error(format_args!("{}\n", format_args!($($words)*))) };
}

/// Writes to standard output.
pub(crate) fn out(words: Arguments<'_>) {
    if let Err(failed) = io::stdout().lock().write_fmt(words)
        && failed.kind() != ErrorKind::BrokenPipe
    {
        // A full disk: what was asked for is not there, and who called must know.
        error(format_args!("rorang: {failed}\n"));
        std::process::exit(1);
    }
}

/// Writes to the error stream; where that is closed, there is nobody left to tell.
pub(crate) fn error(words: Arguments<'_>) {
    let _ = io::stderr().lock().write_fmt(words);
}

/// Whether what failed is that nobody reads any more.
pub(crate) fn nobody_reads(failed: &anyhow::Error) -> bool {
    failed.chain().any(|cause| {
        let of_csv = cause
            .downcast_ref::<csv::Error>()
            .is_some_and(|cause| match cause.kind() {
                csv::ErrorKind::Io(cause) => cause.kind() == ErrorKind::BrokenPipe,
                _ => false,
            });
        let of_json = cause
            .downcast_ref::<serde_json::Error>()
            .is_some_and(|cause| cause.io_error_kind() == Some(ErrorKind::BrokenPipe));
        let of_pipe = cause
            .downcast_ref::<io::Error>()
            .is_some_and(|cause| cause.kind() == ErrorKind::BrokenPipe);
        of_csv || of_json || of_pipe
    })
}
