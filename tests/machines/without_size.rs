//! References to what has no size, in closures that use them: of a type that a parameter leaves open, of a trait, of a slice.

use std::fmt::Write;

use zokio_tests::twin::{Script, Value, compare};

/// Takes numbers.
trait Sink {
    fn put(&mut self, number: u32);
}

impl Sink for [u32] {
    fn put(&mut self, number: u32) {
        self[0] += number;
    }
}

/// The same functions, natively and as machines.
macro_rules! items {
    ($name:ident $($machine:tt)*) => { mod $name {
        use super::*;

        $($machine)* pub async fn written<W: Write + ?Sized>(t: &Script, to: &mut W, values: &[Value]) -> usize {
            t.leaf(1).await;
            values.iter().for_each(|value| to.write_str(&value.look().to_string()).unwrap());
            t.leaf(2).await;
            let written: Result<Vec<()>, _> = values.iter().map(|value| write!(to, "{value:?}")).collect();
            written.map_or(0, |all| all.len())
        }

        pub trait All: Sink {
            $($machine)* async fn all(&mut self, t: &Script, values: &[Value]) -> u32 {
                t.leaf(1).await;
                values.iter().for_each(|value| self.put(value.look()));
                t.leaf(2).await
            }
        }
        impl<S: Sink + ?Sized> All for S {}

        $($machine)* pub async fn made_large(t: &Script, text: &mut str, other: &str) -> usize {
            t.leaf(1).await;
            let large = Some(1).map(|_| text.make_ascii_uppercase());
            t.leaf(2).await;
            let length = Some(2).map(|n| other.len() + n);
            text.len() + length.unwrap_or(0) + usize::from(large.is_some())
        }

        $($machine)* pub async fn to_a_parameter(t: Script) -> (String, usize) {
            let mut text = String::new();
            let values = [t.value(1), t.value(2)];
            let to: &mut dyn Write = &mut text;
            let n = written(&t, to, &values).await;
            (text, n)
        }

        $($machine)* pub async fn to_oneself(t: Script) -> u32 {
            let mut numbers = [1, 2];
            let values = [t.value(3), t.value(4)];
            let sink: &mut [u32] = &mut numbers;
            let n = sink.all(&t, &values).await;
            n + numbers[0]
        }

        $($machine)* pub async fn of_a_text(t: Script) -> (String, usize) {
            let mut text = String::from("a text");
            let n = made_large(&t, &mut text, "other").await;
            (text, n)
        }
    } };
}

items!(native);
items!(machine #[zokio::async_fn]);

#[test]
fn of_a_type_that_a_parameter_leaves_open() {
    compare("to_a_parameter", native::to_a_parameter, machine::to_a_parameter);
}

#[test]
fn of_oneself() {
    compare("to_oneself", native::to_oneself, machine::to_oneself);
}

#[test]
fn of_a_text() {
    compare("of_a_text", native::of_a_text, machine::of_a_text);
}

bodies! {
    async fn a_closure_writes_to_what_is_hidden(t: Script) -> String {
        let mut text = String::new();
        let values = [t.value(1), t.value(2)];
        let to: &mut dyn Write = &mut text;
        t.leaf(1).await;
        values.iter().for_each(|value| write!(to, "{} ", value.look()).unwrap());
        t.leaf(2).await;
        text
    }
    async fn a_closure_changes_a_text_where_it_is(t: Script) -> String {
        let mut text = String::from("a text");
        let part = text.as_mut_str();
        let n = t.leaf(1).await as usize;
        Some(n).map(|n| part[n..].make_ascii_uppercase());
        t.leaf(2).await;
        text
    }
}
