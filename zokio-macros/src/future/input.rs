//! What is compiled: a body with its arguments or captures.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Block, FnArg, Pat, ReturnType, Signature, Type};

use super::extent::Extent;
use super::lint::Lints;
use super::parameters::Parameters;
use super::plain::is_plain_type;
use crate::compiler::Edition;

/// One body.
pub(crate) struct Input {
    /// The function's name.
    pub(crate) name: String,
    /// The body, with the patterns of its arguments as `let`s at its head.
    pub(crate) body: Block,
    /// The original, for the compiler to check.
    pub(crate) witness: TokenStream,
    /// Its arguments, which outlive the temporaries of what it ends with.
    pub(crate) taken: TokenStream,
    /// What the compiler does not say of the original, but of the witness.
    pub(crate) quiet: Vec<&'static str>,
    /// Arguments or captures, in the order in which they are dropped before the first poll.
    pub(crate) arguments: Vec<Argument>,
    /// The type of what the future returns, or `_`.
    pub(crate) output: TokenStream,
    /// A value of that type, where it tells what is hidden in it.
    pub(crate) told: Option<TokenStream>,
    /// Where that is written, or the function's name.
    pub(crate) returned: Extent,
    /// The body's braces.
    pub(crate) braces: Span,
    /// The name of the function, with its module: an expression.
    pub(crate) path: TokenStream,
    /// Whether its types may be such that nothing but their bounds is known of them.
    pub(crate) generic: bool,
    /// When its temporaries end.
    pub(crate) edition: Edition,
    /// What is asked about it.
    pub(crate) lints: Lints,
    /// The path of the core's module.
    pub(crate) krate: TokenStream,
}

pub(crate) struct Argument {
    pub(crate) name: Ident,
    pub(crate) ty: Option<Type>,
    /// Whether it is declared `mut`, or where it is declared is not known.
    pub(crate) is_mut: bool,
    /// Whether it can be called only once.
    pub(crate) once: bool,
    /// Whether its type may have parameters.
    pub(crate) generic: bool,
    /// The lifetime that it has within the machine, as a reference, if that is another.
    pub(crate) lifetime: Option<syn::Lifetime>,
}

impl Argument {
    /// What is put into the slot. The lifetime of a reference is left to the compiler: the future's type may name only those of
    /// the signature, and what is borrowed from two of them lives as long as neither. The witness has the true ones.
    pub(crate) fn value(&self, name: &Ident, z: &Ident) -> TokenStream {
        let free = match &self.ty {
            Some(Type::Reference(it)) if it.mutability.is_some() => quote!(#z::free_mut(#name)),
            _ => quote!(#z::free(#name)),
        };
        match (&self.ty, &self.lifetime) {
            (Some(Type::Reference(it)), Some(lifetime)) => {
                let mutability = &it.mutability;
                quote!({ let shared: &#lifetime #mutability _ = #free; shared })
            }
            (Some(Type::Reference(_)), None) if !self.generic => free,
            _ => quote!(#name),
        }
    }
}

/// The tuple of the arguments' types, where a signature can name them without a lifetime.
pub(super) fn arguments(signature: &Signature) -> Option<TokenStream> {
    struct Named(bool);
    impl<'ast> syn::visit::Visit<'ast> for Named {
        fn visit_type_reference(&mut self, _: &'ast syn::TypeReference) {
            self.0 = false;
        }
        fn visit_lifetime(&mut self, _: &'ast syn::Lifetime) {
            self.0 = false;
        }
        fn visit_type_impl_trait(&mut self, _: &'ast syn::TypeImplTrait) {
            self.0 = false;
        }
        // One that is not written could be hidden in a type of several segments or none.
        fn visit_type_macro(&mut self, _: &'ast syn::TypeMacro) {
            self.0 = false;
        }
    }
    let mut types = Vec::new();
    for input in &signature.inputs {
        match input {
            FnArg::Typed(typed) => {
                let mut named = Named(true);
                syn::visit::Visit::visit_type(&mut named, &typed.ty);
                named.0.then(|| types.push((*typed.ty).clone()))?;
            }
            FnArg::Receiver(receiver) => {
                let value = matches!(receiver.kind, syn::ReceiverKind::Value);
                value.then(|| types.push(syn::parse_quote!(Self)))?;
            }
        }
    }
    Some(quote!((#(#types,)*)))
}

/// The inputs of a function: simple names in its signature, patterns in its body.
pub(crate) struct Inputs {
    pub(crate) arguments: Vec<Argument>,
    /// `let pattern = name;`, of those that are more than a name.
    pub(crate) patterns: TokenStream,
    /// The same for the witness: of all of them, so that the compiler sees what is not used.
    pub(crate) witness: TokenStream,
}

impl Inputs {
    /// Takes the patterns out of a signature.
    pub(crate) fn take(signature: &mut Signature, parameters: &Parameters) -> Self {
        let mut inputs = Self { arguments: Vec::new(), patterns: TokenStream::new(), witness: TokenStream::new() };
        let generics = signature.generics.clone();
        for (index, input) in signature.inputs.iter_mut().enumerate() {
            match input {
                FnArg::Receiver(receiver) => {
                    let name = Ident::new("self", receiver.self_token.span);
                    let ty: Option<Type> = match &receiver.kind {
                        syn::ReceiverKind::Reference(_, _, Some(_)) => Some(syn::parse_quote!(&mut Self)),
                        syn::ReceiverKind::Reference(_, _, None) => Some(syn::parse_quote!(&Self)),
                        syn::ReceiverKind::Typed(_, ty) => Some((**ty).clone()),
                        _ => None,
                    };
                    let generic = parameters.has_self();
                    inputs.arguments.push(Argument {
                        name,
                        ty,
                        is_mut: receiver.mutability.is_some(),
                        once: false,
                        generic,
                        lifetime: None,
                    });
                }
                FnArg::Typed(typed) => {
                    let pat = (*typed.pat).clone();
                    let name = match &pat {
                        Pat::Ident(it) if it.by_ref.is_none() && it.subpat.is_none() => it.ident.clone(),
                        _ => {
                            let name = format_ident!("__argument_{index}", span = Span::mixed_site());
                            let again = (!inputs.patterns.is_empty()).then(|| quote!(let #name = #name;));
                            inputs.patterns.extend(quote!(#again let #pat = #name;));
                            name
                        }
                    };
                    let is_name = matches!(&pat, Pat::Ident(it) if it.ident == name);
                    // It is a local of the future's whatever becomes of it, as natively: a block alone would not capture what is not used.
                    if !is_name {
                        inputs.witness.extend(quote!(let #name = #name;));
                    }
                    // What stands behind it is dropped before what it has bound.
                    if is_name && !inputs.patterns.is_empty() && !is_plain_type(&typed.ty) {
                        inputs.patterns.extend(quote!(let #pat = #name;));
                    }
                    // In a signature such a name would not be used.
                    let quiet = name.to_string().starts_with('_').then(
                        || quote!(#[allow(clippy::used_underscore_binding, clippy::no_effect_underscore_binding)]),
                    );
                    inputs.witness.extend(quote!(#quiet let #pat = #name;));
                    *typed.pat = Pat::Ident(syn::PatIdent {
                        attrs: Vec::new(),
                        by_ref: None,
                        mutability: None,
                        ident: name.clone(),
                        subpat: None,
                    });
                    let once = is_once(&typed.ty, &generics);
                    let generic = match &*typed.ty {
                        Type::Reference(it) => parameters.within(&it.elem),
                        ty => parameters.within(ty),
                    };
                    inputs.arguments.push(Argument {
                        name,
                        ty: Some((*typed.ty).clone()),
                        is_mut: matches!(&pat, Pat::Ident(it) if it.mutability.is_some()),
                        once,
                        generic,
                        lifetime: None,
                    });
                }
            }
        }
        inputs
    }

    /// A `self` that is taken by value.
    pub(super) fn owned_self(&self) -> Option<&Ident> {
        let receiver = self.arguments.first().filter(|argument| argument.name == "self" && argument.ty.is_none())?;
        Some(&receiver.name)
    }
}

/// The lints that the compiler has for the witness but not for the original: in a block that has captured `self`, unlike in a function,
/// what is assigned to its fields is never read; what never returns has no value to give on.
pub(super) fn quiet(signature: &Signature, body: &Block) -> Vec<&'static str> {
    let never = matches!(&signature.output, ReturnType::Type(_, ty) if matches!(**ty, Type::Never(_)));
    let assigned = assigns_self(signature, body).then_some("unused_assignments");
    assigned.into_iter().chain(never.then_some("unreachable_code")).collect()
}

/// Whether a `self` that is taken by value gets new values for its fields.
fn assigns_self(signature: &Signature, body: &Block) -> bool {
    struct Assigns(bool);
    impl<'ast> syn::visit::Visit<'ast> for Assigns {
        fn visit_expr_assign(&mut self, it: &'ast syn::ExprAssign) {
            self.0 |= matches!(&*it.left, syn::Expr::Field(_)) && is_of_self(&it.left);
            syn::visit::visit_expr_assign(self, it);
        }
        fn visit_expr_binary(&mut self, it: &'ast syn::ExprBinary) {
            self.0 |= super::order::is_assignment(&it.op) && is_of_self(&it.left);
            syn::visit::visit_expr_binary(self, it);
        }
    }
    let taken = signature.receiver().is_some_and(|receiver| matches!(receiver.kind, syn::ReceiverKind::Value));
    let mut assigns = Assigns(false);
    if taken {
        syn::visit::Visit::visit_block(&mut assigns, body);
    }
    assigns.0
}

/// Whether it is a field of `self`, or of such a field.
fn is_of_self(expr: &syn::Expr) -> bool {
    match expr {
        syn::Expr::Field(it) => is_of_self(&it.base),
        syn::Expr::Path(it) => it.path.is_ident("self"),
        _ => false,
    }
}

/// Whether the type is one whose values can be called, but only once.
fn is_once(ty: &Type, generics: &syn::Generics) -> bool {
    fn bounds<'b>(mut bounds: impl Iterator<Item = &'b syn::TypeParamBound>) -> bool {
        bounds.any(|bound| match bound {
            syn::TypeParamBound::Trait(it) => it.path.segments.last().is_some_and(|last| last.ident == "FnOnce"),
            _ => false,
        })
    }
    match ty {
        Type::Group(it) => is_once(&it.elem, generics),
        Type::Paren(it) => is_once(&it.elem, generics),
        Type::ImplTrait(it) => bounds(it.bounds.iter()),
        Type::Path(it) => {
            if let Some(name) = it.path.get_ident() {
                let declared = generics.type_params().any(|it| it.ident == *name && bounds(it.bounds.iter()));
                let said = generics.where_clause.iter().flat_map(|clause| &clause.predicates).any(|it| match it {
                    syn::WherePredicate::Type(it) => {
                        matches!(&it.bounded_ty, Type::Path(path) if path.path.is_ident(name))
                            && bounds(it.bounds.iter())
                    }
                    _ => false,
                });
                return declared || said;
            }
            let last = it.path.segments.last().filter(|last| last.ident == "Box");
            match last.map(|last| &last.arguments) {
                Some(syn::PathArguments::AngleBracketed(within)) => within.args.iter().any(
                    |it| matches!(it, syn::GenericArgument::Type(Type::TraitObject(it)) if bounds(it.bounds.iter())),
                ),
                _ => false,
            }
        }
        _ => false,
    }
}

/// The output's type as a closure may have it: `impl Trait` is for rustc to find.
pub(crate) fn output(output: &ReturnType) -> TokenStream {
    match output {
        ReturnType::Default => quote!(()),
        ReturnType::Type(_, ty) if matches!(**ty, Type::Never(_)) => never(ty.span()),
        ReturnType::Type(_, ty) => output_of(ty),
    }
}

/// The type with `_` for what is hidden.
pub(super) fn output_of(ty: &Type) -> TokenStream {
    struct Hidden;
    impl syn::visit_mut::VisitMut for Hidden {
        fn visit_type_mut(&mut self, ty: &mut Type) {
            match ty {
                Type::ImplTrait(_) => *ty = syn::parse_quote!(_),
                other => syn::visit_mut::visit_type_mut(self, other),
            }
        }
    }
    let mut ty = ty.clone();
    syn::visit_mut::VisitMut::visit_type_mut(&mut Hidden, &mut ty);
    quote!(#ty)
}

/// `!`, where stable Rust has it only as what a function returns.
pub(super) fn never(span: Span) -> TokenStream {
    quote_spanned!(super::sugar::own(span)=> <fn() -> ! as ::zokio::plumbing::machine::Returns>::Type)
}

/// A function's name, with its module.
pub(super) fn path(name: &str) -> TokenStream {
    quote!(::core::concat!(::core::module_path!(), "::", #name))
}
