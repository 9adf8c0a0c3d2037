//! Where a value comes from: a link to the sentence, or the publication.

use app::view::SourceView;
use maud::{Markup, html};
use terms::Language;

use crate::ask::Ask;
use crate::parts::{report, simulated};

/// The address of the sentence in the register's document, or of the whole story of a value that a report told.
pub(crate) fn href(ask: &Ask, source: &SourceView) -> Option<String> {
    if let Some((key, line)) = &source.report {
        return Some(report::href(ask, key, &format!("/value/{line}")));
    }
    let document = source.document?;
    Some(match source.figure {
        Some(figure) => ask.href(&format!(
            "/documents/{document}?figure={figure}#f{}",
            figure.ordinal
        )),
        None => ask.href(&format!("/documents/{document}")),
    })
}

/// A short link: title and day, going to the sentence.
pub(crate) fn short(ask: &Ask, sources: &[SourceView]) -> Markup {
    let Some(first) = sources.first() else {
        return html! {};
    };
    let day = first.date.map(|date| i18n::date::short(ask.language, date));
    html! {
        span.source {
            @match href(ask, first).or_else(|| first.url.clone()) {
                Some(href) => { a href=(href) { (ask.t("web-source")) @if let Some(day) = day { " " (day) } } },
                None => { (first.publisher) @if let Some(day) = day { ", " (day) } },
            }
            (simulated::badge(ask, sources))
            @if 1 < sources.len() {
                span.muted { " +" (sources.len() - 1) }
            }
        }
    }
}

/// The sentence, with title, publisher and day.
pub(crate) fn full(ask: &Ask, source: &SourceView) -> Markup {
    html! {
        figure.quote {
            @if !source.quote.is_empty() { blockquote lang=[other_language(ask, &source.quote)] { p { (source.quote) } } }
            figcaption {
                (simulated::badge(ask, std::slice::from_ref(source))) " "
                @match href(ask, source) {
                    Some(href) => { a href=(href) lang=[other_language(ask, &source.title)] { (source.title) } },
                    None => { cite lang=[other_language(ask, &source.title)] { (source.title) } },
                }
                @if !source.publisher.is_empty() { " · " (source.publisher) }
                @if let Some(date) = source.date { " · " (i18n::date::short(ask.language, date)) }
                @if let (Some(_), Some(href)) = (&source.report, href(ask, source)) {
                    " · " a href=(href) { (ask.t("report-story-link")) }
                }
                @if let Some(url) = source.url.as_deref().filter(|url| is_web(url)) {
                    " · " a href=(url) rel="external noopener" { (ask.t("web-source-original")) }
                }
            }
        }
    }
}

/// The language of a title or sentence, where it is not the page's: a screen reader then says it as it is meant.
pub(crate) fn other_language(ask: &Ask, text: &str) -> Option<&'static str> {
    let told = i18n::language_of(text).filter(|told| *told != ask.language);
    told.map(Language::code)
}

/// The paper in a line of text: «title», publisher, day.
pub(crate) fn paper(ask: &Ask, source: &SourceView) -> String {
    let title = ask.ta("web-source-quoted", &[("title", source.title.as_str().into())]);
    let publisher = Some(source.publisher.clone()).filter(|publisher| !publisher.is_empty());
    let day = source.date.map(|date| i18n::date::short(ask.language, date));
    let parts: Vec<String> = [title].into_iter().chain(publisher).chain(day).collect();
    parts.join(", ")
}

/// Only addresses of the web become links: a document could carry any other.
pub(crate) fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}
