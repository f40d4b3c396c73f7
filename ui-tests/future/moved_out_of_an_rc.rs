async fn tick() {}

#[zokio::async_fn]
async fn f(shared: std::rc::Rc<String>) -> String {
    tick().await;
    *shared
}

fn main() {}
