async fn tell(number: u32) -> u32 {
    number
}

macro_rules! told {
    ($number:expr) => {
        tell($number).await
    };
}

#[zokio::async_fn]
async fn f(number: u32) -> u32 {
    let tell = number + 1;
    told!(tell)
}

fn main() {
    drop(f(1));
}
