//! Macros of a body that name its locals themselves: what they change is the body's own.

use zokio_tests::twin::Script;

bodies! {
    async fn changed_before_an_await(t: Script) -> u32 {
        let mut n = 0;
        macro_rules! bump {
            () => {{
                n += 1;
                n
            }};
        }
        bump!();
        let m = t.leaf(2).await;
        n * 10 + m
    }
    async fn changed_behind_an_await(t: Script) -> u32 {
        let mut n = 3;
        macro_rules! bump_again {
            () => {{
                n += 1;
                n
            }};
        }
        let m = t.leaf(2).await;
        bump_again!() * 10 + m
    }
    async fn changed_in_an_argument(t: Script) -> u32 {
        let mut n = 1;
        macro_rules! next {
            () => {{
                n += 1;
                n
            }};
        }
        t.leaf(next!()).await + n
    }
    async fn changed_by_what_awaits(t: Script) -> u32 {
        let mut n = 0;
        macro_rules! add {
            ($by:expr) => {{
                n += $by;
                n
            }};
        }
        let one = add!(2);
        let other = add!(t.leaf(3).await);
        one * 100 + other * 10 + n
    }
    async fn by_one_of_several_rules(t: Script) -> u32 {
        let mut n = 0;
        macro_rules! count {
            () => {{
                n += 1;
                n
            }};
            ($by:expr) => {{
                n += $by;
                n
            }};
        }
        count!(3);
        let one = count!();
        t.leaf(1).await + one + n
    }
    async fn looked_at_and_moved(t: Script) -> u32 {
        let value = t.value(3);
        macro_rules! looked {
            () => {
                value.look()
            };
        }
        macro_rules! taken {
            () => {
                value.finish()
            };
        }
        let n = looked!() + t.leaf(1).await;
        t.leaf(looked!()).await;
        let m = taken!();
        t.leaf(m).await + n
    }
}
