//! What the checker costs: `cargo test -p zokio-macros --lib -- --ignored --nocapture what_the_checker_costs`.

use std::time::{Duration, Instant};

use quote::quote;

use super::bodies::machines;
use super::compiled;
use crate::future::check::check;
use crate::future::dump::Dump;

#[test]
#[ignore = "a measurement"]
fn what_the_checker_costs() {
    let machines: Vec<_> = machines().into_iter().map(|(_, function)| function.parse().unwrap()).collect();
    let (mut checking, mut all) = (Duration::ZERO, Duration::ZERO);
    for _ in 0..20 {
        for function in &machines {
            let function: &proc_macro2::TokenStream = function;
            let start = Instant::now();
            crate::future::async_fn(quote!(), function.clone());
            all += start.elapsed();
            let (passes, scopes) = compiled(&function.to_string(), &mut Dump::kept());
            let start = Instant::now();
            assert!(check(&passes.flow, &passes.compiled(), &scopes).is_empty());
            checking += start.elapsed();
        }
    }
    let share = 100.0 * checking.as_secs_f64() / all.as_secs_f64();
    let each = all / (20 * machines.len() as u32);
    println!("{} bodies: {each:?} for an expansion, {share:.1} % of it for the checker", machines.len());
}
