//! Of `machine = rustc` callers have to show no more than of a native `async fn`.

use std::future::{Future, ready};
use std::pin::Pin;

struct Client(u8);

impl Client {
    #[zokio::async_fn(machine = rustc)]
    async fn send<S: ToString>(&self, subject: S) -> usize {
        ready(subject.to_string().len()).await
    }

    #[zokio::async_fn(machine = rustc)]
    async fn query<'q, Q, L: Default>(&'q mut self, query: Q) -> usize
    where
        Q: AsRef<str> + 'q,
    {
        let _ = L::default();
        ready(query.as_ref().len()).await + usize::from(self.0)
    }

    async fn queried(&mut self) -> usize {
        self.query::<'_, _, u8>("query").await
    }

    #[zokio::async_fn(machine = rustc)]
    async fn write_raw<I: IntoIterator>(self: Pin<&mut Self>, values: I) {
        for _ in values {
            ready(()).await;
        }
    }

    #[zokio::async_fn(machine = rustc)]
    async fn write(self: Pin<&mut Self>, values: &[&(dyn ToString + Sync)]) {
        self.write_raw(named(values)).await;
    }
}

fn named<'v>(values: &'v [&'v (dyn ToString + Sync)]) -> impl Iterator<Item = &'v dyn ToString> + 'v {
    values.iter().map(|value| *value as _)
}

trait Sender {
    fn send<S: ToString>(&self, subject: S) -> impl Future<Output = usize>;
}

impl Sender for Client {
    fn send<S: ToString>(&self, subject: S) -> impl Future<Output = usize> {
        self.send(subject)
    }
}

struct Flight<Q, R>(Q, R);

trait Serve {
    type Query;
    fn serve(self, query: Self::Query) -> impl Future<Output = u8>;
}

impl<Q, R> Flight<Q, R> {
    #[zokio::async_fn(machine = rustc)]
    async fn execute<S: Serve<Query = Q>>(self, server: S) -> u8 {
        server.serve(self.0).await
    }
}

fn execute<Q, R, S: Serve<Query = Q> + Clone>(
    flights: impl Iterator<Item = Flight<Q, R>>,
    server: S,
) -> impl Iterator<Item = impl Future<Output = u8>> {
    flights.map(move |flight| flight.execute(server.clone()))
}

#[derive(Clone)]
struct Server;

impl Serve for Server {
    type Query = u8;
    async fn serve(self, query: u8) -> u8 {
        query
    }
}

fn main() {
    let mut client = Client(1);
    let _ = Sender::send(&client, 1);
    let _ = client.queried();
    let _ = Pin::new(&mut client).write(&[&1]);
    let _ = execute([Flight(1, ())].into_iter(), Server).count();
}
