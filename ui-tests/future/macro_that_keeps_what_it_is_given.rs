#[macro_use]
#[path = "unknown/mod.rs"]
#[allow(unused_macros)]
mod unknown;

async fn leaf() -> u32 {
    1
}

#[zokio::async_fn]
async fn f() -> u32 {
    let closure = {
        let number = leaf().await;
        leaf().await;
        later!(number)
    };
    leaf().await;
    closure();
    1
}

#[zokio::async_fn]
async fn within_another() -> u32 {
    let closure = {
        let number = leaf().await;
        leaf().await;
        later!(format!("{number}"))
    };
    leaf().await;
    closure();
    1
}

#[zokio::async_fn]
async fn in_the_same_poll() -> u32 {
    let closure = {
        let number = leaf().await;
        leaf().await;
        later!(number)
    };
    closure();
    1
}

fn main() {}
