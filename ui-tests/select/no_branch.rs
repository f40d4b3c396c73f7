async fn nothing() {
    zokio::select! {}
}

fn main() {
    drop(nothing());
}
