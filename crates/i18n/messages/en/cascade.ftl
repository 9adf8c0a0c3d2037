# Handing targets down: by hand, to departments, and for good.
cascade-to = Hand down to
cascade-to-communes = Communes and wards
cascade-to-departments = Departments
cascade-hand-how = Type the part of each unit and choose “Compute again” to see what is left. An empty field is a part not yet decided.
cascade-hand-again = Compute again
cascade-given = Given so far
cascade-adopt = Make the parts targets of each unit
cascade-adopt-means = The { $count } parts above are recorded as targets of the units, with the paper that decides and the reason. A target given before that differs is replaced; the former one stays readable.
cascade-adopt-simulated = These parts rest on simulated figures and are recorded as simulated.
cascade-adopt-button = Record
cascade-field-residual = What the part left with nobody is for (must be named)
cascade-field-document = Paper that decides
cascade-done = Recorded. Each unit sees its target on its own page.
engine-way-hand = By hand, part by part
diagnostic-nothing-to-adopt = There is no part to hand down.
diagnostic-nothing-to-adopt-help = Type at least one part, or choose another way.
simulated-note = The register also holds simulated figures for trial use, and this page counts them too; wherever one is shown it is marked.
