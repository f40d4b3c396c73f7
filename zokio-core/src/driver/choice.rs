//! Which drivers this target has. ARCHITECTURE.md lists the few other places that ask for the target.
//!
//! A target is served by choosing
//! - `Descriptor`: what a [`Source`](super::Source) owns, with `new`, `register`, `REARMS` and the standard library's
//!   borrowing traits; `Socket`, `RawSocket`, `RawFile` and the functions on them that std has for one target only;
//! - `Uring<ENTRIES>`: the completion driver. Where there is none the type exists and is no [`Driver`](super::Driver), so
//!   that `io = uring` is refused at compile time with a reason;
//! - `Mio`: the readiness driver;
//! - `Auto<ENTRIES>`: the best of these that the running kernel permits.

#[cfg(unix)]
#[path = "descriptor/unix.rs"]
mod descriptor;

#[cfg(windows)]
#[path = "descriptor/windows.rs"]
mod descriptor;

#[cfg(not(any(unix, windows)))]
compile_error!("zokio runs where mio does: Linux, Android, macOS, iOS, the BSDs, illumos and Windows");

#[cfg(target_os = "linux")]
mod linux {
    /// io_uring where the kernel has it, else mio: `io = auto`.
    pub type Auto<const ENTRIES: u32> = crate::driver::auto::Auto<ENTRIES>;
    pub use crate::driver::io_uring::Uring;
}

#[cfg(not(target_os = "linux"))]
mod elsewhere {
    /// The best driver that there is here: `io = auto`.
    pub type Auto<const ENTRIES: u32> = crate::driver::mio::Mio;

    /// No driver: io_uring exists on Linux alone.
    #[derive(Debug)]
    pub struct Uring<const ENTRIES: u32>(());
}

pub use crate::driver::mio::Mio;
pub use descriptor::{Descriptor, RawFile, RawSocket, Socket};
pub(super) use descriptor::{
    NO_SIGNAL, accept_now, accepted, connect_is_under_way, opened, raw_file, raw_socket, read_file, set_mode,
    write_file,
};
#[cfg(not(target_os = "linux"))]
pub use elsewhere::{Auto, Uring};
#[cfg(target_os = "linux")]
pub use linux::{Auto, Uring};
