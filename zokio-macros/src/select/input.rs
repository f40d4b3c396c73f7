//! The syntax of `select!`, which is tokio's.

use syn::parse::{Parse, ParseStream};
use syn::{Expr, Ident, Pat, Token};

use crate::diagnostics::messages::Message;

/// So many branches as a mask has bits.
const MOST: usize = 64;

/// What is written in a `select!`.
pub(super) struct Input {
    /// Whether the branches are polled in their order.
    pub(super) biased: bool,
    pub(super) branches: Vec<Branch>,
    /// What `else` does.
    pub(super) otherwise: Option<Expr>,
}

/// `pattern = future, if condition => handler`
pub(super) struct Branch {
    pub(super) pat: Pat,
    pub(super) future: Expr,
    pub(super) condition: Option<Expr>,
    pub(super) handler: Expr,
}

impl Parse for Input {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let biased = input.peek(Ident) && input.peek2(Token![;]);
        if biased {
            let word: Ident = input.parse()?;
            if word != "biased" {
                let told = Message::new(format!("`select!` has no option `{word}`"), "`biased;`, or nothing");
                return Err(syn::Error::new_spanned(word, told));
            }
            input.parse::<Token![;]>()?;
        }
        let mut branches = Vec::new();
        let mut otherwise = None;
        while !input.is_empty() {
            if input.peek(Token![else]) {
                let token: Token![else] = input.parse()?;
                input.parse::<Token![=>]>()?;
                otherwise = Some(handler(input)?);
                if !input.is_empty() {
                    let told = Message::new("a branch stands behind `else`", "`else => ..` as the last one");
                    return Err(syn::Error::new_spanned(token, told));
                }
                break;
            }
            let branch = branch(input)?;
            if branches.len() == MOST {
                let told = Message::new(
                    format!("this is one branch more than the {MOST} that a `select!` may have"),
                    "a `JoinSet` or a stream of futures",
                );
                return Err(syn::Error::new_spanned(&branch.pat, told));
            }
            branches.push(branch);
        }
        if branches.is_empty() && otherwise.is_none() {
            let told = Message::new("this `select!` has no branch", "`pattern = future => handler`, at least once");
            return Err(syn::Error::new(input.span(), told.to_string()));
        }
        Ok(Self { biased, branches, otherwise })
    }
}

fn branch(input: ParseStream<'_>) -> syn::Result<Branch> {
    let pat = Pat::parse_multi_with_leading_vert(input)?;
    input.parse::<Token![=]>()?;
    let future = input.parse()?;
    let condition = if input.peek(Token![,]) && input.peek2(Token![if]) {
        input.parse::<Token![,]>()?;
        input.parse::<Token![if]>()?;
        Some(input.parse()?)
    } else {
        None
    };
    input.parse::<Token![=>]>()?;
    Ok(Branch { pat, future, condition, handler: handler(input)? })
}

/// A handler, and the comma behind it, which a block need not have.
fn handler(input: ParseStream<'_>) -> syn::Result<Expr> {
    let is_block = input.peek(syn::token::Brace);
    let handler = if is_block { Expr::Block(input.parse()?) } else { input.parse()? };
    if !input.is_empty() && (!is_block || input.peek(Token![,])) {
        input.parse::<Token![,]>()?;
    }
    Ok(handler)
}
