//! Closures that may not leave the scope of what they use: the witness, with closures tied to it.
//!
//! Natively a closure that uses `r.len()`, where `r` is a reference, holds what that refers to, and may go where `r` is not, or another.
//! In a machine it holds the address of `r`, as far as it is not known to hold as natively. So the witness's closure looks at more than
//! the source's does, and rustc says what it does not outlive, or what is changed meanwhile:
//!
//! | used | tied |
//! |---|---|
//! | `p.0.f.len()`, `f(p.0.f)`, `(*p).0.f` | `let _ = &p.0.f;`: the fields of a value are in its slot |
//! | `r.len()`, `*r`, `r[0]`, `p.0.len()` | `scope.tie()`, where `let scope = scope(&r);` follows `r`: unless it is a reference of one word, of which the machine's closure has a copy |
//! | the same of a reference, as its type is written | `let _ = &*r;` too: what it refers to may be a reference, which is changed |
//! | `r.len()` of a `mut r`, `r = ..`, `&r` | `let _ = &r;`: it may be changed within, so the machine's closure has its address whatever it is |
//! | `p.len()` or `*p` of a `p` that is used by value elsewhere, anything of a box | `p.__zokio_itself()` too, which is found by value for a `&T`, and borrows anything else: it may be a box of a reference, and moved while the closure has what that refers to |
//! | `f(r)`, `S { r }`, `let t: &str = r` | `r.__zokio_coerced()`, which borrows what a `&T` or `&mut T` refers to, and anything else itself; or `let _ = &*r;`: what that refers to may be a reference, and is what natively the closure has, should `r` be coerced there |
//! | `p.f` in a closure that moves `p` | `let _ = &p;`: natively it has `p.f` alone, and what is borrowed of the rest stays ([`whole`]) |
//! | anything that the arm binds in whose guard the closure is | `let _ = &guard;`, where `let guard = ();` begins the guard: there it is not where the arm has it |
//! | `match r { .. }`, `unknown!(r)` | `let _ = &r;`: what a pattern or a macro looks through is not followed |
//!
//! Both visitors follow the source in the same order: one finds, with the names of locals resolved, the other writes.

mod find;
pub(super) mod whole;
mod write;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::Block;
use syn::visit::Visit;
use syn::visit_mut::VisitMut;

use self::find::Finder;
use self::write::Writer;
use super::input::Argument;
use super::local::Locals;
use super::scope::Scopes;

/// The body, with its closures and `async` blocks tied.
pub(super) fn tied(body: &Block, patterns: &TokenStream, arguments: &[Argument], z: &TokenStream) -> Block {
    if !may_have_any(&body.to_token_stream()) {
        return body.clone();
    }
    let mut locals = Locals::default();
    let bound: Block = syn::parse_quote!({ #patterns });
    let mut renamed = Block { stmts: bound.stmts, ..body.clone() };
    let at = renamed.stmts.len();
    renamed.stmts.extend(body.stmts.iter().cloned());
    let mut scopes = Scopes::of_original(&mut locals);
    let arguments = scopes.arguments(arguments);
    scopes.visit_block_mut(&mut renamed);
    let mut finder = Finder::new(&locals, &arguments, &renamed, z);
    finder.visit_block(&renamed);
    let found = finder.found(arguments, at);
    let mut body = body.clone();
    if found.is_any() {
        Writer::new(found).body(&mut body);
    }
    body
}

/// Whether there is a closure or an `async` block, as far as tokens tell.
fn may_have_any(tokens: &TokenStream) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Group(group) => may_have_any(&group.stream()),
        TokenTree::Ident(word) => word == "async",
        TokenTree::Punct(punct) => punct.as_char() == '|',
        TokenTree::Literal(_) => false,
    })
}
