//! Servers: a connection is read, answered, and read again.

use std::collections::HashMap;

use crate::corpus::world::{Duplex, Error, Upstream, World, noise};

compiled! {
    async fn echo(mut stream: Duplex) -> Result<u64, Error> {
        let mut buffer = [0; 64];
        let mut total = 0;
        loop {
            let count = stream.read(&mut buffer).await?;
            if count == 0 {
                return Ok(total);
            }
            stream.write_all(&buffer[..count]).await?;
            total += count as u64;
        }
    }

    /// HTTP/1.1 with keep-alive: the head of a request is found, its path and length are looked at, an answer is written.
    async fn http(mut stream: Duplex) -> Result<u32, Error> {
        let mut buffer = Vec::with_capacity(256);
        let mut served = 0;
        loop {
            let head = loop {
                if let Some(end) = find(&buffer, b"\r\n\r\n") {
                    break end + 4;
                }
                let mut chunk = [0; 128];
                let count = stream.read(&mut chunk).await?;
                if count == 0 {
                    return if buffer.is_empty() { Ok(served) } else { Err(Error::Closed) };
                }
                buffer.extend_from_slice(&chunk[..count]);
            };
            let text = std::str::from_utf8(&buffer[..head])?;
            let (method, path) = request_line(text).ok_or(Error::Protocol("a request line"))?;
            let answer = match (method, path) {
                ("GET", "/") => String::from("index"),
                ("GET", path) => format!("you asked for {path}"),
                _ => String::from("no"),
            };
            buffer.drain(..head);
            let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", answer.len());
            stream.write_all(head.as_bytes()).await?;
            stream.write_all(answer.as_bytes()).await?;
            stream.flush().await?;
            served += 1;
        }
    }

    /// A store that is asked line by line: SET, GET, DEL, QUIT.
    async fn key_value(mut stream: Duplex) -> Result<usize, Error> {
        let mut store: HashMap<String, String> = HashMap::new();
        let mut pending = String::new();
        loop {
            let Some(line) = next_line(&mut stream, &mut pending).await? else { return Ok(store.len()) };
            let mut words = line.split_ascii_whitespace();
            match (words.next(), words.next(), words.next()) {
                (Some("SET"), Some(key), Some(value)) => {
                    let old = store.insert(key.to_owned(), value.to_owned());
                    stream.write_all(if old.is_some() { b"REPLACED\n" } else { b"STORED\n" }).await?;
                }
                (Some("GET"), Some(key), None) => match store.get(key) {
                    Some(value) => {
                        stream.write_all(value.as_bytes()).await?;
                        stream.write_all(b"\n").await?;
                    }
                    None => stream.write_all(b"NONE\n").await?,
                },
                (Some("DEL"), Some(key), None) => {
                    store.remove(key);
                    stream.write_all(b"OK\n").await?;
                }
                (Some("QUIT"), ..) => return Ok(store.len()),
                _ => return Err(Error::Protocol("a command")),
            }
            stream.flush().await?;
        }
    }

    async fn next_line(stream: &mut Duplex, pending: &mut String) -> Result<Option<String>, Error> {
        loop {
            if let Some(end) = pending.find('\n') {
                let rest = pending.split_off(end + 1);
                let mut line = std::mem::replace(pending, rest);
                line.truncate(end);
                return Ok(Some(line));
            }
            let mut chunk = [0; 32];
            let count = stream.read(&mut chunk).await?;
            if count == 0 {
                return Ok(None);
            }
            pending.push_str(std::str::from_utf8(&chunk[..count])?);
        }
    }

    /// Calls with an id, a method and arguments in place; answers carry the id.
    async fn rpc(mut stream: Duplex, mut upstream: Upstream) -> Result<u64, Error> {
        let mut answered = 0;
        loop {
            let mut head = [0; 8];
            if stream.read_exact(&mut head).await.is_err() {
                return Ok(answered);
            }
            let id = u32::from_le_bytes([head[0], head[1], head[2], head[3]]);
            let result = match head[4] % 4 {
                0 => u64::from(head[5]) + u64::from(head[6]),
                1 => upstream.fetch(id).await.unwrap_or(0),
                2 => {
                    let first = upstream.fetch(id).await?;
                    let second = upstream.fetch(id ^ 1).await?;
                    first.wrapping_add(second)
                }
                _ => continue,
            };
            let mut answer = [0; 12];
            answer[..4].copy_from_slice(&id.to_le_bytes());
            answer[4..].copy_from_slice(&result.to_le_bytes());
            stream.write_all(&answer).await?;
            answered += 1;
        }
    }

    /// Reads of a fixed size, answered from a table that the connection holds; ends after an idle read.
    async fn dns(mut stream: Duplex, names: Vec<(u16, [u8; 4])>) -> Result<u32, Error> {
        let mut found = 0;
        let mut packet = [0; 32];
        while stream.read_exact(&mut packet).await.is_ok() {
            let question = u16::from_be_bytes([packet[0], packet[1]]) % 64;
            let answer = names.iter().find(|(name, _)| *name == question);
            let Some((_, address)) = answer else {
                stream.write_all(&[packet[0], packet[1], 3]).await?;
                continue;
            };
            stream.write_all(&packet[..2]).await?;
            stream.write_all(address).await?;
            found += 1;
        }
        Ok(found)
    }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

fn request_line(head: &str) -> Option<(&str, &str)> {
    let mut words = head.lines().next()?.split(' ');
    Some((words.next()?, words.next()?))
}

fn requests(world: &World) -> String {
    (0..world.rounds()).map(|i| format!("GET /page/{i} HTTP/1.1\r\nhost: example\r\naccept: */*\r\n\r\n")).collect()
}

fn commands(world: &World) -> String {
    let line = |i: u32| match i % 4 {
        0 => format!("SET key{} value{i}\n", i % 7),
        1 => format!("GET key{}\n", i % 7),
        2 => format!("GET key{}\n", i % 5),
        _ => format!("DEL key{}\n", i % 3),
    };
    (0..world.rounds()).map(line).collect()
}

cases! {
    echo => |world| world.drive(echo(world.connection(noise(world.rounds() as usize * 64, 1))));
    http => |world| world.drive(http(world.connection(requests(world))));
    key_value => |world| world.drive(key_value(world.connection(commands(world))));
    rpc => |world| world.drive(rpc(world.connection(noise(world.rounds() as usize * 8, 2)), world.upstream(0)));
    dns => |world| {
        let names = (0..64).step_by(2).map(|name| (name, [10, 0, 0, name as u8])).collect();
        world.drive(dns(world.connection(noise(world.rounds() as usize * 32, 3)), names))
    };
}
