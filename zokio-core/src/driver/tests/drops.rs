//! What is dropped while the kernel has it: buffers stay until the kernel has answered, descriptors that arrive late are
//! closed.

use std::future::{Future, poll_fn};
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Waker};

use super::{listener, on_all, pair, read};
use crate::driver::op::stream::{accept, recv};
use crate::driver::{IoBuf, IoBufMut};
use crate::spawn::{spawn, spawn_blocking};

/// A buffer that says when it is freed.
struct Watched(Vec<u8>, Arc<AtomicBool>);

#[allow(unsafe_code, reason = "a buffer for the kernel")]
// SAFETY: as for the vector in it.
unsafe impl IoBuf for Watched {
    fn as_ptr(&self) -> *const u8 {
        self.0.as_ptr()
    }

    fn init_len(&self) -> usize {
        self.0.len()
    }
}

#[allow(unsafe_code, reason = "a buffer for the kernel")]
// SAFETY: as for the vector in it.
unsafe impl IoBufMut for Watched {
    fn as_mut_ptr(&mut self) -> *mut u8 {
        self.0.as_mut_ptr()
    }

    fn capacity(&self) -> usize {
        self.0.capacity()
    }

    unsafe fn set_init(&mut self, filled: usize) {
        // SAFETY: the caller's promise.
        unsafe { self.0.set_len(filled) }
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        self.1.store(true, Ordering::SeqCst);
    }
}

fn watched() -> (Watched, Arc<AtomicBool>) {
    let freed = Arc::new(AtomicBool::new(false));
    (Watched(Vec::with_capacity(64), Arc::clone(&freed)), freed)
}

fn poll_once<F: Future + Unpin>(future: &mut F) -> Poll<F::Output> {
    Pin::new(future).poll(&mut Context::from_waker(Waker::noop()))
}

async fn yield_until(condition: impl Fn() -> bool) {
    poll_fn(|cx| {
        if condition() {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

on_all!(a_dropped_receive_frees_its_buffer_when_the_kernel_has_answered, async {
    let (near, _far) = pair();
    let (buffer, freed) = watched();
    let mut op = recv(&near, buffer);
    assert!(poll_once(&mut op).is_pending());
    drop(op);
    yield_until(|| freed.load(Ordering::SeqCst)).await;
});

on_all!(an_operation_dropped_on_another_thread_is_cancelled_on_its_own, async {
    let (near, _far) = pair();
    let (buffer, freed) = watched();
    let mut op = recv(&near, buffer);
    assert!(poll_once(&mut op).is_pending());
    std::thread::spawn(move || drop(op)).join().unwrap();
    yield_until(|| freed.load(Ordering::SeqCst)).await;
});

on_all!(a_shutdown_frees_what_is_in_flight, async {
    let (near, far) = pair();
    let (buffer, _freed) = watched();
    spawn(async move {
        let _far = far;
        recv(&near, buffer).await
    });
    // The runtime ends here. Its leaks are what the address sanitiser's run looks for; that it ends is seen here.
});

on_all!(a_connection_that_arrives_late_is_closed, async {
    let (listener, address) = listener();
    let mut op = accept(&listener);
    assert!(poll_once(&mut op).is_pending());
    let mut client = TcpStream::connect(address).unwrap();
    drop(op);
    drop(listener);
    // Accepted for nobody, or never accepted: either way the peer is told.
    let ended = spawn_blocking(move || client.read(&mut [0; 1])).await.unwrap();
    assert!(
        matches!(&ended, Ok(0)) || ended.as_ref().is_err_and(|e| e.kind() == ErrorKind::ConnectionReset),
        "{ended:?}"
    );
});

on_all!(a_source_that_is_waited_for_closes_when_it_is_dropped, async {
    let (near, mut far) = pair();
    let mut buffer = [0; 1];
    {
        let mut waiting = pin!(read(&near, &mut buffer));
        assert!(waiting.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    }
    drop(near);
    assert_eq!(spawn_blocking(move || far.read(&mut [0; 1])).await.unwrap().unwrap(), 0);
});

on_all!(a_source_dropped_on_another_thread_closes, async {
    let (near, mut far) = pair();
    let task = spawn(async move {
        let mut buffer = [0; 1];
        {
            let mut waiting = pin!(read(&near, &mut buffer));
            assert!(waiting.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        }
        near
    });
    let near = task.await.unwrap();
    std::thread::spawn(move || drop(near)).join().unwrap();
    assert_eq!(spawn_blocking(move || far.read(&mut [0; 1])).await.unwrap().unwrap(), 0);
});

on_all!(what_was_received_before_the_drop_is_lost_with_the_buffer_alone, async {
    let (near, mut far) = pair();
    far.write_all(b"first").unwrap();
    let (buffer, freed) = watched();
    let mut op = recv(&near, buffer);
    let first = poll_once(&mut op);
    drop((op, first));
    yield_until(|| freed.load(Ordering::SeqCst)).await;
    // The stream itself goes on.
    far.write_all(b"second").unwrap();
    let (received, buffer) = recv(&near, Vec::with_capacity(64)).await;
    received.unwrap();
    assert!(buffer.ends_with(b"second"), "{buffer:?}");
});
