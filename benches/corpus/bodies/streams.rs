//! Streams: items one after another, with `while let`.

use crate::corpus::world::{Error, Receiver, Sender, Upstream};

compiled! {
    async fn sum(mut items: Receiver<u64>) -> u64 {
        let mut total = 0_u64;
        while let Some(item) = items.recv().await {
            total = total.wrapping_mul(3).wrapping_add(item);
        }
        total
    }

    async fn filtered(mut items: Receiver<u64>, mut output: Sender<u64>) -> Result<u32, Error> {
        let mut passed = 0;
        while let Some(item) = items.recv().await {
            let mapped = item * 2 + 1;
            if mapped % 3 == 0 {
                continue;
            }
            output.send(mapped).await?;
            passed += 1;
            if passed % 8 == 0 {
                output = drained(output).await;
            }
        }
        Ok(passed)
    }

    /// Nobody reads in this case: a fresh sender for the full one.
    async fn drained(output: Sender<u64>) -> Sender<u64> {
        std::future::ready(()).await;
        output.emptied()
    }

    /// Two sorted streams become one.
    async fn merged(mut left: Receiver<u64>, mut right: Receiver<u64>) -> Vec<u64> {
        let mut merged = Vec::new();
        let mut first = left.recv().await;
        let mut second = right.recv().await;
        loop {
            match (first, second) {
                (None, None) => return merged,
                (Some(item), None) => {
                    merged.push(item);
                    first = left.recv().await;
                }
                (None, Some(item)) => {
                    merged.push(item);
                    second = right.recv().await;
                }
                (Some(one), Some(other)) if one <= other => {
                    merged.push(one);
                    first = left.recv().await;
                }
                (Some(_), Some(other)) => {
                    merged.push(other);
                    second = right.recv().await;
                }
            }
        }
    }

    /// Averages of the last few.
    async fn windows(mut items: Receiver<u64>) -> Vec<u64> {
        let mut window = [0; 8];
        let mut averages = Vec::new();
        let mut count = 0;
        while let Some(item) = items.recv().await {
            window[count % 8] = item;
            count += 1;
            if count >= 8 {
                averages.push(window.iter().sum::<u64>() / 8);
            }
        }
        averages
    }

    /// Pages, each of which says where the next one is.
    async fn pages(mut upstream: Upstream, rounds: u32) -> Result<Vec<u64>, Error> {
        let mut items = Vec::new();
        let mut next = Some(1);
        while let Some(page) = next {
            let value = upstream.fetch(page).await?;
            for part in 0..3 {
                items.push(value >> (8 * part) & 0xff);
            }
            next = (page < rounds).then(|| page + 1);
        }
        Ok(items)
    }

    /// Items by their kind, in a batch each; a batch that is full is sent.
    async fn grouped(mut items: Receiver<u64>, mut upstream: Upstream) -> Result<u64, Error> {
        let mut groups: [Vec<u64>; 4] = Default::default();
        let mut digest = 0_u64;
        while let Some(item) = items.recv().await {
            let group = &mut groups[item as usize % 4];
            group.push(item);
            if group.len() == 5 {
                let key = group.drain(..).sum::<u64>() as u32;
                digest = digest.rotate_left(1) ^ upstream.fetch(key).await?;
            }
        }
        for group in groups {
            if !group.is_empty() {
                digest ^= upstream.fetch(group.len() as u32).await?;
            }
        }
        Ok(digest)
    }
}

cases! {
    sum => |world| world.drive(sum(world.received((0..u64::from(world.rounds())).collect::<Vec<_>>())));
    filtered => |world| {
        let (output, _kept) = world.channel([]);
        world.drive(filtered(world.received(0..u64::from(world.rounds())), output))
    };
    merged => |world| {
        let rounds = u64::from(world.rounds());
        world.drive(merged(world.received((0..rounds).map(|i| i * 3)), world.received((0..rounds).map(|i| i * i))))
    };
    windows => |world| world.drive(windows(world.received((0..u64::from(world.rounds())).map(|i| i * i % 97))));
    pages => |world| world.drive(pages(world.upstream(0), world.rounds()));
    grouped => |world| world.drive(grouped(world.received((0..u64::from(world.rounds())).map(|i| i * 7)), world.upstream(0)));
}
