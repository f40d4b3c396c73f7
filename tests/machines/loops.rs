//! Loops.

use zokio_tests::twin::{Failure, Outer, Script, Value};

bodies! {
    async fn endless(t: Script) -> u32 {
        let mut n = 0;
        loop {
            n += t.leaf(n).await;
            if n > 6 { break n; }
            n += 1;
        }
    }
    async fn with_while(t: Script) -> u32 {
        let (mut i, mut sum) = (0, 0);
        while i < 4 {
            let v = t.value(i);
            sum += t.leaf(i).await + v.number;
            i += 1;
        }
        sum
    }
    async fn condition_awaits(t: Script) -> u32 {
        let mut n = 0;
        while t.leaf(n).await < 3 { n += 1; }
        n
    }
    async fn both_await(t: Script) -> u32 {
        let mut n = 0;
        while t.leaf(n).await < 3 { let v = t.value(n); n += 1; t.leaf(n).await; }
        n
    }
    async fn while_let(t: Script) -> u32 {
        let mut v = vec![t.value(1), t.value(2), t.value(3)];
        let mut sum = 0;
        while let Some(x) = v.pop() {
            t.leaf(x.number).await;
            if t.coin() { continue; }
            sum += x.number;
        }
        sum
    }
    async fn while_let_awaits(t: Script) -> u32 {
        let mut sum = 0;
        while let Ok(x) = t.carry(t.fallible(3)).await { sum += x; if sum > 20 { break } }
        sum
    }
    async fn for_values(t: Script) -> u32 {
        let mut sum = 0;
        for v in vec![t.value(1), t.value(2), t.value(3)] {
            sum += t.leaf(v.number).await;
            if sum > 4 { break; }
        }
        sum
    }
    async fn for_references(t: Script) -> u32 {
        let values = [t.value(1), t.value(2)];
        let mut sum = 0;
        for v in &values { sum += t.leaf(v.number).await + v.look(); }
        for (i, v) in values.iter().enumerate() { t.leaf(i as u32).await; sum += v.number; }
        sum
    }
    async fn for_mutable(t: Script) -> u32 {
        let mut values = vec![t.value(1), t.value(2)];
        for v in values.iter_mut() { v.wait().await; v.change(2); }
        values.into_iter().map(|v| v.number).sum()
    }
    async fn for_awaited(t: Script) -> u32 {
        let mut sum = 0;
        for v in t.carry(vec![t.value(1), t.value(2)]).await { sum += v.number; }
        sum
    }
    async fn for_with_a_temporary(t: Script) -> u32 {
        let cell = std::cell::RefCell::new(vec![1, 2, 3]);
        let mut sum = 0;
        for n in cell.borrow().iter() { sum += t.leaf(*n).await; }
        cell.borrow_mut().push(sum);
        cell.borrow().len() as u32 + sum
    }
    async fn ranges(t: Script) -> u32 {
        let mut sum = 0;
        for i in 0..3 { for j in (i..3).rev() { sum += t.leaf(i * j).await; } }
        sum
    }
    async fn labels(t: Script) -> u32 {
        let mut n = 0;
        'outer: loop {
            let v = t.value(n);
            for i in 0..4 {
                let w = t.value(10 + i);
                t.leaf(i).await;
                n += 1;
                if t.dice(5) == 0 { break 'outer; }
                if t.dice(5) == 1 { continue 'outer; }
                if n > 12 { break 'outer; }
            }
            n += v.number;
            if n > 12 { break; }
        }
        n
    }
    async fn moved_in_a_loop(t: Script) -> u32 {
        let mut v = t.value(1);
        for i in 0..3 {
            v = t.carry(v).await.with(i);
        }
        v.finish()
    }
    async fn maybe_moved(t: Script) -> u32 {
        let v = t.value(1);
        let mut kept = None;
        t.leaf(0).await;
        if t.coin() { kept = Some(v); }
        t.leaf(1).await;
        kept.map_or(0, |v| v.number)
    }
    async fn maybe_moved_in_a_loop(t: Script) -> u32 {
        let mut v = Some(t.value(1));
        let mut sum = 0;
        loop {
            let w = t.value(2);
            t.leaf(1).await;
            if t.coin() { drop(w); }
            t.leaf(2).await;
            if let Some(v) = v.take() { sum += t.carry(v).await.number; } else { break; }
        }
        sum
    }
    async fn break_with_a_value(t: Script) -> u32 {
        let v = t.value(3);
        let r = loop {
            let w = t.value(4);
            if t.coin() { break w; }
            t.leaf(1).await;
            if t.coin() { break v; }
        };
        t.leaf(2).await;
        r.number
    }
}
