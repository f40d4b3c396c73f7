//! Futures that are dropped in the middle: nothing is lost that was not theirs, and nothing leaks.

use std::time::Duration;

use zokio::io::{AsyncReadExt, AsyncWriteExt};
use zokio::time::timeout;

use crate::on_all;
use crate::streams::pair;

const A_MOMENT: Duration = Duration::from_millis(5);

on_all!(a_borrowed_read_that_times_out_loses_no_byte, async {
    let (mut near, mut far) = pair().await;
    let mut buffer = [0; 8];
    assert!(timeout(A_MOMENT, near.read(&mut buffer)).await.is_err());
    far.write_all(b"complete").await.unwrap();
    near.read_exact(&mut buffer).await.unwrap();
    assert_eq!(&buffer, b"complete");
});

on_all!(an_owned_read_that_times_out_leaves_the_stream_usable, async {
    let (near, far) = pair().await;
    assert!(timeout(A_MOMENT, near.read_owned(Vec::with_capacity(64))).await.is_err());
    // What the abandoned operation may take with it is sent now; what comes after it has been cancelled arrives.
    let mut received = Vec::new();
    while !received.ends_with(b"end") {
        far.write_all_owned("again end").await.0.unwrap();
        let (count, filled) = near.read_owned(Vec::with_capacity(64)).await;
        assert_ne!(count.unwrap(), 0);
        received.extend(filled);
    }
});

on_all!(an_accept_that_times_out_takes_no_connection_along, async {
    let listener = zokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    assert!(timeout(A_MOMENT, listener.accept()).await.is_err());
    let mut client = zokio::net::TcpStream::connect(address).await.unwrap();
    let (mut served, peer) = timeout(Duration::from_secs(10), listener.accept()).await.unwrap().unwrap();
    assert_eq!(peer, client.local_addr().unwrap());
    served.write_all(b"x").await.unwrap();
    assert_eq!(client.read_u8().await.unwrap(), b'x');
});

on_all!(an_aborted_task_closes_its_connection, async {
    let (mut near, mut far) = pair().await;
    let task = zokio::spawn(async move { far.read(&mut [0; 1]).await });
    zokio::task::yield_now().await;
    task.abort();
    assert!(task.await.unwrap_err().is_cancelled());
    assert_eq!(near.read(&mut [0; 1]).await.unwrap(), 0);
});

#[test]
#[cfg(target_os = "linux")]
fn a_runtime_that_ends_leaves_no_descriptor_open() {
    use std::fs::read_dir;

    #[zokio::runtime(workers = 2, io = uring, report = off)]
    struct Uring;
    #[zokio::runtime(workers = 2, io = mio, report = off)]
    struct Mio;

    async fn leave_things_behind() {
        let (mut near, far) = pair().await;
        let listener = zokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        zokio::spawn(async move { near.read(&mut [0; 1]).await });
        zokio::spawn(async move { far.read_owned(vec![0; 16]).await });
        zokio::spawn(async move { listener.accept().await });
        for _ in 0..4 {
            zokio::task::yield_now().await;
        }
    }

    // The tests beside this one open descriptors too: this one runs alone, in a process of its own.
    const ALONE: &str = "ZOKIO_TESTS_ALONE";
    if std::env::var_os(ALONE).is_none() {
        let mut child = std::process::Command::new(std::env::current_exe().unwrap());
        child.args(["drops::a_runtime_that_ends_leaves_no_descriptor_open", "--exact"]).env(ALONE, "1");
        let output = child.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
        return;
    }
    let open = || read_dir("/proc/self/fd").unwrap().count();
    let before = open();
    for _ in 0..10 {
        Uring::new().unwrap().block_on(leave_things_behind());
        assert_eq!(open(), before, "io_uring");
        Mio::new().unwrap().block_on(leave_things_behind());
        assert_eq!(open(), before, "mio");
    }
}
