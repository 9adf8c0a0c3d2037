//! HTML: the article with its headings, lists and tables; menus, forms and teasers are kept, but marked.

use std::collections::HashSet;

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{ElementRef, Html, Node, Selector};
use terms::{Diagnostic, Place};

use crate::builder::{Builder, tidy};
use crate::docx::names_columns;
use crate::txt::{self, is_form_hint};
use crate::{BlockKind, DocumentText, Error, Format};

mod role;

use role::Role;

pub(crate) fn read(name: &str, bytes: Vec<u8>) -> Result<(DocumentText, Vec<Diagnostic>), Error> {
    let source = decode(&bytes).ok_or_else(|| {
        Error::new(Diagnostic::error("unknown-encoding", Place::file(name)).with("file", name))
    })?;
    drop(bytes);
    let page = Html::parse_document(&source);
    drop(source);
    let mut walk = Walk {
        builder: Builder::default(),
        article: article(&page),
        inside_article: 0,
        roles: Vec::new(),
        line: String::new(),
        linked: 0,
        links: 0,
        kinds: Vec::new(),
        after_related: false,
    };
    walk.run(&page);
    if walk.builder.is_empty() {
        return Err(Error::new(Diagnostic::error("html-empty", Place::file(name))));
    }
    Ok((walk.builder.finish(Format::Html, title(&page)), Vec::new()))
}

/// The page as text: by its byte order mark, by the encoding that it names, or as a plain text would be.
fn decode(bytes: &[u8]) -> Option<String> {
    let head = &bytes[..bytes.len().min(2048)];
    let named = head
        .windows(8)
        .position(|window| window.eq_ignore_ascii_case(b"charset="))
        .and_then(|at| {
            let rest = &head[at + 8..];
            let label: Vec<u8> = rest
                .iter()
                .copied()
                .skip_while(|byte| matches!(byte, b'"' | b'\'' | b' '))
                .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
                .collect();
            encoding_rs::Encoding::for_label(&label)
        });
    let marked = encoding_rs::Encoding::for_bom(bytes).is_some();
    if let Some(encoding) = named.filter(|encoding| !marked && *encoding != encoding_rs::UTF_8)
        && let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes)
    {
        return Some(text.into_owned());
    }
    txt::decode(bytes).map(|(text, _)| text)
}

fn select<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    Selector::parse(selector).map_or_else(|_| Vec::new(), |selector| page.select(&selector).collect())
}

/// The title that the page gives to others, else its first heading, else the window's.
fn title(page: &Html) -> Option<String> {
    let shared = select(page, "meta[property='og:title']")
        .first()
        .and_then(|meta| meta.value().attr("content"))
        .map(str::to_owned);
    let text_of = |selector| {
        let found = select(page, selector);
        found.first().map(|element| element.text().collect::<String>())
    };
    [shared, text_of("h1"), text_of("title")]
        .into_iter()
        .flatten()
        .map(|title| tidy(&title))
        .find(|t| !t.is_empty())
}

/// The element that holds the article, where the page names one and most running text stands in it.
fn article(page: &Html) -> Option<NodeId> {
    let running = |element: ElementRef<'_>| -> usize {
        let paragraphs = element
            .descendants()
            .filter_map(ElementRef::wrap)
            .filter(|e| e.value().name() == "p");
        paragraphs
            .map(|p| p.text().map(str::len).sum::<usize>())
            .filter(|length| *length > 80)
            .sum()
    };
    let whole = running(page.root_element());
    select(page, "article, main, [role=main], [itemprop=articleBody]")
        .into_iter()
        // Deeply nested candidates would each be counted again: a page has a handful, a trap has thousands.
        .take(50)
        .map(|element| (running(element), element.id()))
        .filter(|(length, _)| 2 * length > whole)
        .max_by_key(|(length, _)| *length)
        .map(|(_, id)| id)
}

/// The state of one walk over the page, in the order in which its text stands.
struct Walk {
    builder: Builder,
    article: Option<NodeId>,
    inside_article: usize,
    /// The roles of the open elements that have one.
    roles: Vec<(NodeId, Role)>,
    /// The block that is being gathered: its text, how many of its characters are links, how deep in links we are.
    line: String,
    linked: usize,
    links: usize,
    /// The kinds that open elements give to the blocks in them.
    kinds: Vec<(NodeId, BlockKind)>,
    /// Whether a heading such as «Tin liên quan» has been passed.
    after_related: bool,
}

impl Walk {
    fn run(&mut self, page: &Html) {
        let mut skipped: Option<NodeId> = None;
        let mut tables: HashSet<NodeId> = HashSet::new();
        for edge in page.root_element().traverse() {
            match edge {
                Edge::Open(node) if skipped.is_none() => match node.value() {
                    Node::Text(text) => self.add(text),
                    Node::Element(element) => {
                        if role::is_unseen(element) {
                            self.line.push(' ');
                            skipped = Some(node.id());
                        } else if element.name() == "tr"
                            && let Some(row) = ElementRef::wrap(node)
                            && !has_nested_table(row)
                        {
                            self.flush();
                            let first = row.parent().is_none_or(|parent| tables.insert(parent.id()));
                            self.row(row, first);
                            skipped = Some(node.id());
                        } else {
                            self.open(element, node.id());
                        }
                    }
                    _ => {}
                },
                Edge::Close(node) => {
                    if skipped == Some(node.id()) {
                        skipped = None;
                    } else if skipped.is_none()
                        && let Node::Element(element) = node.value()
                    {
                        self.close(element, node.id());
                    }
                }
                Edge::Open(_) => {}
            }
        }
        self.flush();
    }

    fn add(&mut self, text: &str) {
        if self.links > 0 {
            self.linked += text.trim().chars().count();
        }
        // A newline in the source is a space on the page.
        self.line.extend(
            text.chars()
                .map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c }),
        );
    }

    fn open(&mut self, element: &Element, id: NodeId) {
        if role::is_block(element.name()) {
            self.flush();
        }
        if let Some(role) = role::of(element) {
            self.roles.push((id, role));
        }
        if Some(id) == self.article {
            self.inside_article += 1;
        }
        match element.name() {
            "a" => self.links += 1,
            "br" => self.line.push('\n'),
            "li" | "dd" | "dt" => self.kinds.push((id, BlockKind::ListItem)),
            name => {
                if let Some(level) = heading_level(name) {
                    self.kinds.push((id, BlockKind::Heading(level)));
                }
            }
        }
    }

    fn close(&mut self, element: &Element, id: NodeId) {
        if role::is_block(element.name()) {
            self.flush();
        }
        if element.name() == "a" {
            self.links = self.links.saturating_sub(1);
        }
        if self.kinds.last().is_some_and(|(opened, _)| *opened == id) {
            self.kinds.pop();
        }
        if self.roles.last().is_some_and(|(opened, _)| *opened == id) {
            self.roles.pop();
        }
        if Some(id) == self.article {
            self.inside_article = self.inside_article.saturating_sub(1);
        }
    }

    /// Ends the block that is being gathered.
    fn flush(&mut self) {
        let content = tidy(&std::mem::take(&mut self.line));
        let linked = std::mem::take(&mut self.linked);
        if content.is_empty() {
            return;
        }
        let plain = self.kinds.last().map_or(BlockKind::Paragraph, |(_, kind)| *kind);
        let kind = self.classify(plain, &content, linked);
        self.builder.push(kind, &content, None);
    }

    /// What a block is: by the element that holds it, by where it stands, and by how much of it is links.
    fn classify(&mut self, plain: BlockKind, content: &str, linked: usize) -> BlockKind {
        let length = content.chars().count();
        if role::opens_related(content) && length < 60 {
            self.after_related = true;
            return BlockKind::Furniture;
        }
        let outside = self.article.is_some() && self.inside_article == 0;
        let mostly_links = 4 * length <= 5 * linked;
        match self.roles.iter().map(|(_, role)| *role).max() {
            Some(Role::Teaser) => return BlockKind::Teaser,
            Some(Role::Furniture) => return furniture_or_teaser(length, mostly_links),
            None => {}
        }
        if is_form_hint(content) {
            return BlockKind::Furniture;
        }
        if outside && plain != BlockKind::Heading(1) {
            return furniture_or_teaser(length, mostly_links);
        }
        if mostly_links && (self.after_related || plain == BlockKind::ListItem || length < 40) {
            return furniture_or_teaser(length, true);
        }
        if !mostly_links && plain == BlockKind::Paragraph && length > 200 {
            self.after_related = false;
        }
        plain
    }

    /// A row of a table; one that has a single cell is running text.
    fn row(&mut self, row: ElementRef<'_>, first: bool) {
        let mut cells: Vec<String> = Vec::new();
        let mut header = true;
        for cell in row.children().filter_map(ElementRef::wrap) {
            if !matches!(cell.value().name(), "td" | "th") {
                continue;
            }
            header &= cell.value().name() == "th";
            cells.push(tidy(&cell_text(cell)).replace('\n', " "));
            let columns: usize = cell
                .value()
                .attr("colspan")
                .and_then(|n| n.parse().ok())
                .unwrap_or(1);
            cells.resize(cells.len() + columns.clamp(1, 50) - 1, String::new());
        }
        let furniture = !self.roles.is_empty() || self.article.is_some() && self.inside_article == 0;
        let kind = match cells.as_slice() {
            _ if furniture => BlockKind::Furniture,
            [_] => BlockKind::Paragraph,
            cells if header || first && names_columns(cells) => BlockKind::TableHeader,
            _ => BlockKind::TableRow,
        };
        if cells.len() == 1 {
            self.builder.push(kind, &cells[0], None);
        } else {
            self.builder.push_row(kind, &cells, None);
        }
    }
}

/// The text of a cell, its paragraphs parted by spaces, without scripts.
fn cell_text(cell: ElementRef<'_>) -> String {
    let mut text = String::new();
    let mut skipped: Option<NodeId> = None;
    for edge in cell.traverse() {
        match edge {
            Edge::Open(node) if skipped.is_none() => match node.value() {
                Node::Text(words) => text.extend(words.chars().map(|c| if c == '\n' { ' ' } else { c })),
                Node::Element(element) if role::is_unseen(element) => skipped = Some(node.id()),
                Node::Element(element) if element.name() == "br" || role::is_block(element.name()) => {
                    text.push(' ');
                }
                _ => {}
            },
            Edge::Close(node) if skipped == Some(node.id()) => skipped = None,
            _ => {}
        }
    }
    text
}

fn has_nested_table(row: ElementRef<'_>) -> bool {
    // The row of a layout table holds the page: the first table inside settles it.
    row.descendants().any(|node| {
        node.value()
            .as_element()
            .is_some_and(|element| element.name() == "table")
    })
}

fn furniture_or_teaser(length: usize, mostly_links: bool) -> BlockKind {
    if mostly_links && length >= 40 {
        BlockKind::Teaser
    } else {
        BlockKind::Furniture
    }
}

fn heading_level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', digit @ b'1'..=b'6'] => Some(digit - b'0'),
        _ => None,
    }
}
