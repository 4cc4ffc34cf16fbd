//! HTML pages: the report's body found among navigation, scripts and footers, and turned into text with marks; title,
//! address, publisher and date from the page's head.

use super::dating::{self, Clues};
use super::extract::Extract;
use crate::document::{Document, Lang, MarkKind, headers};
use jiff::civil::Date;
use scraper::node::Element;
use scraper::{ElementRef, Html, Selector};
use std::sync::LazyLock;

/// The document of a page, and what its head and title say about its date.
pub(super) fn document(source: &str) -> (Document, Clues) {
    let page = Html::parse_document(source);
    let (text, marks) = body(&page);
    let heading = first(&page, "h1").map(text_of).filter(|words| !words.is_empty());
    let named = meta(&page, &["og:title", "twitter:title"]);
    let tab = first(&page, "title").map(text_of).filter(|words| !words.is_empty());
    let (tab, site) = match tab.as_deref().and_then(|tab| tab.rsplit_once(" | ")) {
        Some((title, site)) => (Some(title.to_owned()), Some(site.to_owned())),
        None => (tab, None),
    };
    let url = link(&page).or_else(|| meta(&page, &["og:url"])).filter(|url| names_a_page(url));
    let site = meta(&page, &["og:site_name"]).or(site).or_else(|| url.as_deref().and_then(host));
    // Some sites give their own name as the title of every page.
    let title = named.filter(|title| Some(title) != site.as_ref()).or(heading).or(tab);
    let metadata = title.as_deref().and_then(date_of_title).or_else(|| date_of_head(&page));
    let document = Document {
        text,
        marks,
        source: site,
        lang: page.root_element().attr("lang").and_then(|lang| Lang::from_code(lang.get(..2)?)),
        title,
        url,
        ..Document::default()
    };
    (document, Clues { metadata, ..Clues::default() })
}

/// Where the running text of a page stands: known sites first, then what pages agree on, then all of it.
static BODIES: LazyLock<Vec<Selector>> = LazyLock::new(|| {
    let selectors = [
        // The Institute for the Study of War until 2023, and after.
        "div.field-name-body",
        "div.dynamic-entry-content",
        // Ukrainska Pravda.
        "div.post_text, div.post__text, div.post_news_text",
        "[itemprop=articleBody], div.entry-content, div.article-body, div.article__body, div.post-content",
        "article",
        "main, [role=main]",
        "body",
    ];
    selectors.iter().map(|words| selector(words)).collect()
});

/// How much text a part of a page must hold to be taken for its body, in bytes.
const LEAST: usize = 200;

fn body(page: &Html) -> (String, Vec<crate::document::Mark>) {
    let mut longest = Extract::default();
    for selector in BODIES.iter() {
        for part in page.select(selector) {
            let extract = extract(part);
            if extract.text().len() > longest.text().len() {
                longest = extract;
            }
        }
        if longest.text().len() >= LEAST {
            break;
        }
    }
    longest.finish()
}

/// The text and marks of a part of a page, without what a reader of the report would skip.
fn extract(part: ElementRef<'_>) -> Extract {
    use ego_tree::iter::Edge;
    let mut extract = Extract::default();
    let mut skipped = None;
    // The tree is walked by its edges: pages may nest deeper than a stack allows.
    for edge in part.traverse() {
        match edge {
            Edge::Open(node) if skipped.is_none() => {
                if let Some(words) = node.value().as_text() {
                    extract.push(words);
                } else if let Some(element) = node.value().as_element() {
                    let inner = node.id() != part.id();
                    if inner && is_skipped(element) {
                        skipped = Some(node.id());
                    } else {
                        begin(ElementRef::wrap(node).expect("the node is an element"), &mut extract);
                    }
                }
            }
            Edge::Close(node) if skipped == Some(node.id()) => skipped = None,
            Edge::Close(node) if skipped.is_none() => {
                if let Some(element) = ElementRef::wrap(node) {
                    end(element, &mut extract);
                }
            }
            Edge::Open(_) | Edge::Close(_) => {}
        }
    }
    extract
}

fn begin(element: ElementRef<'_>, extract: &mut Extract) {
    let name = element.value().name();
    if name == "br" || is_block(name) {
        extract.break_line();
    }
    match name {
        "td" | "th" => extract.push(" "),
        // A raised number is a footnote mark, also where no bracket says so.
        "sup" if is_bare_number(element) => extract.push("["),
        _ => {}
    }
    if let Some(kind) = mark(element) {
        extract.open(kind);
    }
}

fn end(element: ElementRef<'_>, extract: &mut Extract) {
    let name = element.value().name();
    if mark(element).is_some() {
        extract.close();
    }
    if name == "sup" && is_bare_number(element) {
        extract.push("]");
    }
    if is_block(name) {
        extract.break_line();
    }
}

/// What an element says about the text in it.
fn mark(element: ElementRef<'_>) -> Option<MarkKind> {
    let value = element.value();
    Some(match value.name() {
        "h1" => MarkKind::Heading(1),
        "h2" => MarkKind::Heading(2),
        "h3" => MarkKind::Heading(3),
        "h4" => MarkKind::Heading(4),
        "h5" => MarkKind::Heading(5),
        "h6" => MarkKind::Heading(6),
        "blockquote" => MarkKind::Quote,
        "figcaption" => MarkKind::Note,
        "strong" | "b" => MarkKind::Strong,
        "li" if is_note(element) => MarkKind::Note,
        "li" => MarkKind::ListItem,
        "p" | "div" | "section" | "ol" | "ul" if is_note(element) => MarkKind::Note,
        _ => return None,
    })
}

/// Whether an element holds a note: it says so, or begins with a link back to a footnote mark.
fn is_note(element: ElementRef<'_>) -> bool {
    let says_so = words_of(element.value())
        .any(|word| matches!(word, "footnotes" | "endnotes" | "footnote" | "endnote" | "caption"));
    let named = element.value().id().is_some_and(|id| id.starts_with("edn") || id.starts_with("ftn"));
    says_so || named || points_back(element)
}

fn points_back(element: ElementRef<'_>) -> bool {
    let mut inner = element
        .children()
        .filter(|node| !node.value().as_text().is_some_and(|words| words.trim().is_empty()));
    let mut first = inner.next().and_then(ElementRef::wrap);
    // The link may stand in a span or two.
    for _ in 0..4 {
        let Some(element) = first else { return false };
        let href = element.value().attr("href").unwrap_or_default();
        if element.value().name() == "a" {
            return ["#_ednref", "#_ftnref", "#fnref", "#ref"].iter().any(|start| href.starts_with(start));
        }
        first = element.child_elements().next();
    }
    false
}

fn is_bare_number(element: ElementRef<'_>) -> bool {
    let words: String = element.text().take(4).collect();
    let words = words.trim();
    (1..=3).contains(&words.len()) && words.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a reader of the report would skip an element and all in it.
fn is_skipped(element: &Element) -> bool {
    let silent = matches!(
        element.name(),
        "script"
            | "style"
            | "noscript"
            | "template"
            | "svg"
            | "iframe"
            | "nav"
            | "footer"
            | "aside"
            | "form"
            | "button"
            | "select"
            | "textarea"
            | "head"
            | "title"
            | "object"
            | "video"
            | "audio"
            | "canvas"
    );
    let hidden = element.attr("hidden").is_some()
        || element.attr("aria-hidden") == Some("true")
        || element.attr("style").is_some_and(|style| style.replace(' ', "").contains("display:none"));
    // A heading or a word in bold is never navigation, whatever its class is called.
    let container =
        matches!(element.name(), "div" | "section" | "ul" | "ol" | "p" | "span" | "header" | "table" | "dl");
    silent || hidden || container && words_of(element).any(|word| SKIPPED.contains(&word))
}

/// Words in classes and ids of what surrounds an article.
const SKIPPED: [&str; 26] = [
    "advert",
    "advertisement",
    "banner",
    "breadcrumb",
    "breadcrumbs",
    "comments",
    "cookie",
    "cookies",
    "donate",
    "invisible",
    "menu",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "promo",
    "related",
    "share",
    "sharethis",
    "sidebar",
    "social",
    "submitted",
    "subscribe",
    "tags",
    "toolbar",
    "widget",
];

/// The words that make up the classes and the id of an element.
fn words_of(element: &Element) -> impl Iterator<Item = &str> {
    let id = element.id().into_iter();
    element.classes().chain(id).flat_map(|name| name.split(['-', '_']))
}

/// Whether an element begins and ends a line.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "section"
            | "article"
            | "main"
            | "header"
            | "li"
            | "ul"
            | "ol"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "blockquote"
            | "table"
            | "tr"
            | "pre"
            | "hr"
            | "dd"
            | "dt"
            | "dl"
            | "figure"
            | "figcaption"
            | "address"
            | "body"
            | "details"
            | "summary"
    )
}

/// The date in a title such as "Assessment, October 22, 2024".
fn date_of_title(title: &str) -> Option<Date> {
    headers(title).into_iter().find_map(|header| header.date(None))
}

/// The day of publication that the head of a page gives.
fn date_of_head(page: &Html) -> Option<Date> {
    let names = [
        "article:published_time",
        "datePublished",
        "pubdate",
        "date",
        "dcterms.date",
        "DC.date.issued",
        "og:published_time",
        "publish-date",
    ];
    let by_meta = meta(page, &names).as_deref().and_then(dating::parse);
    by_meta.or_else(|| linked_data(page)).or_else(|| {
        let time = first(page, "time[datetime]")?;
        dating::parse(time.value().attr("datetime")?)
    })
}

/// The `datePublished` of the page's linked data.
fn linked_data(page: &Html) -> Option<Date> {
    let scripts = selector("script[type='application/ld+json']");
    page.select(&scripts).find_map(|script| {
        let data: String = script.text().collect();
        let after = data.split("\"datePublished\"").nth(1)?;
        dating::parse(after.split('"').nth(1)?)
    })
}

/// The content of the first `meta` with one of these names.
fn meta(page: &Html, names: &[&str]) -> Option<String> {
    static METAS: LazyLock<Selector> = LazyLock::new(|| selector("meta"));
    let named = |name: &str| {
        page.select(&METAS).find_map(|meta| {
            let meta = meta.value();
            let is = |key: &str| meta.attr(key).is_some_and(|value| value.eq_ignore_ascii_case(name));
            let content = meta.attr("content").map(str::trim).filter(|content| !content.is_empty());
            content.filter(|_| is("property") || is("name") || is("itemprop"))
        })
    };
    names.iter().find_map(|name| named(name)).map(str::to_owned)
}

fn link(page: &Html) -> Option<String> {
    first(page, "link[rel=canonical]")?
        .value()
        .attr("href")
        .filter(|href| href.starts_with("http"))
        .map(str::to_owned)
}

/// Whether an address is whole and leads further than to a site's front page.
fn names_a_page(url: &str) -> bool {
    let path = url.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
    url.starts_with("http") && !path.is_empty()
}

/// The host of an address, without "www.".
fn host(url: &str) -> Option<String> {
    let host = url.split("//").nth(1)?.split('/').next()?;
    Some(host.trim_start_matches("www.").to_owned())
}

fn first<'a>(page: &'a Html, words: &str) -> Option<ElementRef<'a>> {
    page.select(&selector(words)).next()
}

fn text_of(element: ElementRef<'_>) -> String {
    let words: String = element.text().collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn selector(words: &str) -> Selector {
    Selector::parse(words).expect("the selectors are constants")
}
