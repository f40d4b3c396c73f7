struct Named {
    name: String,
}

async fn number() -> u32 {
    5
}

#[zokio::async_fn]
async fn f() -> Named {
    Named { name: number().await }
}

fn main() {}
