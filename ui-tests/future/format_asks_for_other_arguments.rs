async fn number() -> u32 {
    1
}

#[zokio::async_fn]
async fn too_few() {
    println!("{} of {}", number().await);
}

#[zokio::async_fn]
async fn too_many() -> String {
    number().await;
    format!("{}", 1, 2)
}

fn main() {}
