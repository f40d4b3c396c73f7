//! On runtimes: spawned, moved between threads, dropped with a task.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use zokio::StateMachine;
use zokio::task::{JoinError, JoinHandle};
use zokio::time::Sleep;

/// Sleeps, then has somebody else do something, then asks a boxed future.
#[derive(StateMachine)]
#[state_machine(start = Sleeping, output = Result<usize, JoinError>, report = off)]
enum Job {
    #[state(to(Working))]
    Sleeping {
        #[future]
        sleep: Sleep,
        text: String,
    },
    #[state(to(Asking, Failed))]
    Working(#[future] JoinHandle<String>),
    #[state(end)]
    Asking(#[future] Pin<Box<dyn Future<Output = usize> + Send>>),
    #[state(failed)]
    Failed(JoinError),
}

impl Job {
    fn on_sleeping((): (), text: String) -> JobAfterSleeping {
        JobAfterSleeping::Working(zokio::spawn(async move {
            assert!(!text.is_empty(), "nothing to do");
            text.to_uppercase()
        }))
    }

    fn on_working(done: Result<String, JoinError>) -> JobAfterWorking {
        match done {
            Ok(text) => JobAfterWorking::Asking(Box::pin(async move {
                zokio::task::yield_now().await;
                text.len()
            })),
            Err(error) => JobAfterWorking::Failed(error),
        }
    }

    fn on_asking(length: usize) -> Result<usize, JoinError> {
        Ok(length)
    }

    fn on_failed(error: JoinError) -> Result<usize, JoinError> {
        Err(error)
    }
}

fn job(text: &str) -> zokio::Machine<Job> {
    Job::start(zokio::time::sleep(Duration::from_millis(1)), text.to_owned())
}

#[zokio::test(report = off)]
async fn on_one_worker() {
    assert_eq!(zokio::spawn(job("seven..")).await.unwrap().unwrap(), 7);
    assert!(job("").await.unwrap_err().is_panic());
}

#[zokio::test(workers = 2, report = off)]
async fn on_two_workers() {
    let jobs: Vec<_> = (1..50).map(|length| zokio::spawn(job(&"x".repeat(length)))).collect();
    for (job, length) in jobs.into_iter().zip(1..) {
        assert_eq!(job.await.unwrap().unwrap(), length);
    }
}

#[zokio::test(report = off)]
async fn aborted_while_it_waits() {
    let task = zokio::spawn(Job::start(zokio::time::sleep(Duration::from_secs(3600)), String::new()));
    zokio::task::yield_now().await;
    task.abort();
    assert!(task.await.unwrap_err().is_cancelled());
}
