//! Which core runs what, and what the server's threads have spent.

use rustix::thread::{CpuSet, gettid, sched_getaffinity, sched_setaffinity};
use std::{fs, io, time::Duration};

/// The two cores of an echo measurement.
#[derive(Clone, Copy, Debug)]
pub struct Cores {
    /// Where the server runs: the first core that the process may use.
    pub server: usize,
    /// Where the load generator runs: the last one.
    pub load: usize,
}

impl Cores {
    /// Chooses from the cores that the calling thread may use; ask before pinning it.
    ///
    /// # Errors
    ///
    /// The kernel's, and `Unsupported` if there is one core only: server and load would take turns on it, and the
    /// figures would be the scheduler's.
    pub fn choose() -> io::Result<Self> {
        let allowed = sched_getaffinity(None)?;
        let mut usable = (0..CpuSet::MAX_CPU).filter(|&core| allowed.is_set(core));
        match (usable.next(), usable.next_back()) {
            (Some(server), Some(load)) => Ok(Self { server, load }),
            _ => Err(io::Error::new(
                io::ErrorKind::Unsupported,
                "the echo benchmark needs two cores, one for the server and one for the load",
            )),
        }
    }
}

/// Pins the calling thread, and the threads that it starts from now on, to `core`.
///
/// # Errors
///
/// The kernel's.
pub fn pin(core: usize) -> io::Result<()> {
    let mut set = CpuSet::new();
    set.set(core);
    sched_setaffinity(None, &set)?;
    Ok(())
}

/// The processor time of all threads of this process but the calling one, io_uring's kernel workers included.
///
/// # Errors
///
/// Those of reading `/proc/self/task`, which needs a kernel that keeps scheduler statistics.
pub fn time_of_others() -> io::Result<Duration> {
    let own = gettid().as_raw_nonzero().get().to_string();
    let mut nanoseconds = 0;
    for task in fs::read_dir("/proc/self/task")? {
        let task = task?;
        if task.file_name() == *own {
            continue;
        }
        // A thread that has just ended has no file any more.
        let Ok(statistics) = fs::read_to_string(task.path().join("schedstat")) else {
            continue;
        };
        let on_cpu = statistics.split(' ').next().and_then(|s| s.parse().ok());
        nanoseconds += on_cpu.unwrap_or(0_u64);
    }
    Ok(Duration::from_nanos(nanoseconds))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{sync::mpsc, thread, time::Instant};

    #[test]
    fn the_time_of_another_thread_is_counted() {
        let before = time_of_others().unwrap();
        let (send_spun, spun) = mpsc::channel();
        let (let_go, gone) = mpsc::channel::<()>();
        let spinner = thread::spawn(move || {
            let start = Instant::now();
            let mut turns = 0_u64;
            while start.elapsed() < Duration::from_millis(20) {
                turns += 1;
            }
            send_spun.send(turns).unwrap();
            // Stays alive, so that its figure can be read.
            gone.recv().unwrap_err();
        });
        assert!(spun.recv().unwrap() > 0);
        assert!(time_of_others().unwrap() > before);
        drop(let_go);
        spinner.join().unwrap();
    }

    #[test]
    fn a_pinned_thread_may_use_its_core_only() {
        let Ok(cores) = Cores::choose() else {
            return; // a machine with one core
        };
        assert!(cores.server < cores.load);
        thread::spawn(move || {
            pin(cores.load).unwrap();
            let allowed = sched_getaffinity(None).unwrap();
            assert_eq!(allowed.count(), 1);
            assert!(allowed.is_set(cores.load));
        })
        .join()
        .unwrap();
    }
}
