//! What unit tests of several modules share.

#[cfg(not(loom))]
mod counting;
#[cfg(not(loom))]
mod wakes;

use crate::platform::Platform;
use crate::report::{MemoryLayout, OptimizationReport, PerformanceCharacteristics};

#[cfg(not(loom))]
pub(crate) use counting::allocations;
#[cfg(not(loom))]
pub(crate) use wakes::{Wakes, poll};

pub(crate) type TestTimer = crate::timer::Wheel<1_000_000>;

#[cfg(not(loom))]
#[derive(Debug, Default)]
pub(crate) struct Unit;

pub(crate) static REPORT: OptimizationReport = OptimizationReport {
    name: "test",
    decisions: &[],
    applied: &[],
    possible: &[],
    platform: Platform::TARGET,
    memory: MemoryLayout { entries: &[] },
    performance: PerformanceCharacteristics { facts: &[] },
};

#[cfg(loom)]
pub(crate) use for_loom::{driver, handle};

/// Parts of a context that the models need but do not use.
#[cfg(loom)]
mod for_loom {
    use std::sync::Arc;

    use crate::driver::blocking::BlockingPool;
    use crate::driver::{Driver, NoDriver};
    use crate::dump::Dump;
    use crate::handle::{Handle, Scheduler, SchedulerKind};
    use crate::report::OptimizationReport;
    use crate::task::Task;

    struct Nobody(Arc<BlockingPool>);

    impl Scheduler for Nobody {
        fn kind(&self, _: usize) -> SchedulerKind {
            unreachable!("the models spawn on their seats")
        }

        fn accept(&self, _: Task) {
            unreachable!("the models spawn on their seats")
        }

        fn blocking(&self) -> &Arc<BlockingPool> {
            &self.0
        }

        fn report(&self) -> &'static OptimizationReport {
            &super::REPORT
        }

        fn dump(&self) -> Dump {
            Dump::default()
        }
    }

    pub(crate) fn handle() -> Handle {
        Handle::new(Arc::new(Nobody(BlockingPool::new(1, "loom"))))
    }

    pub(crate) fn driver() -> NoDriver {
        NoDriver::new().unwrap()
    }
}
