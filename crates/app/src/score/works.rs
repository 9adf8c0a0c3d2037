//! The tasks of a period, by whoever had them.

use std::collections::{BTreeMap, HashMap};

use plan::task::held::spells;
use plan::task::score::Work;
use plan::task::{Held, Spell};
use plan::{Office, TaskId};
use store::{Reading, Sees, TaskFilter, TaskRow};
use terms::{Date, RefArea, TimePeriod};

use crate::Error;

/// How many tasks one statement reads.
const AT_ONCE: u32 = 5_000;

/// Tasks that can belong to a period, the open ones first, by deadline; and who had them when.
#[derive(Debug, Default)]
pub(super) struct Works {
    pub(super) rows: Vec<TaskRow>,
    held: HashMap<TaskId, Vec<Held>>,
}

impl Works {
    /// The tasks of a period that some offices, or any office of some areas, led at some time; without them: all. Two
    /// statements, and one more for each further five thousand tasks.
    pub(super) async fn read(
        reading: &mut Reading,
        period: TimePeriod,
        of: Option<(Vec<Office>, Vec<RefArea>)>,
    ) -> Result<Self, Error> {
        let filter = TaskFilter {
            held: of,
            between: Some((period.start(), period.end())),
            // Whose office's scores one may see, its tasks count, whoever else may read them.
            ..TaskFilter::seen_by(Sees::All)
        };
        let mut works = Self::default();
        loop {
            let skip = u32::try_from(works.rows.len()).unwrap_or(u32::MAX);
            let rows = reading.tasks(&filter, AT_ONCE, skip).await?;
            let more = rows.len() == AT_ONCE as usize;
            works.rows.extend(rows);
            if !more {
                break;
            }
        }
        for (task, held) in reading.task_held(&filter).await? {
            works.held.entry(task).or_default().push(held);
        }
        Ok(works)
    }

    /// The tasks by what `key` tells apart of those who had them. O(tasks and their holders).
    pub(super) fn by<K: Ord>(&self, key: impl Fn(&Held) -> Option<K>) -> BTreeMap<K, Vec<Work>> {
        let mut by: BTreeMap<K, Vec<Work>> = BTreeMap::new();
        for row in &self.rows {
            let held = self.held.get(&row.id).map(Vec::as_slice).unwrap_or_default();
            for (whose, spell) in spells(held, &key) {
                by.entry(whose).or_default().push(work(row, spell));
            }
        }
        by
    }
}

/// The parts of tasks that lie within some days.
pub(super) fn within(works: &[Work], since: Date, until: Option<Date>) -> Vec<Work> {
    works
        .iter()
        .filter_map(|work| {
            Some(Work {
                spell: work.spell.within(since, until)?,
                ..work.clone()
            })
        })
        .collect()
}

fn work(row: &TaskRow, spell: Spell) -> Work {
    Work {
        task: row.id,
        weight: row.weight,
        stage: row.stage,
        drafted_on: row.drafted_on,
        due: row.due,
        handed_in_on: row.handed_in_on,
        excused: row.excused,
        spell,
    }
}
