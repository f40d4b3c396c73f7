//! What is asked of the kernel for a ring, and what it means when it refuses.

use std::io;

use io_uring::IoUring;

/// Completions the kernel keeps for each submission entry before it falls back to a list of its own.
const COMPLETIONS_PER_ENTRY: u32 = 8;

/// The most completion entries that a ring has.
const MOST_COMPLETIONS: u32 = 65_536;

/// Makes a ring for the calling thread.
pub(super) fn ring(entries: u32) -> io::Result<IoUring> {
    let ring = IoUring::builder()
        // One thread submits, so the kernel need not lock, and that thread runs the deferred work in its turns (6.1).
        .setup_single_issuer()
        .setup_defer_taskrun()
        // A flag says when there is deferred work: a turn with nothing else to do needs no system call.
        .setup_taskrun_flag()
        // One bad submission does not hold back those behind it.
        .setup_submit_all()
        .setup_clamp()
        .setup_cqsize((entries * COMPLETIONS_PER_ENTRY).min(MOST_COMPLETIONS))
        .dontfork()
        .build(entries)
        .map_err(|error| explained(&error))?;
    let parameters = ring.params();
    if !(parameters.is_feature_nodrop() && parameters.is_feature_ext_arg()) {
        return Err(explained(&io::Error::from_raw_os_error(libc::EINVAL)));
    }
    Ok(ring)
}

/// The kernel's refusal with its likely cause and remedy.
fn explained(error: &io::Error) -> io::Error {
    let cause = match error.raw_os_error() {
        Some(libc::ENOSYS) => "this kernel was built without io_uring, or a sandbox hides it",
        Some(libc::EPERM | libc::EACCES) => {
            "the system forbids io_uring to this process (the sysctl kernel.io_uring_disabled, or a sandbox's rules)"
        }
        Some(libc::EINVAL) => "this kernel's io_uring is older than Linux 6.1, which the driver needs",
        Some(libc::ENOMEM) => {
            "the limit of locked memory is too low for the ring (`ulimit -l`), or `ring_entries` too high"
        }
        Some(libc::EMFILE | libc::ENFILE) => "there are too many open files (`ulimit -n`)",
        _ => "the kernel refused to make a ring",
    };
    let text = format!(
        "io_uring is not available: {error}: {cause}; write `io = auto` to use mio where there is no io_uring, or `io = mio`"
    );
    io::Error::new(error.kind(), text)
}
