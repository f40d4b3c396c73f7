//! Protocols whose state is data: what comes next depends on it.

use crate::corpus::world::{Clock, Duplex, Error, Receiver, Upstream, World, noise};

/// Where a letter stands that a mail server is told.
enum Mail {
    Greeted,
    From(String),
    Recipients(String, Vec<String>),
}

/// What a node of a cluster is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Role {
    Follower { leader: u32 },
    Candidate { votes: u32 },
    Leader,
}

compiled! {
    async fn mail(mut stream: Duplex, mut lines: Receiver<String>) -> Result<usize, Error> {
        let mut state = Mail::Greeted;
        let mut delivered = 0;
        while let Some(line) = lines.recv().await {
            state = match (state, line.split_at(1)) {
                (Mail::Greeted, ("F", sender)) => Mail::From(sender.to_owned()),
                (Mail::From(sender), ("R", recipient)) => Mail::Recipients(sender, vec![recipient.to_owned()]),
                (Mail::Recipients(sender, mut recipients), ("R", recipient)) => {
                    recipients.push(recipient.to_owned());
                    Mail::Recipients(sender, recipients)
                }
                (Mail::Recipients(sender, recipients), ("D", text)) => {
                    for recipient in &recipients {
                        stream.write_all(sender.as_bytes()).await?;
                        stream.write_all(recipient.as_bytes()).await?;
                        stream.write_all(text.as_bytes()).await?;
                    }
                    delivered += recipients.len();
                    Mail::Greeted
                }
                (state, _) => {
                    stream.write_all(b"503").await?;
                    state
                }
            };
        }
        Ok(delivered)
    }

    /// A publisher and subscriber: packets of several kinds, acknowledgements, a keep-alive.
    async fn broker(mut stream: Duplex, clock: Clock) -> Result<(u32, u64), Error> {
        let mut subscribed = [false; 16];
        let mut published = 0;
        let mut digest = 0_u64;
        loop {
            let mut head = [0; 2];
            match stream.read_exact(&mut head).await {
                Ok(()) => {}
                Err(Error::Closed) => return Ok((published, digest)),
                Err(error) => return Err(error),
            }
            let topic = usize::from(head[1] % 16);
            match head[0] % 5 {
                0 => {
                    subscribed[topic] = true;
                    stream.write_all(&[9, topic as u8]).await?;
                }
                1 | 2 => {
                    let mut payload = [0; 12];
                    stream.read_exact(&mut payload).await?;
                    if subscribed[topic] {
                        stream.write_all(&payload).await?;
                        published += 1;
                    }
                    digest = digest.rotate_left(5) ^ u64::from(payload[3]);
                }
                3 => {
                    clock.sleep(1).await;
                    stream.write_all(&[13, 0]).await?;
                }
                _ => subscribed[topic] = false,
            }
        }
    }

    async fn election(mut messages: Receiver<u32>, mut peers: Upstream) -> Result<(Role, u32), Error> {
        let mut role = Role::Follower { leader: 0 };
        let mut term = 0;
        while let Some(message) = messages.recv().await {
            role = match role {
                Role::Follower { leader } if message % 4 != 0 => Role::Follower { leader: leader.max(message) },
                Role::Follower { .. } => {
                    term += 1;
                    peers.fetch(term).await?;
                    Role::Candidate { votes: 1 }
                }
                Role::Candidate { votes } if votes >= 3 => {
                    peers.fetch(term | 1 << 16).await?;
                    Role::Leader
                }
                Role::Candidate { votes } => Role::Candidate { votes: votes + message % 2 },
                Role::Leader if message % 9 == 0 => {
                    let higher = peers.fetch(message).await?;
                    Role::Follower { leader: higher as u32 % 100 }
                }
                Role::Leader => {
                    peers.fetch(message).await?;
                    Role::Leader
                }
            };
        }
        Ok((role, term))
    }

    /// Everybody prepares, then everybody commits, or nobody does.
    async fn two_phases(mut nodes: Vec<Upstream>, rounds: u32) -> Result<(u32, u32), Error> {
        let (mut committed, mut aborted) = (0, 0);
        'rounds: for round in 0..rounds {
            for index in 0..nodes.len() {
                if nodes[index].fetch(round).await.is_err() {
                    for node in &mut nodes[..index] {
                        let _ = node.fetch(round | 1 << 30).await;
                    }
                    aborted += 1;
                    continue 'rounds;
                }
            }
            for node in &mut nodes {
                let _ = node.fetch(round | 1 << 31).await;
            }
            committed += 1;
        }
        Ok((committed, aborted))
    }

    /// A game: players in turn, with a clock; who passes twice is out.
    async fn game(mut moves: Receiver<u8>, clock: Clock) -> Vec<u32> {
        let mut scores = vec![0; 3];
        let mut passes = [0_u8; 3];
        let mut turn = 0;
        loop {
            if passes[turn] < 2 {
                let Some(choice) = moves.recv().await else { break };
                match choice % 6 {
                    0 => {
                        passes[turn] += 1;
                        clock.sleep(2).await;
                    }
                    1 => {
                        clock.sleep(1).await;
                        scores[turn] += 1;
                    }
                    points => scores[turn] += u32::from(points),
                }
            } else if passes.iter().all(|passes| *passes >= 2) {
                passes = [0; 3];
                scores.sort_unstable();
            }
            turn = (turn + 1) % 3;
        }
        scores
    }
}

fn letters(world: &World) -> Vec<String> {
    let line = |i: u32| match i % 6 {
        0 => "Fsender".to_owned(),
        1 | 2 => format!("Rreader{i}"),
        3 => "?what".to_owned(),
        4 => "Da text".to_owned(),
        _ => "Dtoo late".to_owned(),
    };
    (0..world.rounds()).map(line).collect()
}

cases! {
    mail => |world| world.drive(mail(world.connection([]), world.received(letters(world))));
    broker => |world| {
        let packets = noise(world.rounds() as usize * 14, 9);
        world.drive(broker(world.connection(packets), world.clock()))
    };
    election => |world| world.drive(election(world.received((0..world.rounds()).map(|i| i * 5 % 13)), world.upstream(0)));
    two_phases => |world| {
        world.drive(two_phases([0, 5, 7].map(|fails| world.upstream(fails)).into(), world.rounds()))
    };
    game => |world| world.drive(game(world.received(noise(world.rounds() as usize, 4)), world.clock()));
}
