//! Units by number.

use terms::UnitMeasure;

/// Units by number; 0 is «none».
#[derive(Debug)]
pub(crate) struct Units {
    list: Vec<UnitMeasure>,
}

impl Units {
    pub(crate) fn new() -> Self {
        Self {
            list: vec![UnitMeasure::from_static("")],
        }
    }

    pub(crate) fn id(&mut self, code: &str) -> u16 {
        let found = self.list.iter().position(|unit| unit.as_str() == code);
        let index = found.unwrap_or_else(|| {
            self.list.push(UnitMeasure::new(code));
            self.list.len() - 1
        });
        u16::try_from(index).unwrap_or(0)
    }

    pub(crate) fn find(&self, code: &str) -> u16 {
        let found = self.list.iter().position(|unit| unit.as_str() == code);
        found.and_then(|index| u16::try_from(index).ok()).unwrap_or(0)
    }

    pub(crate) fn get(&self, id: u16) -> &UnitMeasure {
        &self.list[usize::from(id)]
    }
}
