trait Service {
    #[zokio::runtime]
    async fn serve();
}

fn main() {}
