# The command line: help, and what was typed wrong. The key of a help text is the command's path, then the argument's name.
cli-rorang = Rõ Ràng: a province's targets and results, each number with the sentence that it came from
cli-rorang-lang = The language of messages: vi or en
cli-rorang-text = Print the text that a document holds, as the reader sees it
cli-rorang-text-files = The documents
cli-rorang-text-blocks = Before each block, say what it is and where it stands

cli-help = Print help
cli-version = Print the version
cli-heading-usage = Usage
cli-heading-commands = Commands
cli-heading-arguments = Arguments
cli-usage-options = OPTIONS
cli-usage-command = COMMAND
cli-heading-options = Options

cli-note = Note
cli-warning = Warning
cli-error = Error
cli-way-out = What to do

cli-unknown-argument = There is no option “{ $found }”.
cli-unknown-command = There is no command “{ $found }”.
cli-missing-argument = Missing: { $missing }.
cli-missing-value = The option “{ $argument }” needs a value.
cli-wrong-value = The value “{ $found }” of “{ $argument }” cannot be used. { $expected }
cli-wrong-value-expected = Use one of: { $values }.
cli-usual-value = usually: { $values }
cli-possible-values = one of: { $values }
cli-not-understood = This command was not understood.
cli-did-you-mean = Did you mean “{ $suggestion }”?
cli-see-help = Type “{ $command } --help” to see how it is used.
