//! What is checked on the way: conditions that await, messages that await, and `let .. else` with a type.

use zokio_tests::ensure;
use zokio_tests::twin::{Failure, Script, Value};

#[derive(Debug, PartialEq)]
struct Place {
    line: u32,
}

bodies! {
    async fn another_value_awaits_behind_a_type(t: Script) -> u32 {
        let Some(value): Option<Value> = t.coin().then(|| t.value(1)) else {
            return t.leaf(2).await;
        };
        t.leaf(3).await;
        value.finish()
    }
    async fn another_value_awaits_behind_a_type_with_parts(t: Script) -> u32 {
        let kept = t.value(1);
        let (Ok(n), value): (Result<u32, Failure>, Value) = (t.fallible(2), t.value(3)) else {
            t.leaf(4).await;
            return kept.finish();
        };
        t.leaf(n).await;
        kept.look() + value.finish()
    }
    async fn a_sum_is_asserted(t: Script) -> u32 {
        let n = t.dice(3);
        assert_eq!(n + 1, t.dice(2) + 1, "{n} {}", t.leaf(2).await);
        t.leaf(3).await + n
    }
    async fn what_is_cast_is_asserted(t: Script) -> u32 {
        let n = t.dice(2) as u8;
        assert_eq!(n as u32, 1, "{}", t.leaf(2).await);
        t.leaf(3).await + n as u32
    }
    async fn operators_of_several_kinds_are_asserted(t: Script) -> u32 {
        let n = t.dice(4);
        assert_ne!(n, n & 1 | 1 << 1, "{n} {}", t.leaf(2).await);
        assert_eq!(n > 1 && t.coin(), false, "{}", t.leaf(3).await);
        t.leaf(n).await
    }
    async fn a_struct_is_asserted(t: Script) -> u32 {
        let place = Place { line: t.dice(2) };
        assert!(place == Place { line: 1 }, "{place:?} {}", t.leaf(2).await);
        t.leaf(place.line).await
    }
    async fn a_condition_awaits(t: Script) -> Result<u32, Failure> {
        let value = t.value(1);
        let n = t.leaf(2).await + t.dice(2);
        ensure!(n > 9 || t.leaf(n).await == 2 && value.look() == 1, Failure(n));
        t.leaf(3).await;
        Ok(value.finish())
    }
    async fn a_condition_awaits_with_a_temporary(t: Script) -> Result<u32, Failure> {
        let kept = t.value(1);
        ensure!(t.value(t.dice(3)).detached().await < 2, Failure(kept.look()));
        t.leaf(3).await;
        Ok(kept.finish())
    }
}
