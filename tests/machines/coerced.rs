//! Closures behind `&` and `&mut` that become references to what is hidden: what they are given is known from where they go.

use std::future::Future;
use std::pin::Pin;

use zokio_tests::twin::{Failure, Script, Value};

async fn asked<T: ?Sized>(t: &Script, of: &T, holds: &dyn Fn(&T) -> bool) -> bool {
    t.leaf(1).await;
    holds(of)
}

async fn named(t: &Script, holds: &dyn Fn(&str) -> bool) -> bool {
    t.leaf(1).await == 1 && holds("name")
}

async fn tried(t: &Script, numbers: &[u32], holds: &dyn Fn(&str) -> bool) -> Result<bool, Failure> {
    let n = t.leaf(numbers[0]).await;
    t.fallible(n).map(|_| holds("name"))
}

async fn each(t: &Script, mut numbers: impl Iterator<Item = u32>, see: &mut dyn FnMut(&str)) -> u32 {
    t.leaf(1).await;
    see("one");
    numbers.next().map_or(0, |n| n)
}

async fn run(wait: &dyn Fn(u32) -> Pin<Box<dyn Future<Output = u32>>>) -> u32 {
    wait(1).await + wait(2).await
}

/// Whose functions are asked.
struct Asked(Script);

impl Asked {
    async fn any(&self, holds: &dyn Fn(&Value) -> bool) -> bool {
        self.0.leaf(1).await;
        holds(&self.0.value(5))
    }

    fn each(&self, see: &mut dyn FnMut(&Value)) -> u32 {
        see(&self.0.value(6));
        3
    }
}

async fn looked_at(t: &Script, counted: &Counted) -> u32 {
    t.leaf(counted.n).await
}

/// A builder that shows itself.
struct Counted {
    t: Script,
    n: u32,
}

impl Counted {
    fn on(&mut self, change: &mut dyn FnMut(&mut Self)) -> &mut Self {
        change(self);
        self
    }

    async fn done(&mut self) -> u32 {
        self.t.leaf(self.n).await
    }
}

bodies! {
    async fn of_a_type_that_another_argument_tells(t: Script) -> bool {
        let known = asked(&t, "name", &|it| it.len() < 9).await;
        asked(&t, &t.value(2), &|it| it.look() == 2).await && known
    }
    async fn of_what_is_written_in_the_function(t: Script) -> bool {
        let short = named(&t, &|it| it.len() < 3).await;
        named(&t, &|it: &str| it.len() > 3).await || short
    }
    async fn beside_what_goes_on_behind_the_await(t: Script) -> bool {
        let value = t.value(4);
        let held = tried(&t, &vec![1, 2][..], &|it| it.len() as u32 == value.look()).await.map_err(|failure| failure.0);
        t.leaf(2).await;
        held.is_ok_and(|held| held)
    }
    async fn of_one_that_changes_a_local(t: Script) -> u32 {
        let mut length = 0;
        let n = each(&t, [2].into_iter(), &mut |it| length += it.len() as u32).await;
        each(&t, std::iter::once(n), &mut |it| {
            t.step(it);
            length += 1;
        })
        .await + length
    }
    async fn what_a_later_value_is_declared_as(t: Script) -> usize {
        let name: &str = "name";
        let who: &str;
        who = {
            let alias = name;
            t.leaf(1).await;
            &alias
        };
        let list: &[u8];
        let add: Box<dyn Fn(usize) -> usize>;
        if t.leaf(2).await > 1 {
            list = &[1, 2];
            add = Box::new(|n| n + 1);
        } else {
            list = &[3];
            add = Box::new(|n| n + 2);
        }
        t.leaf(3).await;
        add(str::len(who) + <[u8]>::len(list))
    }
    async fn what_a_block_in_front_of_an_await_ends_with(t: Script) -> usize {
        struct Named<'n>(&'n str);
        impl Named<'static> {
            fn name(&self) -> &&'static str {
                &self.0
            }
        }
        async fn length(t: &Script, text: &str, n: u32) -> usize {
            t.leaf(n).await;
            text.len()
        }
        let sum = |text: &str, n: u32| text.len() + n as usize;
        let mut list: Vec<&str> = Vec::new();
        let n = length(&t, { let named = Named("one"); t.leaf(1).await; named.name() }, t.leaf(2).await).await;
        list.push({ let named = Named("three"); t.leaf(1).await; named.name() });
        let m = sum(match n { 3 => { let named = Named("two"); t.leaf(1).await; named.name() } _ => "" }, t.leaf(3).await);
        t.leaf(4).await;
        n + m + list[0].len()
    }
    async fn of_a_method(t: Script) -> bool {
        let asked = Asked(t.clone());
        asked.any(&|it| it.look() > 0).await && asked.any(&|it| it.look() == t.dice(9)).await
    }
    async fn beside_an_await(t: Script) -> u32 {
        let asked = Asked(t.clone());
        let mut sum = 0;
        let n = asked.each(&mut |it| sum += it.look()) + t.leaf(2).await;
        n + sum
    }
    async fn of_one_that_makes_futures(t: Script) -> u32 {
        let (one, other) = (t.clone(), t.clone());
        let sum = run(&move |n| Box::pin(one.leaf(n))).await;
        t.leaf(3).await;
        sum + run(&move |n| {
            let t = other.clone();
            Box::pin(async move { t.leaf(n).await * 2 })
        })
        .await
    }
    async fn of_a_chain(t: Script) -> u32 {
        let mut counted = Counted { t: t.clone(), n: 1 };
        counted.on(&mut |it| it.n += 1).on(&mut |it| it.n *= 5).done().await
    }
    async fn of_a_builder_where_it_is_only_looked_at(t: Script) -> u32 {
        let mut kept = Counted { t: t.clone(), n: 2 };
        let n = looked_at(&t, Counted { t: t.clone(), n: 1 }.on(&mut |it| it.n += 2)).await;
        n + looked_at(&t, kept.on(&mut |it| it.n += 1).on(&mut |_| ())).await
    }
}
