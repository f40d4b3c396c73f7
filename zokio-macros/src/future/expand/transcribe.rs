//! What a rule makes of what it has matched.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;

use super::hygiene::{marked, marked_text};
use super::matching::{Binding, Bindings, variables};
use super::rules::Piece;

/// The tokens, those of the macro's own at the call; none, if a variable is not repeated as it was matched.
///
/// What stands among the arguments of another macro (`handed_on`) is one token there, unless it was one.
pub(super) fn transcribed(pieces: &[Piece], bindings: &Bindings, span: Span, handed_on: bool) -> Option<TokenStream> {
    let mut tokens = TokenStream::new();
    for (index, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Token(TokenTree::Ident(name)) => tokens.extend([TokenTree::Ident(marked(name, span))]),
            Piece::Token(TokenTree::Literal(literal)) => {
                tokens.extend([TokenTree::Literal(marked_text(literal, span))])
            }
            Piece::Token(token) => {
                let mut token = token.clone();
                token.set_span(span);
                tokens.extend([token]);
            }
            Piece::Crate => tokens.extend([TokenTree::Ident(Ident::new("crate", span))]),
            Piece::Group(delimiter, within) => {
                let before = index.checked_sub(1).and_then(|before| pieces.get(before));
                let of_macro = matches!(before, Some(Piece::Token(TokenTree::Punct(punct))) if punct.as_char() == '!');
                let mut group = Group::new(*delimiter, transcribed(within, bindings, span, handed_on || of_macro)?);
                group.set_span(span);
                tokens.extend([TokenTree::Group(group)]);
            }
            Piece::Variable(name, _) => match bindings.get(&name.to_string()) {
                Some(Binding::One(one, true)) if handed_on => {
                    tokens.extend([TokenTree::Group(Group::new(Delimiter::None, one.clone()))]);
                }
                Some(Binding::One(one, _)) => tokens.extend(one.clone()),
                Some(Binding::Many(_)) => return None,
                // No variable: `$` and a name.
                None => return None,
            },
            Piece::Repeat { pieces: within, separator, .. } => {
                let rounds = rounds(within, bindings)?;
                for (index, round) in rounds.iter().enumerate() {
                    if let (Some(separator), true) = (separator, index > 0) {
                        let mut separator = separator.clone();
                        separator.set_span(span);
                        separator.to_tokens(&mut tokens);
                    }
                    tokens.extend(transcribed(within, round, span, handed_on)?);
                }
            }
        }
    }
    Some(tokens)
}

/// The bindings of each round of a repetition: of the variables within it that are repeated, what they are this time.
fn rounds(within: &[Piece], bindings: &Bindings) -> Option<Vec<Bindings>> {
    let mut names = Vec::new();
    variables(within, &mut names);
    let repeated: Vec<(&String, &Vec<Bindings>)> = names
        .iter()
        .filter_map(|name| match bindings.get(name)? {
            Binding::Many(each) => Some((name, each)),
            Binding::One(..) => None,
        })
        .collect();
    let count = repeated.first()?.1.len();
    if repeated.iter().any(|(_, each)| each.len() != count) {
        return None;
    }
    let round = |index: usize| {
        let mut round: Bindings = Bindings::new();
        for name in &names {
            let one = match bindings.get(name)? {
                Binding::Many(each) => each[index].get(name)?.clone(),
                one @ Binding::One(..) => one.clone(),
            };
            round.insert(name.clone(), one);
        }
        Some(round)
    };
    (0..count).map(round).collect()
}
