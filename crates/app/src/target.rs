//! One target: where it stands on its way, what the way expects, and a planner's saying which way that is.

use plan::{Act, Basis, DocumentId, Fact, PathRule, Target, TargetId, Units, Way};
use store::{StoredAct, StoredWay, Which};
use terms::{Date, Diagnostic, Place, RefArea, TimePeriod};

use crate::indicator::{IndicatorQuery, Series, TargetPath};
use crate::policy::Action;
use crate::register::known_on;
use crate::review::broken_rules;
use crate::scoreboard::TargetRow;
use crate::settlement::{SettlementTexts, missing};
use crate::view::{ActView, SourceView};
use crate::{Actor, App, Error};

/// A target's page.
#[derive(Debug, Clone, PartialEq)]
pub struct TargetPage {
    /// The series that it asks of, with this target alone.
    pub series: Series,
    /// The target, how it stands, and the way to it.
    pub target: TargetPath,
    /// The targets of the same series, this one among them.
    pub others: Vec<TargetRow>,
    /// What was said of its way, oldest first; nothing where nobody ever said anything.
    pub ways: Vec<WaySaid>,
    /// How often its way was said: what a form has seen.
    pub seen: u64,
    /// The register's documents, the latest first, for who may plan; else none.
    pub documents: Vec<(DocumentId, String, Option<Date>)>,
}

/// What somebody said of the way to a target.
#[derive(Debug, Clone, PartialEq)]
pub struct WaySaid {
    /// Who said it, when and why.
    pub act: ActView,
    /// The way.
    pub way: Way,
    /// The paper that decides it; none where it came with the target.
    pub source: Option<SourceView>,
    /// Whether it still holds.
    pub holds: bool,
}

/// What a planner says of the way to a target, as a form sends it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WayTexts {
    /// How the number is read: a code of [`Basis`]; empty: as is usual.
    pub basis: String,
    /// A code of [`PathRule`]; empty: straight, or by milestones where there are any.
    pub path: String,
    /// `2027=12; 2028=9.5`, or a line each.
    pub milestones: String,
    /// Which units are counted: `all`, `communes`, `wards`; empty: it is no count of units.
    pub among: String,
    /// How the indicator's value in a unit is limited (`lt`) for it to count; empty: the indicator is itself a count.
    pub meets_bound: String,
    /// By which number.
    pub meets_value: String,
}

/// What a planner sends to settle the way to a target.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlanTexts {
    /// The way.
    pub way: WayTexts,
    /// [`TargetPage::seen`] of the page that the person read.
    pub seen: u64,
    /// The paper that decides and the reason; `finding` and `decision` are not asked.
    pub paper: SettlementTexts,
}

impl WayTexts {
    /// The way in the fields of a form.
    pub fn of(way: &Way) -> Self {
        let meets = way.units.and_then(|units| units.meets);
        Self {
            basis: way.basis.map(Basis::code).unwrap_or_default().to_owned(),
            path: way.path.code().to_owned(),
            milestones: match &way.path {
                PathRule::Milestones(stops) => stops.to_string().replace("; ", "\n"),
                _ => String::new(),
            },
            among: way
                .units
                .map(|units| units.among.code())
                .unwrap_or_default()
                .to_owned(),
            meets_bound: meets
                .map(|(bound, _)| bound.code())
                .unwrap_or_default()
                .to_owned(),
            meets_value: meets.map(|(_, value)| value.to_string()).unwrap_or_default(),
        }
    }

    /// The way that the fields tell; `wrong` names every one that cannot be used, and then it is none.
    pub(crate) fn way(&self, wrong: &mut Vec<Diagnostic>) -> Option<Way> {
        let before = wrong.len();
        let mut note = |code, column: &str, found: &str, expected: &str| {
            let place = Place::default().column(column);
            wrong.push(
                Diagnostic::error(code, place)
                    .with("found", found)
                    .with("expected", expected),
            );
        };
        let basis = match self.basis.trim() {
            "" => None,
            code => {
                let basis = code.parse::<Basis>().ok();
                if basis.is_none() {
                    note(
                        "unknown-code",
                        "basis",
                        code,
                        &Basis::ALL.map(Basis::code).join(", "),
                    );
                }
                basis
            }
        };
        let path = PathRule::read(&self.path, &self.milestones);
        if let Err(fault) = path {
            let (code, column, found, expected) = match fault {
                plan::NotAWay::UnknownCode => {
                    ("unknown-code", "path", &self.path, PathRule::CODES.join(", "))
                }
                plan::NotAWay::WithoutMilestones => {
                    ("missing-value", "milestones", &self.milestones, String::new())
                }
                plan::NotAWay::MilestonesBeside => (
                    "milestones-beside-path",
                    "milestones",
                    &self.milestones,
                    String::from("milestones"),
                ),
                plan::NotAWay::Unreadable => (
                    "not-milestones",
                    "milestones",
                    &self.milestones,
                    String::from("2027=12; 2028=9.5"),
                ),
            };
            note(code, column, found.trim(), &expected);
        }
        let units = match (
            self.among.trim(),
            self.meets_bound.trim(),
            self.meets_value.trim(),
        ) {
            ("", "", "") => None,
            (among, "", "") => Some(among.to_owned()),
            ("", ..) => {
                note("missing-value", "among", "", "");
                None
            }
            (_, "", _) => {
                note("missing-value", "meets_bound", "", "");
                None
            }
            (_, _, "") => {
                note("missing-value", "meets_value", "", "");
                None
            }
            (among, bound, value) => Some(format!("{among}:{bound}={value}")),
        };
        let units = units.and_then(|text| {
            let units = text.parse::<Units>().ok();
            if units.is_none() {
                note(
                    "not-units",
                    "among",
                    &text,
                    "all, communes, wards, communes:lt=10",
                );
            }
            units
        });
        (wrong.len() == before).then(|| Way {
            basis,
            path: path.unwrap_or_default(),
            units,
        })
    }
}

impl App {
    /// One target with its series and its ways. Fourteen statements at most.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Store`], [`Error::Denied`].
    pub async fn target_page(&self, actor: &Actor, id: TargetId) -> Result<TargetPage, Error> {
        actor.require(Action::ReadRegister)?;
        let not_found = || Error::NotFound { what: "target" };
        let mut reading = self.reading().await?;
        let stored = reading.target(id).await?.ok_or_else(not_found)?;
        let ways = reading.ways_of(id).await?;
        let acts = reading.acts_of_ways(id).await?;
        let documents = if actor.may(Action::Review) {
            reading.documents().await?
        } else {
            Vec::new()
        };
        drop(reading);
        let query = IndicatorQuery {
            code: stored.target.indicator.clone(),
            place: Some(stored.target.ref_area.clone()),
            known_on: None,
        };
        let view = self.indicator(actor, &query).await?;
        let series = view
            .series
            .into_iter()
            .find(|series| series.targets.iter().any(|target| target.row.target == id));
        let mut series = series.ok_or_else(not_found)?;
        let others = series.targets.iter().map(|target| target.row.clone()).collect();
        series.targets.retain(|target| target.row.target == id);
        let target = series.targets.first().cloned().ok_or_else(not_found)?;
        Ok(TargetPage {
            target,
            series,
            others,
            seen: ways.len() as u64,
            ways: ways
                .into_iter()
                .filter_map(|said| {
                    let act = acts.iter().find(|act| act.entry == said.entry)?;
                    Some(WaySaid::of(said, act))
                })
                .collect(),
            documents: documents
                .into_iter()
                .map(|stored| (stored.id, stored.document.title, stored.document.date))
                .collect(),
        })
    }

    /// Records which way leads to a target, by a paper and with a reason; what was said before stays readable.
    ///
    /// # Errors
    /// [`Error::Invalid`] names every field that is missing or wrong; [`Error::Conflict`] where somebody said another way in
    /// between; [`Error::NotFound`], [`Error::SignIn`], [`Error::Denied`], [`Error::Store`]. Then nothing was recorded.
    pub async fn plan_target(&self, actor: &Actor, id: TargetId, texts: &PlanTexts) -> Result<(), Error> {
        actor.require(Action::Review)?;
        let lists = self.lists();
        let mut writing = self.writing().await?;
        let stored = writing
            .target(id)
            .await?
            .filter(|stored| stored.ended_by.is_none());
        let stored = stored.ok_or(Error::NotFound { what: "target" })?;
        if writing.ways_of(id).await?.len() as u64 != texts.seen {
            return Err(Error::Conflict { what: "target" });
        }
        let mut wrong = Vec::new();
        let way = texts.way.way(&mut wrong);
        if texts.paper.reason.trim().is_empty() {
            wrong.push(missing("reason"));
        }
        if texts.paper.document.trim().is_empty() && texts.paper.title.trim().is_empty() {
            wrong.push(missing("document"));
        }
        let source = texts.paper.source(&mut writing, &mut wrong).await?;
        if let Some(way) = &way {
            let target = Target {
                way: way.clone(),
                ..stored.target.clone()
            };
            let broken = broken_rules(&lists.reference, &Fact::Target(target), &Place::default());
            // Of the target's other fields nothing is asked again.
            let of_way = ["path", "milestones", "units"];
            wrong.extend(broken.into_iter().filter(|rule| {
                let column = rule.place.column.as_deref();
                rule.code == "compound-not-positive" || column.is_some_and(|column| of_way.contains(&column))
            }));
        }
        let (Some(way), Some(source)) = (way, source.filter(|_| wrong.is_empty())) else {
            return Err(Error::Invalid(wrong));
        };
        let act = Act::TargetPlanned {
            target: id,
            way: Box::new(way),
            source,
            reason: texts.paper.reason.trim().to_owned(),
        };
        writing
            .record(&actor.author(Action::Review, None), self.now(), &act)
            .await?;
        self.commit(writing).await
    }

    /// The targets of a place (of one indicator, where it is named) with what their ways expect by the end of a period: for
    /// «compute» and «explain». Four statements, two more where a target counts units.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::Denied`].
    pub async fn targets_by(
        &self,
        actor: &Actor,
        place: &RefArea,
        period: TimePeriod,
        day: Option<Date>,
    ) -> Result<Vec<TargetPath>, Error> {
        actor.require(Action::ReadRegister)?;
        let lists = self.lists();
        let mut reading = self.reading().await?;
        let picture = crate::assess::Picture::load(&mut reading, known_on(day), Which::Place(place)).await?;
        Ok(picture
            .assess_all(&lists.reference, period.end())
            .into_iter()
            .filter(|assessed| assessed.row.place.code == *place)
            .map(TargetPath::of)
            .collect())
    }
}

impl WaySaid {
    fn of(said: StoredWay, act: &StoredAct) -> Self {
        Self {
            act: ActView::of(act),
            holds: said.ended_by.is_none(),
            source: said.title.map(|title| SourceView {
                document: said.document,
                figure: None,
                quote: said.quote.unwrap_or_default(),
                title,
                publisher: said.publisher.unwrap_or_default(),
                date: said.date,
                url: said.url,
                report: None,
            }),
            way: said.way,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_gives_back_the_way_that_it_was_made_of() {
        for way in [
            Way::default(),
            Way {
                basis: Some(Basis::Sum),
                path: PathRule::read("", "2027=12; 2028=9.5").unwrap(),
                units: None,
            },
            Way {
                basis: None,
                path: PathRule::Seasonal,
                units: "communes:lt=10".parse().ok(),
            },
        ] {
            let mut wrong = Vec::new();
            assert_eq!(WayTexts::of(&way).way(&mut wrong), Some(way));
            assert_eq!(wrong, []);
        }
    }

    #[test]
    fn every_wrong_field_of_a_way_is_named_at_once() {
        let texts = WayTexts {
            basis: "mean".to_owned(),
            path: "compound".to_owned(),
            milestones: "2027=1".to_owned(),
            among: "communes".to_owned(),
            meets_bound: "lt".to_owned(),
            meets_value: String::new(),
        };
        let mut wrong = Vec::new();
        assert_eq!(texts.way(&mut wrong), None);
        let told: Vec<_> = wrong
            .iter()
            .map(|fault| (fault.code, fault.place.column.as_deref().unwrap_or_default()))
            .collect();
        assert_eq!(
            told,
            [
                ("unknown-code", "basis"),
                ("milestones-beside-path", "milestones"),
                ("missing-value", "meets_value")
            ]
        );
    }
}
