//! The functions and methods of std that block, by name and number of arguments: where a body has such a call, its types are asked.

use proc_macro2::{TokenStream, TokenTree};
use quote::{format_ident, quote};

use crate::future::macros;

/// A function of std, which perhaps is called.
pub(super) struct Function {
    /// The last segment but one of its path.
    parent: &'static str,
    name: &'static str,
    arguments: usize,
    kind: Kind,
    /// Whether the parent is a type: then it is named in front of each call.
    associated: bool,
}

#[derive(Clone, Copy)]
enum Kind {
    Thread,
    Files,
    Sockets,
}

const fn function(kind: Kind, parent: &'static str, name: &'static str, arguments: usize) -> Function {
    Function { parent, name, arguments, kind, associated: false }
}

const fn associated(kind: Kind, parent: &'static str, name: &'static str, arguments: usize) -> Function {
    Function { parent, name, arguments, kind, associated: true }
}

const FUNCTIONS: &[Function] = &[
    function(Kind::Thread, "thread", "sleep", 1),
    function(Kind::Thread, "thread", "park", 0),
    function(Kind::Thread, "thread", "park_timeout", 1),
    function(Kind::Files, "fs", "canonicalize", 1),
    function(Kind::Files, "fs", "copy", 2),
    function(Kind::Files, "fs", "create_dir", 1),
    function(Kind::Files, "fs", "create_dir_all", 1),
    function(Kind::Files, "fs", "exists", 1),
    function(Kind::Files, "fs", "hard_link", 2),
    function(Kind::Files, "fs", "metadata", 1),
    function(Kind::Files, "fs", "read", 1),
    function(Kind::Files, "fs", "read_dir", 1),
    function(Kind::Files, "fs", "read_link", 1),
    function(Kind::Files, "fs", "read_to_string", 1),
    function(Kind::Files, "fs", "remove_dir", 1),
    function(Kind::Files, "fs", "remove_dir_all", 1),
    function(Kind::Files, "fs", "remove_file", 1),
    function(Kind::Files, "fs", "rename", 2),
    function(Kind::Files, "fs", "set_permissions", 2),
    function(Kind::Files, "fs", "symlink_metadata", 1),
    function(Kind::Files, "fs", "write", 2),
    associated(Kind::Files, "File", "create", 1),
    associated(Kind::Files, "File", "create_new", 1),
    associated(Kind::Files, "File", "open", 1),
    associated(Kind::Sockets, "TcpListener", "bind", 1),
    associated(Kind::Sockets, "TcpStream", "connect", 1),
    associated(Kind::Sockets, "TcpStream", "connect_timeout", 2),
    associated(Kind::Sockets, "UdpSocket", "bind", 1),
];

impl Function {
    /// The one that a path looks like, when it is called with so many arguments.
    pub(super) fn find(path: &syn::ExprPath, arguments: usize) -> Option<&'static Self> {
        let mut segments = path.path.segments.iter().rev();
        let last = segments.next()?;
        let parent = segments.next();
        if path.qself.is_some() {
            return None;
        }
        FUNCTIONS.iter().find(|known| {
            last.ident == known.name
                && arguments == known.arguments
                && parent.map_or(!known.associated, |parent| parent.ident == known.parent)
        })
    }

    /// The module that has the answers for its group.
    pub(super) fn answers(&self) -> TokenStream {
        match self.kind {
            Kind::Thread => quote!(thread),
            Kind::Files => quote!(files),
            Kind::Sockets => quote!(sockets),
        }
    }

    /// Its group.
    pub(super) fn group(&self) -> TokenStream {
        match self.kind {
            Kind::Thread => quote!(Thread),
            Kind::Files => quote!(Files),
            Kind::Sockets => quote!(Sockets),
        }
    }

    /// Its path.
    pub(super) fn path(&self) -> TokenStream {
        let (parent, name) = (format_ident!("{}", self.parent), format_ident!("{}", self.name));
        match self.kind {
            Kind::Files if self.associated => quote!(std::fs::#parent::#name),
            Kind::Sockets => quote!(std::net::#parent::#name),
            _ => quote!(std::#parent::#name),
        }
    }
}

/// A method of std's types, which perhaps is called.
pub(super) struct Method {
    name: &'static str,
    arguments: usize,
    /// The core's module for it.
    module: &'static str,
    /// Whether it is worth a word within loops alone.
    in_loops: bool,
}

const fn method(name: &'static str, arguments: usize, module: &'static str) -> Method {
    Method { name, arguments, module, in_loops: false }
}

const fn lock(name: &'static str, module: &'static str) -> Method {
    Method { name, arguments: 0, module, in_loops: true }
}

const METHODS: &[Method] = &[
    lock("lock", "lock"),
    lock("read", "read_lock"),
    lock("write", "write_lock"),
    method("accept", 0, "accept"),
    method("join", 0, "join"),
    method("open", 1, "open"),
    method("output", 0, "output"),
    method("read", 1, "read"),
    method("read_exact", 1, "read_exact"),
    method("read_line", 1, "read_line"),
    method("read_to_end", 1, "read_to_end"),
    method("read_to_string", 1, "read_to_string"),
    method("recv", 0, "recv"),
    method("recv", 1, "recv_into"),
    method("recv_from", 1, "recv_from"),
    method("recv_timeout", 1, "recv_timeout"),
    method("status", 0, "status"),
    method("sync_all", 0, "sync_all"),
    method("sync_data", 0, "sync_data"),
    method("wait", 0, "wait"),
    method("wait", 1, "wait_on"),
    method("wait_timeout", 2, "wait_timeout"),
    method("wait_while", 2, "wait_while"),
    method("wait_with_output", 0, "wait_with_output"),
    method("write", 1, "write"),
    method("write_all", 1, "write_all"),
];

impl Method {
    /// The one that a call looks like.
    pub(super) fn find(call: &syn::ExprMethodCall, in_loop: bool) -> Option<&'static Self> {
        METHODS.iter().find(|known| {
            call.method == known.name && call.args.len() == known.arguments && (in_loop || !known.in_loops)
        })
    }

    /// The core's module for it.
    pub(super) fn module(&self) -> proc_macro2::Ident {
        format_ident!("{}", self.module)
    }
}

/// Whether a call, which is not awaited itself, may return the guard of a lock or a borrow of a `RefCell`.
pub(super) fn is_guarding(call: &syn::ExprMethodCall) -> bool {
    let named = if call.args.is_empty() { GUARDS } else { GUARDS_FROM_ARGUMENTS };
    let method = call.method.to_string();
    named.contains(&method.as_str())
}

/// Whether the tokens have a call that may return the guard of a lock or a borrow of a `RefCell`, and is not awaited itself.
pub(super) fn may_guard(tokens: TokenStream) -> bool {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    tokens.iter().enumerate().any(|(index, token)| match token {
        TokenTree::Group(group) => may_guard(group.stream()),
        TokenTree::Ident(method) if index > 0 && macros::is(&tokens[index - 1], '.') => {
            let Some(TokenTree::Group(arguments)) = tokens.get(index + 1) else { return false };
            let awaited = matches!(tokens.get(index + 3), Some(TokenTree::Ident(word)) if word == "await");
            let named = if arguments.stream().is_empty() { GUARDS } else { GUARDS_FROM_ARGUMENTS };
            !awaited && named.iter().any(|guard| method == guard)
        }
        _ => false,
    })
}

const GUARDS: &[&str] = &[
    "lock",
    "try_lock",
    "read",
    "try_read",
    "write",
    "try_write",
    "borrow",
    "try_borrow",
    "borrow_mut",
    "try_borrow_mut",
];
const GUARDS_FROM_ARGUMENTS: &[&str] = &["wait", "wait_while", "wait_timeout"];

/// Whether a type of this name may be one: that of an argument.
pub(super) fn is_guard(ty: &syn::Type) -> bool {
    const TYPES: &[&str] = &[
        "MutexGuard",
        "RwLockReadGuard",
        "RwLockWriteGuard",
        "StdinLock",
        "StdoutLock",
        "StderrLock",
        "Ref",
        "RefMut",
    ];
    match ty {
        syn::Type::Path(it) => it.path.segments.last().is_some_and(|last| TYPES.iter().any(|ty| last.ident == ty)),
        _ => false,
    }
}
