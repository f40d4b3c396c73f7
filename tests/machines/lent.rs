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
