//! Files: read in blocks, records found in them, written at the end.

use crate::corpus::world::{Error, File, World, noise};

compiled! {
    async fn read_to_end(mut file: File) -> Result<Vec<u8>, Error> {
        let mut bytes = Vec::new();
        let mut block = [0; 128];
        loop {
            let count = file.read_at(&mut block, bytes.len() as u64).await?;
            if count == 0 {
                return Ok(bytes);
            }
            bytes.extend_from_slice(&block[..count]);
        }
    }

    async fn checksum(mut file: File) -> Result<(u32, u64), Error> {
        let (mut low, mut high) = (1_u32, 0_u32);
        let mut offset = 0;
        let mut block = vec![0; 64];
        loop {
            let count = file.read_at(&mut block, offset).await?;
            if count == 0 {
                break;
            }
            for byte in &block[..count] {
                low = (low + u32::from(*byte)) % 65_521;
                high = (high + low) % 65_521;
            }
            offset += count as u64;
        }
        Ok((high << 16 | low, offset))
    }

    async fn copy(mut from: File, mut to: File) -> Result<u64, Error> {
        let mut offset = 0;
        let mut block = [0; 96];
        loop {
            match from.read_at(&mut block, offset).await? {
                0 => return Ok(offset),
                count => {
                    let at = to.append(&block[..count]).await?;
                    if at != offset {
                        return Err(Error::Protocol("an offset"));
                    }
                    offset += count as u64;
                }
            }
        }
    }

    /// Records with a length before each; a torn one at the end is left out.
    async fn records(mut file: File) -> Result<Vec<u64>, Error> {
        let mut found = Vec::new();
        let mut offset = 0;
        loop {
            let mut length = [0];
            if file.read_at(&mut length, offset).await? == 0 {
                break;
            }
            let mut record = vec![0; usize::from(length[0])];
            if file.read_at(&mut record, offset + 1).await? < record.len() {
                break;
            }
            found.push(record.iter().map(|byte| u64::from(*byte)).sum());
            offset += 1 + record.len() as u64;
        }
        Ok(found)
    }

    /// A journal: written ahead, then applied, then marked.
    async fn journal(mut journal: File, mut data: File, rounds: u32) -> Result<u64, Error> {
        let mut applied = 0;
        for round in 0..rounds {
            let entry = round.to_be_bytes();
            let position = journal.append(&entry).await?;
            data.append(&entry[2..]).await?;
            if round % 8 == 7 {
                let mut check = [0; 4];
                journal.read_at(&mut check, position).await?;
                if check != entry {
                    return Err(Error::Protocol("an entry"));
                }
                journal.append(b"mark").await?;
            }
            applied += position;
        }
        Ok(applied)
    }
}

fn bytes(world: &World) -> Vec<u8> {
    noise(world.rounds() as usize * 64, 7)
}

fn written(world: &World) -> Vec<u8> {
    (0..world.rounds()).flat_map(|i| [&[i as u8 % 30][..], &noise(i as usize % 256 % 30, i)].concat()).collect()
}

cases! {
    read_to_end => |world| world.drive(read_to_end(world.file(bytes(world))));
    checksum => |world| world.drive(checksum(world.file(bytes(world))));
    copy => |world| world.drive(copy(world.file(bytes(world)), world.file([])));
    records => |world| world.drive(records(world.file(written(world))));
    journal => |world| world.drive(journal(world.file([]), world.file([]), world.rounds()));
}
