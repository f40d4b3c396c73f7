//! Calls and macros that consume, diverge or return.

use std::future::Future;

use zokio_tests::twin::{Failure, Script, Value};
use zokio_tests::{attempt, bail, ensure, first, or_break, or_continue, or_return, some_or, stream};

fn named(f: impl FnOnce(u32) -> u32, n: u32) -> u32 {
    f(n)
}
async fn again<F: FnMut() -> Fut, Fut: Future<Output = u32>>(mut f: F) -> u32 {
    f().await + f().await
}

/// Behind which something is called.
struct Behind<'b, F>(&'b mut F);

impl<F> std::ops::Deref for Behind<'_, F> {
    type Target = F;
    fn deref(&self) -> &F {
        self.0
    }
}

impl<F> std::ops::DerefMut for Behind<'_, F> {
    fn deref_mut(&mut self) -> &mut F {
        self.0
    }
}

bodies! {
    async fn what_is_behind_a_guard_is_called_and_changes(t: Script) -> u32 {
        let mut sum = 0;
        let mut add = |n: u32| { sum += n; sum };
        let mut behind = Behind(&mut add);
        t.leaf(1).await;
        behind(2);
        t.leaf(2).await;
        behind(3)
    }
    async fn what_is_behind_a_guard_is_called_and_awaited(t: Script) -> u32 {
        let other = t.clone();
        let mut add = move |n: u32| other.leaf(n);
        let mut behind = Behind(&mut add);
        t.leaf(1).await;
        let n = behind(2).await;
        behind(n).await
    }
}

bodies! {
    async fn awaits_and_returns_in_a_macro(t: Script) -> Result<u32, Failure> {
        let v = t.value(1);
        let mut u = t.clone();
        let u: &mut Script = &mut u;
        let n = attempt!({ t.leaf(1).await; t.fallible(5) }, u);
        u.step("between");
        let m = attempt!({ t.leaf(2).await; t.fallible(6) }, u) + v.look();
        t.leaf(3).await;
        Ok(n + m + v.finish())
    }
    async fn awaits_and_continues_in_a_macro(t: Script) -> u32 {
        let mut sum = 0;
        for n in 1..4 {
            let v = t.value(n);
            let m = or_continue!({ t.leaf(n).await; t.fallible(n) });
            sum += m + v.look();
            t.leaf(10 + m).await;
        }
        loop {
            let v = t.value(5);
            or_continue!({ t.leaf(v.number).await; t.fallible(8) });
            if sum > 3 {
                return sum;
            }
            sum += 2;
        }
    }
    async fn awaits_and_breaks_in_a_macro(t: Script) -> u32 {
        let mut n = 0;
        while n < 3 {
            let v = t.value(n);
            n += 1;
            or_break!({ t.leaf(n).await; t.fallible(v.number) });
            t.leaf(4).await;
        }
        let found = loop {
            n += 1;
            if n > 5 {
                break n;
            }
            or_continue!({ t.leaf(n).await; t.fallible(9) });
        };
        n + found
    }
    async fn awaits_and_returns_nothing_in_a_macro(t: Script) -> () {
        let v = t.value(1);
        or_return!({ t.leaf(1).await; t.coin() });
        t.leaf(2).await;
        or_return!(t.leaf(3).await == 2);
        drop(v);
    }
    async fn function_called_once(t: Script, f: Box<dyn FnOnce(u32) -> u32> = { let v = t.value(5); Box::new(move |n| n + v.finish()) }) -> u32 {
        let n = t.leaf(1).await;
        let n = f(n);
        t.leaf(2).await;
        n
    }
    async fn moved_out_of_a_box(t: Script, b: Box<Value> = Box::new(t.value(5))) -> u32 {
        t.leaf(1).await;
        let v = *b;
        t.leaf(2).await;
        v.finish()
    }
    async fn copied_out_of_a_guard(t: Script) -> u32 {
        let shared = std::rc::Rc::new(7);
        let reference = &*shared;
        t.leaf(1).await;
        let n = *reference;
        t.leaf(2).await;
        let m = *shared;
        t.leaf(3).await;
        n + m
    }
    async fn returns_in_a_macro(t: Script) -> Result<u32, Failure> {
        let v = t.value(1);
        t.leaf(1).await;
        if t.coin() {
            bail!(Failure(7));
        }
        t.leaf(2).await;
        ensure!(v.look() > 0, Failure(8));
        let n = match t.dice(3) {
            0 => t.leaf(3).await,
            1 => bail!(Failure(v.finish())),
            n => n,
        };
        t.leaf(4).await;
        Ok(n)
    }
    async fn block_in_a_closure(t: Script) -> u32 {
        let v = t.value(1);
        let n = again(|| async { t.leaf(1).await + v.look() }).await;
        t.leaf(2).await;
        n
    }
    async fn closure_that_consumes_by_a_pattern(t: Script) -> u32 {
        let v = Some(t.value(1));
        let n = t.leaf(1).await;
        let n = Some(n).map(|n| if let Some(v) = v { n + v.finish() } else { n });
        t.leaf(2).await;
        n.unwrap()
    }
    async fn patterns_without_names(t: Script) -> u32 {
        let n = Some(t.dice(4));
        t.leaf(1).await;
        if let Some(1) | Some(2) = n {
            t.leaf(2).await
        } else {
            t.leaf(3).await
        }
    }
}

bodies! {
    async fn macro_of_ones_own(t: Script) -> u32 {
        let (a, b) = (t.value(1), t.value(2));
        t.leaf(1).await;
        let n = first!(a; b).look();
        t.leaf(2).await;
        n + b.look()
    }
    async fn macro_with_a_body(t: Script) -> u32 {
        let v = t.value(1);
        let n = t.dice(3);
        t.leaf(1).await;
        let body = Box::pin(stream! {
            let text = format!("{n}");
            t.leaf(2).await + v.look() + text.len() as u32
        });
        body.await
    }
}

struct Cell(Value, u32);

bodies! {
    async fn assigned_in_a_tuple(t: Script) -> u32 {
        let a: Value;
        let mut b = t.value(2);
        let mut cell = Cell(t.value(3), 4);
        (a, b, _) = t.carry((t.value(5), t.value(6), t.value(7))).await;
        t.leaf(1).await;
        (cell.0, cell.1) = (a, t.leaf(2).await);
        [cell.1, ..] = [t.leaf(3).await, 2, 3];
        Cell(cell.0, cell.1) = Cell(t.value(8), 3);
        t.leaf(4).await;
        b.look() + cell.1
    }
    async fn scrutinee_borrowed_and_moved(t: Script) -> u32 {
        let n = match t.carry(if t.coin() { Ok(t.value(1)) } else { Err(t.value(2)) }).await {
            Ok(v) => v.finish() + t.leaf(1).await,
            Err(ref e) if e.look() > 2 => e.look() + t.leaf(2).await,
            Err(e) => { t.leaf(3).await; e.finish() }
        };
        t.leaf(4).await;
        n
    }
    async fn assigned_behind_an_await(t: Script) -> u32 {
        let mut cell = Cell(t.value(1), 2);
        let new = t.value(3);
        t.carry(&mut cell).await.0 = new;
        t.leaf(1).await;
        t.carry(&mut cell).await.1 = t.leaf(2).await;
        t.leaf(3).await;
        cell.0.look() + cell.1
    }
    async fn part_behind_a_reference(t: Script) -> u32 {
        let cell = std::rc::Rc::new(Cell(t.value(1), 2));
        t.leaf(1).await;
        let n = cell.0.look();
        t.leaf(2).await;
        n
    }
}

bodies! {
    async fn macro_that_may_return(t: Script) -> u32 {
        let v = t.value(1);
        t.leaf(1).await;
        let n = some_or!(t.coin().then(|| v.look()), t.value(2).number);
        t.leaf(2).await;
        some_or!(t.coin().then_some(()), 7);
        t.leaf(3).await;
        n + v.look()
    }
}

bodies! {
    async fn moved_before_what_never_returns(t: Script) -> u32 {
        let (v, w) = (t.value(1), t.value(2));
        let n = t.leaf(1).await;
        if t.coin() {
            v.finish();
            std::panic::resume_unwind(Box::new(n));
        }
        let m = match t.fallible(n) {
            Ok(m) => m,
            Err(failure) => { drop(w); std::panic::panic_any(failure.0) }
        };
        t.leaf(2).await;
        m + v.finish() + w.look()
    }
}

fn finishes(value: Value) -> impl FnOnce(u32) -> u32 {
    move |n| value.finish() + n
}
fn looks(value: Value) -> impl Fn(u32) -> u32 {
    move |n| value.look() + n
}
fn counts(value: Value) -> impl FnMut(u32) -> u32 {
    let mut count = 0;
    move |n| {
        count += n;
        count + value.look()
    }
}

bodies! {
    async fn called_once(t: Script) -> u32 {
        let mut all: Vec<Box<dyn FnOnce(u32) -> u32>> = vec![Box::new(finishes(t.value(1))), Box::new(looks(t.value(2)))];
        let mut sum = 0;
        while let Some(f) = all.pop() {
            let n = t.leaf(sum).await;
            if t.coin() { sum += f(n + 1); t.leaf(3).await; }
        }
        sum
    }
    async fn called_last_but_not_moved(t: Script) -> u32 {
        let (looks, mut counts) = (looks(t.value(1)), Box::new(counts(t.value(2))));
        let n = t.leaf(1).await;
        let x = t.value(3);
        let m = looks(n) + counts(2);
        t.leaf(4).await;
        m + x.look()
    }
    async fn called_by_a_fields_name(t: Script) -> u32 {
        let calls = (finishes(t.value(1)), t.value(2), looks(t.value(3)));
        let n = t.leaf(1).await;
        let w = t.value(4);
        let m = (calls.0)(n) + (calls.2)(n);
        t.leaf(m).await;
        n + calls.1.look()
    }
    async fn called_and_awaited(t: Script, once: impl AsyncFnOnce(u32) -> u32 = { let (s, v) = (t.clone(), t.value(1)); async move |n: u32| { let v = v; s.leaf(n).await + v.look() } }) -> u32 {
        let n = t.leaf(2).await;
        let v = t.value(3);
        once(n).await + v.look()
    }
    async fn a_closure_that_makes_futures(t: Script) -> u32 {
        async fn each<F: Fn(u32) -> R, R: Future<Output = u32>>(f: F, n: u32) -> u32 { f(n).await + f(n + 1).await }
        struct Asks(Script);
        impl Asks { async fn each<F: Fn(u32) -> R, R: Future<Output = u32>>(self, f: F) -> u32 { each(f, self.0.leaf(1).await).await } }
        let (s, more) = (t.clone(), t.leaf(2).await);
        let asks = Asks(t.clone());
        asks.each(|n| { let s = s.clone(); async move { s.leaf(n + more).await } }).await + each(|n| { let s = &s; async move { s.leaf(n).await } }, more).await
    }
}

bodies! {
    async fn called_once_when_its_argument_is_there(t: Script, f: impl FnOnce(u32) -> u32 = finishes(t.value(1))) -> u32 {
        let n = f(t.leaf(2).await);
        n + t.leaf(3).await
    }
    async fn a_box_called_once_when_its_argument_is_there(t: Script) -> u32 {
        let f: Box<dyn FnOnce(u32) -> u32> = Box::new(finishes(t.value(1)));
        let n = f(t.leaf(2).await + t.leaf(1).await);
        n + t.leaf(3).await
    }
    async fn called_behind_a_pointer(t: Script) -> u32 {
        let f: std::rc::Rc<dyn Fn(u32) -> u32> = std::rc::Rc::new(looks(t.value(1)));
        let n = f(t.leaf(2).await);
        let v = t.value(3);
        t.leaf(n).await + v.look()
    }
    async fn a_fields_function_called_once(t: Script, all: (Box<dyn FnOnce(u32) -> u32>, Value) = { let all: (Box<dyn FnOnce(u32) -> u32>, Value) = (Box::new(finishes(t.value(1))), t.value(2)); all }) -> u32 {
        let n = (all.0)(t.leaf(2).await);
        n + t.leaf(3).await + all.1.look()
    }
}
