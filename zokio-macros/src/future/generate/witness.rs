//! The witness: the original body, for the compiler to check.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

use super::own;
use super::taken::moved;
use crate::compiler::Edition;
use crate::future::input::Input;
use crate::future::left::End;
use crate::future::lint;
use crate::future::tie::whole;

/// In the branch of a machine that is never taken.
pub(super) fn witness(input: &Input, ends: End, taken: &[Ident], wholes: &[Ident]) -> TokenStream {
    let (z, output) = (&input.krate, &input.output);
    let original = original(input, &moved(&whole::moved(&input.witness, wholes), taken, z), ends);
    around(input, quote!(#z::witness::<#output, _, _>(#original)))
}

/// Instead of a machine, where the compiler only checks.
pub(crate) fn checked(input: &Input, sizes: &TokenStream) -> TokenStream {
    let (z, output) = (&input.krate, &input.output);
    // What moves what is not known.
    let original = original(input, &whole::moved(&input.witness, &[]), End::of_input(input));
    let witness = around(input, quote!(#z::checked::<#output, _, _>(#original)));
    let values = input.arguments.iter().map(|argument| &argument.name);
    // The other branch says what the machine's arguments are.
    quote! {
        if false {
            #witness
        } else {
            #sizes
            #[allow(clippy::used_underscore_binding)]
            let machine = #z::checked_with((#(#values,)*));
            machine
        }
    }
}

/// With the questions of lints, and what the compiler shall not say of it.
fn around(input: &Input, witness: TokenStream) -> TokenStream {
    let witness = lint::witness(input, witness);
    if input.quiet.is_empty() {
        return witness;
    }
    let quiet = input.quiet.iter().map(|lint| Ident::new(lint, Span::call_site()));
    quote!(#[allow(#(#quiet),*)] let machine = #witness; machine)
}

/// The original, as a future. An `async fn` expects its type of every value that it returns, a block has to be told: by what its value is
/// bound to, or else by its first `return`, which the compiler mentions wherever it finds another type.
fn original(input: &Input, witness: &TokenStream, ends: End) -> TokenStream {
    let Input { output, told, returned, braces, taken, krate: z, .. } = input;
    let block = |tokens| {
        // Where it ends without a value, the compiler shows it from brace to brace.
        let mut block = Group::new(Delimiter::Brace, tokens);
        block.set_span(*braces);
        block
    };
    match ends {
        End::Unknown => {
            let block = block(quote!(#taken #witness));
            quote!(async move #block)
        }
        End::Anywhere => {
            let span = returned.first;
            let any = || returned.of_call(z, &quote_spanned!(span=> any::<#output>), &quote!());
            let returned = told.clone().unwrap_or_else(any);
            if taken.is_empty() || input.edition == Edition::Since2024 {
                let block = block(quote!(if false { return #returned; } #taken #witness));
                return quote!(async move #block);
            }
            // An arm ends its temporaries in front of the arguments.
            let block = block(quote!(#witness));
            quote!(async move { if false { return #returned; } #taken match () { () => #block } })
        }
        End::Value => {
            // With a statement of its own, so that no lint takes the body for an expression in braces.
            let (value, block) = (own("value"), block(quote!(let () = (); #witness)));
            quote!(async move { #taken let #value: #output = #block; #value })
        }
    }
}
