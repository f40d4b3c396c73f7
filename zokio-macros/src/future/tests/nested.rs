//! What stands within itself, again and again: the expansion grows with it, and does not double.

use quote::quote;

/// The expansion of a body of so many layers.
fn expanded(layer: &str, depth: usize) -> usize {
    let body = (0..depth).fold("leaf().await".to_owned(), |within, _| layer.replace('@', &within));
    let function = format!("async fn nested(a: A, mut b: B) -> u32 {{ {body} }}");
    let expansion = crate::future::async_fn(quote!(), function.parse().unwrap()).to_string();
    assert!(!expansion.contains("compile_error"), "{expansion}");
    expansion.len()
}

#[test]
fn each_layer_takes_as_much_as_the_one_before() {
    let layers = [
        "a.leaf().await + (@)",
        "(@) + a.leaf().await",
        "{ let x = value(); leaf(&x).await; @ }",
        "if a.leaf().await { @ } else { b.leaf().await }",
        "if let Some(x) = a.leaf().await { x.leaf(@) } else { b.leaf().await }",
        "match a.leaf().await { Some(x) if x.leaf().await => { x.leaf(@) } Some(y) => y, None => 1 }",
        "leaf(a.leaf(), @).await",
        "{ let x = a.leaf().await; x.leaf(@).await }",
        "loop { if a.leaf().await { break @ } }",
        "{ for x in a.leaf() { x.leaf().await; @; } 1 }",
        "{ while let Some(x) = a.leaf().await { x.leaf().await; @; } 1 }",
        "async { let x = a.leaf().await; @ }.await",
        "(|x: u32| x)(@)",
        "a.leaf(@)?.await?",
        "{ let Some(x) = a.leaf(@).await else { return b.leaf().await }; x }",
        "tokio::select! { x = a.leaf() => { x.leaf(@).await } y = b.leaf() => y }",
        "tokio::join!(a.leaf(), b.leaf(@)).0",
        "S { x: a.leaf().await, y: @ }.x",
        "a.leaf().await && (@)",
        "[a.leaf().await, @][0]",
        "{ let (x, y) = (a.leaf().await, @); x.leaf(y) }",
        "{ b = @; b }",
    ];
    for layer in layers {
        let [small, middle, large] = [2, 4, 6].map(|depth| expanded(layer, depth));
        let (first, second) = (middle - small, large - middle);
        // The types within which a slot's type stands are written at each layer: so it is more, but no power.
        assert!(second < 2 * first, "`{layer}`: {small} for 2, {middle} for 4, {large} for 6");
    }
}
