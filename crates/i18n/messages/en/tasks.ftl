# Tasks: who does what by when, and what came of it.

web-act-task-drafted = Task drafted
web-act-task-stepped = Step of a task
web-act-rules-set = Rules set
web-act-scored = General score given
