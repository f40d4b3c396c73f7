extern crate zokio as other;

mod re {
    pub use ::zokio as exported;
}

#[other::runtime(workers = 1, io = none, crate = other)]
struct One;

#[other::runtime(workers = 1, io = none, crate = "crate::re::exported")]
struct Two;

#[other::main(workers = 1, io = none, crate = re::exported)]
async fn main() {
    assert!(One::OPTIMIZATION_REPORT.name != Two::OPTIMIZATION_REPORT.name);
}
