//! Compile-fail tests of the macros: see `ui.rs`.
