//! Values that hold, packed: what roll-ups need of an observation, and nothing else, in about a dozen bytes.
//!
//! The table `series` has one row for each indicator, place and five-year term; its bytes are the values one after another,
//! in the order of their entries. Rows of `observations` keep everything and are read by pages that show sources; these are
//! read by whoever adds up many. The form is ours alone: the table is made from the entries and is never exchanged.

use plan::{Edition, ObsStatus, Observation, ObservationId, PriceBasis};
use terms::period::Simple;
use terms::{Date, Decimal, Measure, TimePeriod};

use crate::Error;

/// What a roll-up needs of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Telling {
    /// The number of the observation.
    pub id: ObservationId,
    /// When.
    pub period: TimePeriod,
    /// Which aspect of the indicator.
    pub measure: Measure,
    /// Which telling.
    pub edition: Edition,
    /// How far to rely on it.
    pub status: ObsStatus,
    /// The value, exact, with the digits that were written.
    pub value: Decimal,
    /// In whose prices.
    pub price_basis: Option<PriceBasis>,
    /// Whether its paper counts something else than the indicator's definition says.
    pub is_scoped: bool,
}

impl Telling {
    /// What a roll-up needs of an observation.
    pub fn of(id: ObservationId, observation: &Observation) -> Self {
        Self {
            id,
            period: observation.time_period,
            measure: observation.measure,
            edition: observation.edition,
            status: observation.status,
            value: observation.obs_value,
            price_basis: observation.price_basis,
            is_scoped: observation.scope.is_some(),
        }
    }

    /// The five-year term in which the period ends, counted through: 2021–2025 is 404.
    pub fn term(&self) -> i64 {
        i64::from(self.period.end().year() - 1).div_euclid(5)
    }

    /// Writes it behind others.
    pub fn pack(&self, into: &mut Vec<u8>) {
        varint(into, self.id.0);
        match self.period {
            TimePeriod::Year(year) => varint(into, packed(Simple::Year(year))),
            TimePeriod::Half(year, half) => varint(into, packed(Simple::Half(year, half))),
            TimePeriod::Quarter(year, quarter) => varint(into, packed(Simple::Quarter(year, quarter))),
            TimePeriod::Month(year, month) => varint(into, packed(Simple::Month(year, month))),
            TimePeriod::Day(day) => varint(into, packed(Simple::Day(day))),
            TimePeriod::Span(from, to) => {
                varint(into, SPAN);
                varint(into, packed(from));
                varint(into, packed(to));
            }
        }
        let measure = position(&Measure::ALL, &self.measure);
        let edition = position(Edition::ALL, &self.edition);
        let status = position(ObsStatus::ALL, &self.status);
        into.push(measure | edition << 2 | status << 4 | u8::from(self.is_scoped) << 7);
        let basis = match self.price_basis {
            None => 0,
            Some(PriceBasis::Current) => 1,
            Some(PriceBasis::Constant { base_year }) => 2 + zigzag(i128::from(base_year)),
        };
        wide(into, basis << 5 | u128::from(self.value.scale()));
        wide(into, zigzag(self.value.mantissa()));
    }
}

/// The values of a row of the table, one after another.
#[derive(Debug, Clone)]
pub struct Tellings<'a> {
    rest: &'a [u8],
}

impl<'a> Tellings<'a> {
    /// Those of these bytes.
    pub fn of(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    fn read(&mut self) -> Option<Telling> {
        let id = ObservationId(self.varint()?);
        let period = match self.varint()? {
            SPAN => TimePeriod::span(unpacked(self.varint()?)?, unpacked(self.varint()?)?).ok()?,
            one => unpacked(one)?.into(),
        };
        let (&tag, rest) = self.rest.split_first()?;
        self.rest = rest;
        let second = self.wide()?;
        let basis = match second >> 5 {
            0 => None,
            1 => Some(PriceBasis::Current),
            year => Some(PriceBasis::Constant {
                base_year: i16::try_from(unzigzag(year - 2)).ok()?,
            }),
        };
        let scale = u32::try_from(second & 31).ok()?;
        let number = unzigzag(self.wide()?);
        let value = match i64::try_from(number) {
            Ok(number) if scale <= Decimal::MAX_SCALE => Decimal::new(number, scale),
            _ => Decimal::try_from_i128_with_scale(number, scale).ok()?,
        };
        Some(Telling {
            id,
            period,
            measure: *Measure::ALL.get(usize::from(tag & 3))?,
            edition: *Edition::ALL.get(usize::from(tag >> 2 & 3))?,
            status: *ObsStatus::ALL.get(usize::from(tag >> 4 & 7))?,
            value,
            price_basis: basis,
            is_scoped: tag >> 7 == 1,
        })
    }

    /// A number of at most 64 bits; one that is longer is damage.
    fn varint(&mut self) -> Option<u64> {
        let mut value = 0_u64;
        for (at, byte) in self.rest.iter().enumerate().take(10) {
            value |= u64::from(byte & 0x7f) << (7 * at);
            if byte & 0x80 == 0 {
                self.rest = &self.rest[at + 1..];
                return Some(value);
            }
        }
        None
    }

    fn wide(&mut self) -> Option<u128> {
        // Nearly all fit in eight bytes, whose 56 bits need no arithmetic of two words.
        let mut value = 0_u64;
        for (at, byte) in self.rest.iter().enumerate().take(8) {
            value |= u64::from(byte & 0x7f) << (7 * at);
            if byte & 0x80 == 0 {
                self.rest = &self.rest[at + 1..];
                return Some(value.into());
            }
        }
        self.widest()
    }

    #[cold]
    fn widest(&mut self) -> Option<u128> {
        let mut value = 0_u128;
        for (at, byte) in self.rest.iter().enumerate().take(19) {
            value |= u128::from(byte & 0x7f) << (7 * at);
            if byte & 0x80 == 0 {
                self.rest = &self.rest[at + 1..];
                return Some(value);
            }
        }
        None
    }
}

impl Iterator for Tellings<'_> {
    type Item = Result<Telling, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        Some(self.read().ok_or_else(|| {
            self.rest = &[];
            Error::Damaged { what: "series" }
        }))
    }
}

/// The form of a span; 0 to 4 are those of simple periods.
const SPAN: u64 = 5;

/// Form in the lowest three bits, then year and part counted through.
fn packed(simple: Simple) -> u64 {
    let through = |year: i16, parts: u64, part: i8| {
        u64::from(year.unsigned_abs()) * parts + u64::from((part - 1).unsigned_abs())
    };
    let (form, number) = match simple {
        Simple::Year(year) => (0, through(year, 1, 1)),
        Simple::Half(year, half) => (1, through(year, 2, half)),
        Simple::Quarter(year, quarter) => (2, through(year, 4, quarter)),
        Simple::Month(year, month) => (3, through(year, 12, month)),
        Simple::Day(day) => (
            4,
            through(day.year(), 12, day.month()) * 31 + through(0, 1, day.day()),
        ),
    };
    number << 3 | form
}

fn unpacked(packed: u64) -> Option<Simple> {
    let number = packed >> 3;
    let year = |parts: u64| {
        let year = i16::try_from(number / parts).ok()?;
        (1..=9998).contains(&year).then_some(year)
    };
    // Remainders of at most 31.
    let part = |parts: u64| i8::try_from(number % parts).map_or(1, |part| part + 1);
    Some(match packed & 7 {
        0 => Simple::Year(year(1)?),
        1 => Simple::Half(year(2)?, part(2)),
        2 => Simple::Quarter(year(4)?, part(4)),
        3 => Simple::Month(year(12)?, part(12)),
        4 => {
            let month = i8::try_from(number / 31 % 12).ok()? + 1;
            Simple::Day(Date::new(year(12 * 31)?, month, part(31)).ok()?)
        }
        _ => return None,
    })
}

/// Where a value stands in its list, which has fewer than eight.
fn position<T: PartialEq>(all: &[T], one: &T) -> u8 {
    let at = all.iter().position(|value| value == one);
    at.and_then(|at| u8::try_from(at).ok()).unwrap_or_default()
}

fn varint(into: &mut Vec<u8>, value: u64) {
    wide(into, u128::from(value));
}

/// Seven bits a byte, the lowest first; the highest bit says that more follow.
#[expect(
    clippy::cast_possible_truncation,
    reason = "only the lowest seven bits are taken"
)]
fn wide(into: &mut Vec<u8>, mut value: u128) {
    while 0x7f < value {
        into.push(value as u8 | 0x80);
        value >>= 7;
    }
    into.push(value as u8);
}

/// Small magnitudes become small numbers: 0, −1, 1, −2 are 0, 1, 2, 3.
fn zigzag(value: i128) -> u128 {
    ((value << 1) ^ (value >> 127)).cast_unsigned()
}

fn unzigzag(value: u128) -> i128 {
    (value >> 1).cast_signed() ^ -((value & 1).cast_signed())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn telling() -> impl Strategy<Value = Telling> {
        let period = prop_oneof![
            "20[0-9]{2}(-(0[1-9]|1[0-2]|Q[1-4]|H[12]))?",
            "20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])",
            Just("2026-02-15/2026-03-14".to_owned()),
            Just("2021/2025".to_owned()),
            Just("2026-01/2026-09".to_owned()),
        ];
        let basis = prop_oneof![
            Just(None),
            Just(Some(PriceBasis::Current)),
            (1_i16..3000).prop_map(|base_year| Some(PriceBasis::Constant { base_year })),
        ];
        let value = (any::<i64>(), 0_u32..=28).prop_map(|(number, scale)| Decimal::new(number, scale));
        (
            any::<u64>(),
            period,
            0_usize..4,
            (0_usize..3, 0_usize..5),
            prop_oneof![value, Just(Decimal::MAX), Just(Decimal::MIN), Just(Decimal::ZERO)],
            basis,
            any::<bool>(),
        )
            .prop_map(
                |(id, period, measure, (edition, status), value, price_basis, is_scoped)| Telling {
                    id: ObservationId(id),
                    period: period.parse().unwrap(),
                    measure: Measure::ALL[measure],
                    edition: Edition::ALL[edition],
                    status: ObsStatus::ALL[status],
                    value,
                    price_basis,
                    is_scoped,
                },
            )
    }

    proptest! {
        #[test]
        fn what_is_packed_is_read_back_digit_by_digit(tellings in proptest::collection::vec(telling(), 0..9)) {
            let mut bytes = Vec::new();
            for telling in &tellings {
                telling.pack(&mut bytes);
            }
            let read: Vec<Telling> = Tellings::of(&bytes).collect::<Result<_, _>>().unwrap();
            prop_assert_eq!(&read, &tellings);
            for (read, told) in read.iter().zip(&tellings) {
                prop_assert_eq!(read.value.to_string(), told.value.to_string(), "1.50 stays 1.50");
            }
            if !bytes.is_empty() {
                bytes.pop();
                prop_assert!(Tellings::of(&bytes).any(|telling| telling.is_err()), "a torn row is told");
            }
        }

        #[test]
        fn any_bytes_are_values_or_damage_and_never_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
            let read = Tellings::of(&bytes).count();
            prop_assert!(read <= bytes.len());
        }
    }

    #[test]
    fn a_value_takes_about_a_dozen_bytes_and_a_term_is_that_of_the_plans() {
        let mut telling = Telling {
            id: ObservationId(1_000_000),
            period: "2026-03".parse().unwrap(),
            measure: Measure::Level,
            edition: Edition::Official,
            status: ObsStatus::Normal,
            value: "1234.5".parse().unwrap(),
            price_basis: None,
            is_scoped: false,
        };
        let mut bytes = Vec::new();
        telling.pack(&mut bytes);
        assert!(bytes.len() <= 12, "{}", bytes.len());
        assert_eq!(telling.term(), 405);
        telling.period = "2021/2025".parse().unwrap();
        assert_eq!(telling.term(), 404);
    }
}
