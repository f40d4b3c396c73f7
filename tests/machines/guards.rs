//! Guards of `match` that await.

use zokio_tests::twin::{Script, Value};

#[derive(Debug)]
enum Message {
    Number(u32),
    Value(Value),
    Pair { a: Value, b: Option<Value> },
    Nothing,
}

impl Message {
    fn any(t: &Script) -> Self {
        match t.dice(4) {
            0 => Self::Number(5),
            1 => Self::Value(t.value(1)),
            2 => Self::Pair { a: t.value(2), b: Some(t.value(3)) },
            _ => Self::Nothing,
        }
    }
}

async fn looks(t: &Script, value: &Value) -> bool {
    t.leaf(value.number).await;
    t.step(format!("looks at {}", value.number));
    t.coin()
}
async fn is(t: &Script, n: u32, m: u32) -> bool {
    t.leaf(n).await;
    n == m
}

bodies! {
    async fn what_is_borrowed_by_an_arm_is_matched_again(t: Script) -> u32 {
        let mut option = Some(t.value(t.dice(4)));
        let mut pair = (Some(vec![1_u32]), t.dice(3));
        let mut sum = 0;
        for _ in 0..2 {
            sum += match &mut option {
                Some(v) if v.look() > 2 => t.leaf(v.change(1).number).await,
                Some(v) if t.coin() => v.wait().await,
                Some(v) => v.change(2).look(),
                None => 0,
            };
        }
        let more = match &mut pair {
            (Some(list), n) if *n > 1 => { list.push(*n); t.leaf(list[0]).await }
            (Some(list), n) => { list.push(*n); t.leaf(2).await + list.len() as u32 }
            (None, n) => *n,
        };
        sum + more + pair.1
    }
    async fn a_guard_has_locals_of_its_own(t: Script) -> u32 {
        let (v, option) = (t.value(t.dice(4)), Some(t.value(5)));
        let first = match v.number {
            1 => t.leaf(1).await,
            n if { let w = t.value(n); w.look() == 2 } => t.leaf(n).await,
            n if { let seen = v.look(); let twice = |by: u32| seen * by; twice(2) == n + 3 } => { t.leaf(3).await; n }
            _ => 0,
        };
        let second = match &option {
            Some(w) if { let number = w.look(); number > t.dice(9) } => t.leaf(w.number).await,
            _ => t.leaf(4).await,
        };
        first + second
    }
    async fn a_closure_in_a_guard_uses_what_is_bound(t: Script) -> u32 {
        let (numbers, option) = ([1, 5, 3], Some(t.value(5)));
        let first = match &option {
            Some(v) if numbers.iter().any(|n| *n == v.number) => t.leaf(v.look()).await,
            _ => 0,
        };
        let second = match option {
            Some(v) if numbers.iter().any(|n| *n == v.look()) && t.coin() => { t.leaf(1).await; v.finish() }
            Some(v) if numbers.iter().all(|n| *n != v.number + t.dice(3)) => v.send().await,
            _ => t.leaf(2).await,
        };
        first + second
    }
    async fn literals(t: Script) -> u32 {
        let n = t.dice(3);
        match n {
            0 if is(&t, n, 0).await => 10,
            1 if t.coin() && is(&t, 2, 1).await => 11,
            0 | 1 if t.coin() => 12,
            1 if t.leaf(4).await == 4 => 13,
            _ => 14,
        }
    }
    async fn moved_after_a_look(t: Script) -> u32 {
        let message = Message::any(&t);
        match message {
            Message::Value(value) if looks(&t, &value).await => value.finish(),
            Message::Value(value) => { t.leaf(7).await; value.look() }
            Message::Pair { a, b: Some(b) } if looks(&t, &a).await && looks(&t, &b).await => { drop(b); a.finish() }
            Message::Pair { a, .. } if t.coin() => a.look(),
            Message::Pair { b, .. } => b.map_or(0, Value::finish),
            Message::Number(n) if is(&t, n, 5).await => n,
            Message::Number(_) | Message::Nothing => 0,
        }
    }
    async fn what_is_matched_is_made(t: Script) -> u32 {
        match (t.value(1), t.dice(2)) {
            (value, 0) if looks(&t, &value).await => value.finish(),
            (_, n) if is(&t, n, 1).await => n,
            (value, _) => value.look(),
        }
    }
    async fn what_is_matched_awaits(t: Script) -> u32 {
        match t.leaf(1).await {
            0 => 3,
            n if is(&t, n, 2).await => 4,
            n if is(&t, n, 1).await => t.leaf(9).await,
            n => n,
        }
    }
    async fn borrowed(t: Script) -> u32 {
        let option = if t.coin() { Some(t.value(1)) } else { None };
        let n = match &option {
            Some(value) if looks(&t, value).await => value.look(),
            Some(value) if value.look() == 1 && t.leaf(2).await == 3 => 8,
            Some(_) => 9,
            None if t.leaf(3).await == 3 => 10,
            None => 11,
        };
        n + option.map_or(1, Value::finish)
    }
    async fn by_reference(t: Script) -> u32 {
        let mut message = Message::any(&t);
        let n = match message {
            Message::Value(ref value) if looks(&t, value).await => value.look(),
            Message::Value(ref mut value) if t.leaf(2).await == 2 => { value.change(3); t.leaf(4).await }
            Message::Pair { ref a, b: Some(ref b) } if looks(&t, a).await => { t.leaf(5).await; b.look() }
            _ => 1,
        };
        t.step(format!("{message:?}"));
        n
    }
    async fn of_a_reference(t: Script) -> u32 {
        let message = Message::any(&t);
        let seen = &message;
        let n = match seen {
            Message::Value(value) if looks(&t, value).await => value.look(),
            Message::Pair { a, .. } if is(&t, a.look(), 2).await => { t.leaf(4).await; a.number }
            _ => 3,
        };
        n + t.leaf(n).await
    }
    async fn in_a_loop_that_it_leaves(t: Script) -> u32 {
        let mut sum = 0;
        loop {
            let value = t.value(sum);
            match value.number % 3 {
                0 if t.leaf(sum).await < 7 => sum += 1,
                1 if looks(&t, &value).await => { sum += 4; continue }
                n if { if n == 2 && t.leaf(8).await == 8 { break } t.coin() } => sum += 2,
                _ => return value.finish(),
            }
        }
        sum
    }
    async fn one_in_another(t: Script) -> u32 {
        let (a, b) = (t.dice(2), t.dice(2));
        match a {
            0 if match b { 0 if t.leaf(1).await == 1 => t.leaf(2).await == 2, _ => t.coin() } => 1,
            n if is(&t, n, 1).await => match b { 1 if t.leaf(5).await == 5 => t.leaf(3).await, _ => 2 },
            _ => 4,
        }
    }
    async fn of_a_field(t: Script) -> u32 {
        let pair = (Some(t.dice(2)), t.value(4));
        let n = match pair.0 {
            Some(0) if looks(&t, &pair.1).await => 1,
            Some(1) if t.leaf(2).await == 2 => 2,
            _ => 3,
        };
        n + pair.1.finish()
    }
    async fn parts_of_a_reference(t: Script) -> u32 {
        let bytes = vec![t.dice(3) as u8, 2, 3];
        match bytes.split_first() {
            Some((&0, rest)) if t.leaf(1).await == 1 && t.coin() => rest.len() as u32,
            Some((&1, mut rest)) if is(&t, rest.len() as u32, 2).await => { rest = &rest[1..]; t.leaf(rest.len() as u32).await }
            Some((first @ &2, _)) if t.leaf(u32::from(*first)).await == 2 => 7,
            Some((&n, _)) if is(&t, u32::from(n), 1).await => 8,
            _ => 9,
        }
    }
    async fn of_what_is_made_of_temporaries(t: Script) -> u32 {
        let n = match Some(t.carry(t.value(2)).await.with(t.value(t.leaf(2).await).look())) {
            Some(value) if t.coin() && t.leaf(value.number).await > 3 => value.finish(),
            Some(ref value) if looks(&t, &*value).await => 5,
            Some(value) => value.look(),
            None => 1,
        };
        t.leaf(n).await
    }
    async fn an_index_that_a_guard_changes(t: Script) -> u32 {
        let d = [1, 2, 3];
        let mut i = t.dice(3) as usize;
        match d[i] {
            2 if { i = 0; t.leaf(1).await == 1 } && t.coin() => 1,
            1 if { i = 2; t.leaf(2).await == 2 } => 7,
            _ => 4,
        }
    }
    async fn a_place_is_found_once(t: Script) -> u32 {
        let found = Found(t.clone(), t.dice(3));
        match *found {
            0 if t.leaf(1).await == 2 => 1,
            1 if t.leaf(2).await == 2 => 2,
            _ => 3,
        }
    }
    async fn a_guard_panics_and_the_local_is_where_it_was(t: Script) -> u32 {
        let first = t.carry(Some(t.value(1))).await;
        let _second = t.value(2);
        match first {
            Some(value) if t.coin() => t.leaf(value.number).await,
            Some(other) => other.look(),
            None => 3,
        }
    }
    async fn texts(t: Script) -> u32 {
        let line = ["GET 1", "PUT 22", "HEAD", "x y"][t.dice(4) as usize].to_owned();
        let word = line.split(' ').next().unwrap_or("");
        t.leaf(1).await;
        match word {
            "GET" if t.coin() => 1,
            PUT if t.coin() => 2,
            "HEAD" | "GET" => 3,
            other if t.coin() => t.leaf(other.len() as u32).await,
            other => other.len() as u32,
        }
    }
    async fn texts_whose_guards_await(t: Script) -> u32 {
        let line = ["GET", "PUT", "HEAD"][t.dice(3) as usize].to_owned();
        match line.as_str() {
            "GET" if t.leaf(1).await == 1 => 1,
            "GET" | PUT => 2,
            other if t.leaf(2).await == 2 && t.coin() => other.len() as u32,
            _ => t.leaf(3).await,
        }
    }
    async fn bytes(t: Script) -> u32 {
        let all = ["ab", "", "xyz"][t.dice(3) as usize].as_bytes().to_vec();
        let bytes = all.as_slice();
        t.leaf(1).await;
        match bytes {
            b"ab" if t.coin() => 1,
            [first, rest @ ..] if t.coin() => t.leaf(u32::from(*first) + rest.len() as u32).await,
            [] => 0,
            other => other.len() as u32,
        }
    }
    async fn closures_in_guards(t: Script) -> u32 {
        let word = t.carry(Some(String::from("a"))).await;
        match word {
            Some(word) if ["a", "b"].iter().any(|known| *known == word) && t.coin() => t.leaf(word.len() as u32).await,
            Some(word) if t.coin() && Some(1).is_some_and(|n| n == word.len()) => word.len() as u32 + 4,
            Some(other) => other.len() as u32 + 7,
            None => 0,
        }
    }
    async fn variants_without_small_letters(t: Script) -> u32 {
        let io = [IO::EOF, IO::DATA(t.value(1), t.value(2)), IO::ERR { value: t.value(3) }];
        let mut sum = 0;
        for io in io {
            t.leaf(1).await;
            sum += match io {
                IO::EOF => 4,
                IO::DATA(ref first, _) if t.coin() => first.look(),
                IO::DATA(first, _) => {
                    t.leaf(3).await;
                    first.finish()
                }
                IO::ERR { value, .. } => value.look(),
            };
            t.step("behind");
        }
        sum
    }
    async fn constants_among_patterns_that_look_into(t: Script) -> u32 {
        let found = t.carry(t.coin().then_some(t.dice(4))).await;
        match found {
            NOTHING => 3,
            Some(n) if n == 3 && t.coin() => t.leaf(n).await,
            Some(n) => n + 1,
            _ => 0,
        }
    }
    async fn behind_a_borrow(t: Script) -> u32 {
        let cell = std::cell::RefCell::new(t.coin().then(|| t.value(2)));
        let n = match *cell.borrow() {
            Some(ref value) if t.leaf(value.number).await == 2 => value.look(),
            None if t.leaf(3).await == 3 => 8,
            _ => 9,
        };
        n + t.leaf(4).await
    }
}
/// Says when it is asked.
struct Found(Script, u32);
impl std::ops::Deref for Found {
    type Target = u32;
    fn deref(&self) -> &u32 {
        self.0.step("found");
        &self.1
    }
}
const PUT: &str = "PUT";
const NOTHING: Option<u32> = None;

#[expect(clippy::upper_case_acronyms, reason = "names as of constants")]
enum IO {
    EOF,
    DATA(Value, Value),
    ERR { value: Value },
}
