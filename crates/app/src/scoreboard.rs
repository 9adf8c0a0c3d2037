//! Home: is the province on track? Every target with its latest result, gap, pace and status.

pub use engine::forecast::Chance;
pub use engine::{Attainment, Pace, SdgClass, Status};
use plan::{DocumentId, Edition, ObsStatus, ObservationId, TargetId};
use store::Which;
use terms::{AreaLevel, Bound, Date, Decimal, IndicatorCode, Measure, RefArea, TimePeriod};

use crate::assess::Picture;
pub use crate::assess::WithinYear;
pub use crate::assess::units::{Counted, Denominator, UnitsView};
use crate::indicator::TargetPath;
use crate::policy::Action;
use crate::register::{PROVINCE, known_on};
use crate::view::{Amount, IndicatorName, SourceView, UnitName};
use crate::{Actor, App, Error};

/// What to show; an empty filter shows all.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct ScoreboardFilter {
    /// Only this status.
    pub status: Option<Status>,
    /// Only targets due by the end of this year.
    pub due_year: Option<i16>,
    /// Only targets that this document sets.
    pub set_by: Option<DocumentId>,
    /// Only targets of this place.
    pub place: Option<RefArea>,
    /// Only targets whose indicator's code begins with this word (`grdp`, `poverty`).
    pub field: Option<String>,
    /// As the register was known at the end of this day (UTC); none: now.
    pub known_on: Option<Date>,
}

/// The scoreboard.
#[derive(Debug, Clone, PartialEq)]
pub struct Scoreboard {
    /// Whose it is.
    pub province: UnitName,
    /// The day against which pace and status are told: today, or [`ScoreboardFilter::known_on`].
    pub day: Date,
    /// The targets that pass the filter: by due period, then by the catalogue's order.
    pub rows: Vec<TargetRow>,
    /// How many targets have each status, of those that pass the filter but for its status.
    pub counts: Vec<(Status, usize)>,
    /// How many targets there are without any filter: the province's own, or all of the place that is asked for.
    pub total: usize,
    /// What the filters can be set to.
    pub choices: FilterChoices,
}

/// The values of the filters that select something.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FilterChoices {
    /// Years by which targets are due.
    pub due_years: Vec<i16>,
    /// Documents that set targets, with their titles.
    pub documents: Vec<(DocumentId, String)>,
    /// Places that have targets.
    pub places: Vec<UnitName>,
    /// First words of the indicators' codes (`grdp`, `poverty`).
    pub fields: Vec<String>,
}

/// One target and how it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct TargetRow {
    /// Which target.
    pub target: TargetId,
    /// Of what.
    pub indicator: IndicatorName,
    /// Of whom.
    pub place: UnitName,
    /// Which aspect of the indicator is due.
    pub measure: Measure,
    /// The value or range due.
    pub amount: Amount,
    /// By when, or over which span.
    pub due: TimePeriod,
    /// The paper that sets it, first; further papers that tell it.
    pub sources: Vec<SourceView>,
    /// Where it started, if anybody says.
    pub baseline: Option<Baseline>,
    /// The latest result of the same indicator, place and measure.
    pub latest: Option<ResultView>,
    /// What is still missing, in the amount's unit: positive while the target is not met, negative beyond it.
    pub gap: Option<Decimal>,
    /// How much has been reached, and by which measure that can be said.
    pub attainment: Attainment,
    /// The pace so far, from the baseline to the latest result.
    pub observed_pace: Option<Pace>,
    /// What is needed from the latest result on, each year until due.
    pub required_pace: Option<Pace>,
    /// How it stands, by the path to it.
    pub status: Status,
    /// Open SDG's class, by growth.
    pub sdg_class: SdgClass,
    /// How its number is read: the value at the end, a change, a mean, a sum.
    pub basis: plan::Basis,
    /// What its paper or a planner says of how it is read and which way leads to it.
    pub way: plan::Way,
    /// What the way expects.
    pub expected: Expected,
    /// What it means in units, where it is a count or share of units.
    pub units: Option<UnitsView>,
    /// The results, oldest first, for the sparkline.
    pub points: Vec<(TimePeriod, Decimal)>,
    /// The chance of success with the number of points behind it; none under three points, and once it is decided.
    pub chance: Option<Chance>,
    /// The key of the open finding about it or a result on its way.
    pub disputed: Option<String>,
    /// Whether the target or a result on its way is simulated.
    pub simulated: bool,
}

/// What the way to a target expects, and what there is to hold against it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Expected {
    /// On the day of the latest value.
    pub at_latest: Option<Decimal>,
    /// Today.
    pub today: Option<Decimal>,
    /// The latest value with its day; of a sum what is gathered so far, of a mean the mean so far.
    pub so_far: Option<(Date, Decimal)>,
    /// Share of the way that is asked by then which has been covered: what the traffic light goes by.
    pub on_path: Option<Decimal>,
    /// On the course of how many earlier years the way within the year rests; none where it does not.
    pub profile_years: Option<usize>,
}

/// Where a target starts from.
#[derive(Debug, Clone, PartialEq)]
pub struct Baseline {
    /// The period of the start.
    pub period: TimePeriod,
    /// The value then.
    pub value: Decimal,
    /// Whether the paper itself states it (else it is the last result before the target was set).
    pub stated: bool,
}

/// A result as other pages show it.
#[derive(Debug, Clone, PartialEq)]
pub struct ResultView {
    /// Which observation.
    pub observation: ObservationId,
    /// Of when.
    pub period: TimePeriod,
    /// The value.
    pub amount: Amount,
    /// Which telling of it.
    pub edition: Edition,
    /// How far to rely on it.
    pub status: ObsStatus,
    /// The paper that tells it first; further papers that tell the same.
    pub sources: Vec<SourceView>,
    /// The key of the open finding about it.
    pub disputed: Option<String>,
}

impl App {
    /// The scoreboard. Four statements.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::Denied`].
    pub async fn scoreboard(&self, actor: &Actor, filter: &ScoreboardFilter) -> Result<Scoreboard, Error> {
        actor.require(Action::ReadRegister)?;
        let lists = self.lists();
        let reference = &lists.reference;
        let mut reading = self.reading().await?;
        let mut picture = Picture::load(&mut reading, known_on(filter.known_on), Which::Pursued).await?;
        picture.marks = self.marks(&picture, &mut reading, filter.known_on).await?;
        let day = filter.known_on.unwrap_or_else(|| self.today());
        let rows = told_once(
            picture
                .assess_all(reference, day)
                .into_iter()
                .map(|assessed| assessed.row),
        );
        let choices = FilterChoices::of(&rows);
        // Parts that were handed down stand with those who are to reach them, or where their place is asked for.
        let whole: Vec<TargetRow> = rows
            .into_iter()
            .filter(|row| filter.place.is_some() || !is_part(&row.place.code))
            .collect();
        let total = whole.len();
        let passing: Vec<TargetRow> = whole.into_iter().filter(|row| filter.passes(row)).collect();
        let count = |status: Status| passing.iter().filter(|row| row.status == status).count();
        let counts = Status::ALL
            .into_iter()
            .map(|status| (status, count(status)))
            .collect();
        let rows = passing
            .into_iter()
            .filter(|row| filter.status.is_none_or(|status| row.status == status))
            .collect();
        Ok(Scoreboard {
            province: reference.unit_name(&PROVINCE),
            day,
            rows,
            counts,
            total,
            choices,
        })
    }

    /// One target with the way to it.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Store`], [`Error::Denied`].
    pub async fn target(&self, actor: &Actor, target: TargetId) -> Result<TargetPath, Error> {
        actor.require(Action::ReadRegister)?;
        let lists = self.lists();
        let mut reading = self.reading().await?;
        let mut picture = Picture::load(&mut reading, known_on(None), Which::Pursued).await?;
        picture.marks = self.marks(&picture, &mut reading, None).await?;
        let mut assessed = picture.assess_all(&lists.reference, self.today()).into_iter();
        let found = assessed.find(|assessed| assessed.row.target == target);
        found
            .map(TargetPath::of)
            .ok_or(Error::NotFound { what: "target" })
    }
}

/// Whether a place is below the province: a commune, or one of its departments.
fn is_part(place: &RefArea) -> bool {
    place.level() == AreaLevel::Commune || place.as_str().contains('/')
}

impl ScoreboardFilter {
    /// Whether a row passes all filters but that of the status.
    fn passes(&self, row: &TargetRow) -> bool {
        self.due_year.is_none_or(|year| row.due.end().year() == year)
            && self
                .set_by
                .is_none_or(|document| row.sources.iter().any(|source| source.document == Some(document)))
            && self.place.as_ref().is_none_or(|place| row.place.code == *place)
            && self
                .field
                .as_ref()
                .is_none_or(|field| field_of(&row.indicator.code) == field)
    }
}

impl FilterChoices {
    fn of(rows: &[TargetRow]) -> Self {
        let mut choices = Self::default();
        for row in rows {
            let year = row.due.end().year();
            if !choices.due_years.contains(&year) {
                choices.due_years.push(year);
            }
            for source in &row.sources {
                if let Some(document) = source.document
                    && !choices.documents.iter().any(|(known, _)| *known == document)
                {
                    choices.documents.push((document, source.title.clone()));
                }
            }
            if !choices.places.iter().any(|place| place.code == row.place.code) {
                choices.places.push(row.place.clone());
            }
            let field = field_of(&row.indicator.code);
            if !choices.fields.iter().any(|known| known == field) {
                choices.fields.push(field.to_owned());
            }
        }
        choices.due_years.sort_unstable();
        choices
    }
}

/// Tellings of one target that differ only in how the number is limited («10,5%», «over 10.5%»), put in one row: that of
/// the strictest wording, with the sources of all.
pub(crate) fn told_once(rows: impl Iterator<Item = TargetRow>) -> Vec<TargetRow> {
    let strictness = |row: &TargetRow| match row.amount.bound {
        Bound::Gt | Bound::Lt => 3,
        Bound::Ge | Bound::Le => 2,
        Bound::Eq | Bound::Range => 1,
        Bound::Approx => 0,
    };
    let mut once: Vec<TargetRow> = Vec::new();
    for mut row in rows {
        let same = once.iter_mut().find(|other| {
            (
                &other.indicator.code,
                &other.place.code,
                other.due,
                other.measure,
                other.amount.value,
                other.amount.upper,
            ) == (
                &row.indicator.code,
                &row.place.code,
                row.due,
                row.measure,
                row.amount.value,
                row.amount.upper,
            ) && other.amount.price_basis == row.amount.price_basis
                && other.amount.scope == row.amount.scope
        });
        match same {
            None => once.push(row),
            Some(other) => {
                if strictness(other) < strictness(&row) {
                    std::mem::swap(other, &mut row);
                }
                other.sources.append(&mut row.sources);
                other
                    .sources
                    .sort_by_key(|source| (source.date.is_none(), source.date));
            }
        }
    }
    once
}

/// The first word of an indicator's code.
pub(crate) fn field_of(code: &IndicatorCode) -> &str {
    code.as_str().split('.').next().unwrap_or_default()
}
