//! Caches: what is known is returned, what is not is asked for.

use std::collections::{BTreeMap, HashMap, VecDeque};

use crate::corpus::world::{Error, File, Upstream};

/// The most recently used few.
#[derive(Debug)]
struct Cache {
    entries: HashMap<u32, u64>,
    order: VecDeque<u32>,
    upstream: Upstream,
    misses: u32,
}

impl Cache {
    fn new(upstream: Upstream) -> Self {
        Self { entries: HashMap::new(), order: VecDeque::new(), upstream, misses: 0 }
    }

    compiled! {
        async fn get(&mut self, key: u32) -> Result<u64, Error> {
            if let Some(value) = self.entries.get(&key) {
                return Ok(*value);
            }
            let value = self.upstream.fetch(key).await?;
            self.misses += 1;
            if self.order.len() == 16 {
                if let Some(oldest) = self.order.pop_front() {
                    self.entries.remove(&oldest);
                }
            }
            self.order.push_back(key);
            self.entries.insert(key, value);
            Ok(value)
        }
    }
}

compiled! {
    async fn lookups(mut cache: Cache, rounds: u32) -> Result<(u64, u32), Error> {
        let mut digest = 0_u64;
        for round in 0..rounds {
            digest = digest.rotate_left(1) ^ cache.get(round * 7 % 24).await?;
        }
        Ok((digest, cache.misses))
    }

    /// What is written goes to the file first.
    async fn write_through(mut file: File, rounds: u32) -> Result<usize, Error> {
        let mut index: BTreeMap<u32, u64> = BTreeMap::new();
        for round in 0..rounds {
            let record = [round.to_le_bytes(), (round * 3).to_le_bytes()].concat();
            let offset = file.append(&record).await?;
            index.insert(round % 10, offset);
            if round % 4 == 3 {
                let Some(offset) = index.get(&(round % 5)) else { continue };
                let mut record = [0; 8];
                if file.read_at(&mut record, *offset).await? != record.len() {
                    return Err(Error::Closed);
                }
                index.insert(100 + u32::from(record[4]), *offset);
            }
        }
        Ok(index.len())
    }

    /// What is old is returned at once, and asked for anew.
    async fn stale(mut upstream: Upstream, rounds: u32) -> Result<u64, Error> {
        let mut entries: HashMap<u32, (u32, u64)> = HashMap::new();
        let mut digest = 0_u64;
        for round in 0..rounds {
            let key = round % 6;
            let known = entries.get(&key).copied();
            let value = match known {
                Some((when, value)) if round - when < 12 => value,
                Some((_, value)) => {
                    let fresh = upstream.fetch(key).await?;
                    entries.insert(key, (round, fresh));
                    value
                }
                None => {
                    let fresh = upstream.fetch(key).await?;
                    entries.insert(key, (round, fresh));
                    fresh
                }
            };
            digest = digest.rotate_left(3) ^ value;
        }
        Ok(digest)
    }

    /// Keys are gathered and asked for together.
    async fn batches(mut upstream: Upstream, keys: Vec<u32>) -> Result<Vec<u64>, Error> {
        let mut values = Vec::with_capacity(keys.len());
        for batch in keys.chunks(8) {
            let mut wanted: Vec<u32> = batch.to_vec();
            wanted.sort_unstable();
            wanted.dedup();
            let mut found = HashMap::new();
            for key in wanted {
                let value = upstream.fetch(key).await?;
                found.insert(key, value);
            }
            values.extend(batch.iter().map(|key| found[key]));
        }
        Ok(values)
    }
}

cases! {
    lookups => |world| world.drive(lookups(Cache::new(world.upstream(0)), world.rounds()));
    write_through => |world| world.drive(write_through(world.file([]), world.rounds()));
    stale => |world| world.drive(stale(world.upstream(0), world.rounds()));
    batches => |world| world.drive(batches(world.upstream(0), (0..world.rounds()).map(|i| i * i % 11).collect()));
}
