//! The bodies that the tests look at: a few of their own, and all that `tests/machines` compares with native `async`.

use std::path::Path;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::quote;
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Block, Expr, Ident, Token, Type};

/// One for each way in which a body can be hard.
pub(super) const BODIES: &[(&str, &str)] = &[
    (
        "straight_line",
        "async fn straight_line(stream: Stream, limit: usize) -> usize {
            let request = stream.next().await;
            let answer = handle(request, limit).await;
            stream.send(&answer).await;
            answer.len()
        }",
    ),
    (
        "loop_with_borrow",
        "async fn loop_with_borrow(mut stream: Stream) -> io::Result<()> {
            let mut buffer = [0; 64];
            loop {
                let count = stream.read(&mut buffer).await?;
                if count == 0 {
                    return Ok(());
                }
                stream.write_all(&buffer[..count]).await?;
            }
        }",
    ),
    (
        "matched",
        "async fn matched(message: Message, sink: &mut Sink) -> u32 {
            match message {
                Message::Text(text) if text.is_empty() => 0,
                Message::Text(text) => sink.send(text).await,
                Message::Pair { one, ref other } => {
                    let sent = sink.send(one).await;
                    sent + sink.look(other).await
                }
                Message::End => sink.close().await,
            }
        }",
    ),
    (
        "moved_part",
        "async fn moved_part(request: Request) -> Response {
            let body = read(request.body).await;
            if body.is_empty() {
                log(request.head).await;
            }
            answer(request.id, body).await
        }",
    ),
    (
        "selected",
        "async fn selected(mut inbox: Inbox, stop: Stop) -> u32 {
            let mut seen = 0;
            loop {
                select! {
                    message = inbox.next() => {
                        seen += 1;
                        handle(message).await;
                    }
                    () = stop.wait() => break,
                }
            }
            seen
        }",
    ),
    (
        "question",
        "async fn question(builder: Builder) -> u32 {
            let connection = builder.host(name().await).connect().await;
            connection.close().await
        }",
    ),
    (
        "let_else",
        "async fn let_else(source: &Source, key: String) -> Option<u32> {
            let Some(entry) = source.find(&key).await else {
                source.miss(key).await;
                return None;
            };
            let Entry { value, .. } = entry;
            source.hit(key).await;
            Some(value)
        }",
    ),
    (
        "nested",
        "async fn nested(a: Value, b: Value) -> u32 {
            let n = sum(first(a).await, { let c = b; second(&c).await + c.number() }).await;
            'outer: for i in 0..n {
                while more(i).await {
                    if done().await { break 'outer; }
                }
            }
            n
        }",
    ),
];

/// The functions of every `bodies!` of `tests/machines`.
pub(super) fn machines() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/machines");
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect();
    files.sort();
    files.iter().flat_map(|file| of_file(file)).collect()
}

fn of_file(path: &Path) -> Vec<(String, String)> {
    let tokens: Vec<TokenTree> =
        std::fs::read_to_string(path).unwrap().parse::<TokenStream>().unwrap().into_iter().collect();
    let lists = tokens.windows(3).filter_map(|window| match window {
        [TokenTree::Ident(name), TokenTree::Punct(bang), TokenTree::Group(group)]
            if name == "bodies" && bang.as_char() == '!' && group.delimiter() == Delimiter::Brace =>
        {
            Some(group.stream())
        }
        _ => None,
    });
    let file = path.file_stem().unwrap().to_string_lossy().into_owned();
    let bodies = lists.flat_map(|list| list_of.parse2(list).unwrap_or_else(|error| panic!("{file}: {error}")));
    bodies.map(|Body { name, function }| (format!("{file}::{name}"), function)).collect()
}

fn list_of(input: ParseStream<'_>) -> syn::Result<Vec<Body>> {
    std::iter::from_fn(|| (!input.is_empty()).then(|| input.parse())).collect()
}

/// `async fn name(t: Script, argument: Type = value, ..) -> Output { .. }`
struct Body {
    name: String,
    function: String,
}

impl Parse for Body {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        input.call(syn::Attribute::parse_outer)?;
        input.parse::<Token![async]>()?;
        input.parse::<Token![fn]>()?;
        let name: Ident = input.parse()?;
        let arguments;
        syn::parenthesized!(arguments in input);
        let mut inputs = TokenStream::new();
        while !arguments.is_empty() {
            let (name, _, ty): (Ident, Token![:], Type) = (arguments.parse()?, arguments.parse()?, arguments.parse()?);
            if arguments.parse::<Option<Token![=]>>()?.is_some() {
                arguments.parse::<Expr>()?;
            }
            arguments.parse::<Option<Token![,]>>()?;
            inputs.extend(quote!(#name: #ty,));
        }
        input.parse::<Token![->]>()?;
        let (output, body): (Type, Block) = (input.parse()?, input.parse()?);
        let function = quote!(async fn #name(#inputs) -> #output #body).to_string();
        Ok(Self { name: name.to_string(), function })
    }
}
