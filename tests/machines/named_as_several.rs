//! Macros of one's own, in a coroutine, that have the names of those which wait for several futures.

use super::states::{finish, once};

macro_rules! join {
    () => {};
    ($name:ident = $value:expr) => {
        let $name = $value;
    };
    ($list:ident) => {
        $list[0]
    };
    ($first:literal, $second:literal) => {
        $first + $second
    };
}

#[zokio::async_fn(machine = rustc)]
pub async fn anything(list: [u32; 2]) -> u32 {
    join!();
    join!(more = list[1]);
    let mut list = [join!(list); join!(1, 2)];
    once().await;
    join!(list) += more;
    list.iter().sum()
}

#[test]
fn what_is_named_alike_is_left_alone() {
    assert_eq!(finish(anything([1, 5])), 8);
}
