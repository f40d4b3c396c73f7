//! What a block ends with: its temporaries outlive the block's locals, and the block, if that stands in an expression.

use zokio_tests::twin::{Failure, Script, Value};

fn itself(value: &Value) -> &Value {
    value
}

/// Has a destructor, and a borrow.
struct Looks<'v>(&'v Value);

impl Drop for Looks<'_> {
    fn drop(&mut self) {
        self.0.look();
    }
}

struct Two(Value, Value);

bodies! {
    async fn a_value_refers_to_a_temporary(t: Script) -> u32 {
        let (one, n) = { (itself(&t.value(1)).look(), t.leaf(2).await) };
        let m = { (itself(&t.value(1)), t.leaf(n).await) }.0.look();
        t.step("behind");
        one + m
    }
    async fn a_body_ends_with_one(t: Script) -> u32 {
        let kept = t.value(7);
        itself(&t.value(1)).look() + t.leaf(2).await + itself(&t.value(3)).look()
    }
    async fn a_body_that_takes_arguments_apart(t: Script, two: Two = Two(t.value(8), t.value(9))) -> u32 {
        let Two(one, _) = two;
        let kept = t.value(7);
        itself(&t.value(1)).look() + t.leaf(one.look()).await
    }
    async fn blocks_within_a_block(t: Script) -> u32 {
        let kept = t.value(7);
        let n = {
            let inner = t.value(8);
            {
                let innermost = t.value(9);
                { (itself(&t.value(1)).look(), t.leaf(2).await, itself(&t.value(3)).look()).2 }
            }
        };
        n + t.leaf(3).await
    }
    async fn a_block_that_is_left_has_none(t: Script) -> u32 {
        let n = 'block: {
            let kept = t.value(7);
            if t.coin() {
                break 'block t.leaf(1).await;
            }
            t.value(2).look() + t.value(3).wait().await
        };
        let m = t.value(n);
        t.leaf(4).await + m.look()
    }
    async fn a_question_mark(t: Script) -> Result<u32, Failure> {
        let kept = t.value(7);
        let n = {
            let inner = t.value(8);
            itself(&t.value(1)).look() + t.fallible(t.leaf(2).await)? + itself(&t.value(3)).look()
        };
        Ok({ itself(&t.value(4)).look() + t.fallible(t.leaf(n).await)? })
    }
    async fn what_is_matched(t: Script) -> u32 {
        let kept = t.value(7);
        let n = {
            let inner = t.value(8);
            match itself(&t.value(1)) {
                one => t.leaf(one.look()).await,
            }
        };
        match itself(&t.value(2)) {
            two => t.leaf(two.look() + n).await,
        }
    }
    async fn an_operand_in_front_of_an_await(t: Script) -> u32 {
        let sum = |one: &Value, n: u32| one.look() + n;
        let n = sum({ itself(&t.value(1)) }, t.leaf(3).await) + sum({ { itself(&t.value(2)) } }, t.leaf(4).await);
        t.step("behind");
        n
    }
    async fn a_for_ends_its_own(t: Script) -> u32 {
        let n = {
            let kept = t.value(7);
            for one in t.carry([t.value(1)]).await.iter() {
                t.leaf(one.look()).await;
            }
        };
        {
            let kept = t.value(8);
            for one in t.carry([t.value(1), t.value(2)]).await.iter() {
                one.look();
            }
        }
        t.leaf(2).await
    }
    async fn a_text_ends_its_own(t: Script) -> usize {
        let text = {
            let kept = t.value(7);
            format!("{} {}", itself(&t.value(1)).look(), t.leaf(2).await)
        };
        text.len()
    }
    async fn arguments_outlive_what_a_body_ends_with(t: Script, one: Value = t.value(8), two: (Value, Value) = (t.value(9), t.value(10))) -> u32 {
        let kept = t.value(7);
        t.leaf(1).await;
        t.carry(Looks(&one)).await.0.look() + Looks(&two.0).0.look()
    }
    async fn arguments_outlive_what_is_matched(t: Script, lock: std::sync::Arc<std::sync::Mutex<u32>> = Default::default()) -> u32 {
        match lock.lock().as_deref() {
            Ok(n) => t.leaf(*n).await,
            Err(_) => 0,
        }
    }
    async fn what_does_not_wait(t: Script) -> u32 {
        let kept = t.value(7);
        t.leaf(1).await;
        itself(&t.value(1)).look()
    }
    async fn two_that_wait(t: Script) -> u32 {
        let kept = t.value(7);
        t.coin() && { let inner = t.value(8); itself(&t.value(1)).look() == t.leaf(1).await };
        t.value(4).wait().await + t.value(5).wait().await
    }
}

/// Arguments that a pattern takes apart, likewise.
mod taken_apart {
    use super::{Looks, Script, Two, Value};

    async fn native(t: Script, Two(one, _): Two, (two, n): (Value, u32)) -> u32 {
        let kept = t.value(7);
        t.leaf(n).await;
        Looks(&one).0.look() + Looks(&two).0.look()
    }
    #[zokio::async_fn]
    async fn machine(t: Script, Two(one, _): Two, (two, n): (Value, u32)) -> u32 {
        let kept = t.value(7);
        t.leaf(n).await;
        Looks(&one).0.look() + Looks(&two).0.look()
    }
    #[test]
    fn agrees() {
        zokio_tests::twin::compare(
            "taken_apart",
            |t: Script| native(t.clone(), Two(t.value(1), t.value(2)), (t.value(3), 4)),
            |t: Script| machine(t.clone(), Two(t.value(1), t.value(2)), (t.value(3), 4)),
        );
    }
}
