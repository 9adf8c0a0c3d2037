//! Scores of posts, and of the people who held them one after another.
//!
//! A duty stays with its post. Where one person follows another in a period, each has the tasks of the own days; where
//! several hold a post at the same time, nobody can tell whose a task was, and the score is the post's alone.

use std::collections::HashMap;

use plan::task::{Score, Spell};
use plan::{Office, PostId, UserId};
use store::Reading;
use terms::{Date, Language, TimePeriod};

use super::Scoring;
use super::give::{self, GivenView, Whose};
use super::works::{Works, within};
use crate::directory::Directory;
use crate::view::Bilingual;
use crate::{Actor, Error};

/// The score of a post, or of one of those who held it in the period.
#[derive(Debug, Clone, PartialEq)]
pub struct PostScore {
    /// The post.
    pub post: PostId,
    /// What it is called.
    pub name: Bilingual,
    /// Who held it, where one person did at a time.
    pub holder: Option<UserId>,
    /// What they are called; none where the name was deleted or several held it at once.
    pub holder_name: Option<String>,
    /// The first and last day of the holder within the period, where they are not all of it.
    pub days: Option<(Date, Date)>,
    /// The score; none without a task.
    pub score: Option<Score>,
    /// The general part that counts.
    pub general: Option<GivenView>,
    /// Whether the asker may give it.
    pub may_give: bool,
}

/// What people are called, by their number. One statement.
pub(super) async fn names(reading: &mut Reading) -> Result<HashMap<UserId, String>, Error> {
    let users = reading.users().await?;
    Ok(users.into_iter().map(|user| (user.id, user.name)).collect())
}

/// The scores of the posts of an office that were there in the period, by name; of each, those of its holders in turn.
pub(super) fn scores(
    actor: &Actor,
    directory: &Directory,
    names: &HashMap<UserId, String>,
    (office, scoring): (&Office, Scoring<'_>),
    works: &Works,
    given: &[GivenView],
) -> Vec<PostScore> {
    let period = scoring.period;
    let by_post = works.by(|held| held.post.clone().filter(|_| held.lead == *office));
    let mut posts: Vec<_> = directory
        .posts
        .values()
        .filter(|post| {
            let there = post.since <= period.end() && post.until.is_none_or(|until| period.start() <= until);
            post.office == *office && (there || by_post.contains_key(&post.id))
        })
        .collect();
    i18n::sort::by_name(Language::Vi, &mut posts, |post| &post.name_vi);
    let mut scores = Vec::new();
    for post in posts {
        let all = by_post.get(&post.id).map(Vec::as_slice).unwrap_or_default();
        for (holder, spell) in turns(directory, &post.id, period) {
            let works = match &spell {
                Some(spell) => within(all, spell.since, spell.until),
                None => all.to_vec(),
            };
            let whose = Whose {
                office: office.clone(),
                post: Some(post.id.clone()),
                holder,
            };
            let general = given.iter().find(|given| given.counts && given.is_of(&whose));
            let days = spell.map(|spell| {
                let last = spell.until.and_then(|until| until.yesterday().ok());
                (
                    spell.since.max(period.start()),
                    last.map_or(period.end(), |last| last.min(period.end())),
                )
            });
            scores.push(PostScore {
                post: post.id.clone(),
                name: directory.post_name(&post.id),
                holder,
                holder_name: holder.and_then(|holder| names.get(&holder).cloned()),
                days: days.filter(|days| *days != (period.start(), period.end())),
                score: scoring.of(&works, general.and_then(|general| general.points)),
                general: general.cloned(),
                may_give: period.start() <= scoring.today && give::may(actor, directory, &whose).is_ok(),
            });
        }
    }
    scores
}

/// Who held a post in a period, in turn, each with the days; one turn of nobody where nobody did or several at once.
pub(super) fn turns(
    directory: &Directory,
    post: &PostId,
    period: TimePeriod,
) -> Vec<(Option<UserId>, Option<Spell>)> {
    let mut spells: Vec<(UserId, Spell)> = directory
        .all_holdings(post)
        .filter(|holding| holding.since <= period.end())
        .map(|holding| {
            let until = holding.until.and_then(|last| last.tomorrow().ok());
            let spell = Spell {
                since: holding.since,
                until,
                grave_on: Vec::new(),
            };
            (holding.user, spell)
        })
        .filter(|(_, spell)| spell.until.is_none_or(|until| period.start() < until))
        .collect();
    spells.sort_by_key(|(_, spell)| spell.since);
    let at_once = spells.windows(2).any(|pair| match pair {
        [(_, one), (_, next)] => one.until.is_none_or(|until| next.since < until),
        _ => false,
    });
    if spells.is_empty() || at_once {
        return vec![(None, None)];
    }
    spells
        .into_iter()
        .map(|(user, spell)| (Some(user), Some(spell)))
        .collect()
}
