//! `if`, `if let`, chains, `let .. else`, `&&`, `||`.

use crate::{Value, gives, later};

#[zokio::async_fn]
async fn either(number: u32) -> u32 {
    if later(number).await > 2 { later(1).await } else { number }
}

#[zokio::async_fn]
async fn several(number: u32) -> u32 {
    let value = Value::new(number);
    if number == 0 {
        later(10).await
    } else if later(number).await == 1 {
        value.finish()
    } else {
        later(value.look()).await + 5
    }
}

#[zokio::async_fn]
async fn if_let(value: Option<Value>) -> u32 {
    if let Some(value) = value {
        let number = later(value.number).await;
        number + value.finish()
    } else {
        later(7).await
    }
}

#[zokio::async_fn]
async fn if_let_awaited(number: u32) -> u32 {
    if let Some(less) = later(number).await.checked_sub(3) { later(less).await } else { 0 }
}

#[zokio::async_fn]
async fn chain(value: &Option<Value>, wanted: u32) -> u32 {
    if let Some(value) = value
        && value.number == wanted
    {
        later(value.number).await + value.look()
    } else {
        later(0).await
    }
}

#[zokio::async_fn]
async fn logic(number: u32) -> bool {
    let both = later(number).await > 1 && later(number).await < 5;
    both || later(number).await == 9
}

#[zokio::async_fn]
async fn moved_behind_and(value: Value, wanted: u32) -> u32 {
    if wanted > 2 && value.send().await > 2 {
        return later(1).await;
    }
    later(2).await
}

#[zokio::async_fn]
async fn let_else(number: Option<u32>) -> u32 {
    let Some(number) = number else {
        return later(99).await;
    };
    later(number).await
}

#[test]
fn conditions() {
    gives(either(3), &1);
    gives(either(2), &2);
    gives(several(0), &10);
    gives(several(1), &2);
    gives(several(4), &9);
    gives(if_let(Some(Value::new(4))), &9);
    gives(if_let(None), &7);
    gives(if_let_awaited(5), &2);
    gives(chain(&Some(Value::new(2)), 2), &4);
    gives(chain(&None, 2), &0);
    gives(logic(3), &true);
    gives(logic(9), &true);
    gives(logic(6), &false);
    gives(moved_behind_and(Value::new(3), 3), &1);
    gives(moved_behind_and(Value::new(3), 1), &2);
    gives(let_else(Some(4)), &4);
    gives(let_else(None), &99);
}
