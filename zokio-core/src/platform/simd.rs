//! Which vector instruction sets the compiler may use everywhere.

/// A list of those of the named target features that are on.
macro_rules! enabled {
    ($($feature:literal)*) => {
        &[$(#[cfg(target_feature = $feature)] $feature),*]
    };
}

/// The enabled ones, in the order in which each architecture got them.
#[rustfmt::skip] // one architecture a line
pub(super) const ENABLED: &[&str] = enabled!(
    "sse" "sse2" "sse3" "ssse3" "sse4.1" "sse4.2" "avx" "avx2" "avx512f" "avx512bw" "avx512vl"
    "neon" "dotprod" "sve" "sve2"
    "simd128" "relaxed-simd"
);
