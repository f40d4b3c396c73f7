//! The attribute macros of zokio.
