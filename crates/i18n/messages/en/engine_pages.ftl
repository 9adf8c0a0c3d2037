# The pages that compute: ranking, cascade, how a number came about, calibration; and simulated data.
cli-rorang-simulate = Loads simulated commune reports for trial use; each value says that it is simulated
cli-rorang-simulate-database = The database that is there
cli-rorang-simulate-seed = The seed: the same number gives the same values
cli-rorang-simulate-waiting = Only reports, of so many periods of every regime, all waiting to be judged: a long queue to try
simulate-done = Loaded { $observations } simulated values ({ $known } were there before) and { $reports } simulated reports. Every page that shows them says “simulated data”.
simulate-waiting-done = Loaded { $reports } simulated reports that wait to be judged. Every page that shows them says “simulated data”.
engine-simulated = Simulated data
engine-simulated-lead = This page uses data simulated for trial use, not real data of the communes and wards.
engine-chance = { $percent } chance · { $points } data points
engine-period = Period
engine-show = Show
engine-indicator = Indicator
engine-unit = Unit
engine-value = Value
engine-ranking-title = Ranking of communes and wards
engine-ranking-lead = Ranked only within groups whose conditions are alike. Equal values share a rank; a unit without data is not ranked.
engine-ranking-none = There are no commune data to rank yet.
engine-ranking-coverage = Data of { $known } of { $of } communes and wards.
engine-ranking-up = Higher values rank first.
engine-ranking-down = Lower values rank first.
engine-ranking-group = { $known } of { $of } units have data.
engine-rank = Rank
engine-rank-tie = { $rank } (tie)
engine-completeness = Reported
engine-completeness-of = { $given } of { $asked } indicators
engine-group-wards = Wards
engine-group-small = Communes below 200 km²
engine-group-large = Communes of 200 km² and more
engine-cascade-title = A target handed down
engine-cascade-lead = A trial of dividing one of the province’s targets among communes and wards or among departments. What is left over is shown by itself; only when somebody hands it down for good, with the paper that decides, is it recorded.
engine-cascade-none = None of the province's targets can be handed down yet.
engine-cascade-target = Target of the province
engine-cascade-way = How it is divided
engine-cascade-due = To be reached
engine-cascade-now = Now
engine-cascade-weight = Households
engine-cascade-area = Area (km²)
engine-cascade-total = Sum of the parts
engine-cascade-reached = Units with data reach together
engine-cascade-residual = Not handed down
engine-cascade-residual-rate = Difference from the target
engine-cascade-closed = nothing left
engine-cascade-ground = Based on data of { $period }: { $known } of { $of } units have what is needed.
engine-cascade-without = Nothing could be handed down to { $count } units for lack of data: { $names }.
engine-way-equal = Equally
engine-way-households = By households
engine-way-area = By natural area
engine-way-same-rate = The same rate for all
engine-way-same-change = The same change for all
engine-way-distance = More for those farther from the goal
engine-explain-title = How this number came about
engine-explain-lead = From the aggregate down to each report and its sentence.
engine-explain-unknown = not known
engine-explain-in-part = not all is known
engine-explain-reported = Taken from a report:
engine-explain-formula = Computed by the formula:
engine-explain-by-zero = It cannot be computed: the denominator is zero.
engine-explain-rebased = Added up from the former units that became this one.
engine-explain-rebased-estimated = Estimated from the former units, some of them apportioned by a share.
engine-explain-sum = Added up from { $known } of { $of } units below.
engine-explain-mean = Mean of { $known } of { $of } units below, weighted by { $weight }.
engine-explain-parts = Show { $count } components
engine-rollup-title = Added up from below
engine-rollup-means = What follows from the communes, from former units and from formulas, with how many units have data.
engine-rollup-lead = Computed from the units below, former units or other indicators, for { $period }. Choose a number to see how it came about.
engine-rollup-coverage = Rests on
engine-rollup-link = Data added up from below
engine-rollup-none = There is nothing to add up in this period yet.
engine-rollup-made = by formula
engine-calibration-title = How far forecasts can be trusted
engine-calibration-lead = The chance of reaching a target is computed from the series alone. This page holds forecasts made back in time against what came.
engine-calibration-none = No series has the four points that a test of forecasts needs.
engine-calibration-series = Series tested
engine-calibration-series-of = { $tested } of { $all }
engine-calibration-forecasts = Forecasts compared
engine-calibration-brier = Brier score
engine-calibration-base = Brier score of always saying the base rate
engine-calibration-coverage = Values inside the 80% interval
engine-calibration-brier-means = The nearer a Brier score is to 0 the better; always saying 50% gets 0.25. The 80% interval means what it says when close to 80% of the values lie inside.
engine-calibration-bins = Chance that was forecast and how often it came about
engine-calibration-chance = Forecast chance
engine-calibration-came = Came about
engine-calibration-count = Forecasts
engine-calibration-better = The forecasts beat saying the base rate.
engine-calibration-worse = The forecasts do not beat saying the base rate: use them with care.
engine-calibration-simulated = { $count } simulated series are left out.
engine-calibration-groups = By model and by how far ahead
engine-calibration-groups-text = With few forecasts much is chance; the 80% interval should hold about 80% of the values.
engine-calibration-model = Model
engine-calibration-ahead = Ahead
engine-calibration-ahead-1 = { $count ->
    [one] { $count } year
   *[other] { $count } years
}
engine-calibration-ahead-2 = { $count ->
    [one] { $count } half year
   *[other] { $count } half years
}
engine-calibration-ahead-4 = { $count ->
    [one] { $count } quarter
   *[other] { $count } quarters
}
engine-calibration-ahead-12 = { $count ->
    [one] { $count } month
   *[other] { $count } months
}
engine-calibration-brier-short = Brier score
engine-calibration-coverage-short = In the 80% interval
engine-model-drift = Random walk with drift
engine-model-smoothing = Exponential smoothing
engine-model-seasonal = Seasonal
