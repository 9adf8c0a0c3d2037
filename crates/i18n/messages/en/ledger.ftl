# The record: checking an exported record and receipts.
cli-rorang-ledger = The record that nobody can quietly change: check, export, receipts
cli-rorang-ledger-verify = Checks an exported record or a receipt, without a database
cli-rorang-ledger-verify-file = The exported record, or the receipt
cli-rorang-ledger-verify-key = The public key that the province published: 64 hexadecimal digits

ledger-record-sound = The record is whole: { $number } entries, signed { $day }, key { $key }.
ledger-receipt-sound = The receipt holds: entry { $number } is in the record that was signed { $day }, key { $key }.
ledger-compare-key = Compare this key with the one that the province published (or use --key): anybody can sign with a key of their own.

diagnostic-ledger-unreadable = The file cannot be read: { $reason }.
diagnostic-ledger-unreadable-help = Check the path and that you may read the file.
diagnostic-ledger-not-a-record = This is neither an exported record nor a receipt.
diagnostic-ledger-not-a-record-help = Use the file that “rorang ledger export” or the receipt page made, not one that another program saved again.
diagnostic-ledger-entry-misplaced = Entry { $number } is not in its place: entry { $found } stands here. An entry was dropped, added or moved.
diagnostic-ledger-entry-misplaced-help = Compare with another export of the same record, from entry { $number } on.
diagnostic-ledger-entry-changed = Entry { $number } was changed: what it says does not fit the chain of hashes.
diagnostic-ledger-entry-changed-help = Compare with another export of the same record, at entry { $number }.
diagnostic-ledger-entry-malformed = Entry { $number } does not have the form of an entry.
diagnostic-ledger-entry-malformed-help = Compare with another export of the same record, at entry { $number }.
diagnostic-ledger-no-head = After { $entries } entries, in the place of entry { $number }, there is neither an entry nor the signed last line: the end was cut off or changed.
diagnostic-ledger-no-head-help = Get the whole export again.
diagnostic-ledger-other-head = The signed line is of a record of { $signed } entries, the file has { $entries }.
diagnostic-ledger-other-head-help = Entries at the end were dropped or added; get the whole export again.
diagnostic-ledger-false-signature = The signature at the end is false.
diagnostic-ledger-false-signature-help = Do not use this copy; get the export from the province again.
diagnostic-ledger-trailing = Something follows the signed last line.
diagnostic-ledger-trailing-help = Get the export again; a record ends with its signed line.
diagnostic-ledger-other-key = The record is signed with another key: { $found }.
diagnostic-ledger-other-key-help = Do not trust this copy before the province confirms that its key has changed.
diagnostic-ledger-receipt-false = The receipt does not hold: the entry is not in the record that the receipt names.
diagnostic-ledger-receipt-false-help = Get the receipt from the entry’s page again; if it is still false, tell the inspectors.

cli-rorang-ledger-export = Writes the whole record as a file that anybody can check
cli-rorang-ledger-export-file = The file to write; it must not be there yet
cli-rorang-ledger-export-database = The database
cli-rorang-ledger-receipt = Prints the receipt of an entry
cli-rorang-ledger-receipt-number = The number of the entry
cli-rorang-ledger-receipt-database = The database

ledger-exported = Exported { $number } entries, signed { $day }, key { $key }.
diagnostic-ledger-unwritable = The file cannot be written: { $reason }.
diagnostic-ledger-unwritable-help = Choose a name that is not taken, in a folder where you may write.
diagnostic-ledger-no-database = There is no database here.
diagnostic-ledger-no-database-help = Name the file with --database.
diagnostic-ledger-no-entry = The record has no entry { $number }.
diagnostic-ledger-no-entry-help = See the numbers of the entries on the page of the record.

cli-rorang-ledger-audit = Checks the record in a database, and that all that pages show follows from it
cli-rorang-ledger-audit-database = The database
ledger-audited = The record is whole: { $entries } entries. All { $tables } derived tables ({ $rows } rows) are what the entries make.
diagnostic-ledger-entry-unreadable = This program does not understand entry { $number } of the record.
diagnostic-ledger-entry-unreadable-help = Use a newer version of the program: a newer one may have written the record.
diagnostic-ledger-table-differs = The table “{ $table }” is not what the entries make: { $found } rows stand in it, the entries make { $expected }.
diagnostic-ledger-table-differs-help = Back the database up and tell the maintainers; the record itself is whole, and the table can be computed from it again.
