//! A `let` whose value is made by what awaits, and refers to a temporary within.

async fn ready(n: u32) -> u32 {
    n
}

#[zokio::async_fn]
async fn branches(many: bool) -> usize {
    let (text, n) = if many { (&String::from("many"), ready(2).await) } else { (&String::new(), 1) };
    ready(1).await;
    text.len() + n as usize
}

#[zokio::async_fn]
async fn block() -> usize {
    let (text, n) = {
        let n = ready(1).await;
        (&n.to_string(), n)
    };
    ready(1).await;
    text.len() + n as usize
}

fn main() {
    drop((branches(true), block()));
}
