//! The running runtime: a handle of it, and the report of what was decided when it was compiled.

pub use zokio_core::handle::Handle;
pub use zokio_core::platform::{Endian, Kernel, Platform, kernel};
pub use zokio_core::report::{
    Amount, By, Decision, Fact, Layout, MemoryLayout, OptimizationReport, PerformanceCharacteristics,
};

/// What was decided about the runtime on whose thread this is called, with reasons.
///
/// It is a constant of the program: printing it is all that it costs.
///
/// ```no_run
/// # fn within_a_task() {
/// println!("{}", zokio::runtime::report());
/// println!("running on {}", zokio::runtime::kernel());
/// # }
/// ```
///
/// # Panics
/// Outside of a runtime.
#[track_caller]
#[must_use]
pub fn report() -> &'static OptimizationReport {
    zokio_core::context::with(|context| context.handle().report())
}

#[cfg(test)]
mod tests {
    #[test]
    #[should_panic(expected = "there is no zokio runtime on this thread")]
    fn outside_of_a_runtime_there_is_no_report() {
        let _ = super::report();
    }
}
