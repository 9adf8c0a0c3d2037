//! The digests of the really built program against a real mail server, and its calendars read by a strict reader
//! (`e2e/mail.test.py`).

use std::process::Command;

use super::command::tee;
use super::counts::{self, Counts};
use super::tools;
use crate::{paths, program};

pub(super) fn run() -> anyhow::Result<Counts> {
    let program = program::build(false)?;
    let python = tools::python_packages("e2e")?;
    let mut command = Command::new(python);
    command.arg("mail.test.py").current_dir(paths::root().join("e2e")).env("RORANG", program);
    let said = tee(&mut command)?;
    Ok(counts::of_unittest(&said.lines).or_failed(said.success))
}
