//! Handshakes: a few messages in turn, each of which may end it. Every round is one connection.

use crate::corpus::world::{Clock, Duplex, Error, Upstream, World, timeout};

compiled! {
    /// The server of SOCKS5: methods, perhaps a password, then a request.
    async fn socks(mut connections: Vec<Duplex>) -> Result<u64, Error> {
        let mut digest = 0_u64;
        while let Some(mut stream) = connections.pop() {
            let (address, port) = match socks_request(&mut stream).await {
                Ok(target) => target,
                Err(Error::Refused) => continue,
                Err(error) => return Err(error),
            };
            digest = digest.rotate_left(3) ^ u64::from(port) ^ address.iter().map(|byte| u64::from(*byte)).sum::<u64>();
        }
        Ok(digest)
    }

    async fn socks_request(stream: &mut Duplex) -> Result<(Vec<u8>, u16), Error> {
        let mut head = [0; 2];
        stream.read_exact(&mut head).await?;
        if head[0] != 5 {
            return Err(Error::Protocol("a version"));
        }
        let mut methods = vec![0; usize::from(head[1])];
        stream.read_exact(&mut methods).await?;
        if methods.contains(&2) {
            stream.write_all(&[5, 2]).await?;
            let user = short_string(stream).await?;
            let password = short_string(stream).await?;
            if user != password {
                stream.write_all(&[1, 1]).await?;
                return Err(Error::Refused);
            }
            stream.write_all(&[1, 0]).await?;
        } else {
            stream.write_all(&[5, 0]).await?;
        }
        let mut request = [0; 4];
        stream.read_exact(&mut request).await?;
        let address = match request[3] {
            1 => {
                let mut address = [0; 4];
                stream.read_exact(&mut address).await?;
                address.to_vec()
            }
            3 => short_string(stream).await?,
            _ => return Err(Error::Protocol("an address")),
        };
        let mut port = [0; 2];
        stream.read_exact(&mut port).await?;
        stream.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).await?;
        Ok((address, u16::from_be_bytes(port)))
    }

    async fn short_string(stream: &mut Duplex) -> Result<Vec<u8>, Error> {
        let mut length = [0];
        stream.read_exact(&mut length).await?;
        let mut string = vec![0; usize::from(length[0])];
        stream.read_exact(&mut string).await?;
        Ok(string)
    }

    /// As in TLS: hello, hello, keys, finished, with a digest of all that was said.
    async fn tls(mut stream: Duplex, rounds: u32) -> Result<u64, Error> {
        let mut transcript = 17_u64;
        for round in 0..rounds {
            let mut hello = [0; 34];
            stream.read_exact(&mut hello).await?;
            transcript = mix(transcript, &hello);
            let suite = hello[32] & 3;
            let random = [round as u8; 32];
            stream.write_all(&random).await?;
            transcript = mix(transcript, &random);
            if suite == 3 {
                stream.write_all(b"retry").await?;
                let mut again = [0; 34];
                stream.read_exact(&mut again).await?;
                transcript = mix(transcript, &again);
            }
            let mut share = [0; 32];
            stream.read_exact(&mut share).await?;
            let secret: [u8; 32] = std::array::from_fn(|i| share[i] ^ random[i]);
            transcript = mix(transcript, &secret);
            let finished = transcript.to_be_bytes();
            stream.write_all(&finished).await?;
            stream.flush().await?;
        }
        Ok(transcript)
    }

    /// As PostgreSQL's: a startup packet, a challenge, a password, parameters, ready.
    async fn postgres(mut stream: Duplex) -> Result<u32, Error> {
        let mut sessions = 0;
        loop {
            let mut length = [0; 2];
            if stream.read_exact(&mut length).await.is_err() {
                return Ok(sessions);
            }
            let mut packet = vec![0; usize::from(u16::from_be_bytes(length))];
            stream.read_exact(&mut packet).await?;
            let mut parameters = Vec::new();
            let mut strings = std::str::from_utf8(&packet)?.split('\0');
            while let (Some(key), Some(value)) = (strings.next(), strings.next()) {
                parameters.push((key.to_owned(), value.to_owned()));
            }
            let user = parameters.iter().find(|(key, _)| key == "user").map(|(_, value)| value.clone());
            let user = user.ok_or(Error::Protocol("a user"))?;
            let salt = [user.len() as u8, 1, 2, 3];
            stream.write_all(&salt).await?;
            let mut password = [0; 4];
            stream.read_exact(&mut password).await?;
            if password != salt {
                stream.write_all(b"E").await?;
                continue;
            }
            for (key, value) in &parameters {
                stream.write_all(key.as_bytes()).await?;
                stream.write_all(value.as_bytes()).await?;
            }
            stream.write_all(b"Z").await?;
            sessions += 1;
        }
    }

    /// A client that is greeted, says who it is, and sends letters.
    async fn smtp(mut stream: Duplex, letters: Vec<(String, String)>) -> Result<usize, Error> {
        expect(&mut stream, 220).await?;
        stream.write_all(b"EHLO here\r\n").await?;
        expect(&mut stream, 250).await?;
        let count = letters.len();
        for (to, text) in letters {
            stream.write_all(b"MAIL FROM:<me>\r\n").await?;
            expect(&mut stream, 250).await?;
            let to = format!("RCPT TO:<{to}>\r\n");
            stream.write_all(to.as_bytes()).await?;
            expect(&mut stream, 250).await?;
            stream.write_all(b"DATA\r\n").await?;
            expect(&mut stream, 354).await?;
            stream.write_all(text.as_bytes()).await?;
            expect(&mut stream, 250).await?;
        }
        stream.write_all(b"QUIT\r\n").await?;
        expect(&mut stream, 221).await?;
        Ok(count)
    }

    async fn expect(stream: &mut Duplex, wanted: u16) -> Result<(), Error> {
        let mut line = [0; 5];
        stream.read_exact(&mut line).await?;
        let code: u16 = std::str::from_utf8(&line[..3])?.parse()?;
        if code == wanted { Ok(()) } else { Err(Error::Protocol("an answer")) }
    }

    /// A client of a proxy: it has a while to answer, and three tries.
    async fn connect(mut upstream: Upstream, clock: Clock, mut stream: Duplex, rounds: u32) -> Result<u32, Error> {
        let mut open = 0;
        for round in 0..rounds {
            let mut tries = 0;
            let address = loop {
                match timeout(8, upstream.fetch(round)).await {
                    Ok(Ok(address)) => break address,
                    Ok(Err(_)) | Err(_) if tries < 3 => {
                        tries += 1;
                        clock.sleep(tries).await;
                    }
                    Ok(Err(error)) | Err(error) => return Err(error),
                }
            };
            let head = format!("CONNECT {address} HTTP/1.1\r\n\r\n");
            stream.write_all(head.as_bytes()).await?;
            let mut status = [0; 3];
            timeout(20, stream.read_exact(&mut status)).await??;
            if &status == b"200" {
                open += 1;
            }
        }
        Ok(open)
    }
}

fn mix(digest: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(digest, |digest, byte| digest.wrapping_mul(31).wrapping_add(u64::from(*byte)))
}

fn socks_clients(world: &World) -> Vec<Duplex> {
    let client = |i: u32| {
        let mut said = match i % 3 {
            0 => vec![5, 1, 0],
            1 => vec![5, 2, 0, 2, 1, b'a', 1, b'a'],
            _ => vec![5, 1, 2, 1, b'a', 1, b'b'],
        };
        match i % 2 {
            0 => said.extend([5, 1, 0, 1, 127, 0, 0, i as u8]),
            _ => said.extend([5, 1, 0, 3, 4, b'h', b'o', b's', b't']),
        }
        said.extend((i as u16).to_be_bytes());
        world.connection(said)
    };
    (0..world.rounds()).map(client).collect()
}

fn startups(world: &World) -> Vec<u8> {
    let startup = |i: u32| {
        let packet = format!("user\0name{i}\0database\0test\0");
        let right = i % 4 != 3;
        let salt = [format!("name{i}").len() as u8, 1, 2, if right { 3 } else { 4 }];
        [&(packet.len() as u16).to_be_bytes()[..], packet.as_bytes(), &salt].concat()
    };
    (0..world.rounds()).flat_map(startup).collect()
}

fn tls_client(world: &World) -> Vec<u8> {
    let said = |i: u32| {
        let mut said = crate::corpus::world::noise(34, i);
        if said[32] & 3 == 3 {
            said.extend([i as u8; 34]);
        }
        said.extend([9; 32]);
        said
    };
    (0..world.rounds()).flat_map(said).collect()
}

fn smtp_server(world: &World) -> String {
    format!("220\r\n250\r\n{}221\r\n", "250\r\n250\r\n354\r\n250\r\n".repeat(world.rounds() as usize))
}

fn letters(world: &World) -> Vec<(String, String)> {
    (0..world.rounds()).map(|i| (format!("user{i}"), "a letter\r\n.\r\n".to_owned())).collect()
}

cases! {
    socks => |world| world.drive(socks(socks_clients(world)));
    tls => |world| world.drive(tls(world.connection(tls_client(world)), world.rounds()));
    postgres => |world| world.drive(postgres(world.connection(startups(world))));
    smtp => |world| world.drive(smtp(world.connection(smtp_server(world)), letters(world)));
    connect => |world| {
        let said = "200403200".repeat(1 + world.rounds() as usize / 3);
        world.drive(connect(world.upstream(5), world.clock(), world.connection(said), world.rounds()))
    };
}
