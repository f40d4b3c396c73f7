//! Tight loops: next to nothing is done between two awaits.

use crate::corpus::world::{Counter, Reader};

compiled! {
    async fn counting(mut counter: Counter, rounds: u64) -> u64 {
        let mut sum = 0_u64;
        let mut i = 0;
        while i < rounds {
            sum = sum.wrapping_add(counter.next().await);
            i += 1;
        }
        sum
    }

    async fn nested(mut counter: Counter, rounds: u64) -> u64 {
        let mut sum = 0_u64;
        for i in 0..rounds / 8 {
            for j in 0..8 {
                sum = sum.wrapping_mul(3) ^ counter.next().await ^ (i * j);
            }
        }
        sum
    }

    /// Most turns do not await.
    async fn seldom(mut counter: Counter, rounds: u64) -> u64 {
        let mut sum = 0_u64;
        for i in 0..rounds * 8 {
            if i % 8 == 0 {
                sum = sum.wrapping_add(counter.next().await);
            } else {
                sum = sum.rotate_left(1) ^ i;
            }
        }
        sum
    }

    async fn two_in_turn(mut first: Counter, mut second: Counter, rounds: u64) -> u64 {
        let mut sum = 0_u64;
        for _ in 0..rounds / 2 {
            let one = first.next().await;
            let other = second.next().await;
            sum = sum.wrapping_add(one * other);
        }
        sum
    }

    /// Something with a destructor lives across each await.
    async fn with_a_string(mut counter: Counter, rounds: u64) -> usize {
        let mut kept = Vec::new();
        for i in 0..rounds {
            let text = if i % 4 == 3 { i.to_string() } else { String::new() };
            counter.next().await;
            if !text.is_empty() {
                kept.push(text);
            }
        }
        kept.iter().map(String::len).sum()
    }

    async fn bytewise(mut reader: Reader) -> u64 {
        let mut digest = 0_u64;
        let mut byte = [0];
        while let Ok(1) = reader.read(&mut byte).await {
            digest = digest.wrapping_mul(31).wrapping_add(u64::from(byte[0]));
        }
        digest
    }

    /// Functions within functions, each awaited at once.
    async fn layered(mut counter: Counter, rounds: u64) -> u64 {
        let mut sum = 0_u64;
        for _ in 0..rounds {
            sum = sum.wrapping_add(outer(&mut counter).await);
        }
        sum
    }

    async fn outer(counter: &mut Counter) -> u64 {
        inner(counter).await + 1
    }

    async fn inner(counter: &mut Counter) -> u64 {
        counter.next().await * 2
    }
}

cases! {
    counting => |world| world.drive(counting(Counter::new(world.pace()), u64::from(world.rounds())));
    nested => |world| world.drive(nested(Counter::new(world.pace()), u64::from(world.rounds())));
    seldom => |world| world.drive(seldom(Counter::new(world.pace()), u64::from(world.rounds())));
    two_in_turn => |world| {
        world.drive(two_in_turn(Counter::new(world.pace()), Counter::new(world.pace()), u64::from(world.rounds())))
    };
    with_a_string => |world| world.drive(with_a_string(Counter::new(world.pace()), u64::from(world.rounds())));
    bytewise => |world| world.drive(bytewise(world.reader(crate::corpus::world::noise(world.rounds() as usize, 8))));
    layered => |world| world.drive(layered(Counter::new(world.pace()), u64::from(world.rounds())));
}
