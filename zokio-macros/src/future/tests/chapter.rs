//! The worked example of ARCHITECTURE.md: its blocks are what the passes make of its function.
//!
//! `UPDATE_SNAPSHOTS=1` writes them anew.

use std::path::Path;

use quote::{ToTokens, quote};
use syn::visit::Visit;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprClosure, File};

use super::{dumped, updates};

#[test]
fn the_chapter_shows_what_the_passes_make() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ARCHITECTURE.md");
    let mut text = std::fs::read_to_string(&path).unwrap();
    let kept = text.clone();
    let (start, end) = block(&text, "## State machines\n\n```rust\n");
    let function = text[start..end].replace("#[zokio::async_fn]\n", "");
    for (pass, made) in dumped(&function) {
        let made = if pass == "generate" { brief(&made) } else { made };
        // Statements alone: the function around them is the dump's.
        let code = made.starts_with("fn body() {\n").then(|| {
            let lines = made.lines().skip(1).take_while(|line| *line != "}");
            lines.fold(String::new(), |code, line| code + line.strip_prefix("    ").unwrap_or(line) + "\n")
        });
        let (start, end) = block(&text, &format!("<!-- what {pass} makes -->\n\n```"));
        let start = start + text[start..].find('\n').expect("a fence is a line") + 1;
        text.replace_range(start..end, code.as_ref().unwrap_or(&made));
    }
    if updates() {
        std::fs::write(&path, &text).unwrap();
    } else {
        assert!(text == kept, "write it anew with UPDATE_SNAPSHOTS=1 and read the difference\n{text}");
    }
}

/// What stands between `head` and the end of the fenced block that it opens.
#[track_caller]
fn block(text: &str, head: &str) -> (usize, usize) {
    let start = text.find(head).unwrap_or_else(|| panic!("the chapter has no `{head}`")) + head.len();
    (start, start + text[start..].find("\n```\n").expect("a block has an end") + 1)
}

/// The functions of a machine, without the paths of what they call and without what makes our names ours.
fn brief(expansion: &str) -> String {
    let mut file: File = syn::parse_str(expansion).expect("an expansion is code");
    Brief.visit_file_mut(&mut file);
    let mut parts = Parts { shape: None, poll: None };
    parts.visit_file(&file);
    let (shape, closure) = (parts.shape, parts.poll.expect("a machine has a poll function"));
    let (inputs, output, body) = (&closure.inputs, &closure.output, &closure.body);
    let typed = inputs.iter().map(|input| match input {
        syn::Pat::Type(it) => it.pat.to_token_stream(),
        other => other.to_token_stream(),
    });
    let typed = typed.map(|name| quote!(#name: _));
    prettyplease::unparse(&syn::parse2(quote!(#shape fn poll(#(#typed),*) #output #body)).expect("they are items"))
}

/// What a machine is made of.
struct Parts {
    shape: Option<syn::ItemImpl>,
    poll: Option<ExprClosure>,
}

impl<'ast> Visit<'ast> for Parts {
    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        let name = item.trait_.as_ref().and_then(|(path, _)| path.segments.last());
        if name.is_some_and(|name| name.ident == "Shape") {
            self.shape = Some(item.clone());
        }
    }

    fn visit_expr_closure(&mut self, closure: &'ast ExprClosure) {
        self.poll = Some(closure.clone());
    }

    fn visit_expr_async(&mut self, _: &'ast syn::ExprAsync) {}
}

/// Takes the name of the core's module from a path.
fn without_module(path: &mut syn::Path) -> bool {
    let has = path.segments.len() > 1 && path.segments[0].ident == "__zokio";
    if has {
        path.segments = path.segments.iter().skip(1).cloned().collect();
    }
    has
}

struct Brief;

impl VisitMut for Brief {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        if path.leading_colon.is_some() {
            let segments: Vec<_> = path.segments.iter().cloned().collect();
            // Of a type, what belongs to it stays: `Poll::Ready`.
            let first = segments.iter().position(|segment| segment.ident.to_string().starts_with(char::is_uppercase));
            path.segments = segments[first.unwrap_or(segments.len() - 1)..].iter().cloned().collect();
            path.leading_colon = None;
        }
        without_module(path);
        visit_mut::visit_path_mut(self, path);
    }

    fn visit_expr_path_mut(&mut self, expr: &mut syn::ExprPath) {
        if let Some(qself) = &mut expr.qself
            && without_module(&mut expr.path)
        {
            qself.position -= 1;
        }
        visit_mut::visit_expr_path_mut(self, expr);
    }

    fn visit_ident_mut(&mut self, ident: &mut syn::Ident) {
        let text = ident.to_string();
        if let Some(rest) = text.strip_prefix("__zokio_").or_else(|| text.strip_prefix("__Zokio")) {
            *ident = syn::Ident::new(rest, ident.span());
        }
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        while let Expr::Paren(it) = expr {
            *expr = (*it.expr).clone();
        }
        visit_mut::visit_expr_mut(self, expr);
    }

    fn visit_lit_int_mut(&mut self, lit: &mut syn::LitInt) {
        *lit = syn::LitInt::new(lit.base10_digits(), lit.span());
    }
}
