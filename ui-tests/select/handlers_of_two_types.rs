async fn either() -> u32 {
    zokio::select! {
        value = async { 1_u32 } => value,
        text = async { "two" } => text,
    }
}

fn main() {
    drop(either());
}
