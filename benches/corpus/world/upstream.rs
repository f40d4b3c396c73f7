//! A service somewhere else: takes requests by value.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::{Error, Pace, World};

/// What is asked: with a body in place, as requests have that are read into a fixed buffer.
#[derive(Debug, Clone)]
pub struct Request {
    /// What for.
    pub path: u32,
    /// By whom.
    pub token: u32,
    /// With what.
    pub body: [u8; 240],
}

/// What is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Response {
    /// As HTTP has it.
    pub status: u16,
    /// With what.
    pub sum: u64,
}

/// The service; one in `fails` calls is refused.
#[derive(Debug, Clone)]
pub struct Upstream {
    calls: u32,
    fails: u32,
    pace: Pace,
}

impl World {
    /// A service that refuses one in `fails` calls; 0 is none.
    pub fn upstream(&self, fails: u32) -> Upstream {
        Upstream { calls: 0, fails, pace: self.pace() }
    }

    /// A request.
    pub fn request(&self, path: u32) -> Request {
        Request { path, token: path ^ 0x5a5a, body: [path as u8; 240] }
    }
}

impl Upstream {
    /// Asks for an answer.
    pub fn call(&mut self, request: Request) -> Call<'_> {
        self.calls += 1;
        Call { upstream: self, request }
    }

    /// Asks for a number by a key.
    pub fn fetch(&mut self, key: u32) -> Fetch<'_> {
        self.calls += 1;
        Fetch { upstream: self, key }
    }

    fn refuses(&self) -> bool {
        self.fails != 0 && self.calls % self.fails == 0
    }
}

/// See [`Upstream::call`].
#[derive(Debug)]
pub struct Call<'u> {
    upstream: &'u mut Upstream,
    request: Request,
}

impl Future for Call<'_> {
    type Output = Result<Response, Error>;

    #[inline(never)]
    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        if !this.upstream.pace.ready() {
            return Poll::Pending;
        }
        if this.upstream.refuses() {
            return Poll::Ready(Err(Error::Refused));
        }
        let sum = this.request.body.iter().map(|byte| u64::from(*byte)).sum::<u64>() + u64::from(this.request.path);
        Poll::Ready(Ok(Response { status: 200, sum }))
    }
}

/// See [`Upstream::fetch`].
#[derive(Debug)]
pub struct Fetch<'u> {
    upstream: &'u mut Upstream,
    key: u32,
}

impl Future for Fetch<'_> {
    type Output = Result<u64, Error>;

    #[inline(never)]
    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        if !this.upstream.pace.ready() {
            return Poll::Pending;
        }
        if this.upstream.refuses() {
            return Poll::Ready(Err(Error::Refused));
        }
        Poll::Ready(Ok(u64::from(this.key).wrapping_mul(0x9E37_79B9) ^ u64::from(this.upstream.calls)))
    }
}
