//! The words that the views of reports share.

use plan::Office;
use plan::report::{Regime, RegimeCode};

use crate::directory::Directory;
use crate::view::Bilingual;

/// An office as pages name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeName {
    /// Which.
    pub office: Office,
    /// What it is called.
    pub name: Bilingual,
}

impl OfficeName {
    pub(crate) fn of(directory: &Directory, office: &Office) -> Self {
        Self {
            office: office.clone(),
            name: directory.name(office),
        }
    }

    /// As lists of offices alike name it: a People's Committee by its unit.
    pub(crate) fn short(directory: &Directory, office: &Office) -> Self {
        Self {
            office: office.clone(),
            name: directory.short_name(office),
        }
    }
}

/// A regime as lists name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegimeName {
    /// Its code.
    pub code: RegimeCode,
    /// Its name.
    pub name: Bilingual,
}

impl RegimeName {
    pub(crate) fn of(regime: &Regime) -> Self {
        Self {
            code: regime.code().clone(),
            name: Bilingual {
                vi: regime.states().name_vi.clone(),
                en: regime.states().name_en.clone(),
            },
        }
    }
}
