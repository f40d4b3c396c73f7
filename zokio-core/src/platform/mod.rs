//! The platform: what is known of it when a runtime is compiled ([`Platform::TARGET`]), and what is asked when it runs
//! ([`kernel()`]).

mod kernel;
mod simd;

use std::fmt;

use crossbeam_utils::CachePadded;

pub use kernel::{Kernel, kernel};

/// What is known of the target when a runtime is compiled.
///
/// ```
/// use zokio_core::platform::Platform;
///
/// const LINE: usize = Platform::TARGET.cache_line;
/// assert!(LINE.is_power_of_two());
/// println!("{}", Platform::TARGET);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Platform {
    /// The operating system, as `std::env::consts::OS` names it.
    pub os: &'static str,
    /// The processor's architecture, as `std::env::consts::ARCH` names it.
    pub arch: &'static str,
    /// Bits of a pointer.
    pub pointer_width: u32,
    /// The order of the bytes of a number.
    pub endian: Endian,
    /// Bytes of a cache line.
    pub cache_line: usize,
    /// How many bytes apart data has to lie so that writing one does not take the other from another core's cache. On
    /// processors that fetch lines in pairs, as x86-64, that is two lines.
    pub padding: usize,
    /// The vector instruction sets that the compiler may use everywhere (`-C target-cpu`, `-C target-feature`), not those
    /// that the machine has.
    pub simd: &'static [&'static str],
    /// Whether the target has io_uring. Whether the kernel permits it is known at start.
    pub io_uring: bool,
    /// Whether the target has kqueue.
    pub kqueue: bool,
    /// Whether the target has I/O completion ports.
    pub iocp: bool,
}

/// The order of the bytes of a number in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Endian {
    /// The lowest byte first.
    Little,
    /// The highest byte first.
    Big,
}

impl Platform {
    /// The target that this program was compiled for.
    pub const TARGET: Self = Self {
        os: std::env::consts::OS,
        arch: std::env::consts::ARCH,
        pointer_width: usize::BITS,
        endian: if cfg!(target_endian = "big") { Endian::Big } else { Endian::Little },
        cache_line: CACHE_LINE,
        // Asked of the type that pads the queues, so that the figure is the one that they are laid out with.
        padding: align_of::<CachePadded<u8>>(),
        simd: simd::ENABLED,
        io_uring: cfg!(target_os = "linux"),
        kqueue: cfg!(any(
            target_vendor = "apple",
            target_os = "freebsd",
            target_os = "dragonfly",
            target_os = "netbsd",
            target_os = "openbsd",
        )),
        iocp: cfg!(windows),
    };
}

/// By the architectures' manuals; 64 bytes is what nearly all have.
const CACHE_LINE: usize = if cfg!(target_arch = "s390x") {
    256
} else if cfg!(any(target_arch = "powerpc64", all(target_arch = "aarch64", target_vendor = "apple"))) {
    128
} else if cfg!(any(target_arch = "arm", target_arch = "mips", target_arch = "mips64", target_arch = "sparc")) {
    32
} else {
    64
};

impl fmt::Display for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { os, arch, pointer_width, endian, cache_line, padding, simd, io_uring, kqueue, iocp } = self;
        write!(f, "{os} on {arch}, {pointer_width} bits, {endian}-endian, cache lines of {cache_line} bytes")?;
        if padding != cache_line {
            write!(f, " (padding {padding})")?;
        }
        for (has, name) in [(*io_uring, "io_uring"), (*kqueue, "kqueue"), (*iocp, "I/O completion ports")] {
            if has {
                write!(f, ", {name}")?;
            }
        }
        if simd.is_empty() { f.write_str(", no SIMD") } else { write!(f, ", SIMD: {}", simd.join(" ")) }
    }
}

impl fmt::Display for Endian {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Little => "little",
            Self::Big => "big",
        })
    }
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::{Endian, Platform};

    const FREEBSD: Platform = Platform {
        os: "freebsd",
        arch: "powerpc64",
        pointer_width: 64,
        endian: Endian::Big,
        cache_line: 128,
        padding: 128,
        simd: &[],
        io_uring: false,
        kqueue: true,
        iocp: false,
    };

    #[test]
    fn a_platform_prints_what_it_has() {
        assert_eq!(
            FREEBSD.to_string(),
            "freebsd on powerpc64, 64 bits, big-endian, cache lines of 128 bytes, kqueue, no SIMD"
        );
        let uring = Platform { simd: &["sse2", "avx2"], io_uring: true, kqueue: false, cache_line: 64, ..FREEBSD };
        assert!(uring.to_string().contains("lines of 64 bytes (padding 128)"), "{uring}");
        assert!(uring.to_string().ends_with(", io_uring, SIMD: sse2 avx2"), "{uring}");
    }

    #[test]
    fn the_target_agrees_with_the_compiler() {
        let target = Platform::TARGET;
        assert_eq!(target.pointer_width == 64, cfg!(target_pointer_width = "64"));
        assert_eq!(target.endian == Endian::Little, 1_u16.to_ne_bytes() == [1, 0]);
        assert_eq!(target.simd.contains(&"sse2"), cfg!(target_feature = "sse2"));
        assert_eq!(target.io_uring, target.os == "linux");
        assert!(u8::from(target.io_uring) + u8::from(target.kqueue) + u8::from(target.iocp) <= 1);
    }
}
