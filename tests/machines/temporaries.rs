//! Temporaries that live until the end of their statement.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use zokio_tests::twin::{Failure, Leaf, Outer, Script, Value};

fn borrow<'a>(t: &Script, v: &'a mut Value) -> Leaf<'a> {
    let t = t.clone();
    t.borrowing(v.number, &mut v.number)
}
fn forget(t: &Script, v: &Value) -> Leaf<'static> {
    t.leaf(v.number)
}

/// What takes a slice of trait objects, as the clients of databases do.
fn query<'a>(t: &'a Script, text: &'a str, parameters: &'a [&'a (dyn Looked + Sync)]) -> Query<'a> {
    Query { leaf: t.leaf(text.len() as u32), parameters }
}
/// What has been looked at.
struct All {
    sum: u32,
}
impl All {
    fn look(&mut self, at: &[Box<dyn Looked>]) {
        self.sum += at.iter().map(|one| one.looked()).sum::<u32>();
    }
    fn maybe(&mut self, at: &Option<Box<dyn Looked>>) {
        self.sum += at.as_ref().map_or(0, |one| one.looked());
    }
    fn each(&mut self, by: &mut dyn FnMut(u32) -> u32) {
        self.sum = by(self.sum);
    }
}

async fn long(t: &Script, v: &Value) -> Option<u32> {
    let n = t.leaf(v.look()).await;
    t.coin().then_some(n)
}

/// Gives what it has.
struct Owned(Value);
impl Owned {
    fn get(&self) -> &Value {
        &self.0
    }
    fn some(&self) -> Option<&Value> {
        Some(&self.0)
    }
}

/// Looks at a value when it is dropped.
struct Lender<'a> {
    of: &'a Value,
    text: String,
}
impl Lender<'_> {
    fn text(&self) -> &str {
        &self.text
    }
}
impl Drop for Lender<'_> {
    fn drop(&mut self) {
        self.of.look();
    }
}
fn lender(of: &Value) -> Lender<'_> {
    Lender { of, text: of.number.to_string() }
}

trait Looked {
    fn looked(&self) -> u32;
}
impl Looked for u32 {
    fn looked(&self) -> u32 {
        *self
    }
}
impl Looked for &str {
    fn looked(&self) -> u32 {
        self.len() as u32
    }
}
impl Looked for String {
    fn looked(&self) -> u32 {
        self.len() as u32
    }
}
/// It looks at its parameters behind every await.
struct Query<'a> {
    leaf: Leaf<'static>,
    parameters: &'a [&'a (dyn Looked + Sync)],
}
impl Future for Query<'_> {
    type Output = u32;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<u32> {
        let sum: u32 = self.parameters.iter().map(|parameter| parameter.looked()).sum();
        Pin::new(&mut self.leaf).poll(cx).map(|number| number + sum)
    }
}
async fn total(t: &Script, numbers: &[&u32; 2]) -> u32 {
    t.leaf(*numbers[0]).await + *numbers[1]
}

bodies! {
    async fn of_a_match_among_operands(t: Script) -> u32 {
        let n = match long(&t, &t.value(1)).await { Some(n) => n, None => 0 } + t.leaf(2).await;
        t.leaf(n).await;
        let (m, k) = (if let Some(n) = long(&t, &t.value(3)).await { n } else { t.coin().into() }, t.leaf(4).await);
        t.leaf(m + k).await;
        let text = match long(&t, &t.value(5)).await { Some(n) => n.to_string(), None => return n };
        t.leaf(1).await;
        let seen = match Owned(t.carry(t.value(6)).await).get() {
            v if v.number > 9 => { t.leaf(1).await; v }
            v => { t.leaf(2).await; v }
        }.look() + t.leaf(7).await;
        if let Some(v) = Owned(t.carry(t.value(8)).await).some() && Owned(t.value(9)).get().look() > 3 {
            t.leaf(v.look()).await;
        }
        text.len() as u32 + seen
    }
    async fn of_what_is_matched_or_else_awaits(t: Script) -> u32 {
        let [first, second] = &[3, 4].map(|n| t.value(n))[..] else {
            t.leaf(1).await;
            return 0;
        };
        t.leaf(first.look() + second.look()).await;
        let Some(ref v) = t.carry(Some(t.value(5))).await else {
            t.leaf(2).await;
            return 1;
        };
        let (w, ref n) = (&t.value(6), t.leaf(3).await);
        t.leaf(v.look()).await;
        w.number + n
    }
    async fn of_what_a_variant_holds(t: Script) -> u32 {
        let some = Some(&t.value(1));
        t.leaf(2).await;
        let (pair, other) = (Ok::<_, u32>((&t.carry(t.value(3)).await, 4)), t.leaf(5).await);
        t.leaf(other).await;
        some.map_or(0, Value::look) + pair.map_or(0, |(v, n)| v.look() + n)
    }
    async fn objects(t: Script) -> u32 {
        let (number, name) = (t.leaf(1).await, String::from("name"));
        let n = query(&t, "one", &[&number, &name, &name.as_str(), &7_u32, &"text"]).await;
        n + query(&t, "other", &[&name.to_uppercase(), &n]).await + query(&t, "none", &[]).await
    }
    async fn array(t: Script) -> u32 { let n = t.leaf(1).await; total(&t, &[&n, &(n + 1)]).await }
    async fn borrowed_operand(t: Script) -> u32 { borrow(&t, &mut t.value(1)).await }
    async fn forgotten_operand(t: Script) -> u32 { let n = forget(&t, &t.value(1)).await; t.leaf(2).await; n }
    async fn receiver_borrowed(t: Script) -> u32 { let n = t.value(1).wait().await; t.leaf(2).await; n }
    async fn receiver_forgotten(t: Script) -> u32 { t.value(1).detached().await; t.leaf(2).await }
    async fn receiver_consumed(t: Script) -> u32 { t.value(1).send().await; t.leaf(2).await }
    async fn builder(t: Script) -> u32 { t.value(1).with(2).with(3).send().await + t.leaf(1).await }
    async fn builder_borrowed_at_the_end(t: Script) -> u32 { t.value(1).with(2).wait().await }
    async fn changed_in_a_chain(t: Script) -> u32 { t.value(1).change(2).change(3).wait().await }
    async fn guard(t: Script) -> u32 {
        let cell = RefCell::new(t.value(1));
        let n = cell.borrow_mut().wait().await;
        cell.borrow().look();
        n
    }
    async fn awaited_receiver(t: Script) -> u32 {
        let n = t.carry(t.value(1)).await.wait().await;
        t.leaf(1).await;
        n
    }
    async fn awaited_then_read(t: Script) -> u32 {
        let n = t.carry(t.value(1)).await.look() + 1;
        t.leaf(1).await;
        n
    }
    async fn awaited_then_consumed(t: Script) -> u32 { t.carry(t.value(1)).await.finish() + 1 }
    async fn extended(t: Script) -> u32 {
        let v = &mut t.value(1);
        t.leaf(1).await;
        v.change(1);
        let w = &t.carry(t.value(5)).await;
        t.leaf(2).await;
        v.number + w.number
    }
    async fn extended_in_a_tuple(t: Script) -> u32 {
        let (a, b) = (&t.value(1), 3);
        t.leaf(1).await;
        a.number + b
    }
    async fn in_a_statement(t: Script) -> () {
        forget(&t, &t.value(1)).await;
        borrow(&t, &mut t.value(2)).await;
        t.leaf(3).await;
    }
    async fn in_a_tail(t: Script) -> u32 {
        let v = t.value(9);
        forget(&t, &t.value(1)).await + v.number
    }
    async fn in_a_scrutinee(t: Script) -> u32 {
        match t.value(1).look() { 1 => t.leaf(1).await, n => n }
    }
    async fn borrowed_in_a_scrutinee(t: Script) -> u32 {
        match Some(t.value(1)).as_ref() { Some(v) => { t.leaf(1).await; v.look() } None => 3 }
    }
    async fn guard_in_a_scrutinee(t: Script) -> u32 {
        let cell = RefCell::new(Some(t.value(1)));
        match cell.borrow_mut().as_mut() { Some(v) => { v.wait().await; } None => {} }
        cell.into_inner().unwrap().number
    }
    async fn held_and_an_operand(t: Script) -> u32 {
        fn f(a: &Value, b: u32, c: &Value) -> u32 { a.number + b + c.number }
        let n = f(&t.value(1), t.leaf(2).await, &t.value(3));
        t.leaf(4).await;
        n
    }
    async fn awaited_and_borrowed_in_an_operand(t: Script) -> u32 {
        fn f(a: Value, b: &Value) -> u32 { a.number + b.number }
        let v = t.value(9);
        let n = f(t.value(1), &t.carry(t.value(2)).await) + v.finish();
        t.leaf(4).await;
        n
    }
    async fn borrowed_behind_an_awaited_operand(t: Script) -> u32 {
        fn f(a: Value, b: u32, c: &Value) -> u32 { a.number + b + c.number }
        let v = t.value(9);
        let n = f(t.value(1), t.leaf(2).await, &t.value(3)) + v.finish();
        t.leaf(4).await;
        n
    }
    async fn closure_argument(t: Script) -> Option<u32> {
        let n = t.leaf(1).await;
        let x = Some(t.value(2)).map(|v| v.number + n);
        t.leaf(2).await;
        x
    }
    async fn dereferenced(t: Script) -> u32 {
        let cell = RefCell::new(5);
        let n = t.leaf(*cell.borrow()).await;
        *cell.borrow_mut() += n;
        let m = *cell.borrow() + t.leaf(1).await;
        m
    }
    async fn indexed(t: Script) -> u32 {
        let v = vec![3, 4, 5];
        let i = t.leaf(1).await as usize;
        let n = t.leaf(v[i]).await + v[t.leaf(2).await as usize];
        n
    }
}

bodies! {
    async fn extended_in_branches(t: Script) -> u32 {
        let seen = match t.dice(3) {
            0 => &t.value(1),
            1 => { t.step("one"); &t.value(2) }
            _ => if t.coin() { &t.value(3) } else { &t.value(4) },
        };
        let (n, other) = if t.coin() { (1, &t.value(5)) } else { (2, seen) };
        let m = t.leaf(n).await;
        t.step("look");
        m + seen.look() + other.look()
    }
    async fn extended_in_a_block_that_ends(t: Script) -> u32 {
        let mut sum = 0;
        for n in 0..2 {
            {
                let seen = if t.coin() { &t.value(n) } else { &t.value(n + 3) };
                sum += t.leaf(n).await + seen.look();
                if t.coin() { continue }
            }
            sum += t.leaf(7).await;
        }
        t.leaf(8).await + sum
    }
}

async fn filled(option: &mut Option<Value>, t: &Script) -> u32 {
    t.leaf(option.as_ref().map_or(3, Value::look)).await
}

struct Waiter(Value);
impl Waiter {
    async fn timeout(&self, t: &Script) -> u32 {
        t.leaf(self.0.number).await + self.0.look()
    }
}

bodies! {
    async fn a_variant_is_changed(t: Script) -> u32 {
        let mut some = vec![Some(t.value(7))];
        let index = usize::from(t.coin());
        match filled(some.get_mut(index).unwrap_or(&mut None), &t).await {
            7 => t.leaf(1).await,
            n => n + filled(&mut None, &t).await,
        }
    }
    async fn a_method_borrows_that_has_the_name_of_an_adaptor(t: Script) -> u32 {
        match Waiter(t.value(4)).timeout(&t).await {
            n if n > 100 => n,
            n => t.leaf(n).await,
        }
    }
    async fn what_a_temporary_refers_to_is_borrowed(t: Script) -> u32 {
        let boxed = &mut *t.carry(Box::new(t.value(3))).await;
        t.leaf(1).await;
        boxed.number += 1;
        let one = &vec![t.value(4), t.value(5)][1];
        let other = &(*t.carry(Box::new(t.value(6))).await).number;
        t.leaf(boxed.number).await;
        boxed.look() + one.look() + *other
    }
    async fn what_is_bound_outlives_an_argument_that_borrows_what_is_moved(t: Script) -> u32 {
        let first = t.carry(t.value(3)).await;
        let text = t.value(4).number.to_string() + ",2,3";
        let count = text.split(&lender(&first).text()).count();
        let second = if count > 1 { first } else { t.value(5) };
        second.finish() + count as u32
    }
    async fn what_a_let_looks_at_ends_before_its_else(t: Script) -> u32 {
        let text = t.value(1).number.to_string() + ",2";
        t.leaf(1).await;
        let Some(part) = text.split(lender(&t.value(2)).text()).nth(t.dice(3) as usize) else {
            let w = t.value(3);
            return w.finish();
        };
        t.carry(t.value(5)).await.number + part.len() as u32
    }
    async fn what_a_let_looks_at_ends_before_its_else_awaits(t: Script) -> u32 {
        let Some(number) = (t.dice(2) == 0).then_some(t.value(2).number).filter(|n| *n == t.value(2).number) else {
            let w = t.value(3);
            return w.number + t.leaf(4).await;
        };
        let Some(v) = Some(t.value(5)).filter(|_| t.value(8).number == 8 && t.coin()) else { return t.value(6).number + t.leaf(4).await };
        number + v.number + t.leaf(7).await
    }
    async fn what_is_bound_is_not_lost_where_a_temporary_panics(t: Script) -> u32 {
        let (mut first, number) = (t.carry(t.value(7)).await.with(2), t.value(1).detached().await);
        first.number += number;
        first.look()
    }
    async fn the_elements_of_an_argument_are_of_the_type_that_the_method_expects(t: Script) -> u32 {
        let mut all = All { sum: t.leaf(1).await };
        all.look(&[Box::new(2_u32), Box::new("three"), Box::new(t.value(4).number)]);
        t.leaf(all.sum).await;
        all.look(&[Box::new(t.value(5).number), Box::new("six")]);
        all.maybe(&Some(Box::new(7_u32)));
        all.each(&mut |sum| sum.wrapping_mul(3));
        t.leaf(all.sum).await;
        all.maybe(&Some(Box::new("nine")));
        all.sum
    }
    async fn an_argument_of_a_method_that_may_consume_lives_until_the_statement_ends(t: Script) -> u32 {
        let text = t.value(1).number.to_string() + ",2,3";
        t.leaf(1).await;
        let parts = text.split(&t.value(2).number.to_string()).count() + text.matches(t.value(3).number.to_string().as_str()).count();
        let x = match t.dice(3) { 0 => t.leaf(1).await, other => other };
        let z = [t.carry(t.value(4)).await.number, x.wrapping_add(t.value(5).number), t.value(9).number][1];
        let y = match t.dice(3) { 0 => t.leaf(2).await, other => other };
        let sum = [t.value(t.leaf(6).await).number, y.wrapping_add(t.value(7).number), t.value(8).number];
        parts as u32 + sum[0] + sum[1] + sum[2] + z
    }
    async fn what_is_made_of_constants_lives_for_ever(t: Script) -> u32 {
        thread_local! {
            static LAST: std::cell::Cell<&'static Constant> = const { std::cell::Cell::new(&Constant { number: 1, of: &[] }) };
        }
        fn given<T>(constant: &'static T, _: u32) -> &'static T {
            constant
        }
        LAST.set(&Constant { number: 1 + 1, of: &[Kind::One, Kind::Other(3)] });
        t.leaf(1).await;
        let pair = given(&(4_u8 as u16, Some(5)), t.leaf(2).await);
        let of = &Constant { number: 6, of: &[Kind::Other(7); 2] };
        t.leaf(3).await;
        LAST.with(|last| last.set(if t.coin() { of } else { last.get() }));
        let last = LAST.get();
        t.leaf(4).await;
        let of = last.of.iter().map(|kind| if let Kind::Other(number) = kind { *number } else { 0 });
        last.number + of.sum::<u32>() + u32::from(pair.0) + pair.1.unwrap_or(0)
    }
}

struct Constant {
    number: u32,
    of: &'static [Kind],
}

#[derive(Clone, Copy)]
enum Kind {
    One,
    Other(u32),
}
