# Figures within the borders of a day.
rebased-title = Old figures within new borders
rebased-lead = Communes were merged, and yet earlier years can be compared: the figures of the former units are put together within the borders of the day that you choose. What was reported stays as it was.
rebased-none = No commune has reported this indicator yet.
rebased-as-of = Borders as of
rebased-all-units = All { $count } units
rebased-borders = Within the borders of { $day }: { $count } communes and wards.
rebased-manner-sum = Figures of former units are added.
rebased-manner-ratio = The rate is made anew: what stands above ({ $numerator }) and below ({ $denominator }) is added over the former units, then divided.
rebased-manner-mean = The mean of the former units, weighted by { $weight }.
rebased-manner-greatest = The greatest value of the former units.
rebased-manner-carried = This indicator does not add up; it is kept only where a unit went on as it was.
rebased-back-by = Figures of new units are divided among the former ones by { $weight } ({ $period }): these are estimates.
rebased-back-not = Figures of new units cannot be divided among the former ones by themselves. Choose how to divide them to get estimates.
rebased-every-year = Years
rebased-every-half = Half years
rebased-every-quarter = Quarters
rebased-every-month = Months
rebased-every-other = Days and other spans
rebased-weight = Divide by
rebased-weight-none = Do not divide
rebased-weight-population-total = Population of the former units
rebased-weight-households-total = Households of the former units
rebased-value = Within the borders chosen
rebased-from = Made of which figures
rebased-column = { $known }/{ $of } reported
rebased-cell-none = none yet
rebased-cell-missing = { $count } { $count ->
    [one] unit
   *[other] units
 } missing
rebased-cell-not-apportioned = cannot be divided
rebased-share = share { $share }
rebased-missing = No figure yet: { $names }.
rebased-not-apportioned = Nothing says how to divide: { $names }.
rebased-mark-reported = Reported by this unit itself
rebased-mark-whole = A figure without a mark is exact: former units went over whole.
rebased-mark-estimated = an estimate, of which a part was divided by a share
rebased-mark-missing = “Units missing”: a former unit has not reported, so there is not enough to add.
rebased-mark-not-apportioned = “Cannot be divided”: a former unit was split and nobody published the shares.
rebased-totals = Was anything lost?
rebased-totals-equal = the reports add up to { $reported }, and so do the figures within the new borders: { $made }.
rebased-totals-lost = the reports add up to { $reported }, the figures within the new borders to { $made }; { $lost } cannot be divided.
rebased-lost = In { $period } there are units that are not found within the borders chosen: { $names }.
rebased-reported = Figures as reported
rebased-reported-count = Figures as reported, within the borders of their own day ({ $count } units)
rebased-reported-means = These are the figures as they were reported, unchanged.
rebased-link = See old figures within new borders
