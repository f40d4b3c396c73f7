//! Who takes part, in the order in which a round measures them.

#[cfg(target_os = "linux")]
use crate::baseline::bare;
#[cfg(all(feature = "peers", target_os = "linux"))]
use crate::baseline::{compio, glommio, monoio};
#[cfg(feature = "peers")]
use crate::baseline::{smol, tokio};
use crate::workload::{Contestant, EchoServer};
use crate::zokio;

/// Meets every runtime that takes part in the task workloads.
pub trait MeetContestants {
    /// Measures one of them.
    fn meet<C: Contestant>(&mut self);
}

/// Meets every echo server.
pub trait MeetServers {
    /// Measures one of them.
    fn meet<S: EchoServer>(&mut self);
}

/// Introduces the runtimes: one worker first, then two.
pub fn contestants(visitor: &mut impl MeetContestants) {
    visitor.meet::<zokio::OneWorker>();
    #[cfg(feature = "peers")]
    {
        visitor.meet::<tokio::CurrentThread>();
        visitor.meet::<smol::Local>();
    }
    #[cfg(all(feature = "peers", target_os = "linux"))]
    {
        visitor.meet::<monoio::Uring>();
        visitor.meet::<compio::Default>();
        visitor.meet::<glommio::Local>();
    }
    visitor.meet::<zokio::TwoWorkers>();
    #[cfg(feature = "peers")]
    {
        visitor.meet::<tokio::TwoWorkers>();
        visitor.meet::<smol::TwoWorkers>();
    }
}

/// Introduces the echo servers, one worker each.
pub fn servers(visitor: &mut impl MeetServers) {
    #[cfg(target_os = "linux")]
    {
        visitor.meet::<bare::Epoll>();
        visitor.meet::<bare::Uring>();
        visitor.meet::<zokio::OneWorker>();
        visitor.meet::<zokio::Borrowing>();
    }
    #[cfg(feature = "peers")]
    {
        visitor.meet::<tokio::CurrentThread>();
        visitor.meet::<smol::Local>();
    }
    #[cfg(all(feature = "peers", target_os = "linux"))]
    {
        visitor.meet::<monoio::Uring>();
        visitor.meet::<compio::Default>();
        visitor.meet::<glommio::Local>();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workload::{Shape, Workload};
    use std::time::Duration;

    #[test]
    fn every_contestant_does_the_work_of_every_shape() {
        struct Once;
        impl MeetContestants for Once {
            fn meet<C: Contestant>(&mut self) {
                let mut contestant = C::start().unwrap();
                for shape in [Shape::OneByOne, Shape::AllAtOnce, Shape::Yielding { yields: 5 }] {
                    let (tasks, batches) = (100, 3);
                    // The workload asserts its own outputs.
                    let took = contestant.run(Workload { shape, tasks, batches });
                    assert!(took > Duration::ZERO, "{} measured nothing", C::NAME);
                }
            }
        }
        contestants(&mut Once);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn every_server_echoes_every_byte() {
        use crate::{cores::Cores, load::Load, server::Server};

        struct Once(Cores);
        impl MeetServers for Once {
            fn meet<S: EchoServer>(&mut self) {
                // The last size needs many reads, and fits in the socket buffers: the load writes a message before it reads.
                for (connections, size) in [(1, 64), (7, 64), (3, 96 * 1024)] {
                    let server = Server::start::<S>(self.0.server, connections).unwrap();
                    let mut load = Load::connect(server.address(), connections, size).unwrap();
                    load.round_trips(50).unwrap();
                    let sent = load.finish();
                    assert_eq!(sent, 50 * size as u64);
                    assert_eq!(server.finish().unwrap(), sent, "{} lost bytes", S::NAME);
                }
            }
        }
        let Ok(cores) = Cores::choose() else {
            return; // a machine with one core
        };
        servers(&mut Once(cores));
    }
}
