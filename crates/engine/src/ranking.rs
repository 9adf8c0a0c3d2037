//! Places among equals: communes are ranked within groups in which a comparison is fair (area, hardship), ties as ties.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use terms::Decimal;

/// One who is ranked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate<G> {
    /// Among whom: region of mountain communes, wards, …
    pub group: G,
    /// What is compared; none where nothing is known.
    pub score: Option<Decimal>,
    /// How many of the values that were asked for are there.
    pub given: u32,
    /// How many were asked for.
    pub asked: u32,
}

/// Where one stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The rank by score within the group, 1 for the best; those with the same score share it, and the next rank counts them
    /// all. None without a score.
    pub by_score: Option<u32>,
    /// The rank by the part of what was asked for that was given; none where nothing was asked for.
    pub by_completeness: Option<u32>,
    /// How many in the group have a score.
    pub scored: u32,
    /// How many are in the group.
    pub group_size: u32,
}

/// Ranks everybody within their group; the answer is in the order of the question. O(n log n).
pub fn rank_within_groups<G: Ord + Copy>(candidates: &[Candidate<G>]) -> Vec<Standing> {
    let mut groups: BTreeMap<G, Vec<usize>> = BTreeMap::new();
    for (index, candidate) in candidates.iter().enumerate() {
        groups.entry(candidate.group).or_default().push(index);
    }
    let mut standings = vec![
        Standing {
            by_score: None,
            by_completeness: None,
            scored: 0,
            group_size: 0
        };
        candidates.len()
    ];
    for members in groups.into_values() {
        let size = u32::try_from(members.len()).unwrap_or(u32::MAX);
        let mut scored: Vec<usize> = members
            .iter()
            .copied()
            .filter(|index| candidates[*index].score.is_some())
            .collect();
        let count = u32::try_from(scored.len()).unwrap_or(u32::MAX);
        for index in &members {
            (standings[*index].group_size, standings[*index].scored) = (size, count);
        }
        place(
            &mut scored,
            |a, b| candidates[b].score.cmp(&candidates[a].score),
            |index, rank| {
                standings[index].by_score = Some(rank);
            },
        );
        let mut asked: Vec<usize> = members
            .into_iter()
            .filter(|index| candidates[*index].asked != 0)
            .collect();
        let part = |index: usize| {
            (
                u64::from(candidates[index].given),
                u64::from(candidates[index].asked),
            )
        };
        let fuller = |a: usize, b: usize| {
            let ((given_a, asked_a), (given_b, asked_b)) = (part(a), part(b));
            (given_b * asked_a).cmp(&(given_a * asked_b))
        };
        place(&mut asked, fuller, |index, rank| {
            standings[index].by_completeness = Some(rank);
        });
    }
    standings
}

/// Gives ranks in order, the same to equals.
fn place(indices: &mut [usize], order: impl Fn(usize, usize) -> Ordering, mut give: impl FnMut(usize, u32)) {
    indices.sort_by(|a, b| order(*a, *b).then(a.cmp(b)));
    let mut shared = 1;
    for (place, at) in (1_u32..).zip(0..indices.len()) {
        if at == 0 || order(indices[at - 1], indices[at]) != Ordering::Equal {
            shared = place;
        }
        give(indices[at], shared);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(group: char, score: Option<i64>, given: u32, asked: u32) -> Candidate<char> {
        Candidate {
            group,
            score: score.map(Decimal::from),
            given,
            asked,
        }
    }

    #[test]
    fn ties_are_ties_and_groups_are_apart() {
        let standings = rank_within_groups(&[
            candidate('m', Some(80), 10, 10),
            candidate('m', Some(90), 5, 10),
            candidate('m', Some(80), 1, 2),
            candidate('m', Some(10), 0, 10),
            candidate('m', None, 0, 0),
            candidate('w', Some(1), 3, 4),
        ]);
        let ranks: Vec<_> = standings
            .iter()
            .map(|standing| (standing.by_score, standing.by_completeness))
            .collect();
        assert_eq!(
            ranks,
            [
                (Some(2), Some(1)),
                (Some(1), Some(2)),
                (Some(2), Some(2)),
                (Some(4), Some(4)),
                (None, None),
                (Some(1), Some(1))
            ]
        );
        assert_eq!(
            (
                standings[0].scored,
                standings[0].group_size,
                standings[5].group_size
            ),
            (4, 5, 1)
        );
        assert!(rank_within_groups::<u8>(&[]).is_empty());
    }
}
