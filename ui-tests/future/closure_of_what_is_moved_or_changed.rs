//! What a machine's closure has the address of may not be moved or changed while it has it, though natively it holds what is behind that.

use std::cell::RefCell;

async fn leaf() {}

struct Named<'n> {
    name: &'n str,
    size: usize,
}

trait Consume: Sized {
    fn consume(self) {}
}

impl Consume for Box<&Named<'_>> {}
impl Consume for Box<&str> {}

fn itself<T>(it: T) -> T {
    it
}

#[zokio::async_fn]
async fn changed_behind_a_reference<'n>(named: &mut Named<'n>, other: &'n str) -> usize {
    let named = itself(named);
    let len = || (*named).name.len();
    leaf().await;
    (*named).name = other;
    len()
}

#[zokio::async_fn]
async fn moved_by_a_method(text: &str) -> usize {
    let boxed = Box::new(text);
    let len = || boxed.len();
    boxed.consume();
    leaf().await;
    len()
}

#[zokio::async_fn]
async fn moved_while_its_fields_are_used(named: &Named<'_>) -> usize {
    let boxed = Box::new(named);
    let size = || boxed.size;
    drop(boxed);
    leaf().await;
    size()
}

#[zokio::async_fn]
async fn moved_by_a_method_while_its_fields_are_used(named: &Named<'_>) -> usize {
    let boxed = Box::new(named);
    let size = || boxed.size;
    boxed.consume();
    leaf().await;
    size()
}

#[zokio::async_fn]
async fn used_by_the_closure_of_a_guard<'c>(kept: &RefCell<Vec<Box<dyn Fn() -> usize + 'c>>>, names: &'c [Vec<u8>]) -> usize {
    match names.first() {
        Some(first) if { kept.borrow_mut().push(Box::new(|| first.len())); leaf().await; true } => 1,
        _ => 0,
    }
}

#[zokio::async_fn]
async fn used_by_a_closure_in_a_guard<'c>(kept: &RefCell<Vec<Box<dyn Fn() -> usize + 'c>>>, names: &'c [Vec<u8>]) {
    {
        let first = names[0].as_slice();
        leaf().await;
        match names.len() {
            1 if { kept.borrow_mut().push(Box::new(|| first.len())); true } => {}
            _ => {}
        }
    }
    leaf().await;
}

fn main() {}
