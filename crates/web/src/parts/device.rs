//! What a browser says of itself, in the two words by which a person knows it again.

/// By which mark a browser is known, the ones that carry others' marks too before those.
const BROWSERS: [(&str, &str); 9] = [
    ("coc_coc_browser", "Cốc Cốc"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];
const SYSTEMS: [(&str, &str); 7] = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

/// «Chrome, Windows»; the whole text where neither is known, since no name is better than a wrong one.
pub(crate) fn name(agent: &str) -> String {
    let known = |marks: &[(&str, &'static str)]| {
        let mut found = marks.iter().filter(|(mark, _)| agent.contains(mark));
        found.next().map(|(_, name)| *name)
    };
    match (known(&BROWSERS), known(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser}, {system}"),
        _ => agent.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_known_by_its_own_mark_and_not_by_those_it_borrows() {
        let chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
        for (agent, shown) in [
            (chrome.to_owned(), "Chrome, Windows"),
            (format!("{chrome} Edg/140.0.0.0"), "Edge, Windows"),
            (chrome.replace("Chrome/", "coc_coc_browser/150 Chrome/"), "Cốc Cốc, Windows"),
            (
                chrome.replace("Windows NT 10.0; Win64; x64", "Linux; Android 10; K"),
                "Chrome, Android",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 Version/18.6 Mobile/15E148 Safari/604.1"
                    .to_owned(),
                "Safari, iPhone",
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0".to_owned(),
                "Firefox, Linux",
            ),
            ("curl/8.14.1".to_owned(), "curl/8.14.1"),
        ] {
            assert_eq!(name(&agent), shown, "{agent}");
        }
    }
}
