//! What a task asks, and which of its fields a province requires.

use std::fmt;
use std::str::FromStr;

use terms::Date;
use terms::kind::UnknownCode;

use crate::{DocumentId, Office, TargetId};

/// The clause of a document that a task was made from; the sentence stays attached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// The document.
    pub document: DocumentId,
    /// The sentence, exactly as it stands there.
    pub quote: String,
}

/// What a task asks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Brief {
    /// What is to be done, in one sentence.
    pub title: String,
    /// The one office that answers for it.
    pub lead: Option<Office>,
    /// Offices that help.
    pub supporters: Vec<Office>,
    /// The thing that will exist when it is done: a report, a road, a decision.
    pub product: String,
    /// On which power or decision the lead may act.
    pub power: String,
    /// The day from which it counts: the plan's own day; none: the day on which it is handed over.
    pub start: Option<Date>,
    /// The last day for the product.
    pub due: Option<Date>,
    /// Whether it goes on without end («thường xuyên»): then it has no last day and is never late.
    pub standing: bool,
    /// What will be different.
    pub result: String,
    /// The target that it serves.
    pub serves: Option<TargetId>,
    /// The clause that it was made from.
    pub clause: Option<Clause>,
    /// The finding that it is to clear up, by its stable key.
    pub finding: Option<String>,
    /// How many plain tasks it counts for in scores (quy đổi); none: one.
    pub weight: Option<u32>,
    /// Whether only the offices concerned may know of it; else citizens may read it once it is handed over.
    pub internal: bool,
}

/// A field of a [`Brief`] that a province can require.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// Rõ người: one lead.
    Lead,
    /// Rõ việc: what is to be done.
    Title,
    /// Rõ thời gian: a due day.
    Due,
    /// Rõ trách nhiệm: the supporters and what each answers for.
    Supporters,
    /// Rõ sản phẩm: the product.
    Product,
    /// Rõ thẩm quyền: the power to act.
    Power,
    /// Rõ kết quả, rõ hiệu quả: what will be different.
    Result,
    /// Which target it serves.
    Serves,
}

impl Field {
    /// Every field, in the order in which a form asks for them.
    pub const ALL: [Field; 8] = [
        Field::Title,
        Field::Lead,
        Field::Supporters,
        Field::Product,
        Field::Power,
        Field::Due,
        Field::Result,
        Field::Serves,
    ];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Field::Title => "title",
            Field::Lead => "lead",
            Field::Supporters => "supporters",
            Field::Product => "product",
            Field::Power => "power",
            Field::Due => "due",
            Field::Result => "result",
            Field::Serves => "serves",
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Field {
    type Err = UnknownCode;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|field| field.code() == text)
            .ok_or_else(|| UnknownCode {
                list: "task field",
                code: text.to_owned(),
            })
    }
}

/// The set of fields without which a task is a wish.
///
/// Provinces differ: four, five or six «rõ» are in use, so the set is configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequiredFields(Vec<Field>);

impl RequiredFields {
    /// The four «rõ» of Điện Biên's plan for 2025: roles, responsibilities, timeframes, results.
    ///
    /// Source: conference of 10 January 2025 on the plan for 2025, Điện Biên Phủ newspaper.
    pub fn four() -> Self {
        Self::new([Field::Title, Field::Lead, Field::Due, Field::Result])
    }

    /// The six «rõ» that the Government asks for: người, việc, thời gian, trách nhiệm, sản phẩm, thẩm quyền.
    pub fn six() -> Self {
        Self::new([
            Field::Title,
            Field::Lead,
            Field::Product,
            Field::Power,
            Field::Due,
            Field::Result,
        ])
    }

    /// The five «rõ» of many local plans: người, việc, tiến độ, trách nhiệm (who helps with what), hiệu quả.
    pub fn five() -> Self {
        Self::new([
            Field::Title,
            Field::Lead,
            Field::Supporters,
            Field::Due,
            Field::Result,
        ])
    }

    /// The fields, in the order of a form.
    pub fn fields(&self) -> impl Iterator<Item = Field> {
        Field::ALL.into_iter().filter(|field| self.0.contains(field))
    }

    /// Any set; what a task is called is always required.
    pub fn new(fields: impl IntoIterator<Item = Field>) -> Self {
        let mut fields: Vec<Field> = fields.into_iter().chain([Field::Title]).collect();
        fields.sort_unstable();
        fields.dedup();
        Self(fields)
    }

    /// The fields of the set that this brief leaves empty, in the order of a form.
    pub fn missing(&self, brief: &Brief) -> Vec<Field> {
        let filled = |field: Field| match field {
            Field::Title => !brief.title.trim().is_empty(),
            Field::Lead => brief.lead.is_some(),
            Field::Supporters => !brief.supporters.is_empty(),
            Field::Product => !brief.product.trim().is_empty(),
            Field::Power => !brief.power.trim().is_empty(),
            Field::Due => brief.due.is_some() || brief.standing,
            Field::Result => !brief.result.trim().is_empty(),
            Field::Serves => brief.serves.is_some(),
        };
        Field::ALL
            .into_iter()
            .filter(|field| self.0.contains(field) && !filled(*field))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_brief_names_every_required_field_that_it_leaves_empty() {
        let brief = Brief {
            title: "Sửa cầu treo".to_owned(),
            product: "  ".to_owned(),
            ..Brief::default()
        };
        assert_eq!(
            RequiredFields::four().missing(&brief),
            [Field::Lead, Field::Due, Field::Result]
        );
        assert_eq!(
            RequiredFields::six().missing(&brief),
            [
                Field::Lead,
                Field::Product,
                Field::Power,
                Field::Due,
                Field::Result
            ]
        );
        assert_eq!(RequiredFields::new([]).missing(&Brief::default()), [Field::Title]);
    }

    #[test]
    fn every_field_reads_back_its_code() {
        for field in Field::ALL {
            assert_eq!(field.code().parse(), Ok(field));
        }
    }
}
