//! Receivers of methods that may consume them: the compiler is asked, in code that is never run.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{Expr, ExprMethodCall};

use super::{Generator, own};
use crate::future::extent::Extent;
use crate::future::local::{LocalId, Locals, Name};
use crate::future::order::{asks_local, certainly_consumes, compares, infers, makes_future, takes};

impl Generator<'_> {
    /// The last use of a local. `None` where its place will do.
    pub(super) fn ask_local(
        &self,
        call: &ExprMethodCall,
        local: LocalId,
        awaited: bool,
        arguments: impl FnOnce() -> Vec<TokenStream>,
    ) -> Option<TokenStream> {
        let (z, place) = (self.z, self.place(local));
        let (method, turbofish) = (&call.method, &call.turbofish);
        if takes(call) {
            self.taken.borrow_mut().push(method.clone());
            let arguments = arguments();
            let taken = self.take(local, None);
            return Some(quote!(#taken.#method #turbofish (#(#arguments),*)));
        }
        let reference = matches!(self.compiled.locals[local].ty, Some(syn::Type::Reference(_)));
        if reference || !asks_local(call, self.compiled.locals) {
            return None;
        }
        let (gate, receiver) = (own("gate"), receiver_of(call));
        let (questions, answer) = if compares(call) {
            // References are ordered as what they refer to is: asked as others are, those would answer.
            let arguments = arguments();
            let ordered = quote!(let #gate = { use #z::orders::*; (&&#z::Ordered(#place)).__zokio_gate() };);
            (ordered, quote!(#receiver.#method #turbofish (#(#arguments),*)))
        } else {
            let (questions, ties) = self.question(call, awaited, quote!(#place), &arguments());
            let called = quote!(#receiver.#method #turbofish (#(#ties),*));
            // A `&mut` iterates as what it refers to does, and references can be made iterators too: those would answer.
            let taken = match method.to_string().as_str() {
                "max" | "min" => Some(quote!(Iterates)),
                "into_iter" => Some(quote!(Iterable)),
                _ => None,
            };
            match taken.filter(|_| call.args.is_empty()) {
                Some(taken) => {
                    let gate = quote!(let #gate = { use #z::iterates::*; (&&#z::#taken(#place)).__zokio_gate(#gate) };);
                    (quote!(#questions #gate), called)
                }
                None => (questions, self.answer(call, called)),
            }
        };
        let received = self.received(local);
        Some(quote!(({
            #questions
            let #receiver = #received;
            #answer
        })))
    }

    /// What such a call is made of: the local, or where it is.
    pub(super) fn received(&self, local: LocalId) -> TokenStream {
        let (z, guard, place, gate) = (self.z, self.guard(local), self.place(local), own("gate"));
        if self.parts_of(local).is_empty() {
            quote!(#z::receive(#gate, &mut #guard, #place))
        } else {
            let taken = self.take(local, None);
            quote!(#z::receive_part(#gate, #place, |_| #taken))
        }
    }

    /// A temporary.
    pub(super) fn ask_temporary(
        &self,
        call: &ExprMethodCall,
        local: LocalId,
        awaited: bool,
        value: &TokenStream,
        arguments: &[TokenStream],
    ) -> TokenStream {
        let (z, guard, place) = (self.z, self.guard(local), self.place(local));
        let (gate, receiver, temporary) = (own("gate"), receiver_of(call), own("temporary"));
        let (method, turbofish) = (&call.method, &call.turbofish);
        let (questions, ties) = self.question(call, awaited, quote!((&raw const #temporary).cast_mut()), arguments);
        let answer = self.answer(call, quote!(#receiver.#method #turbofish (#(#ties),*)));
        quote!(({
            let #temporary = #value;
            #questions
            let #receiver = #z::hold(#gate, &mut #guard, #place, #temporary);
            #answer
        }))
    }

    /// The call, whose result is that of the questions: not where a closure is given, whose own type the result may contain.
    pub(super) fn answer(&self, call: &ExprMethodCall, made: TokenStream) -> TokenStream {
        let (z, gate) = (self.z, own("gate"));
        if call.args.iter().any(|argument| matches!(argument, Expr::Closure(_))) {
            quote!(match #made { result => { use #z::cases::*; (&&#z::Answered(#gate, &raw const result)).__zokio_tie(); result } })
        } else {
            // Of the call's own type, which may be coerced only behind it: that a field is expected to be of another says nothing of the whole.
            quote!(#z::answer(#gate, #made).0)
        }
    }

    /// `let gate = ..;`, and the arguments tied to those of the questions.
    pub(super) fn question(
        &self,
        call: &ExprMethodCall,
        awaited: bool,
        place: TokenStream,
        arguments: &[TokenStream],
    ) -> (TokenStream, Vec<TokenStream>) {
        let z = self.z;
        // A `_` would have to be inferred of the asking trait's method too, of which nothing says what it is.
        let (method, turbofish) = (&call.method, call.turbofish.as_ref().filter(|generics| !infers(generics)));
        let generics = turbofish.iter().flat_map(|generics| 0..generics.args.len());
        let generics = generics.map(|index| numbered("G", index));
        let asked: Vec<Argument> = call
            .args
            .iter()
            .zip(arguments)
            .enumerate()
            .map(|(index, (it, value))| self.argument(index, it, value))
            .collect();
        let (names, types, stubs) = (
            asked.iter().filter_map(|argument| argument.name.as_ref()),
            asked.iter().map(|argument| &argument.ty).collect::<Vec<_>>(),
            asked.iter().map(|argument| &argument.stub).collect::<Vec<_>>(),
        );
        let parameters: Vec<&Ident> = asked.iter().flat_map(|argument| &argument.parameters).collect();
        let (gate, at, answer) = (own("gate"), own("asked"), own("answer"));
        let asking = quote!(fn #method<#(#generics: ?Sized),*>(self, #(_: #types),*));
        let (asked_of, taken) = match () {
            () if awaited => (quote!(asked_of_future), quote!(-> #z::Taken { #z::any() })),
            // What is returned may be of a type of which nothing else is true.
            () if self.generic => (quote!(asked_of_any), quote!(-> impl #z::Found { #z::any::<()>() })),
            () => (quote!(asked), quote!(-> #z::Taken { #z::any() })),
        };
        let step = |seen: &str, whom: TokenStream, trait_for: Option<TokenStream>, known: TokenStream| {
            let seen = own(seen);
            let trait_for = trait_for.map(|whom| {
                quote! {
                    trait Ask: Sized {
                        #asking #taken
                    }
                    impl<T: ?Sized> Ask for #whom {}
                }
            });
            // Where the original calls the method: what is said of its types in both places is said once.
            let span = method.span();
            let whom = Extent { first: span, last: span }.of_value(&whom);
            let asked = quote_spanned!(span=> #answer.is(#whom.#method #turbofish (#(#stubs),*)););
            quote! {
                let #answer = #z::question();
                let #seen = #z::question();
                if false {
                    loop {}
                    #trait_for
                    #(let #parameters = #z::question();)*
                    #asked
                    #seen.is((#(#parameters.any(),)*));
                }
                let #gate = #known;
            }
        };
        let whom = quote!(#z::whom(&#gate, #at, #z::question::<Nobody>()));
        let (first, second) = (own("seen"), own("again"));
        let known = quote!(#z::#asked_of(#gate, #answer));
        let shared =
            step("seen", quote!((&&#whom).__zokio_shared()), Some(quote!(&&T)), quote!((&&&&#known).__zokio_first()));
        let owned =
            step("unseen", quote!((&&&#whom).__zokio_owned()), Some(quote!(&T)), quote!((&&&&#known).__zokio_second()));
        let mutable = step(
            "unseen",
            quote!((&&&#whom).__zokio_mutable()),
            Some(quote!(&&mut T)),
            quote!((&&&&#known).__zokio_third()),
        );
        // What is in a box may be consumed by what consumes, by its name, or where it shows that it is one; else such a box is borrowed.
        let boxed = (certainly_consumes(&method.to_string()) || self.is_box(&call.receiver)).then(|| {
            let within = step(
                "unseen",
                quote!((&&#whom).__zokio_within()),
                Some(quote!(&&T)),
                quote!((&&&&#known).__zokio_fourth()),
            );
            let unboxed = step(
                "unseen",
                quote!((&&#whom).__zokio_unboxed()),
                Some(quote!(&T)),
                quote!((&&&&#known).__zokio_fifth()),
            );
            quote!(let #gate = (&&#z::of(#gate, #at)).__zokio_boxed(); #within #unboxed)
        });
        // What there is no method of that name of, the witness is refused for: the machine has one then. (Not where types are given to the method.)
        let reached = call.turbofish.is_none().then(|| {
            quote! {
                struct Nowhere;
                impl Nowhere {
                    fn #method<R>(self, #(_: #types),*) -> R {
                        #z::any()
                    }
                }
                let #gate = (&&&&#z::reach(#gate, #at, #z::question::<Nowhere>())).__zokio_reached();
            }
        });
        let given = call.args.iter().any(|argument| matches!(argument, Expr::Closure(_)));
        let twice = if given { quote!(twice_given) } else { quote!(twice) };
        let again = step(
            "again",
            quote!((&&#whom).__zokio_again()),
            None,
            quote!((&&&#z::#twice(#known, #first, #second)).__zokio_last()),
        );
        let questions = quote! {
            let #at = #place;
            #(let #names = #z::question();)*
            let #gate = {
                use #z::cases::*;
                struct Nobody;
                impl Nobody {
                    #asking {}
                }
                let #gate = (&&#z::start(#at)).__zokio_start();
                #shared
                #owned
                #mutable
                #boxed
                #reached
                #again
                #gate
            };
        };
        (questions, asked.iter().map(|argument| argument.value.clone()).collect())
    }

    /// Whether it is a local that is a box, as it is written.
    fn is_box(&self, receiver: &Expr) -> bool {
        let Expr::Path(it) = receiver else { return false };
        let Some(Name::Use(id)) = it.path.get_ident().and_then(Locals::read) else { return false };
        self.compiled.locals[self.compiled.locals.used(id)].boxed
    }

    fn argument(&self, index: usize, argument: &Expr, value: &TokenStream) -> Argument {
        let z = self.z;
        let Expr::Closure(closure) = argument else {
            let name = argument_name(index);
            return Argument {
                ty: quote!(impl Sized),
                stub: quote!(#name.any()),
                value: quote!(#z::tie(#name, #value)),
                parameters: Vec::new(),
                name: Some(name),
            };
        };
        if closure.inputs.is_empty() && makes_future(&closure.body) {
            // What is bound to be a future has to be one, whose output is that of the true one.
            let name = numbered("argument", index);
            return Argument {
                ty: quote!(impl Sized),
                stub: quote!(move || { loop {} async move { #name.any() } }),
                value: quote!(#z::makes(#name, #value)),
                parameters: Vec::new(),
                name: Some(name),
            };
        }
        // A closure's types come from the method, not from a question: so one that does nothing stands for it.
        let parameters: Vec<Ident> =
            (0..closure.inputs.len()).map(|number| numbered(&format!("parameter_{index}"), number)).collect();
        let said = closure.inputs.iter().map(|input| match input {
            syn::Pat::Type(it) => it.ty.to_token_stream(),
            _ => quote!(_),
        });
        let all_said = closure.inputs.iter().all(|input| matches!(input, syn::Pat::Type(_)));
        let asyncness = &closure.asyncness;
        let units = parameters.iter().map(|_| quote!(()));
        Argument {
            ty: match () {
                () if all_said => quote!(impl Sized),
                () if asyncness.is_some() || makes_future(&closure.body) => quote!(impl AsyncFnOnce(#(#units),*)),
                () => quote!(impl FnOnce(#(#units),*)),
            },
            stub: {
                let inputs = parameters.iter().zip(said).map(|(name, ty)| {
                    let value = own(&format!("{name}_value"));
                    (quote!(#value: #ty), quote!(#name.is(#value);))
                });
                let (inputs, uses): (Vec<_>, Vec<_>) = inputs.unzip();
                // What is bound to be a future has to be one; of its output nothing is known here.
                let made = makes_future(&closure.body).then(|| quote!(async move { loop {} }));
                quote!(#asyncness |#(#inputs),*| { loop {} #(#uses)* #made })
            },
            value: value.clone(),
            parameters,
            name: None,
        }
    }
}

/// An argument of a method that is asked.
struct Argument {
    /// Its type where it is the asking trait's method.
    ty: TokenStream,
    /// What stands for it in the questions.
    stub: TokenStream,
    /// What it is in the call.
    value: TokenStream,
    /// What a closure is given.
    parameters: Vec<Ident>,
    /// The question of its type.
    name: Option<Ident>,
}

/// The receiver, at the method's name: what the compiler says of it is said where it is said of the original.
fn receiver_of(call: &ExprMethodCall) -> Ident {
    Ident::new("__zokio_receiver", call.method.span())
}

/// The question of an argument's type.
pub(super) fn argument_name(index: usize) -> Ident {
    numbered("argument", index)
}

fn numbered(what: &str, number: usize) -> Ident {
    format_ident!("{what}_{number}", span = Span::mixed_site())
}
