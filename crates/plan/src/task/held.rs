//! Who had a task when: what a score has to know of tasks that went from one to another.

use terms::Date;

use crate::{Office, PostId};

/// Who had a task for some days: the office that led it, and the post of that office that was named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The first day. Of the first one who led it: the plan's own day, where the task was written down later.
    pub since: Date,
    /// The day on which it went on; none: it is there still.
    pub until: Option<Date>,
    /// Who led it.
    pub lead: Office,
    /// The post that did it; none where nobody was named.
    pub post: Option<PostId>,
    /// The days of its returns for a grave error.
    pub grave_on: Vec<Date>,
}

/// Days on which a task was with one office, post or person without a break.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spell {
    /// The first day.
    pub since: Date,
    /// The day on which it ended, which belongs to whoever came next; none: it lasts.
    pub until: Option<Date>,
    /// The days of returns for a grave error.
    pub grave_on: Vec<Date>,
}

impl Spell {
    /// Whether it lasted on a day.
    pub fn has(&self, day: Date) -> bool {
        self.since <= day && self.until.is_none_or(|until| day < until)
    }

    /// The part of it within other days; none where they do not meet.
    pub fn within(&self, since: Date, until: Option<Date>) -> Option<Spell> {
        let since = self.since.max(since);
        let until = match (self.until, until) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        if until.is_some_and(|until| until <= since) {
            return None;
        }
        let part = Spell {
            since,
            until,
            grave_on: Vec::new(),
        };
        let grave_on = self
            .grave_on
            .iter()
            .copied()
            .filter(|day| part.has(*day))
            .collect();
        Some(Spell { grave_on, ..part })
    }
}

/// The spells of a task by what `key` tells apart, such as the office; days for which it tells nothing belong to none.
///
/// Spells of no day are left out: what was handed on the same day was never there.
pub fn spells<K: PartialEq>(held: &[Held], key: impl Fn(&Held) -> Option<K>) -> Vec<(K, Spell)> {
    let mut spells: Vec<(K, Spell)> = Vec::new();
    for one in held.iter().filter(|one| one.until != Some(one.since)) {
        let Some(whose) = key(one) else { continue };
        match spells.last_mut() {
            Some((last, spell)) if *last == whose && spell.until == Some(one.since) => {
                spell.until = one.until;
                spell.grave_on.extend(&one.grave_on);
            }
            _ => spells.push((
                whose,
                Spell {
                    since: one.since,
                    until: one.until,
                    grave_on: one.grave_on.clone(),
                },
            )),
        }
    }
    spells
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: i8) -> Date {
        jiff::civil::date(2026, 3, day)
    }

    fn held(since: i8, until: Option<i8>, lead: &str, post: Option<&str>) -> Held {
        Held {
            since: day(since),
            until: until.map(day),
            lead: lead.parse().unwrap(),
            post: post.map(|post| post.parse().unwrap()),
            grave_on: vec![day(since)],
        }
    }

    #[test]
    fn an_office_keeps_a_task_while_its_posts_take_turns() {
        let list = [
            held(1, Some(5), "VN-11/finance", None),
            held(5, Some(9), "VN-11/finance", Some("VN-11/finance.reporter")),
            held(9, Some(9), "VN-11/justice", None),
            held(9, None, "VN-11/health", None),
        ];
        let offices = spells(&list, |held| Some(held.lead.clone()));
        let days: Vec<_> = offices
            .iter()
            .map(|(office, spell)| (office.to_string(), spell.since, spell.until, spell.grave_on.len()))
            .collect();
        assert_eq!(
            days,
            [
                ("VN-11/finance".to_owned(), day(1), Some(day(9)), 2),
                ("VN-11/health".to_owned(), day(9), None, 1)
            ]
        );
        let posts = spells(&list, |held| held.post.clone());
        assert_eq!(posts.len(), 1);
        assert_eq!((posts[0].1.since, posts[0].1.until), (day(5), Some(day(9))));
    }

    #[test]
    fn a_part_of_a_spell_keeps_the_errors_of_its_days() {
        let spell = Spell {
            since: day(1),
            until: Some(day(20)),
            grave_on: vec![day(4), day(12)],
        };
        let part = spell.within(day(10), None).unwrap();
        assert_eq!((part.since, part.until), (day(10), Some(day(20))));
        assert_eq!(part.grave_on, [day(12)]);
        assert_eq!(spell.within(day(20), None), None);
        assert_eq!(spell.within(day(1), Some(day(1))), None);
    }
}
