//! An async runtime that is generated at compile time for your program.
