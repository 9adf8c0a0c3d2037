//! Units by number, and what rules ask of them.

use terms::UnitMeasure;

/// What rules ask of a unit, one bit each.
pub(crate) mod unit {
    /// Money in one of the currencies that are added up, also per head or hectare.
    pub(crate) const MONEY: u32 = 1;
    /// Money that an indicator in money can be stated in.
    pub(crate) const CASH: u32 = 1 << 1;
    /// Per cent or percentage points.
    pub(crate) const PERCENTAGE: u32 = 1 << 2;
    pub(crate) const PERCENT: u32 = 1 << 3;
    pub(crate) const POINTS: u32 = 1 << 4;
    pub(crate) const USD: u32 = 1 << 5;
    pub(crate) const TIME: u32 = 1 << 6;
    pub(crate) const HEAD: u32 = 1 << 7;
    pub(crate) const ANIMAL: u32 = 1 << 8;
    pub(crate) const VISITOR: u32 = 1 << 9;
    pub(crate) const COMMUNE: u32 = 1 << 10;
    pub(crate) const POINT: u32 = 1 << 11;
    pub(crate) const HOUSE: u32 = 1 << 12;
    /// Hectares, kilometres, tons: what is measured, not counted.
    pub(crate) const MEASURED: u32 = 1 << 13;
    pub(crate) const MW: u32 = 1 << 14;
    /// Hectares, kilometres, megawatts: a state, where nothing says that it came about in a period.
    pub(crate) const EXTENT: u32 = 1 << 15;
    /// What a plan is counted in.
    pub(crate) const OF_PLAN: u32 = 1 << 16;
    /// What a plan consists of: setting it states a target.
    pub(crate) const PART_OF_PLAN: u32 = 1 << 17;
    pub(crate) const TARGET: u32 = 1 << 18;
    pub(crate) const DELEGATE: u32 = 1 << 19;
    pub(crate) const PARTY_BODY: u32 = 1 << 20;
    pub(crate) const BUSINESS: u32 = 1 << 21;
    pub(crate) const PROPOSAL: u32 = 1 << 22;

    /// Which units are what.
    pub(super) const CODES: &[(u32, &[&str])] = &[
        (PERCENT, &["%"]),
        (POINTS, &["pp"]),
        (USD, &["USD"]),
        (TIME, &["time"]),
        (HEAD, &["head"]),
        (
            ANIMAL,
            &["buffalo", "cow", "pig", "poultry", "chicken", "goat", "cattle"],
        ),
        (VISITOR, &["visitor"]),
        (COMMUNE, &["commune"]),
        (POINT, &["point"]),
        (HOUSE, &["house"]),
        (MEASURED, &["ha", "km", "ton"]),
        (MW, &["MW"]),
        (EXTENT, &["ha", "MW", "km2", "km"]),
        (
            OF_PLAN,
            &[
                "target",
                "task",
                "breakthrough",
                "solution",
                "perspective",
                "direction",
                "group",
                "pillar",
                "scheme",
                "objective",
                "programme",
                "principle",
                "priority",
                "content",
                "field",
                "resolution",
            ],
        ),
        (
            PART_OF_PLAN,
            &[
                "target",
                "task",
                "breakthrough",
                "solution",
                "perspective",
                "direction",
                "pillar",
                "objective",
                "scheme",
            ],
        ),
        (TARGET, &["target"]),
        (DELEGATE, &["delegate"]),
        (PARTY_BODY, &["party cell", "party organisation"]),
        (BUSINESS, &["enterprise", "household business", "unit"]),
        (PROPOSAL, &["proposal"]),
    ];
}

/// Units by number; 0 is «none».
#[derive(Debug)]
pub(crate) struct Units {
    list: Vec<UnitMeasure>,
    /// What each of them is, as bits of [`unit`].
    traits: Vec<u32>,
    pub(crate) points: u16,
    pub(crate) times: u16,
    pub(crate) person: u16,
}

impl Units {
    pub(crate) fn new() -> Self {
        let mut units = Self {
            list: vec![UnitMeasure::from_static("")],
            traits: vec![0],
            points: 0,
            times: 0,
            person: 0,
        };
        units.points = units.id("pp");
        units.times = units.id("time");
        units.person = units.id("person");
        units
    }

    /// The number of a unit, made where it is new.
    pub(crate) fn id(&mut self, code: &str) -> u16 {
        let found = self.list.iter().position(|unit| unit.as_str() == code);
        let index = found.unwrap_or_else(|| {
            self.list.push(UnitMeasure::new(code));
            self.traits.push(traits(&UnitMeasure::new(code)));
            self.list.len() - 1
        });
        u16::try_from(index).unwrap_or(0)
    }

    pub(crate) fn get(&self, id: u16) -> &UnitMeasure {
        &self.list[usize::from(id)]
    }

    /// Whether a unit is one of these, by the bits of [`unit`].
    #[inline]
    pub(crate) fn is(&self, id: u16, which: u32) -> bool {
        self.traits[usize::from(id)] & which != 0
    }
}

fn traits(measure: &UnitMeasure) -> u32 {
    let code = measure.as_str();
    let mut traits = 0;
    for (bit, codes) in unit::CODES {
        if codes.contains(&code) {
            traits |= bit;
        }
    }
    if measure.is_money() {
        traits |= unit::MONEY;
    }
    if measure.is_percentage() {
        traits |= unit::PERCENTAGE;
    }
    let cash =
        matches!(code, "VND" | "USD" | "EUR" | "CNY") || code.starts_with("VND/") || code.starts_with("USD/");
    if cash {
        traits |= unit::CASH;
    }
    traits
}
