# rorang serve
cli-rorang-serve = Shows the pages in a browser (the default when no command is given)
cli-rorang-serve-address = Where to listen; port 0 takes a free one
cli-rorang-serve-database = The database; made where it is not there
cli-rorang-serve-empty = Leave a new database empty: do not load the example
serve-listening = Rõ Ràng is ready: { $address }
serve-loading-example = New database “{ $database }”: loading the example of Điện Biên…
serve-database-failed = The database “{ $database }” cannot be opened. Check that it can be written, or choose another file with --database.
serve-example-failed = The example could not be loaded into “{ $database }”. Use --empty to start without it.
