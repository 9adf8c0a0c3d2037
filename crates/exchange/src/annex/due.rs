//! Deadlines as people write them in plans.

use terms::Date;

/// By when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// The last day.
    On(Date),
    /// Again and again, without a last day.
    Standing,
}

/// The deadline that a cell tells: a day, or the last day of the month, quarter, half or year that it names. Where it
/// names no year it is that of the plan. None where it cannot be understood.
///
/// Of a span the end counts: «2026-2030» is 31 December 2030.
pub fn due(cell: &str, plan_year: i16) -> Option<Due> {
    let text = cell.trim().to_lowercase();
    if text.is_empty() {
        return None;
    }
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if has(&[
        "thường xuyên",
        "hằng năm",
        "hàng năm",
        "hằng tháng",
        "hàng tháng",
        "hằng quý",
        "hàng quý",
        "ongoing",
        "continuous",
        "regular",
        "every ",
    ]) {
        return Some(Due::Standing);
    }
    let numbers = numbers(&text);
    if let Some(day) = day(&text, &numbers, plan_year) {
        return Some(Due::On(day));
    }
    let year = numbers
        .iter()
        .rev()
        .copied()
        .find(|number| (2000..=2100).contains(number))
        .and_then(|year| i16::try_from(year).ok());
    let end = |year: i16, month: i8| {
        jiff::civil::Date::new(year, month, 1)
            .ok()
            .map(|day| Due::On(day.last_of_month()))
    };
    let this = year.unwrap_or(plan_year);
    if has(&["6 tháng đầu", "first half", "h1"]) {
        return end(this, 6);
    }
    if has(&["6 tháng cuối", "second half", "h2", "cuối năm", "end of year"]) {
        return end(this, 12);
    }
    if has(&["9 tháng đầu", "first nine months"]) {
        return end(this, 9);
    }
    if has(&["quý", "quarter"]) || text.starts_with('q') {
        let quarter = quarter(&text)?;
        return end(this, quarter * 3);
    }
    if has(&["tháng"]) {
        let month = numbers.iter().rev().find(|number| (1..=12).contains(*number))?;
        return end(this, i8::try_from(*month).ok()?);
    }
    if let Some(month) = english_month(&text) {
        return end(this, month);
    }
    // «9/2026»
    if let [month, year] = numbers[..]
        && (1..=12).contains(&month)
        && (2000..=2100).contains(&year)
        && text.contains('/')
    {
        return end(i16::try_from(year).ok()?, i8::try_from(month).ok()?);
    }
    // «năm 2026», «2026», «2026-2030»: nothing but years and small words.
    let plain = numbers.iter().all(|number| (2000..=2100).contains(number));
    year.filter(|_| plain).and_then(|year| end(year, 12))
}

/// A whole day: `30/9/2026`, `30-9-2026`, `30.9`, `2026-09-30`, `ngày 30 tháng 9 năm 2026`, `30 September 2026`.
fn day(text: &str, numbers: &[i32], plan_year: i16) -> Option<Date> {
    let small = |number: i32| i8::try_from(number).ok();
    let make = |year: i32, month: i32, day: i32| {
        let year = i16::try_from(year)
            .ok()
            .filter(|year| (2000..=2100).contains(year))?;
        jiff::civil::Date::new(year, small(month)?, small(day)?).ok()
    };
    let spelled = text.contains("ngày") && text.contains("tháng");
    if let Some(month) = english_month(text) {
        // «30 September 2026», «September 30, 2026»; «September 2026» alone is a month.
        let day = numbers.iter().copied().find(|number| (1..=31).contains(number))?;
        let year = numbers
            .iter()
            .copied()
            .find(|number| (2000..=2100).contains(number));
        return make(year.unwrap_or(plan_year.into()), month.into(), day);
    }
    let divided = |count: usize| {
        let between = |mark: char| text.matches(mark).count() >= count;
        between('/') || between('.') || between('-')
    };
    match *numbers {
        [year, month, day] if 2000 <= year && divided(2) => make(year, month, day),
        [day, month, year] if 2000 <= year && (divided(2) || spelled) => make(year, month, day),
        [day, month] if month <= 12 && day <= 31 && (divided(1) || spelled) && !text.contains("quý") => {
            make(plan_year.into(), month, day)
        }
        _ => None,
    }
}

fn quarter(text: &str) -> Option<i8> {
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    // The last one named counts: «quý II-III».
    words.iter().rev().find_map(|word| match *word {
        "i" | "1" | "q1" | "first" => Some(1),
        "ii" | "2" | "q2" | "second" => Some(2),
        "iii" | "3" | "q3" | "third" => Some(3),
        "iv" | "4" | "q4" | "fourth" => Some(4),
        _ => None,
    })
}

fn english_month(text: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let words = text.split(|c: char| !c.is_ascii_alphabetic());
    words
        .filter(|word| 3 <= word.len())
        .find_map(|word| {
            MONTHS
                .iter()
                .position(|month| word.starts_with(month) && is_month(word))
        })
        .and_then(|at| i8::try_from(at + 1).ok())
}

fn is_month(word: &str) -> bool {
    [
        "jan",
        "january",
        "feb",
        "february",
        "mar",
        "march",
        "apr",
        "april",
        "may",
        "jun",
        "june",
        "jul",
        "july",
        "aug",
        "august",
        "sep",
        "sept",
        "september",
        "oct",
        "october",
        "nov",
        "november",
        "dec",
        "december",
    ]
    .contains(&word)
}

/// The whole numbers of a text, in order.
fn numbers(text: &str) -> Vec<i32> {
    text.split(|c: char| !c.is_ascii_digit())
        .filter(|digits| !digits.is_empty())
        .filter_map(|digits| digits.parse().ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn on(year: i16, month: i8, day: i8) -> Due {
        Due::On(date(year, month, day))
    }

    #[test]
    fn deadlines_are_read_as_people_write_them() {
        for (text, expected) in [
            ("30/9/2026", Some(on(2026, 9, 30))),
            ("Trước ngày 30/9/2026", Some(on(2026, 9, 30))),
            ("trước 15/11", Some(on(2026, 11, 15))),
            ("2026-09-30", Some(on(2026, 9, 30))),
            ("ngày 5 tháng 8 năm 2027", Some(on(2027, 8, 5))),
            ("Quý III/2026", Some(on(2026, 9, 30))),
            ("quý 2", Some(on(2026, 6, 30))),
            ("Quý I - Quý II năm 2026", Some(on(2026, 6, 30))),
            ("Tháng 9", Some(on(2026, 9, 30))),
            ("tháng 02/2028", Some(on(2028, 2, 29))),
            ("9/2026", Some(on(2026, 9, 30))),
            ("năm 2026", Some(on(2026, 12, 31))),
            ("2026-2030", Some(on(2030, 12, 31))),
            ("6 tháng đầu năm 2026", Some(on(2026, 6, 30))),
            ("Thường xuyên", Some(Due::Standing)),
            ("Hằng quý", Some(Due::Standing)),
            ("by 30 September 2026", Some(on(2026, 9, 30))),
            ("September 2026", Some(on(2026, 9, 30))),
            ("Q3 2026", Some(on(2026, 9, 30))),
            ("third quarter of 2026", Some(on(2026, 9, 30))),
            ("ongoing", Some(Due::Standing)),
            ("31/2/2026", None),
            ("sớm nhất có thể", None),
            ("", None),
            ("Quý V/2026", None),
            ("tháng 13", None),
        ] {
            assert_eq!(due(text, 2026), expected, "{text}");
        }
    }
}
