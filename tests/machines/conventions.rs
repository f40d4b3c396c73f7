//! Methods that do something else with their receivers than those of std with the same names.

use zokio_tests::twin::{Script, Value};

/// Is consumed, whatever its methods' names say.
struct Builder(Value);

impl Builder {
    fn insert(mut self, one: u32, two: u32) -> Self {
        self.0.change(one + two);
        self
    }
    fn push(self, by: u32) -> Self {
        Self(self.0.with(by))
    }
    fn clear(self) -> Self {
        Self(self.0.with(1))
    }
    fn extend(self, by: u32) -> Self {
        Self(self.0.with(by))
    }
}

/// Borrows, whatever its methods' names say.
struct Parser(Value);

impl Parser {
    fn unwrap_number(&self) -> u32 {
        self.0.look()
    }
    fn expect_more(&mut self, by: u32) -> u32 {
        self.0.change(by).look()
    }
    fn map_number(&self, map: impl Fn(u32) -> u32) -> u32 {
        map(self.0.number)
    }
    fn filter(&self, keep: impl Fn(u32) -> bool) -> u32 {
        u32::from(keep(self.0.look()))
    }
}

trait IntoNumber {
    fn into_number(self) -> u32;
}

impl IntoNumber for Value {
    fn into_number(self) -> u32 {
        self.finish()
    }
}

bodies! {
    async fn builders_are_consumed_by_methods_with_names_that_borrow(t: Script) -> u32 {
        let mut b = Builder(t.value(1));
        b = b.insert(1, 2);
        t.leaf(1).await;
        b = b.push(3).clear();
        b = b.extend(4);
        t.leaf(b.0.number).await;
        let mut list = vec![1_u32];
        let last = list.pop().unwrap_or_default();
        list = { list.push(last); list };
        t.leaf(last).await;
        b.0.look() + list.len() as u32
    }
    async fn what_is_in_a_box_is_consumed_or_borrowed(t: Script) -> u32 {
        let (one, two) = (Box::new(t.value(1)), Box::new(Parser(t.value(2))));
        let mut three = Box::new(Parser(t.value(3)));
        let first = one.into_number();
        t.leaf(first).await;
        let second = two.unwrap_number();
        let third = three.expect_more(2);
        t.leaf(second ^ third).await
    }
    async fn methods_are_named_as_those_that_consume(t: Script) -> u32 {
        let (mut parser, shared) = (Parser(t.value(2)), std::rc::Rc::new(Some(t.dice(9))));
        let seen = &parser.0;
        let more = parser.map_number(|n| n + 1) + seen.look();
        let next = shared.map(|n| n + 1).unwrap_or(more);
        t.leaf(next).await;
        let kept = parser.filter(|n| n > 1);
        let option = Some(t.value(7));
        if option.as_ref().is_some_and(|v| v.look() == 7) && option.is_some_and(|v| v.finish() == 7) {
            t.leaf(8).await;
        }
        t.leaf(1).await;
        more + parser.expect_more(1) + kept
    }
}
