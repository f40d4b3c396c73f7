//! What a macro is given, matched by a rule.

use std::collections::HashMap;

use proc_macro2::{Delimiter, Group, Ident, Spacing, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::parse::discouraged::Speculative;
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Expr, Pat, Result, Token};

use super::rules::{Piece, Times};

/// What the variables stand for.
pub(super) type Bindings = HashMap<String, Binding>;

/// What one variable stands for.
#[derive(Clone)]
pub(super) enum Binding {
    /// And whether it is a fragment as a whole, whatever it consists of.
    One(TokenStream, bool),
    /// In a repetition: each time.
    Many(Vec<Bindings>),
}

/// The bindings, where the rule matches.
pub(super) fn matched(matcher: &[Piece], tokens: TokenStream) -> Option<Bindings> {
    let all = |input: ParseStream<'_>| {
        let bindings = pieces(matcher, input)?;
        if input.is_empty() { Ok(bindings) } else { Err(input.error("the rule ends before")) }
    };
    all.parse2(tokens).ok()
}

fn pieces(matcher: &[Piece], input: ParseStream<'_>) -> Result<Bindings> {
    let mut bindings = Bindings::new();
    for piece in matcher {
        match piece {
            Piece::Token(token) => same(token, input)?,
            Piece::Crate => return Err(input.error("no part of a matcher")),
            Piece::Group(delimiter, within) => match input.parse()? {
                TokenTree::Group(group) if group.delimiter() == *delimiter => {
                    bindings.extend(matched(within, group.stream()).ok_or_else(|| input.error("another content"))?);
                }
                _ => return Err(input.error("another delimiter")),
            },
            Piece::Variable(name, kind) => {
                bindings.insert(
                    name.to_string(),
                    Binding::One(fragment(kind, input)?, !matches!(kind.as_str(), "ident" | "tt" | "lifetime")),
                );
            }
            Piece::Repeat { pieces: within, separator, times } => {
                let mut rounds = repeated(within, separator.as_ref(), *times, input)?;
                let mut names = Vec::new();
                variables(within, &mut names);
                // Each variable has rounds of its own.
                for name in names {
                    let each = rounds.iter_mut().map(|round| {
                        round.remove(&name).map(|one| Bindings::from([(name.clone(), one)])).unwrap_or_default()
                    });
                    bindings.insert(name.clone(), Binding::Many(each.collect()));
                }
            }
        }
    }
    Ok(bindings)
}

fn repeated(
    within: &[Piece],
    separator: Option<&TokenTree>,
    times: Times,
    input: ParseStream<'_>,
) -> Result<Vec<Bindings>> {
    let mut rounds = Vec::new();
    while !input.is_empty() {
        let ahead = input.fork();
        if let (Some(separator), false) = (separator, rounds.is_empty())
            && same(separator, &ahead).is_err()
        {
            break;
        }
        let before = ahead.cursor();
        let Ok(round) = pieces(within, &ahead) else { break };
        // What matches nothing matches no more than once.
        if ahead.cursor() == before {
            break;
        }
        rounds.push(round);
        input.advance_to(&ahead);
        if times == Times::AtMostOnce {
            break;
        }
    }
    if times == Times::Some && rounds.is_empty() {
        return Err(input.error("expected it at least once"));
    }
    Ok(rounds)
}

/// The variables within.
pub(super) fn variables(pieces: &[Piece], names: &mut Vec<String>) {
    for piece in pieces {
        match piece {
            Piece::Variable(name, _) => names.push(name.to_string()),
            Piece::Group(_, within) | Piece::Repeat { pieces: within, .. } => variables(within, names),
            Piece::Token(_) | Piece::Crate => {}
        }
    }
}

/// Whether a matcher has a fragment that is read otherwise than rustc does.
pub(super) fn is_unknown(matcher: &[Piece]) -> bool {
    matcher.iter().any(|piece| match piece {
        Piece::Variable(_, kind) => kind == "stmt",
        Piece::Group(_, within) | Piece::Repeat { pieces: within, .. } => is_unknown(within),
        Piece::Token(_) | Piece::Crate => false,
    })
}

fn same(token: &TokenTree, input: ParseStream<'_>) -> Result<()> {
    let found: TokenTree = input.parse()?;
    if found.to_string() == token.to_string() { Ok(()) } else { Err(input.error("another token")) }
}

/// What a variable of this kind takes of the input. What has a precedence keeps it, within parentheses.
fn fragment(kind: &str, input: ParseStream<'_>) -> Result<TokenStream> {
    fn parsed<T: Parse + ToTokens>(input: ParseStream<'_>) -> Result<TokenStream> {
        Ok(input.parse::<T>()?.into_token_stream())
    }
    match kind {
        "expr" | "expr_2021" => {
            let expr = match input.parse()? {
                // Handed on by another macro.
                Expr::Group(it) => *it.expr,
                expr => expr,
            };
            let tokens = expr.to_token_stream();
            let whole = || Group::new(Delimiter::Parenthesis, tokens.clone());
            Ok(if is_one(&expr) { tokens } else { TokenTree::Group(whole()).into() })
        }
        "ty" => parsed::<syn::Type>(input),
        // What another macro hands on as something else is no name any more.
        _ if kind != "tt" && is_handed_on(input) => Err(input.error("another kind of fragment")),
        "ident" => match input.call(Ident::parse_any)? {
            name if name == "_" => Err(input.error("expected an identifier")),
            name => Ok(name.into_token_stream()),
        },
        "tt" => tree(input),
        "block" => parsed::<syn::Block>(input),
        "pat" => Ok(Pat::parse_multi_with_leading_vert(input)?.into_token_stream()),
        "pat_param" => Ok(Pat::parse_single(input)?.into_token_stream()),
        "literal" => {
            let minus: Option<Token![-]> = input.parse()?;
            let literal: syn::Lit = input.parse()?;
            Ok(if minus.is_some() { quote!((#minus #literal)) } else { literal.into_token_stream() })
        }
        "lifetime" => parsed::<syn::Lifetime>(input),
        "path" => parsed::<syn::Path>(input),
        "vis" => parsed::<syn::Visibility>(input),
        "item" => parsed::<syn::Item>(input),
        "meta" => parsed::<syn::Meta>(input),
        _ => Err(input.error("no kind of fragment")),
    }
}

/// Whether nothing that stands beside it could take a part of it.
fn is_one(expr: &Expr) -> bool {
    matches!(
        expr,
        Expr::Path(_)
            | Expr::Lit(_)
            | Expr::Call(_)
            | Expr::MethodCall(_)
            | Expr::Field(_)
            | Expr::Index(_)
            | Expr::Paren(_)
            | Expr::Macro(_)
            | Expr::Tuple(_)
            | Expr::Array(_)
            | Expr::Await(_)
            | Expr::Try(_)
            | Expr::Group(_)
    )
}

/// One token as rustc has it: an operator of several characters is one, and so is a lifetime.
fn tree(input: ParseStream<'_>) -> Result<TokenStream> {
    const OPERATORS: [&str; 22] = [
        "<<=", ">>=", "...", "..=", "==", "!=", "<=", ">=", "&&", "||", "..", "::", "->", "=>", "<<", ">>", "+=", "-=",
        "*=", "/=", "%=", "^=",
    ];
    if input.peek(syn::Lifetime) {
        return Ok(input.parse::<syn::Lifetime>()?.into_token_stream());
    }
    let ahead = input.fork();
    let mut text = String::new();
    while let Ok(TokenTree::Punct(punct)) = ahead.parse() {
        text.push(punct.as_char());
        if punct.spacing() == Spacing::Alone || text.len() == 3 {
            break;
        }
    }
    let length = OPERATORS.iter().find(|operator| text.starts_with(**operator)).map_or(1, |operator| operator.len());
    (0..length).map(|_| input.parse::<TokenTree>()).collect()
}

/// Whether a fragment comes next that another macro was given, and hands on.
fn is_handed_on(input: ParseStream<'_>) -> bool {
    matches!(input.fork().parse(), Ok(TokenTree::Group(group)) if group.delimiter() == Delimiter::None)
}
