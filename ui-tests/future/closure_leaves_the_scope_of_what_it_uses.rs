//! A machine's closure has the address of what is no plain reference: it may not go where that is not, or another.

use std::cell::Cell;

struct Owner(Cell<u32>);

impl Owner {
    fn pair(&self) -> (&Cell<u32>, u32) {
        (&self.0, 1)
    }
}

async fn leaf() {}

#[zokio::async_fn]
async fn of_a_slice(numbers: &[Vec<u32>]) -> usize {
    let len = {
        let first = numbers[0].as_slice();
        leaf().await;
        || first.len()
    };
    leaf().await;
    len()
}

#[zokio::async_fn]
async fn of_a_field(owner: &Owner) -> u32 {
    let get = {
        let pair = owner.pair();
        leaf().await;
        || pair.0.get()
    };
    leaf().await;
    get()
}

#[zokio::async_fn]
async fn of_what_may_be_changed(one: &Owner, other: &Owner) -> u32 {
    let mut cell = one.pair().0;
    let get = || cell.get();
    leaf().await;
    cell = other.pair().0;
    get() + cell.get()
}

struct Named<'n> {
    name: &'n str,
}

impl<'n> Named<'n> {
    #[zokio::async_fn]
    async fn of_what_is_changed_through_itself(&mut self, other: &'n str) -> usize {
        let len = || self.name.len();
        leaf().await;
        self.name = other;
        len() + self.name.len()
    }
}

#[zokio::async_fn]
async fn of_a_reference_to_one(text: String) -> usize {
    let len = {
        let names = vec![text.as_str()];
        leaf().await;
        let first: &&str = &names[0];
        || first.len()
    };
    leaf().await;
    len()
}

#[zokio::async_fn]
async fn of_what_a_pattern_looks_into(numbers: Vec<u32>) -> u32 {
    let first = {
        let numbers = numbers.as_slice();
        leaf().await;
        || match numbers {
            [first, ..] => *first,
            [] => 0,
        }
    };
    leaf().await;
    first()
}

#[zokio::async_fn]
async fn of_a_reference(owner: &Owner) -> u32 {
    let get = {
        let cell = owner.pair().0;
        leaf().await;
        || cell.get()
    };
    leaf().await;
    get()
}

#[zokio::async_fn]
async fn of_a_box_that_is_moved(cell: Cell<u32>) -> u32 {
    let boxed = Box::new(&cell);
    leaf().await;
    let get = || boxed.get();
    drop(boxed);
    leaf().await;
    get()
}

fn sum(of: &[u32]) -> u32 {
    of.iter().sum()
}

#[zokio::async_fn]
async fn of_a_field_that_is_passed_on(one: Vec<u32>, other: Vec<u32>) -> u32 {
    let mut pair = (&one, 1);
    let get = || sum(pair.0);
    pair = (&other, 2);
    leaf().await;
    get() + pair.1
}

fn main() {}
