//! Guards of locks, and borrows of `RefCell`s, that an await holds: by the types of the machine's slots.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

use super::made::Made;
use super::{Lint, first_await, known};
use crate::future::generate::{Compiled, Home};
use crate::future::input::Input;
use crate::future::local::{LocalId, Origin};

/// Asks what the slots hold, where the body has a call that may make a guard.
pub(super) fn ask(
    input: &Input,
    compiled: &Compiled<'_>,
    [arguments, rest]: [&[Ident]; 2],
    place: &dyn Fn(LocalId) -> Ident,
) -> TokenStream {
    let (lock, borrow) = (
        !input.lints.allowed.contains(Lint::AwaitHoldingLock),
        !input.lints.allowed.contains(Lint::AwaitHoldingRefcellRef),
    );
    if !lock && !borrow {
        return TokenStream::new();
    }
    let may = known::may_guard(input.body.to_token_stream());
    let made = if may { Made::of(&input.body) } else { Made::default() };
    let mut asked = TokenStream::new();
    for id in compiled.locals.ids().filter(|id| compiled.homes[id.0] == Home::Frame) {
        let local = &compiled.locals[id];
        let suspected = match local.origin {
            Origin::Awaited => false,
            Origin::Argument => local.ty.as_ref().map_or(may, known::is_guard),
            Origin::Bound => may && made.contains(&local.name),
            Origin::Operand | Origin::Temporary | Origin::Receiver => may,
        };
        if let (true, Some(line)) = (suspected, first_await(compiled, id)) {
            asked.extend(question(input, compiled, id, line, &place(id)));
        }
    }
    if asked.is_empty() {
        return asked;
    }
    let z = &input.krate;
    quote! {
        let ((#(mut #arguments,)*), (#(#rest,)*)) = #z::lint::machine_slots(&machine);
        #(let #arguments = &raw mut #arguments;)*
        #asked
    }
}

fn question(input: &Input, compiled: &Compiled<'_>, id: LocalId, awaited: usize, place: &Ident) -> TokenStream {
    let (z, local) = (&input.krate, &compiled.locals[id]);
    let made = local.span.start().line;
    let named = matches!(local.origin, Origin::Argument | Origin::Bound) && !local.name.to_string().starts_with("__");
    let write = if named {
        format!("`drop({})` before the await, or a block that ends before it", local.name)
    } else {
        "a `let` for what is needed of it, before the await".to_owned()
    };
    let made =
        if local.origin == Origin::Argument { "passed" } else { "taken" }.to_owned() + &format!(" at line {made}");
    let answer = |lint: Lint, name: &str, ty: TokenStream, guard: &str, because: &str| {
        let kind = Ident::new(name, Span::mixed_site());
        let what = if named { format!("the {guard} `{}`", local.name) } else { format!("this temporary {guard}") };
        let note = format!(
            "{what}, {made}, is held across the await at line {awaited}, and {because}: write {write}, or \
             `allow({})` where it is meant",
            lint.name()
        );
        let deprecated = (!input.lints.allowed.contains(lint)).then(|| quote!(#[deprecated(note = #note)]));
        quote! {
            trait #kind: ::core::marker::Sized {
                #deprecated
                fn held_across_await(self) {}
            }
            impl #kind for #z::lint::#ty {}
        }
    };
    let lock = answer(
        Lint::AwaitHoldingLock,
        "AwaitHoldingLock",
        quote!(LockGuard),
        "lock guard",
        "until then nobody else on this thread gets the lock, nor gets on",
    );
    let borrow = answer(
        Lint::AwaitHoldingRefcellRef,
        "AwaitHoldingRefcellRef",
        quote!(RefCellRef),
        "`RefCell` borrow",
        "whoever borrows it until then panics",
    );
    let call = Ident::new("held_across_await", local.span);
    quote! {{
        #lock
        #borrow
        use #z::lint::held_cases::*;
        (&&&#z::lint::held(#place)).guard().#call();
    }}
}
