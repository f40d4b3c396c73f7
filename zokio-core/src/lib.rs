#![allow(unused_imports, dead_code, reason = "the modules that use these land one by one")]
//! The core that generated zokio runtimes stand on.

pub(crate) mod primitive;
