//! Several futures at once.

use std::future::Future;
use std::pin::Pin;

use crate::corpus::world::{Error, Receiver, Sender, Upstream};

compiled! {
    /// Two questions at once.
    async fn pairs(mut users: Upstream, mut orders: Upstream, rounds: u32) -> Result<u64, Error> {
        let mut digest = 0_u64;
        for round in 0..rounds {
            let (user, order) = zokio::join!(users.fetch(round), orders.fetch(round + 1));
            digest = digest.rotate_left(1) ^ user? ^ order?;
        }
        Ok(digest)
    }

    /// Three at once; the first error ends it.
    async fn page(mut one: Upstream, mut two: Upstream, mut three: Upstream, rounds: u32) -> Result<u64, Error> {
        let mut digest = 0_u64;
        for round in 0..rounds {
            let (user, orders, offers) = zokio::try_join!(one.fetch(round), two.fetch(round), three.fetch(round))?;
            digest = digest.rotate_left(1) ^ user ^ orders.rotate_left(8) ^ offers.rotate_left(16);
        }
        Ok(digest)
    }

    /// Who makes and who takes, in one task.
    async fn pipeline(mut input: Receiver<u64>, mut sender: Sender<u64>, mut receiver: Receiver<u64>) -> Result<u64, Error> {
        let producer = async move {
            let mut sent = 0_u64;
            while let Some(item) = input.recv().await {
                sender.send(item * item).await?;
                sent += 1;
            }
            Ok::<_, Error>(sent)
        };
        let consumer = async {
            let mut total = 0_u64;
            while let Some(item) = receiver.recv().await {
                total = total.wrapping_add(item);
            }
            total
        };
        let (sent, total) = zokio::join!(producer, consumer);
        Ok(sent?.wrapping_add(total))
    }

    /// To each of many, awaited in order.
    async fn fan_out(upstreams: Vec<Upstream>, rounds: u32) -> Result<u64, Error> {
        let mut asked: Vec<Pin<Box<dyn Future<Output = Result<u64, Error>>>>> = Vec::new();
        for (index, upstream) in upstreams.into_iter().enumerate() {
            asked.push(Box::pin(worker(upstream, index as u32, rounds)));
        }
        let mut total = 0_u64;
        for answer in asked {
            total = total.wrapping_add(answer.await?);
        }
        Ok(total)
    }

    async fn worker(mut upstream: Upstream, start: u32, rounds: u32) -> Result<u64, Error> {
        let mut digest = 0_u64;
        let mut key = start;
        while key < rounds {
            digest = digest.rotate_left(1) ^ upstream.fetch(key).await?;
            key += 4;
        }
        Ok(digest)
    }

    /// What most say is true.
    async fn quorum(mut nodes: [Upstream; 3], rounds: u32) -> Result<u32, Error> {
        let mut agreed = 0;
        for round in 0..rounds {
            let [one, two, three] = &mut nodes;
            let (one, two, three) = zokio::join!(one.fetch(round), two.fetch(round), three.fetch(round));
            let votes = [one.is_ok(), two.is_ok(), three.is_ok()].iter().filter(|vote| **vote).count();
            if votes >= 2 {
                agreed += 1;
            }
        }
        Ok(agreed)
    }
}

cases! {
    pairs => |world| world.drive(pairs(world.upstream(0), world.upstream(0), world.rounds()));
    page => |world| world.drive(page(world.upstream(0), world.upstream(0), world.upstream(0), world.rounds()));
    pipeline => |world| {
        let (sender, receiver) = world.channel([]);
        world.drive(pipeline(world.received(0..u64::from(world.rounds())), sender, receiver))
    };
    fan_out => |world| world.drive(fan_out((0..4).map(|_| world.upstream(0)).collect(), world.rounds()));
    quorum => |world| world.drive(quorum([2, 3, 0].map(|fails| world.upstream(fails)), world.rounds()));
}
