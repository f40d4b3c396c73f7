//! Retries: backoff, timeouts, budgets.

use crate::corpus::world::{Clock, Error, Response, Upstream, World, timeout};

compiled! {
    async fn backoff(mut upstream: Upstream, clock: Clock, rounds: u32) -> Result<u64, Error> {
        let mut digest = 0_u64;
        for round in 0..rounds {
            let mut delay = 1;
            let value = loop {
                match upstream.fetch(round).await {
                    Ok(value) => break value,
                    Err(Error::Refused) if delay < 16 => {
                        clock.sleep(delay).await;
                        delay *= 2;
                    }
                    Err(error) => return Err(error),
                }
            };
            digest = digest.rotate_left(1) ^ value;
        }
        Ok(digest)
    }

    /// Each try has a while, all together have a budget.
    async fn budget(mut upstream: Upstream, clock: Clock, rounds: u32) -> Result<(u64, u32), Error> {
        let mut left = rounds * 2;
        let mut digest = 0;
        let mut round = 0;
        while round < rounds {
            let result = timeout(4, upstream.fetch(round)).await;
            let error = match result {
                Ok(Ok(value)) => {
                    digest ^= value;
                    round += 1;
                    continue;
                }
                Ok(Err(error)) => error,
                Err(late) => late,
            };
            if left == 0 {
                return Err(error);
            }
            left -= 1;
            clock.sleep(1 + left % 3).await;
        }
        Ok((digest, left))
    }

    /// After three failures in a row, nobody asks for a while.
    async fn breaker(mut upstream: Upstream, clock: Clock, rounds: u32) -> (u64, u32) {
        let mut failures = 0;
        let mut opened = 0;
        let mut digest = 0_u64;
        for round in 0..rounds {
            if failures >= 3 {
                opened += 1;
                clock.sleep(5).await;
                failures = 0;
            }
            if let Ok(value) = upstream.fetch(round).await {
                failures = 0;
                digest = digest.wrapping_add(value);
            } else {
                failures += 1;
            }
        }
        (digest, opened)
    }

    /// A request that may be sent again is kept for that.
    async fn resend(mut upstream: Upstream, world: Requests, rounds: u32) -> Result<u64, Error> {
        let mut total = 0;
        for round in 0..rounds {
            let request = world.request(round);
            let mut tries = 0;
            let response: Response = loop {
                tries += 1;
                match upstream.call(request.clone()).await {
                    Ok(response) => break response,
                    Err(error) if tries == 4 => return Err(error),
                    Err(_) => {}
                }
            };
            total += response.sum + tries;
        }
        Ok(total)
    }

    /// A second one is asked when the first has not answered.
    async fn hedge(mut first: Upstream, mut second: Upstream, clock: Clock, rounds: u32) -> Result<u64, Error> {
        let mut digest = 0_u64;
        for round in 0..rounds {
            let early = timeout(2, first.fetch(round)).await;
            let value = match early {
                Ok(Ok(value)) => value,
                _ => {
                    clock.sleep(1).await;
                    second.fetch(round).await?
                }
            };
            digest = digest.rotate_left(1) ^ value;
        }
        Ok(digest)
    }
}

/// Makes requests.
#[derive(Debug)]
struct Requests(World);

impl Requests {
    fn request(&self, round: u32) -> crate::corpus::world::Request {
        self.0.request(round)
    }
}

cases! {
    backoff => |world| world.drive(backoff(world.upstream(4), world.clock(), world.rounds()));
    budget => |world| world.drive(budget(world.upstream(6), world.clock(), world.rounds()));
    breaker => |world| world.drive(breaker(world.upstream(2), world.clock(), world.rounds()));
    resend => |world| world.drive(resend(world.upstream(5), Requests(World::new(0, 0)), world.rounds()));
    hedge => |world| world.drive(hedge(world.upstream(3), world.upstream(0), world.clock(), world.rounds()));
}
