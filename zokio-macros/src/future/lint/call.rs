//! Calls that may block: the witness, with questions about them in it.
//!
//! A function is asked about where it is called: `fs::read(path)` becomes `tie(asked, fs::read)(path)`, which is the same call, and
//! gives `asked` the function's type; the answer comes beside it, since that type may have the lifetime of an argument. A method's receiver is
//! mentioned once more, behind the statement that has the call, or before it where that binds a name of the receiver's anew, in code that is never
//! reached. Those answers come after the whole body, when rustc has inferred all that it can.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, Stmt};

use super::known::{Function, Method};
use crate::future::macros::{self, Arguments};
use crate::future::sugar;

/// Asks about the calls of a body: the body with questions in it, what stands before it, and what behind it.
pub(super) fn ask(body: &Block, arguments: &[Ident], z: &TokenStream) -> (Block, TokenStream, TokenStream) {
    let mut calls = Calls {
        z,
        bound: None,
        body,
        arguments,
        pending: Vec::new(),
        loops: 0,
        asked: 0,
        questions: TokenStream::new(),
        answers: TokenStream::new(),
    };
    let mut body = body.clone();
    calls.visit_block_mut(&mut body);
    let Calls { questions, answers, .. } = calls;
    (body, questions, answers)
}

/// About one call: beside it, since a function's type may have the lifetime of an argument that is borrowed there.
struct Asked {
    question: TokenStream,
    answer: TokenStream,
}

/// The mention of a receiver, with its question and its answer.
struct Mention {
    names: Vec<Ident>,
    tokens: TokenStream,
    question: TokenStream,
    answer: TokenStream,
}

struct Calls<'c> {
    z: &'c TokenStream,
    /// All names that the body binds, once somebody asked.
    bound: Option<Vec<Ident>>,
    body: &'c Block,
    arguments: &'c [Ident],
    /// The mentions that belong to the statement.
    pending: Vec<Mention>,
    /// Within how many loops.
    loops: usize,
    asked: usize,
    questions: TokenStream,
    answers: TokenStream,
}

impl Calls<'_> {
    fn new_name(&mut self, span: Span) -> Ident {
        self.asked += 1;
        format_ident!("__zokio_asked_{}", self.asked, span = span)
    }

    /// `path(..)` -> `tie(asked, path)(..)`, at the same place for whoever looks at spans.
    fn function(&mut self, function: &mut Expr, arguments: usize) -> Option<Asked> {
        let Expr::Path(path) = &*function else { return None };
        let known = Function::find(path, arguments)?;
        // A closure of that name is no function.
        if path.path.get_ident().is_some_and(|name| self.binds(name)) {
            return None;
        }
        let z = self.z;
        let first = path.to_token_stream().into_iter().next().map_or_else(|| path.span(), |first| first.span());
        let last = path.path.segments.last().map_or_else(|| path.span(), |last| last.ident.span());
        let asked = self.new_name(last);
        let (group, answers, std) = (known.group(), known.answers(), known.path());
        // What is wrong with the function's arguments is wrong at the same place.
        let here = |path: TokenStream| between(quote!(#z::#path), first, last);
        let (std, function_of, callee) =
            (here(quote!(lint::#std)), here(quote!(lint::function)), here(quote!(lint::callee)));
        let call = Ident::new("blocking_call", last);
        let question = here(quote!(question));
        let question = quote!(let #asked = #question(););
        let answer = super::answered(&quote! {{
            use #z::lint::#answers::*;
            (&&&&&#callee(#z::lint::#group, #asked, #function_of(#std))).#call();
        }});
        let tie = here(quote!(tie));
        let mut operands = Group::new(Delimiter::Parenthesis, quote!(#asked, #path));
        operands.set_span(last);
        *function = Expr::Verbatim(quote!(#tie #operands));
        Some(Asked { question, answer })
    }

    fn binds(&mut self, name: &Ident) -> bool {
        let bound = self.bound.get_or_insert_with(|| {
            let mut binders = Binders(self.arguments.to_vec());
            binders.visit_block(self.body);
            binders.0
        });
        bound.contains(name)
    }

    fn method(&mut self, call: &syn::ExprMethodCall) {
        let Some(known) = Method::find(call, self.loops > 0) else { return };
        let z = self.z;
        let (module, method, receiver) = (known.module(), &call.method, &call.receiver);
        let asked = self.new_name(call.method.span());
        let arguments = call.args.iter().map(|_| quote!(#z::any()));
        let mut names = Vec::new();
        macros::replace(receiver.to_token_stream(), &mut |name| {
            names.push(name.clone());
            None
        });
        self.pending.push(Mention {
            names,
            tokens: quote!(if false { #z::lint::never(#asked); #asked.is(&#receiver); }),
            question: quote!(let #asked = #z::lint::receiver(#z::lint::method::#module::Method);),
            answer: quote! {{
                use #z::lint::method::#module::Std as _;
                use #z::lint::receivers::*;
                (&&&&&&#asked).receiver().#method(#(#arguments),*);
            }},
        });
    }

    /// The statement that mentions receivers. It says nothing itself.
    fn statement(&mut self, mentions: Vec<Mention>) -> Option<Stmt> {
        if mentions.is_empty() {
            return None;
        }
        let mut tokens = TokenStream::new();
        for mention in mentions {
            tokens.extend(mention.tokens);
            self.questions.extend(mention.question);
            self.answers.extend(mention.answer);
        }
        Some(Stmt::Expr(Expr::Verbatim(quote!(#[allow(warnings)] { #tokens })), None))
    }

    /// Runs it, and says what it mentions.
    fn mentions(&mut self, run: impl FnOnce(&mut Self)) -> Vec<Mention> {
        let outer = std::mem::take(&mut self.pending);
        run(self);
        std::mem::replace(&mut self.pending, outer)
    }

    fn looping(&mut self, run: impl FnOnce(&mut Self)) {
        self.loops += 1;
        run(self);
        self.loops -= 1;
    }

    /// What is awaited is no call of std's, but its operands may be.
    fn awaited(&mut self, base: &mut Expr) {
        match base {
            Expr::Call(call) => call.args.iter_mut().for_each(|argument| self.visit_expr_mut(argument)),
            Expr::MethodCall(call) => {
                self.visit_expr_mut(&mut call.receiver);
                call.args.iter_mut().for_each(|argument| self.visit_expr_mut(argument));
            }
            Expr::Paren(it) => self.awaited(&mut it.expr),
            Expr::Group(it) => self.awaited(&mut it.expr),
            other => self.visit_expr_mut(other),
        }
    }

    /// A condition: what a chain of `let`s has bound before is not there where the mentions stand.
    fn condition(&mut self, condition: &mut Expr) {
        let mut bound = Binders::default();
        bound.visit_expr(condition);
        let mentions = self.mentions(|this| this.visit_expr_mut(condition));
        let chained = matches!(condition, Expr::Binary(_));
        let there = mentions.into_iter().filter(|it| !chained || !it.names.iter().any(|name| bound.0.contains(name)));
        self.pending.extend(there);
    }

    fn in_macro(&mut self, mac: &mut syn::Macro) {
        if !macros::is_inline(&macros::name(mac)) {
            return;
        }
        let asked = self.asked;
        let mut arguments = Arguments::of(mac);
        arguments.expressions().into_iter().for_each(|argument| self.visit_expr_mut(argument));
        if self.asked > asked {
            mac.tokens = arguments.to_token_stream();
        }
    }
}

impl VisitMut for Calls<'_> {
    fn visit_block_mut(&mut self, block: &mut Block) {
        let statements = std::mem::take(&mut block.stmts);
        let last = statements.len().wrapping_sub(1);
        for (index, mut stmt) in statements.into_iter().enumerate() {
            let mentions = self.mentions(|this| this.visit_stmt_mut(&mut stmt));
            let mut bound = Binders::default();
            if let Stmt::Local(local) = &stmt {
                bound.visit_pat(&local.pat);
            }
            let is_value = index == last
                && matches!(stmt, Stmt::Expr(_, None) | Stmt::Macro(syn::StmtMacro { semi_token: None, .. }));
            let (before, behind): (Vec<Mention>, Vec<Mention>) =
                mentions.into_iter().partition(|it| is_value || it.names.iter().any(|name| bound.0.contains(name)));
            block.stmts.extend(self.statement(before));
            block.stmts.push(stmt);
            block.stmts.extend(self.statement(behind));
        }
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match expr {
            // Other bodies.
            Expr::Async(_) | Expr::Closure(_) | Expr::Const(_) => {}
            Expr::Macro(mac) => self.in_macro(&mut mac.mac),
            Expr::Await(it) => self.awaited(&mut it.base),
            Expr::Call(it) => {
                let asked = self.function(&mut it.func, it.args.len());
                visit_mut::visit_expr_call_mut(self, it);
                if let Some(Asked { question, answer }) = asked {
                    let value = Ident::new("__zokio_value", Span::mixed_site());
                    *expr = Expr::Verbatim(quote!({ #question match #it { #value => { #answer #value } } }));
                }
            }
            Expr::MethodCall(it) => {
                self.method(it);
                visit_mut::visit_expr_method_call_mut(self, it);
            }
            Expr::If(it) => {
                self.condition(&mut it.cond);
                self.visit_block_mut(&mut it.then_branch);
                it.else_branch.iter_mut().for_each(|(_, otherwise)| self.visit_expr_mut(otherwise));
            }
            Expr::While(it) => self.looping(|this| {
                this.condition(&mut it.cond);
                this.visit_block_mut(&mut it.body);
            }),
            Expr::ForLoop(it) => {
                self.visit_expr_mut(&mut it.expr);
                self.looping(|this| this.visit_block_mut(&mut it.body));
            }
            Expr::Loop(it) => self.looping(|this| this.visit_block_mut(&mut it.body)),
            _ => visit_mut::visit_expr_mut(self, expr),
        }
    }

    fn visit_arm_mut(&mut self, arm: &mut syn::Arm) {
        let mentions = self.mentions(|this| this.visit_expr_mut(&mut arm.body));
        if let Some(mention) = self.statement(mentions) {
            let body = &arm.body;
            *arm.body = Expr::Verbatim(quote_spanned!(sugar::own(body.span())=> { #mention #body }));
        }
    }

    fn visit_stmt_macro_mut(&mut self, mac: &mut syn::StmtMacro) {
        self.in_macro(&mut mac.mac);
    }

    fn visit_pat_mut(&mut self, _: &mut syn::Pat) {}
    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

/// The tokens, at another place: from the first span to the last.
fn between(tokens: TokenStream, first: Span, last: Span) -> TokenStream {
    let count = tokens.clone().into_iter().count();
    tokens
        .into_iter()
        .enumerate()
        .map(|(index, mut token)| {
            token.set_span(if index + 1 == count { last } else { first });
            token
        })
        .collect()
}

/// The names that patterns bind.
#[derive(Default)]
struct Binders(Vec<Ident>);

impl<'ast> Visit<'ast> for Binders {
    fn visit_pat_ident(&mut self, pat: &'ast syn::PatIdent) {
        self.0.push(pat.ident.clone());
        visit::visit_pat_ident(self, pat);
    }

    fn visit_item(&mut self, _: &'ast syn::Item) {}
}
