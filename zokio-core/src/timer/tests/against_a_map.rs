//! The wheel against a sorted map, over random sequences of everything that one can do with it.

use std::collections::BTreeMap;

use super::*;

/// xorshift64*: the sequence is the same on every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    /// Any magnitude up to `bits` bits is as likely as any other.
    fn magnitude(&mut self, bits: u64) -> u64 {
        let bits = 1 + self.below(bits);
        self.next() & ((1 << bits) - 1)
    }
}

/// The wheel against a sorted map, over random sequences of everything one can do with it.
fn agrees_with_a_map<const RESOLUTION_NS: u64>(seed: u64) {
    let story = Story::<RESOLUTION_NS>::new();
    let mut random = Random(seed);
    let mut now = 0;
    // By tick, then by the order of arming; the entry and its deadline.
    let mut model: BTreeMap<(u64, u64), (Entry, u64)> = BTreeMap::new();
    for number in 0..4000_u64 {
        match random.below(10) {
            0..=4 => {
                let deadline = now + random.magnitude(42);
                let tick = deadline.div_ceil(RESOLUTION_NS);
                match story.wheel.arm(story.at(deadline), &story.waker(number)) {
                    Some(entry) => drop(model.insert((tick, number), (entry, deadline))),
                    None => assert!(deadline <= now),
                }
            }
            5 => {
                let any = (random.magnitude(42) + now) / RESOLUTION_NS;
                let Some(&key) = model.range((any, 0)..).map(|(key, _)| key).next() else { continue };
                story.release(model.remove(&key).unwrap().0);
            }
            6 => {
                let Some((_, (mut entry, _))) = model.pop_last() else { continue };
                let deadline = now + RESOLUTION_NS + random.magnitude(42);
                assert!(story.wheel.rearm(&mut entry, story.at(deadline)));
                assert!(story.wheel.set_waker(&mut entry, &story.waker(number)));
                model.insert((deadline.div_ceil(RESOLUTION_NS), number), (entry, deadline));
            }
            7 => match model.pop_first() {
                Some((_, (entry, _))) => std::thread::scope(|scope| drop(scope.spawn(move || drop(entry)))),
                None => continue,
            },
            _ => {
                let earliest = model.first_key_value().map(|((tick, _), _)| tick * RESOLUTION_NS);
                let next = story.next();
                assert!(next <= earliest || earliest.is_none(), "a seat would sleep too long");
                assert_eq!(next.is_none(), earliest.is_none());
                now = match next {
                    Some(next) if random.below(2) == 0 => next.max(now),
                    _ => now + random.magnitude(40),
                };
                let later = model.split_off(&(now / RESOLUTION_NS + 1, 0));
                let due = std::mem::replace(&mut model, later);
                let expected: Vec<_> = due.keys().map(|&(_, number)| number).collect();
                let mut fired = story.fire(now);
                // Within a tick the order is that of arming, unless an entry has got another deadline.
                fired.sort_by_key(|number| due.keys().position(|(_, key)| key == number));
                assert_eq!(fired, expected, "seed {seed}, at {now}");
                assert!(due.values().all(|(_, deadline)| *deadline <= now), "none is early");
                for (entry, _) in due.into_values() {
                    story.release(entry);
                }
            }
        }
        assert_eq!(story.wheel.next_deadline().is_some(), !model.is_empty());
        assert_eq!(story.outstanding(), model.len());
    }
}

#[test]
fn the_wheel_agrees_with_a_map() {
    for seed in 1..=8 {
        agrees_with_a_map::<1>(seed);
        agrees_with_a_map::<1000>(seed);
        agrees_with_a_map::<1_000_000>(seed);
    }
}
