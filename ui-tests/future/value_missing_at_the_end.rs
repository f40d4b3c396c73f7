async fn number() -> u32 {
    1
}

#[zokio::async_fn]
async fn with_a_semicolon() -> u32 {
    number().await;
}

#[zokio::async_fn]
async fn behind_a_return(early: bool) -> Option<u32> {
    if early {
        return None;
    }
    number().await;
}

fn main() {}
