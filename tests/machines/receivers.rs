//! Methods that consume or borrow: which, the compiler says.

use zokio_tests::twin::{Script, Value};

/// Consumes, and is implemented for mutable references too, as std's iterators are.
trait Walk: Sized {
    fn walk(self) -> Walked<Self> {
        Walked(self)
    }
}
struct Walked<W>(W);
impl Walk for Value {}
impl<W: Walk> Walk for &mut W {}
impl Walked<Value> {
    fn done(&self) -> u32 {
        self.0.look()
    }
}

/// Consumes, and is implemented for everything.
trait Pipe: Sized {
    fn pipe<R>(self, with: impl FnOnce(Self) -> R) -> R {
        with(self)
    }
    fn sized(self) -> usize {
        size_of::<Self>()
    }
}
impl<T> Pipe for T {}

/// Borrows, with names that consume elsewhere.
struct Named(Value);
impl Named {
    fn map(&self, by: u32) -> u32 {
        self.0.look() + by
    }
    fn filter(&mut self) -> u32 {
        self.0.change(1);
        self.0.look()
    }
    fn each(&self, mut with: impl FnMut(&Value) -> u32) -> u32 {
        with(&self.0)
    }
    fn fold<A>(self, start: A, mut with: impl FnMut(A, Value) -> A) -> A {
        with(start, self.0)
    }
    async fn given<F: Fn() -> T, T>(&self, with: F) -> T {
        self.0.look();
        with()
    }
    async fn retry<F: Fn() -> Fut, Fut: Future<Output = Option<T>>, T>(&self, with: F) -> T {
        loop {
            if let Some(found) = with().await {
                return found;
            }
            self.0.look();
        }
    }
    fn paired<A, T: From<u8>>(self, with: A) -> (A, T) {
        (with, T::from(self.0.finish() as u8))
    }
    fn get_as<T: From<u8>>(self) -> T {
        T::from(self.0.finish() as u8)
    }
}

trait Peek {
    fn peek(&self) -> u32;
}
impl Peek for Value {
    fn peek(&self) -> u32 {
        self.look()
    }
}
impl<P: Peek> Peek for &P {
    fn peek(&self) -> u32 {
        (**self).peek()
    }
}

bodies! {
    async fn of_a_trait_for_mutable_references(t: Script) -> u32 {
        let v = t.value(1);
        t.leaf(1).await;
        let walked = v.walk();
        t.leaf(2).await;
        let n = walked.done();
        t.leaf(3).await;
        n
    }
    async fn of_a_trait_for_mutable_references_in_a_block(t: Script) -> u32 {
        let walked = {
            let v = t.value(1);
            t.leaf(1).await;
            v.walk()
        };
        t.leaf(2).await;
        walked.done()
    }
    async fn of_a_trait_for_everything(t: Script) -> u32 {
        let v = t.value(1);
        t.leaf(1).await;
        let n = v.pipe(|v| v.finish());
        t.leaf(2).await;
        n
    }
    async fn borrows_with_a_name_that_consumes(t: Script) -> u32 {
        let mut v = Named(t.value(1));
        t.leaf(1).await;
        let a = v.filter();
        t.leaf(2).await;
        let b = v.map(3);
        t.leaf(3).await;
        a + b
    }
    async fn closure_that_is_borrowed(t: Script) -> u32 {
        let v = Named(t.value(1));
        let by = 3;
        t.leaf(1).await;
        let a = v.each(|v| v.look() + by);
        t.leaf(2).await;
        a
    }
    async fn closure_of_two(t: Script) -> u32 {
        let v = Named(t.value(1));
        t.leaf(1).await;
        let a = v.fold(1, |sum, v| sum + v.finish());
        t.leaf(2).await;
        a
    }
    async fn generics_that_are_said(t: Script) -> u32 {
        let v = Named(t.value(1));
        t.leaf(1).await;
        let a = v.get_as::<u16>();
        t.leaf(2).await;
        u32::from(a)
    }
    async fn generics_that_are_inferred(t: Script) -> u64 {
        let v = Named(t.value(1));
        t.leaf(1).await;
        let a: u64 = v.get_as();
        t.leaf(2).await;
        a
    }
    async fn of_a_trait_for_references_that_borrows(t: Script) -> u32 {
        let v = t.value(1);
        t.leaf(1).await;
        let n = v.peek();
        t.leaf(2).await;
        n
    }
    async fn of_a_reference(t: Script) -> u32 {
        let v = t.value(1);
        let r = Some(&v).unwrap();
        t.leaf(1).await;
        let n = r.peek();
        t.leaf(2).await;
        n + r.peek()
    }
    async fn iterator_adaptor(t: Script) -> u32 {
        let numbers = vec![1, 2, 3];
        let mut it = numbers.into_iter();
        t.leaf(1).await;
        let first = it.next();
        t.leaf(2).await;
        let n: u32 = it.sum();
        t.leaf(3).await;
        n + first.unwrap()
    }
    async fn iterator_adaptor_with_generics(t: Script) -> u32 {
        let it = vec![1u32, 2, 3].into_iter();
        t.leaf(1).await;
        let n = it.product::<u32>();
        t.leaf(3).await;
        n
    }
    async fn iterator_adaptor_with_a_closure(t: Script) -> u32 {
        let it = vec![1u32, 2, 3].into_iter();
        let limit = 2;
        t.leaf(1).await;
        let n = it.take_while(|n| *n < limit).fold(0, |sum, n| sum + n);
        t.leaf(3).await;
        n
    }
    async fn position_of(t: Script) -> usize {
        let mut it = vec![1u32, 2, 3].into_iter();
        t.leaf(1).await;
        let n = it.position(|n| n == 2).unwrap_or(0);
        t.leaf(3).await;
        n
    }
    async fn boxed_receiver(t: Script) -> u32 {
        let v = Box::new(t.value(1));
        t.leaf(1).await;
        let n = v.look();
        t.leaf(3).await;
        n
    }
    async fn closure_that_makes_futures(t: Script) -> u32 {
        let v = Named(t.value(1));
        t.leaf(1).await;
        let n = v.retry(|| async {
            let n = t.leaf(2).await;
            if n == 0 { return None; }
            Some(n)
        }).await;
        t.leaf(3).await;
        n
    }
    async fn result_with_the_type_of_a_closure(t: Script) -> u32 {
        let v = Named(t.value(1));
        let n = t.leaf(1).await;
        let found = v.given(|| n + 1);
        t.leaf(2).await;
        let m = found.await;
        let k = Named(t.value(2)).given(|| m).await;
        t.leaf(3).await;
        m + k
    }
    async fn generics_that_are_left_to_inference(t: Script) -> u32 {
        let v = Named(t.value(1));
        t.leaf(1).await;
        let (n, m) = v.paired::<_, u16>(t.leaf(2).await);
        t.leaf(3).await;
        let (k, l) = Named(t.value(2)).paired::<_, u32>(t.leaf(4).await);
        n + u32::from(m) + k + l
    }
    async fn whole_after_parts_are_moved_elsewhere(t: Script) -> u32 {
        let v = Two(t.value(1), t.value(2));
        t.leaf(1).await;
        if t.coin() {
            let first = v.0;
            return t.leaf(2).await + first.finish();
        }
        t.leaf(3).await;
        v.both(t.clone()).await
    }
}
struct Two(Value, Value);
impl Two {
    async fn both(self, t: Script) -> u32 {
        t.leaf(4).await;
        self.0.finish() + self.1.finish()
    }
}

bodies! {
    async fn a_reference_borrowed_anew_beside_an_await(t: Script) -> u32 {
        fn add(to: &mut u32, more: u32) -> u32 { *to += more; *to }
        async fn both(t: &Script, to: &mut u32, from: &mut Value, more: &mut u32) -> u32 {
            let n = add(to, t.leaf(*more).await);
            *more += 1;
            from.change(n);
            t.leaf(from.look()).await + add(to, t.leaf(*more).await)
        }
        let (mut n, mut value) = (1, t.value(2));
        let to = &mut n;
        let mut sum = 0;
        for _ in 0..2 {
            sum += add(to, t.leaf(3).await);
            sum += both(&t, to, &mut value, &mut 4).await;
            sum += both(&t, to, &mut value, &mut t.leaf(5).await).await;
        }
        sum + *to + value.look()
    }
    async fn entries_of_a_map(t: Script) -> u32 {
        use std::collections::btree_map::Entry;
        let mut map = std::collections::BTreeMap::from([(1, t.value(1)), (2, t.value(2))]);
        let mut set = std::collections::BTreeSet::new();
        let mut sum = 0;
        for key in 1..4 {
            set.insert(key);
            match map.entry(key) {
                Entry::Vacant(entry) => {
                    let value = t.value(t.leaf(key).await);
                    if t.coin() { entry.insert(value); }
                    sum += t.leaf(9).await;
                }
                Entry::Occupied(mut entry) => {
                    entry.get_mut().change(t.leaf(key).await);
                    if t.coin() { sum += entry.remove().finish(); }
                    t.leaf(8).await;
                }
            }
        }
        sum + map.len() as u32 + set.len() as u32
    }
}

/// What is called on a number by reference.
trait Counted {
    fn bump(&mut self) -> &mut Self;
    fn seen(&self) -> &Self;
}

impl Counted for u32 {
    fn bump(&mut self) -> &mut Self {
        *self += 1;
        self
    }
    fn seen(&self) -> &Self {
        self
    }
}

bodies! {
    async fn a_number_that_its_methods_write_to(t: Script) -> u32 {
        let mut n: u32 = t.leaf(3).await;
        n.bump().bump();
        t.leaf(n).await;
        let seen = n.seen();
        let more = n.wrapping_add(1);
        t.leaf(*seen + more).await;
        *seen + n
    }
    async fn a_shared_reference_that_its_methods_write_to(t: Script) -> u32 {
        let mut data: &[u8] = &[1, 2, 3, 4, 5, 6];
        let mut two = [0; 2];
        std::io::Read::read_exact(&mut data, &mut two).unwrap();
        t.leaf(u32::from(two[0])).await;
        let mut rest: &[u8] = &[7, 8, 9, 10];
        {
            use std::io::Read as _;
            rest.read_exact(&mut two).unwrap();
            t.leaf(u32::from(two[1])).await;
            rest.by_ref().read_exact(&mut two).unwrap();
        }
        data.len() as u32 + rest.len() as u32 + u32::from(two[1])
    }
    async fn texts_that_are_compared_with_each_other(t: Script) -> u32 {
        let pair = (t.leaf(1).await.to_string(), t.leaf(1).await.to_string());
        t.leaf(2).await;
        if pair.0 == pair.1 && pair <= pair { pair.0.len() as u32 } else { 0 }
    }
    async fn what_is_in_a_box_by_any_name(t: Script, given: Option<Box<u32>> = Some(Box::new(3))) -> u32 {
        let boxed = Box::new(t.value(1));
        if t.coin() {
            return t.leaf(boxed.finish()).await;
        }
        let typed: Box<Value> = t.carry(Box::new(t.value(2))).await;
        t.leaf(boxed.look()).await;
        let n = typed.with(3).send().await;
        let more = boxed.with(1);
        t.leaf(n).await + more.finish() + given.map_or(0, |given| given.pow(2))
    }
    async fn an_iterator_of_values_and_of_references(t: Script) -> u32 {
        let all = Values(vec![t.value(1), t.value(2)]);
        t.leaf(1).await;
        let iterator = all.into_iter();
        t.leaf(2).await;
        iterator.sum()
    }
}

/// What both make is a value of one type.
struct Values(Vec<Value>);

impl IntoIterator for Values {
    type Item = u32;
    type IntoIter = Box<dyn Iterator<Item = u32>>;

    fn into_iter(self) -> Self::IntoIter {
        Box::new(self.0.into_iter().map(|value| value.finish()))
    }
}

impl<'v> IntoIterator for &'v Values {
    type Item = u32;
    type IntoIter = Box<dyn Iterator<Item = u32> + 'v>;

    fn into_iter(self) -> Self::IntoIter {
        Box::new(self.0.iter().map(|value| value.look()))
    }
}
