//! The general part of a score, which a person gives, with a reason and what shows it; corrected by giving it anew.
//!
//! Nobody gives it to the own post. An office as a whole, and whoever leads it, get it from above.

use std::collections::HashMap;

use plan::org::Role as PostRole;
use plan::task::{Evidence, Score, ScoreRules};
use plan::{Act, Office, PostId, UserId};
use store::StoredGeneralScore;
use terms::{Decimal, Diagnostic, Place, Sha256, TimePeriod, Timestamp};

use super::frame::{ScoreFrame, frame};
use super::people::turns;
use crate::directory::Directory;
use crate::policy::{Action, Role, Who};
use crate::task::OfficeName;
use crate::task_act::{LONGEST_TEXT, Shown, found, limited, take_evidence};
use crate::view::Bilingual;
use crate::{Actor, App, Error};

/// Whose score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whose {
    /// The office, or that of the post.
    pub office: Office,
    /// The post; none: the office as a whole.
    pub post: Option<PostId>,
    /// Who held the post, where one followed another.
    pub holder: Option<UserId>,
}

impl Whose {
    /// An office as a whole.
    pub fn office(office: Office) -> Self {
        Self {
            office,
            post: None,
            holder: None,
        }
    }
}

/// A general part that was given.
#[derive(Debug, Clone, PartialEq)]
pub struct GivenView {
    /// The number of its entry.
    pub entry: u64,
    /// The post; none: the office as a whole.
    pub post: Option<PostId>,
    /// What the post is called.
    pub post_name: Option<Bilingual>,
    /// Who held the post.
    pub holder: Option<UserId>,
    /// What they are called.
    pub holder_name: Option<String>,
    /// How many points; none: what was given before no longer counts.
    pub points: Option<Decimal>,
    /// Why.
    pub reason: String,
    /// What shows it.
    pub evidence: Vec<Evidence>,
    /// Who gave it, where the name is known.
    pub who: Option<String>,
    /// When.
    pub at: Timestamp,
    /// Whether it counts: the last one that was given, if it was not taken back.
    pub counts: bool,
}

impl GivenView {
    /// Whether it was given for this office, post and holder.
    pub(super) fn is_of(&self, whose: &Whose) -> bool {
        self.post == whose.post && self.holder == whose.holder
    }
}

/// A general part as a form sends it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GeneralTexts {
    /// How many points; a comma or a point divides the fraction.
    pub points: String,
    /// Whether to take back what was given instead.
    pub withdraw: bool,
    /// Why.
    pub reason: String,
    /// Addresses of the web, one a line.
    pub links: String,
    /// Files: name and bytes.
    pub files: Vec<(String, Vec<u8>)>,
}

/// What the form for a general part shows.
#[derive(Debug, Clone, PartialEq)]
pub struct GeneralForm {
    /// The period with its rules.
    pub frame: ScoreFrame,
    /// The rules.
    pub rules: ScoreRules,
    /// The office.
    pub office: OfficeName,
    /// The post and its holder.
    pub post: Option<(Bilingual, Option<String>)>,
    /// The score as it stands.
    pub score: Option<Score>,
    /// What was given before, the latest first.
    pub given: Vec<GivenView>,
    /// The entry that the form has seen; 0: none.
    pub seen: u64,
}

impl App {
    /// What the form for a general part shows. As many statements as [`App::score_of`].
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is no such office, post or holder in the period, or the asker may not know of it;
    /// [`Error::Denied`] with who may; [`Error::SignIn`], [`Error::Store`].
    pub async fn general_form(
        &self,
        actor: &Actor,
        whose: &Whose,
        period: TimePeriod,
    ) -> Result<GeneralForm, Error> {
        actor.require_for(Action::KeepScores, &whose.office)?;
        let page = self.score_of(actor, &whose.office, Some(period)).await?;
        let mut reading = self.reading().await?;
        let directory = self.directory(&mut reading).await?;
        may(actor, &directory, whose)?;
        let rules = page
            .frame
            .rules
            .clone()
            .ok_or(Error::NotFound { what: "score rules" })?;
        let (score, post) = match &whose.post {
            None => (page.score, None),
            Some(post) => {
                let of = page
                    .posts
                    .into_iter()
                    .find(|of| of.post == *post && of.holder == whose.holder)
                    .ok_or(Error::NotFound { what: "post" })?;
                (of.score, Some((of.name, of.holder_name)))
            }
        };
        let given: Vec<GivenView> = page
            .given
            .into_iter()
            .filter(|given| given.is_of(whose))
            .collect();
        Ok(GeneralForm {
            seen: given.first().map_or(0, |given| given.entry),
            frame: page.frame,
            rules,
            office: page.office,
            post,
            score,
            given,
        })
    }

    /// Gives a general part, gives it anew, or takes it back; what was given before stays readable. `seen` is the entry
    /// that the person had before the eyes, 0 for none.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Denied`] as [`App::general_form`]; [`Error::Conflict`] where somebody else gave it
    /// since; [`Error::Invalid`] names every field that is missing or wrong; [`Error::SecondFactor`], [`Error::SignIn`],
    /// [`Error::Store`]. Then nothing was recorded.
    pub async fn give_general(
        &self,
        actor: &Actor,
        whose: &Whose,
        period: TimePeriod,
        seen: u64,
        texts: GeneralTexts,
    ) -> Result<(), Error> {
        actor.require_for(Action::KeepScores, &whose.office)?;
        let mut writing = self.writing().await?;
        let directory = self.directory_within(&mut writing).await?;
        may(actor, &directory, whose)?;
        let today = self.today();
        let frame = frame(&mut writing, Some(period), today).await?;
        let rules = frame.rules.ok_or(Error::NotFound { what: "score rules" })?;
        if !directory.has(&whose.office, period.end().min(today)) {
            return Err(Error::NotFound { what: "office" });
        }
        if let Some(post) = &whose.post {
            let held = turns(&directory, post, period);
            if !held.iter().any(|(holder, _)| *holder == whose.holder) {
                return Err(Error::NotFound { what: "holder" });
            }
        }
        let before = writing.general_scores(period, Some(&whose.office)).await?;
        let last = before
            .iter()
            .rev()
            .find(|given| given.post == whose.post && given.holder == whose.holder);
        if last.map_or(0, |last| last.entry) != seen {
            return Err(Error::Conflict { what: "score" });
        }
        let mut wrong = Vec::new();
        if today < period.start() {
            let place = Place::default().column("period");
            wrong.push(Diagnostic::error("score-period-ahead", place).with("begins", period.start()));
        }
        let points = if texts.withdraw {
            if last.is_none_or(|last| last.points.is_none()) {
                wrong.push(Diagnostic::error(
                    "score-nothing-given",
                    Place::default().column("points"),
                ));
            }
            None
        } else {
            let points = number(&texts.points).filter(|points| {
                Decimal::ZERO <= *points && *points <= rules.general && points.normalize().scale() <= 2
            });
            if points.is_none() {
                wrong.push(
                    found("score-points", "points", texts.points.trim())
                        .with("most", rules.general.normalize()),
                );
            }
            points
        };
        let reason = limited(&texts.reason, "reason", LONGEST_TEXT, &mut wrong);
        if reason.is_empty() {
            wrong.push(Diagnostic::error(
                "score-no-reason",
                Place::default().column("reason"),
            ));
        }
        let shown = Shown {
            files: texts.files,
            links: texts.links,
            observations: String::new(),
        };
        let evidence = take_evidence(&mut writing, shown, &mut wrong).await?;
        if !wrong.is_empty() {
            return Err(Error::Invalid(wrong));
        }
        let act = Act::GeneralScoreGiven {
            office: whose.office.clone(),
            post: whose.post.clone(),
            holder: whose.holder,
            period,
            points,
            reason,
            evidence,
        };
        let author = actor.author(Action::KeepScores, Some(&whose.office));
        writing.record(&author, self.now(), &act).await?;
        self.commit(writing).await
    }

    /// A file that shows why a general part was given, with its name.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is no such file or the asker may not know of the office; [`Error::SignIn`],
    /// [`Error::Store`].
    pub async fn score_file(
        &self,
        actor: &Actor,
        whose: (&Office, TimePeriod),
        sha256: Sha256,
    ) -> Result<(String, Vec<u8>), Error> {
        let (office, period) = whose;
        actor.require_for(Action::ReadScores, office)?;
        let missing = || Error::NotFound { what: "file" };
        let mut reading = self.reading().await?;
        let given = reading.general_scores(period, Some(office)).await?;
        let mut evidence = given.iter().flat_map(|given| &given.evidence);
        let name = evidence.find_map(|evidence| match evidence {
            Evidence::File { name, sha256: of, .. } if *of == sha256 => Some(name.clone()),
            _ => None,
        });
        let name = name.ok_or_else(missing)?;
        let bytes = reading.bytes(sha256).await?.ok_or_else(missing)?;
        Ok((name, bytes))
    }
}

/// Goes on only where the asker may give this general part.
pub(super) fn may(actor: &Actor, directory: &Directory, whose: &Whose) -> Result<(), Error> {
    actor.require_for(Action::KeepScores, &whose.office)?;
    let denied = |who: Option<Office>| Error::Denied {
        action: Action::KeepScores,
        who: who
            .into_iter()
            .map(|office| Who {
                role: Role::Leader,
                office: Some((office.clone(), directory.name(&office))),
            })
            .collect(),
    };
    let from_above = match &whose.post {
        None => true,
        Some(id) => {
            let post = directory.posts.get(id).filter(|post| post.office == whose.office);
            let post = post.ok_or(Error::NotFound { what: "post" })?;
            let own = actor.posts().iter().any(|own| own.post.as_ref() == Some(id));
            if own || (actor.user().is_some() && actor.user() == whose.holder) {
                return Err(denied(directory.above(&whose.office)));
            }
            post.role == PostRole::Leader
        }
    };
    if from_above && !actor.may_from_above(Action::KeepScores, &whose.office) {
        return Err(denied(directory.above(&whose.office)));
    }
    Ok(())
}

/// What was given, the latest first, each with whether it counts.
pub(super) fn views(
    stored: Vec<StoredGeneralScore>,
    directory: &Directory,
    names: &HashMap<UserId, String>,
) -> Vec<GivenView> {
    let mut views: Vec<GivenView> = Vec::new();
    for given in stored.into_iter().rev() {
        let later = views
            .iter()
            .any(|later| later.post == given.post && later.holder == given.holder);
        views.push(GivenView {
            entry: given.entry,
            post_name: given.post.as_ref().map(|post| directory.post_name(post)),
            post: given.post,
            holder_name: given.holder.and_then(|holder| names.get(&holder).cloned()),
            holder: given.holder,
            counts: !later && given.points.is_some(),
            points: given.points,
            reason: given.reason,
            evidence: given.evidence,
            who: given.who,
            at: given.at,
        });
    }
    views
}

/// A number as people write it: 27,5 or 27.5.
pub(super) fn number(text: &str) -> Option<Decimal> {
    let text = text.trim().replace(',', ".");
    let digits = text.strip_prefix('-').unwrap_or(&text);
    let plain =
        !digits.is_empty() && digits.len() <= 12 && digits.chars().all(|c| c.is_ascii_digit() || c == '.');
    text.parse().ok().filter(|_| plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_written_with_a_comma_or_a_point() {
        assert_eq!(number(" 27,5 "), Some("27.5".parse().unwrap()));
        assert_eq!(number("30"), Some(Decimal::from(30)));
        for wrong in [
            "",
            "ba mươi",
            "1e3",
            "1.000,5",
            "27 5",
            "−1",
            "0x1f",
            "1234567890123",
        ] {
            assert_eq!(number(wrong), None, "{wrong}");
        }
    }
}
