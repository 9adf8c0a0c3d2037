# The noun of a unit after a number; the key is the unit's code in lower case, other signs than letters and digits as “-”.
unit-pp = { $count ->
    [one] percentage point
   *[other] percentage points
}
unit-time = { $count ->
    [one] time
   *[other] times
}
unit-person = { $count ->
    [one] person
   *[other] people
}
unit-worker = { $count ->
    [one] worker
   *[other] workers
}
unit-household = { $count ->
    [one] household
   *[other] households
}
unit-house = { $count ->
    [one] house
   *[other] houses
}
unit-visitor = { $count ->
    [one] visitor
   *[other] visitors
}
unit-commune = { $count ->
    [one] commune
   *[other] communes
}
unit-province = { $count ->
    [one] province
   *[other] provinces
}
unit-ward = { $count ->
    [one] ward
   *[other] wards
}
unit-village = { $count ->
    [one] village
   *[other] villages
}
unit-project = { $count ->
    [one] project
   *[other] projects
}
unit-target = { $count ->
    [one] target
   *[other] targets
}
unit-task = { $count ->
    [one] task
   *[other] tasks
}
unit-breakthrough = { $count ->
    [one] breakthrough
   *[other] breakthroughs
}
unit-solution = { $count ->
    [one] solution
   *[other] solutions
}
unit-product = { $count ->
    [one] product
   *[other] products
}
unit-enterprise = { $count ->
    [one] enterprise
   *[other] enterprises
}
unit-cooperative = { $count ->
    [one] cooperative
   *[other] cooperatives
}
unit-school = { $count ->
    [one] school
   *[other] schools
}
unit-student = { $count ->
    [one] student
   *[other] students
}
unit-doctor = { $count ->
    [one] doctor
   *[other] doctors
}
unit-bed = { $count ->
    [one] bed
   *[other] beds
}
unit-camera = { $count ->
    [one] camera
   *[other] cameras
}
unit-head = head
unit-pig = { $count ->
    [one] pig
   *[other] pigs
}
unit-unit = { $count ->
    [one] unit
   *[other] units
}
unit-point = { $count ->
    [one] point
   *[other] points
}
unit-ton = { $count ->
    [one] ton
   *[other] tons
}
unit-quintal = { $count ->
    [one] quintal
   *[other] quintals
}
unit-kg = kg
unit-ha = ha
unit-km = km
unit-km2 = km²
unit-mw = MW
unit-kwh = kWh
unit-per-10000 = per 10,000 people
unit-month = { $count ->
    [one] month
   *[other] months
}
unit-year = { $count ->
    [one] year
   *[other] years
}
unit-perspective = { $count ->
    [one] perspective
   *[other] perspectives
}
unit-direction = { $count ->
    [one] direction
   *[other] directions
}
unit-group = { $count ->
    [one] group
   *[other] groups
}
unit-locality = { $count ->
    [one] locality
   *[other] localities
}
unit-job = { $count ->
    [one] job
   *[other] jobs
}
unit-dossier = { $count ->
    [one] dossier
   *[other] dossiers
}
unit-accident = { $count ->
    [one] accident
   *[other] accidents
}
