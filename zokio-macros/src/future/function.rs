//! `#[async_fn]`: a function whose future is a machine.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Attribute, Block, Ident, ReturnType, Signature, Visibility};

use super::extent::Extent;
use super::input::{Input, Inputs, output};
use super::keys::Keys;
use super::lint::Lints;
use super::parameters::Parameters;
use super::part::{self, Part};
use super::{
    anchor, around, condition, expand, expected, input, left, macros, opaque, outlives, sugar, terminating, unnameable,
};
use crate::compiler::{self, Edition};
use crate::diagnostics::Faults;
use crate::diagnostics::messages::Message;
use crate::variable;

/// Expands the attribute.
pub(crate) fn expand(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let mut faults = Faults::default();
    let keys = Keys::read(arguments.clone(), &mut faults);
    let function: Function = match syn::parse2(item.clone()) {
        Ok(function) => function,
        Err(error) => {
            let error = error.to_compile_error();
            return quote!(#item #error);
        }
    };
    if function.signature.asyncness.is_none() {
        faults.add(
            function.signature.fn_token,
            Message::new("this function is not `async`", format!("`async fn {}(..)`", function.signature.ident))
                .because("an async function's body becomes a state machine; another's stays as it is"),
        );
    }
    variable::faults().into_iter().for_each(|fault| faults.add(&function.signature.ident, fault));
    let machine = if faults.is_empty() { function.machine(&arguments, &keys, &mut faults) } else { TokenStream::new() };
    if faults.is_empty() {
        return machine;
    }
    let faults = faults.to_tokens();
    quote!(#item #faults)
}

struct Function {
    attributes: Vec<Attribute>,
    visibility: Visibility,
    signature: Signature,
    body: Block,
}

impl syn::parse::Parse for Function {
    fn parse(input: syn::parse::ParseStream<'_>) -> syn::Result<Self> {
        Ok(Self {
            attributes: input.call(Attribute::parse_outer)?,
            visibility: input.parse()?,
            signature: input.parse()?,
            body: input.parse()?,
        })
    }
}

impl Function {
    fn machine(self, arguments: &TokenStream, keys: &Keys, faults: &mut Faults) -> TokenStream {
        let Self { attributes, visibility, signature, mut body } = self;
        let function = |signature: &Signature, body: &Block| quote!(#(#attributes)* #visibility #signature #body);
        if let Some(both) = condition::split(&signature, &body, arguments, function) {
            return both;
        }
        let original = quote!(#(#attributes)* #visibility #signature #body);
        if left::is_wrong(&body, &signature.output) {
            return original;
        }
        let name = signature.ident.to_string();
        let mut inner = signature;
        inner.asyncness = None;
        let (output, told) = (output(&inner.output), opaque::told(&inner.output, &quote!(::zokio::plumbing::machine)));
        let returned = match &inner.output {
            ReturnType::Default => Extent::of(&inner.ident),
            ReturnType::Type(_, ty) => Extent::of(ty),
        };
        let braces = body.brace_token.span.join();
        let parameters = Parameters::of(&inner);
        let generic = parameters.has_types(&inner);
        let quiet = input::quiet(&inner, &body);
        let seen = expand::seen(&body, &inner);
        let waits = sugar::waits(&seen);
        let cannot_be = || {
            unnameable::borrows(&inner, &parameters, &seen)
                || waits && outlives::asks_too_much(&inner, &parameters)
                || waits && around::is_recursive(&inner.ident, &seen)
        };
        let by_rustc = keys.native || !keys.explicit && cannot_be();
        let mut inputs = Inputs::take(&mut inner, &parameters);
        anchor::share(&mut inner, &parameters, &mut inputs.arguments);
        // Rustc's own needs no lifetime for what it borrows of itself, which callers would have to show something of; nor does what borrows nothing
        // while it waits, because it never does.
        if !by_rustc && waits {
            outlives::add(&mut inner, &parameters, matches!(visibility, Visibility::Inherited));
        }
        let path = input::path(&name);
        let (patterns, lets) = (&inputs.patterns, &inputs.witness);
        let krate = quote!(::zokio::plumbing::machine);
        let z = krate.clone();
        // As if `machine = rustc` were written, but with the signature of a machine, and nothing accepted that a machine is refused for.
        let instead = !by_rustc && !keys.explicit && keys.part.is_none() && super::coroutines::wanted();
        let mut future = if by_rustc {
            native(&body, &inputs, &output, &path, &z)
        } else {
            let native = instead.then(|| native(&body, &inputs, &output, &path, &z));
            expected::shown(&mut body);
            let (asked, lints) = if instead {
                (body.clone(), Lints::default())
            } else {
                let names: Vec<_> = inputs.arguments.iter().map(|argument| argument.name.clone()).collect();
                let tied = super::tie::tied(&body, patterns, &inputs.arguments, &z);
                super::lint::calls(&tied, &names, keys.allowed.clone(), &z)
            };
            // Alone, the witness answers no questions.
            let asked = if keys.part == Some(Part::Witness) { body.clone() } else { asked };
            let statements = &asked.stmts;
            let unused = |name: &&Ident| macros::mentions(&asked.to_token_stream(), name) == 0;
            let itself = inputs.owned_self().filter(unused).map(kept);
            let input = Input {
                name,
                body: if patterns.is_empty() {
                    body
                } else {
                    // The temporaries of what the body ends with, the patterns outlive.
                    let mark = terminating::mark();
                    syn::parse_quote_spanned!(sugar::own(braces)=> { #patterns #mark #body })
                },
                witness: quote!(#(#statements)*),
                taken: quote!(#itself #lets),
                quiet,
                arguments: inputs.arguments,
                output,
                told,
                returned,
                braces,
                path,
                generic,
                edition: compiler::edition(),
                lints,
                krate: z.clone(),
            };
            match native {
                Some(native) => {
                    super::refuse(input, faults);
                    native
                }
                None => super::compile(input, faults),
            }
        };
        match keys.part {
            Some(Part::Nothing) => return original,
            Some(Part::Witness) => future = part::witness(future),
            None => {}
        }
        // What is only checked has another size, and so have coroutines.
        if let Some(bytes) = &keys.max_size
            && !super::checked::only_checks()
            && !instead
        {
            future = quote_spanned!(sugar::own(bytes.span())=> let machine = { #future }; #z::within(machine, #z::Budget::<#bytes, _>::KEPT));
        }
        let ty = match &inner.output {
            ReturnType::Default => quote!(()),
            ReturnType::Type(_, ty) if matches!(**ty, syn::Type::Never(_)) => input::never(ty.span()),
            ReturnType::Type(_, ty) => quote!(#ty),
        };
        // The span's edition makes it capture every lifetime, as an `async fn`'s future does, in any edition.
        let span = proc_macro2::Span::mixed_site().located_at(ty.span());
        // Whoever may name the arguments may start the machine again with others.
        let own = (by_rustc || instead) && inner.receiver().is_some();
        let arguments = input::arguments(&inner).filter(|_| !own).map(|arguments| quote!(, Arguments = #arguments));
        let returned = match keys.part {
            Some(Part::Witness) => quote_spanned!(span=> impl ::core::future::Future<Output = #ty>),
            // An implementation's may be any future.
            _ if parameters.in_trait() => quote_spanned!(span=> impl ::core::future::Future<Output = #ty>),
            _ => quote_spanned!(span=> impl #krate::StateMachine<Output = #ty #arguments>),
        };
        let watched = variable::watched();
        inner.output = ReturnType::Type(Default::default(), Box::new(syn::Type::Verbatim(returned)));
        quote! {
            #[cfg(doc)]
            #original
            #[cfg(not(doc))]
            #(#attributes)*
            #[allow(clippy::manual_async_fn, clippy::multiple_bound_locations, refining_impl_trait)]
            #visibility #inner {
                #watched
                #future
            }
        }
    }
}

/// A method's future has its `self` whether that is used or not; a block would capture what is used alone.
fn kept(itself: &Ident) -> TokenStream {
    quote!(#[allow(clippy::all, clippy::pedantic, clippy::restriction)] let _ = &#itself;)
}

/// The compiler's coroutine, with the names of its states.
fn native(body: &Block, inputs: &Inputs, output: &TokenStream, name: &TokenStream, z: &TokenStream) -> TokenStream {
    let (body, sources) = super::native::named(body);
    let items = super::generate::states(&sources, name, z);
    let (statements, lets) = (&body.stmts, &inputs.witness);
    let names = inputs.arguments.iter().map(|argument| &argument.name).collect::<Vec<_>>();
    let expected = (output.to_string() != "_").then(|| quote!(if false { return #z::any::<#output>(); }));
    let itself = inputs.owned_self().map(kept);
    // An arm ends its temporaries in front of the arguments.
    let within = match compiler::edition() {
        Edition::Before2024 => quote!(match () { () => #body }),
        Edition::Since2024 => quote!(#(#statements)*),
    };
    let teller = super::native::teller(z);
    let block = quote!(async move { #teller #expected #itself #lets #within });
    // A closure cannot have a `self` of its own.
    let machine = if names.iter().any(|name| *name == "self") {
        quote!(#z::native_method(#block, |never: #z::Never| match never {}, __ZokioDescribed))
    } else {
        quote!(#z::native((#(#names,)*), |(#(#names,)*)| #block, __ZokioDescribed))
    };
    quote! {
        struct __ZokioDescribed;
        impl #z::Described for __ZokioDescribed {
            #items
        }
        #machine
    }
}
