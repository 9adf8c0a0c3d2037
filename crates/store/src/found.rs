//! What did not agree when last looked: kept so that a start need not read every value. Derived, but by no act.

use sqlx::Row;
use terms::{IndicatorCode, RefArea, Sha256};

use crate::error::OrDamaged;
use crate::read::count;
use crate::record::number;
use crate::{Error, Reading, Writing};

/// Of which entry the kept findings are, and by which rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FoundAsOf {
    /// The last entry whose values were looked at.
    pub entry: u64,
    /// The fingerprint of the rules.
    pub rules: Sha256,
}

/// Where findings were made: within an indicator and place, or among the identities of a place.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FoundGroup {
    /// Of whom.
    pub place: RefArea,
    /// Of what; none for identities.
    pub indicator: Option<IndicatorCode>,
}

/// A kept finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFinding {
    /// Where it was made.
    pub group: FoundGroup,
    /// Its stable key.
    pub finding: String,
    /// The code of its class.
    pub class: String,
    /// The identity that does not hold.
    pub identity: Option<String>,
    /// The numbers of its values, in the order in which people read them.
    pub values: Vec<u64>,
    /// The value that explains the class.
    pub because: Option<u64>,
}

impl FoundGroup {
    fn indicator(&self) -> &str {
        self.indicator.as_ref().map_or("", IndicatorCode::as_str)
    }
}

impl Reading {
    /// Of when and by which rules the kept findings are; none where none were kept.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn found_as_of(&mut self) -> Result<Option<FoundAsOf>, Error> {
        let row = sqlx::query("SELECT entry, rules FROM found_as_of")
            .fetch_optional(&mut *self.transaction)
            .await?;
        row.map(|row| {
            let rules: [u8; 32] = row.get::<Vec<u8>, _>("rules").try_into().or_damaged("rules")?;
            Ok(FoundAsOf {
                entry: count(&row, "entry")?,
                rules: Sha256(rules),
            })
        })
        .transpose()
    }

    /// The kept findings, group by group in their order.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn kept_findings(&mut self) -> Result<Vec<StoredFinding>, Error> {
        let rows = sqlx::query(
            "SELECT f.place, f.indicator, f.ordinal, f.finding, f.class, f.identity, v.position, v.fact \
             FROM found f JOIN found_values v \
             ON v.place = f.place AND v.indicator = f.indicator AND v.ordinal = f.ordinal \
             ORDER BY f.place, f.indicator, f.ordinal, v.position",
        )
        .fetch_all(&mut *self.transaction)
        .await?;
        let mut findings: Vec<StoredFinding> = Vec::new();
        let mut ordinal = -1;
        for row in rows {
            let (place, indicator): (&str, &str) = (row.get("place"), row.get("indicator"));
            // Two findings of a group may be of the same values, by two identities.
            let is_same = findings.last().is_some_and(|last| {
                ordinal == row.get::<i64, _>("ordinal")
                    && last.group.place.as_str() == place
                    && last.group.indicator() == indicator
            });
            ordinal = row.get("ordinal");
            if !is_same {
                let indicator = Some(indicator).filter(|code| !code.is_empty());
                findings.push(StoredFinding {
                    group: FoundGroup {
                        place: RefArea::new(place),
                        indicator: indicator
                            .map(|code| IndicatorCode::new(code).or_damaged("indicator"))
                            .transpose()?,
                    },
                    finding: row.get("finding"),
                    class: row.get("class"),
                    identity: row.get("identity"),
                    values: Vec::new(),
                    because: None,
                });
            }
            let fact = count(&row, "fact")?;
            if let Some(last) = findings.last_mut() {
                if row.get::<i64, _>("position") < 0 {
                    last.because = Some(fact);
                } else {
                    last.values.push(fact);
                }
            }
        }
        Ok(findings)
    }

    /// Every place of which there is or was a value, in the order of codes.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub async fn places_with_values(&mut self) -> Result<Vec<RefArea>, Error> {
        let rows =
            sqlx::query("SELECT place FROM observations UNION SELECT place FROM targets ORDER BY place")
                .fetch_all(&mut *self.transaction)
                .await?;
        Ok(rows
            .iter()
            .map(|row| RefArea::new(row.get::<String, _>("place")))
            .collect())
    }
}

impl Writing {
    /// Keeps findings: of these groups only, or of all where none are named; what was kept of them goes.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub async fn keep_findings<'a>(
        &mut self,
        as_of: FoundAsOf,
        groups: Option<&[FoundGroup]>,
        findings: impl IntoIterator<Item = &'a StoredFinding>,
    ) -> Result<(), Error> {
        match groups {
            None => {
                for all in ["DELETE FROM found_values", "DELETE FROM found"] {
                    sqlx::query(all).execute(&mut *self.transaction).await?;
                }
            }
            Some(groups) => {
                for group in groups {
                    for of_group in [
                        "DELETE FROM found_values WHERE place = $1 AND indicator = $2",
                        "DELETE FROM found WHERE place = $1 AND indicator = $2",
                    ] {
                        sqlx::query(of_group)
                            .bind(group.place.as_str())
                            .bind(group.indicator())
                            .execute(&mut *self.transaction)
                            .await?;
                    }
                }
            }
        }
        let (mut last, mut ordinal) = (None, 0_i64);
        for finding in findings {
            ordinal = if last == Some(&finding.group) {
                ordinal + 1
            } else {
                0
            };
            last = Some(&finding.group);
            self.keep_finding(finding, ordinal).await?;
        }
        sqlx::query(
            "INSERT INTO found_as_of (one, entry, rules) VALUES (1, $1, $2) \
             ON CONFLICT (one) DO UPDATE SET entry = excluded.entry, rules = excluded.rules",
        )
        .bind(number(as_of.entry)?)
        .bind(as_of.rules.0.as_slice())
        .execute(&mut *self.transaction)
        .await?;
        Ok(())
    }

    async fn keep_finding(&mut self, finding: &StoredFinding, ordinal: i64) -> Result<(), Error> {
        let group = &finding.group;
        sqlx::query(
            "INSERT INTO found (place, indicator, ordinal, finding, class, identity) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(group.place.as_str())
        .bind(group.indicator())
        .bind(ordinal)
        .bind(&finding.finding)
        .bind(&finding.class)
        .bind(&finding.identity)
        .execute(&mut *self.transaction)
        .await?;
        let because = finding.because.map(|fact| (-1, fact));
        let values = (0_i64..).zip(finding.values.iter().copied());
        for (position, fact) in because.into_iter().chain(values) {
            sqlx::query(
                "INSERT INTO found_values (place, indicator, ordinal, position, fact) VALUES ($1, $2, $3, $4, $5)",
            )
            .bind(group.place.as_str())
            .bind(group.indicator())
            .bind(ordinal)
            .bind(position)
            .bind(number(fact)?)
            .execute(&mut *self.transaction)
            .await?;
        }
        Ok(())
    }
}
