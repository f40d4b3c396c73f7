//! Pools: something is taken out, used across awaits, and given back.

use std::cell::RefCell;
use std::rc::Rc;

use crate::corpus::world::{Clock, Error, Pace, Receiver, Sender, Upstream};

/// A connection of a pool.
#[derive(Debug)]
struct Connection {
    upstream: Upstream,
    uses: u32,
}

/// Idle connections, and how new ones are made.
#[derive(Debug)]
struct Pool {
    idle: RefCell<Vec<Connection>>,
    template: Upstream,
    made: RefCell<u32>,
}

impl Pool {
    fn new(template: Upstream) -> Rc<Self> {
        Rc::new(Self { idle: RefCell::default(), template, made: RefCell::new(0) })
    }

    compiled! {
        async fn take(&self) -> Result<Connection, Error> {
            loop {
                let idle = self.idle.borrow_mut().pop();
                let Some(mut connection) = idle else { break };
                if connection.uses < 8 {
                    connection.upstream.fetch(0).await?;
                    return Ok(connection);
                }
            }
            let mut upstream = self.template.clone();
            upstream.fetch(1).await?;
            *self.made.borrow_mut() += 1;
            Ok(Connection { upstream, uses: 0 })
        }
    }

    fn give(&self, mut connection: Connection) {
        connection.uses += 1;
        self.idle.borrow_mut().push(connection);
    }
}

compiled! {
    async fn checkout(pool: Rc<Pool>, rounds: u32) -> Result<(u64, u32), Error> {
        let mut digest = 0_u64;
        for round in 0..rounds {
            let mut connection = pool.take().await?;
            let value = connection.upstream.fetch(round).await?;
            digest = digest.rotate_left(1) ^ value;
            pool.give(connection);
        }
        let made = *pool.made.borrow();
        Ok((digest, made))
    }

    /// A transaction: what goes wrong half way is undone on the same connection, which is given back either way.
    async fn transaction(pool: Rc<Pool>, rounds: u32) -> Result<(u64, u32), Error> {
        let mut committed = 0;
        let mut undone = 0;
        for round in 0..rounds {
            let mut connection = pool.take().await?;
            let mut total = 0_u64;
            let mut failed = false;
            for step in 0..3 {
                let value = connection.upstream.fetch(round * 3 + step).await?;
                if value % 7 == 0 {
                    failed = true;
                    break;
                }
                total = total.wrapping_add(value);
            }
            if failed {
                connection.upstream.fetch(u32::MAX).await?;
                undone += 1;
            } else {
                connection.upstream.fetch(total as u32).await?;
                committed += total;
            }
            pool.give(connection);
        }
        Ok((committed, undone))
    }

    /// A pool that is a channel of what is free.
    async fn buffers(mut free: Receiver<Vec<u8>>, mut back: Sender<Vec<u8>>, rounds: u32, mut pace: Pace) -> Result<usize, Error> {
        let mut total = 0;
        for round in 0..rounds {
            let mut buffer = free.recv().await.ok_or(Error::Closed)?;
            buffer.clear();
            buffer.extend((0..round % 40).map(|i| i as u8));
            std::future::poll_fn(|_| if pace.ready() { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }).await;
            total += buffer.len();
            back.send(buffer).await?;
        }
        Ok(total)
    }

    /// Closes what was not used for long, opens what is missing.
    async fn upkeep(pool: Rc<Pool>, clock: Clock, rounds: u32) -> Result<(usize, u32), Error> {
        let (mut opened, mut kept) = (0, 0);
        for round in 0..rounds {
            let stale: Vec<Connection> = {
                let mut idle = pool.idle.borrow_mut();
                let keep = idle.len() / 2;
                idle.drain(keep..).collect()
            };
            for mut connection in stale {
                connection.upstream.fetch(2).await?;
                if connection.uses < round {
                    pool.give(connection);
                    kept += 1;
                }
            }
            while pool.idle.borrow().len() < 3 {
                let mut upstream = pool.template.clone();
                upstream.fetch(1).await?;
                pool.give(Connection { upstream, uses: 0 });
                opened += 1;
            }
            clock.sleep(2).await;
        }
        let left = pool.idle.borrow().len();
        Ok((left, opened + kept))
    }
}

cases! {
    checkout => |world| world.drive(checkout(Pool::new(world.upstream(0)), world.rounds()));
    transaction => |world| world.drive(transaction(Pool::new(world.upstream(0)), world.rounds()));
    buffers => |world| {
        let (back, free) = world.channel((0..3).map(|_| Vec::new()));
        world.drive(buffers(free, back, world.rounds(), world.pace()))
    };
    upkeep => |world| world.drive(upkeep(Pool::new(world.upstream(0)), world.clock(), world.rounds()));
}
