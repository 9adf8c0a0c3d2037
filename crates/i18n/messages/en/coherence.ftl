# Can all targets hold at once?
cli-rorang-coherence = Can all targets hold at once? Why not, what must be true, what would mend it
cli-rorang-coherence-database = The register's database; without it, the example
cli-rorang-coherence-assume = Another range for an assumption, such as prices=2..6% (may be given several times)
cli-rorang-coherence-without = An assumption that shall not hold, such as even_growth
cli-rorang-coherence-day = As of this day: papers up to it, targets due after it (2025-01-31)
cli-rorang-coherence-json = For programs: verdict, conflicts, implied ranges and mends as JSON

coherence-verdict-feasible = As of { $day }, all targets can hold at once. A path on which they do was found and checked exactly.
coherence-verdict-infeasible = As of { $day }, the targets cannot all hold at once.
coherence-verdict-undecided = As of { $day }: undecided within the limit. Neither a path nor a contradiction was found.
coherence-more-conflicts = There may be more conflicts than were looked for.
coherence-assumed = assumed: { $range }
coherence-mend = { $claim } → { $nearest } (possible: { $possible })
coherence-mend-range = { $claim } → possible: { $possible }
coherence-mend-together = change together: { $claims }
coherence-readings = Other ways to read a target:
coherence-reading-feasible = then that conflict is gone: the targets can hold
coherence-reading-infeasible = then they still cannot all hold
coherence-reading-undecided = then it is undecided within the limit
reading-last_year = as a value of the last year alone
reading-other_definition = by another definition than the catalogue's (which one must be asked)
coherence-assumptions = Assumptions (change with --assume NAME=FROM..TO):
coherence-constant = {" "}at constant { $year } prices
coherence-current = {" "}at current prices
coherence-at-least = at least { $value }
coherence-at-most = at most { $value }
coherence-any = any value

assumption-population_growth = Population growth a year
assumption-prices = Rise of prices (GRDP deflator) a year
assumption-population_base = Population at the start
assumption-even_growth = The same nominal growth in every year of the plan

identity-grdp_per_head = GRDP per head × average population = GRDP at current prices
identity-grdp_nominal_year = GRDP at current prices = that of the year before × (1 + nominal growth)
identity-grdp_real_year = GRDP at constant prices = that of the year before × (1 + growth)
identity-prices_year = 1 + nominal growth = (1 + growth) × (1 + rise of prices)
identity-grdp_nominal_mean = GRDP of the last year = that before the span × (1 + mean nominal growth) to the number of years
identity-grdp_real_mean = the mean growth is the geometric mean of the yearly ones
identity-grdp_real_levels = GRDP at constant prices of the last year = that before the span × (1 + mean growth) to the number of years
identity-prices_mean = the mean rise of prices is the geometric mean of the yearly ones
identity-prices_of_means = 1 + mean nominal growth = (1 + mean growth) × (1 + mean rise of prices)
identity-even_growth = nominal growth is the same in every year of the span
identity-grdp_compound = GRDP of the span = GRDP before it, grown evenly year by year and added up
identity-grdp_sum = GRDP of a span = the sum of its years
identity-population_year = population = that of the year before × (1 + growth)
identity-population_mean = population of the last year = that before the span × (1 + mean growth) to the number of years
identity-investment_sum = investment of a span = the sum of its years
identity-investment_ratio_year = ratio of investment to GRDP × GRDP at current prices = investment
identity-investment_ratio = ratio of investment to GRDP over a span = sum of investment over sum of GRDP
identity-poverty_fall_year = poverty rate = that of the year before − the fall
identity-poverty_fall_mean = poverty rate of the last year = that before the span − years × mean fall
identity-poverty_parts = poverty rate + near-poverty rate = multidimensional poverty
identity-poverty_households = poor households = poverty rate × households
identity-productivity = labour productivity × employed persons = GRDP at current prices
identity-disbursed_of_plan = no more is disbursed than planned
identity-disbursement_rate = disbursement rate = disbursed over plan
identity-grdp_shares = the shares of the sectors and of product taxes in GRDP add up to 100 %
identity-rural_share = communes meeting the standard = their share × communes
identity-budget_parts = revenue collected in the area is part of total budget revenue
identity-visitors_sum = visitors of a span = the sum of its years
identity-visitors_foreign = foreign visitors are part of all visitors
identity-doctors = doctors = doctors per 10 000 people × population ÷ 10 000
identity-urban_share = urban population = urban share × population
identity-insured = insured persons = coverage × population

diagnostic-assumption-form = “{ $found }” is no assumption with a range.
diagnostic-assumption-form-help = Write NAME=FROM..TO, for example prices=2..6%.
diagnostic-assumption-turned-round = The range of the assumption “{ $assumption }” is turned round: from { $lower } to { $upper }.
diagnostic-assumption-turned-round-help = Give the smaller number first.
diagnostic-unknown-assumption = There is no assumption “{ $found }”.
diagnostic-unknown-assumption-help = The assumptions are: { $known }.
diagnostic-identity-columns = A row of identities has { $found } columns, not { $expected }.
diagnostic-identity-columns-help = Write id,over,relation,needs,derived,source.
diagnostic-identity-over = “{ $found }” is neither year nor span.
diagnostic-identity-over-help = Write year or span.
diagnostic-identity-twice = The identity “{ $found }” stands here a second time.
diagnostic-identity-twice-help = Give it another name, or delete the row.
diagnostic-identity-unreadable = The formula cannot be read: expected { $expected }, found “{ $found }”.
diagnostic-identity-unreadable-help = Write it like: grdp.per_capita * population.total = grdp.level@current
diagnostic-identity-circle = The identity “{ $identity }” defines { $indicator } by itself.
diagnostic-identity-circle-help = Take one of the identities of the circle out.
diagnostic-identity-indicator-unknown = The identity “{ $identity }” speaks of { $indicator }, which the catalogue does not have.
diagnostic-identity-indicator-unknown-help = Correct the code, or add the indicator to the catalogue.

# What was set aside, by name
coherence-note = { $what }: { $why }
coherence-note-target-of-a-scope = counts a part, or something else than the definition says, so it was not held against the other targets.
coherence-note-target-partly-past = part of this time is over already, so it was not held against the other targets.
coherence-note-target-superseded = a later paper sets another value, which is used here. Whether the earlier target still stands is for the authorities that set them to say.
coherence-note-price-basis-unsaid = the paper does not say in whose prices, so it could not be compared. Record whether prices are current or constant (of which base year).
coherence-note-price-basis-mismatch = given at constant prices while the identity speaks of current prices, so it could not be compared.
coherence-note-claim-turned-round = the range ends before it begins; correct it in the register.
coherence-note-claim-impossible-alone = impossible by itself (such as a share over 100%); the rest was checked without it. Ask the authority that set it.
coherence-note-claim-set-aside = contradicts other results or assumptions and was set aside; the rest was checked without it.

# The sets and their steps
coherence-conflict = Set { $number }: { $kind }
coherence-kind-targets = targets that cannot all hold
coherence-kind-alone = a target that is impossible by itself
coherence-kind-result = a target at odds with results
coherence-kind-assumption = a target at odds with what is assumed
coherence-kind-given = results and assumptions that contradict each other
coherence-given = given what is known or assumed:
coherence-follow = Step by step:
coherence-compound-x = ({ $sum }), where x = { $inner }
coherence-compound-root-x = x, where x solves { $sum } = { $inner }
coherence-step-gives = which gives { $range }
coherence-but = So { $quantity } must be { $range }, but { $claim }.
web-coherence-but = By the numbers below { $quantity } must be { $range }, but { $claim }.
coherence-but-target = the target is { $value }
coherence-but-result = the result is { $value }
coherence-but-assumption = { $value } is assumed
coherence-but-plain = That is at odds with: { $claim }
coherence-alone = { $claim }: no number satisfies it.
coherence-implied = What must then be true (the first way of mending each set made):
coherence-mends = What would mend it; each is enough for the sets that it appears in:
coherence-mend-widened = widen the assumption { $claim } to { $range }

# The page
web-analysis-coherence = Whether the targets of the years ahead contradict each other; why, what must be true, and what would mend it.
web-coherence-title = Can it all hold?
web-coherence-count = { $targets ->
    [0] {""}
    [one] One set of targets cannot hold together.
   *[other] { $targets } sets of targets cannot hold together.
  }{ $others ->
    [0] {""}
    [one] {" "}One target is at odds with results or with what is assumed.
   *[other] {" "}{ $others } targets are at odds with results or with what is assumed.
  }
web-coherence-todo = Look first at: other readings and ways to mend it.
web-coherence-how = A range “a–b” means from a to b. To check with a calculator, work with both ends; a division takes the other end of its divisor. Results are rounded outward.
web-coherence-clashes = Sets that cannot hold together
web-coherence-against = At odds with assumptions or results
web-coherence-against-text = Each target below can hold beside the others, but not if what is assumed is right. Assumptions can be changed at the end of the page.
web-coherence-mends = What would mend it
web-coherence-mends-text = Each changes one thing and leaves all else as it is; a path was found that shows it to be enough for the sets that it appears in. Which one to choose is for the competent authority.
web-coherence-mend-for = For set { $numbers }
web-coherence-mend-to = { $claim }: change to { $nearest }
web-coherence-mend-possible = the rest allows { $possible }
web-coherence-mend-only = { $claim }: the rest only allows { $possible }
web-coherence-mend-widen = The assumption “{ $claim }” (now { $now }): widen to { $range }
web-coherence-readings = If a target is read otherwise
web-coherence-readings-text = The paper does not say; ask the authority that set it before changing numbers.
web-coherence-reading = { $claim } – read { $reading }:
web-coherence-reading-possible = Then { $quantity } must be { $range }.
web-coherence-implied = What must be true
web-coherence-implied-fixed = With the first way of mending each set made, these must lie in these ranges.
web-coherence-implied-feasible = For all targets to hold, these must lie in these ranges.
web-coherence-quantity = Quantity
web-coherence-must = Must be
web-coherence-stands = Set or assumed now
web-coherence-role-target = target { $value }
web-coherence-role-result = result { $value }
web-coherence-role-assumption = assumed { $value }
web-coherence-fit-inside = agrees
web-coherence-fit-partly = agrees only in part
web-coherence-fit-outside = does not agree
web-coherence-bar = { $name }: must be { $range }; { $stands }
web-coherence-bar-alone = { $name }: must be { $range }
web-coherence-legend-must = range it must have
web-coherence-legend-stands = set or assumed now
web-coherence-by-year = Year by year, and other quantities ({ $count })
web-coherence-path = A path on which all targets hold
web-coherence-path-text = One of many paths, to show that it is possible; neither forecast nor advice.
web-coherence-value = Value
web-coherence-assumptions = Assumptions
web-coherence-assumptions-text = Suppositions to reckon with, not taken from any paper. Change them and press “Reckon again”; the page's address keeps them and can be sent to others.
web-coherence-from = from
web-coherence-to = to
web-coherence-drop = Leave this assumption out
web-coherence-day = As of
web-coherence-day-help = Only papers up to this day. Empty: today.
web-coherence-again = Reckon again
web-coherence-reset = Back to the first assumptions
web-coherence-bad-number = “{ $found }” is not a number. Write it like 1.5.
web-coherence-bad-wild = { $found } is beyond what can be reckoned with. Write a number from { $lower } to { $upper }.
web-coherence-bad-order = The range is turned round: from { $lower } to { $upper }. Put the smaller number under “from”.
web-coherence-bad-day = “{ $found }” is not a date. Write it like 2026-11-22.
web-coherence-bad = Not reckoned yet: a field needs correcting
web-coherence-notes = Not compared
web-coherence-none = The register has no targets of the years ahead to compare.
web-coherence-clash-here = Cannot hold together with:
web-coherence-clash-assumed = At odds with results or with what is assumed:
web-coherence-clash-why = see why
coherence-of-change = Change of { $name }
coherence-of-change-a-year = Mean yearly change of { $name }
coherence-of-growth = Growth of { $name }
coherence-of-units = Number of { $among } with { $name } { $condition }
identity-change_year = this year’s value = last year’s value + the change
identity-change_span = the last year’s value = the value before the span + the change
identity-change_mean_year = this year’s value = last year’s value + the change
identity-change_mean = the last year’s value = the value before the span + years × mean yearly change
identity-growth_year = this year’s value = last year’s value × (1 + growth)
identity-growth_mean = the last year’s value = the value before the span × (1 + mean growth) to the power of the years
identity-units_within = units that meet the narrower limit meet the wider one, so they cannot be more
coherence-note-change-without-start = the paper does not say since which year, and the register has no earlier result, so it could not be compared. Record the baseline.
