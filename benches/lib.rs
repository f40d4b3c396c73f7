//! What the benches share: the workloads, who runs them, and how they are measured.

pub mod baseline;
#[cfg(target_os = "linux")]
pub mod cores;
pub mod corpus;
pub mod line_up;
#[cfg(target_os = "linux")]
pub mod load;
pub mod results;
pub mod rounds;
#[cfg(target_os = "linux")]
pub mod server;
pub mod tasks;
pub mod workload;
pub mod zokio;
