//! `?` and early returns.

use zokio_tests::twin::{Failure, Outer, Script, Value};

bodies! {
    async fn question(t: Script) -> Result<u32, Failure> {
        let v = t.value(1);
        let n = t.carry(t.fallible(1)).await?;
        let m = t.carry(t.fallible(2)).await?;
        Ok(n + m + v.number)
    }
    async fn converted(t: Script) -> Result<u32, Outer> {
        let v = t.value(1);
        let n = t.fallible(1)?;
        t.leaf(n).await;
        let m = t.carry(t.fallible(2)).await?;
        if m > 9 { return Err(Outer(9)); }
        if t.coin() { Err(Failure(3))?; }
        Ok(n + v.finish())
    }
    async fn option(t: Script) -> Option<u32> {
        let v = t.value(1);
        let n = t.carry(if t.coin() { Some(3) } else { None }).await?;
        let m = t.fallible(n).ok()?;
        t.leaf(1).await;
        Some(n + m + v.number)
    }
    async fn in_an_operand(t: Script) -> Result<u32, Failure> {
        let n = t.leaf(t.fallible(1)?).await + t.carry(t.fallible(3)).await?;
        Ok(n)
    }
    async fn chained(t: Script) -> Result<u32, Outer> {
        Ok(t.carry(t.fallible(1)).await.map_err(|e| Outer(e.0))?.max(t.carry(t.fallible(5)).await?))
    }
    async fn in_a_loop(t: Script) -> Result<u32, Failure> {
        let mut values = Vec::new();
        for i in 0..4 {
            let v = t.value(i);
            let n = t.carry(t.fallible(i)).await?;
            values.push((v, n));
        }
        Ok(values.len() as u32)
    }
    async fn return_awaited(t: Script) -> Result<u32, Failure> {
        let v = t.value(1);
        if t.coin() { return t.carry(t.fallible(1)).await; }
        return Ok(t.leaf(2).await);
    }
    async fn boxed_error(t: Script) -> Result<u32, Box<dyn std::error::Error>> {
        let n: u32 = "12".parse()?;
        t.leaf(n).await;
        if t.coin() { return Err("no".into()); }
        let m: u32 = if t.coin() { "x" } else { "7" }.parse()?;
        t.leaf(m).await;
        Ok(n + m)
    }
    async fn boxed_where_it_returns(t: Script) -> Result<Box<dyn std::fmt::Debug>, Box<dyn std::error::Error>> {
        let v = t.value(1);
        if t.coin() { return Err(Box::new(std::fmt::Error)); }
        t.leaf(1).await;
        if t.coin() { return Ok(Box::new(v.look())); }
        if t.coin() { return Err(if t.coin() { return Ok(Box::new("no")) } else { Box::new(std::fmt::Error) }); }
        if t.coin() { return Err(match t.leaf(2).await { 2 => Box::new(std::fmt::Error), _ => "other".into() }); }
        Ok(Box::new(v))
    }
    async fn inner_async(t: Script) -> Result<u32, Failure> {
        let v = t.value(4);
        let inner = async { let n = t.fallible(1)?; t.leaf(n).await; Ok::<u32, Outer>(n + v.number) };
        match inner.await { Ok(n) => Ok(n), Err(outer) => Err(Failure(outer.0)) }
    }
}
