//! Proxies: bytes from here to there.

use crate::corpus::world::{Clock, Duplex, Error, Reader, World, Writer, noise};

compiled! {
    async fn copy(mut reader: Reader, mut writer: Writer) -> Result<u64, Error> {
        let mut buffer = [0; 256];
        let mut total = 0;
        loop {
            match reader.read(&mut buffer).await? {
                0 => return Ok(total),
                count => {
                    writer.write_all(&buffer[..count]).await?;
                    total += count as u64;
                }
            }
        }
    }

    async fn both_ways(client: Duplex, server: Duplex) -> Result<(u64, u64), Error> {
        let (client_reader, client_writer) = client.into_split();
        let (server_reader, server_writer) = server.into_split();
        let (up, down) = zokio::join!(copy(client_reader, server_writer), copy(server_reader, client_writer));
        Ok((up?, down?))
    }

    /// Not more than so many bytes per tick.
    async fn throttled(mut reader: Reader, mut writer: Writer, clock: Clock) -> Result<u64, Error> {
        let mut buffer = vec![0; 128];
        let mut total = 0;
        let mut left = 500;
        loop {
            let room = buffer.len().min(left);
            let count = reader.read(&mut buffer[..room]).await?;
            if count == 0 {
                writer.flush().await?;
                return Ok(total);
            }
            writer.write_all(&buffer[..count]).await?;
            total += count as u64;
            left -= count;
            if left == 0 {
                clock.sleep(3).await;
                left = 500;
            }
        }
    }

    /// To two at once; one that fails is left out.
    async fn tee(mut reader: Reader, first: Writer, second: Writer) -> Result<u64, Error> {
        let mut writers = vec![first, second];
        let mut buffer = [0; 64];
        let mut total = 0;
        loop {
            let count = reader.read(&mut buffer).await?;
            if count == 0 {
                break;
            }
            let mut failed = None;
            for (index, writer) in writers.iter_mut().enumerate() {
                if writer.write_all(&buffer[..count]).await.is_err() {
                    failed = Some(index);
                }
            }
            if let Some(index) = failed {
                writers.remove(index);
            }
            total += count as u64;
        }
        for mut writer in writers {
            writer.flush().await?;
        }
        Ok(total)
    }

    /// The first line is read and changed, then everything is passed on.
    async fn rewriting(mut client: Duplex, mut server: Writer) -> Result<usize, Error> {
        let mut head = Vec::new();
        let mut byte = [0];
        while head.last() != Some(&b'\n') {
            client.read_exact(&mut byte).await?;
            head.push(byte[0]);
        }
        let line = std::str::from_utf8(&head)?;
        let line = line.replace("http://", "");
        server.write_all(line.as_bytes()).await?;
        server.write_all(b"via: proxy\r\n").await?;
        let mut buffer = [0; 512];
        let mut total = line.len();
        loop {
            let count = client.read(&mut buffer).await?;
            if count == 0 {
                client.write_all(b"200").await?;
                return Ok(total);
            }
            server.write_all(&buffer[..count]).await?;
            total += count;
        }
    }
}

fn bytes(world: &World) -> Vec<u8> {
    noise(world.rounds() as usize * 61, 5)
}

cases! {
    copy => |world| world.drive(copy(world.reader(bytes(world)), world.writer()));
    both_ways => |world| world.drive(both_ways(world.connection(bytes(world)), world.connection(bytes(world))));
    throttled => |world| world.drive(throttled(world.reader(bytes(world)), world.writer(), world.clock()));
    tee => |world| world.drive(tee(world.reader(bytes(world)), world.writer(), world.writer()));
    rewriting => |world| {
        let said = [b"GET http://example/ HTTP/1.1\r\n", &bytes(world)[..]].concat();
        world.drive(rewriting(world.connection(said), world.writer()))
    };
}
