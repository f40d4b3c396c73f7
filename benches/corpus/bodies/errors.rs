//! Ways out: `?` that converts, `Option`, errors that are looked at.

use crate::corpus::world::{Duplex, Error, Receiver, Upstream};

/// What a program makes of the errors below it.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Failure {
    World(Error),
    Number(String),
    Missing(&'static str),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::World(error)
    }
}

impl From<std::num::ParseIntError> for Failure {
    fn from(error: std::num::ParseIntError) -> Self {
        Self::Number(error.to_string())
    }
}

compiled! {
    /// Each line is tried; what has failed is counted by its kind.
    async fn batch(mut lines: Receiver<String>, mut upstream: Upstream) -> (i64, Vec<Failure>) {
        let mut total = 0;
        let mut failures = Vec::new();
        while let Some(line) = lines.recv().await {
            match job(&line, &mut upstream).await {
                Ok(value) => total += value,
                Err(failure) => failures.push(failure),
            }
        }
        (total, failures)
    }

    async fn job(line: &str, upstream: &mut Upstream) -> Result<i64, Failure> {
        let (name, rest) = line.split_once('=').ok_or(Failure::Missing("="))?;
        let number: i64 = rest.parse()?;
        let factor = upstream.fetch(name.len() as u32).await? as i64 & 0xff;
        if number == 0 {
            return Err(Failure::Missing("a number"));
        }
        let second = upstream.fetch(number as u32).await.map_err(|error| match error {
            Error::Refused => Failure::Missing("a server"),
            other => other.into(),
        })?;
        Ok(number * factor + (second as i64 & 1))
    }

    /// `Option` all the way.
    async fn chain(mut first: Receiver<u32>, mut second: Receiver<u32>) -> Option<u64> {
        let mut total = 0;
        loop {
            let step = step(&mut first, &mut second).await;
            let Some(value) = step else { return Some(total) };
            total += value?;
        }
    }

    async fn step(first: &mut Receiver<u32>, second: &mut Receiver<u32>) -> Option<Option<u64>> {
        let one = first.recv().await?;
        let other = second.recv().await?;
        Some(u64::from(one).checked_mul(u64::from(other)))
    }

    /// A resource that is given back on every way out.
    async fn cleanup(mut stream: Duplex, mut upstream: Upstream, rounds: u32) -> Result<u32, Failure> {
        let mut failed = 0;
        for round in 0..rounds {
            stream.write_all(b"lock").await?;
            let result = guarded(&mut stream, &mut upstream, round).await;
            stream.write_all(b"unlock").await?;
            match result {
                Ok(()) => {}
                Err(Failure::World(Error::Refused)) => failed += 1,
                Err(other) => return Err(other),
            }
        }
        Ok(failed)
    }

    async fn guarded(stream: &mut Duplex, upstream: &mut Upstream, round: u32) -> Result<(), Failure> {
        let value = upstream.fetch(round).await?;
        stream.write_all(&value.to_le_bytes()).await?;
        if value % 5 == 0 {
            Err(Error::Refused)?;
        }
        stream.flush().await?;
        Ok(())
    }

    /// Errors become text for the peer.
    async fn reporting(mut stream: Duplex, mut lines: Receiver<String>) -> Result<usize, Error> {
        let mut reported = 0;
        while let Some(line) = lines.recv().await {
            let parsed: Result<u32, _> = line.trim_start_matches("a=").parse::<u32>();
            let text = match parsed {
                Ok(number) if number > 10 => continue,
                Ok(number) => format!("{number} is small"),
                Err(error) => {
                    reported += 1;
                    format!("{line:?}: {error}")
                }
            };
            stream.write_all(text.as_bytes()).await?;
        }
        Ok(reported)
    }
}

fn lines(rounds: u32) -> impl Iterator<Item = String> {
    (0..rounds).map(|i| match i % 5 {
        0 => "nothing".to_owned(),
        1 => format!("a=x{i}"),
        2 => "b=0".to_owned(),
        _ => format!("a={i}"),
    })
}

cases! {
    batch => |world| world.drive(batch(world.received(lines(world.rounds())), world.upstream(4)));
    chain => |world| world.drive(chain(world.received(0..world.rounds()), world.received(0..world.rounds())));
    cleanup => |world| world.drive(cleanup(world.connection([]), world.upstream(6), world.rounds()));
    reporting => |world| world.drive(reporting(world.connection([]), world.received(lines(world.rounds()))));
}
