struct Connection;

async fn open() -> Connection {
    Connection
}

#[zokio::async_fn]
async fn called() {
    let connection = open().await;
    connection.shutdwn();
}

#[zokio::async_fn]
async fn awaited() -> usize {
    let connection = open().await;
    open().await;
    connection.flush(1).await
}

fn main() {}
