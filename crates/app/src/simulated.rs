//! Simulated reports: what communes might report, for trying the engine out, told apart from the record everywhere.
//!
//! They come in by the same door as any table, each with a source whose publisher says that it is a simulation. By that
//! publisher every page knows them.

use std::fmt::Write as _;

use terms::{AreaLevel, Date, RefArea};

use crate::import::{Import, Imported};
use crate::policy::Action;
use crate::reference::{Reference, lives};
use crate::register::PROVINCE;
use crate::view::SourceView;
use crate::{Actor, App, Error};

/// Who publishes what is simulated: the mark by which every page tells it.
pub const PUBLISHER: &str = "Mô phỏng · Simulation";

const TITLE: &str = "Báo cáo mô phỏng của xã, phường · Simulated commune report";
const REASON: &str =
    "Số liệu mô phỏng để dùng thử, không phải số liệu thật · Simulated data for trial use, not real data";
const HEADING: &str = "indicator,place,period,value,publisher,title,date,quote\n";
/// The first day of the 45 communes.
const NEW_BORDERS: Date = jiff::civil::date(2025, 7, 1);

impl SourceView {
    /// Whether it is a simulation.
    pub fn is_simulated(&self) -> bool {
        self.publisher == PUBLISHER
    }
}

impl App {
    /// Whether the register holds anything simulated, so that pages which only count can say so. One statement.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::Denied`].
    pub async fn holds_simulated(&self, actor: &Actor) -> Result<bool, Error> {
        actor.require(Action::ReadRegister)?;
        Ok(self.reading().await?.has_publisher(PUBLISHER).await?)
    }

    /// Loads simulated reports: of the communes before 2025 and of those of today, for some years and months, the same for
    /// the same seed; and the reports of the regimes that are issued, through all their steps. About one in twelve is
    /// missing, as in life.
    ///
    /// # Errors
    /// As [`App::import`].
    pub async fn simulate(&self, actor: &Actor, seed: u64) -> Result<Imported, Error> {
        actor.require(Action::ImportValues)?;
        let lists = self.lists();
        let import = Import {
            observations: vec![(
                format!("simulation-{seed}.csv"),
                reports(&lists.reference, seed).into_bytes(),
            )],
            reason: REASON.to_owned(),
            ..Import::default()
        };
        let mut imported = self.import(actor, import).await?;
        imported.reports = self.simulate_reports(actor, seed).await?;
        Ok(imported)
    }
}

/// What the reports say of the communes that are there on a day.
fn reports(reference: &Reference, seed: u64) -> String {
    let mut table = HEADING.to_owned();
    let old = jiff::civil::date(2025, 6, 30);
    let communes = |day: Date| {
        reference
            .tree()
            .below(&PROVINCE, AreaLevel::Commune, day)
            .into_iter()
            .map(|number| reference.tree().unit(number))
            .filter(move |unit| lives(unit, day))
    };
    for unit in communes(old).filter(|unit| unit.valid_to.is_some()) {
        let mut told = Commune::new(reference, &unit.code, seed, 900, 400);
        for year in 2022..=2024 {
            told.year(&mut table, year);
        }
    }
    for unit in communes(NEW_BORDERS) {
        let mut told = Commune::new(reference, &unit.code, seed, 2600, 1100);
        told.year(&mut table, 2025);
        for month in 1..=10 {
            told.month(&mut table, 2026, month);
        }
    }
    table
}

/// One commune, from report to report.
struct Commune<'a> {
    reference: &'a Reference,
    code: &'a RefArea,
    chance: Chance,
    households: u64,
    poor_percent: u64,
    planted: u64,
}

impl<'a> Commune<'a> {
    fn new(reference: &'a Reference, code: &'a RefArea, seed: u64, size: u64, spread: u64) -> Self {
        let mut chance = Chance::of(seed, code.as_str());
        Self {
            reference,
            code,
            households: size - spread + chance.below(2 * spread),
            poor_percent: 12 + chance.below(30),
            planted: 4 + chance.below(30),
            chance,
        }
    }

    /// The review of poor households at the end of a year, and the year's people, forest and houses.
    fn year(&mut self, table: &mut String, year: i16) {
        self.households += self.chance.below(self.households / 40 + 1);
        self.poor_percent -= self.chance.below(4).min(self.poor_percent / 3);
        let poor = self.households * self.poor_percent / 100;
        let people = self.households * (42 + self.chance.below(6)) / 10;
        let insured = people * (91 + self.chance.below(9)) / 100;
        let homes = self.chance.below(40);
        let period = year.to_string();
        let day = format!("{}-01-15", year + 1);
        for (indicator, value) in [
            ("households.total", self.households),
            ("poverty.households", poor),
            ("population.total", people),
            ("health.insured", insured),
            ("housing.solidarity_homes", homes),
        ] {
            self.line(table, indicator, &period, value, &day);
        }
    }

    /// The forest planted in a month.
    fn month(&mut self, table: &mut String, year: i16, month: u8) {
        let value = self.planted + self.chance.below(12);
        let period = format!("{year}-{month:02}");
        let day = format!("{year}-{:02}-05", month + 1);
        self.line(table, "forest.area_planted", &period, value, &day);
    }

    fn line(&mut self, table: &mut String, indicator: &str, period: &str, value: u64, day: &str) {
        if self.chance.below(12) == 0 {
            return;
        }
        let name = self
            .reference
            .indicators
            .iter()
            .find(|found| found.code.as_str() == indicator)
            .map_or(indicator, |found| &found.name_vi);
        // Writing to a string does not fail.
        let _ = writeln!(
            table,
            "{indicator},{},{period},{value},{PUBLISHER},\"{TITLE}\",{day},\"{name}: {value}\"",
            self.code
        );
    }
}

/// `SplitMix64`: a small, well-known generator, the same numbers for the same seed and commune on every machine.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn of(seed: u64, word: &str) -> Self {
        let start = word.bytes().fold(seed, |state, byte| {
            (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self(start)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to one less than `limit`.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit.max(1)
    }
}
