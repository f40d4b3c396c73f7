//! References to what is awaited, to a part of it, and to temporaries that are within something else.

use zokio_tests::twin::{Script, Value};

struct Two {
    one: Option<Value>,
    two: [Value; 2],
}

fn two(t: &Script) -> Two {
    Two { one: Some(t.value(1)), two: [t.value(2), t.value(3)] }
}

fn itself(value: &Value) -> &Value {
    value
}

bodies! {
    async fn a_for_over_a_field_of_what_is_awaited(t: Script) -> u32 {
        let mut sum = 0;
        for value in &t.carry(two(&t)).await.two {
            sum += value.look() + t.leaf(1).await;
        }
        sum
    }
    async fn an_element_of_what_is_awaited(t: Script) -> u32 {
        let sum = itself(&t.carry(two(&t)).await.two[1]).look() + t.leaf(1).await;
        t.step("behind");
        sum
    }
    async fn a_field_of_what_is_awaited_is_matched(t: Script) -> u32 {
        let sum = match &t.carry(two(&t)).await.one {
            Some(value) => value.look() + t.leaf(1).await,
            None => 0,
        };
        t.step("behind");
        sum
    }
    async fn what_is_matched_in_front_of_an_await(t: Script) -> u32 {
        let sum = |value: &Value, n: u32| value.look() + n;
        let n = sum(match itself(&t.value(1)) { value => value }, t.leaf(2).await);
        t.step("behind");
        n
    }
    async fn what_is_awaited_is_matched_in_front_of_another(t: Script) -> u32 {
        let sum = |value: &Value, n: u32| value.look() + n;
        let n = sum(match (itself(&t.value(1)), t.leaf(3).await) { (value, _) => value }, t.leaf(2).await);
        t.step("behind");
        n
    }
    async fn a_list_of_references_in_front_of_an_await(t: Script) -> u32 {
        let sum = |values: &[&Value], n: u32| values[0].look() + n;
        let n = sum(&vec![&t.value(1), itself(&t.value(2))], t.leaf(2).await);
        t.step("behind");
        n
    }
    async fn a_variant_of_a_reference_that_is_coerced(t: Script) -> usize {
        async fn length(t: &Script, text: Option<&str>, n: u32, both: (&[u8], Result<&str, ()>)) -> usize {
            t.leaf(n).await;
            text.map_or(0, str::len) + both.0.len() + both.1.map_or(0, str::len)
        }
        let (text, list) = (String::from("text"), vec![1, 2]);
        length(&t, Some(&text), t.leaf(2).await, (&list, Ok(&text))).await
    }
    async fn by_value_here_and_by_reference_there(t: Script) -> u32 {
        let (one, ref two) = t.carry((t.value(1), t.value(2))).await;
        t.leaf(3).await;
        let [ref mut three, four, ..] = [t.value(3), t.value(4), t.value(5)];
        t.leaf(4).await;
        three.change(1);
        drop(four);
        let (Some(ref five), six) = (Some(t.value(5)), t.value(6)) else { return 0 };
        t.leaf(six.look()).await;
        one.look() + two.look() + three.look() + five.look()
    }
}

/// A trait object lives as long as the reference to it, and what the references of a list refer to, as long as another.
mod objects {
    use std::pin::{Pin, pin};
    use std::task::{Context, Poll, Waker};

    type Boxed<'b, T> = Pin<Box<dyn Future<Output = T> + 'b>>;

    trait Store {
        fn get<'s>(&'s self, key: &'s str) -> Boxed<'s, usize>;
    }
    impl Store for usize {
        fn get<'s>(&'s self, key: &'s str) -> Boxed<'s, usize> {
            Box::pin(async move { self + key.len() })
        }
    }

    #[zokio::async_fn]
    async fn all(store: &dyn Store, keys: &[&str]) -> usize {
        let mut sum = 0;
        for key in keys {
            sum += store.get(key).await;
        }
        sum
    }

    #[test]
    fn are_asked_for_each_of_a_list() {
        let mut all = pin!(all(&1, &["a", "bb"]));
        assert_eq!(all.as_mut().poll(&mut Context::from_waker(Waker::noop())), Poll::Ready(5));
    }
}

/// What is given on is borrowed of `self`, which is pinned, and of a list of references.
mod pinned {
    use std::pin::{Pin, pin};
    use std::task::{Context, Poll, Waker};

    trait Counts {
        fn count(&self) -> u32;
    }
    impl Counts for u32 {
        fn count(&self) -> u32 {
            *self
        }
    }
    struct Sink(u32);
    impl Sink {
        #[zokio::async_fn]
        async fn write(self: Pin<&mut Self>, values: &[&(dyn Counts + Sync)]) -> Result<(), u32> {
            self.write_all(values.iter().copied()).await
        }
        #[zokio::async_fn]
        async fn write_all<'v, I>(mut self: Pin<&mut Self>, values: I) -> Result<(), u32>
        where
            I: IntoIterator<Item = &'v (dyn Counts + Sync)>,
        {
            for value in values {
                self.0 += value.count();
                std::future::ready(()).await;
            }
            if self.0 > 4 { Err(self.0) } else { Ok(()) }
        }
    }

    #[test]
    fn is_written_to() {
        let mut sink = Sink(0);
        let mut write = |values: &[&(dyn Counts + Sync)]| {
            pin!(Pin::new(&mut sink).write(values)).poll(&mut Context::from_waker(Waker::noop()))
        };
        assert_eq!(write(&[&1, &3]), Poll::Ready(Ok(())));
        assert_eq!(write(&[&2]), Poll::Ready(Err(6)));
    }
}
