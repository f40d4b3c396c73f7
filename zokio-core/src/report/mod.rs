//! t
#[derive(Debug)] pub struct OptimizationReport { pub name: &'static str }
