//! Functions of every kind.

use std::fmt::Display;
use std::pin::Pin;

use crate::{Value, gives, later};

/// Public, with documentation.
#[zokio::async_fn]
pub(crate) async fn documented(number: u32) -> u32 {
    later(number).await
}

#[zokio::async_fn]
async fn generic<T>(value: T) -> bool
where
    T: Clone + Display + PartialEq,
{
    let copy = value.clone();
    let _ = later(1).await;
    copy == value && !value.to_string().is_empty()
}

#[zokio::async_fn]
async fn implied(numbers: impl Iterator<Item = u32>) -> u32 {
    let mut sum = 0;
    for number in numbers {
        sum += later(number).await;
    }
    sum
}

#[zokio::async_fn]
async fn sized<const N: usize>(numbers: [u32; N]) -> u32 {
    let _ = later(1).await;
    numbers.iter().sum()
}

#[zokio::async_fn]
async fn elided(one: &Value, other: &mut Value) -> u32 {
    other.number += later(one.number).await;
    other.look()
}

#[zokio::async_fn]
async fn named<'a>(one: &'a Value, number: u32) -> &'a str {
    let _ = later(number).await;
    &one.text
}

#[zokio::async_fn]
async fn patterned((one, two): (u32, u32), Value { number, .. }: Value) -> u32 {
    later(one).await + later(two).await + number
}

#[zokio::async_fn]
async fn unused(_: u32, _number: u32) -> u32 {
    later(1).await
}

#[zokio::async_fn(machine = rustc)]
async fn native(number: u32) -> u32 {
    later(number).await + 1
}

#[zokio::async_fn(max_size = 512)]
async fn budgeted(number: u32) -> u32 {
    later(number).await + 2
}

#[zokio::async_fn]
#[must_use]
async fn attributed(number: u32) -> u32 {
    later(number).await
}

/// A trait with asynchronous methods.
trait Service {
    async fn call(&self, number: u32) -> u32;
    async fn change(&mut self, number: u32);
}

impl Service for Value {
    #[zokio::async_fn]
    async fn call(&self, number: u32) -> u32 {
        later(number).await + self.number
    }

    #[zokio::async_fn]
    async fn change(&mut self, number: u32) {
        self.number = later(number).await;
    }
}

/// Something that is pinned.
#[derive(Debug)]
struct Pinned(u32);

impl Pinned {
    #[zokio::async_fn]
    async fn read(self: Pin<&mut Self>) -> u32 {
        later(1).await + self.0
    }

    #[zokio::async_fn]
    async fn boxed(self: Box<Self>) -> u32 {
        later(2).await + self.0
    }
}

#[test]
fn signatures() {
    gives(documented(1), &1);
    gives(generic("a".to_owned()), &true);
    gives(implied(0..4), &6);
    gives(sized([1, 2, 3]), &6);
    gives(elided(&Value::new(1), &mut Value::new(2)), &3);
    gives(named(&Value::new(7), 1), &"7");
    gives(patterned((1, 2), Value::new(3)), &6);
    gives(unused(1, 2), &1);
    gives(native(1), &2);
    gives(budgeted(1), &3);
    gives(attributed(1), &1);
    gives(Value::new(2).call(1), &3);
    gives(Service::change(&mut Value::new(2), 3), &());
    gives(Pin::new(&mut Pinned(4)).read(), &5);
    gives(Box::new(Pinned(4)).boxed(), &6);
}

/// What is assigned to a field of `self` is seen by its destructor.
struct Closes {
    closed: bool,
    number: u32,
}
impl Drop for Closes {
    fn drop(&mut self) {
        assert!(self.closed);
    }
}
impl Closes {
    #[zokio::async_fn]
    async fn close(mut self) -> u32 {
        let number = later(self.number).await;
        self.closed = true;
        number
    }
}
#[test]
fn closes() {
    gives(Closes { closed: false, number: 3 }.close(), &3);
}
