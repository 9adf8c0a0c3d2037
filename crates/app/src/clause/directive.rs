//! A sentence that asks an office for something: who leads, who helps, by when, and what is to be done.
//!
//! A proposal, never a decision: a person reads the sentence beside it and picks.

use std::collections::HashMap;

use exchange::annex::{Due, due};
use plan::Office;

/// Names of offices, by their first word without marks.
#[derive(Debug, Default)]
pub(super) struct Names(HashMap<String, Vec<(Vec<String>, Office)>>);

impl Names {
    /// Adds a name of an office.
    pub(super) fn add(&mut self, name: &str, office: &Office) {
        let words: Vec<String> = words(name).into_iter().map(|word| word.bare).collect();
        if let Some(first) = words.first() {
            let of = self.0.entry(first.clone()).or_default();
            of.push((words, office.clone()));
            // The longest name first: «Văn phòng UBND tỉnh» before «Văn phòng».
            of.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
    }

    /// The office named from a word on, and how many words name it.
    fn at(&self, words: &[Word<'_>]) -> Option<(usize, &Office)> {
        let of = self.0.get(&words.first()?.bare)?;
        of.iter()
            .find(|(name, _)| {
                name.len() <= words.len() && name.iter().zip(words).all(|(name, word)| *name == word.bare)
            })
            .map(|(name, office)| (name.len(), office))
    }
}

/// What a sentence asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Directive {
    /// What is to be done: the sentence without its number and without who is asked.
    pub(super) title: String,
    /// Who is to lead.
    pub(super) lead: Option<Office>,
    /// Who is to help.
    pub(super) supporters: Vec<Office>,
    /// By when.
    pub(super) due: Option<Due>,
}

/// A word of a sentence: where it stands, in small letters, and without marks.
#[derive(Debug)]
struct Word<'a> {
    from: usize,
    to: usize,
    small: String,
    bare: String,
    /// What stands between it and the next word.
    gap: &'a str,
}

fn words(text: &str) -> Vec<Word<'_>> {
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for (at, letter) in text.char_indices() {
        if letter.is_alphanumeric() {
            match spans.last_mut() {
                Some((_, to)) if *to == at => *to = at + letter.len_utf8(),
                _ => spans.push((at, at + letter.len_utf8())),
            }
        }
    }
    let ends = spans.iter().skip(1).map(|(from, _)| *from).chain([text.len()]);
    let pairs: Vec<_> = spans.iter().copied().zip(ends).collect();
    pairs
        .into_iter()
        .map(|((from, to), next)| Word {
            from,
            to,
            small: text[from..to].to_lowercase(),
            bare: i18n::sort::fold(&text[from..to]),
            gap: &text[to..next],
        })
        .collect()
}

/// Words that ask: with them a sentence is a proposal.
const ASKS: [&[&str]; 24] = [
    &["giao"],
    &["yêu", "cầu"],
    &["đề", "nghị"],
    &["phân", "công"],
    &["chỉ", "đạo"],
    &["chủ", "trì"],
    &["có", "trách", "nhiệm"],
    &["khẩn", "trương"],
    &["tập", "trung"],
    &["tiếp", "tục"],
    &["đẩy", "mạnh"],
    &["đẩy", "nhanh"],
    &["cần"],
    &["phải"],
    &["must"],
    &["shall"],
    &["should"],
    &["is", "to"],
    &["are", "to"],
    &["assigns"],
    &["asked"],
    &["asks"],
    &["requested"],
    &["instructed"],
];

/// What follows «giao» where it hands over nothing: giao thông, giao dịch, giao lưu, giao thương.
const NO_HANDING_OVER: [&str; 6] = ["thông", "dịch", "lưu", "thương", "thoa", "mùa"];

/// Words that lead from one office to the next, or to what is to be done.
const BETWEEN: [&str; 29] = [
    "giao", "yêu", "cầu", "đề", "nghị", "phân", "công", "chỉ", "đạo", "chủ", "trì", "phối", "hợp", "chặt",
    "chẽ", "với", "và", "cùng", "các", "cơ", "quan", "đơn", "vị", "liên", "do", "có", "trách", "nhiệm",
    "the",
];

/// Words with which a deadline begins.
const BY: [&str; 16] = [
    "trước",
    "đến",
    "hết",
    "trong",
    "chậm",
    "ngày",
    "tháng",
    "quý",
    "cuối",
    "thường",
    "hằng",
    "by",
    "before",
    "until",
    "in",
    "no",
];

/// How many words a deadline has at most.
const LONGEST_DEADLINE: usize = 10;

/// What a sentence asks; none where it asks nothing. `year` is the paper's, for days without one.
pub(super) fn directive(sentence: &str, names: &Names, year: i16) -> Option<Directive> {
    let sentence = without_number(sentence);
    let words = words(sentence);
    let said = |at: usize, ask: &[&str]| {
        let said = words.get(at..at + ask.len());
        said.is_some_and(|said| said.iter().zip(ask).all(|(word, ask)| word.small == *ask))
    };
    let asks = (0..words.len()).any(|at| {
        ASKS.iter().any(|ask| said(at, ask))
            && !(said(at, &["giao"])
                && words
                    .get(at + 1)
                    .is_some_and(|next| NO_HANDING_OVER.contains(&next.small.as_str())))
    });
    if !asks || words.len() < 4 {
        return None;
    }
    let mut named: Vec<(usize, usize, &Office)> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match names.at(&words[at..]) {
            Some((length, office)) => {
                named.push((at, at + length, office));
                at += length;
            }
            None => at += 1,
        }
    }
    let chairs = (0..words.len()).find(|at| said(*at, &["chủ", "trì"]));
    let helps = (0..words.len()).find(|at| said(*at, &["phối", "hợp"]));
    let before = |mark: usize| named.iter().rev().find(|(_, to, _)| *to <= mark && mark < to + 3);
    let lead = chairs.and_then(before).or_else(|| named.first());
    // Who stands behind «phối hợp với», one after another.
    let mut supporters: Vec<Office> = Vec::new();
    if let Some(mut end) = helps.map(|helps| helps + 2) {
        for (from, to, office) in named
            .iter()
            .filter(|(from, _, _)| helps.is_some_and(|helps| helps < *from))
        {
            if end + 4 < *from {
                break;
            }
            supporters.push((*office).clone());
            end = *to;
        }
    }
    let lead = lead
        .map(|(_, _, office)| (*office).clone())
        .filter(|lead| !supporters.contains(lead));
    supporters.retain(|office| Some(office) != lead.as_ref());
    supporters.dedup();
    Some(Directive {
        title: title(sentence, &words, &named),
        lead,
        supporters,
        due: deadline(sentence, &words, year),
    })
}

/// A sentence without «1.», «a)», «-» before it.
fn without_number(sentence: &str) -> &str {
    let sentence = sentence.trim().trim_start_matches(['-', '–', '•', '+', '*', ' ']);
    let Some((number, rest)) = sentence.split_once(['.', ')']) else {
        return sentence;
    };
    let short = number.len() <= 3 && !number.is_empty();
    let plain = number.chars().all(|c| c.is_ascii_digit()) || number.chars().count() == 1;
    if short && plain && rest.starts_with(char::is_whitespace) {
        rest.trim_start()
    } else {
        sentence
    }
}

/// What is to be done: what stands behind the offices with which the sentence begins.
fn title(sentence: &str, words: &[Word<'_>], named: &[(usize, usize, &Office)]) -> String {
    let (mut at, mut offices) = (0, false);
    while at < words.len() {
        if let Some((_, to, _)) = named.iter().find(|(from, _, _)| *from == at) {
            offices = true;
            at = *to;
        } else if BETWEEN.contains(&words[at].small.as_str()) {
            at += 1;
        } else {
            break;
        }
    }
    let from = if offices && at < words.len() {
        words[at].from
    } else {
        0
    };
    let title =
        sentence[from..].trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ';' | ',' | ':'));
    let mut letters = title.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).take(500).collect()
    })
}

/// The deadline of a sentence: the first one that can be read.
fn deadline(sentence: &str, words: &[Word<'_>], year: i16) -> Option<Due> {
    for (at, word) in words.iter().enumerate() {
        if !BY.contains(&word.small.as_str()) {
            continue;
        }
        let stop = |word: &Word<'_>| {
            word.gap.contains([',', ';', ':', '(', ')', '!', '?']) || word.gap.contains(". ")
        };
        let mut end = at;
        while end + 1 < words.len() && end + 1 - at < LONGEST_DEADLINE && !stop(&words[end]) {
            end += 1;
        }
        for last in (at..=end).rev() {
            let text = &sentence[word.from..words[last].to];
            let tells = text.contains(|c: char| c.is_ascii_digit()) || text.to_lowercase().contains("quý");
            match due(text, year) {
                Some(Due::On(day)) if tells => return Some(Due::On(day)),
                Some(Due::Standing) if last < at + 2 => return Some(Due::Standing),
                _ => {}
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Names {
        let mut names = Names::default();
        for (name, office) in [
            ("Sở Tài chính", "VN-11/finance"),
            ("Sở Nội vụ", "VN-11/home-affairs"),
            ("Sở Nông nghiệp và Môi trường", "VN-11/agriculture"),
            ("Department of Finance", "VN-11/finance"),
            ("UBND xã Mường Nhé", "VN-11-03160"),
        ] {
            names.add(name, &office.parse().unwrap());
        }
        names
    }

    /// Lead, supporters and deadline in one line.
    fn told(sentence: &str) -> Option<String> {
        let directive = directive(sentence, &names(), 2026)?;
        let due = match directive.due {
            Some(Due::On(day)) => day.to_string(),
            Some(Due::Standing) => "standing".to_owned(),
            None => "–".to_owned(),
        };
        let offices = |offices: &[Office]| {
            let offices: Vec<String> = offices.iter().map(ToString::to_string).collect();
            if offices.is_empty() {
                "–".to_owned()
            } else {
                offices.join("+")
            }
        };
        let lead: Vec<Office> = directive.lead.into_iter().collect();
        Some(format!(
            "{} | {} | {due} | {}",
            offices(&lead),
            offices(&directive.supporters),
            directive.title
        ))
    }

    #[test]
    fn who_leads_who_helps_by_when_and_what() {
        for (sentence, expected) in [
            (
                "1. Giao Sở Tài chính chủ trì, phối hợp với Sở Nội vụ rà soát các dự án chậm tiến độ, báo cáo trước ngày 30/9/2026.",
                "VN-11/finance | VN-11/home-affairs | 2026-09-30 | Rà soát các dự án chậm tiến độ, báo cáo trước ngày 30/9/2026",
            ),
            (
                "a) Sở Nông nghiệp và Môi trường chủ trì lập phương án giao đất, hoàn thành trong quý III/2026;",
                "VN-11/agriculture | – | 2026-09-30 | Lập phương án giao đất, hoàn thành trong quý III/2026",
            ),
            (
                "- Yêu cầu UBND xã Mường Nhé hoàn thành xóa nhà tạm trước 15/11.",
                "VN-11-03160 | – | 2026-11-15 | Hoàn thành xóa nhà tạm trước 15/11",
            ),
            (
                "Khẩn trương rà soát, hoàn thiện thể chế trong tháng 12 năm 2026.",
                "– | – | 2026-12-31 | Khẩn trương rà soát, hoàn thiện thể chế trong tháng 12 năm 2026",
            ),
            (
                "The Department of Finance is to report by 30 September 2026.",
                "VN-11/finance | – | 2026-09-30 | Is to report by 30 September 2026",
            ),
            (
                "Việc thu ngân sách do Sở Tài chính chủ trì, đề nghị báo cáo thường xuyên.",
                "VN-11/finance | – | standing | Việc thu ngân sách do Sở Tài chính chủ trì, đề nghị báo cáo thường xuyên",
            ),
        ] {
            assert_eq!(told(sentence).as_deref(), Some(expected), "{sentence}");
        }
    }

    #[test]
    fn a_sentence_that_tells_asks_nothing() {
        for sentence in [
            "Tăng trưởng năm 2025 đạt 7,34%, xếp thứ 24.",
            "Hạ tầng giao thông được đầu tư 1.300 tỷ đồng.",
            "Ngành giáo dục có 480 trường đạt chuẩn.",
            "Sở Tài chính công bố số liệu thu ngân sách.",
            "Giao.",
        ] {
            assert_eq!(told(sentence), None, "{sentence}");
        }
    }
}
