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
coherence-conflict = Conflict { $number }: these cannot hold together
coherence-given = given that:
coherence-follow = Step by step:
coherence-but = That is at odds with: { $claim }
coherence-more-conflicts = There may be more conflicts than were looked for.
coherence-implied = What must then be true (the first way of mending made):
coherence-assumed = assumed: { $range }
coherence-mends = What would mend it; each is enough for the conflicts that it appears in:
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
coherence-constant = {" "}at { $year } prices
coherence-current = {" "}at current prices
coherence-at-least = at least { $value }
coherence-at-most = at most { $value }
coherence-any = any value
coherence-compound = , summed over { $n } years (x + x² + … )
coherence-compound-root = , solved for x in x + x² + … over { $n } years

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
diagnostic-price-basis-unsaid = { $indicator }, { $period }: nobody says in whose prices this is, so it was left out.
diagnostic-price-basis-unsaid-help = Record whether it is at current or at constant prices, and of which base year.
diagnostic-price-basis-mismatch = { $indicator }, { $period }: given at constant prices, but the identities speak of current prices; left out.
diagnostic-price-basis-mismatch-help = Give the value at current prices.
diagnostic-claim-turned-round = { $claim }: the range ends before it begins ({ $lower } to { $upper }); left out.
diagnostic-claim-turned-round-help = Correct the value in the register.
diagnostic-claim-impossible-alone = { $claim } is impossible by itself (such as a share over 100 %); the rest was checked without it.
diagnostic-claim-impossible-alone-help = Correct it in the register, or ask the paper's author what is meant.
diagnostic-claim-set-aside = { $claim } contradicts other results or assumptions and was set aside; the rest was checked without it.
diagnostic-claim-set-aside-help = See the conflict without targets, and settle which of the values holds.
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
diagnostic-target-partly-past = { $indicator }, { $period }: part of this time is over already, so the target was not held against the others.
diagnostic-target-partly-past-help = Set a target for the years ahead, or read it on its own page.
diagnostic-target-superseded = { $indicator }, { $period }: a later paper sets another value than { $value }; the later one was used.
diagnostic-target-superseded-help = Whether the earlier target still stands is for the two authorities to say.
