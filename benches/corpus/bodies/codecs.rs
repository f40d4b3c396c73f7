//! Codecs: frames are read from a stream of bytes, and written to one.

use crate::corpus::world::{Duplex, Error, Reader, World, Writer, noise};

/// A value of Redis' protocol.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Value {
    Simple(String),
    Number(i64),
    Bulk(Vec<u8>),
    Array(Vec<Value>),
}

compiled! {
    async fn length_prefixed(mut stream: Duplex) -> Result<u64, Error> {
        let mut frames = 0;
        while let Some(frame) = read_frame(&mut stream).await? {
            let mut answer = frame;
            answer.reverse();
            write_frame(&mut stream, &answer).await?;
            frames += 1;
        }
        Ok(frames)
    }

    async fn read_frame(stream: &mut Duplex) -> Result<Option<Vec<u8>>, Error> {
        let mut head = [0; 2];
        match stream.read_exact(&mut head).await {
            Ok(()) => {}
            Err(Error::Closed) => return Ok(None),
            Err(error) => return Err(error),
        }
        let length = usize::from(u16::from_be_bytes(head));
        if length > 4096 {
            return Err(Error::Protocol("a length"));
        }
        let mut frame = vec![0; length];
        stream.read_exact(&mut frame).await?;
        Ok(Some(frame))
    }

    async fn write_frame(stream: &mut Duplex, frame: &[u8]) -> Result<(), Error> {
        let head = (frame.len() as u16).to_be_bytes();
        stream.write_all(&head).await?;
        stream.write_all(frame).await?;
        stream.flush().await
    }

    async fn lines(mut reader: Reader) -> Result<Vec<usize>, Error> {
        let mut lengths = Vec::new();
        let mut length = 0;
        let mut chunk = [0; 48];
        loop {
            let count = reader.read(&mut chunk).await?;
            if count == 0 {
                break;
            }
            for byte in &chunk[..count] {
                if *byte == b'\n' {
                    lengths.push(std::mem::take(&mut length));
                } else {
                    length += 1;
                }
            }
        }
        if length > 0 {
            lengths.push(length);
        }
        Ok(lengths)
    }

    /// Frames of a WebSocket: masked, with lengths of two forms, pings answered, parts put together.
    async fn web_socket(mut stream: Duplex) -> Result<u64, Error> {
        let mut message = Vec::new();
        let mut messages = 0;
        loop {
            let mut head = [0; 2];
            stream.read_exact(&mut head).await?;
            let (last, opcode, masked) = (head[0] & 0x80 != 0, head[0] & 0x0f, head[1] & 0x80 != 0);
            let length = match head[1] & 0x7f {
                126 => {
                    let mut long = [0; 2];
                    stream.read_exact(&mut long).await?;
                    usize::from(u16::from_be_bytes(long))
                }
                127 => return Err(Error::Protocol("a length")),
                short => usize::from(short),
            };
            let mut mask = [0; 4];
            if masked {
                stream.read_exact(&mut mask).await?;
            }
            let mut payload = vec![0; length];
            stream.read_exact(&mut payload).await?;
            for (byte, key) in payload.iter_mut().zip(mask.iter().cycle()) {
                *byte ^= key;
            }
            match opcode {
                0..=2 => {
                    message.append(&mut payload);
                    if last {
                        messages += 1;
                        stream.write_all(&message).await?;
                        message.clear();
                    }
                }
                8 => {
                    stream.write_all(&[0x88, 0]).await?;
                    return Ok(messages);
                }
                9 => {
                    stream.write_all(&[0x8a, payload.len() as u8]).await?;
                    stream.write_all(&payload).await?;
                }
                _ => return Err(Error::Protocol("an opcode")),
            }
        }
    }

    /// Redis' protocol: arrays within arrays, without recursion.
    async fn redis(mut reader: Reader) -> Result<Vec<Value>, Error> {
        let mut values = Vec::new();
        let mut open: Vec<(usize, Vec<Value>)> = Vec::new();
        while let Some(line) = crlf_line(&mut reader).await? {
            let (kind, rest) = line.split_at(1);
            let mut value = match kind {
                "+" => Value::Simple(rest.to_owned()),
                ":" => Value::Number(rest.parse()?),
                "$" => {
                    let mut bytes = vec![0; rest.parse::<usize>()? + 2];
                    reader.read_exact(&mut bytes).await?;
                    bytes.truncate(bytes.len() - 2);
                    Value::Bulk(bytes)
                }
                "*" => {
                    open.push((rest.parse()?, Vec::new()));
                    continue;
                }
                _ => return Err(Error::Protocol("a kind")),
            };
            loop {
                match open.last_mut() {
                    None => {
                        values.push(value);
                        break;
                    }
                    Some((wanted, items)) => {
                        items.push(value);
                        if items.len() < *wanted {
                            break;
                        }
                    }
                }
                let Some((_, items)) = open.pop() else { break };
                value = Value::Array(items);
            }
        }
        Ok(values)
    }

    async fn crlf_line(reader: &mut Reader) -> Result<Option<String>, Error> {
        let mut line = Vec::new();
        let mut byte = [0];
        loop {
            if reader.read(&mut byte).await? == 0 {
                return Ok(None);
            }
            if byte[0] == b'\n' && line.last() == Some(&b'\r') {
                line.pop();
                return Ok(Some(std::str::from_utf8(&line)?.to_owned()));
            }
            line.push(byte[0]);
        }
    }

    /// HTTP's chunked encoding.
    async fn chunked(mut reader: Reader, mut writer: Writer) -> Result<usize, Error> {
        let mut total = 0;
        loop {
            let line = crlf_line(&mut reader).await?.ok_or(Error::Closed)?;
            let length = usize::from_str_radix(&line, 16)?;
            if length == 0 {
                writer.flush().await?;
                return Ok(total);
            }
            let mut rest = length;
            let mut block = [0; 64];
            while rest > 0 {
                let part = rest.min(block.len());
                reader.read_exact(&mut block[..part]).await?;
                writer.write_all(&block[..part]).await?;
                rest -= part;
            }
            reader.read_exact(&mut block[..2]).await?;
            total += length;
        }
    }

    /// Fields as Protocol Buffers has them: a key, then a number or so many bytes.
    async fn fields(mut reader: Reader) -> Result<u64, Error> {
        let mut digest = 0_u64;
        loop {
            let key = match varint(&mut reader).await {
                Ok(key) => key,
                Err(Error::Closed) => break Ok(digest),
                Err(error) => break Err(error),
            };
            digest = digest.rotate_left(7)
                ^ match key & 7 {
                    0 => varint(&mut reader).await?,
                    2 => {
                        let length = varint(&mut reader).await?;
                        let mut bytes = vec![0; length as usize];
                        reader.read_exact(&mut bytes).await?;
                        bytes.iter().map(|byte| u64::from(*byte)).sum()
                    }
                    _ => return Err(Error::Protocol("a wire type")),
                };
        }
    }

    async fn varint(reader: &mut Reader) -> Result<u64, Error> {
        let mut value = 0;
        let mut shift = 0;
        loop {
            let mut byte = [0];
            reader.read_exact(&mut byte).await?;
            value |= u64::from(byte[0] & 0x7f) << shift;
            if byte[0] < 0x80 {
                return Ok(value);
            }
            shift += 7;
            if shift > 63 {
                return Err(Error::Protocol("a varint"));
            }
        }
    }
}

fn frames(world: &World) -> Vec<u8> {
    let frame = |i: u32| [&[0, i as u8 % 100][..], &noise(i as usize % 256 % 100, i)].concat();
    (0..world.rounds()).flat_map(frame).collect()
}

fn web_socket_frames(world: &World) -> Vec<u8> {
    let frame = |i: u32| {
        let payload = noise(if i % 16 == 5 { 200 } else { i as usize % 50 }, i);
        let opcode = if i % 5 == 4 && payload.len() < 126 { 0x89 } else { 0x01 | (i as u8 & 1) << 7 };
        let mut frame = vec![opcode];
        match payload.len() {
            short @ 0..=125 => frame.push(0x80 | short as u8),
            long => frame.extend([0x80 | 126, 0, long as u8]),
        }
        frame.extend([1, 2, 3, i as u8]);
        frame.extend(payload);
        frame
    };
    let mut frames: Vec<u8> = (0..world.rounds()).flat_map(frame).collect();
    frames.extend([0x88, 0]);
    frames
}

fn redis_commands(world: &World) -> String {
    let command = |i: u32| match i % 4 {
        0 => format!("*3\r\n$3\r\nSET\r\n$4\r\nkey{}\r\n:{i}\r\n", i % 10),
        1 => "*2\r\n*1\r\n+a\r\n*2\r\n+b\r\n:1\r\n".to_owned(),
        2 => format!(":{i}\r\n"),
        _ => "+OK\r\n".to_owned(),
    };
    (0..world.rounds()).map(command).collect()
}

fn chunks(world: &World) -> String {
    let chunk = |i: u32| format!("{:x}\r\n{}\r\n", 1 + i % 90, "x".repeat(1 + i as usize % 90));
    (0..world.rounds()).map(chunk).chain(["0\r\n".to_owned()]).collect()
}

fn messages(world: &World) -> Vec<u8> {
    let message = |i: u32| match i % 3 {
        0 => vec![0x08, 0x80 | i as u8, 0x01],
        1 => vec![0x10, i as u8 & 0x7f],
        _ => [&[0x12, 5][..], &noise(5, i)].concat(),
    };
    (0..world.rounds()).flat_map(message).collect()
}

cases! {
    length_prefixed => |world| world.drive(length_prefixed(world.connection(frames(world))));
    lines => |world| world.drive(lines(world.reader("a line\nand another one\n\nand a third".repeat(world.rounds() as usize))));
    web_socket => |world| world.drive(web_socket(world.connection(web_socket_frames(world))));
    redis => |world| world.drive(redis(world.reader(redis_commands(world))));
    chunked => |world| world.drive(chunked(world.reader(chunks(world)), world.writer()));
    fields => |world| world.drive(fields(world.reader(messages(world))));
}
