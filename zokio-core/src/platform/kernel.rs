//! What is asked of the running system, for printing beside what was compiled.

use std::num::NonZero;
use std::{fmt, fs, thread};

/// What a program can say of the system that it runs on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kernel {
    /// The release of the Linux kernel, such as `6.18.5`; `None` on other systems, or where `/proc` is not mounted.
    pub release: Option<String>,
    /// How many threads the system runs at once for this process: limits by affinity and by control groups count.
    pub parallelism: Option<NonZero<usize>>,
}

/// Asks the running system.
///
/// ```
/// println!("{}", zokio_core::platform::kernel());
/// ```
#[must_use]
pub fn kernel() -> Kernel {
    let release = fs::read_to_string("/proc/sys/kernel/osrelease").ok();
    Kernel {
        release: release.map(|text| text.trim_end().to_owned()),
        parallelism: thread::available_parallelism().ok(),
    }
}

impl fmt::Display for Kernel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.release {
            Some(release) => write!(f, "Linux {release}")?,
            None => f.write_str(std::env::consts::OS)?,
        }
        match self.parallelism.map(NonZero::get) {
            Some(1) => f.write_str(", 1 thread at once"),
            Some(count) => write!(f, ", {count} threads at once"),
            None => Ok(()),
        }
    }
}

#[cfg(all(test, not(loom)))]
mod tests {
    use std::num::NonZero;

    use super::{Kernel, kernel};

    #[test]
    fn the_kernel_prints_what_is_known() {
        let known = Kernel { release: Some("6.18.5".to_owned()), parallelism: NonZero::new(2) };
        assert_eq!(known.to_string(), "Linux 6.18.5, 2 threads at once");
        let unknown = Kernel { release: None, parallelism: None };
        assert_eq!(unknown.to_string(), std::env::consts::OS);
    }

    #[test]
    fn linux_tells_its_release() {
        let release = kernel().release;
        assert_eq!(release.is_some(), cfg!(target_os = "linux"), "{release:?}");
        if let Some(release) = release {
            assert!(release.starts_with(|c: char| c.is_ascii_digit()) && !release.ends_with('\n'), "{release:?}");
        }
    }
}
