//! What each pass makes of a body, as text: for who works on the passes.
//!
//! `ZOKIO_DUMP=<folder> cargo check` writes a folder of files for each body that is compiled: code as it is after `sugar` and `scope`,
//! what `order`, `flow`, `liveness` and `layout` found, and the expansion. The variable is not one that cargo watches.

mod flow;
mod layout;
mod liveness;
mod names;
mod order;

use std::path::Path;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};

use self::names::{Texts, numbered};
use super::flow::Flow;
use super::generate::{Home, Moved};
use super::input::Input;
use super::layout::Layout;
use super::liveness::Liveness;
use super::local::Locals;
use super::order::{Block, Nodes};
use crate::diagnostics::Faults;
use crate::diagnostics::messages::Message;
use crate::variable;

/// What a pass has made.
#[derive(Debug)]
pub(crate) enum Made {
    Code(TokenStream),
    Text(String),
}

/// The passes of one body so far, if anybody wants to see them.
#[derive(Debug, Default)]
pub(crate) struct Dump {
    /// Where they are written to.
    folder: Option<String>,
    wanted: bool,
    pub(crate) passes: Vec<(&'static str, Made)>,
}

impl Dump {
    /// What the environment asks for.
    pub(crate) fn asked(input: &Input) -> Self {
        let folder = std::env::var(variable::DUMP).ok().filter(|folder| !folder.is_empty()).map(|folder| {
            let krate = std::env::var("CARGO_CRATE_NAME").unwrap_or_default();
            let here = Span::call_site();
            let (file, start) = (here.file(), here.start());
            let file = Path::new(&file).file_stem().unwrap_or_default().to_string_lossy();
            format!("{folder}/{krate}/{file}-{}-{}-{}", input.name, start.line, start.column + 1)
        });
        Self { wanted: folder.is_some(), folder, passes: Vec::new() }
    }

    /// One that is kept and not written.
    #[cfg(test)]
    pub(crate) fn kept() -> Self {
        Self { folder: None, wanted: true, passes: Vec::new() }
    }

    /// Whether anybody does.
    pub(super) fn is_asked(&self) -> bool {
        self.wanted
    }

    fn add(&mut self, pass: &'static str, made: impl FnOnce() -> Made) {
        if self.wanted {
            self.passes.push((pass, made()));
        }
    }

    /// The passes run once more.
    pub(super) fn again(&mut self) {
        self.passes.clear();
    }

    pub(super) fn sugar(&mut self, body: &syn::Block) {
        self.add("sugar", || Made::Code(quote!(fn body() #body)));
    }

    pub(super) fn scope(&mut self, body: &syn::Block, locals: &Locals) {
        self.add("scope", || {
            let body = numbered(body.to_token_stream(), locals);
            Made::Code(quote!(fn body() #body))
        });
    }

    pub(super) fn order(&mut self, body: &Block, nodes: &Nodes, locals: &Locals) {
        self.add("order", || Made::Text(order::text(body, nodes, &Texts { locals })));
    }

    pub(super) fn flow(&mut self, flow: &Flow, locals: &Locals) {
        self.add("flow", || Made::Text(flow::text(flow, &Texts { locals })));
    }

    pub(super) fn liveness(
        &mut self,
        liveness: &Liveness,
        homes: &[Home],
        flow: &Flow,
        nodes: &Nodes,
        locals: &Locals,
    ) {
        self.add("liveness", || Made::Text(liveness::text(liveness, homes, flow, nodes, &Texts { locals })));
    }

    pub(super) fn layout(&mut self, layout: &Layout, parts: &[Moved], locals: &Locals) {
        self.add("layout", || Made::Text(layout::text(layout, parts, &Texts { locals })));
    }

    pub(super) fn generate(&mut self, machine: &TokenStream) {
        self.add("generate", || Made::Code(quote!(fn body() { #machine })));
    }

    /// Writes a file for each pass; those of code are for `rustfmt`.
    pub(super) fn write(&self, faults: &mut Faults) {
        let Some(folder) = &self.folder else { return };
        let write = || -> std::io::Result<()> {
            std::fs::create_dir_all(folder)?;
            for (index, (pass, made)) in self.passes.iter().enumerate() {
                let (text, kind) = match made {
                    Made::Code(code) => (code.to_string(), "rs"),
                    Made::Text(text) => (text.clone(), "txt"),
                };
                std::fs::write(Path::new(folder).join(format!("{}-{pass}.{kind}", index + 1)), text)?;
            }
            Ok(())
        };
        if let Err(error) = write() {
            let message = Message::new(format!("`{folder}` cannot be written"), "a folder for ZOKIO_DUMP, or nothing");
            faults.add(TokenStream::new(), message.because(error.to_string()));
        }
    }
}
