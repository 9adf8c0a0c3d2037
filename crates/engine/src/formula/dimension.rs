//! What a value is counted in, as far as adding and dividing must know.

use terms::UnitMeasure;

/// Units above and below the line, cancelled, in order. Shares, points and multiples are plain numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Dimension {
    over: Vec<String>,
    under: Vec<String>,
}

impl Dimension {
    /// That of a unit of the catalogue. Masses are one dimension, whether in tons or kilograms; workers are people.
    pub(super) fn of(unit: &UnitMeasure) -> Self {
        let mut parts = unit.as_str().split('/');
        let side = |text: Option<&str>| {
            let text = text.unwrap_or_default().trim();
            match text {
                "" | "%" | "‰" | "pp" | "time" | "point" => Vec::new(),
                _ if text.starts_with("per ") => Vec::new(),
                "kg" | "ton" | "tonne" => vec!["mass".to_owned()],
                "worker" => vec!["person".to_owned()],
                _ => vec![text.to_owned()],
            }
        };
        let over = side(parts.next());
        let under = parts.flat_map(|part| side(Some(part))).collect();
        Self { over, under }.cancelled()
    }

    pub(super) fn is_plain(&self) -> bool {
        self.over.is_empty() && self.under.is_empty()
    }

    pub(super) fn times(mut self, other: Self) -> Self {
        self.over.extend(other.over);
        self.under.extend(other.under);
        self.cancelled()
    }

    pub(super) fn divided_by(mut self, other: Self) -> Self {
        self.over.extend(other.under);
        self.under.extend(other.over);
        self.cancelled()
    }

    /// Things for each thing, as «per 10000» tells them: beds for each person.
    pub(super) fn is_count_per_count(&self) -> bool {
        let counts = |side: &[String]| matches!(side, [one] if !matches!(one.as_str(), "VND" | "USD" | "EUR" | "mass"));
        counts(&self.over) && counts(&self.under)
    }

    fn cancelled(mut self) -> Self {
        self.over.retain(|unit| {
            let below = self.under.iter().position(|other| other == unit);
            below.map(|at| self.under.swap_remove(at)).is_none()
        });
        self.over.sort();
        self.under.sort();
        self
    }
}

impl std::fmt::Display for Dimension {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let over = if self.over.is_empty() {
            "1".to_owned()
        } else {
            self.over.join("·")
        };
        f.write_str(&over)?;
        if self.under.is_empty() {
            Ok(())
        } else {
            write!(f, "/{}", self.under.join("·"))
        }
    }
}
