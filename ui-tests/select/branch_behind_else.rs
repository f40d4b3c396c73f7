async fn late() -> u32 {
    zokio::select! {
        value = async { 1 } => value,
        else => 2,
        value = async { 3 } => value,
    }
}

fn main() {
    drop(late());
}
