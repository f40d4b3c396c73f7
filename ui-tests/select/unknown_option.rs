async fn fair() -> u32 {
    zokio::select! {
        fair;
        value = async { 1 } => value,
    }
}

fn main() {
    drop(fair());
}
