#![deny(deprecated)]

use std::cell::RefCell;
use std::sync::Arc;

#[zokio::async_fn]
async fn shared(cell: Arc<RefCell<Vec<u32>>>) -> usize {
    let vec = cell.borrow();
    std::future::ready(()).await;
    vec.len()
}

#[zokio::async_fn]
async fn mutable(cell: &RefCell<Vec<u32>>) {
    for number in cell.borrow_mut().iter_mut() {
        *number += std::future::ready(1).await;
    }
}

fn main() {
    drop((shared(Arc::default()), mutable(&RefCell::default())));
}
