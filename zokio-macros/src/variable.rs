//! What the environment of a build may ask for, each by one word.

use std::env;
use std::sync::atomic::{AtomicBool, Ordering};

use proc_macro2::TokenStream;
use quote::quote;

use crate::compiler;
use crate::diagnostics::messages::Message;

/// A variable of the environment, and the one word that it may have.
#[derive(Debug)]
pub(crate) struct Variable {
    name: &'static str,
    word: &'static str,
    /// What happens without it.
    otherwise: &'static str,
}

/// Machines are compiled where the compiler only checks, too.
pub(crate) const CHECK: Variable =
    Variable { name: "ZOKIO_CHECK", word: "machines", otherwise: "a check compiles no machines" };

/// Builds without optimisation leave functions to rustc.
pub(crate) const DEBUG: Variable =
    Variable { name: "ZOKIO_DEBUG", word: "coroutines", otherwise: "a debug build compiles machines" };

/// The folder that dumps are written to.
pub(crate) const DUMP: &str = "ZOKIO_DUMP";

impl Variable {
    /// Whether it is set to its word.
    pub(crate) fn is_set(&self) -> bool {
        env::var(self.name).is_ok_and(|given| given == self.word)
    }

    /// What is wrong with it: it may be empty, as if it were not set.
    fn fault(&self) -> Option<Message> {
        let given = env::var_os(self.name).filter(|given| !given.is_empty() && *given != *self.word)?;
        let Self { name, word, otherwise } = self;
        let (given, instead) = (given.to_string_lossy().into_owned(), format!("`{name}={word}`, or unset it"));
        Some(
            Message::new(format!("`{name}={given}` in the environment of this build asks for nothing"), instead)
                .because(format!("`{word}` is all that it can be set to; without it {otherwise}")),
        )
    }
}

/// What has cargo compile a crate again where one of them is another: named once in a crate, by the first function that is expanded.
pub(crate) fn watched() -> Option<TokenStream> {
    static WATCHED: AtomicBool = AtomicBool::new(false);
    // Nobody else than rustc says what it has read.
    compiler::asked()?;
    // Relaxed: as below.
    if WATCHED.swap(true, Ordering::Relaxed) {
        return None;
    }
    let names = [CHECK.name, DEBUG.name, DUMP];
    Some(quote!(#(const _: ::core::option::Option<&::core::primitive::str> = ::core::option_env!(#names);)*))
}

/// What is wrong with the environment: told of the first function or block alone, since it is the same for all.
pub(crate) fn faults() -> Vec<Message> {
    static TOLD: AtomicBool = AtomicBool::new(false);
    let faults: Vec<Message> = [CHECK, DEBUG].iter().filter_map(Variable::fault).collect();
    // Relaxed: nothing else is read that depends on it.
    if faults.is_empty() || TOLD.swap(true, Ordering::Relaxed) { Vec::new() } else { faults }
}
