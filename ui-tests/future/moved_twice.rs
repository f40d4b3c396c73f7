async fn leaf() -> u32 {
    1
}

#[zokio::async_fn]
async fn one_after_the_other() -> usize {
    let name = String::from("name");
    leaf().await;
    drop(name);
    leaf().await;
    name.len()
}

#[zokio::async_fn]
async fn in_a_loop() {
    let name = String::from("name");
    loop {
        leaf().await;
        drop(name);
    }
}

fn main() {}
