# Reading documents: the table of results, and what could not be used.
diagnostic-folder-empty = The folder holds no document that can be read.
diagnostic-folder-empty-help = Put txt, HTML, DOCX, PDF or XLSX files into it.
diagnostic-language-unknown = “{ $found }” is no language that the reader understands.
diagnostic-language-unknown-help = Write vi or en, or leave it empty.
diagnostic-no-such-date = There is no day “{ $found }”.
diagnostic-no-such-date-help = Write it as year-month-day, such as 2025-07-01, and check how many days the month has.
diagnostic-out-not-writable = “{ $found }” cannot be written.
diagnostic-out-not-writable-help = Check your right to write and the room on the disk, or choose another folder with --out.
diagnostic-place-ambiguous = “{ $found }” is the name of several places: { $codes }.
diagnostic-place-ambiguous-help = Write the code of the one that is meant instead of its name.
diagnostic-place-unknown = “{ $found }” is no place in Việt Nam that the list of administrative units has.
diagnostic-place-unknown-help = Use a code such as VN-11 (province) or VN-11-03158 (commune), or a name such as Điện Biên; leave it empty where the text speaks of no single place.
diagnostic-sources-missing-column = The column “{ $expected }” is missing.
diagnostic-sources-missing-column-help = Add it to the first row; each row names one document in it.
diagnostic-sources-not-text = The file is no CSV table in UTF-8.
diagnostic-sources-not-text-help = Save the table again as CSV in UTF-8.
diagnostic-sources-twice = The document “{ $found }” already stands in row { $first }.
diagnostic-sources-twice-help = Keep one row for each document.
diagnostic-sources-unknown-column = There is no column “{ $found }”; the columns are: { $expected }.
diagnostic-sources-unknown-column-help = Correct the name in the first row, or remove the column.
diagnostic-sources-without-file = The folder has no document “{ $found }”.
diagnostic-sources-without-file-help = Write the name as the file has it (the extension may be left out), or remove the row.
diagnostic-sources-wrong-row = This row has { $found } cells, but the first row names { $expected } columns.
diagnostic-sources-wrong-row-help = Put a cell that has a comma between quotation marks, or add the cell that is missing.

cli-rorang-read = Find the figures of documents: txt, HTML, DOCX, PDF, XLSX
cli-rorang-read-paths = Documents, or a folder of documents that may have a sources.csv
cli-rorang-read-format = How to show them: table (for people), jsonl, json, csv
cli-rorang-read-out = A folder to write one file a document into, instead of the screen
cli-rorang-read-date = The day of the documents, instead of the one that they name (2025-07-01)
cli-rorang-read-place = The place that the documents speak of, instead of the one that they name (code or name)

read-value = Figure
read-indicator = Indicator
read-period = Period
read-place = Place
read-kind = Kind
read-quote = In the text
read-none = There are no figures.
read-date-unknown = day unknown
read-total = documents: { $documents }, figures: { $figures }
read-total-failed = documents: { $documents }, figures: { $figures }; could not be read: { $failed }

diagnostic-file-skipped = This file of the folder was not read: it is no txt, HTML, DOCX, PDF or XLSX.
diagnostic-file-skipped-help = Open it in the program that made it and save it as one of these; a picture needs its text recognised (OCR).
