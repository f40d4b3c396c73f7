//! Loops around `select!`: whatever comes first.

use crate::corpus::world::{Clock, Duplex, Error, Receiver, Upstream};

compiled! {
    /// Connections are taken until somebody says to stop.
    async fn accepting(mut incoming: Receiver<u64>, mut stop: Receiver<()>) -> u64 {
        let mut taken = 0;
        loop {
            tokio::select! {
                biased;
                connection = incoming.recv() => match connection {
                    Some(connection) => taken += connection,
                    None => return taken,
                },
                _ = stop.recv() => return taken,
            }
        }
    }

    /// A beat whenever nothing has come for a while.
    async fn heartbeat(mut items: Receiver<u64>, mut stream: Duplex, clock: Clock) -> Result<(u64, u32), Error> {
        let mut total = 0;
        let mut beats = 0;
        loop {
            tokio::select! {
                biased;
                item = items.recv() => {
                    let Some(item) = item else { break };
                    stream.write_all(&item.to_le_bytes()).await?;
                    total += item;
                }
                () = clock.sleep(1) => {
                    stream.write_all(b"beat").await?;
                    beats += 1;
                }
            }
        }
        Ok((total, beats))
    }

    /// From two channels into one connection, until both have ended.
    async fn multiplexed(mut control: Receiver<u64>, mut data: Receiver<Vec<u8>>, mut stream: Duplex) -> Result<u64, Error> {
        let mut digest = 0_u64;
        let (mut controlled, mut fed) = (true, true);
        while controlled || fed {
            tokio::select! {
                biased;
                command = control.recv(), if controlled => match command {
                    Some(command) => digest = digest.rotate_left(1) ^ command,
                    None => controlled = false,
                },
                block = data.recv(), if fed => {
                    let Some(block) = block else {
                        fed = false;
                        continue;
                    };
                    stream.write_all(&block).await?;
                    digest = digest.wrapping_add(block.len() as u64);
                }
            }
        }
        stream.flush().await?;
        Ok(digest)
    }

    /// The first of two answers.
    async fn raced(mut first: Upstream, mut second: Upstream, rounds: u32) -> Result<u64, Error> {
        let mut digest = 0_u64;
        for round in 0..rounds {
            let value = tokio::select! {
                biased;
                value = first.fetch(round) => value?,
                value = second.fetch(round) => value?,
            };
            digest = digest.rotate_left(1) ^ value;
        }
        Ok(digest)
    }
}

cases! {
    accepting => |world| {
        let (_open, stop) = world.channel([]);
        world.drive(accepting(world.received(0..u64::from(world.rounds())), stop))
    };
    heartbeat => |world| {
        world.drive(heartbeat(world.received(0..u64::from(world.rounds())), world.connection([]), world.clock()))
    };
    multiplexed => |world| {
        let blocks = (0..world.rounds()).map(|i| vec![i as u8; i as usize % 50]);
        let control = world.received(0..u64::from(world.rounds() / 2));
        world.drive(multiplexed(control, world.received(blocks), world.connection([])))
    };
    raced => |world| world.drive(raced(world.upstream(0), world.upstream(0), world.rounds()));
}
