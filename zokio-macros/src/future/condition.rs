//! `#[cfg(..)]` within a body: a slot that is there under a condition alone would have no type otherwise, so the function is
//! written twice, with the condition and without what stands under it.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::quote;
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Block, Expr, FnArg, Signature, Stmt, Token};

use super::macros;

/// The function for each of both cases, or nothing where there is no condition.
pub(super) fn split(
    signature: &Signature,
    body: &Block,
    arguments: &TokenStream,
    function: impl Fn(&Signature, &Block) -> TokenStream,
) -> Option<TokenStream> {
    let mut finder = Resolve { condition: None, holds: true };
    finder.inputs(&mut signature.clone());
    finder.visit_block_mut(&mut body.clone());
    let condition = finder.condition?;
    let case = |holds| {
        let (mut signature, mut body) = (signature.clone(), body.clone());
        let mut resolve = Resolve { condition: Some(condition.clone()), holds };
        resolve.inputs(&mut signature);
        resolve.visit_block_mut(&mut body);
        function(&signature, &body)
    };
    let (with, without) = (case(true), case(false));
    Some(quote! {
        #[cfg(#condition)]
        #[::zokio::async_fn(#arguments)]
        #with
        #[cfg(not(#condition))]
        #[::zokio::async_fn(#arguments)]
        #without
    })
}

/// Removes the attributes of one condition, the first that is found; and what stands under them where it does not hold.
struct Resolve {
    condition: Option<TokenStream>,
    holds: bool,
}

impl Resolve {
    fn inputs(&mut self, signature: &mut Signature) {
        let inputs = std::mem::take(&mut signature.inputs).into_iter();
        let mut stays = |input: &mut FnArg| match input {
            FnArg::Receiver(it) => self.stays(&mut it.attrs),
            FnArg::Typed(it) => self.stays(&mut it.attrs),
        };
        signature.inputs = inputs.filter_map(|mut input| stays(&mut input).then_some(input)).collect();
    }

    /// Arguments of a call, or elements, each of which may have attributes.
    fn elements(&mut self, elements: &mut Punctuated<Expr, Token![,]>) {
        let all = std::mem::take(elements).into_iter();
        let mut stays = |expr: &mut Expr| attributes(expr).is_none_or(|attributes| self.stays(attributes));
        *elements = all.filter_map(|mut expr| stays(&mut expr).then_some(expr)).collect();
    }

    /// Whether what has these attributes stays.
    fn stays(&mut self, attributes: &mut Vec<Attribute>) -> bool {
        let mut stays = true;
        attributes.retain(|attribute| {
            let Some(found) = predicate(attribute) else { return true };
            let known = self.condition.get_or_insert_with(|| found.clone());
            if known.to_string() != found.to_string() {
                return true;
            }
            stays &= self.holds;
            false
        });
        stays
    }
}

fn predicate(attribute: &Attribute) -> Option<TokenStream> {
    match &attribute.meta {
        syn::Meta::List(list) if list.path.is_ident("cfg") => Some(list.tokens.clone()),
        _ => None,
    }
}

impl Resolve {
    /// The statements that stand for a `cfg_if!` of this condition.
    fn chosen(&mut self, mac: &syn::Macro) -> Option<Vec<Stmt>> {
        let CfgIf { condition, then, otherwise } = mac.parse_body().ok()?;
        let known = self.condition.get_or_insert_with(|| condition.clone());
        if known.to_string() != condition.to_string() {
            return None;
        }
        Some(if self.holds { then } else { otherwise })
    }
}

/// `if #[cfg(..)] { .. } else ..`, the content of the macro of the crate `cfg-if`.
struct CfgIf {
    condition: TokenStream,
    then: Vec<Stmt>,
    otherwise: Vec<Stmt>,
}

impl Parse for CfgIf {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        input.parse::<Token![if]>()?;
        let attributes = input.call(Attribute::parse_outer)?;
        let condition = attributes.first().and_then(predicate).ok_or_else(|| input.error("expected `#[cfg(..)]`"))?;
        let then = input.parse::<Block>()?.stmts;
        let otherwise = if input.parse::<Option<Token![else]>>()?.is_none() {
            Vec::new()
        } else if input.peek(Token![if]) {
            let rest: TokenStream = input.parse()?;
            vec![syn::parse_quote!(::cfg_if::cfg_if! { #rest })]
        } else {
            input.parse::<Block>()?.stmts
        };
        Ok(Self { condition, then, otherwise })
    }
}

/// Whether a condition is among the tokens.
fn has_condition(tokens: &TokenStream) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Group(group) => {
            let first = group.stream().into_iter().next();
            let attribute = group.delimiter() == Delimiter::Bracket;
            attribute && matches!(first, Some(TokenTree::Ident(name)) if name == "cfg")
                || has_condition(&group.stream())
        }
        _ => false,
    })
}

impl Resolve {
    /// The tokens of a macro: what is in braces may be statements.
    fn in_macro(&mut self, tokens: TokenStream) -> TokenStream {
        let tokens = tokens.into_iter().map(|token| match token {
            TokenTree::Group(group) if has_condition(&group.stream()) => {
                let statements = Block::parse_within.parse2(group.stream()).ok();
                let stream = match statements.filter(|_| group.delimiter() == Delimiter::Brace) {
                    Some(stmts) => {
                        let mut block = Block { brace_token: Default::default(), stmts };
                        self.visit_block_mut(&mut block);
                        let stmts = &block.stmts;
                        quote!(#(#stmts)*)
                    }
                    None => self.in_macro(group.stream()),
                };
                let mut resolved = Group::new(group.delimiter(), stream);
                resolved.set_span(group.span());
                TokenTree::Group(resolved)
            }
            other => other,
        });
        tokens.collect()
    }
}

impl VisitMut for Resolve {
    fn visit_macro_mut(&mut self, mac: &mut syn::Macro) {
        if has_condition(&mac.tokens) {
            mac.tokens = self.in_macro(std::mem::take(&mut mac.tokens));
        }
    }

    fn visit_block_mut(&mut self, block: &mut Block) {
        let mut index = 0;
        while let Some(stmt) = block.stmts.get(index) {
            let chosen = match stmt {
                Stmt::Macro(it) if macros::name(&it.mac) == "cfg_if" => self.chosen(&it.mac),
                _ => None,
            };
            match chosen {
                Some(chosen) => drop(block.stmts.splice(index..=index, chosen)),
                None => index += 1,
            }
        }
        block.stmts.retain_mut(|stmt| match stmt {
            Stmt::Local(local) => self.stays(&mut local.attrs),
            Stmt::Macro(mac) => self.stays(&mut mac.attrs),
            Stmt::Expr(expr, _) => attributes(expr).is_none_or(|attributes| self.stays(attributes)),
            Stmt::Item(_) => true,
        });
        visit_mut::visit_block_mut(self, block);
    }

    fn visit_expr_match_mut(&mut self, it: &mut syn::ExprMatch) {
        it.arms.retain_mut(|arm| self.stays(&mut arm.attrs));
        visit_mut::visit_expr_match_mut(self, it);
    }

    fn visit_expr_call_mut(&mut self, it: &mut syn::ExprCall) {
        self.elements(&mut it.args);
        visit_mut::visit_expr_call_mut(self, it);
    }

    fn visit_expr_method_call_mut(&mut self, it: &mut syn::ExprMethodCall) {
        self.elements(&mut it.args);
        visit_mut::visit_expr_method_call_mut(self, it);
    }

    fn visit_expr_array_mut(&mut self, it: &mut syn::ExprArray) {
        self.elements(&mut it.elems);
        visit_mut::visit_expr_array_mut(self, it);
    }

    fn visit_expr_tuple_mut(&mut self, it: &mut syn::ExprTuple) {
        self.elements(&mut it.elems);
        visit_mut::visit_expr_tuple_mut(self, it);
    }

    fn visit_expr_struct_mut(&mut self, it: &mut syn::ExprStruct) {
        let fields = std::mem::take(&mut it.fields);
        it.fields = fields.into_iter().filter_map(|mut field| self.stays(&mut field.attrs).then_some(field)).collect();
        if it.dot2_token.is_some() && !it.fields.empty_or_trailing() {
            it.fields.push_punct(Default::default());
        }
        visit_mut::visit_expr_struct_mut(self, it);
    }

    fn visit_pat_struct_mut(&mut self, it: &mut syn::PatStruct) {
        let fields = std::mem::take(&mut it.fields);
        it.fields = fields.into_iter().filter_map(|mut field| self.stays(&mut field.attrs).then_some(field)).collect();
        if it.rest.is_some() && !it.fields.empty_or_trailing() {
            it.fields.push_punct(Default::default());
        }
        visit_mut::visit_pat_struct_mut(self, it);
    }

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

fn attributes(expr: &mut Expr) -> Option<&mut Vec<Attribute>> {
    macro_rules! of {
        ($($kind:ident)*) => { Some(match expr { $(Expr::$kind(it) => &mut it.attrs,)* _ => return None }) };
    }
    of!(Array Assign Async Await Binary Block Break Call Cast Closure Continue Field ForLoop If Index Lit Loop Macro Match
        MethodCall Paren Path Range Reference Repeat Return Struct Try Tuple Unary Unsafe While)
}
