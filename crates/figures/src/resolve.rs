//! From the words around a number to its fields.

use crate::catalogue::Class;
use crate::item::{Item, What};
use crate::kind::{Telling, Told};
use crate::lexicon::mark;
use crate::meaning::{Around, How, Lead, Line, Meaning, against_plan, is_content, lead, pick, speaks_of};
use crate::number::Number;
use crate::period::Anchor;
use terms::period::Simple;
use terms::{Bound, Kind, Measure, TimePeriod};

/// The document's own place.
pub(crate) const HOME: u16 = u16::MAX;

/// What the document has said so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct Context {
    /// What has been told of the kind of what follows.
    pub(crate) telling: Telling,
    /// What the document reports on, where its title or heading says so.
    pub(crate) report: Option<TimePeriod>,
    /// A period that a paragraph opened with, and that goes on.
    pub(crate) account: Option<TimePeriod>,
    /// Inside the «Recent news» of a page.
    pub(crate) teaser: bool,
    /// The period last named in the paragraph.
    pub(crate) period: Option<TimePeriod>,
    /// Several years that the paragraph names.
    pub(crate) years: Option<TimePeriod>,
    /// The term that the title names.
    pub(crate) own_term: Option<TimePeriod>,
    /// The text goes through disbursement, place by place.
    pub(crate) disbursing: bool,
    /// The title is of disbursement: each paragraph is, until it speaks of something else.
    pub(crate) on_disbursement: bool,
    /// Several years that the document named last.
    pub(crate) plan_years: Option<TimePeriod>,
    /// The field of which the text speaks (`tourism`).
    pub(crate) field: Option<u8>,
    /// The paragraph speaks of «the past five years».
    pub(crate) past_years: bool,
    /// The document is of a congress: what it counts of its own plan is of its term.
    pub(crate) congress: bool,
    pub(crate) place: Option<u16>,
    /// The place was named as what the paragraph is about, and goes on into the next one.
    pub(crate) persists: bool,
    /// So had the paragraph before.
    pub(crate) persisted: bool,
    /// The figure before, with its concept, for «…, tăng 5%».
    pub(crate) last: Option<Meaning>,
}

/// Whether the catalogue gives a concept only as a rate (poverty, coverage), or as growth too.
fn nature(line: Line<'_>, concept: Option<u16>) -> (bool, bool) {
    let Some(concept) = concept else {
        return (false, false);
    };
    let (mut rate, mut growth, mut amount) = (false, false, false);
    for index in &line.catalogue.concept(concept).indicators {
        let indicator = &line.catalogue.indicators[usize::from(*index)];
        rate |= indicator.class == Class::Percent && !indicator.growth;
        growth |= indicator.growth;
        amount |= indicator.class == Class::Money;
    }
    (rate && !growth && !amount, growth)
}

fn is_structure(line: Line<'_>, item: &Item) -> bool {
    item.has(mark::SHARE) && {
        let text = line.text(item);
        text.starts_with("cơ cấu") || text.starts_with("Cơ cấu") || text.ends_with("structure")
    }
}

/// The economy as a whole, of which something is a part: `of GRDP`, `cơ cấu kinh tế`.
fn is_economy(line: Line<'_>, item: &Item) -> bool {
    (item.has(mark::ALIAS) && line.text(item) == "GRDP") || is_structure(line, item)
}

/// Fields of one number, with the context brought up to date.
pub(crate) fn resolve(
    line: Line<'_>,
    around: Around,
    number: &Number,
    context: &mut Context,
    anchor: &Anchor,
) -> Meaning {
    let gap = line.gap(around);
    let tail = line.tail(around);
    let units = line.units;
    let code = units.get(number.unit).as_str();
    let percent = code == "%" || code == "pp";
    let money = units.get(number.unit).is_money();
    let mut lead_word = lead(line, around);
    let mut spent = around.at;

    // --- what is counted
    let mut unit = number.unit;
    let ratio = number.unit == 0
        && tail.first().is_some_and(|item| item.has(mark::TIMES))
        && (lead_word != Lead::None
            || !tail[0].has(mark::NOUN)
            || tail.get(1).is_some_and(|item| item.has(mark::COMPARE)));
    let mut noun_at = None;
    if ratio {
        unit = units.find("time");
    } else if number.unit == 0 {
        let whole = Around {
            at: around.at + 1,
            to: (around.at + 10).min(line.items.len()),
            ..around
        };
        noun_at = if number.fraction == 1 {
            noun(line, whole).map(|offset| around.at + 2 + offset)
        } else {
            noun(line, around).map(|offset| around.at + 1 + offset)
        };
        if let Some(at) = noun_at {
            unit = line.words.entry(&line.items[at]).noun;
            // `đàn lợn 1,43 triệu con`
            if units.get(unit).as_str() == "head" {
                let animal = gap
                    .iter()
                    .rev()
                    .filter(|item| item.has(mark::NOUN))
                    .map(|item| line.words.entry(item).noun);
                let known = |id: &u16| {
                    matches!(
                        units.get(*id).as_str(),
                        "buffalo" | "cow" | "pig" | "poultry" | "chicken" | "goat" | "cattle"
                    )
                };
                unit = animal.clone().find(known).unwrap_or(unit);
            }
            if number.fraction != 1 {
                spent = at;
            }
        }
    }
    let elided =
        number.unit == 0 && noun_at.is_none() && !ratio && elided(line, around, context.last.as_ref());
    // `số chi nhánh là 297`: the noun stands before.
    let mut noun_before = None;
    if number.unit == 0 && noun_at.is_none() && !ratio {
        if elided {
            unit = context.last.map_or(0, |last| last.counted);
        } else {
            noun_before = gap
                .iter()
                .rev()
                .find(|item| item.has(mark::NOUN) && !item.has(mark::PLANWORD | mark::SELF | mark::UNITTYPE));
            if let Some(item) = noun_before {
                unit = line.words.entry(item).noun;
            } else if around.follows {
                unit = context
                    .last
                    .filter(|last| !units.get(last.unit).is_money() && !units.get(last.unit).is_percentage())
                    .map_or(0, |last| last.unit);
            }
        }
    }

    // --- the subject: an alias before, or what the figure before was of
    for item in gap.iter().filter(|item| item.has(mark::ALIAS)) {
        set_field(line, item, context);
    }
    let field = context.field;
    let before = gap
        .iter()
        .rev()
        .find(|item| item.has(mark::ALIAS) && usable(line, item, field));
    let before_concept = before.map(|item| line.concept(item));
    let content = gap
        .iter()
        .rev()
        .take_while(|item| before.is_none_or(|alias| alias.start != item.start))
        .filter(|item| {
            let foreign = item.has(mark::ALIAS)
                && line.catalogue.concept(line.concept(item)).conditional
                && !usable(line, item, field);
            (foreign || is_content(item)) && noun_before.is_none_or(|noun| noun.start != item.start)
        })
        .count();
    let part = gap.iter().any(|item| item.has(mark::WHOLE));
    let bare_change = gap.last().is_some_and(|_| {
        gap.iter()
            .rev()
            .take(4)
            .any(|item| item.has(mark::UP | mark::DOWN) && !item.has(mark::TO))
            && gap
                .iter()
                .any(|item| matches!(line.text(item), "the" | "a" | "mức" | "The"))
    });
    let inherited = context
        .last
        .and_then(|last| last.concept)
        .filter(|_| content == 0 || (bare_change && percent && before.is_none()))
        .filter(|_| noun_before.is_none_or(|noun| noun.has(mark::ALIAS)))
        // A sum that opens a sentence says itself what it is of, unless a place stands before it in a list of places.
        .filter(|_| {
            let listed = gap
                .iter()
                .any(|item| matches!(item.what, What::Place(_)) || (item.is_unknown() && item.capital));
            around.follows
                || percent
                || ratio
                || listed
                || line.items[..around.at]
                    .iter()
                    .take(3)
                    .any(|item| matches!(item.what, What::Sign(b'-' | b'+' | b'*' | b')')))
        });
    let subject = before_concept.or(inherited);

    // --- measure
    let bracket = gap.is_empty() && around.from > 0 && line.items[around.from - 1].is_sign(b'(');
    let after_count = context.last.is_some_and(|last| {
        let unit = units.get(last.unit);
        last.measure == Measure::Level
            && !unit.is_money()
            && !unit.is_percentage()
            && !matches!(unit.as_str(), "ha" | "km" | "ton" | "MW")
    });
    let plan = percent && against_plan(line, around);
    // `88 per cent of whom`: a part of what was counted before.
    let of_those = percent
        && tail
            .first()
            .is_some_and(|item| matches!(line.text(item), "of whom" | "of these" | "of them" | "of which"));
    let of_whole = percent && tail.first().is_some_and(|item| matches!(line.text(item), "of")) || of_those;
    let structure = percent
        && line.items[around.sentence.max(around.at.saturating_sub(40))..around.at]
            .iter()
            .any(|item| is_structure(line, item));
    let economy = percent
        && tail
            .iter()
            .take(4)
            .skip_while(|item| item.has(mark::STOP | mark::FUNC) && !is_economy(line, item))
            .take(1)
            .any(|item| is_economy(line, item));
    let bare_noun = percent
        && tail.first().is_some_and(|item| {
            item.what == What::Word
                && (item.has(mark::NOUN | mark::ALIAS)
                    || item.entry == 0
                    || matches!(line.text(item), "số" | "tổng" | "dân số"))
                && !item.has(
                    mark::AFTER
                        | mark::COMPARE
                        | mark::PLANWORD
                        | mark::AGAINST
                        | mark::WHOLE
                        | mark::UP
                        | mark::DOWN
                        | mark::AND,
                )
        });
    let follow = tail
        .first()
        .filter(|item| item.has(mark::UP | mark::DOWN | mark::EXCEED) && !item.has(mark::TO | mark::NOUN));
    if matches!(lead_word, Lead::None | Lead::Equal | Lead::Share | Lead::Remain) && percent {
        // `20 per cent more than in 2023`
        if let Some(item) = tail
            .first()
            .filter(|item| item.has(mark::BOUND) && line.text(item).ends_with("than"))
        {
            match line.words.entry(item).bound {
                Some(Bound::Gt) => lead_word = Lead::Up,
                Some(Bound::Lt) => lead_word = Lead::Down,
                _ => {}
            }
        }
        // `9.4% more year on year`
        if tail.get(1).is_some_and(|item| item.has(mark::COMPARE)) {
            match line.text(&tail[0]) {
                "more" => lead_word = Lead::Up,
                "less" | "fewer" => lead_word = Lead::Down,
                _ => {}
            }
        }
        if let Some(item) = follow {
            lead_word = if plan && item.has(mark::EXCEED) {
                Lead::Exceed
            } else if item.has(mark::DOWN) {
                Lead::Down
            } else {
                Lead::Up
            };
        }
    }
    let growth_after = percent
        && tail
            .iter()
            .take(5)
            .take_while(|item| !matches!(item.what, What::Sign(_)))
            .any(|item| {
                item.has(mark::GROWTH)
                    || (item.has(mark::ALIAS)
                        && line
                            .catalogue
                            .concept(line.concept(item))
                            .indicators
                            .iter()
                            .any(|code| line.catalogue.indicators[usize::from(*code)].growth)
                        && line.text(item).contains("growth"))
            });
    let exceeds = gap
        .iter()
        .rev()
        .take(6)
        .any(|item| item.has(mark::EXCEED) && !item.has(mark::REMAIN))
        || follow.is_some_and(|item| item.has(mark::EXCEED));
    let (rate, growth) = nature(line, subject);
    let named_rate = before.is_some_and(|item| {
        let text = line.text(item);
        line.concept(item) == 0
            && ["ỷ lệ", "rate", "nghèo", "poverty"]
                .iter()
                .any(|word| text.contains(word))
    });
    let rate = rate || named_rate;
    let changes = matches!(lead_word, Lead::Up | Lead::Down | Lead::Growth);
    // `agriculture making up 29.7% of GRDP, industry 28.7% and services 36.7%`
    let shares = percent
        && around.follows
        && lead_word == Lead::None
        && context.last.is_some_and(|last| {
            last.measure == Measure::Share
                && last.indicator.is_some_and(|index| {
                    line.catalogue.indicators[usize::from(index)]
                        .code
                        .as_str()
                        .starts_with("grdp.share_")
                })
        });
    let mut measure = if ratio {
        Measure::Growth
    } else if percent {
        if plan && (exceeds || matches!(lead_word, Lead::Up | Lead::Down | Lead::Exceed)) {
            Measure::Change
        } else if plan {
            Measure::Share
        } else if structure && !changes {
            Measure::Level
        } else if economy || shares {
            Measure::Share
        } else if code == "pp" || changes && rate && lead_word != Lead::Growth {
            Measure::Change
        } else if changes || lead_word == Lead::Multiply || growth_after {
            Measure::Growth
        } else if of_whole
            || (bare_noun && lead_word != Lead::Share)
            || ((lead_word == Lead::Share || bracket) && around.follows && after_count)
        {
            Measure::Share
        } else if lead_word == Lead::Share {
            let named = gap.iter().rev().take(3).any(|item| item.is_sign(b':'));
            if rate || named {
                Measure::Level
            } else {
                Measure::Share
            }
        } else if growth && gap.iter().any(|item| item.has(mark::SHARE)) {
            Measure::Share
        } else if growth
            || (lead_word == Lead::Remain && gap.iter().rev().take(4).any(|item| item.has(mark::GROWTH)))
        {
            Measure::Growth
        } else if lead_word == Lead::Equal && around.follows && content == 0 && before.is_none() {
            Measure::Share
        } else {
            Measure::Level
        }
    } else if matches!(lead_word, Lead::Up | Lead::Down)
        || number.signed != 0
        || (money && bracket && context.last.is_some_and(|last| last.measure == Measure::Change))
        || (lead_word == Lead::Exceed
            && gap.iter().any(
                |item| matches!(item.what, What::Period(index) if line.periods[index as usize].compared),
            ))
    {
        Measure::Change
    } else {
        Measure::Level
    };
    if number.signed != 0 && percent && !plan && measure != Measure::Change {
        measure = Measure::Growth;
    }
    // `a) Vinh: a cut of 0.02 to 0.04%; b) Thai Hoa: 0.1 to 0.3%`: told once for the whole list.
    let told = context.last.filter(|last| {
        percent
            && lead_word == Lead::None
            && content == 0
            && before.is_none()
            && !plan
            && !of_whole
            && !bare_noun
            && matches!(last.measure, Measure::Change | Measure::Growth)
            && last.concept.is_some_and(|concept| concept != 0)
            && units.get(last.unit).is_percentage()
            && (!around.follows || gap.is_empty())
    });
    if let Some(last) = told.filter(|_| measure == Measure::Level) {
        measure = last.measure;
    }
    let told_down = told.is_some_and(|last| last.negative || last.reduces);
    let down = lead_word == Lead::Down || number.low.mantissa < 0 || told_down;

    // --- indicator
    let total = percent
        && lead_word != Lead::Share
        && tail.iter().take(5).any(|item| {
            item.has(mark::NATION) || line.text(item).starts_with("tổng") || line.text(item) == "total"
        });
    let how = How {
        down,
        plan,
        ratio,
        total,
        field,
    };
    let choose = |concept: u16| pick(line, concept, number, unit, measure, how);
    let mut concept: Option<u16> = None;
    let mut indicator = None;
    let after = tail
        .iter()
        .enumerate()
        .take(14)
        .take_while(|(_, item)| !matches!(item.what, What::Sign(b',' | b'(' | b')' | b':')))
        .filter(|(_, item)| {
            item.has(mark::ALIAS) && line.catalogue.concept(line.concept(item)).field.is_none()
        })
        .find(|(_, item)| {
            let found = line.concept(item);
            let open = !line.catalogue.concept(found).conditional && (!percent || found == 0);
            open || choose(found).is_some()
        });
    // `84 nghìn ha cây ăn quả`, `40,000 hectares of macadamia`: what is measured stands right after.
    // `73 of 90 communes (81.1%) have met the standards`: what follows the bracket.
    let bracketed = percent
        && line.items[around.start..around.at]
            .iter()
            .any(|item| item.is_sign(b'('));
    let beyond = tail
        .first()
        .filter(|item| bracketed && item.is_sign(b')'))
        .and_then(|_| {
            tail.iter()
                .enumerate()
                .skip(1)
                .take(10)
                .find(|(_, item)| item.has(mark::ALIAS) && choose(line.concept(item)).is_some())
        });
    let after = after.or(beyond);
    let adjacent =
        after.filter(|(offset, _)| *offset == 0 || (*offset <= 2 && matches!(line.text(&tail[0]), "of")));
    if elided {
        concept = Some(0);
        if let Some((_, item)) = after.filter(|(_, item)| line.concept(item) != 0) {
            indicator = choose(line.concept(item));
        }
        // `23 targets, of which 17 were achieved`: the part met is a count of targets too.
        let met = tail.iter().take(4).any(|item| {
            item.has(mark::ACTUAL | mark::EXCEED)
                || matches!(line.text(item), "met" | "fulfilled" | "surpassed" | "exceeded")
        });
        if let Some(last) = context
            .last
            .filter(|last| met && indicator.is_none() && line.indicator_is(last.indicator, "plan.targets"))
        {
            indicator = last.indicator;
        }
        if tail.first().is_some_and(|item| line.text(item) == "others") {
            indicator = context.last.and_then(|last| last.indicator);
        }
    } else if let Some(at) = noun_at {
        let item = &line.items[at];
        let own = item.has(mark::ALIAS).then(|| line.concept(item));
        let generic = units.get(unit).as_str() == "visitor"
            || matches!(
                line.text(item),
                "lượt"
                    | "khách"
                    | "visitors"
                    | "doanh nghiệp"
                    | "enterprises"
                    | "đảng viên"
                    | "party members"
            );
        let mut blocked = false;
        let mut settled: Option<(u16, u16)> = None;
        let mut try_concept = |found: u16| {
            if settled.is_none() {
                settled = choose(found).map(|code| (code, found));
            }
            settled.is_some_and(|(_, concept)| concept == found)
        };
        if generic && let Some(found) = before_concept.filter(|_| content == 0) {
            try_concept(found);
            blocked = found == 0;
        }
        if let Some(found) = own.filter(|_| !blocked) {
            try_concept(found);
        }
        if own.is_none()
            && measure == Measure::Change
            && content == 0
            && before.is_none()
            && let Some(found) = inherited
        {
            try_concept(found);
        }
        if own != Some(0) && !blocked {
            if let Some(found) = before_concept.filter(|_| content == 0) {
                try_concept(found);
            }
            let later = line.items[at + 1..]
                .iter()
                .take(9)
                .take_while(|item| !matches!(item.what, What::Sign(_) | What::Number(_)))
                .find(|item| item.has(mark::ALIAS));
            if let Some(item) = later {
                let found = line.concept(item);
                if found == 0 {
                    // `5 sản phẩm OCOP` goes on with what the catalogue does not have: a part.
                } else if try_concept(found) && number.fraction != 1 {
                    spent = line
                        .items
                        .iter()
                        .rposition(|other| other.start == item.start)
                        .unwrap_or(spent)
                        .max(spent);
                }
            }
        }
        indicator = settled.map(|(code, _)| code);
        concept = Some(settled.map_or(own.unwrap_or(0), |(_, concept)| concept));
        if number.fraction > 0 && units.get(unit).as_str() == "commune" {
            // `6,084 of 7,669 communes meet new rural standards`
            let met = line.items[at..]
                .iter()
                .take(16)
                .filter(|item| item.has(mark::ALIAS))
                .find_map(|item| {
                    let code = line
                        .catalogue
                        .indicators
                        .get(usize::from(choose(line.concept(item))?))?
                        .code
                        .as_str();
                    (code == "rural.new_standard_count").then(|| line.concept(item))
                });
            let went_on = context
                .last
                .filter(|_| around.follows)
                .and_then(|last| last.concept)
                .filter(|concept| {
                    line.catalogue.concept(*concept).indicators.iter().any(|index| {
                        line.catalogue.indicators[usize::from(*index)].code.as_str()
                            == "rural.new_standard_count"
                    })
                });
            if let Some(found) = met.or(went_on) {
                indicator = if number.fraction == 1 {
                    choose(found)
                } else {
                    line.catalogue.find("governance.commune_units")
                };
                concept = Some(found);
            }
        }
    } else {
        // `giải ngân được 2.062 tỷ đồng vốn đầu tư công`: of the disbursement that stands before.
        let told = money && before_concept.is_some_and(|found| choose(found).is_some());
        // `collecting fines of VND 721 million for the State budget`: what stands before says what it is.
        let direct = adjacent.filter(|(_, item)| {
            !percent && !told && (before_concept != Some(0) || !line.text(item).starts_with("for "))
        });
        if let Some((offset, item)) = direct {
            let found = line.concept(item);
            indicator = choose(found);
            if indicator.is_some() || found == 0 {
                concept = Some(found);
                spent = around.at + 1 + offset;
            }
        }
        if concept.is_none() {
            if let Some(found) = before_concept {
                concept = Some(found);
                indicator = choose(found);
            } else if let Some(found) = inherited.filter(|_| {
                !(percent && (of_whole || bare_noun) && !plan && !economy && !(total && around.follows))
            }) {
                concept = Some(found);
                indicator = choose(found);
                if part && !percent {
                    indicator = None;
                    concept = Some(0);
                }
            }
        }
        // `a further cut of 1 percentage point in the poverty rate`
        let of_rate = code == "pp"
            && tail.first().is_some_and(|item| line.text(item) == "in")
            && after.is_some_and(|(offset, _)| offset <= 2);
        if percent && !plan {
            if economy || shares {
                indicator = share_of_grdp(line, concept);
            } else if let Some((offset, item)) = after {
                let found = line.concept(item);
                if found == 0 && measure == Measure::Share && offset <= 3 {
                    indicator = None;
                } else if before_concept.is_none()
                    && (indicator.is_none() || measure == Measure::Share || of_rate)
                {
                    indicator = choose(found);
                    concept = Some(found);
                    spent = around.at + 1 + offset;
                }
            }
            if structure
                && !changes
                && indicator.is_some_and(|index| line.catalogue.indicators[usize::from(index)].growth)
            {
                indicator = share_of_grdp(line, concept);
            }
        }
        if indicator.is_none()
            && before.is_none()
            && !percent
            && !money
            && number.unit != 0
            && let Some((offset, item)) = after
        {
            let found = line.concept(item);
            if let Some(code) = choose(found) {
                indicator = Some(code);
                concept = Some(found);
                spent = around.at + 1 + offset;
            }
        }
        if concept.is_none() && content > 0 {
            if let Some((offset, item)) = after.filter(|_| !percent) {
                let found = line.concept(item);
                indicator = choose(found);
                if indicator.is_some() {
                    concept = Some(found);
                    spent = around.at + 1 + offset;
                }
            }
            concept = concept.or(Some(0));
        }
        // `10,700 billion VND or so had been disbursed`: what it is of stands after it.
        if concept.is_none()
            && money
            && let Some((offset, item)) = after
                .filter(|(offset, _)| *offset <= 8)
                .or_else(|| after_bracket(line, around.at))
        {
            let found = line.concept(item);
            indicator = choose(found);
            if indicator.is_some() {
                concept = Some(found);
                spent = (around.at + 1 + offset).min(around.to.saturating_sub(1));
            }
        }
        if indicator.is_none()
            && percent
            && measure == Measure::Growth
            && before.is_none()
            && content == 0
            && concept.is_none_or(|concept| concept == 0)
            && !around.follows
            && (lead_word == Lead::Growth || growth_after)
        {
            indicator = line.catalogue.find("grdp.growth");
        }
    }
    // What is counted tells of what the text speaks: `237 dự án FDI`.
    for item in line.items[around.at + 1..(spent + 1).min(line.items.len())]
        .iter()
        .filter(|item| item.has(mark::ALIAS))
    {
        set_field(line, item, context);
    }
    // «giá trị sản xuất … 31.931 tỷ đồng, tăng 2,6%» is of the value; «GRDP … 114.792 tỷ đồng, tăng 8%» is growth.
    if let Some(last) = context
        .last
        .filter(|_| around.follows && before.is_none() && content == 0 && percent)
    {
        let same = last.concept.is_some() && last.concept == concept;
        let of_amount = last.indicator.is_some_and(|index| {
            line.catalogue.indicators[usize::from(index)].class == Class::Money
                && line.catalogue.field(index) != "grdp"
        });
        let of_rate = last.indicator.is_some_and(|index| {
            line.catalogue.indicators[usize::from(index)].code.as_str()
                == "investment.public_disbursement_rate"
        });
        if same && of_amount && measure == Measure::Growth {
            indicator = last.indicator;
        } else if same && of_rate && measure == Measure::Growth {
            indicator = last.indicator;
            measure = Measure::Change;
        }
    }
    // `growth of 8% or more`, `tăng trưởng 8%`: of the economy, where nothing else is named.
    let says_growth = |item: &Item| {
        item.has(mark::GROWTH)
            && matches!(
                line.text(item),
                "growth"
                    | "growth of"
                    | "Growth"
                    | "tăng trưởng"
                    | "tốc độ tăng"
                    | "mức tăng trưởng"
                    | "tốc độ tăng trưởng"
            )
    };
    if (indicator.is_none() || !around.follows)
        && percent
        && measure == Measure::Growth
        && before.is_none()
        && gap.iter().rev().take(8).any(says_growth)
        && (concept.is_none_or(|concept| concept == 0 || content > 0) || !around.follows)
    {
        indicator = line.catalogue.find("grdp.growth");
    }
    if let Some(index) = indicator {
        let chosen = &line.catalogue.indicators[usize::from(index)];
        let name = chosen.code.as_str();
        if number.unit == 0 && !ratio && chosen.class == Class::Count {
            unit = chosen.unit;
        }
        let is_rate = chosen.class == Class::Percent && !chosen.growth;
        if name == "poverty.reduction" {
            measure = Measure::Change;
            unit = units.find("pp");
        } else if is_rate && measure == Measure::Growth && !ratio {
            measure = Measure::Change;
        }
        if is_rate && measure == Measure::Change && code == "%" && !plan {
            unit = units.find("pp");
        }
        if chosen.growth && percent && measure == Measure::Level {
            measure = Measure::Growth;
        }
        if is_rate
            && measure == Measure::Share
            && lead_word != Lead::Share
            && !(matches!(lead_word, Lead::Equal | Lead::None) && around.follows && before.is_none())
            && !of_whole
            && !bare_noun
            && !plan
            && !shares
            && !economy
        {
            measure = Measure::Level;
        }
        // `39% urbanization rate`: the rate itself.
        if is_rate
            && measure == Measure::Share
            && bare_noun
            && line.words.lexicon.english
            && tail
                .first()
                .is_some_and(|item| item.has(mark::ALIAS) && !item.has(mark::NOUN))
        {
            measure = Measure::Level;
        }
        context.field = Some(chosen.field);
    }
    if named_rate && indicator.is_none() && code == "%" && measure == Measure::Change && !plan {
        unit = units.find("pp");
    }
    // A part of a share: `80% of communes, of which 30% at advanced level`.
    if part
        && percent
        && before.is_none()
        && content == 0
        && matches!(lead_word, Lead::None | Lead::Remain)
        && !plan
        && noun_at.is_none()
        && around.follows
    {
        indicator = None;
        measure = context
            .last
            .filter(|last| matches!(last.measure, Measure::Level | Measure::Share))
            .map_or(measure, |last| last.measure);
    }
    let planned = gap
        .iter()
        .rev()
        .take(6)
        .any(|item| item.has(mark::PLANWORD) && !item.has(mark::ESTIMATE));
    let mut of_plan = false;
    if let Some(last) = context
        .last
        .filter(|_| around.follows && planned && before.is_none_or(|item| item.has(mark::PLANWORD)))
    {
        if money && line.indicator_is(last.indicator, "investment.public_disbursement_rate") {
            // `46.1% of a plan of more than VND 12,000 billion`
            indicator = line.catalogue.find("investment.public_plan");
            of_plan = true;
        } else if percent
            && !plan
            && content == 0
            && measure != Measure::Change
            && units.get(last.unit).is_percentage()
            && gap.iter().any(|item| item.has(mark::COMPARE))
        {
            // `7.62 per cent against a target of 7.5 per cent`
            indicator = last.indicator;
            measure = last.measure;
        }
    }
    if of_those {
        indicator = None;
        concept = Some(0);
    }
    // `a 2.97 trillion dong project`
    let project_word = tail.first().is_some_and(|item| {
        matches!(
            line.text(item),
            "project"
                | "bridge"
                | "road"
                | "expressway"
                | "highway"
                | "hospital"
                | "plant"
                | "port"
                | "airport"
                | "scheme"
        )
    });
    if money
        && indicator.is_none()
        && project_word
        && gap
            .iter()
            .rev()
            .take(3)
            .any(|item| matches!(line.text(item), "a" | "an" | "the"))
    {
        indicator = line.catalogue.find("investment.project_cost");
    }
    // `1,350 homes were built at a cost of VND67.5 billion`; `60 poor households have escaped poverty`
    if line.indicator_is(indicator, "investment.project_cost")
        && context
            .last
            .is_some_and(|last| around.follows && units.get(last.unit).as_str() == "house")
        || line.indicator_is(indicator, "poverty.households")
            && tail.iter().take(6).any(|item| {
                item.has(mark::ALIAS) && line.concept(item) == 0 && line.text(item).ends_with("poverty")
            })
    {
        indicator = None;
    }
    if let Some(last) = context.last.filter(|_| around.follows && indicator.is_none()) {
        let is = |code: &str| line.indicator_is(last.indicator, code);
        if percent
            && of_whole
            && is("poverty.households")
            && tail.iter().take(4).any(|item| item.has(mark::NOUN))
        {
            // `poor households numbered 31,280, 8.11% of all households`
            indicator = line.catalogue.find("poverty.rate");
        } else if percent
            && before.is_none()
            && matches!(measure, Measure::Share | Measure::Change)
            && gap.iter().any(|item| item.has(mark::PLANWORD | mark::AGAINST))
        {
            // `thu 3.017,5 tỷ đồng; so với dự toán giao đạt 48,3%`
            indicator = last.indicator;
        } else if elided && !part && measure == Measure::Level && units.get(unit).as_str() == "visitor" {
            // `3.6 million visitors so as to welcome 15 million in the whole year`
            indicator = last.indicator;
        } else if units.get(unit).as_str() == "point" && units.get(last.unit).is_percentage() {
            // `62.3 per cent had gone out, 8.1 points more than at the same time in 2024`
            indicator = last.indicator;
            unit = units.find("pp");
            measure = Measure::Change;
        } else if number.unit == 0 && noun_at.is_none() && is("plan.targets") {
            // `of the 21 targets, the province met or exceeded 15`
            let met = gap.iter().rev().take(3).any(|item| {
                matches!(
                    line.text(item),
                    "met" | "exceeded" | "achieved" | "fulfilled" | "completed"
                )
            });
            if met {
                indicator = last.indicator;
            }
        }
    }
    if indicator.is_none()
        && money
        && context.disbursing
        && gap.first().is_some_and(|item| line.text(item) == "Of")
    {
        indicator = line.catalogue.find("investment.public_plan");
    }
    // `200 livelihood models were set up`: no enterprises.
    if noun_at.is_some()
        && line.indicator_is(indicator, "enterprise.new")
        && noun_at.is_some_and(|at| {
            !matches!(
                units.get(line.words.entry(&line.items[at]).noun).as_str(),
                "enterprise" | "household business" | "unit"
            )
        })
    {
        indicator = None;
    }
    // Disbursement, place by place: `Hai Phong's rate rose to 73.4%`, `Lai Chau (23.8%)`.
    let disburses = |concept: u16| {
        line.catalogue.concept(concept).indicators.iter().any(|index| {
            line.catalogue.indicators[usize::from(*index)]
                .code
                .as_str()
                .starts_with("investment.public_disburse")
        })
    };
    let speaks = gap
        .iter()
        .chain(tail.iter().take(8))
        .any(|item| item.has(mark::ALIAS) && disburses(line.concept(item)));
    if speaks {
        context.disbursing = true;
    } else if indicator.is_some_and(|index| line.catalogue.field(index) != "investment")
        || before_concept.is_some_and(|found| !disburses(found))
    {
        context.disbursing = false;
    }
    if context.disbursing
        && !speaks
        && percent
        && indicator.is_none()
        && before.is_none()
        && !of_whole
        && !bare_noun
        && measure == Measure::Level
    {
        indicator = line.catalogue.find("investment.public_disbursement_rate");
    }
    // `giải ngân tối thiểu 45%` is a part of the plan; `tỷ lệ giải ngân 45%` is a level.
    if percent
        && measure == Measure::Level
        && speaks
        && indicator.is_some()
        && indicator == line.catalogue.find("investment.public_disbursement_rate")
        && !line.items[around.sentence..around.to].iter().any(|item| {
            let text = line.text(item);
            text.contains("ỷ lệ") || text.contains("rate")
        })
    {
        measure = Measure::Share;
    }
    // `đối chiếu với kế hoạch HĐND tỉnh giao (9.477,5 tỷ đồng)`, `TP. Hồ Chí Minh được giao 79.263 tỷ đồng`
    let assigned = |item: &Item| {
        matches!(
            line.text(item),
            "giao" | "được giao" | "tỉnh giao" | "assigned" | "allocated"
        )
    };
    if context.disbursing
        && money
        && indicator.is_none()
        && before.is_none()
        && measure == Measure::Level
        && gap.iter().rev().take(8).any(assigned)
    {
        indicator = line.catalogue.find("investment.public_plan");
    }
    // What is attracted from abroad: `Thu hút đầu tư nước ngoài: …, vốn đăng ký 166 triệu USD`.
    let goes_on = around.follows && context.last.is_some_and(|last| last.indicator == indicator);
    if code == "USD"
        && !goes_on
        && indicator.is_some()
        && indicator == line.catalogue.find("investment.attracted")
    {
        let foreign = line.catalogue.find("fdi.registered");
        let abroad = |item: &Item| {
            item.has(mark::ALIAS)
                && foreign.is_some_and(|foreign| {
                    line.catalogue
                        .concept(line.concept(item))
                        .indicators
                        .contains(&foreign)
                })
        };
        let close = tail.iter().take_while(|item| !matches!(item.what, What::Sign(_)));
        if line.items[around.sentence..around.at]
            .iter()
            .chain(close)
            .any(abroad)
        {
            indicator = foreign;
        }
    }
    if number.unit == 0
        && indicator.is_none()
        && before.is_none()
        && units.get(unit).as_str() == "point"
        && context
            .field
            .is_some_and(|field| line.catalogue.field_name(field) == "governance")
    {
        indicator = line.catalogue.find("governance.pci");
    }
    let mut per = number.per;
    if let Some(index) =
        indicator.filter(|_| per == 0 && matches!(measure, Measure::Level | Measure::Change) && money)
    {
        let own = units
            .get(line.catalogue.indicators[usize::from(index)].unit)
            .as_str();
        if let Some((_, denominator)) = own.split_once('/') {
            per = units.find(denominator);
        }
    }
    if per == 0 && money && measure == Measure::Level && indicator.is_none() {
        let text = before.map_or("", |item| line.text(item));
        if [
            "per capita",
            "per person",
            "per head",
            "average income",
            "income of the",
            "đầu người",
            "bình quân/người",
        ]
        .iter()
        .any(|word| text.contains(word))
        {
            per = units.find("person");
        }
    }
    if let Some(last) = context
        .last
        .filter(|last| around.follows && per == 0 && !money && last.per != 0 && last.unit == number.unit)
    {
        per = last.per;
    }
    // Money that came in is a level even where the text says that it was added: `tăng thêm 2,5 tỷ USD`.
    if measure == Measure::Change
        && indicator.is_some_and(|index| {
            matches!(
                line.catalogue.indicators[usize::from(index)].code.as_str(),
                "fdi.registered" | "investment.attracted"
            )
        })
        && money
        && number.signed == 0
        && !down
    {
        measure = Measure::Level;
    }
    let reduction = indicator.is_some_and(|index| {
        line.catalogue.indicators[usize::from(index)].code.as_str() == "poverty.reduction"
    });
    let negative = matches!(measure, Measure::Growth | Measure::Change)
        && lead_word == Lead::Down
        && number.low.mantissa > 0
        && !reduction;

    // --- when, and how told
    let flow = indicator.map(|index| line.catalogue.indicators[usize::from(index)].flow);
    let own = before.is_some() || content > 0;
    let cue = cue(line, around, measure);
    let yearly = (number.yearly
        || gap.iter().any(|item| item.has(mark::YEARRATE))
        || tail
            .iter()
            .take(4)
            .take_while(|item| !matches!(item.what, What::Sign(_)))
            .any(|item| item.has(mark::YEARRATE)))
        && (measure != Measure::Level || !money || flow == Some(true));
    // `By 2030 the arrivals should climb to 13 million a year`: of that year.
    let by_year = line.words.lexicon.english
        && measure == Measure::Level
        && line.items[around.start..around.at].iter().any(|item| {
            matches!(item.what, What::Period(index) if line
                .periods
                .get(index as usize)
                .is_some_and(|named| !named.compared && matches!(named.period, TimePeriod::Year(_))))
        });
    let yearly = yearly && !by_year;
    let plan_count = plan_noun(units.get(unit).as_str())
        || indicator.is_some_and(|index| line.catalogue.field(index) == "plan");
    let asked = context.telling.asks() || cue == Some(Kind::Request);
    let guess = cue.unwrap_or_else(|| context.telling.guess());
    let state = !yearly
        && match flow {
            Some(flow) => !flow && matches!(measure, Measure::Level | Measure::Share),
            None => {
                matches!(measure, Measure::Level | Measure::Share)
                    && !plan_count
                    && !money
                    && !economy
                    && (percent || number.unit != 0 || guess != Kind::Actual)
            }
        };
    let sure_state = state
        && (indicator.is_some()
            || percent
            || per != 0
            || matches!(code, "ha" | "MW" | "km2" | "km")
            || gap.iter().any(|item| {
                item.has(mark::ACTUAL) && matches!(line.text(item), "hiện" | "hiện có" | "đang")
            }));
    let delegates = units.get(unit).as_str() == "delegate";
    let event = !percent && !money && (gap.iter().any(|item| item.has(mark::EVENT)) || delegates);
    let period = period(
        line,
        around,
        context,
        anchor,
        yearly,
        state,
        sure_state && !asked,
        guess,
        plan_count,
        event,
        delegates,
    );
    let counts_members = indicator.is_some_and(|index| {
        line.catalogue.indicators[usize::from(index)].code.as_str() == "governance.party_members"
    }) || matches!(units.get(unit).as_str(), "party cell" | "party organisation");
    let project = indicator.is_some_and(|index| {
        line.catalogue.indicators[usize::from(index)].code.as_str() == "investment.project_cost"
    });
    let plans = indicator.is_some_and(|index| {
        line.catalogue.indicators[usize::from(index)].code.as_str() == "investment.public_plan"
    });
    let published_later = indicator.is_some_and(|index| {
        matches!(
            line.catalogue.indicators[usize::from(index)].code.as_str(),
            "governance.pci" | "governance.par_index"
        )
    });
    let period = match (period, anchor.date) {
        // Members are those of the day, not of the term to come: `nhiệm kỳ 2025 - 2030, thay mặt 136.000 đảng viên`.
        (None, Some(date)) if counts_members && guess == Kind::Actual => Some(TimePeriod::Year(date.year())),
        (Some(TimePeriod::Span(Simple::Year(_), Simple::Year(to))), Some(date))
            if counts_members && to > date.year() && guess == Kind::Actual =>
        {
            Some(TimePeriod::Year(date.year()))
        }
        (Some(TimePeriod::Year(year)), Some(date)) if counts_members && year > date.year() => {
            Some(TimePeriod::Year(date.year()))
        }
        (None, Some(date)) if plans && context.on_disbursement => Some(TimePeriod::Year(date.year())),
        // A plan is of its year: `đối chiếu với kế hoạch giao (9.477 tỷ đồng)` in an account of four months.
        (Some(period), _)
            if plans
                && !matches!(period, TimePeriod::Span(Simple::Year(_), _))
                && period.start().year() == period.end().year() =>
        {
            Some(TimePeriod::Year(period.start().year()))
        }
        // An index of provinces is told of in the year after its own.
        (None | Some(TimePeriod::Year(_)), Some(date))
            if published_later && context.period.is_none() && guess == Kind::Actual =>
        {
            Some(TimePeriod::Year(date.year() - 1))
        }
        // What is done at an event is of its day: `Ngày 30/7, … Dự Đại hội có 198 đại biểu`, told on the next.
        (Some(TimePeriod::Day(day)), Some(date)) if event && day == date => anchor.day.filter(|named| {
            matches!(named, TimePeriod::Day(named) if *named < date && named.year() == date.year() && named.month() + 1 >= date.month())
        }).or(period),
        // A project costs what it costs, whatever the document reports on.
        _ if project && context.period.is_none() => None,
        _ => period,
    };
    let told = Told {
        line,
        around,
        number,
        measure,
        unit: units.get(unit).as_str(),
        indicator: indicator.map(|index| line.catalogue.indicators[usize::from(index)].code.as_str()),
        concept,
        own,
        part,
        event,
        period,
        spoken: context.period,
        at_least: tail.iter().take(4).any(|item| item.has(mark::AFTER)),
        date: anchor.date,
        last: context.last.filter(|_| around.follows),
    };
    let kind = context.telling.kind(&told);
    // What a project costs and how long it is, is told, also where the project itself is still a plan.
    let long = tail
        .first()
        .is_some_and(|item| matches!(line.text(item), "long" | "in length"));
    let bracketed_length = (bracket || long) && line.indicator_is(indicator, "transport.road_length");
    let kind = if kind == Kind::Target
        && (bracketed_length || line.indicator_is(indicator, "investment.project_cost"))
    {
        Kind::Actual
    } else {
        kind
    };
    // A project's cost and length are of no year, unless the clause names one.
    let timeless = line.indicator_is(indicator, "investment.project_cost")
        || bracketed_length
        || (kind != Kind::Target
            && (line.indicator_is(indicator, "transport.road_length")
                || line.indicator_is(indicator, "land.cleared_area") && kind != Kind::Actual));
    let named = |item: &Item| matches!(item.what, What::Period(_));
    let period = period.filter(|_| {
        !timeless
            || percent
            || line.items[around.start..around.at].iter().any(named)
            || tail
                .iter()
                .take(6)
                .take_while(|item| !matches!(item.what, What::Sign(_)))
                .any(named)
    });
    // `to 5.35% at the end of 2018 from 6.7% a year earlier`, `went from 27.8% to 23.3% a year later`
    let period = match (period, year_away(line, around)) {
        (Some(spoken), _) if of_plan && !tail.iter().take(4).any(named) => {
            Some(TimePeriod::Year(spoken.start().year()))
        }
        (Some(TimePeriod::Year(year)), Some(away)) if measure == Measure::Level => {
            Some(TimePeriod::Year(year + away))
        }
        _ => period,
    };
    Meaning {
        unit,
        per,
        bound: if measure == Measure::Change && plan {
            Bound::Eq
        } else {
            crate::bound::bound(line.words, line.items, around.at, number.high.is_some())
        },
        measure,
        indicator,
        period,
        place: context.place,
        kind,
        negative,
        reduces: reduction,
        counted: if number.unit == 0 && !ratio && unit != 0 {
            unit
        } else {
            context
                .last
                .filter(|_| around.follows)
                .map_or(0, |last| last.counted)
        },
        named: before
            .and_then(|alias| {
                line.items[..around.at]
                    .iter()
                    .rposition(|item| item.start == alias.start)
            })
            .or(context.last.filter(|_| around.follows).map(|last| last.named))
            .unwrap_or(around.from),
        spent,
        concept: concept.or(inherited),
    }
}

/// What stands after a sum said again in brackets: `1.59 trillion VND (71.4 million USD) for the budget`.
fn after_bracket(line: Line<'_>, at: usize) -> Option<(usize, &Item)> {
    let rest = line.items.get(at + 1..)?;
    if !rest.first()?.is_sign(b'(') {
        return None;
    }
    let close = rest.iter().take(6).position(|item| item.is_sign(b')'))?;
    rest.iter()
        .enumerate()
        .skip(close + 1)
        .take(4)
        .take_while(|(_, item)| item.what == What::Word)
        .find(|(_, item)| item.has(mark::ALIAS))
}

/// `from 6.7% a year earlier`: how many years away from the year named before.
fn year_away(line: Line<'_>, around: Around) -> Option<i16> {
    let item = line.tail(around).iter().take(3).find(|item| {
        let text = line.text(item);
        text.starts_with("a year") || text == "year"
    })?;
    let text = line.text(item);
    if text.ends_with("earlier") || text.ends_with("before") {
        let from = around.at > around.from && line.items[around.at - 1].has(mark::FROM);
        return from.then_some(-1);
    }
    let next = line.items.iter().find(|other| other.start > item.start)?;
    (line.text(next) == "later").then_some(1)
}

/// A count whose noun is that of the figure before: `33 targets, of which 10 are economic`, `15 more`.
pub(crate) fn elided(line: Line<'_>, around: Around, last: Option<&Meaning>) -> bool {
    let Some(last) = last.filter(|_| around.follows) else {
        return false;
    };
    let last = Meaning {
        unit: last.counted,
        ..*last
    };
    let unit = line.units.get(last.unit);
    if last.unit == 0
        || unit.is_money()
        || unit.is_percentage()
        || matches!(unit.as_str(), "time" | "ha" | "ton" | "km")
    {
        return false;
    }
    line.tail(around).first().is_some_and(|next| {
        matches!(
            line.text(next),
            "are"
                | "is"
                | "were"
                | "was"
                | "at"
                | "have"
                | "had"
                | "more"
                | "others"
                | "came"
                | "come"
                | "of"
                | "for"
                | "in"
                | "with"
                | "existing"
                | "other"
        )
    })
}

fn plan_noun(unit: &str) -> bool {
    matches!(
        unit,
        "target"
            | "task"
            | "breakthrough"
            | "solution"
            | "perspective"
            | "direction"
            | "group"
            | "pillar"
            | "scheme"
            | "objective"
            | "programme"
            | "principle"
            | "priority"
            | "content"
            | "field"
            | "resolution"
    )
}

/// Of which field the text speaks, after an alias.
pub(crate) fn set_field(line: Line<'_>, item: &Item, context: &mut Context) {
    let concept = line.catalogue.concept(line.concept(item));
    if concept.conditional {
        return;
    }
    let field = match (&concept.field, concept.indicators.first()) {
        (Some(field), _) => *field,
        (None, Some(index)) => line.catalogue.indicators[usize::from(*index)].field,
        (None, None) => return,
    };
    let named = |field: u8| line.catalogue.field_name(field);
    if concept.field.is_some() && named(field) == "investment" && context.field.map(named) == Some("fdi") {
        return;
    }
    context.field = Some(field);
}

/// An alias that can be the subject: no mere field word, and not one of another field.
fn usable(line: Line<'_>, item: &Item, field: Option<u8>) -> bool {
    let concept = line.catalogue.concept(line.concept(item));
    concept.field.is_none() && (!concept.conditional || speaks_of(line, concept, field))
}

/// The part that a field has in the economy.
fn share_of_grdp(line: Line<'_>, concept: Option<u16>) -> Option<u16> {
    let concept = line.catalogue.concept(concept?);
    concept.indicators.iter().copied().find(|index| {
        let code = line.catalogue.indicators[usize::from(*index)].code.as_str();
        code.starts_with("grdp.share_") || code == "investment.to_grdp"
    })
}

/// Where the counted noun stands after the number, as an offset into its tail.
fn noun(line: Line<'_>, around: Around) -> Option<usize> {
    let tail = line.tail(around);
    for (offset, item) in tail.iter().take(6).enumerate() {
        if matches!(item.what, What::Sign(b'"' | b'-' | b'\'')) {
            continue;
        }
        if matches!(item.what, What::Number(_) | What::Period(_) | What::Sign(_)) {
            return None;
        }
        if item.has(mark::NOUN) && !(item.has(mark::FUNC) && offset > 0) {
            // English: the head of `job sessions` is the last noun.
            let head = tail.get(offset + 1).is_some_and(|next| {
                next.has(mark::NOUN) && !next.has(mark::FUNC | mark::STOP | mark::NOTCOUNT)
            });
            return Some(if line.words.lexicon.english && head {
                offset + 1
            } else {
                offset
            });
        }
        if item.has(mark::ALIAS) && offset == 0 {
            return Some(offset);
        }
        if item.has(mark::STOP | mark::COMPARE | mark::WHOLE) && !(offset == 0 && line.text(item) == "of") {
            return None;
        }
    }
    None
}

/// The nearest word before the number that tells how it is meant.
fn cue(line: Line<'_>, around: Around, measure: Measure) -> Option<Kind> {
    for item in line.gap(around).iter().rev() {
        if item.marks & (mark::ESTIMATE | mark::TARGET | mark::REQUEST | mark::ACTUAL) == 0 {
            continue;
        }
        // The plan against which something is measured is no sign of a target.
        let plan_only = item.has(mark::PLANWORD) && (measure != Measure::Level || around.follows);
        if item.has(mark::REQUEST) {
            return Some(Kind::Request);
        }
        if item.has(mark::ESTIMATE) {
            return Some(Kind::Estimate);
        }
        if item.has(mark::TARGET) && !plan_only {
            return Some(Kind::Target);
        }
        if item.has(mark::ACTUAL) {
            return Some(Kind::Actual);
        }
    }
    None
}

#[expect(
    clippy::too_many_arguments,
    clippy::fn_params_excessive_bools,
    reason = "one rule reads them all"
)]
fn period(
    line: Line<'_>,
    around: Around,
    context: &mut Context,
    anchor: &Anchor,
    yearly: bool,
    state: bool,
    sure_state: bool,
    guess: Kind,
    plan_count: bool,
    event: bool,
    delegates: bool,
) -> Option<TimePeriod> {
    let named = |item: &Item| match item.what {
        What::Period(index) => line
            .periods
            .get(index as usize)
            .filter(|named| !named.compared)
            .map(|named| named.period),
        _ => None,
    };
    let after = line
        .tail(around)
        .iter()
        .take(8)
        .take_while(|item| {
            let sign = matches!(item.what, What::Sign(b',' | b'(' | b')' | b':'));
            let than = item.has(mark::BOUND) && line.text(item).ends_with("than");
            !sign && !than && !item.has(mark::AND | mark::ACTUAL | mark::WHOLE | mark::COMPARE)
        })
        .find_map(named);
    let before = line.items[around.start..around.at].iter().rev().find_map(named);
    if let Some(before) = before {
        context.period = Some(before);
    }
    // `23 targets, of which 17 were achieved`: of the term of the 23.
    let part_of_count = around.follows && line.gap(around).iter().any(|item| item.has(mark::WHOLE));
    let own_term = context.own_term.filter(|_| {
        plan_count
            && !part_of_count
            && context.congress
            && before.is_none()
            && after.is_none()
            && (guess != Kind::Actual
                || context.period.is_none() && !line.periods.iter().any(|named| named.term))
    });
    if own_term.is_some() {
        return own_term;
    }
    // `The Congress chose three breakthroughs`: of the term that it opens.
    let subject = plan_count
        && context.congress
        && line.items[around.sentence..around.at]
            .iter()
            .any(|item| item.has(mark::CONGRESS))
        && !line.items[around.sentence..around.at]
            .iter()
            .any(|item| named(item).is_some());
    if subject && after.is_none() {
        let own = anchor
            .date
            .map(|date| date.year() - date.year() % 5)
            .and_then(|from| TimePeriod::years(from, from + 5).ok());
        if let Some(own) = context.own_term.or(own) {
            return Some(own);
        }
    }
    let ahead = |period: TimePeriod| {
        anchor
            .date
            .is_some_and(|date| period.start().year() > date.year())
    };
    let mut period = after.or(context.period);
    let bare = before.is_none() && after.is_none();
    let says_now = |item: &Item| {
        matches!(
            line.text(item),
            "hiện"
                | "hiện có"
                | "nay"
                | "đến nay"
                | "Đến nay"
                | "thay mặt"
                | "today"
                | "at present"
                | "At present"
                | "on behalf of"
                | "representing"
                | "hiện nay"
                | "Hiện"
                | "Hiện nay"
                | "now"
                | "currently"
                | "Currently"
                | "Now"
        )
    };
    if bare && !context.teaser && line.items[around.start..around.at].iter().any(says_now) {
        return context
            .report
            .filter(|report| !ahead(*report))
            .or(anchor.date.map(|date| TimePeriod::Year(date.year())));
    }
    if (context.telling.asks() || guess == Kind::Request) && before.is_none() && after.is_none() {
        return None;
    }
    let event_last = line
        .gap(around)
        .iter()
        .rev()
        .find(|item| item.has(mark::EVENT) || named(item).is_some())
        .is_some_and(|item| item.has(mark::EVENT));
    let term_only = matches!(
        before,
        Some(TimePeriod::Span(Simple::Year(_), _) | TimePeriod::Day(_))
    );
    if event && (before.is_none() || event_last || (delegates && term_only)) && after.is_none() {
        return anchor.date.map(TimePeriod::Day);
    }
    if let Some(after) = after {
        context.period = Some(after);
    }
    if period.is_none() && context.teaser {
        return None;
    }
    let several = |period: &TimePeriod| matches!(period, TimePeriod::Span(Simple::Year(_), _));
    if yearly && !period.as_ref().is_some_and(several) {
        if let Some(years) = context
            .years
            .or(context.plan_years.filter(|_| guess == Kind::Target))
        {
            return Some(years);
        }
        if let Some((from, to)) = anchor.term.filter(|_| guess == Kind::Target && period.is_none()) {
            return TimePeriod::years(from, to).ok();
        }
    }
    let term = anchor
        .term
        .and_then(|(from, to)| TimePeriod::years(from, to).ok());
    if period.is_none() && plan_count && context.congress {
        let own = anchor
            .date
            .map(|date| date.year() - date.year() % 5)
            .and_then(|from| TimePeriod::years(from, from + 5).ok());
        period = term.or(own);
    }
    if period.is_none() {
        // What stands so is of no year to come.
        let stands = sure_state
            && line.gap(around).iter().any(|item| {
                matches!(
                    line.text(item),
                    "stands at" | "stands" | "stood at" | "still stands at"
                )
            });
        period = context
            .account
            .or(context.report)
            .filter(|spoken| !stands || !ahead(*spoken));
    }
    if period.is_none() && guess == Kind::Target {
        period = term;
    }
    if period.is_none() && sure_state {
        period = anchor.date.map(|date| TimePeriod::Year(date.year()));
    }
    if state {
        // «The past five years» stay five where money was given in them.
        let past = |from: i16, to: i16| {
            to - from == 4
                && anchor.date.is_some_and(|date| date.year() == to)
                && guess == Kind::Actual
                && context.past_years
        };
        match period {
            Some(TimePeriod::Span(Simple::Year(from), Simple::Year(to))) if !past(from, to) => {
                period = Some(TimePeriod::Year(to));
            }
            _ => {}
        }
    }
    period
}
