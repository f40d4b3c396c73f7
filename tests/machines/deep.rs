//! Futures within futures, as deep as rustc goes with its own: at the recursion limit that crates have who say nothing of it.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// Functions of which each awaits the one before it.
macro_rules! layers {
    ($first:ident $second:ident $($rest:ident)*) => {
        #[zokio::async_fn]
        async fn $second(depth: u32) -> String {
            let mut text = depth.to_string();
            text += &$first(depth + 1).await;
            text
        }
        layers!($second $($rest)*);
    };
    ($last:ident) => {
        async fn outermost() -> String {
            $last(0).await
        }
    };
}

async fn f0(depth: u32) -> String {
    format!("{depth}!")
}

layers! {
    f0 f1 f2 f3 f4 f5 f6 f7 f8 f9 f10 f11 f12 f13 f14 f15
    f16 f17 f18 f19 f20 f21 f22 f23 f24 f25 f26 f27 f28 f29 f30 f31
    f32 f33 f34 f35 f36 f37 f38 f39 f40 f41 f42 f43 f44 f45 f46 f47
    f48 f49 f50 f51 f52 f53 f54 f55 f56 f57 f58 f59 f60 f61 f62 f63
}

#[test]
fn sixty_four_layers_compile() {
    let mut machine = pin!(outermost());
    let answer = machine.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    let counted: String = (0..64).map(|depth| depth.to_string()).collect();
    assert_eq!(answer, Poll::Ready(counted + "!"));
}
