fn two(_: u32, _: u32) -> u32 {
    2
}

#[zokio::async_fn]
async fn f() -> u32 {
    async {}.await;
    two(1)
}

fn main() {
    drop(f());
}
