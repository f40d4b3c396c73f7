//! Blocks that are left before they await: what is there is dropped in its order, whether an await holds it later or not.

use zokio_tests::twin::{Failure, Script, Value};

fn pair(t: &Script) -> (Value, Value) {
    (t.value(7), t.value(8))
}

bodies! {
    async fn behind_a_value_that_comes_in_a_branch(t: Script) -> Result<u32, Failure> {
        let v = t.value(1);
        if t.coin() {
            let d;
            if t.coin() {
                t.fallible(2)?;
                d = v;
            } else {
                d = t.value(4);
                t.fallible(3)?;
            }
            t.step(format!("{}", d.look()));
        }
        t.leaf(1).await;
        Ok(2)
    }
    async fn by_a_return(t: Script) -> u32 {
        let moved = t.value(1);
        let kept = t.value(2);
        if t.dice(2) == 0 {
            return 7;
        }
        drop(moved);
        t.leaf(2).await;
        kept.look()
    }
    async fn by_a_question_mark(t: Script) -> Result<u32, u32> {
        let moved = t.value(1);
        let kept = t.value(2);
        let n = t.fallible(3).map_err(|_| 5_u32)?;
        drop(moved);
        t.leaf(n).await;
        Ok(kept.look())
    }
    async fn in_a_loop(t: Script) -> u32 {
        let mut sum = 0;
        for n in 0..4 {
            let moved = t.value(n);
            let (one, two) = pair(&t);
            if t.dice(3) == 0 {
                continue;
            }
            let also = t.value(9);
            if t.dice(3) == 0 {
                break;
            }
            drop((moved, two));
            sum += t.leaf(n).await + one.look() + also.look();
        }
        sum
    }
    async fn what_gets_its_value_later(t: Script) -> u32 {
        let moved;
        let kept = t.value(2);
        moved = t.value(1);
        if t.dice(2) == 0 {
            return 7;
        }
        drop(moved);
        t.leaf(2).await;
        kept.look()
    }
    async fn what_gets_its_value_in_a_block_that_is_left(t: Script) -> u32 {
        let kept = t.value(2);
        let looked = 'outside: {
            let given;
            {
                given = t.value(1);
                t.leaf(4).await;
                if t.dice(2) == 0 {
                    break 'outside given.look();
                }
            }
            t.leaf(1).await;
            given.look() + 10
        };
        let after = loop {
            let found;
            {
                if t.leaf(2).await > 1 {
                    found = t.value(5);
                } else if t.dice(2) == 0 {
                    continue;
                } else {
                    found = t.value(6);
                    t.leaf(3).await;
                    if t.dice(2) == 0 {
                        return 3;
                    }
                }
            }
            t.leaf(1).await;
            break found.look();
        };
        looked + after + kept.look()
    }
    async fn what_gets_another_value(t: Script) -> u32 {
        let mut moved = t.value(1);
        drop(moved);
        let kept = t.value(2);
        moved = t.value(3);
        if t.dice(2) == 0 {
            return 7;
        }
        let block = async move { moved.finish() };
        t.leaf(2).await;
        kept.look() + block.await
    }
}
