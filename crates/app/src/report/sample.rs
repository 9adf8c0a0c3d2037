//! Reports drawn for checks on the spot: nobody chooses, and anybody can draw again.
//!
//! The size: so many that, were one report in five wrong, at least one of them is drawn with a chance of 90 %. The draw:
//! each office that stood ready gets the SHA-256 of the chain hash of the entry before the draw and of its name; the
//! smallest are drawn. The hash of a record's head cannot be foreseen, and the entry keeps who stood ready.

use plan::report::{RegimeCode, ReportKey, Stage};
use plan::{Act, Office};
use store::Reports;
use terms::{Decimal, Diagnostic, IndicatorCode, Place, TimePeriod};

use super::view::{OfficeName, RegimeName};
use super::who_owes;
use crate::policy::Action;
use crate::{Actor, App, Error};

/// The reports of a period that were drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct SampleView {
    /// Of which regime.
    pub regime: RegimeName,
    /// On which period.
    pub period: TimePeriod,
    /// The entry that tells of the draw; none where nobody has drawn yet.
    pub entry: Option<u64>,
    /// The seed: the chain hash of the entry before.
    pub seed: Option<String>,
    /// How many stood ready, or stand ready now.
    pub ready: usize,
    /// How many were drawn, or would be.
    pub size: u64,
    /// What was drawn, with what was found there.
    pub drawn: Vec<DrawnReport>,
    /// Whether this person may draw or tell what was found.
    pub may_draw: bool,
    /// The lines of the form, for telling what was found.
    pub lines: Vec<crate::view::IndicatorName>,
}

/// A report that was drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawnReport {
    /// Which.
    pub report: ReportKey,
    /// Of whom.
    pub office: OfficeName,
    /// What was found: line, value as typed, words, entry.
    pub found: Vec<(crate::view::IndicatorName, String, String, u64)>,
}

/// So many of `ready` that a fifth of wrong ones goes unseen with a chance of at most a tenth.
///
/// Drawing without putting back: with `bad = ⌈ready ÷ 5⌉`, the smallest `n` for which
/// `∏ (good − i) ÷ (ready − i) ≤ 1 ÷ 10` over `i < n`. O(n).
pub(crate) fn sample_size(ready: u64) -> u64 {
    let bad = ready.div_ceil(5);
    let mut unseen = Decimal::ONE;
    for drawn in 0..ready {
        if unseen <= Decimal::new(1, 1) {
            return drawn;
        }
        let good_left = (ready - bad).saturating_sub(drawn);
        unseen = unseen * Decimal::from(good_left) / Decimal::from(ready - drawn);
    }
    ready
}

/// The offices that are drawn from those that stand ready, by a seed. O(n log n).
pub(crate) fn draw(seed: &[u8; 32], ready: &[Office], size: u64) -> Vec<Office> {
    let mut lots: Vec<([u8; 32], &Office)> = ready
        .iter()
        .map(|office| {
            let mut bytes = seed.to_vec();
            bytes.extend_from_slice(office.to_string().as_bytes());
            (ledger::entry::address(&bytes), office)
        })
        .collect();
    lots.sort();
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    lots.into_iter()
        .take(size)
        .map(|(_, office)| office.clone())
        .collect()
}

impl App {
    /// The draw of a regime's period. Six statements.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::SignIn`], [`Error::Denied`], [`Error::Store`].
    pub async fn report_sample(
        &self,
        actor: &Actor,
        code: &str,
        period: TimePeriod,
    ) -> Result<SampleView, Error> {
        actor.require(Action::ReadReports)?;
        let not_found = || Error::NotFound { what: "regime" };
        let code: RegimeCode = code.parse().map_err(|_| not_found())?;
        let lists = self.lists();
        let mut reading = self.reading().await?;
        let directory = self.directory(&mut reading).await?;
        let regime = reading.regime(&code).await?.ok_or_else(not_found)?.regime;
        if !regime.asks_for(period) {
            return Err(not_found());
        }
        // Those who judge these reports may see the draw; others who may read what the receiver gets.
        let receiver = &regime.states().receiver;
        let owing = who_owes(&lists.reference, &regime, period);
        let judges = |action| {
            owing
                .iter()
                .any(|office| actor.may_judge(action, office, receiver))
        };
        if !judges(Action::VerifyReport) && !judges(Action::AcceptReport) {
            actor.require_for(Action::ReadReports, receiver)?;
        }
        let name = |code: &IndicatorCode| lists.reference.indicator_name(code);
        let mut view = SampleView {
            regime: RegimeName::of(&regime),
            period,
            entry: None,
            seed: None,
            ready: 0,
            size: 0,
            drawn: Vec::new(),
            may_draw: judges(Action::VerifyReport),
            lines: regime.indicators().map(name).collect(),
        };
        let Some(sample) = reading.sample(&code, period).await? else {
            let ready = ready(reading.reports(Reports::Period(&code, period)).await?);
            view.ready = ready.len();
            view.size = sample_size(u64::try_from(ready.len()).unwrap_or(u64::MAX));
            return Ok(view);
        };
        let seed = match sample.entry.checked_sub(2) {
            None => crate::Head::EMPTY.hash,
            Some(two_before) => reading
                .hashes_after(two_before, 1)
                .await?
                .pop()
                .ok_or(Error::NotFound { what: "entry" })?,
        };
        let found = reading.spot_checks(&code, period).await?;
        view.entry = Some(sample.entry);
        view.seed = Some(terms::Sha256(seed).to_string());
        view.ready = sample.ready.len();
        view.size = sample.size;
        view.drawn = draw(&seed, &sample.ready, sample.size)
            .into_iter()
            .map(|office| DrawnReport {
                office: OfficeName::of(&directory, &office),
                found: found
                    .iter()
                    .filter(|check| check.office == office)
                    .map(|check| {
                        let said = (check.found.clone(), check.words.clone());
                        (name(&check.indicator), said.0, said.1, check.entry)
                    })
                    .collect(),
                report: ReportKey {
                    regime: code.clone(),
                    period,
                    office,
                },
            })
            .collect();
        Ok(view)
    }

    /// Draws, once for each regime's period: a second draw would be a choice.
    ///
    /// # Errors
    /// [`Error::Conflict`] where somebody has drawn; [`Error::Invalid`] where nothing stands ready; else as
    /// [`App::report_sample`].
    pub async fn draw_sample(&self, actor: &Actor, code: &str, period: TimePeriod) -> Result<(), Error> {
        actor.require(Action::VerifyReport)?;
        let not_found = || Error::NotFound { what: "regime" };
        let code: RegimeCode = code.parse().map_err(|_| not_found())?;
        let mut writing = self.writing().await?;
        let regime = writing.regime(&code).await?.ok_or_else(not_found)?.regime;
        if !regime.asks_for(period) {
            return Err(not_found());
        }
        if writing.sample(&code, period).await?.is_some() {
            return Err(Error::Conflict { what: "sample" });
        }
        let receiver = &regime.states().receiver;
        let lists = self.lists();
        let owing = who_owes(&lists.reference, &regime, period);
        let judges = |office: &Office| actor.may_judge(Action::VerifyReport, office, receiver);
        if !owing.iter().any(judges) {
            // Who may read what the receiver gets is told who draws; others that there is nothing.
            actor.require_for(Action::ReadReports, receiver)?;
            let office = owing.first().ok_or_else(not_found)?;
            actor.require_judge(Action::VerifyReport, office, receiver)?;
        }
        let mut ready = ready(writing.reports(Reports::Period(&code, period)).await?);
        ready.retain(judges);
        if ready.is_empty() {
            return Err(Error::Invalid(vec![Diagnostic::error(
                "sample-of-nothing",
                Place::default(),
            )]));
        }
        let author = match ready.first() {
            Some(office) => actor.judge(Action::VerifyReport, office, receiver),
            None => actor.author(Action::VerifyReport, None),
        };
        let act = Act::SampleDrawn {
            regime: code,
            period,
            size: sample_size(u64::try_from(ready.len()).unwrap_or(u64::MAX)),
            ready,
        };
        writing.record(&author, self.now(), &act).await?;
        self.commit(writing).await
    }

    /// Tells what was found on the spot about a line of a report that was drawn.
    ///
    /// # Errors
    /// [`Error::Invalid`] without a value or words; [`Error::NotFound`] where the report was not drawn or has no such
    /// line; [`Error::SignIn`], [`Error::Denied`], [`Error::Store`].
    pub async fn tell_spot_check(
        &self,
        actor: &Actor,
        key: &ReportKey,
        indicator: &IndicatorCode,
        found: &str,
        words: &str,
    ) -> Result<(), Error> {
        actor.require_for(Action::VerifyReport, &key.office)?;
        let regime = self.reading().await?.regime(&key.regime).await?;
        let receiver = match regime {
            Some(stored) => stored.regime.states().receiver.clone(),
            None => return Err(Error::NotFound { what: "report" }),
        };
        actor.require_judge(Action::VerifyReport, &key.office, &receiver)?;
        let view = self.report_sample(actor, key.regime.as_str(), key.period).await?;
        let is_drawn = view.drawn.iter().any(|drawn| drawn.report == *key);
        if !is_drawn || !view.lines.iter().any(|line| line.code == *indicator) {
            return Err(Error::NotFound { what: "report" });
        }
        let empty = [("found", found), ("words", words)]
            .into_iter()
            .filter(|(_, text)| text.trim().is_empty());
        let missing: Vec<_> = empty.map(|(field, _)| super::missing(field)).collect();
        if !missing.is_empty() {
            return Err(Error::Invalid(missing));
        }
        let act = Act::SpotChecked {
            report: key.clone(),
            indicator: indicator.clone(),
            found: found.trim().chars().take(64).collect(),
            words: words.trim().chars().take(2_000).collect(),
        };
        let mut writing = self.writing().await?;
        let author = actor.judge(Action::VerifyReport, &key.office, &receiver);
        writing.record(&author, self.now(), &act).await?;
        self.commit(writing).await
    }
}

/// The offices whose reports can be drawn: those that were sent.
fn ready(stored: Vec<store::StoredReport>) -> Vec<Office> {
    let mut offices: Vec<Office> = stored
        .into_iter()
        .filter(|stored| stored.report.stage() != Stage::FillingIn)
        .map(|stored| stored.key.office)
        .collect();
    offices.sort();
    offices
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of 45 with 9 wrong: after 9 draws 36·35·…·28 ÷ 45·…·37 = 0.106, after 10 draws 0.080.
    #[test]
    fn the_size_is_the_smallest_that_sees_enough() {
        assert_eq!(sample_size(45), 10);
        assert_eq!([0, 1, 2, 5].map(sample_size), [0, 1, 2, 5]);
        let sizes: Vec<u64> = (1..200).map(sample_size).collect();
        assert!(
            sizes
                .iter()
                .zip(1..)
                .all(|(size, ready)| *size <= ready && 1 <= *size)
        );
        assert!(sizes.last().unwrap() <= &11);
    }

    #[test]
    fn the_same_seed_draws_the_same_and_another_seed_others() {
        let ready: Vec<Office> = (0..45)
            .map(|n| format!("VN-11-{:05}", 3000 + n).parse().unwrap())
            .collect();
        let drawn = draw(&[7; 32], &ready, 10);
        let mut turned = ready.clone();
        turned.reverse();
        assert_eq!(
            drawn,
            draw(&[7; 32], &turned, 10),
            "the order of the list does not matter"
        );
        assert_ne!(drawn, draw(&[8; 32], &ready, 10));
        let mut once = drawn.clone();
        once.sort();
        once.dedup();
        assert_eq!(once.len(), 10);
    }
}
