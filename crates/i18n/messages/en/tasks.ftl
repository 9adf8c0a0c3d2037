# Tasks: who does what by when, and what came of it.

web-act-task-drafted = Task drafted
web-act-task-stepped = Step of a task
web-act-rules-set = Rules set
web-act-scored = General score given

task-board-title = Tasks
task-board-all = All tasks
task-board-mine = Mine
task-board-waiting = Waiting for me
task-board-office = Tasks of { $office }
task-board-lead = { $count } tasks: { $done } done and confirmed, { $late } past their deadline now.
task-board-empty = There are no tasks here.
task-whose = Whose tasks
task-how-they-stand = How they stand
task-standing-all = All
task-standing-open = Open
task-standing-late = Late
task-standing-soon = Due within 7 days
task-standing-stuck = Stuck
task-standing-done = Done
task-office = Office
task-show = Show
task-pages = Pages
task-page-before = { $count } tasks before
task-page-next = { $count } more tasks

task-stage-drafted = Draft
task-stage-handed-over = Handed over, not received
task-stage-contested = Contested
task-stage-under-way = Under way
task-stage-handed-in = Handed in, to be confirmed
task-stage-done = Done
task-stage-cancelled = Cancelled
task-late = Late
task-was-late = Done late
task-stuck = Stuck
task-internal = Internal
task-due-today = due today
task-days-left = { $count ->
    [one] 1 day left
   *[other] { $count } days left
 }
task-days-over = { $count ->
    [one] 1 day over
   *[other] { $count } days over
 }
task-first-due = (first deadline { $day })
task-no-due = no deadline yet
task-standing = ongoing
task-no-lead = no lead yet

task-field-title = What is to be done
task-field-lead = Lead
task-field-supporters = Supporting offices
task-field-assigner = Assigned by
task-field-product = Product
task-field-power = Power to act
task-field-start = Counts from
task-field-due = Deadline
task-field-result = Result to reach
task-field-serves = Target served
task-field-weight = Counts for so many plain tasks (1 if empty)
task-field-clause = Clause of the document
task-per-cent = Done so far
task-done-by-post = in the hands of “{ $post }”
task-not-clear-yet = Not clear enough to hand over; still missing:
task-from-finding = Made from a disagreement of figures

task-parts = Parts
task-parts-done = { $done } of { $count } parts are done.
task-divide = Hand parts down
task-several-leads = Hand down to several offices at once, a part for each
task-offices-province = Province: committee and departments
task-offices-communes = Communes and wards
task-target = Did the number move?
task-moved-caution = The upright lines are this task’s days. A number that changed after one of them need not have changed because of it: there are many other causes.
task-day-handed-over = handed over { $day }
task-day-first-due = first deadline { $day }
task-day-due = deadline { $day }
task-day-done = confirmed { $day }

task-timeline = What happened
task-timeline-empty = Nothing has happened since it was drafted.
task-public-note = Citizens see here which office did what on which day. Words and attachments are for the offices concerned.
task-until = until { $day }
task-grave = grave error
task-excused = delay with causes outside the lead’s power
task-kilobytes = ({ $count } kB)
task-observation = value of entry { $number }

task-party-assigner = the assigner
task-party-lead = the lead
task-party-supporter = a supporting office
task-party-asked = the office asked

task-act-rewrite = Draft rewritten
task-act-assign = Handed over
task-act-acknowledge = Received
task-act-contest = Contested
task-act-reassign = Handed over anew
task-act-appoint = Post named
task-act-progress = Progress
task-act-difficulty = Difficulty raised
task-act-refer = Difficulty passed on
task-act-answer = Difficulty answered
task-act-ask-extension = More time asked for
task-act-grant-extension = More time granted
task-act-refuse-extension = More time refused
task-act-submit = Product handed in
task-act-confirm = Confirmed as done
task-act-return = Returned, not done
task-act-cancel = Cancelled

task-now = What can be done now
task-as = As { $party }.
task-others = What others can do, and who
task-nothing-left = The task is closed; nothing is left to do.
task-nothing-for-you = Nothing here is yours to do now.
task-optional = (optional)
task-must = needed to hand over
task-do-rewrite = Rewrite the draft
task-do-assign = Hand this task over
task-do-acknowledge = Receive the task
task-do-contest = Contest it
task-do-reassign = Hand over again or to another office
task-do-appoint = Name the post that does it
task-do-progress = Report progress
task-do-difficulty = Raise a difficulty
task-do-refer = Pass the difficulty on to who can solve it
task-do-answer = Answer the difficulty
task-do-ask-extension = Ask for more time
task-do-grant-extension = Grant more time
task-do-refuse-extension = Refuse more time
task-do-submit = Hand in the product
task-do-confirm = Confirm as done
task-do-return = Return it
task-do-cancel = Cancel the task
task-do-divide = Hand parts down
task-reason = Reason
task-answer-words = What will be done about it
task-return-words = What is wanting
task-confirm-words = A word
task-grave-tick = It is a grave error (costs points of quality)
task-excused-tick = The delay had causes outside the lead’s power (costs no points)
task-new-lead = New lead
task-refer-to = Office that can solve it
task-refer-words = What is asked of it
task-difficulty-words = What stands in the way, and what would help
task-who-can-help = Who can solve it
task-the-assigner = The assigner
task-progress-words = What was done since last time
task-per-cent-field = Per cent done
task-submit-words = Which product was made
task-until-field = Until
task-post-field = Post that does it
task-evidence-files = Files
task-evidence-hint = PDF, DOCX, XLSX, pictures in PNG or JPEG, plain text; at most 10 MB each.
task-evidence-links = Web addresses, one a line
task-evidence-observations = Values of the register (entry numbers)

task-done-draft = The draft is kept.
task-done-rewrite = The draft is rewritten.
task-done-assign = Handed over. The lead has to receive it.
task-done-acknowledge = Received.
task-done-contest = The assigner has your objection.
task-done-reassign = Handed over anew.
task-done-appoint = The post is named.
task-done-progress = Progress is noted.
task-done-difficulty = The difficulty is raised.
task-done-refer = The difficulty is passed on.
task-done-answer = Answered.
task-done-ask-extension = The request for time is sent.
task-done-grant-extension = More time is granted; the first deadline stays readable.
task-done-refuse-extension = Answered: no more time.
task-done-submit = Handed in. The task is done only when the assigner confirms it.
task-done-confirm = Confirmed as done.
task-done-return = Returned: the task is not done.
task-done-cancel = Cancelled.

task-new = New task
task-new-intro = Make it clear: who, what, by when, with which result.
task-hand-over = Hand over now
task-save-draft = Keep as a draft
task-whole-part = The whole part
task-standing-tick = Ongoing work without a last day
task-internal-tick = Internal: only the offices concerned may know
task-no-target = No target
task-from-here = Make a task from this
task-serving = Tasks that serve this target
task-from-document = Tasks made from this document
task-from-finding-here = Make a task to clear this up

diagnostic-task-field-missing = Not clear: { $field ->
    [title] what is to be done
    [lead] who leads
    [supporters] who helps
    [product] the product
    [power] the power to act
    [due] the deadline
    [result] the result to reach
   *[serves] the target that it serves
 }.
diagnostic-task-field-missing-help = Fill it in, then hand over; or keep a draft and complete it later.
diagnostic-task-not-now = That cannot be done with the task now.
diagnostic-task-not-now-help = Look at the task’s page again: it tells what can be done now.
diagnostic-office-ended = { $found } is no longer there (until { $until }).
diagnostic-office-ended-help = Choose the office that took its work over.
diagnostic-unknown-target = The register has no target number { $found } that holds.
diagnostic-unknown-target-help = Choose a target of the list, or leave it empty.
diagnostic-not-per-cent = “{ $found }” is not a per cent from 0 to 100.
diagnostic-not-per-cent-help = Write a whole number such as 40.
diagnostic-not-a-weight = “{ $found }” is not a weight.
diagnostic-not-a-weight-help = Write a whole number from 1 to 100, or leave it empty.
diagnostic-due-before-start = { $found } must lie after { $after }.
diagnostic-due-before-start-help = Choose a later deadline, or another day from which it counts.
diagnostic-text-too-long = Longer than { $limit } characters.
diagnostic-text-too-long-help = Write less, or attach a file.
diagnostic-clause-not-in-document = The document does not have this very sentence.
diagnostic-clause-not-in-document-help = Choose the sentence on the document’s page.
diagnostic-part-by-another = Only the lead can divide this task.
diagnostic-part-by-another-help = Ask the lead to hand the part down.
diagnostic-part-after-whole = The part is due { $found }, after the whole task ({ $limit }).
diagnostic-part-after-whole-help = Choose an earlier day, or ask for more time for the whole first.
diagnostic-task-evidence-too-large = The file “{ $found }” is larger than { $limit } MB.
diagnostic-task-evidence-too-large-help = Make it smaller, or give the address where it lies.
diagnostic-task-evidence-type = The file “{ $found }” is not accepted.
diagnostic-task-evidence-type-help = Send PDF, DOCX, XLSX without macros, pictures in PNG or JPEG, or plain text.
diagnostic-task-evidence-too-many = More than { $limit } pieces of evidence.
diagnostic-task-evidence-too-many-help = Put them together into fewer files.
diagnostic-unknown-observation = The register has no value of entry { $found }.
diagnostic-unknown-observation-help = Write the entry’s number, such as 120.

diagnostic-cell-formula = This cell is the formula “{ $found }”, not something that was written there.
diagnostic-cell-formula-help = Paste it as values and send the file again.
diagnostic-not-a-table-file = This file is no DOCX, XLSX or CSV.
diagnostic-not-a-table-file-help = Save the annex as DOCX, XLSX or CSV and send it again.
diagnostic-annex-no-table = No table here has columns for task, lead and deadline.
diagnostic-annex-no-table-help = Name the columns “Task”, “Lead”, “Deadline”, or in Vietnamese “Nhiệm vụ”, “Cơ quan chủ trì”, “Thời hạn”.
diagnostic-annex-several-leads = A task has one lead; here stands “{ $found }”.
diagnostic-annex-several-leads-help = Keep one lead; the others go to the column of supporting offices.
diagnostic-not-a-deadline = The deadline “{ $found }” cannot be understood.
diagnostic-not-a-deadline-help = Write it as 30/9/2026, September 2026, Q3 2026, 2026 or ongoing.

task-import-title = Import a plan’s annex
task-import-lead = Send the annex (DOCX, XLSX or CSV) with columns for task, lead, support, deadline, product. Each row is shown first; if one is wrong, none is recorded.
task-import-file = File of the annex
task-import-document = The plan’s document in the register
task-import-no-document = No document
task-import-look = Look at it first
task-import-record = Record as drafts
task-import-hand-over = Record and hand over
task-import-rows = { $count } tasks in the file
task-import-known = in the register already
task-import-done = { $count } tasks recorded; { $known } were there already.
task-import-nothing = Nothing was recorded.
task-row = Row

cli-rorang-import-tasks = Takes the tasks of a plan’s annex into the register: all of them or none
cli-rorang-import-tasks-file = The annex (DOCX, XLSX, CSV)
cli-rorang-import-tasks-assigner = The office that hands them over, such as VN-11 or VN-11/finance
cli-rorang-import-tasks-document = The number of the plan’s document in the register
cli-rorang-import-tasks-start = The plan’s own day, from which the tasks count
cli-rorang-import-tasks-hand-over = Hand them over at once
cli-rorang-import-tasks-dry-run = Only show what would be recorded
cli-rorang-import-tasks-database = The database file; must be there
cli-rorang-import-tasks-by = The person in whose name it is recorded

diagnostic-not-a-mail-address = “{ $found }” is no e-mail address.
diagnostic-not-a-mail-address-help = Write it as name@dienbien.gov.vn, or leave it empty.

cli-rorang-remind = Reminders: shows or sends one digest a person
cli-rorang-remind-dry-run = Only show them
cli-rorang-remind-send = Send today’s digests, each once
cli-rorang-remind-again = Send once more what an earlier run may have sent before it broke off
cli-rorang-remind-settings = File with the settings of the mail server; the environment goes before it
cli-rorang-remind-database = The database file
remind-no-address = no mail address
remind-count = { $count } people have something due.
remind-failed = Not sent to { $name }: { $why }
remind-sent = { $sent } sent; { $known } sent before; { $unsure } may have been sent; { $failed } failed; { $nowhere } people have no address.
remind-subject = Rõ Ràng: { $count } tasks want your attention
remind-hello = Dear { $name },
remind-end = One mail a day, only when something is due. Please do not answer it.
remind-overdue = { $days } days over
remind-due-soon = { $days } days left
remind-unreceived = handed over { $days } days ago, not received
remind-silent = silent for { $days } days
remind-unanswered = waiting for an answer for { $days } days
remind-climbed = {" "}– told further up, since it has waited long

task-board-empty-waiting = Nothing waits for you.
task-board-empty-public = No task has been made public here yet.
task-calendar-office = Calendar of this office’s deadlines (.ics)
task-reminders-title = My reminders
task-reminders-lead = At most one mail a day, only when something is due soon, late or waiting for you.
task-reminders-done = Saved.
task-reminders-address = E-mail address (leave it empty for no mail)
task-reminders-save = Save
task-calendar-title = Calendar on a phone
task-calendar-lead = Add this address to a calendar to see the deadlines of your tasks. Whoever has it can read the calendar, so keep it secret; if it got out, change it.
task-calendar-once = The address is shown once; copy it now:
task-calendar-new = Make a calendar address
task-calendar-renew = Change the address
task-calendar-end = Revoke the address

task-mine-title = My work
task-mine-lead = What waits for you today.
task-mine-reports = Reports to fill in and send
task-mine-desk = Review desk
task-mine-nothing = Nothing waits for you.

# Which fields a task must have.
cli-rorang-task = What holds for tasks
cli-rorang-task-rules = Shows or settles which fields a task must have before it is handed over
cli-rorang-task-rules-required = The fields, between commas: title, lead, supporters, product, power, due, result, serves
cli-rorang-task-rules-reason = Why, such as the number of the decision
cli-rorang-task-rules-database = The database that is there
cli-rorang-task-rules-by = The person in whose name it is recorded
task-rules-set = Settled. It holds for every task handed over from now on; tasks handed over before stay as they are.
task-rules-same = These fields are required already; nothing was recorded.
diagnostic-unknown-task-field = A task has no field “{ $found }”.
diagnostic-unknown-task-field-help = The fields are: { $known }.
diagnostic-task-rules-no-reason = Say why the required fields change.
diagnostic-task-rules-no-reason-help = Write the number of the decision, or a sentence.

# The page of what must be clear.
task-rules-title = What must be clear
task-rules-lead = A task that lacks one of these fields cannot be handed over. A change holds for tasks handed over from now on; those handed over before stay as they are.
task-rules-now = Required now:
task-rules-nobody = (nobody has set any: the province’s four)
task-rules-presets = Choose a set and look what it would mean:
task-rules-four = Four: role, responsibility, time, result
task-rules-five = Five: person, work, progress, responsibility, effect
task-rules-six = Six: person, work, time, responsibility, product, power
task-rules-must = Must be there before a task is handed over
task-rules-always = always required
task-rules-reason-hint = Number of a decision, or a sentence, such as “By the dispatch on the six clear points”.
task-rules-look = Look what it would mean
task-rules-do = Apply
task-rules-lacking = { $count } of { $drafts } drafts would lack something
task-rules-none-lacking = Every draft of today has all of these fields.
task-rules-a-draft = a draft
task-rules-lacks = lacks: { $fields }

# Tasks from the sentences of a paper.
task-clauses-title = Tasks from this paper
task-clauses-link = Make many tasks from this paper
task-clauses-lead = Sentences that seem to ask for something, with the lead and the deadline that could be read in them. These are proposals: read each sentence, mend, then pick. The sentence always stays with its task.
task-clauses-none = No sentence of this paper looks like a request. You can make tasks from single passages on the paper’s page.
task-clauses-plain = Sentences that name an office: { $count }
task-clauses-no-plain = No sentence names an office and has no task yet.
task-clauses-others = Other sentences that may ask for something: { $count }
task-clauses-pick = Make a task from sentence { $row }
task-clauses-row = Sentence { $row }
task-clauses-known = There is a task from this sentence.
task-clauses-for-all = (for all that are picked; each can be changed later)
task-clauses-standing = This sentence speaks of work without end: leave the day empty where there is none.
task-clauses-draft = Save what is picked as drafts
task-clauses-hand-over = Hand over what is picked
task-clauses-done = { $count } tasks were made from this paper.
diagnostic-no-clause-picked = No sentence was picked.
diagnostic-no-clause-picked-help = Tick the sentences that are to become tasks, then send again.

task-value-before = Before it was handed over ({ $day })
task-value-since = Latest since it was handed over
task-value-after = Latest since it was done ({ $day })
task-value-target = Due
task-value-none-before = no value before that day
task-value-none-since = no value yet of a period that ended since
task-value-none-after = no value yet of a period that ended after it was done
task-find = Find, filter by office, sort
task-find-words = Words in task, product, result or the lead's name
task-find-none = No task has these words. Try fewer, or write them without tone marks.
task-order = Order
task-order-due = Nearest deadline first
task-order-newest = Newest first
task-order-silent = Longest without a step first
