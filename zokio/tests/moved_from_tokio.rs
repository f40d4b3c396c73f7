//! A program as it is written for tokio, with nothing changed but the name behind `tokio`.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use zokio as tokio;

use tokio::fs::OpenOptions;
use tokio::io::{self, AsyncBufReadExt, AsyncReadExt, AsyncSeekExt, AsyncWriteExt, BufReader, BufWriter};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::task::JoinHandle;

/// Answers each line with its length; the line `quit` ends the connection.
async fn lengths(stream: TcpStream, lines_seen: Arc<AtomicUsize>) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let (reader, writer) = stream.into_split();
    let mut lines = BufReader::new(reader).lines();
    let mut writer = BufWriter::new(writer);
    while let Some(line) = lines.next_line().await? {
        lines_seen.fetch_add(1, Ordering::Relaxed);
        if line == "quit" {
            break;
        }
        writer.write_all(format!("{}\n", line.len()).as_bytes()).await?;
        writer.flush().await?;
    }
    writer.shutdown().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_line_server() -> Result<(), Box<dyn std::error::Error>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let lines_seen = Arc::new(AtomicUsize::new(0));
    let server: JoinHandle<io::Result<()>> = tokio::spawn({
        let lines_seen = lines_seen.clone();
        async move {
            loop {
                let (stream, _) = listener.accept().await?;
                tokio::spawn(lengths(stream, lines_seen.clone()));
            }
        }
    });
    let socket = TcpSocket::new_v4()?;
    let (mut one, two) = tokio::try_join!(socket.connect(address), TcpStream::connect(address))?;
    let first = async {
        one.write_all(b"a line\nquit\n").await?;
        let mut answer = String::new();
        one.read_to_string(&mut answer).await?;
        Ok::<_, io::Error>(answer)
    };
    let second = tokio::time::timeout(Duration::from_secs(10), async {
        let (mut reader, mut writer) = io::split(two);
        writer.write_all(b"another line\n").await?;
        let mut answer = [0; 3];
        reader.read_exact(&mut answer).await?;
        Ok::<_, io::Error>(answer)
    });
    tokio::pin!(second);
    let (first, second) = tokio::join!(first, &mut second);
    assert_eq!((first?.as_str(), &second??), ("6\n", b"12\n"));
    server.abort();
    assert!(server.await.unwrap_err().is_cancelled());
    assert_eq!(lines_seen.load(Ordering::Relaxed), 3);
    Ok(())
}

#[tokio::test]
async fn a_log_file() -> io::Result<()> {
    let path = std::env::temp_dir().join(format!("zokio-moved-{}", std::process::id()));
    let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(true).open(&path).await?;
    for n in 0..3 {
        file.write_all(format!("line {n}\n").as_bytes()).await?;
        tokio::task::yield_now().await;
    }
    file.flush().await?;
    file.seek(io::SeekFrom::Start(0)).await?;
    let mut lines = BufReader::new(file).lines();
    let mut count = 0;
    while let Some(line) = lines.next_line().await? {
        assert_eq!(line, format!("line {count}"));
        count += 1;
    }
    assert_eq!(count, 3);
    let length = tokio::task::spawn_blocking({
        let path = path.clone();
        move || std::fs::metadata(path).map(|metadata| metadata.len())
    });
    assert_eq!(length.await??, 21);
    tokio::fs::remove_file(&path).await
}
