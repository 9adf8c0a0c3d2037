//! The catalogue of indicators.

use plan::Direction;
use terms::TimePeriod;

use crate::policy::Action;
use crate::scoreboard::field_of;
use crate::view::{Bilingual, IndicatorName};
use crate::{Actor, App, Error};

/// An indicator as the catalogue lists it.
#[derive(Debug, Clone, PartialEq)]
pub struct CatalogueRow {
    /// Code, name, unit.
    pub indicator: IndicatorName,
    /// What is counted and how; empty where nobody wrote it yet.
    pub definition: Bilingual,
    /// The first word of its code, by which the list is grouped (`grdp`, `poverty`).
    pub field: String,
    /// Which way is better.
    pub direction: Option<Direction>,
    /// How many results are known.
    pub results: usize,
    /// How many targets there are.
    pub targets: usize,
    /// The latest period with a result.
    pub latest: Option<TimePeriod>,
}

impl App {
    /// The catalogue, in its own order, with how much is known of each indicator. Two statements.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::Denied`].
    pub async fn catalogue(&self, actor: &Actor) -> Result<Vec<CatalogueRow>, Error> {
        actor.require(Action::ReadRegister)?;
        let lists = self.lists();
        let totals = self.reading().await?.totals_by_indicator().await?;
        let row = |indicator: &plan::Indicator| {
            let known = totals.get(&indicator.code).copied().unwrap_or_default();
            CatalogueRow {
                indicator: lists.reference.indicator_name(&indicator.code),
                definition: Bilingual {
                    vi: indicator.definition_vi.clone(),
                    en: indicator.definition_en.clone(),
                },
                field: field_of(&indicator.code).to_owned(),
                direction: indicator.direction,
                results: known.observations,
                targets: known.targets,
                latest: known.latest,
            }
        };
        Ok(lists.reference.indicators.iter().map(row).collect())
    }
}
