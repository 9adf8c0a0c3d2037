//! The marks that a phrase can carry, one bit each.

macro_rules! marks {
    ($($name:ident = $text:literal),* $(,)?) => {
        /// One bit a mark.
        pub(crate) mod mark {
            #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
            enum Index { $($name),* }
            $(pub(crate) const $name: u64 = 1 << Index::$name as u64;)*
            pub(crate) const NAMES: &[(&str, u64)] = &[$(($text, $name)),*];
        }
    };
}

marks! {
    SCALE = "scale", NUMWORD = "numword", UNIT = "unit", PER = "per", YEARLY = "yearly", MONTHLY = "monthly",
    NOUN = "noun", LABEL = "label", WEAKLABEL = "weaklabel", NOTCOUNT = "notcount", BOUND = "bound", AFTER = "after",
    UP = "up", DOWN = "down", GROWTH = "growth", REMAIN = "remain", TIMES = "times", MULTIPLY = "multiply",
    SHARE = "share", EQUAL = "equal", EXCEED = "exceed", PLANWORD = "planword", AGAINST = "against",
    YEARRATE = "yearrate", COMPARE = "compare", WHOLE = "whole", TARGET = "target", ESTIMATE = "estimate",
    REQUEST = "request", ACTUAL = "actual", NATION = "nation", SELF = "self", APART = "apart", MONTH = "month",
    DAY = "day", QUARTER = "quarter", YEAR = "year", SPAN = "span", TERM = "term", HALF = "half",
    CONGRESS = "congress", THISYEAR = "thisyear", LASTYEAR = "lastyear", NEXTYEAR = "nextyear",
    SAMEMONTH = "samemonth", TET = "tet", PAST5 = "past5", TO = "to", FROM = "from", AND = "andword",
    PERWORD = "perword", FIRST = "first", OFYEAR = "ofyear", TERMEND = "termend", EVENT = "event", FUNC = "func",
    STOP = "stop", BETWEEN = "between", NMONTHS = "nmonths", QUARTERORD = "quarterord", ALIAS = "alias",
    PLACE = "place", UNITTYPE = "unittype", GROUP = "group",
}
