//! Small documents, figures and values to record.

use plan::{Act, Block, Candidate, Document, Edition, Fact, FoundFigure, ObsStatus, Observation};
use plan::{Source, Target, Way};
use store::Writing;
use terms::{
    Bound, Decimal, IndicatorCode, Kind, Language, Measure, RefArea, TimePeriod, Timestamp, UnitMeasure,
};

pub(crate) const TEXT: &str = "Tỷ lệ hộ nghèo giảm 3,51 điểm, còn 17,78%. Kế hoạch là 17,66%.";

pub(crate) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_750_000_000 + second).unwrap()
}

pub(crate) fn code(code: &str) -> IndicatorCode {
    IndicatorCode::new(code).unwrap()
}

pub(crate) fn observation(value: &str) -> Observation {
    Observation {
        indicator: code("poverty.rate"),
        ref_area: RefArea::from_static("VN-11"),
        time_period: TimePeriod::Year(2025),
        measure: Measure::Level,
        edition: Edition::Official,
        status: ObsStatus::Normal,
        obs_value: value.parse().unwrap(),
        upper: None,
        bound: Bound::Eq,
        price_basis: None,
        scope: None,
    }
}

pub(crate) fn target(value: &str) -> Target {
    Target {
        indicator: code("poverty.rate"),
        ref_area: RefArea::from_static("VN-11"),
        due: TimePeriod::Year(2025),
        measure: Measure::Level,
        value: value.parse().unwrap(),
        upper: None,
        bound: Bound::Le,
        price_basis: None,
        scope: None,
        baseline: Some((TimePeriod::Year(2024), Decimal::new(2129, 2))),
        way: Way::default(),
    }
}

pub(crate) fn source(title: &str) -> Source {
    Source {
        document: None,
        span: None,
        quote: "còn 17,78%".to_owned(),
        title: title.to_owned(),
        publisher: "Báo Điện Biên Phủ".to_owned(),
        date: Some("2026-01-31".parse().unwrap()),
        url: None,
    }
}

pub(crate) fn recorded(fact: Fact, title: &str) -> Act {
    Act::FactRecorded {
        fact,
        source: source(title),
        replaces: None,
        reason: "biểu số liệu".to_owned(),
    }
}

fn figure(surface: &str, kind: Kind) -> FoundFigure {
    let from = TEXT.find(surface).unwrap();
    let sentence = if kind == Kind::Target {
        TEXT.find("Kế").unwrap()..TEXT.len()
    } else {
        0..TEXT.find(" Kế").unwrap()
    };
    FoundFigure {
        span: (from, from + surface.len()),
        quote: (sentence.start, sentence.end),
        candidate: Candidate {
            value: surface.trim_end_matches('%').replace(',', ".").parse().unwrap(),
            upper: None,
            unit: UnitMeasure::PERCENT,
            bound: Bound::Eq,
            measure: Measure::Level,
            indicator: Some(code("poverty.rate")),
            period: Some(TimePeriod::Year(2025)),
            place: Some(RefArea::from_static("VN-11")),
            kind,
        },
    }
}

/// Keeps a document whose bytes are the text and `tail`, and gives the act that adds it with two figures.
pub(crate) async fn document(writing: &mut Writing, tail: &str) -> Act {
    let sha256 = writing
        .keep_bytes(format!("{TEXT}{tail}").as_bytes())
        .await
        .unwrap();
    let text_sha256 = writing.keep_bytes(TEXT.as_bytes()).await.unwrap();
    Act::DocumentAdded {
        document: Document {
            sha256,
            size_bytes: (TEXT.len() + tail.len()) as u64,
            text_sha256,
            blocks: vec![Block {
                kind: terms::BlockKind::Paragraph,
                span: (0, TEXT.len()),
                anchor: terms::Anchor::Line(1),
            }],
            name: "bao-cao.txt".to_owned(),
            format: "txt".to_owned(),
            title: "Báo cáo kinh tế - xã hội".to_owned(),
            publisher: "UBND tỉnh".to_owned(),
            date: Some("2026-01-31".parse().unwrap()),
            place: Some(RefArea::from_static("VN-11")),
            language: Language::Vi,
            url: None,
        },
        figures: vec![figure("17,78%", Kind::Actual), figure("17,66%", Kind::Target)],
    }
}
