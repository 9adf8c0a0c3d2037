//! Applying a rebasing to figures.

use plan::UnitNumber;
use terms::Decimal;

use super::{Part, Piece, Portion, Rebased, Rebasing, Way};
use crate::Error;
use crate::exact::{add, div, mul, sub};

/// A figure of each unit, or none.
pub type Values<'a> = &'a dyn Fn(UnitNumber) -> Option<Decimal>;

/// What a piece gives: a part, or why there is none.
enum Given {
    Part(Part),
    Missing,
    NotApportioned,
}

impl Rebasing {
    /// Figures that add up (people, hectares, đồng). Sums are exact, and the figures of all targets together are those of
    /// all sources: forward by the shares of successions, back by `weight` of the older units (their people, say), the last
    /// part of each taking what rounding leaves. O(pieces), going back O(pieces of each source squared).
    ///
    /// # Errors
    /// [`Error::TooLarge`].
    pub fn additive(&self, values: Values<'_>, weight: Option<Values<'_>>) -> Result<Vec<Rebased>, Error> {
        self.by_target(
            |index, piece| self.give(index, piece, values, weight),
            |parts| {
                parts
                    .iter()
                    .try_fold(Decimal::ZERO, |sum, part| add(sum, part.value))
                    .map(Some)
            },
        )
    }

    /// Rates, made anew from what stands above and below: both are rebased as additive figures and divided, times `factor`.
    /// A denominator of zero gives no value.
    ///
    /// # Errors
    /// [`Error::TooLarge`].
    pub fn ratio(
        &self,
        numerator: Values<'_>,
        denominator: Values<'_>,
        factor: Decimal,
        weight: Option<Values<'_>>,
    ) -> Result<Vec<Rebased>, Error> {
        let (above, below) = (
            self.additive(numerator, weight)?,
            self.additive(denominator, weight)?,
        );
        above
            .into_iter()
            .zip(below)
            .map(|(mut above, below)| {
                above.value = match above.value.zip(below.value) {
                    Some((over, under)) if !under.is_zero() => Some(mul(div(over, under)?, factor)?),
                    _ => None,
                };
                above.known = None;
                above.estimated |= below.estimated;
                above.missing = united(above.missing, below.missing);
                above.not_apportioned = united(above.not_apportioned, below.not_apportioned);
                Ok(above)
            })
            .collect()
    }

    /// Means, weighted: Σ value × weight ÷ Σ weight over the pieces. The mean of a divided unit holds in each of its parts,
    /// an assumption that marks the result as estimated; so does the mean of a merged unit in each of its former ones.
    ///
    /// # Errors
    /// [`Error::TooLarge`].
    pub fn mean(&self, values: Values<'_>, weight: Values<'_>) -> Result<Vec<Rebased>, Error> {
        let weights = self.additive(weight, Some(weight))?;
        let weighted = |unit: UnitNumber| {
            values(unit)
                .zip(weight(unit))
                .and_then(|(value, weight)| value.checked_mul(weight))
        };
        let products = self.additive(&weighted, Some(weight))?;
        products
            .into_iter()
            .zip(weights)
            .map(|(mut product, weight)| {
                product.value = match product.value.zip(weight.value) {
                    Some((over, under)) if !under.is_zero() => Some(div(over, under)?),
                    _ => None,
                };
                product.known = None;
                Ok(product)
            })
            .collect()
    }

    /// The greatest of the pieces, exact where units went over whole; what a divided or a merged unit had as its greatest says
    /// nothing of its parts.
    ///
    /// # Errors
    /// [`Error::TooLarge`].
    pub fn greatest(&self, values: Values<'_>) -> Result<Vec<Rebased>, Error> {
        self.by_target(
            |index, piece| {
                let alone = self.pieces_of_source[index] == 1;
                let whole = match self.way {
                    Way::Forward => piece.portion == Portion::Whole,
                    Way::Back => alone,
                };
                Ok(match values(piece.source) {
                    None => Given::Missing,
                    Some(_) if !whole => Given::NotApportioned,
                    Some(value) => Given::Part(Part {
                        source: piece.source,
                        value,
                        share: None,
                    }),
                })
            },
            |parts| Ok(parts.iter().map(|part| part.value).max()),
        )
    }

    /// Figures that neither add up nor can be averaged: they are carried over where a unit went on as it was (one whole
    /// piece on both sides), and said not to be apportionable anywhere else.
    pub fn carried(&self, values: Values<'_>) -> Vec<Rebased> {
        let targets = self.pieces.chunk_by(|a, b| a.target == b.target);
        let mut at = 0;
        let mut carried = Vec::with_capacity(self.targets.len());
        for pieces in targets {
            let alone =
                pieces.len() == 1 && pieces[0].portion == Portion::Whole && self.pieces_of_source[at] == 1;
            at += pieces.len();
            let value = if alone { values(pieces[0].source) } else { None };
            let sources = || pieces.iter().map(|piece| piece.source).collect();
            carried.push(Rebased {
                unit: pieces[0].target,
                value,
                known: None,
                estimated: false,
                parts: value
                    .map(|value| Part {
                        source: pieces[0].source,
                        value,
                        share: None,
                    })
                    .into_iter()
                    .collect(),
                missing: if alone && value.is_none() {
                    sources()
                } else {
                    Vec::new()
                },
                not_apportioned: if alone { Vec::new() } else { sources() },
            });
        }
        carried
    }

    fn by_target(
        &self,
        give: impl Fn(usize, &Piece) -> Result<Given, Error>,
        total: impl Fn(&[Part]) -> Result<Option<Decimal>, Error>,
    ) -> Result<Vec<Rebased>, Error> {
        let mut rebased = Vec::with_capacity(self.targets.len());
        let mut index = 0;
        for pieces in self.pieces.chunk_by(|a, b| a.target == b.target) {
            let (mut parts, mut missing, mut not_apportioned) =
                (Vec::with_capacity(pieces.len()), Vec::new(), Vec::new());
            for piece in pieces {
                match give(index, piece)? {
                    Given::Part(part) => parts.push(part),
                    Given::Missing => missing.push(piece.source),
                    Given::NotApportioned => not_apportioned.push(piece.source),
                }
                index += 1;
            }
            let known = if parts.is_empty() { None } else { total(&parts)? };
            rebased.push(Rebased {
                unit: pieces[0].target,
                value: known.filter(|_| missing.is_empty() && not_apportioned.is_empty()),
                known,
                estimated: parts.iter().any(|part| part.share.is_some()),
                parts,
                missing,
                not_apportioned,
            });
        }
        Ok(rebased)
    }

    fn give(
        &self,
        index: usize,
        piece: &Piece,
        values: Values<'_>,
        weight: Option<Values<'_>>,
    ) -> Result<Given, Error> {
        let Some(value) = values(piece.source) else {
            return Ok(Given::Missing);
        };
        let all = Part {
            source: piece.source,
            value,
            share: None,
        };
        match (self.way, piece.portion) {
            (Way::Forward, Portion::Whole) => Ok(Given::Part(all)),
            (Way::Forward, Portion::Part(share)) => Ok(Given::Part(Part {
                value: mul(value, share)?,
                share: Some(share),
                ..all
            })),
            (Way::Forward, Portion::Unknown) => Ok(Given::NotApportioned),
            // The unit was made of this one alone: all of its figure lies there.
            (Way::Back, _) if self.pieces_of_source[index] == 1 => Ok(Given::Part(all)),
            (Way::Back, _) => self.give_back(piece, value, weight),
        }
    }

    /// Divides a merged unit's figure by what its former units weigh; the last takes what rounding leaves.
    fn give_back(&self, piece: &Piece, value: Decimal, weight: Option<Values<'_>>) -> Result<Given, Error> {
        let Some(weight) = weight else {
            return Ok(Given::NotApportioned);
        };
        let siblings = self.pieces.iter().filter(|other| other.source == piece.source);
        let (mut all, mut weights) = (Decimal::ZERO, Vec::new());
        for sibling in siblings {
            let share = match sibling.portion {
                Portion::Whole => Decimal::ONE,
                Portion::Part(share) => share,
                Portion::Unknown => return Ok(Given::NotApportioned),
            };
            let Some(weighs) = weight(sibling.target).filter(|weight| !weight.is_sign_negative()) else {
                return Ok(Given::NotApportioned);
            };
            let weighs = mul(weighs, share)?;
            all = add(all, weighs)?;
            weights.push((sibling.target, weighs));
        }
        if all.is_zero() {
            return Ok(Given::NotApportioned);
        }
        let (mut left, mut given, mut part) = (value, Decimal::ZERO, Decimal::ZERO);
        let last = weights.len() - 1;
        for (index, (target, weighs)) in weights.into_iter().enumerate() {
            // A dozen decimals are finer than anything that is reported, and leave room for exact sums.
            let own = if index == last {
                left
            } else {
                div(mul(value, weighs)?, all)?.round_dp(12)
            };
            left = sub(left, own)?;
            if target == piece.target {
                (given, part) = (own, div(weighs, all)?);
            }
        }
        Ok(Given::Part(Part {
            source: piece.source,
            value: given,
            share: Some(part),
        }))
    }
}

fn united(mut a: Vec<UnitNumber>, b: Vec<UnitNumber>) -> Vec<UnitNumber> {
    a.extend(b);
    a.sort_unstable();
    a.dedup();
    a
}
