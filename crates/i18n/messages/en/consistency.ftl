# Do the numbers agree?
cli-rorang-check = Do the numbers of the register agree? Findings, classed, with both quotes
cli-rorang-check-database = The register's database; without it, the example
cli-rorang-check-json = For programs: the findings as JSON
cli-rorang-check-settled = List those that people have settled too

findings-none = No two statements of the register disagree.
finding-target = target
finding-settled = Settled
finding-settle = What would settle it
finding-conflict = True conflict
finding-conflict-settle = Nothing in the two papers tells them apart. Ask both publishers which of the two stands, and by which paper.
finding-arithmetic = The numbers do not add up
finding-arithmetic-settle = Look for the number that was rounded or belongs to another time; the exact figure of the statistics office settles it.
finding-kind = A target told as a result
finding-kind-settle = One of the values is exactly the target. Take the result from the report on the year that is over.
finding-basis = Different prices
finding-basis-settle = Current and constant prices are two series. Write the price basis and the base year beside each value.
finding-scope = Different scope
finding-scope-settle = The papers count different things. Write what each covers; ask the author where the paper does not say.
finding-period = Different time
finding-period-settle = One is of a year, the other of several years. Write the period beside each value.
finding-edition = Different edition
finding-edition-settle = An estimate and a later telling. The latest edition of the statistics office holds; the earlier stays readable.
finding-rounding = Only cut or rounded
finding-rounding-settle = Use the value with more digits.
