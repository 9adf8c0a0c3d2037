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
diagnostic-not-an-office = “{ $found }” is no office.
diagnostic-not-an-office-help = Write it like { $expected }.
diagnostic-regime-code = “{ $found }” cannot be the code of a regime.
diagnostic-regime-code-help = Use lower-case letters and digits joined by dashes, like xa-thang.
diagnostic-regime-no-name = A regime needs a name in both languages.
diagnostic-regime-no-name-help = Fill in name_vi and name_en.
diagnostic-regime-no-line = The regime asks for no indicator.
diagnostic-regime-no-line-help = Add at least one line to the table of lines, with the regime's code.
diagnostic-regime-asks-twice = The indicator “{ $found }” is asked twice.
diagnostic-regime-asks-twice-help = Leave one line out: each value is entered once.
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
