//! Of whom a line speaks: which mention of a place settles it, and which only stands beside.

use crate::fold::Marks;
use crate::item::{Item, What};
use crate::lexicon::{mark, word};
use crate::meaning::{Around, HOME, Line};
use crate::session::Session;

impl Session<'_> {
    /// A place right after the number: `at five points in Điện Biên Phủ ward`, `12 dự án tại huyện Mường Nhé`.
    pub(super) fn place_after(&self, line: Line<'_>, around: Around) -> Option<u16> {
        let tail = line.tail(around);
        let at = tail
            .iter()
            .take(9)
            .take_while(|item| !matches!(item.what, What::Sign(b',' | b'(' | b')')))
            .position(|item| matches!(item.what, What::Place(_)))?;
        let article = at > 1 && line.says(&tail[at - 1], word::THE);
        let lead = tail.get(at.checked_sub(1 + usize::from(article))?)?;
        let locates = word::IN | word::AT | word::WITHIN | word::BELONGING | word::BY_PLACE;
        if !line.says(lead, locates) {
            return None;
        }
        let What::Place(place) = tail[at].what else {
            return None;
        };
        self.named_place(line.items, around.at + 1 + at, around.sentence, place)
    }

    /// The place that a mention settles for what follows; `None` where it only stands beside.
    pub(super) fn named_place(&self, items: &[Item], at: usize, sentence: usize, place: u32) -> Option<u16> {
        let place = u16::try_from(place).ok()?;
        let area = &self.reader.gazetteer.places[usize::from(place)];
        let code = area.as_str();
        let dash = |index: usize| items.get(index).is_some_and(|item| item.is_sign(b'-'));
        // A dateline: `SƠN LA - …`, `Hanoi (VNA) – …`.
        let agency = items.get(at + 1).is_some_and(|next| next.is_sign(b'(')) && (at + 2..at + 6).any(dash);
        if at <= 1 && (dash(at + 1) && items[at].shouted || agency) {
            return None;
        }
        let named = |index: usize| {
            items.get(index).is_some_and(|item| {
                matches!(item.what, What::Place(_)) || (item.is_unknown() && item.capital)
            })
        };
        if (dash(at + 1) && named(at + 2)) || (at >= 2 && dash(at - 1) && named(at - 2)) {
            return None;
        }
        let mut before = at;
        while before > sentence
            && (items[before - 1].has(mark::UNITTYPE | mark::SELF) || items[before - 1].is_sign(b'"'))
            && !items[before - 1].has(mark::APART)
        {
            before -= 1;
        }
        if before > sentence {
            let previous = &items[before - 1];
            let initial = before - 1 == sentence;
            let in_list = (previous.is_sign(b',') || previous.has(mark::AND))
                && before >= 2
                && matches!(items[before - 2].what, What::Place(_));
            // `Tuyên Quang và Hà Giang đều …`: the first is the subject; `Phú Thọ (74,2%) và Cao Bằng (30,8%)`: each its own.
            let own_number = items
                .get(at + 1)
                .is_some_and(|next| next.is_sign(b'(') || matches!(next.what, What::Number(_)));
            if in_list && !own_number {
                return None;
            }
            if in_list {
                let first = match items[before - 2].what {
                    What::Place(first) => self.named_place(items, before - 2, sentence, first),
                    _ => None,
                };
                first?;
            } else if previous.has(mark::APART)
                && !initial
                && !items.get(at + 1).is_some_and(|next| next.is_sign(b'('))
            {
                return None;
            }
        }
        // `xã Mường Nhà, tỉnh Điện Biên`: the province only says where the commune is.
        if let Some(current) = self.context.place.filter(|current| *current != HOME) {
            let current = self.reader.gazetteer.places[usize::from(current)].as_str();
            let close = items[at.saturating_sub(4)..at]
                .iter()
                .any(|item| matches!(item.what, What::Place(_)));
            if close && current.starts_with(code) && current.len() > code.len() {
                return None;
            }
        }
        let home = self.text.place.as_ref().map(terms::RefArea::as_str);
        if let Some(home) = home {
            let inside = home == code
                || (home.starts_with(code) && home.as_bytes().get(code.len()) == Some(&b'-') && code != "VN");
            if inside || self.same_name(home, code) {
                return Some(HOME);
            }
        }
        Some(place)
    }

    /// Whether two plain names differ in their marks only: `Bình Dương`, `Binh Duong`.
    pub(super) fn same_name(&self, home: &str, name: &str) -> bool {
        let key = |name: &str| {
            let mut hash = 0u64;
            for word in name.split(' ') {
                hash = hash.rotate_left(9) ^ self.reader.folding.word(word, 0, Marks::Dropped, &[]).key;
            }
            hash
        };
        !home.starts_with("VN") && !name.starts_with("VN") && key(home) == key(name)
    }
}

/// Whether the place at `at` is what its sentence is about: nothing but words that lead to it stands before.
pub(super) fn is_subject(line: Line<'_>, at: usize, sentence: usize) -> bool {
    for back in (sentence..at).rev() {
        let item = &line.items[back];
        match item.what {
            What::Sign(b',' | b';' | b':') => return true,
            // A dateline: `(VOVWORLD) -`, `Hanoi (VNA) –`.
            What::Sign(b'-' | b')' | b'"' | b'*' | b'+') => {
                return back <= sentence + 6;
            }
            What::Sign(_) | What::Period(_) => {}
            What::Word => {
                let leads = item.has(mark::UNITTYPE | mark::FUNC | mark::AND | mark::SELF)
                    || line.says(item, word::DESCRIBING);
                if !leads {
                    return false;
                }
                if line.says(item, word::THAT) {
                    return true;
                }
                // `… với Sóc Trăng`, `and Ho Chi Minh City`: only at the sentence's start.
                let inside = line.says(item, word::IN | word::WITHIN);
                if (inside || line.says(item, word::WITH | word::OF | word::FOR)) && back > sentence + 2 {
                    return inside
                        && back.checked_sub(1).is_some_and(|before| {
                            matches!(line.items[before].what, What::Sign(b',' | b';' | b':'))
                        });
                }
            }
            What::Place(_) | What::Number(_) | What::Digits => return false,
        }
    }
    true
}
