//! The word that leads to a number: of change, share or result.

use crate::item::{Item, What};
use crate::lexicon::{mark, word};
use crate::meaning::{Around, Line};

/// What decides the measure: the nearest word of change, share or result before the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lead {
    None,
    Up,
    Down,
    Growth,
    Remain,
    Share,
    Equal,
    Exceed,
    Multiply,
}

/// The lead word before a number, and where it stands.
pub(crate) fn lead(line: Line<'_>, around: Around) -> Lead {
    // `down from 5.2% in 2022`, `giảm từ 3,2% năm 2021`: a level; `giảm từ 3% trở lên` is not.
    let from = around.at > around.from && line.items[around.at - 1].has(mark::FROM);
    let range = line
        .number(&line.items[around.at])
        .is_some_and(|number| number.high.is_some());
    if from
        && !range
        && !line.items[around.at + 1..]
            .iter()
            .take(4)
            .any(|item| item.has(mark::AFTER))
    {
        return Lead::Remain;
    }
    let mut weak = Lead::None;
    let mut depth = 0;
    for at in (around.from..around.at).rev() {
        let item = &line.items[at];
        depth += 1;
        if depth > 14 {
            break;
        }
        if matches!(item.what, What::Sign(b';' | b'|' | b',')) || line.ends_sentence(at) {
            break;
        }
        if item.what != What::Word && item.marks & (mark::REMAIN | mark::UP | mark::DOWN) == 0 {
            continue;
        }
        // `reduced … to`, `còn`: only right at the number.
        if item.has(mark::REMAIN) && depth <= 3 && line.items[at + 1..around.at].iter().all(near) {
            let change_word = item.has(mark::UP | mark::DOWN) && !item.has(mark::TO);
            if !change_word {
                return Lead::Remain;
            }
        }
        if item.has(mark::MULTIPLY) {
            return Lead::Multiply;
        }
        if item.has(mark::EXCEED) && !item.has(mark::TO) && weak == Lead::None {
            weak = Lead::Exceed;
            continue;
        }
        if item.has(mark::DOWN) {
            // `to slip below 4%`: the level that is left.
            let left = line.items[at + 1..around.at]
                .iter()
                .any(|item| line.says(item, word::BELOW));
            return if left { Lead::Remain } else { Lead::Down };
        }
        if item.has(mark::UP) {
            return Lead::Up;
        }
        if item.has(mark::GROWTH) {
            return Lead::Growth;
        }
        if item.has(mark::SHARE) && weak == Lead::None {
            weak = Lead::Share;
        } else if item.has(mark::EQUAL) && weak == Lead::None && depth <= 3 {
            weak = Lead::Equal;
        }
    }
    weak
}

fn near(item: &Item) -> bool {
    item.has(mark::BOUND | mark::FUNC | mark::UNIT) || matches!(item.what, What::Sign(_))
}
