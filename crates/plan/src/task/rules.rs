//! What a province settles about its tasks: which fields a task must have, when to remind, how to score. Data with a
//! date, not constants of the code; each change is an entry of the record.

use terms::{Date, Decimal};

use super::brief::RequiredFields;
use super::reminder::ReminderRules;

/// What holds for every task from the day of its entry on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskRules {
    /// The fields without which no task is handed over.
    pub required: RequiredFields,
    /// When to remind whom.
    pub reminders: ReminderRules,
}

impl Default for TaskRules {
    /// The four «rõ» of Điện Biên, and the reminders of [`ReminderRules::default`].
    fn default() -> Self {
        Self {
            required: RequiredFields::four(),
            reminders: ReminderRules::default(),
        }
    }
}

/// How the work of offices and officials is scored from a day on.
///
/// Points are a general part, which a person gives, and a result part: the mean of quantity, quality and progress.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreRules {
    /// The first day on which they hold.
    pub valid_from: Date,
    /// Points of the general part.
    pub general: Decimal,
    /// Points of the result part.
    pub result: Decimal,
    /// Share of quantity in the result part; the three are divided by their sum.
    pub quantity: Decimal,
    /// Share of quality.
    pub quality: Decimal,
    /// Share of progress.
    pub progress: Decimal,
    /// Per cent of a task's points that each grave error or delay costs.
    pub fault_per_cent: Decimal,
    /// Points from which the work is excellent, good, done; below the last it is not done.
    pub grades: [Decimal; 3],
    /// The law, as people cite it.
    pub source: String,
    /// Whether somebody compared them with the law's own text; else every page says that nobody has.
    pub verified: bool,
}

impl ScoreRules {
    /// Decree 335/2025/NĐ-CP, from 1 January 2026: 30 general and 70 for results, three equal terms, −25 % a grave error
    /// or delay, grades at 90, 70 and 50.
    ///
    /// Source: vnexpress.net 4998413, cafef.vn 188251228100335529 and laodong.vn 1632999 on the decree. The divisor of the
    /// three terms was read in reports about the decree, not in its text: not verified.
    pub fn decree_335() -> Self {
        Self {
            valid_from: jiff::civil::date(2026, 1, 1),
            general: Decimal::from(30),
            result: Decimal::from(70),
            quantity: Decimal::ONE,
            quality: Decimal::ONE,
            progress: Decimal::ONE,
            fault_per_cent: Decimal::from(25),
            grades: [Decimal::from(90), Decimal::from(70), Decimal::from(50)],
            source: "Nghị định 335/2025/NĐ-CP".to_owned(),
            verified: false,
        }
    }

    /// The rules that hold on a day: of those set, in the order of their setting, the last of the latest first day; before
    /// anybody set any, those of the decree from its own first day on.
    pub fn on(day: Date, set: impl IntoIterator<Item = ScoreRules>) -> Option<ScoreRules> {
        [Self::decree_335()]
            .into_iter()
            .chain(set)
            .filter(|rules| rules.valid_from <= day)
            .max_by_key(|rules| rules.valid_from)
    }

    /// What does not fit, by the name of its field; empty where all is well.
    pub fn faults(&self) -> Vec<&'static str> {
        let hundred = Decimal::from(100);
        let part = |value: Decimal| Decimal::ZERO <= value && value <= hundred;
        let mut wrong = Vec::new();
        if !part(self.general) || !part(self.result) || self.general + self.result != hundred {
            wrong.push("result");
        }
        let shares = [self.quantity, self.quality, self.progress];
        if shares.iter().any(|share| *share < Decimal::ZERO) || shares.iter().sum::<Decimal>().is_zero() {
            wrong.push("quantity");
        }
        if !part(self.fault_per_cent) {
            wrong.push("fault_per_cent");
        }
        let [excellent, good, done] = self.grades;
        let falling = done < good && good < excellent;
        if !part(excellent) || !part(done) || !falling {
            wrong.push("grades");
        }
        if self.source.trim().is_empty() {
            wrong.push("source");
        }
        wrong
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_of_a_day_are_the_latest_that_began() {
        let from = |month, source: &str| ScoreRules {
            valid_from: jiff::civil::date(2026, month, 1),
            source: source.to_owned(),
            ..ScoreRules::decree_335()
        };
        let set = [from(7, "first"), from(4, "second"), from(7, "third")];
        let on = |month| {
            let day = jiff::civil::date(2026, month, 1);
            ScoreRules::on(day, set.clone()).map(|rules| rules.source)
        };
        assert_eq!(on(3), Some(ScoreRules::decree_335().source));
        assert_eq!(on(6).as_deref(), Some("second"));
        assert_eq!(on(7).as_deref(), Some("third"));
        assert_eq!(ScoreRules::on(jiff::civil::date(2025, 12, 31), set), None);
    }

    #[test]
    fn rules_that_cannot_be_used_name_their_field() {
        assert_eq!(ScoreRules::decree_335().faults(), Vec::<&str>::new());
        let wrong = ScoreRules {
            general: Decimal::from(40),
            quantity: Decimal::ZERO,
            quality: Decimal::ZERO,
            progress: Decimal::ZERO,
            grades: [Decimal::from(50), Decimal::from(70), Decimal::from(90)],
            source: " ".to_owned(),
            ..ScoreRules::decree_335()
        };
        assert_eq!(wrong.faults(), ["result", "quantity", "grades", "source"]);
    }
}
