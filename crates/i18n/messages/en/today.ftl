# What waits for the one who is signed in, on top of the scoreboard; their own menu; the citizen's way.
web-today-title = Waiting for you
web-today-all = See all my work
web-today-tasks = { $count ->
    [one] { $count } task
   *[other] { $count } tasks
} to act on{ $late ->
    [0] {""}
   *[other] , { $late } of them overdue
}
web-today-fill = { $count ->
    [one] { $count } report
   *[other] { $count } reports
} to fill in and send, the nearest by { $day }{ $late ->
    [0] {""}
   *[other] ; { $late } overdue
}
web-today-verify = { $count ->
    [one] { $count } report
   *[other] { $count } reports
} to verify
web-today-accept = { $count ->
    [one] { $count } report
   *[other] { $count } reports
} to accept
web-today-late = Of these, { $count } sent late
web-today-desk = { $count ->
    [one] { $count } figure
   *[other] { $count } figures
} to review
web-me = Account
web-me-label = Entries of { $name }
web-home-units = Find your commune or ward
web-unit-more = More about { $name }
web-unit-people = Offices and who is in charge
web-unit-tasks = Tasks handed over
web-unit-province = Targets of the whole province
web-missing = A field that is needed is still empty: press to go there.
web-missing-reason = A reason is needed.
web-missing-words = Some words are needed.
web-missing-decision = A decision is needed.
web-missing-document = Choose the document that this rests on, or name one outside the register.
web-missing-until = The day asked for is needed.
web-home-open-all = Open all tables
