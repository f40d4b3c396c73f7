use std::rc::Rc;

#[zokio::async_fn]
async fn f() -> u32 {
    let n = Rc::new(3);
    async {}.await;
    *n
}

fn main() {
    zokio::spawn(f());
}
