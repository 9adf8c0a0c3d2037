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
