//! What follows from the register: numbers in, numbers out.
//!
//! Nothing here reads a file, a clock or a language: dates, catalogues and values come in as arguments, and the same
//! arguments give the same answer, bit for bit. Reported values are exact decimals or scaled integers all the way up;
//! `f64` lives in compound rates (in one fixed order), `coherence` and `forecast`.
