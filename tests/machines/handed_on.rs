//! Futures that functions hand on which are not `async` themselves, and awaits that the file's own macros hide.

use std::pin::Pin;

use zokio_tests::twin::{Script, Value, compare};

use self::log::trace;

macro_rules! first {
    ($script:expr, $value:expr) => {{
        let looked = $value.look();
        $script.leaf(looked).await + looked
    }};
}

mod log {
    macro_rules! event {
        ($format:literal $(, $argument:expr)* $(,)?) => {
            if false {
                let _ = ::std::format_args!($format $(, $argument)*);
            }
        };
    }
    macro_rules! trace {
        ($($argument:tt)*) => { crate::handed_on::log::event!($($argument)*) };
    }
    pub(crate) use {event, trace};
}

trait Sends {
    fn sent<S: Into<u32>>(&self, t: Script, subject: S) -> impl Future<Output = u32>;
    fn both<S: Into<u32>, P: AsRef<Value>>(&self, t: Script, subject: S, payload: &P) -> impl Future<Output = u32>;
}

struct Client(u32);

impl Client {
    #[zokio::async_fn]
    async fn sent<S: Into<u32>>(&self, t: Script, subject: S) -> u32 {
        let subject = subject.into();
        trace!("sent to {subject}, {}", self.0);
        t.leaf(subject).await + self.0
    }
    #[zokio::async_fn]
    async fn both<S: Into<u32>, P: AsRef<Value>>(&self, t: Script, subject: S, payload: &P) -> u32 {
        let looked = payload.as_ref().look();
        t.leaf(looked).await + self.sent(t.clone(), subject).await
    }
}

// Nothing says that `S` or `P` outlives `&self`.
impl Sends for Client {
    fn sent<S: Into<u32>>(&self, t: Script, subject: S) -> impl Future<Output = u32> {
        self.sent(t, subject)
    }
    fn both<S: Into<u32>, P: AsRef<Value>>(&self, t: Script, subject: S, payload: &P) -> impl Future<Output = u32> {
        Self::both(self, t, subject, payload)
    }
}

/// What is looked up, or what has to be looked up next.
enum Found<F> {
    Here(u32),
    Next(F),
}

#[zokio::async_fn]
async fn looked_up(t: Script, depth: u32) -> u32 {
    let number = t.leaf(depth).await;
    match followed(t, depth, number) {
        Found::Here(number) => number,
        Found::Next(next) => next.await + number,
    }
}

fn followed(t: Script, depth: u32, number: u32) -> Found<Pin<Box<impl Future<Output = u32>>>> {
    if depth == 0 { Found::Here(number) } else { Found::Next(Box::pin(looked_up(t, depth - 1))) }
}

struct Held<T>(T);

impl<T: AsRef<Value>> Held<T> {
    #[zokio::async_fn]
    pub async fn hidden(self, t: Script) -> (u32, T) {
        let held = self.0;
        let number = first!(t, held.as_ref());
        (number, held)
    }
}

struct Kept(Value);

impl AsRef<Value> for Kept {
    fn as_ref(&self) -> &Value {
        &self.0
    }
}

#[zokio::async_fn]
async fn all(t: Script) -> u32 {
    let kept = Kept(t.value(2));
    let client = Client(3);
    let sent = Sends::sent(&client, t.clone(), 4_u8).await + Sends::both(&client, t.clone(), 5_u16, &kept).await;
    let looked_up = looked_up(t.clone(), 2).await;
    let (hidden, kept) = Held(kept).hidden(t.clone()).await;
    sent + looked_up + hidden + kept.0.number
}

async fn natively(t: Script) -> u32 {
    let kept = Kept(t.value(2));
    let sent = async |t: Script, subject: u32| t.leaf(subject).await + 3;
    let mut sum = sent(t.clone(), 4).await;
    let looked = kept.0.look();
    sum += t.leaf(looked).await;
    sum += sent(t.clone(), 5).await;
    let first = t.leaf(2).await;
    let second = t.leaf(1).await;
    sum += t.leaf(0).await + second + first;
    let looked = kept.0.look();
    sum += t.leaf(looked).await + looked;
    sum + kept.0.number
}

#[test]
fn all_agree() {
    compare("all", natively, all);
}
