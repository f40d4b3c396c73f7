//! Implementations in a body for types that are outside of it.

#![expect(non_local_definitions, reason = "they are what is tested")]

use std::fmt;

use zokio_tests::twin::{Script, compare};

/// The same, natively and as machines: each has its own types, as either would implement for the other's.
macro_rules! items {
    ($name:ident $($machine:tt)*) => { mod $name {
        use super::*;

        pub struct Level(u32);
        pub struct Depth(u32);

        $($machine)* pub async fn of_a_trait(t: Script) -> String {
            impl fmt::Display for Level {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.pad(["low", "high"][self.0 as usize])
                }
            }
            let level = Level(t.dice(2));
            t.leaf(1).await;
            level.to_string() + &format!("{:>6}", Level(0))
        }

        $($machine)* pub async fn of_its_own(t: Script) -> u32 {
            impl Depth {
                fn get(&self) -> u32 {
                    self.0
                }
            }
            t.leaf(1).await;
            let depth = Depth(4);
            let n = t.leaf(depth.get()).await;
            n + depth.get()
        }

        $($machine)* pub async fn behind_an_await(t: Script) -> u32 {
            let n = t.leaf(2).await;
            impl From<u32> for Depth {
                fn from(n: u32) -> Self {
                    Self(n + 1)
                }
            }
            let depth: Depth = n.into();
            t.leaf(depth.0).await
        }
    } };
}

items!(native);
items!(machine #[zokio::async_fn]);

#[test]
fn a_trait_is_implemented() {
    compare("of_a_trait", native::of_a_trait, machine::of_a_trait);
}

#[test]
fn a_type_has_functions() {
    compare("of_its_own", native::of_its_own, machine::of_its_own);
}

#[test]
fn a_trait_is_implemented_behind_an_await() {
    compare("behind_an_await", native::behind_an_await, machine::behind_an_await);
}
