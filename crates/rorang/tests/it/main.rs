//! What the whole program promises, told from outside: its catalogue, its example, its commands.

mod analysis;
mod calling;
mod catalogue;
mod example;
mod ledger;
mod read;
mod secrets;
mod table;
