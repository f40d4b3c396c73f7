//! Who zokio is measured against: its peers, and loops without a runtime.

#[cfg(target_os = "linux")]
pub mod bare;
#[cfg(all(feature = "peers", target_os = "linux"))]
pub mod compio;
#[cfg(all(feature = "peers", target_os = "linux"))]
pub mod glommio;
#[cfg(all(feature = "peers", target_os = "linux"))]
pub mod monoio;
#[cfg(feature = "peers")]
pub mod smol;
#[cfg(feature = "peers")]
pub mod tokio;
