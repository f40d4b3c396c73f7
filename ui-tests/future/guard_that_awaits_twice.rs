//! What a resumed guard would match again, and may match otherwise.

struct Request {
    body: Option<String>,
    size: u32,
}

async fn fits(size: u32) -> bool {
    size < 9
}

#[zokio::async_fn]
async fn alternatives(pair: (u32, u32)) -> u32 {
    match pair {
        (n, 0) | (0, n) if fits(n).await => n,
        _ => 0,
    }
}

#[zokio::async_fn]
async fn pattern(n: Option<u32>) -> u32 {
    match n {
        Some(n) if let true = fits(n).await => n,
        _ => 0,
    }
}

#[zokio::async_fn]
async fn field(request: Request) -> usize {
    match request.body {
        Some(body) if fits(request.size).await => body.len(),
        _ => 0,
    }
}

fn main() {}
