//! Walking successions, wave by wave.

use plan::org_tree::Link;
use plan::{OrgTree, UnitNumber};
use terms::{Date, Decimal};

use super::{Piece, Portion, Way};

/// Adds the pieces of one unit. Links are walked in order of their day, so that two waves chain; a loop cannot occur, since
/// the tree was refused with one.
pub(super) fn walk(
    tree: &OrgTree,
    way: Way,
    source: UnitNumber,
    (from, to): (Date, Date),
    pieces: &mut Vec<Piece>,
) {
    if tree.unit(source).is_valid_on(to) {
        pieces.push(Piece {
            source,
            target: source,
            portion: Portion::Whole,
        });
        return;
    }
    let mut open = vec![(source, Portion::Whole)];
    let mut found: Vec<(UnitNumber, Portion)> = Vec::new();
    while let Some((unit, portion)) = open.pop() {
        let links = match way {
            Way::Forward => tree.later(unit),
            Way::Back => tree.earlier(unit),
        };
        let between = |link: &&Link| match way {
            Way::Forward => from < link.date && link.date <= to,
            Way::Back => to < link.date && link.date <= from,
        };
        for link in links.iter().filter(between) {
            let part = match link.share {
                Some(share) if share == Decimal::ONE => Portion::Whole,
                Some(share) => Portion::Part(share),
                None => Portion::Unknown,
            };
            let portion = portion.of(part);
            if tree.unit(link.unit).is_valid_on(to) {
                found.push((link.unit, portion));
            } else {
                open.push((link.unit, portion));
            }
        }
    }
    found.sort_by_key(|(unit, _)| *unit);
    // Two ways to one unit (divided, then joined again) are one piece.
    for (target, portion) in found {
        match pieces.last_mut() {
            Some(last) if last.source == source && last.target == target => {
                last.portion = joined(last.portion, portion);
            }
            _ => pieces.push(Piece {
                source,
                target,
                portion,
            }),
        }
    }
}

fn joined(a: Portion, b: Portion) -> Portion {
    match (a, b) {
        (Portion::Part(a), Portion::Part(b)) => match a.checked_add(b) {
            Some(sum) if sum == Decimal::ONE => Portion::Whole,
            Some(sum) => Portion::Part(sum),
            None => Portion::Unknown,
        },
        _ => Portion::Unknown,
    }
}
