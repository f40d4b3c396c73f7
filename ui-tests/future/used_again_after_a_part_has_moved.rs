//! What was moved out of by a pattern is used again.

struct Value(u32);

async fn leaf(_: &Value) -> u32 {
    1
}

#[zokio::async_fn]
async fn an_option(option: Option<Value>) -> u32 {
    if let Some(value) = option {
        leaf(&value).await;
    }
    option.map_or(0, |value| value.0)
}

#[zokio::async_fn]
async fn a_tuple(pair: (Value, u32)) -> u32 {
    let (first, _) = pair;
    leaf(&first).await;
    let again = pair;
    again.1
}

fn main() {}
