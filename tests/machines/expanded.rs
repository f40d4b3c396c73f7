//! Macros whose rules are in the same file: what is awaited, moved or left within them is the body's own.

use zokio_tests::twin::{Failure, Outer, Script, Value};

macro_rules! tell_and_return {
    ($script:expr, $attempt:expr) => {
        match $attempt {
            Ok(value) => value,
            Err(failure) => {
                let told = $script.leaf(9).await;
                $script.step(format!("told {told}"));
                return Err(failure.into());
            }
        }
    };
}
/// Waits until it is there: what it binds has the names of what it is given.
macro_rules! wait_for {
    ($self:ident, $value:ident in $($attempt:tt)+) => {{
        let mut value = 0_u32;
        'again: loop {
            value += 1;
            let $value = value;
            for n in 0..2 {
                if $self.leaf(n).await > 4 { continue 'again; }
                match { $($attempt)+ } {
                    Some(found) if value > 3 => break 'again found + value,
                    _ if value > 5 => break 'again value,
                    _ => {}
                }
            }
        }
    }};
}
macro_rules! sum {
    ($script:expr; $($leaf:literal $(=> $value:ident)?),+ $(,)?) => {
        0 $(+ $script.leaf($leaf).await $(+ $value.finish())?)+
    };
}
macro_rules! or_continue {
    ($option:expr) => {
        match $option {
            Some(value) => value,
            None => continue,
        }
    };
}
macro_rules! own {
    ($value:ident) => {
        $value.finish()
    };
    ($value:ident, $($more:ident),+) => {
        own!($value) + own!($($more),+)
    };
}
macro_rules! bind {
    ($name:ident: $ty:ty = $value:expr) => {
        let $name: $ty = $value;
        let other = $name.look();
    };
}
macro_rules! sum_of {
    ($one:ident, $other:expr) => {
        $one + $other
    };
}
struct Pair {
    value: u32,
    other: u32,
}
macro_rules! pair {
    ($value:expr) => {{
        let value = $value;
        let Pair { other, .. } = Pair { value, other: value + 1 };
        Pair { value: other, other: value }
    }};
}

bodies! {
    async fn awaits_and_returns(t: Script) -> Result<u32, Outer> {
        let (v, failure) = (t.value(1), 3);
        let n = tell_and_return!(t, t.fallible(failure));
        let m = tell_and_return!(t, t.carry(t.fallible(n)).await.map_err(|it| Failure(it.0 + failure)));
        t.leaf(m).await;
        Ok(v.finish() + n)
    }
    async fn names_are_its_own(t: Script) -> u32 {
        let (value, n, found) = (t.value(1), 7, 2);
        let m = wait_for!(t, value in t.coin().then(|| value + n + found));
        t.leaf(m).await;
        value.look() + n + found
    }
    async fn repeats(t: Script) -> u32 {
        let (v, w) = (t.value(1), t.value(2));
        let n = sum!(t; 1 => v, 2, 3 => w,);
        n + sum!(t; 4)
    }
    async fn continues_and_moves(t: Script) -> u32 {
        let mut sum = 0;
        for n in 0..3 {
            let (v, w, x) = (t.value(n), t.value(n + 1), t.value(n + 2));
            let m = or_continue!(if t.coin() { Some(t.leaf(n).await) } else { None });
            sum += m + own!(v);
            t.leaf(8).await;
            sum += own!(w, x);
        }
        sum
    }
    async fn what_it_binds_by_a_given_name_is_seen(t: Script) -> u32 {
        let other = t.leaf(1).await;
        bind!(v: Value = t.value(other));
        t.leaf(2).await;
        v.finish() + other
    }
    async fn fields_are_no_locals(t: Script) -> u32 {
        let (value, other) = (t.leaf(1).await, 5);
        let Pair { value: one, other: two } = pair!(t.leaf(2).await + value);
        one * 10 + two + value + other
    }
    async fn of_the_body(t: Script) -> Result<u32, Failure> {
        let v = t.value(1);
        macro_rules! or_leave {
            ($attempt:expr) => {
                match $attempt {
                    Ok(value) => value + v.look(),
                    Err(failure) => {
                        t.leaf(failure.0).await;
                        return Err(failure);
                    }
                }
            };
        }
        let n = or_leave!(t.carry(t.fallible(1)).await);
        Ok(n + or_leave!(t.fallible(2)))
    }
    async fn within_closures(t: Script) -> Result<u32, Failure> {
        let s = t.clone();
        let n = async { Ok::<u32, Failure>(tell_and_return!(s, s.fallible(1))) }.await?;
        let m = t.coin().then(|| sum_of!(n, 1)).unwrap_or(3);
        t.leaf(m).await;
        Ok(n + m)
    }
}

#[cfg(not(any()))]
macro_rules! conditional {
    ($x:expr) => {
        $x + 1
    };
}
#[cfg(any())]
macro_rules! conditional {
    ($x:expr) => {
        $x + 2
    };
}
macro_rules! plus_five {
    ($x:expr, $y:ident) => {{
        let n = 5;
        $x + $y + n
    }};
}
macro_rules! texts {
    ($t:ident, $x:expr) => {{
        let id = $x.await;
        $t.step("a{id}b".replace("{id}", "c"));
        $t.step(format!("{id} {{id}} {id:>4}"));
        id
    }};
}
macro_rules! operators {
    ($t:ident, $a:ident $op:tt $b:ident) => {
        if $a $op $b { $t.leaf(1).await } else { 2 }
    };
    ($t:ident, $($x:tt)*) => {
        50
    };
}
macro_rules! inner {
    ($x:ident) => {
        $x + 1
    };
    ($x:expr) => {
        $x + 50
    };
}
macro_rules! outer {
    ($t:ident, $x:expr) => {
        inner!($x) + $t.leaf(1).await
    };
}
macro_rules! squared {
    ($t:ident, $n:literal) => {
        $n.pow(2) + $t.leaf(1).await as i32
    };
}
macro_rules! under_a_condition {
    ($t:expr) => {{
        #[cfg(any())]
        {
            $t.step("never");
        }
        $t.look()
    }};
}

bodies! {
    async fn several_of_a_name_under_conditions(t: Script) -> u32 {
        let n = t.leaf(1).await;
        conditional!(n) + t.leaf(2).await
    }
    async fn names_that_look_made(t: Script) -> u32 {
        let (n_1, n_2) = (t.leaf(1).await, 9);
        plus_five!(n_1 + n_2, n_2) + t.leaf(n_2).await
    }
    async fn texts_are_formats_where_they_are_formatted(t: Script) -> u32 {
        texts!(t, t.leaf(3))
    }
    async fn operators_are_one_token(t: Script) -> u32 {
        let (a, b) = (t.leaf(1).await, 1);
        operators!(t, a == b) + operators!(t, a >= b) + operators!(t, a + b + a)
    }
    async fn what_is_handed_on_is_no_name(t: Script) -> u32 {
        let n = t.leaf(1).await;
        outer!(t, n)
    }
    async fn negative_literals(t: Script) -> u32 {
        (squared!(t, -3_i32) + 20) as u32
    }
    async fn what_a_macro_has_under_a_condition(t: Script) -> u32 {
        let v = t.value(1);
        t.leaf(2).await;
        under_a_condition!(v)
    }
}
