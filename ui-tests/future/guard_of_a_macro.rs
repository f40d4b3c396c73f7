//! The macro is another crate's, as far as the attribute can see.

mod scopeguard {
    macro_rules! defer {
        ($($done:tt)*) => {
            let _guard = move || { $($done)* };
        };
    }

    pub(crate) use defer;
}

#[zokio::async_fn]
async fn pause() {}

#[zokio::async_fn]
async fn cleaned() {
    scopeguard::defer! {
        println!("over");
    }
    pause().await;
}

fn main() {
    drop(cleaned());
}
