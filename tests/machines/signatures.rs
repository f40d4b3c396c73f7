//! Signatures: what stands around a function, what it returns, and functions that call themselves.

use std::pin::Pin;

use zokio_tests::twin::{Failure, Leaf, Outer, Script, Value, compare};

/// Looks at values, with functions of every kind of lifetime.
trait Looks {
    async fn through(&self, t: Script, value: &mut Value) -> u32;
    async fn consumed(self, t: Script) -> u32;
    async fn made(t: Script, from: &Value) -> Self
    where
        Self: Sized;
}

/// What is borrowed of two arguments, or of one that the future owns, lives as long as no lifetime of the signature.
trait Layers {
    type Given;
    async fn both(&self, t: Script, with: Shared<'_, Value>) -> u32;
    async fn apart(&self, t: Script, with: Shared<'_, Value>) -> u32;
    async fn beside(&self, t: Script, other: &Self::Given) -> u32;
    async fn owned(self, t: Script, given: Self::Given) -> u32;
}
/// What is made of what is lent, in boxes too, whose lifetime is that of no type.
trait Arrives<'l>: Sized {
    async fn arrive(t: &'l Script, from: &mut Value) -> Self;
}
trait Boxes: Future + Sized {
    fn boxed<'l>(self) -> Pin<Box<dyn Future<Output = Self::Output> + 'l>>
    where
        Self: 'l,
    {
        Box::pin(self)
    }
}
impl<F: Future> Boxes for F {}
impl<'l> Arrives<'l> for Kept {
    async fn arrive(t: &'l Script, from: &mut Value) -> Self {
        Self(t.value(t.leaf(from.look()).await))
    }
}
pub struct Shared<'s, T>(pub &'s T);
impl<'s, T: AsRef<Value>> Shared<'s, T> {
    async fn looks<'m>(&'m mut self, t: &'m Script, other: &'s T) -> u32 {
        t.leaf(self.0.as_ref().look()).await + other.as_ref().look()
    }
}
async fn changes<T: AsRef<Value>>(t: &Script, of: &mut T, n: u32) -> u32 {
    t.leaf(n).await + of.as_ref().look()
}

/// A query, of what is not said before its result goes somewhere.
pub struct Select<K, S>(K, std::marker::PhantomData<S>);
impl<K, S> Select<K, S> {
    fn limit(self) -> Self {
        self
    }
    async fn one(self, t: &Script) -> Option<S>
    where
        K: AsRef<Value>,
        S: From<u32>,
    {
        let n = t.leaf(self.0.as_ref().look()).await;
        (n > 0).then(|| S::from(n))
    }
}

/// The same items, natively and as machines.
macro_rules! items {
    ($name:ident $($machine:tt)*) => { mod $name {
        use super::*;

        #[derive(Debug)]
        pub struct Keeps<Kept>(pub Kept);

        /// Parameters with names that do not look like parameters.
        impl<Kept: AsRef<Value>> Keeps<Kept> {
            $($machine)* async fn of_the_impl(&self, t: Script, other: &Kept) -> u32 {
                let n = t.leaf(self.0.as_ref().look()).await;
                t.leaf(n).await + other.as_ref().look()
            }
            $($machine)* pub async fn of_two_references(first: &Kept, second: &Kept, t: Script) -> u32 {
                let both = [first, second];
                t.leaf(1).await;
                both.iter().map(|it| it.as_ref().look()).sum()
            }
        }

        /// What the body borrows has parameters that no argument has, or that several lifetimes may be the one of.
        impl<Kept: AsRef<Value>> Keeps<Kept> {
            fn itself(&mut self) -> Option<&mut Self> {
                Some(self)
            }
            async fn look(&self, t: &Script) -> u32 {
                t.leaf(self.0.as_ref().look()).await
            }
            $($machine)* async fn through_itself(&mut self, t: &Script) -> u32 {
                let it = self.itself().unwrap();
                it.look(t).await
            }
            $($machine)* pub async fn through_both(&mut self, t: &Script) -> u32 {
                self.through_itself(t).await
            }
        }
        impl Borrows<'_> {
            async fn lent<T: Into<u32>>(&self, t: &Script, n: T) -> u32 {
                t.leaf(n.into()).await + self.0.look()
            }
            $($machine)* async fn made<T: Default>(&mut self, t: Script) -> Keeps<T> where for<'a> &'a Keeps<T>: Into<u32> {
                let made = Keeps(T::default());
                self.lent(&t, &made).await;
                made
            }
        }
        impl From<&Keeps<u8>> for u32 {
            fn from(it: &Keeps<u8>) -> u32 { 3 + u32::from(it.0) }
        }

        impl<Kept: AsRef<Value> + From<u32>> Looks for Keeps<Kept> {
            $($machine)* async fn through(&self, t: Script, value: &mut Value) -> u32 {
                let n = value.wait().await;
                t.leaf(n).await + self.0.as_ref().look()
            }
            $($machine)* async fn consumed(self, t: Script) -> u32 {
                let Keeps(kept) = self;
                t.leaf(2).await + kept.as_ref().look()
            }
            $($machine)* async fn made(t: Script, from: &Value) -> Self {
                let n = t.leaf(from.look()).await;
                Keeps(Kept::from(n))
            }
        }

        impl<'l, T: Arrives<'l>> Arrives<'l> for Keeps<T> {
            $($machine)* async fn arrive(t: &'l Script, from: &mut Value) -> Self {
                Self(T::arrive(t, from).boxed().await)
            }
        }

        impl<Kept: AsRef<Value>> Layers for Keeps<Kept> {
            type Given = Kept;

            $($machine)* async fn both(&self, t: Script, with: Shared<'_, Value>) -> u32 {
                let (first, mut other) = (Shared(&self.0), Shared(&self.0));
                let n = other.looks(&t, first.0).await;
                let pair = [self.0.as_ref(), with.0];
                for value in pair {
                    t.leaf(value.look()).await;
                }
                n
            }
            $($machine)* async fn apart(&self, t: Script, with: Shared<'_, Value>) -> u32 {
                let n = t.leaf(self.0.as_ref().look()).await;
                n + t.leaf(with.0.look()).await
            }
            $($machine)* async fn beside(&self, t: Script, other: &Kept) -> u32 {
                let both = [&self.0, other];
                t.leaf(1).await;
                let mut shared = Shared(both[0]);
                shared.looks(&t, other).await
            }
            $($machine)* async fn owned(self, t: Script, mut given: Kept) -> u32 {
                let Keeps(mut kept) = self;
                let n = changes(&t, &mut kept, 2).await;
                n + changes(&t, &mut given, n).await
            }
        }

        /// Functions that a trait has, and its implementations may have otherwise.
        pub trait Greets<More: AsRef<Value>> {
            fn value(&self) -> &Value;
            $($machine)* async fn greets(&self, t: Script, more: More) -> u32 {
                let mut more = more;
                changes(&t, &mut more, self.value().look()).await + t.leaf(1).await
            }
            $($machine)* async fn ends(self, t: Script, more: &More) -> u32 where Self: Sized + AsRef<Value> {
                let mut own = self;
                let n = changes(&t, &mut own, 2).await;
                let both = [own.as_ref(), more.as_ref()];
                t.leaf(n).await + both.iter().map(|it| it.look()).sum::<u32>()
            }
        }
        impl Greets<Kept> for Kept {
            fn value(&self) -> &Value { &self.0 }
        }
        impl<T: AsRef<Value>> Greets<Kept> for Keeps<T> {
            fn value(&self) -> &Value { self.0.as_ref() }
            async fn greets(&self, t: Script, more: Kept) -> u32 { t.leaf(more.0.look()).await }
        }

        pub struct Borrows<'b>(pub &'b Value);
        impl<'b> Borrows<'b> {
            $($machine)* pub async fn with_its_lifetime(&mut self, t: &Script, other: Borrows<'b>) -> u32 {
                t.leaf(other.0.look()).await;
                self.0 = other.0;
                t.leaf(self.0.look()).await
            }
        }

        /// Two that call each other, of which one is in a box.
        $($machine)* pub async fn even(t: Script, n: u32) -> u32 {
            let v = t.value(n);
            if n == 0 { return v.look(); }
            odd(t.clone(), n - 1).await + v.finish()
        }
        $($machine)* pub async fn odd(t: Script, n: u32) -> u32 {
            let m = t.leaf(n).await;
            if n == 0 { m } else { Box::pin(even(t.clone(), n - 1)).await + m }
        }

        /// Of what type a method's result is, which is not `Unpin` for all the compiler knows, only what comes of it says.
        impl<Kept> Keeps<Kept> {
            fn select<S>(self) -> Select<Kept, S> { Select(self.0, std::marker::PhantomData) }
            fn as_selected<S>(&self) -> Select<&Kept, S> { Select(&self.0, std::marker::PhantomData) }
        }
        impl<Kept: AsRef<Value>> Keeps<Kept> {
            $($machine)* pub async fn select_one<S: From<u32>>(self, t: &Script) -> Option<S> {
                let borrowed: Option<S> = self.as_selected().limit().one(t).await;
                let selected = self.select();
                t.leaf(1).await;
                let limited = selected.limit();
                t.leaf(2).await;
                limited.one(t).await.or(borrowed)
            }
        }

        /// What its output hides says of what type its closures are.
        $($machine)* pub async fn hidden<'v, T: From<u32> + 'v>(t: &'v Script) -> Result<impl Iterator<Item = Result<T, Outer>> + 'v, Failure> {
            let n = t.carry(t.fallible(1)).await?;
            if t.coin() { return Err(Failure(n)); }
            let m = t.leaf(n).await;
            Ok((0..3 + m).map(|number| Ok(T::from(number))))
        }
        $($machine)* pub async fn hidden_in_a_pair(t: &Script) -> (u32, Option<impl Fn(u32) -> Result<u32, Failure>>) {
            let n = t.leaf(1).await;
            (n, Some(move |more| if more > 1 { Ok(n + more) } else { Err(Failure(n).into()) }))
        }

        $($machine)* pub async fn never(t: Script) -> ! {
            let v = t.value(1);
            loop {
                t.leaf(v.look()).await;
                if t.coin() {
                    panic!("as it was told");
                }
            }
        }

        $($machine)* pub async fn recursive(t: Script, depth: u32, value: &mut u32) -> u32 {
            let v = t.value(depth);
            t.leaf(depth).await;
            *value += 1;
            if depth == 0 {
                return v.finish();
            }
            let n = Box::pin(recursive(t.clone(), depth - 1, value)).await;
            v.look() + n
        }

        pub struct Node(pub Value, pub Vec<Node>);
        impl Node {
            $($machine)* pub async fn sum(&self, t: &Script) -> u32 {
                let mut sum = t.leaf(self.0.look()).await;
                for node in &self.1 {
                    sum += Box::pin(node.sum(t)).await;
                }
                sum
            }
        }

        /// Arguments are dropped in their order, whether they are used or not, and after what is taken out of them.
        $($machine)* async fn in_order(
            first: Value, (second, third): (Value, Value), [fourth, _]: [Value; 2], _: Value, ref fifth: Value, Keeps(sixth): Keeps<Value>, t: Script,
        ) -> u32 {
            let n = t.leaf(third.number).await;
            drop(third);
            t.leaf(n + fifth.number + sixth.look()).await
        }
        impl Keeps<Value> {
            $($machine)* async fn unused(self, _: Value, t: Script) -> u32 {
                t.leaf(1).await
            }
        }

        $($machine)* pub async fn ordered(t: Script) -> u32 {
            let v = |number| t.value(number);
            let n = in_order(v(1), (v(2), v(3)), [v(4), v(5)], v(6), v(7), Keeps(v(8)), t.clone()).await;
            n + Keeps(v(9)).unused(v(10), t.clone()).await
        }

        $($machine)* pub async fn all(t: Script) -> u32 {
            let mut v = Keeps(Kept(t.value(1)));
            let w = Kept(t.value(2));
            let mut sum = v.of_the_impl(t.clone(), &w).await;
            sum += Keeps::of_two_references(&v.0, &w, t.clone()).await;
            sum += v.through(t.clone(), &mut t.value(3)).await;
            let more = t.value(10);
            sum += v.both(t.clone(), Shared(&more)).await + v.apart(t.clone(), Shared(&more)).await;
            sum += v.beside(t.clone(), &w).await + Keeps(Kept(t.value(11))).owned(t.clone(), Kept(t.value(12))).await;
            sum += Kept(t.value(13)).greets(t.clone(), Kept(t.value(14))).await + v.greets(t.clone(), Kept(t.value(15))).await;
            sum += Kept(t.value(16)).ends(t.clone(), &w).await;
            sum += v.through_both(&t).await;
            let lent = t.value(17);
            sum += u32::from(Borrows(&lent).made::<u8>(t.clone()).await.0);
            sum += Keeps::<Kept>::arrive(&t, &mut t.value(19)).await.0.0.look();
            sum += v.consumed(t.clone()).await;
            sum += Keeps::<Kept>::made(t.clone(), &t.value(4)).await.0.0.look();
            let (v, w) = (t.value(5), t.value(6));
            sum += Borrows(&v).with_its_lifetime(&t, Borrows(&w)).await;
            let mut n = 0;
            sum += recursive(t.clone(), 2, &mut n).await + n;
            let leaves = vec![Node(t.value(7), vec![]), Node(t.value(8), vec![])];
            sum += Node(t.value(9), leaves).sum(&t).await;
            if let Ok(kept) = hidden::<Kept>(&t).await {
                sum += kept.map(|kept| kept.map_or(0, |kept| kept.0.look())).sum::<u32>();
            }
            sum += even(t.clone(), 3).await;
            sum += Keeps(Kept(t.value(18))).select_one(&t).await.map_or(0, |kept: Kept| kept.0.look());
            let (n, checked) = hidden_in_a_pair(&t).await;
            sum += checked.map_or(n, |checked| checked(2).unwrap_or(1) + checked(1).unwrap_or(3));
            sum
        }
    } };
}

/// A value that can be made.
pub struct Kept(pub Value);
impl AsRef<Value> for Kept {
    fn as_ref(&self) -> &Value {
        &self.0
    }
}
impl From<u32> for Kept {
    fn from(number: u32) -> Self {
        Self(Script::sample().value(number))
    }
}

items!(native);
items!(machine #[zokio::async_fn]);
items!(coroutine #[zokio::async_fn(machine = rustc)]);

#[test]
fn all_agree() {
    compare("all", native::all, machine::all);
}

#[test]
fn arguments_are_dropped_in_their_order() {
    compare("arguments", native::ordered, machine::ordered);
    compare("arguments", native::ordered, coroutine::ordered);
}

/// What never returns is compared until it panics.
#[test]
fn what_never_returns_agrees() {
    compare(
        "never",
        |t: Script| async move {
            let _: u32 = native::never(t).await;
        },
        |t: Script| async move {
            let _: u32 = machine::never(t).await;
        },
    );
}
