//! Macros within a body: their arguments as expressions, as far as they are some.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::parse::{ParseStream, Parser};
use syn::{Expr, Macro, Pat, Token};

use super::json::{Json, json};
use super::local::{Locals, Name, UseId};

/// What stands between the parentheses.
pub(crate) enum Arguments {
    /// `a, name = b, ..`
    List(Vec<Argument>),
    /// `value; count`
    Repeat(Box<Expr>, Box<Expr>),
    /// `value, pattern`, the pattern perhaps with a guard.
    Matches(Box<Expr>, Box<Pat>),
    /// `{ "key": value }`
    Json(Vec<Json>),
    /// Anything else.
    Tokens(TokenStream),
}

pub(crate) struct Argument {
    pub(crate) name: Option<Ident>,
    pub(crate) value: Expr,
}

/// The last segment of the macro's path.
pub(crate) fn name(mac: &Macro) -> String {
    mac.path.segments.last().map_or_else(String::new, |segment| segment.ident.to_string())
}

impl Arguments {
    pub(crate) fn of(mac: &Macro) -> Self {
        let tokens = mac.tokens.clone();
        match name(mac).as_str() {
            "matches" => {
                let parse = |input: ParseStream<'_>| {
                    let value = input.parse()?;
                    input.parse::<Token![,]>()?;
                    let pattern = Pat::parse_multi_with_leading_vert(input)?;
                    let pattern = if input.peek(Token![if]) {
                        Pat::Guard(syn::PatGuard {
                            attrs: Vec::new(),
                            pat: Box::new(pattern),
                            if_token: input.parse()?,
                            guard: input.parse()?,
                        })
                    } else {
                        pattern
                    };
                    input.parse::<Option<Token![,]>>()?;
                    Ok((value, pattern))
                };
                match parse.parse2(tokens.clone()) {
                    Ok((value, pattern)) => Self::Matches(Box::new(value), Box::new(pattern)),
                    Err(_) => Self::Tokens(tokens),
                }
            }
            "vec" if tokens.clone().into_iter().any(|token| is(&token, ';')) => {
                let parse = |input: ParseStream<'_>| {
                    let value = input.parse()?;
                    input.parse::<Token![;]>()?;
                    Ok((value, input.parse()?))
                };
                match parse.parse2(tokens.clone()) {
                    Ok((value, count)) => Self::Repeat(Box::new(value), Box::new(count)),
                    Err(_) => Self::Tokens(tokens),
                }
            }
            "json" => json(tokens.clone()).map_or(Self::Tokens(tokens), Self::Json),
            name if is_other_body(name) => Self::Tokens(tokens),
            _ => match list.parse2(tokens.clone()) {
                Ok(list) => Self::List(list),
                Err(_) => Self::Tokens(tokens),
            },
        }
    }

    /// Every expression, in the order of evaluation.
    pub(crate) fn expressions(&mut self) -> Vec<&mut Expr> {
        match self {
            Self::List(list) => list.iter_mut().map(|argument| &mut argument.value).collect(),
            Self::Repeat(value, count) => vec![value, count],
            Self::Matches(value, _) => vec![value],
            Self::Json(pieces) => {
                let mut found = Vec::new();
                Json::expressions(pieces, &mut found);
                found
            }
            Self::Tokens(_) => Vec::new(),
        }
    }
}

impl ToTokens for Arguments {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(match self {
            Self::List(list) => {
                let list = list.iter().map(|Argument { name, value }| match name {
                    Some(name) => quote!(#name = #value),
                    None => quote!(#value),
                });
                quote!(#(#list),*)
            }
            Self::Repeat(value, count) => quote!(#value; #count),
            Self::Matches(value, pattern) => quote!(#value, #pattern),
            Self::Json(pieces) => quote!(#(#pieces)*),
            Self::Tokens(tokens) => tokens.clone(),
        });
    }
}

fn list(input: ParseStream<'_>) -> syn::Result<Vec<Argument>> {
    let mut list = Vec::new();
    while !input.is_empty() {
        let named = input.peek(syn::Ident) && input.peek2(Token![=]) && !input.peek2(Token![==]);
        let name = if named {
            let name = input.parse()?;
            input.parse::<Token![=]>()?;
            Some(name)
        } else {
            None
        };
        list.push(Argument { name, value: input.parse()? });
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
    }
    Ok(list)
}

pub(crate) fn is(token: &TokenTree, punct: char) -> bool {
    matches!(token, TokenTree::Punct(found) if found.as_char() == punct)
}

/// Whether the tokens have an `.await` in them, wherever.
pub(crate) fn awaits(tokens: &TokenStream) -> bool {
    let mut after_dot = false;
    tokens.clone().into_iter().any(|token| {
        let found = match &token {
            TokenTree::Ident(ident) => after_dot && ident == "await",
            TokenTree::Group(group) => awaits(&group.stream()),
            _ => false,
        };
        after_dot = is(&token, '.');
        found
    })
}

/// Replaces names in tokens that nobody could parse: not fields, labels of fields, paths or macros.
pub(crate) fn replace(tokens: TokenStream, with: &mut dyn FnMut(&Ident) -> Option<TokenStream>) -> TokenStream {
    replace_within(tokens, false, with)
}

/// `in_struct`, a name alone between commas is a field and its value.
fn replace_within(
    tokens: TokenStream,
    in_struct: bool,
    with: &mut dyn FnMut(&Ident) -> Option<TokenStream>,
) -> TokenStream {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut replaced = TokenStream::new();
    for (index, token) in tokens.iter().enumerate() {
        let at = |offset: usize, punct| tokens.get(index + offset).is_some_and(|token| is(token, punct));
        let before = |offset: usize, punct| index >= offset && is(&tokens[index - offset], punct);
        match token {
            TokenTree::Group(group) => {
                let is_type = |token: &TokenTree| matches!(token, TokenTree::Ident(name) if name.to_string().starts_with(char::is_uppercase));
                let in_struct = group.delimiter() == Delimiter::Brace && index > 0 && is_type(&tokens[index - 1]);
                let mut inner = Group::new(group.delimiter(), replace_within(group.stream(), in_struct, with));
                inner.set_span(group.span());
                replaced.extend([TokenTree::Group(inner)]);
            }
            TokenTree::Ident(ident) => {
                let field = before(1, '.') && !before(2, '.');
                let label = at(1, ':') && !at(2, ':') || at(1, '!') && !at(2, '=') || at(1, ':') && at(2, ':');
                let path = before(1, ':') && before(2, ':');
                let named = at(1, '=') && !at(2, '=') && !at(2, '>');
                let found = if field || label || path || named { None } else { with(ident) };
                let alone = in_struct && (index == 0 || before(1, ',')) && (at(1, ',') || index + 1 == tokens.len());
                match found {
                    Some(found) if alone => replaced.extend(quote!(#ident: #found)),
                    Some(found) => replaced.extend(found),
                    None => replaced.extend([token.clone()]),
                }
            }
            other => replaced.extend([other.clone()]),
        }
    }
    replaced
}

/// How often a name stands among the tokens.
pub(crate) fn mentions(tokens: &TokenStream, name: &Ident) -> usize {
    let count = |token| match token {
        TokenTree::Group(group) => mentions(&group.stream(), name),
        TokenTree::Ident(ident) => usize::from(ident == *name),
        TokenTree::Punct(_) | TokenTree::Literal(_) => 0,
    };
    tokens.clone().into_iter().map(count).sum()
}

/// Replaces names wherever they stand.
pub(crate) fn replace_all(tokens: TokenStream, with: &dyn Fn(&Ident) -> Option<TokenStream>) -> TokenStream {
    tokens
        .into_iter()
        .map(|token| match token {
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), replace_all(group.stream(), with));
                inner.set_span(group.span());
                TokenTree::Group(inner).into()
            }
            TokenTree::Ident(ident) => with(&ident).unwrap_or_else(|| TokenTree::Ident(ident).into()),
            other => other.into(),
        })
        .collect()
}

/// The format string among the arguments.
pub(crate) fn format_string(list: &[Argument], from: usize) -> Option<syn::LitStr> {
    list.iter().skip(from).find_map(|argument| match &argument.value {
        Expr::Lit(lit) if argument.name.is_none() => match &lit.lit {
            syn::Lit::Str(text) => Some(text.clone()),
            _ => None,
        },
        _ => None,
    })
}

/// The names that a macro's format string captures.
pub(crate) fn captured_names(mac: &Macro) -> Option<Vec<Ident>> {
    let from = format_index(&name(mac))?;
    let Arguments::List(list) = Arguments::of(mac) else { return None };
    let text = format_string(&list, from)?;
    let named = |name: &str| list.iter().any(|argument| argument.name.as_ref().is_some_and(|known| known == name));
    let names = captured(&text.value());
    Some(names.iter().filter(|name| !named(name)).map(|name| Ident::new(name, text.span())).collect())
}

/// Where the format string of a macro is at the earliest.
pub(crate) fn format_index(name: &str) -> Option<usize> {
    Some(match name {
        "format" | "print" | "println" | "eprint" | "eprintln" | "panic" | "todo" | "unreachable" | "unimplemented"
        | "format_args" | "bail" | "anyhow" | "eyre" | "trace" | "debug" | "info" | "warn" | "error" => 0,
        "write" | "writeln" | "assert" | "debug_assert" | "ensure" | "log" | "event" => 1,
        "assert_eq" | "assert_ne" | "debug_assert_eq" | "debug_assert_ne" => 2,
        _ => return None,
    })
}

/// Whether the macro is one of tracing's, whose arguments are fields.
pub(crate) fn has_fields(name: &str) -> bool {
    matches!(name, "trace" | "debug" | "info" | "warn" | "error" | "event") || is_span(name)
}

/// Whether the macro makes a span: its text is its name, and comes first.
pub(crate) fn is_span(name: &str) -> bool {
    name == "span" || name.ends_with("_span")
}

/// The names that a format string captures.
pub(crate) fn captured(format: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut rest = format;
    while let Some(open) = rest.find('{') {
        rest = &rest[open + 1..];
        if let Some(escaped) = rest.strip_prefix('{') {
            rest = escaped;
            continue;
        }
        let Some(close) = rest.find('}') else { break };
        let (argument, options) = rest[..close].split_once(':').unwrap_or((&rest[..close], ""));
        let width = options.split(['.', '<', '>', '^', '#', '+']).filter_map(|part| part.strip_suffix('$'));
        for name in std::iter::once(argument.trim()).chain(width) {
            let is_name = name.starts_with(|first: char| first.is_alphabetic() || first == '_') && !name.contains('#');
            if is_name && syn::parse_str::<Ident>(name).is_ok() && !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
        rest = &rest[close..];
    }
    names
}

/// The uses of locals that are all of an argument.
pub(crate) fn alone(arguments: &TokenStream) -> Vec<UseId> {
    let tokens: Vec<TokenTree> = arguments.clone().into_iter().collect();
    let read = |argument: &[TokenTree]| match argument {
        [TokenTree::Ident(name)] => match Locals::read(name)? {
            Name::Use(id) => Some(id),
            Name::Binder(_) => None,
        },
        _ => None,
    };
    tokens.split(|token| is(token, ',')).filter_map(read).collect()
}

/// Whether the macro evaluates its arguments where it stands.
pub(crate) fn is_inline(name: &str) -> bool {
    format_index(name).is_some()
        || matches!(name, "vec" | "dbg" | "matches" | "concat" | "assert" | "debug_assert" | "span" | "json")
}

/// Whether it is known what the macro does with its arguments, where it stands: std's, those for logging, those that await.
pub(crate) fn only_looks(name: &str) -> bool {
    is_inline(name)
        || is_fallible(name)
        || matches!(name, "join" | "try_join" | "select" | "select_biased" | "pin")
        || name.ends_with("_span")
}

/// Whether there is a macro of which nobody knows what it makes of its arguments.
pub(crate) fn has_unknown(tokens: TokenStream) -> bool {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    tokens.iter().enumerate().any(|(index, token)| match token {
        TokenTree::Group(group) => has_unknown(group.stream()),
        TokenTree::Ident(name) => {
            let called = tokens.get(index + 1).is_some_and(|token| is(token, '!'));
            called && matches!(tokens.get(index + 2), Some(TokenTree::Group(_))) && !only_looks(&name.to_string())
        }
        _ => false,
    })
}

/// Whether what stands in the macro belongs to a future or stream of its own.
pub(crate) fn is_other_body(name: &str) -> bool {
    matches!(name, "stream" | "try_stream" | "async_block" | "async_stream" | "async_try_stream")
}

/// Whether the macro awaits where it stands.
pub(crate) fn awaits_in(mac: &Macro) -> bool {
    !is_other_body(&name(mac)) && awaits(&mac.tokens)
}

/// Whether the macro returns an error from the function that it is in: anyhow's and eyre's, and those that are named after them.
pub(crate) fn is_fallible(name: &str) -> bool {
    matches!(name, "bail" | "ensure" | "ensure_eq")
}

/// Whether the macro may return from the function that it is in, as far as a macro can be judged by its name and arguments: not one
/// that makes a value by its nature, nor one that may declare a local.
pub(crate) fn may_return(mac: &Macro) -> bool {
    let name = name(mac);
    is_fallible(&name)
        || !makes_value(&name) && !only_looks(&name) && !is_other_body(&name) && !may_declare(&mac.tokens)
}

/// Whether the macro makes a value by its nature.
pub(crate) fn makes_value(name: &str) -> bool {
    matches!(
        name,
        "env"
            | "option_env"
            | "include_str"
            | "include_bytes"
            | "concat"
            | "stringify"
            | "line"
            | "file"
            | "column"
            | "module_path"
            | "cfg"
            | "quote"
            | "parse_quote"
            | "format_ident"
            | "query"
            | "query_as"
            | "query_scalar"
            | "offset_of"
            | "hashmap"
            | "hashset"
            | "btreemap"
            | "smallvec"
            | "anyhow"
            | "eyre"
    )
}

/// Whether a name stands among the tokens that may be one that the macro declares.
fn may_declare(tokens: &TokenStream) -> bool {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    tokens.iter().enumerate().any(|(index, token)| match token {
        // Of another macro, what it declares is its own.
        TokenTree::Group(_) if index > 0 && is(&tokens[index - 1], '!') => false,
        TokenTree::Group(group) => may_declare(&group.stream()),
        TokenTree::Ident(ident) => {
            let text = ident.to_string();
            let path = |offset: usize| tokens.get(index + offset).is_some_and(|token| is(token, ':') || is(token, '!'));
            let called = matches!(tokens.get(index + 1), Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis);
            let member = index > 0 && (is(&tokens[index - 1], '.') || is(&tokens[index - 1], ':'));
            let lower = text.starts_with(|first: char| first.is_lowercase() || first == '_');
            lower && !Locals::is_numbered(ident) && !path(1) && !called && !member && syn::parse_str::<Ident>(&text).is_ok()
        }
        _ => false,
    })
}

/// Whether what stands behind the macro is never reached.
pub(crate) fn diverges(name: &str) -> bool {
    matches!(name, "panic" | "unreachable" | "todo" | "unimplemented" | "bail" | "fail" | "throw")
}

/// Whether the macro uses its arguments by value.
pub(crate) fn takes_values(name: &str) -> bool {
    matches!(name, "vec" | "dbg" | "join" | "try_join")
}
