# Scores of offices and posts, made from tasks.

score-title = Scores for tasks
score-of = Score for tasks: { $office }
score-lead = Every point comes from a task that was handed over. Choose an office for its formula and each task.
score-period = Month or quarter
score-by = By { $source }, in force from { $day }.
score-unverified = The formula was read in press reports on the decree; nobody has compared it with the decree's text. These points inform; they are no official grading yet.
score-no-rules = No rules of scoring were in force in this period, so nothing is scored.
score-none = There is no task to score in this period.
score-tasks = Tasks
score-result = Result points
score-result-of = Result points (of { $most })
score-general-of = General points (of { $most })
score-not-given = not scored
score-points = Total
score-points-span = { $least } to { $most }, by the general points
score-grade = Grade
score-grade-excellent = Excellent
score-grade-good = Good
score-grade-done = Done
score-grade-not-done = Not done
score-grade-not-yet = no grade yet (provisional)
score-grade-span = “{ $least }” to “{ $most }”
score-provisional = Provisional: the period is not over, or a product that was handed in waits for its assigner.
score-formula = The formula with its numbers
score-term-quantity = Quantity
score-term-quality = Quality
score-term-progress = Progress
score-entry = entry { $entry } of the record
score-tasks-behind = The tasks behind the points
score-task = Task
score-weight = Counts for
score-sum = Sum
score-outcome-in-time = Done in time
score-outcome-late-excused = Done late, causes confirmed as objective
score-outcome-late = Done late
score-outcome-waiting = Handed in, to be confirmed
score-outcome-undone = Past its deadline, no product in this period
score-outcome-ahead = Not due yet
score-grave = { $count ->
    [one] 1 grave error
   *[other] { $count } grave errors
 }
score-posts = By post
score-post = Post
score-posts-lead = Only tasks given to that post count. Nobody scored the general part of persons here, so there is no grade.
score-posts-none = No task of this period was given to a post.
score-how = How it is made
score-how-belongs = To a period belong tasks handed in within it, and tasks due by its end that were not handed in before it began. Only a confirmed product earns points, once, in the period in which it was handed in. Where more time was granted, the new deadline counts.
score-how-fault = Each grave error costs its task { $share }% of its quality, a delay { $share }% of its progress, unless the assigner confirmed objective causes. Errors belong to the task, in the period of its product.
score-how-divisor = All three rates divide by the converted tasks of the period. This divisor was not compared with the decree's text.
score-how-leaders = The three further criteria for heads of offices are left out: the register keeps no data for them.
score-how-excellent = The limit of 20% “excellent” to “good” within a peer group is not applied: it is for those who decide on the grades.
