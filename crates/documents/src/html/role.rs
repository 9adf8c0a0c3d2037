//! What the elements of a page are for, by their names, roles and classes.

use scraper::node::Element;

/// What an element's content is besides the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// Menus, forms, page heads and feet.
    Furniture,
    /// Lines about other articles.
    Teaser,
}

/// Words of class names and ids, whole words parted by `-`, `_` and spaces.
const FURNITURE: &[&str] = &[
    "menu",
    "nav",
    "navbar",
    "breadcrumb",
    "breadcrumbs",
    "footer",
    "header",
    "topbar",
    "sidebar",
    "social",
    "share",
    "sharing",
    "comment",
    "comments",
    "binhluan",
    "advert",
    "ads",
    "adv",
    "banner",
    "quangcao",
    "cookie",
    "login",
    "popup",
    "modal",
    "toolbar",
    "tags",
    "tag",
    "pagination",
    "pager",
    "search",
    "copyright",
    "newsletter",
    "subscribe",
    "hotline",
    "rating",
];
/// As above, for teasers.
const TEASER: &[&str] = &[
    "related",
    "relate",
    "recommend",
    "recommended",
    "teaser",
    "teasers",
    "tinlienquan",
    "lienquan",
    "tinkhac",
    "tinmoi",
    "docthem",
    "xemthem",
    "readmore",
    "docnhieu",
    "mostread",
    "mostview",
    "morenews",
    "othernews",
];
/// As above, two words that follow each other.
const TEASER_PAIRS: &[(&str, &str)] = &[
    ("lien", "quan"),
    ("tin", "khac"),
    ("tin", "moi"),
    ("doc", "them"),
    ("xem", "them"),
    ("doc", "nhieu"),
    ("read", "more"),
    ("read", "also"),
    ("most", "read"),
    ("more", "news"),
    ("other", "news"),
    ("latest", "news"),
    ("recent", "news"),
    ("see", "also"),
];

/// The role of an element, where it has one.
pub(super) fn of(element: &Element) -> Option<Role> {
    let named = match element.name() {
        "nav" | "footer" | "aside" | "form" | "button" | "select" | "dialog" | "menu" => {
            Some(Role::Furniture)
        }
        _ => None,
    };
    let role = element.attr("role").and_then(|role| match role {
        "navigation" | "banner" | "contentinfo" | "search" | "complementary" | "menu" | "dialog" => {
            Some(Role::Furniture)
        }
        _ => None,
    });
    // The whole page is sometimes called «has-sidebar»; and an article's own header is no furniture.
    if matches!(element.name(), "html" | "body" | "main" | "article" | "p" | "h1") {
        return named.or(role);
    }
    named.max(role).max(by_class(element))
}

fn by_class(element: &Element) -> Option<Role> {
    let mut found = None;
    for value in [element.attr("class"), element.attr("id")].into_iter().flatten() {
        let folded = value.to_ascii_lowercase();
        let words: Vec<&str> = folded
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|w| !w.is_empty())
            .collect();
        let pair = words
            .windows(2)
            .any(|pair| TEASER_PAIRS.contains(&(pair[0], pair[1])));
        if pair || words.iter().any(|word| TEASER.contains(word)) {
            return Some(Role::Teaser);
        }
        if words.iter().any(|word| FURNITURE.contains(word)) {
            found = Some(Role::Furniture);
        }
    }
    found
}

/// Whether nothing of the element shows as text on the page.
pub(super) fn is_unseen(element: &Element) -> bool {
    let style = || {
        element
            .attr("style")
            .unwrap_or_default()
            .replace(' ', "")
            .to_ascii_lowercase()
    };
    matches!(
        element.name(),
        "script"
            | "style"
            | "noscript"
            | "template"
            | "head"
            | "svg"
            | "math"
            | "iframe"
            | "object"
            | "textarea"
    ) || element.attr("hidden").is_some()
        || style().contains("display:none")
}

/// Whether an element begins a new line.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hr"
            | "legend"
            | "li"
            | "main"
            | "nav"
            | "ol"
            | "option"
            | "p"
            | "pre"
            | "section"
            | "select"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "button"
    )
}

/// Whether a heading says that what follows is about other articles.
pub(super) fn opens_related(heading: &str) -> bool {
    let folded = heading
        .trim_end_matches([':', '.', '»', '>'])
        .trim()
        .to_lowercase();
    [
        "tin liên quan",
        "tin khác",
        "tin mới",
        "tin cùng chuyên mục",
        "cùng chuyên mục",
        "bài liên quan",
        "đọc thêm",
        "xem thêm",
        "đọc nhiều",
        "tin đọc nhiều",
        "các tin khác",
        "các tin đã đưa",
        "related news",
        "related articles",
        "related",
        "recent news",
        "other news",
        "read more",
        "see also",
        "most read",
        "latest news",
        "more news",
    ]
    .contains(&folded.as_str())
}
