struct Server;

impl Server {
    #[zokio::runtime]
    async fn serve(&self) -> u8 {
        7
    }
}

fn main() {
    Server.serve();
}
