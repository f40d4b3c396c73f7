//! Buffers lent, given back here and elsewhere, and kept beyond their pool's end.

use super::*;

#[test]
fn a_buffer_comes_back_by_itself() {
    let pool = BufferPool::new(8, 4);
    let first = pool.take();
    let address = first.bytes().as_ptr();
    drop(first);
    let second = pool.take();
    assert_eq!((second.bytes().as_ptr(), second.len(), second.capacity()), (address, 0, 8));
    assert_eq!(pool.statistics(), Statistics { created: 1, reused: 1, outstanding: 1 });
}

#[test]
fn a_buffer_comes_back_from_another_thread() {
    let pool = BufferPool::new(8, 4);
    let buffers = [pool.take(), pool.take()];
    std::thread::spawn(move || drop(buffers)).join().unwrap();
    let _again = [pool.take(), pool.take()];
    assert_eq!(pool.statistics(), Statistics { created: 2, reused: 2, outstanding: 2 });
}

#[test]
fn no_more_are_kept_than_was_said() {
    let pool = BufferPool::new(8, 1);
    drop([pool.take(), pool.take(), pool.take()]);
    drop([pool.take(), pool.take()]);
    assert_eq!(pool.statistics(), Statistics { created: 4, reused: 1, outstanding: 0 });
}

#[test]
fn buffers_outlive_their_pool() {
    let pool = BufferPool::new(8, 4);
    let (mut here, mut there, gone) = (pool.take(), pool.take(), pool.take());
    std::thread::spawn(move || drop(gone)).join().unwrap();
    drop(pool);
    here.extend_from_slice(b"here");
    there.extend_from_slice(b"there");
    assert_eq!(&*here, b"here");
    drop(here);
    let length = std::thread::spawn(move || there.len()).join().unwrap();
    assert_eq!(length, 5);
}

#[test]
fn the_length_stays_within_the_capacity() {
    let mut buffer = BufferPool::new(4, 1).take();
    buffer.extend_from_slice(b"abc");
    buffer[1] = b'x';
    buffer.set_len(4);
    assert_eq!(&*buffer, b"axc\0");
    buffer.clear();
    assert!(buffer.is_empty());
}

#[test]
#[should_panic = "a length of 5 in a buffer of 4"]
fn a_length_beyond_the_capacity_panics() {
    BufferPool::new(4, 1).take().set_len(5);
}
