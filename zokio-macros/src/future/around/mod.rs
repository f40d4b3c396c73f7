//! What stands around a function: an attribute is given the function alone, so this is read where the function is written.
//!
//! Which names are parameters of an `impl`, and whether that is a trait's, decides which lifetimes a machine's type can have.

mod code;
mod returned;
mod scan;

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::PathBuf;

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::{Block, Generics, ItemImpl, ItemTrait, Lifetime, Token, Type, TypeParamBound, WherePredicate};

pub(super) use self::code::Code;
use self::returned::Returns;
use self::scan::{Open, Scan};

/// The `impl` or the trait around a function; without parameters, where there is none.
#[derive(Debug, Default, Clone)]
pub(super) struct Around {
    pub(super) types: Vec<Ident>,
    /// Those of them which the type has for which it is.
    pub(super) of_self: Vec<Ident>,
    /// Those that have the bound `'static`.
    pub(super) statics: Vec<Ident>,
    pub(super) lifetimes: Vec<Lifetime>,
    /// Whether it is a trait's: then so are the lifetimes of its functions.
    pub(super) of_trait: bool,
    /// Whether it is the trait itself.
    pub(super) is_trait: bool,
}

thread_local! {
    /// The files that have been read: a crate has many functions in one.
    static FILES: RefCell<HashMap<PathBuf, Option<Source>>> = RefCell::default();
}

/// A file, and how far it has been looked through.
struct Source {
    text: String,
    scan: Scan,
    /// Its functions that return the futures of others, once that was asked.
    returned: Option<Vec<Returns>>,
}

/// Looks at the text of the file that the span is in, and where it begins, if that can be read.
pub(super) fn place<T>(span: Span, look: impl FnOnce(&PathBuf, &str, usize) -> T) -> Option<T> {
    let (file, start) = (span.local_file()?, span.start());
    FILES.with_borrow_mut(|files| {
        let source = files.entry(file.clone()).or_insert_with_key(read).as_ref()?;
        Some(look(&file, &source.text, offset(&source.text, start.line, start.column)?))
    })
}

fn read(file: &PathBuf) -> Option<Source> {
    Some(Source { text: std::fs::read_to_string(file).ok()?, scan: Scan::default(), returned: None })
}

/// What stands around this place, if that can be read: not among a macro's arguments or in its arms, nor where there is no file.
pub(super) fn around(span: Span) -> Option<Around> {
    let (file, start) = (span.local_file()?, span.start());
    FILES.with_borrow_mut(|files| {
        let Source { text, scan, .. } = files.entry(file).or_insert_with_key(read).as_mut()?;
        of_text(text, scan, start.line, start.column)
    })
}

/// Whether a function of the file may return the future of what has this name, and be no async one.
pub(super) fn is_returned(name: &Ident) -> bool {
    returned(name, |function| function.calls.contains(&name.to_string()))
}

/// Whether such a function returns the future of what has this name, and is called in turn in its body.
pub(super) fn is_recursive(name: &Ident, body: &Block) -> bool {
    // Few functions are returned so: only then is the body looked through.
    let names = std::cell::LazyCell::new(|| idents(body.to_token_stream()));
    returned(name, |function| {
        function.calls.contains(&name.to_string()) && names.iter().any(|called| *called == function.name)
    })
}

fn returned(name: &Ident, is: impl Fn(&Returns) -> bool) -> bool {
    let Some(file) = name.span().local_file() else { return false };
    FILES.with_borrow_mut(|files| {
        let source = files.entry(file).or_insert_with_key(read).as_mut();
        source.is_some_and(|Source { text, returned, .. }| {
            returned.get_or_insert_with(|| returned::functions(text)).iter().any(is)
        })
    })
}

/// A place in a text: the line counts from 1, the column from 0.
fn offset(text: &str, line: usize, column: usize) -> Option<usize> {
    let start: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    let (column, _) = text.get(start..)?.char_indices().nth(column)?;
    Some(start + column)
}

/// What stands around a place in a text.
fn of_text(text: &str, scan: &mut Scan, line: usize, column: usize) -> Option<Around> {
    scan.reach(&text[..offset(text, line, column)?]);
    let Some(Open { head, .. }) = scan.open.last() else { return Some(Around::default()) };
    // What is written within a macro's braces, or an arm of one, may stand anywhere.
    let of_macro = |open: &Open| open.head.trim_end().ends_with('!');
    if scan.open.iter().any(of_macro) || head.trim_end().ends_with("=>") {
        return None;
    }
    let Some(at) = head.find("impl") else {
        return if words(head).any(|word| word == "trait") { of_trait(head) } else { Some(Around::default()) };
    };
    let unsafety = head[..at].trim_end().ends_with("unsafe");
    let item: ItemImpl = match syn::parse_str(&format!("{} {{}}", &head[at..])) {
        Ok(item) => item,
        // A function whose arguments say `impl`, rather than one of those that macros write.
        Err(_) => return (!unsafety && words(head).any(|word| word == "fn")).then(Around::default),
    };
    let types: Vec<Ident> = item.generics.type_params().map(|param| param.ident.clone()).collect();
    let of_self = idents(item.self_ty.to_token_stream());
    Some(Around {
        of_self: types.iter().filter(|name| of_self.contains(name)).cloned().collect(),
        statics: statics(&item.generics),
        types,
        lifetimes: item.generics.lifetimes().map(|param| param.lifetime.clone()).chain(elided(&item)).collect(),
        of_trait: item.trait_.is_some(),
        is_trait: false,
    })
}

/// The parameters that have the bound `'static`.
pub(super) fn statics(generics: &Generics) -> Vec<Ident> {
    let lives = |bounds: &Punctuated<TypeParamBound, Token![+]>| {
        bounds.iter().any(|bound| matches!(bound, TypeParamBound::Lifetime(lifetime) if lifetime.ident == "static"))
    };
    let declared = generics.type_params().filter(|param| lives(&param.bounds)).map(|param| param.ident.clone());
    let clauses = generics.where_clause.iter().flat_map(|clause| &clause.predicates);
    let bounded = clauses.filter_map(|clause| match clause {
        WherePredicate::Type(clause) if lives(&clause.bounds) => match &clause.bounded_ty {
            Type::Path(it) => it.path.get_ident().cloned(),
            _ => None,
        },
        _ => None,
    });
    declared.chain(bounded).collect()
}

fn idents(tokens: TokenStream) -> Vec<Ident> {
    let idents = |token| match token {
        TokenTree::Ident(ident) => vec![ident],
        TokenTree::Group(group) => idents(group.stream()),
        TokenTree::Punct(_) | TokenTree::Literal(_) => Vec::new(),
    };
    tokens.into_iter().flat_map(idents).collect()
}

/// A trait, whose functions have those of its implementations as their like.
fn of_trait(head: &str) -> Option<Around> {
    let item: ItemTrait = syn::parse_str(&format!("{head} {{}}")).ok()?;
    let own = Ident::new("Self", Span::call_site());
    let types: Vec<Ident> = item.generics.type_params().map(|param| param.ident.clone()).chain([own]).collect();
    Some(Around {
        of_self: types.clone(),
        types,
        statics: statics(&item.generics),
        lifetimes: item.generics.lifetimes().map(|param| param.lifetime.clone()).collect(),
        of_trait: true,
        is_trait: true,
    })
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_')
}

/// The lifetimes that the `impl` leaves out, each as `'_`.
fn elided(item: &ItemImpl) -> Vec<Lifetime> {
    struct Elided(Vec<Lifetime>);
    impl<'ast> syn::visit::Visit<'ast> for Elided {
        fn visit_lifetime(&mut self, lifetime: &'ast Lifetime) {
            if lifetime.ident == "_" {
                self.0.push(lifetime.clone());
            }
        }
        fn visit_type_reference(&mut self, it: &'ast syn::TypeReference) {
            if it.lifetime.is_none() {
                self.0.push(Lifetime::new("'_", Span::mixed_site()));
            }
            syn::visit::visit_type_reference(self, it);
        }
    }
    let mut elided = Elided(Vec::new());
    syn::visit::Visit::visit_type(&mut elided, &item.self_ty);
    elided.0
}

#[cfg(test)]
mod tests {
    use super::{Around, Scan, of_text};

    /// What stands around the `@` of a text.
    fn at(text: &str) -> Option<Around> {
        let before = &text[..text.find('@').expect("a place")];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |last| last.chars().count());
        of_text(&text.replace('@', "fn"), &mut Scan::default(), line, column)
    }

    fn says(text: &str) -> Option<(Vec<String>, Vec<String>, bool)> {
        let around = at(text)?;
        let types = around.types.iter().map(ToString::to_string).collect();
        Some((types, around.lifetimes.iter().map(ToString::to_string).collect(), around.of_trait))
    }

    fn parameters(types: &[&str], lifetimes: &[&str], of_trait: bool) -> Option<(Vec<String>, Vec<String>, bool)> {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        Some((owned(types), owned(lifetimes), of_trait))
    }

    #[test]
    fn an_impl_says_its_parameters() {
        assert_eq!(
            says("impl<'a, State, const N: usize> Of<'a, State, N> where State: Send {\n    @ f() {}"),
            parameters(&["State"], &["'a"], false)
        );
    }

    #[test]
    fn an_impl_may_be_a_traits() {
        assert_eq!(says("#[x] unsafe impl<T> A for B<T> { fn g() {} @"), parameters(&["T"], &[], true));
        assert_eq!(says("impl A for &B<'_> { @"), parameters(&[], &["'_", "'_"], true));
    }

    #[test]
    fn the_innermost_counts() {
        assert_eq!(says("impl<T> A<T> { fn f() { @"), parameters(&[], &[], false));
        assert_eq!(says("mod m { impl<T> A<T> { fn f() { g() } } @"), parameters(&[], &[], false));
        assert_eq!(says("fn f(x: impl Fn()) { @"), parameters(&[], &[], false));
        assert_eq!(says("use a; @"), parameters(&[], &[], false));
    }

    #[test]
    fn comments_and_literals_have_no_braces() {
        let text = "impl<T> A<T> { /* } /* } */ */ const A: &str = \"}\\\"}\"; // }\n const B: char = '}'; const C: &'static str = r#\"}\"}\"#; @";
        assert_eq!(says(text), parameters(&["T"], &[], false));
    }

    #[test]
    fn a_head_has_lengths_and_constants() {
        assert_eq!(says("impl<Item> Tr for [Item; 3] { @"), parameters(&["Item"], &[], true));
        assert_eq!(
            says("impl<Item> W<Item, { 1 + 1 }> where [(); { 3 }]: Sized { @"),
            parameters(&["Item"], &[], false)
        );
        assert_eq!(says("trait A: Into<[u8; 4]> { @"), parameters(&["Self"], &[], true));
        assert_eq!(says("fn f() { g(|| { h(); }); } impl<T> A<T> { @"), parameters(&["T"], &[], false));
        let clause = "impl<T> A<T> where T: Fn() -> u8, { fn f() {} } impl<Item> B for A<Item> where Item: C<u8>, { @";
        assert_eq!(says(clause), parameters(&["Item"], &[], true));
    }

    #[test]
    fn a_text_is_looked_through_in_any_order() {
        let text = "impl<T> A<T> {\nfn f() {}\n}\nimpl B {\nfn g() {}\n}";
        let mut scan = Scan::default();
        let types = [2, 5, 2, 5].map(|line| of_text(text, &mut scan, line, 0).map(|around| around.types.len()));
        assert_eq!(types, [Some(1), Some(0), Some(1), Some(0)]);
    }

    #[test]
    fn a_traits_functions_have_its_parameters() {
        let text = "pub trait A<'a, T>: B<T> where T: C, { fn f() {} @";
        assert_eq!(says(text), parameters(&["T", "Self"], &["'a"], true));
    }

    #[test]
    fn of_a_macro_nothing_is_known() {
        assert_eq!(says("impl<T> A<T> { compiled! { @"), None);
        assert_eq!(says("macro_rules! m { ($n:ident) => { @"), None);
        assert_eq!(says("methods! { for A { @"), None);
        assert_eq!(says("unsafe impl<$x> A for B { @"), None);
    }
}
