//! How many checks passed and failed, and how to read that from what test runners say.

/// Checks passed and failed, and what a reader should know about those that did not run.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) passed: usize,
    pub(super) failed: usize,
    pub(super) notes: Vec<String>,
}

impl Counts {
    /// One check, by whether it went well.
    pub(super) fn one(success: bool) -> Self {
        Self { passed: usize::from(success), failed: usize::from(!success), notes: Vec::new() }
    }

    /// So many failures.
    pub(super) fn failed(failed: usize) -> Self {
        Self { failed, ..Self::default() }
    }

    /// The same with a word on what was not checked.
    pub(super) fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Adds another suite's counts; the notes stay with their suite.
    pub(super) fn add(&mut self, other: &Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }

    /// A runner that ended badly without naming a failed test (it did not build) has failed once.
    pub(super) fn or_failed(mut self, success: bool) -> Self {
        if !success && self.failed == 0 {
            self.failed = 1;
        }
        self
    }
}

/// The number that stands right before `word` in a line.
fn number_before(line: &str, word: &str) -> Option<usize> {
    let words: Vec<&str> = line.split([' ', ',', ';', '(', ')']).filter(|part| !part.is_empty()).collect();
    let at = words.iter().position(|part| *part == word)?;
    words.get(at.checked_sub(1)?)?.parse().ok()
}

/// `cargo nextest run`: `Summary [ 1.2s] 12 tests run: 11 passed, 1 failed, 0 skipped`.
pub(super) fn of_nextest(lines: &[String]) -> Counts {
    let Some(line) = lines.iter().rev().find(|line| line.contains("Summary [")) else {
        return Counts::default();
    };
    let failed: usize =
        ["failed", "timed"].iter().filter_map(|word| number_before(line, word)).sum();
    Counts { passed: number_before(line, "passed").unwrap_or(0), failed, notes: Vec::new() }
}

/// `cargo test`: `test result: ok. 3 passed; 0 failed; …`, once a binary.
pub(super) fn of_libtest(lines: &[String]) -> Counts {
    lines.iter().filter(|line| line.starts_with("test result:")).fold(
        Counts::default(),
        |mut total, line| {
            total.passed += number_before(line, "passed").unwrap_or(0);
            total.failed += number_before(line, "failed").unwrap_or(0);
            total
        },
    )
}

/// `node --test`: `# pass 3` and `# fail 0` (TAP) or `ℹ pass 3` (the other reporters).
pub(super) fn of_node(lines: &[String]) -> Counts {
    let last = |word: &str| {
        lines.iter().rev().find_map(|line| {
            let rest = line.strip_prefix("# ").or_else(|| line.strip_prefix("ℹ "))?;
            rest.strip_prefix(word)?.trim().parse().ok()
        })
    };
    let cancelled: usize = last("cancelled").unwrap_or(0);
    Counts {
        passed: last("pass").unwrap_or(0),
        failed: last("fail").unwrap_or(0) + cancelled,
        notes: Vec::new(),
    }
}

/// Python's `unittest`: `Ran 12 tests in 3.1s`, then `OK` or `FAILED (failures=1, errors=1)`. A module that could not be
/// set up is an error beside the tests that ran.
pub(super) fn of_unittest(lines: &[String]) -> Counts {
    let ran = lines.iter().rev().find_map(|line| line.strip_prefix("Ran ")?.split(' ').next()?.parse().ok());
    let last = lines.iter().rev().find(|line| line.starts_with("OK") || line.starts_with("FAILED"));
    let of = |word: &str| -> usize {
        let parts = last.map_or("", |line| line.as_str()).split([' ', ',', '(', ')']);
        parts.filter_map(|part| part.strip_prefix(word)?.strip_prefix('=')?.parse::<usize>().ok()).sum()
    };
    let failed = of("failures") + of("errors") + usize::from(last.is_none());
    let ran: usize = ran.unwrap_or(0);
    Counts { passed: ran.saturating_sub(failed + of("skipped")), failed, notes: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn nextest_is_read_from_its_summary() {
        let text = "        PASS [   0.004s] terms bound::tests\n\
            \x20    Summary [   0.5s] 13 tests run: 11 passed (1 slow), 1 failed, 1 timed out, 0 skipped";
        let counts = of_nextest(&lines(text));
        assert_eq!((counts.passed, counts.failed), (11, 2));
    }

    #[test]
    fn cargo_test_is_summed_over_its_binaries() {
        let text = "test result: ok. 3 passed; 0 failed; 0 ignored\nrunning 2 tests\n\
            test result: FAILED. 1 passed; 1 failed; 0 ignored";
        let counts = of_libtest(&lines(text));
        assert_eq!((counts.passed, counts.failed), (4, 1));
    }

    #[test]
    fn node_is_read_in_either_of_its_forms() {
        for text in ["# tests 5\n# pass 4\n# fail 1\n# cancelled 0", "ℹ pass 4\nℹ fail 1"] {
            let counts = of_node(&lines(text));
            assert_eq!((counts.passed, counts.failed), (4, 1), "{text}");
        }
    }

    #[test]
    fn unittest_is_read_from_its_last_lines() {
        for (text, passed, failed) in [
            ("Ran 5 tests in 1.2s\n\nOK", 5, 0),
            ("Ran 5 tests in 1.2s\n\nFAILED (failures=1, errors=2)", 2, 3),
            ("Ran 5 tests in 1.2s\n\nOK (skipped=2)", 3, 0),
            ("Ran 0 tests in 0.0s\n\nFAILED (errors=1)", 0, 1),
            ("Traceback", 0, 1),
        ] {
            let counts = of_unittest(&lines(text));
            assert_eq!((counts.passed, counts.failed), (passed, failed), "{text}");
        }
    }

    #[test]
    fn a_runner_that_dies_without_a_word_has_failed() {
        assert_eq!(of_nextest(&lines("error: could not compile")).or_failed(false), Counts::failed(1));
    }
}
