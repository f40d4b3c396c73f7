//! The constants of a runtime: what is known about it when it is compiled.

use proc_macro2::TokenStream;
use quote::quote;

use crate::report::{By, Decision, Report};

/// The constants, as items of the runtime's `impl`.
pub(super) fn constants(report: &Report) -> TokenStream {
    let Report { item, decisions, applied, possible, .. } = report;
    let decisions = decisions.iter().map(decision);
    quote! {
        /// What is known about the target when the runtime is compiled.
        pub const PLATFORM: z::Platform = z::Platform::TARGET;
        /// Sizes and alignments of the runtime's parts.
        pub const MEMORY_LAYOUT: z::MemoryLayout = z::memory_layout::<Self>();
        /// What the runtime's steps cost.
        pub const PERFORMANCE_CHARACTERISTICS: z::PerformanceCharacteristics = z::performance_characteristics::<Self>();
        /// What was decided about the runtime, with reasons.
        pub const OPTIMIZATION_REPORT: z::OptimizationReport = z::OptimizationReport {
            name: #item,
            decisions: &[#(#decisions),*],
            applied: &[#(#applied),*],
            possible: &[#(#possible),*],
            platform: Self::PLATFORM,
            memory: Self::MEMORY_LAYOUT,
            performance: Self::PERFORMANCE_CHARACTERISTICS,
        };
    }
}

fn decision(decision: &Decision) -> TokenStream {
    let Decision { key, value, by, reason } = decision;
    let by = match by {
        By::User => quote!(User),
        By::Default => quote!(Default),
        By::Derived => quote!(Derived),
    };
    quote!(z::Decision { key: #key, value: #value, by: z::By::#by, reason: #reason })
}
