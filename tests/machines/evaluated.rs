//! Arguments of macros that are evaluated or not: messages, and what is logged. What they move is dropped by whoever has it in the end.

use zokio_tests::twin::{Failure, Script, Value};
use zokio_tests::{ensure, heard};

fn number(value: Value) -> u32 {
    value.look()
}

/// Of another kind than values, and as large: in the same memory.
async fn filled(t: &Script) -> [u64; 4] {
    t.leaf(1).await;
    [0x41; 4]
}

bodies! {
    async fn a_message_moves(t: Script) -> u32 {
        let value = t.value(1);
        let other = t.value(2);
        assert!(t.dice(3) < 2, "no {}", number(value));
        assert_eq!(t.dice(2), 0, "no {}", { let moved = other; moved.look() });
        let filled = filled(&t).await;
        t.leaf(filled[1] as u32).await
    }
    async fn a_failure_moves(t: Script) -> Result<u32, Failure> {
        let value = t.value(1);
        ensure!(t.dice(3) < 2, Failure(number(value)));
        let filled = filled(&t).await;
        Ok(filled[0] as u32)
    }
    async fn a_failure_moves_by_a_closure(t: Script) -> Result<u32, Failure> {
        let value = t.value(1);
        ensure!(t.dice(3) < 2, (|| { let moved = value; Failure(moved.look()) })());
        let filled = filled(&t).await;
        Ok(filled[0] as u32)
    }
    async fn what_is_logged_moves(t: Script) -> u32 {
        let (one, two) = (t.value(1), t.value(2));
        heard!(t.dice(2) == 0, number(one), { let moved = two; moved.look() });
        let filled = filled(&t).await;
        filled[0] as u32
    }
    async fn a_message_assigns(t: Script) -> u32 {
        let mut value = t.value(1);
        drop(value);
        let late;
        assert!(t.dice(3) < 2, "no {}", { value = t.value(2); 1 });
        heard!(t.dice(2) == 0, { late = t.value(3); 1 }, t.dice(3));
        let filled = filled(&t).await;
        filled[0] as u32
    }
    async fn a_guard_of_a_match_moves(t: Script) -> bool {
        let value = t.value(1);
        let is = matches!(t.dice(3), 1 if number(value) == 1);
        let filled = filled(&t).await;
        is && filled[0] == 0x41
    }
    async fn assertions_await_behind_conditions_in_a_chain(t: Script) -> u32 {
        let value = t.value(1);
        let mut sum = 0;
        if let Some(n) = Some(t.leaf(3).await) && t.leaf(n).await > 2 {
            assert!(t.coin() || t.leaf(2).await > 1, "no {}", number(value));
            sum += n;
        }
        while sum < 5 {
            sum += t.leaf(2).await + 1;
            assert_eq!(t.leaf(sum).await, sum, "no {sum}");
        }
        sum
    }
}
