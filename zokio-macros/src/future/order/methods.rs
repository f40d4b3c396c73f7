//! What methods do with their receivers, as far as names tell: what is asked, and what everybody knows.

use syn::{Expr, Type};

use crate::future::local::{Local, Locals};
use crate::future::plain::used;

/// Whether it can be asked what a method does with its receiver: not where its generics are said to be numbers.
pub(crate) fn can_ask(call: &syn::ExprMethodCall) -> bool {
    let said = call.turbofish.iter().flat_map(|generics| &generics.args);
    said.into_iter().all(|argument| matches!(argument, syn::GenericArgument::Type(_)))
}

/// Whether it is asked what a method does with a local, or with a part of one.
pub(crate) fn asks(call: &syn::ExprMethodCall) -> bool {
    let name = call.method.to_string();
    can_ask(call) && (!borrows(&name) || may_consume(call)) && !takes(call)
}

/// Whether it is asked what a method does with a local, also if that is a builder, `b = b.insert(k, v)`, or is pinned, `self: Pin<&mut Self>`.
pub(crate) fn asks_local(call: &syn::ExprMethodCall, locals: &Locals) -> bool {
    let Expr::Path(receiver) = &*call.receiver else { return asks(call) };
    let local = used(receiver).map(|id| &locals[locals.used(id)]);
    let consumed = local.is_some_and(|local| local.rebuilt || is_pin(local) && !is_of_pin(call));
    asks(call) || compares(call) || consumed && can_ask(call) && !takes(call)
}

fn is_pin(local: &Local) -> bool {
    matches!(&local.ty, Some(Type::Path(it)) if it.path.segments.last().is_some_and(|last| last.ident == "Pin"))
}

/// Whether it is a method of `Pin` itself that borrows.
fn is_of_pin(call: &syn::ExprMethodCall) -> bool {
    matches!(call.method.to_string().as_str(), "as_mut" | "as_ref" | "set")
}

/// Whether it is perhaps `Ord`'s, of a local: which takes what is ordered, and of a lock's guard what that refers to.
pub(crate) fn compares(call: &syn::ExprMethodCall) -> bool {
    is_of_order(call) && matches!(*call.receiver, Expr::Path(_))
}

/// Whether the method, which std's types borrow for, is as likely one that consumes: that of a map's entry, with a value alone or
/// with nothing, or of something that ends with it; or that of an `Option` that is given a closure.
fn may_consume(call: &syn::ExprMethodCall) -> bool {
    match call.method.to_string().as_str() {
        "insert" => call.args.len() == 1,
        "is_some_and" | "is_ok_and" | "is_err_and" | "is_none_or" => true,
        "remove" | "next" | "drain" | "get" => call.args.is_empty(),
        _ => false,
    }
}

/// Whether it is a method of `Ord`, by its name and arguments.
fn is_of_order(call: &syn::ExprMethodCall) -> bool {
    matches!((call.method.to_string().as_str(), call.args.len()), ("max" | "min", 1) | ("clamp", 2))
}

/// Whether a method takes a local, or a part of one, without being asked.
pub(crate) fn takes(call: &syn::ExprMethodCall) -> bool {
    let name = call.method.to_string();
    (matches!(name.as_str(), "into" | "try_into") || is_of_order(call)) && !compares(call)
        // What comes of it may depend on the function's parameters, which no question knows.
        || consumes(&name) && call.args.iter().any(is_function)
        || may_want_futures(&name) && call.args.iter().any(is_other_closure)
        || may_want_answers(&name) && call.args.iter().any(|argument| matches!(argument, Expr::Closure(_)))
}

/// Whether a method takes what is captured for it without being asked: also where what comes of it is to be inferred (`list.collect::<Vec<_>>()`), of which
/// the question, which stands in front of the closure, would know nothing.
pub(crate) fn takes_captured(call: &syn::ExprMethodCall) -> bool {
    takes(call) || call.method == "collect" && call.turbofish.as_ref().is_some_and(infers)
}

/// Whether something of what is said of a method's parameters is left to be inferred.
pub(crate) fn infers(generics: &syn::AngleBracketedGenericArguments) -> bool {
    struct Infers(bool);
    impl<'ast> syn::visit::Visit<'ast> for Infers {
        fn visit_type_infer(&mut self, _: &'ast syn::TypeInfer) {
            self.0 = true;
        }
    }
    let mut infers = Infers(false);
    syn::visit::Visit::visit_angle_bracketed_generic_arguments(&mut infers, generics);
    infers.0
}

/// Whether those futures have to be of a certain type: an `Option` or a `Result`, say.
fn may_want_answers(method: &str) -> bool {
    method.starts_with("try_")
        || matches!(method, "and_then" | "or_else" | "filter_map" | "flat_map" | "map_while" | "scan")
}

/// Whether a method of this name is one of streams or futures, too, whose closures make futures: which a closure that stands for
/// them in a question would have to make as well.
fn may_want_futures(method: &str) -> bool {
    method.starts_with("try_")
        || matches!(
            method,
            "then"
                | "and_then"
                | "or_else"
                | "filter"
                | "filter_map"
                | "flat_map"
                | "for_each"
                | "for_each_concurrent"
                | "take_while"
                | "skip_while"
                | "map_while"
                | "scan"
        )
}

/// Whether it is a function's name, or a variant's: neither a local's nor a constant's.
fn is_function(argument: &Expr) -> bool {
    let Expr::Path(it) = argument else { return false };
    let Some(last) = it.path.segments.last() else { return false };
    !Locals::is_numbered(&last.ident) && last.ident.to_string().contains(|c: char| c.is_lowercase())
}

/// Whether it is a closure of which it does not show that it makes a future.
fn is_other_closure(argument: &Expr) -> bool {
    matches!(argument, Expr::Closure(it) if it.asyncness.is_none() && !makes_future(&it.body))
}

/// Whether the value is an `async` block.
pub(crate) fn makes_future(value: &Expr) -> bool {
    match value {
        Expr::Async(_) => true,
        Expr::Paren(it) => makes_future(&it.expr),
        Expr::Block(it) => matches!(it.block.stmts.last(), Some(syn::Stmt::Expr(last, None)) if makes_future(last)),
        _ => false,
    }
}

/// Whether a method of this name consumes its receiver, by a convention that everybody keeps.
pub(crate) fn certainly_consumes(method: &str) -> bool {
    method.starts_with("into_")
        || method.starts_with("unwrap")
        || method.starts_with("expect")
        || matches!(method, "map_err" | "map_or" | "map_or_else" | "ok_or" | "ok_or_else")
        || matches!(method, "max" | "min" | "clamp" | "into" | "try_into")
}

/// Whether a method of this name consumes a temporary, by convention: those of std's `Option`, `Result`, iterators and
/// futures. A temporary that is made for them is not held, for chains of them would be asked link by link.
pub(crate) fn consumes(method: &str) -> bool {
    certainly_consumes(method)
        || method.starts_with("map")
        || matches!(
            method,
            "filter"
                | "inspect"
                | "cycle"
                | "then"
                | "shared"
                | "lines"
                | "compat"
                | "ok"
                | "err"
                | "and_then"
                | "or_else"
                | "filter_map"
                | "flatten"
                | "flat_map"
                | "zip"
                | "unzip"
                | "chain"
                | "collect"
                | "for_each"
                | "enumerate"
                | "rev"
                | "skip"
                | "skip_while"
                | "take_while"
                | "step_by"
                | "peekable"
                | "fuse"
                | "cloned"
                | "copied"
                | "max_by_key"
                | "min_by_key"
                | "boxed"
                | "boxed_local"
                | "right_future"
                | "left_future"
                | "buffered"
                | "buffer_unordered"
                | "transpose"
                | "map_while"
                | "map_ok"
                | "scan"
                | "take_until"
                | "try_filter"
                | "try_filter_map"
                | "try_flatten"
                | "try_fold"
                | "try_for_each"
                | "try_for_each_concurrent"
                | "try_collect"
                | "for_each_concurrent"
                | "inspect_ok"
                | "inspect_err"
                | "is_some_and"
                | "is_ok_and"
                | "is_none_or"
                | "then_some"
                | "catch_unwind"
                | "instrument"
                | "in_current_span"
        )
}

/// Whether a method of this name borrows its receiver, by convention: std's names. Where it does not, the compiler says so.
pub(crate) fn borrows(method: &str) -> bool {
    method.starts_with("as_")
        || method.starts_with("is_")
        || matches!(
            method,
            "clone"
                | "to_string"
                | "to_owned"
                | "to_vec"
                | "borrow"
                | "borrow_mut"
                | "deref"
                | "deref_mut"
                | "len"
                | "iter"
                | "iter_mut"
                | "get"
                | "get_mut"
                | "get_ref"
                | "push"
                | "push_str"
                | "insert"
                | "remove"
                | "contains"
                | "contains_key"
                | "extend"
                | "extend_from_slice"
                | "clear"
                | "truncate"
                | "drain"
                | "keys"
                | "values"
                | "lock"
                | "try_lock"
                | "load"
                | "store"
                | "fetch_add"
                | "fetch_sub"
                | "next"
                | "flush"
                | "read_exact"
                | "read_to_end"
                | "read_until"
                | "read_line"
                | "write_all"
                | "elapsed"
                | "trim"
                | "chars"
                | "starts_with"
                | "ends_with"
                | "next_line"
                | "poll_next"
                | "tick"
        )
}
