//! Borrows that live across awaits: of locals, of fields, of what is iterated.

use std::collections::{BTreeMap, HashMap};

use crate::corpus::world::{Error, Reader, Upstream, Writer};

/// A parser that keeps what it has read.
#[derive(Debug)]
struct Parser {
    reader: Reader,
    buffer: Vec<u8>,
    start: usize,
}

impl Parser {
    compiled! {
        /// The next word, borrowed from the buffer.
        async fn word(&mut self) -> Result<Option<&[u8]>, Error> {
            loop {
                let unread = &self.buffer[self.start..];
                if let Some(length) = unread.iter().position(|byte| *byte == b' ') {
                    let start = self.start;
                    self.start += length + 1;
                    return Ok(Some(&self.buffer[start..start + length]));
                }
                self.buffer.drain(..self.start);
                self.start = 0;
                let mut chunk = [0; 32];
                let count = self.reader.read(&mut chunk).await?;
                if count == 0 {
                    return Ok(None);
                }
                self.buffer.extend_from_slice(&chunk[..count]);
            }
        }
    }
}

compiled! {
    async fn words(mut parser: Parser) -> Result<BTreeMap<usize, u32>, Error> {
        let mut lengths = BTreeMap::new();
        while let Some(word) = parser.word().await? {
            *lengths.entry(word.len()).or_insert(0) += 1;
        }
        Ok(lengths)
    }

    /// Over a borrowed collection, with an await for each item.
    async fn all_of(items: &[u32], upstream: &mut Upstream) -> Result<Vec<(u32, u64)>, Error> {
        let mut answers = Vec::with_capacity(items.len());
        for item in items {
            let answer = upstream.fetch(*item).await?;
            answers.push((*item, answer));
        }
        Ok(answers)
    }

    /// An entry of a map is held while its value is asked for.
    async fn entries(keys: Vec<String>, mut upstream: Upstream) -> Result<u64, Error> {
        let mut known: HashMap<String, u64> = HashMap::new();
        let mut total = 0_u64;
        for key in &keys {
            let slot = known.entry(key.clone()).or_default();
            if *slot == 0 {
                *slot = upstream.fetch(key.len() as u32).await? | 1;
            }
            total = total.wrapping_add(*slot);
        }
        Ok(total)
    }

    /// Slices of one buffer go to a writer, the longest first.
    async fn gathered(text: String, mut writer: Writer) -> Result<usize, Error> {
        let mut parts: Vec<&str> = text.split(',').collect();
        parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
        let longest = parts.first().map_or(0, |part| part.len());
        for part in &parts {
            writer.write_all(part.as_bytes()).await?;
            writer.write_all(b";").await?;
        }
        writer.flush().await?;
        Ok(longest)
    }

    /// A block at a time is filled, halved and swapped in place.
    async fn in_place(mut reader: Reader, mut writer: Writer) -> Result<u64, Error> {
        let mut block = [0; 64];
        let mut total = 0;
        while reader.read_exact(&mut block).await.is_ok() {
            let (left, right) = block.split_at_mut(32);
            left.swap_with_slice(right);
            writer.write_all(left).await?;
            right.reverse();
            writer.write_all(right).await?;
            total += u64::from(left[0]) + u64::from(right[0]);
        }
        Ok(total)
    }
}

cases! {
    words => |world| {
        let text = "some words of different lengths and a longer one ".repeat(1 + world.rounds() as usize / 9);
        world.drive(words(Parser { reader: world.reader(text), buffer: Vec::new(), start: 0 }))
    };
    all_of => |world| {
        let (items, mut upstream) = ((0..world.rounds()).collect::<Vec<_>>(), world.upstream(0));
        world.drive(all_of(&items, &mut upstream))
    };
    entries => |world| {
        let keys = (0..world.rounds()).map(|i| "k".repeat(1 + i as usize % 17)).collect();
        world.drive(entries(keys, world.upstream(0)))
    };
    gathered => |world| {
        let text: String = (0..world.rounds()).map(|i| format!("{},", "ab".repeat(i as usize % 9))).collect();
        world.drive(gathered(text, world.writer()))
    };
    in_place => |world| {
        let bytes = crate::corpus::world::noise(world.rounds() as usize * 64, 6);
        world.drive(in_place(world.reader(bytes), world.writer()))
    };
}
