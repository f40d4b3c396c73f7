//! Signals of the operating system: [`ctrl_c`].

mod presses;

use std::io;

/// Waits for Ctrl-C: on unix for `SIGINT`.
///
/// The first call installs a handler, and from then on Ctrl-C does not end the process any more, whether or not anybody
/// waits. The future is ready at the first Ctrl-C after the call; any number of tasks may wait for the same.
///
/// ```no_run
/// #[zokio::main]
/// async fn main() -> std::io::Result<()> {
///     println!("until Ctrl-C");
///     zokio::signal::ctrl_c().await?;
///     println!("goodbye");
///     Ok(())
/// }
/// ```
///
/// # Errors
/// The system's, when it refuses the handler; an error when the program has installed one itself, through the `ctrlc`
/// crate.
///
/// # Cancel safety
/// Dropping the future loses what it waited for: a Ctrl-C while nobody waits is forgotten.
pub fn ctrl_c() -> impl Future<Output = io::Result<()>> + Send + Sync + 'static {
    let pressed = presses::install().map(|()| presses::Next::new());
    async move {
        pressed?.await;
        Ok(())
    }
}
