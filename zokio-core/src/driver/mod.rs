//! temporary
pub(crate) mod blocking;
use std::io; use std::time::Duration;
pub trait Driver: Io + Sized + 'static { type Unpark: Unpark; const NAME: &'static str; fn new() -> io::Result<Self>; fn unparker(&self) -> Self::Unpark; fn turn(&self, timeout: Option<Duration>) -> io::Result<()>; fn shutdown(&self); }
pub trait Unpark: Send + Sync + 'static { fn unpark(&self); }
pub trait Io {}
#[derive(Debug)] pub struct NoDriver(std::sync::Arc<(std::sync::Mutex<bool>, std::sync::Condvar)>);
#[derive(Debug)] pub struct U(std::sync::Arc<(std::sync::Mutex<bool>, std::sync::Condvar)>);
impl Io for NoDriver {}
impl Unpark for U { fn unpark(&self) { *self.0.0.lock().unwrap() = true; self.0.1.notify_one(); } }
impl Driver for NoDriver { type Unpark = U; const NAME: &'static str = "none"; fn new() -> io::Result<Self> { Ok(Self(Default::default())) } fn unparker(&self) -> U { U(self.0.clone()) }
 fn turn(&self, t: Option<Duration>) -> io::Result<()> { let mut g = self.0.0.lock().unwrap(); if t == Some(Duration::ZERO) { *g = false; return Ok(()) } while !*g { match t { None => g = self.0.1.wait(g).unwrap(), Some(t) => { g = self.0.1.wait_timeout(g, t).unwrap().0; break } } } *g = false; Ok(()) }
 fn shutdown(&self) {} }
