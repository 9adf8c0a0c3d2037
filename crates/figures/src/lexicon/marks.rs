//! What a phrase can say, one bit each: marks, which say what it means, and words, which only say which word it is.

macro_rules! bits {
    ($(#[$doc:meta])* $module:ident: $bits:ty { $($name:ident = $text:literal),* $(,)? }) => {
        $(#[$doc])*
        pub(crate) mod $module {
            #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
            enum Index { $($name),* }
            $(pub(crate) const $name: $bits = 1 << Index::$name as u32;)*
            pub(crate) const NAMES: &[(&str, $bits)] = &[$(($text, $name)),*];
        }
    };
}

bits! {
    /// What a phrase means: it makes a word known to the reader.
    mark: u64 {

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
}

bits! {
    /// Which word a phrase is, where rules ask for just that; it makes no word known, and never changes how a line is
    /// cut into phrases.
    word: u128 {
        OF = "of", IN = "in", AT = "at", FOR = "for", TO = "to", THE = "the", A = "a", ITS = "its", OUT = "out", OUT_OF = "out_of", AMONG = "among", SO = "so",
        BELONGING = "belonging", WITHIN = "within", BY_PLACE = "by_place", WITH = "with", BELOW = "below",
        STRUCTURE = "structure", GRDP = "grdp", EXTENT = "extent", OF_THOSE = "of_those", SUM = "sum", THAN = "than",
        MORE = "more", LESS = "less", GROWTH = "growth", BARE_GROWTH = "bare_growth", RATE = "rate", POVERTY = "poverty",
        TOTAL = "total", MET = "met", OTHERS = "others", ELIDING = "eliding", GENERIC = "generic", FOR_WHAT = "for_what",
        PROJECT = "project", ASSIGNED = "assigned", PER_HEAD = "per_head", STANDING = "standing", LONG = "long",
        A_YEAR = "a_year", EARLIER = "earlier", LATER = "later", NOW = "now", STANDS = "stands",
        DISBURSEMENT = "disbursement", DISBURSED = "disbursed", END = "end", NATIONAL_THING = "national_thing",
        NATIONAL = "national", POSSESSIVE = "possessive", LEADING = "leading", RANKED = "ranked",
        WHOLE_PLACE = "whole_place", DESCRIBING = "describing", THAT = "that", BEING = "being", HAVING = "having",
        BACK = "back", AHEAD = "ahead", OVER_YEARS = "over_years", SAME_DAY = "same_day", SAME_YEAR = "same_year",
        SAME_MONTH = "same_month", SO_FAR = "so_far", CURRENT = "current", INTO = "into", OVER = "over",
        TENURE = "tenure", DATED = "dated", WAITING = "waiting", NO_MONTHS = "no_months", MORE_THAN = "more_than",
        SINCE = "since", CONSTANT_PRICES = "constant_prices", YEAR_PART = "year_part", CONTRAST = "contrast",
        AUTHORITY = "authority", INFINITIVE = "infinitive", HAVE = "have", RELATIVE = "relative", PAST_VERB = "past_verb",
        ROW_NUMBER = "row_number", UNIT_COLUMN = "unit_column", UNIT = "unit",
        RESULT_COLUMN = "result_column", RATE_COLUMN = "rate_column", TEASER = "teaser",
    }
}
