# The tree of units with its roll-ups.
tree-title = Figures by unit
tree-lead = Each unit with those below it: what their figures come to, from how many units and how much of the population. Choose a number to see how it came about.
tree-units = { $count } units below, { $period }.
tree-population = Shares of the population are told by the population of { $years }, known of { $known } of { $of } communes and wards.
tree-none = The units below have not reported anything in this period.
tree-reported = as reported
tree-coverage = { $known } of { $of } communes and wards, { $population } of the population
tree-link = The units below and what they come to
tree-coverage-units = { $known } of { $of } communes and wards
