### Reports: regimes, forms, verification.

web-act-regime = Report regime issued
web-act-regime-ended = Report regime ended
web-act-report-saved = Report filled in
web-act-report-submitted = Report sent
web-act-report-verified = Report verified
web-act-report-returned = Report sent back
web-act-report-accepted = Report accepted
web-act-report-corrected = Report corrected
web-act-report-counted = Report value entered in the register
web-act-report-recounted = Corrected report value entered
web-act-report-evidence = Evidence shown for a report
web-act-report-sample = Reports drawn for spot checks
web-act-report-spot-checked = Report checked on the spot

report-sheet-name = Report
report-sheet-note = Type only into the columns “Value” and “Explanation”. No formulas. Hand this file in on the report's own page.
report-column-line = Indicator
report-column-unit = Unit
report-column-last = Last period
report-column-value = Value
report-column-explanation = Explanation

diagnostic-report-not-asked = The regime asks for no such report.
diagnostic-report-not-asked-help = Check the period and the units that report by this regime.
diagnostic-report-not-yet = Too early: the form opens on { $opens }.
diagnostic-report-not-yet-help = Wait for that day, then enter it again.
diagnostic-report-closed = The form was locked after { $since }.
diagnostic-report-closed-help = Where something must change, ask the verifier to return or correct it, with the reason.
diagnostic-report-sent = The report was sent and waits to be verified or accepted.
diagnostic-report-sent-help = Ask the verifier to return it if something must change.
diagnostic-report-accepted = The report was accepted and is locked.
diagnostic-report-accepted-help = What changes now is a correction: ask the verifier, with the reason.
diagnostic-report-line = This line does not pass: { $finding ->
    [missing] the value is missing
    [below] less than it can be
    [above] more than it can be
    [too-precise] too many digits after the decimal mark
    [more-than] more than the value that must hold it
    [parts-more-than] the parts come to more than the whole
    [not-a-number] this is no number
    [ambiguous] this can be read as two numbers
    [two-values] there are two different values
    [far-from-last] far from the last period without an explanation
   *[not-asked] the form does not ask for this indicator
}.
diagnostic-report-line-help = Change the value of the line, or explain it if it is right.
diagnostic-report-text-too-long = The text is longer than { $limit } characters.
diagnostic-report-text-too-long-help = Write less; attach long papers as evidence.
diagnostic-report-not-looked-at = The value of this line is unusual and was not ticked as looked at.
diagnostic-report-not-looked-at-help = Compare it with the evidence, then tick “looked at” on the line.
diagnostic-report-same-person = Who verified a report does not accept it.
diagnostic-report-same-person-help = Ask another person who may accept.
diagnostic-evidence-too-large = The file of evidence is larger than { $limit } MB.
diagnostic-evidence-too-large-help = Take a smaller picture, or link to the paper.
diagnostic-evidence-kind = This kind of file is not taken as evidence.
diagnostic-evidence-kind-help = Use one of: { $expected }. Name and content of the file must be of one kind.
diagnostic-sample-of-nothing = No report was sent that could be drawn.
diagnostic-sample-of-nothing-help = Draw when reports have come in.
diagnostic-regime-code = “{ $found }” cannot be the code of a regime.
diagnostic-regime-code-help = Use lower-case letters and digits joined by dashes, like xa-thang.
diagnostic-regime-no-name = A regime needs a name in both languages.
diagnostic-regime-no-name-help = Fill in name_vi and name_en.
diagnostic-regime-no-line = The regime asks for no indicator.
diagnostic-regime-no-line-help = Add at least one line to the table of lines, with the regime's code.
diagnostic-regime-asks-twice = The indicator “{ $found }” is asked twice.
diagnostic-regime-asks-twice-help = Leave one line out: each value is entered once.
diagnostic-regime-line-of-none = No regime of the table of regimes has the code “{ $found }”.
diagnostic-regime-line-of-none-help = Write the code as in the table of regimes, or load both tables together.
diagnostic-regime-compares-stranger = A line is compared with “{ $found }”, which the form does not ask for.
diagnostic-regime-compares-stranger-help = Add that indicator to the form, or leave out the comparison.
diagnostic-regime-no-reporters = Units of this tier do not report.
diagnostic-regime-no-reporters-help = Use commune, district or province.
diagnostic-regime-days = These days cannot stand.
diagnostic-regime-days-help = Days count from the cut-off and are not negative; the lock is not before the last day for sending.
diagnostic-sheet-too-large = The file is larger than { $limit } MB.
diagnostic-sheet-too-large-help = Take the form from the report's page again and type into that.
diagnostic-sheet-unreadable = This file cannot be read as an XLSX workbook.
diagnostic-sheet-unreadable-help = Save it as .xlsx without a password and hand it in again.
diagnostic-sheet-not-ours = This file is not the form from the report's page.
diagnostic-sheet-not-ours-help = Take the form from the report's page and type into that.
diagnostic-sheet-other-report = This is the form of another report: { $found }.
diagnostic-sheet-other-report-help = The form wanted here is: { $expected }. Take it from the right page.
diagnostic-sheet-formula = The cell holds a formula: { $found }.
diagnostic-sheet-formula-help = Copy the cell and paste it as a value.
diagnostic-sheet-link = The file links to other files.
diagnostic-sheet-link-help = Break all links, paste values, and hand it in again.
diagnostic-sheet-program = The file holds a program or an embedded object.
diagnostic-sheet-program-help = Take the form again and type values only.
diagnostic-sheet-unknown-line = This line is not in the form: “{ $found }”.
diagnostic-sheet-unknown-line-help = Add, drop or move no lines; take the form again if need be.
diagnostic-sheet-line-twice = The indicator “{ $found }” has two lines.
diagnostic-sheet-line-twice-help = Keep one; the first is at cell { $expected }.
diagnostic-sheet-line-missing = The line “{ $found }” is missing.
diagnostic-sheet-line-missing-help = Take the form again and type into that.
diagnostic-sheet-text-too-long = The cell holds more than { $limit } characters.
diagnostic-sheet-text-too-long-help = Write less.
diagnostic-sheet-value = The cell holds “{ $found }”, which cannot be read as one number.
diagnostic-sheet-value-help = Write one number, like 1234 or 12.5.

report-title = Reports
report-lead = Who reports what to whom, for which period, by when; and how punctual and complete it was.
report-mine-title = My reports
report-mine-locked = Sent or locked ({ $count })
report-by-unit-all = All { $count } units
report-mine-none = There is no form to fill in now.
report-filled = { $filled } of { $lines } lines filled in
report-send-by = due { $day }
report-locks-after = locked after { $day }
report-window = days from { $from } to { $to }
report-was-returned = Sent back
report-owed-title = What is owed
report-owed-lead = Of each regime the latest period whose cut-off has passed. A report that was sent back counts again when it is sent again.
report-no-regime = No report regime has been issued.
report-by-unit = By unit
report-by-unit-lead = The last six periods of all regimes, counted once the last day has passed. The least punctual first.
report-unit = Unit
report-rate-sent = Sent
report-rate-on-time = On time
report-rate-complete = Complete
report-rate-accepted = Accepted
report-rate-none = nothing to count yet
report-late = late
report-stage = Stage
report-stage-missing = Not sent, overdue
report-stage-not-begun = Not begun
report-stage-filling-in = Being filled in
report-stage-submitted = Waits for the verifier
report-stage-verified = Waits for acceptance
report-stage-accepted = Accepted
report-frequency-M = Monthly
report-frequency-Q = Quarterly
report-frequency-S = Half-yearly
report-frequency-A = Yearly
report-edition-estimate = Estimate
report-edition-preliminary = Preliminary
report-edition-official = Official
report-locked = The form is locked
report-lock-not-asked = the regime does not ask for this period.
report-lock-not-yet = too early, it opens on { $day }.
report-lock-closed = its time is over, locked after { $day }.
report-lock-sent = it was sent and waits for the level above.
report-lock-accepted = it was accepted.
report-next-not-asked = See the page of the regime.
report-next-not-yet = It can be filled in from that day.
report-next-closed = Where something must change, ask the province's verifier.
report-next-sent = Where something must change, ask the verifier to send it back.
report-next-accepted = What changes now is a correction, recorded by the verifier with a reason.
report-finding-missing = There is no value yet.
report-finding-not-asked = The form does not ask for this indicator.
report-finding-below = Cannot be less than { $least }.
report-finding-above = Cannot be more than { $most }.
report-finding-too-precise = At most { $digits } digits after the decimal mark.
report-finding-more-than = More than “{ $whole }” ({ $limit }).
report-finding-parts-more-than = The parts come to { $sum }, more than “{ $whole }” ({ $limit }).
report-finding-not-a-number = “{ $text }” is no number. Write it like 1234 or 12.5.
report-finding-ambiguous = This can be { $whole } or { $fraction }: choose.
report-finding-two-values = There are several values: { $values }. Choose one.
report-finding-far-from-last = { $per_cent }% away from the last period ({ $last }): explain it if it is right.
report-stands-out = Unusual among the other units: look again.
report-which = Which number is it?
report-window-label = Days from – to
report-send-by-label = Due
report-sent-on = Sent on
report-edition = Edition
report-form-title = Fill in
report-form-hint = Enter goes to the next line. A whole column can be pasted from a spreadsheet. Values are saved as you type; an unfinished form is kept too.
report-optional = (optional)
report-save = Save
report-send = Send the report
report-saving = Saving…
report-saved = Saved.
report-save-failed = Not saved yet; trying again.
report-pasted = { "{count}" } lines pasted.
report-pasted-left-over = More was pasted than the form has lines; the last cells were not used: { "{cells}" }. See whether the lines have slipped.
report-conflict = Saved. Somebody else has just typed another value on a line: reload the page and choose.
report-changed = Somebody else has just changed this report: reload the page and do it again.
report-in-the-way = { $count } things are left to do before it can be sent.
report-rival = { $who } has just typed:
report-pick = Use this value
report-explain = Explanation
report-explain-of = Explanation for { $line }
report-explained = Explanation
report-by-sheet = Fill in by XLSX workbook
report-sheet-get = Take the form
report-sheet-file = The filled form (.xlsx)
report-sheet-send = Hand in the form
report-lines = The lines of the report
report-remarks = Remarks
report-looked = looked at
report-verify = Verify: right
report-verify-words = What it was compared with (or why it is sent back)
report-accept = Accept
report-accept-words = The reason, where it is sent back
report-return = Send back
report-judge-hint = Coloured lines are unusual against the last period or among the units: look at each, then tick “looked at”.
report-correct-title = Correct
report-correct-hint = The old value stays readable; the new one takes its place in the register at once, with the reason.
report-correct-reason = Why it is corrected
report-correct = Record the correction
report-evidence = Evidence
report-evidence-none = No evidence yet.
report-evidence-add = Add evidence
report-evidence-line = For the line
report-evidence-all = The whole report
report-evidence-title = What it shows
report-evidence-file = File (PDF, picture, DOCX, XLSX)
report-evidence-url = Or a link
report-evidence-send = Add
report-history = What happened
report-history-count = { $count } steps
report-done-saved = Saved.
report-done-sent = The report was sent.
report-done-verified = Verified.
report-done-returned = Sent back.
report-done-accepted = Accepted; its values are in the register.
report-done-corrected = Corrected; the register has the new values.
report-queue-title = Reports that wait
report-queue-verify = To be verified
report-queue-accept = To be accepted
report-queue-lead = Open each report, compare its values with the last period and the other units, then decide. The period that was due first stands at the top; within a period, reports with unusual values come first.
report-queue-stands = How the reports that wait stand
report-queue-all = All
report-queue-late = Sent late
report-queue-filter = Filter by unit or regime
report-queue-regime = Regime
report-queue-periods = Periods that wait ({ $count })
report-queue-of-period = { $verify ->
    [0] {""}
   *[other] { $verify } to verify
}{ $verify ->
    [0] {""}
   *[other] { $accept ->
        [0] {""}
       *[other] {", "}
    }
}{ $accept ->
    [0] {""}
   *[other] { $accept } to accept
}{ $late ->
    [0] {""}
   *[other] , { $late } sent late
}
report-queue-none-match = No waiting report fits this choice.
report-queue-back = To the page of reports
report-queue-pages = Pages of the queue
report-queue-page = Page { $page } of { $pages }
report-queue-before = ← Page before
report-queue-next = Next page →
report-queue-empty = No report waits.
report-queue-out = { $count } unusual values
report-returns = sent back { $count } times
report-regime-new = Issue a report regime
report-regime-issue = Issue
report-regime-who = Who reports
report-regime-receiver = Who receives
report-regime-way = Way of sending
report-regime-frequency = Frequency
report-regime-cut-off = Days told of
report-regime-send-by = Due
report-regime-lock = Locked
report-regime-outline = Outline
report-regime-from = In force from
report-regime-days = { $days } days after the cut-off
report-regime-lines = The data form
report-regime-source = What a regime states follows Decree 09/2019/NĐ-CP. Issued by
report-regime-end = End this regime
report-regime-end-button = End it
report-periods = Periods
report-tier-commune = Every commune and ward
report-tier-district = Every district
report-tier-province = The province
report-calendar-calendar = From the first to the last day of the calendar period
report-calendar-statutory = From the 15th of the month before the period to the 14th of its last month
report-new-lead = A regime states: name, content, who reports, who receives, way, due day, frequency, cut-off, outline, data form.
report-new-code = Code (lower case, joined by dashes)
report-new-name_vi = Name in Vietnamese
report-new-name_en = Name in English
report-new-content_vi = Content (Vietnamese)
report-new-content_en = Content (English)
report-new-reporters = Who reports
report-new-receiver = Who receives it
report-new-way_vi = Way of sending (Vietnamese)
report-new-way_en = Way of sending (English)
report-new-frequency = Frequency
report-new-calendar = Days told of
report-new-send_by_days = Due: days after the cut-off
report-new-lock_after_days = Locked: days after the cut-off
report-new-outline_vi = Outline (Vietnamese)
report-new-outline_en = Outline (English)
report-new-edition = Accepted values are
report-new-from = Asks from
report-new-lines = Paste a whole CSV table in place of these lines
report-new-lines-hint = Each line asks for one indicator. Type a few letters of its name and choose; a line left empty is passed over.
report-sample-title = Draw for checks on the spot
report-sample-rule = { $ready } reports were sent; { $size } are drawn: were one in five wrong, at least one of them is among the drawn with a chance of 90%.
report-sample-seed = Drawn by the hash of the record just before the draw; anybody can draw again:
report-sample-draw = Draw now
report-sample-tell = Tell what was found
report-sample-found = The value found
report-sample-words = What was looked at, and where
report-sample-tell-button = Record
report-story-link = The whole story of this number
report-story-steps = From the first entry until now
report-story-public = The public page shows the steps and the accepted values only.
report-story-device = Done on the device at { $time }.
report-story-device-ahead = The device’s clock was { $apart } ahead: it showed { $time }.
report-story-device-behind = The device’s clock was { $apart } behind: it showed { $time }.
report-apart-day = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
report-apart-hour = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
report-apart-minute = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
report-story-goes-into = What it goes into
web-menu-reports = Reports
report-after-sent = Next, { $office } verifies and accepts it. Should it be sent back, it shows again under
report-after-judged = Next report that waits
report-receiver = Goes to
report-evidence-first = Save at least one value, then add photos, files or links as evidence here.
report-new-lines-columns = With a table, the lines above are not used. Its first row names the columns:
report-new-more = More lines
report-new-line = Line { $number }
report-new-line-indicator = Indicator
report-new-line-required = Required
report-new-line-must = Must have a value
report-new-line-may = May be left empty
report-new-line-decimals = Digits behind the point (0 for whole numbers)
report-new-line-checks = Checks and guidance of this line
report-new-line-min = Least
report-new-line-max = Most
report-new-line-not-more-than = Not more than indicator
report-new-line-near-last = Explain what differs from the last period by more than so many %
report-new-line-hint-vi = Guidance (Vietnamese)
report-new-line-hint-en = Guidance (English)
