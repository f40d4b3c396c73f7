//! Who takes part, in the order in which a round measures them.

#[cfg(target_os = "linux")]
use crate::baseline::bare;
#[cfg(feature = "peers")]
use crate::baseline::{smol, tokio};
#[cfg(all(feature = "peers", target_os = "linux"))]
use crate::baseline::{compio, glommio, monoio};
use crate::workload::{Contestant, EchoServer};

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
