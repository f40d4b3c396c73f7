//! The crates that are compiled: their sources are the corpus' own files.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// A meaning of the corpus' `compiled!`.
pub(super) struct Variant {
    pub(super) name: &'static str,
    /// What is before each async function.
    attribute: &'static str,
    /// Whether machines are made where the compiler only checks: `ZOKIO_CHECK`.
    pub(super) check: &'static str,
    /// What functions are compiled to where it does not optimise: `ZOKIO_DEBUG`.
    pub(super) debug: &'static str,
}

/// The crates.
pub(super) const VARIANTS: [Variant; 6] = [
    Variant { name: "native", attribute: "", check: "machines", debug: "" },
    Variant { name: "nothing", attribute: "#[zokio::async_fn(part = nothing)]", check: "machines", debug: "" },
    Variant { name: "witness", attribute: "#[zokio::async_fn(part = witness)]", check: "machines", debug: "" },
    Variant { name: "whole", attribute: "#[zokio::async_fn]", check: "machines", debug: "" },
    Variant { name: "used", attribute: "#[zokio::async_fn]", check: "", debug: "" },
    Variant { name: "coroutines", attribute: "#[zokio::async_fn]", check: "", debug: "coroutines" },
];

/// The kinds of bodies, in the order in which they are taken.
const KINDS: [&str; 17] = [
    "servers",
    "codecs",
    "handshakes",
    "protocols",
    "pools",
    "retries",
    "caches",
    "proxies",
    "files",
    "layers",
    "streams",
    "selects",
    "joins",
    "tight",
    "errors",
    "borrows",
    "generics",
];

/// Where they are, and how many functions each has.
pub(super) struct Program {
    pub(super) directory: PathBuf,
    pub(super) functions: usize,
}

impl Program {
    /// Writes a crate for each variant, and one for what they share.
    ///
    /// # Errors
    ///
    /// Those of the file system.
    pub(super) fn write(directory: &Path, wanted: usize) -> io::Result<Self> {
        let benches = Path::new(env!("CARGO_MANIFEST_DIR"));
        let bodies = benches.join("corpus/bodies");
        let mut modules = String::new();
        let mut functions = 0;
        for copy in 0.. {
            if functions >= wanted {
                break;
            }
            writeln!(modules, "pub mod copy_{copy} {{").expect("a string takes everything");
            for kind in KINDS {
                if functions >= wanted {
                    break;
                }
                let path = bodies.join(kind).with_extension("rs");
                functions += count(&fs::read_to_string(&path)?);
                writeln!(modules, "#[path = {path:?}]\nmod {kind};\npub use {kind}::cases as {kind};")
                    .expect("a string takes everything");
            }
            modules.push_str("}\n");
        }
        let cases = fs::read_to_string(bodies.join("cases.rs"))?.replace("pub(super)", "pub");
        let world = benches.join("corpus/world/mod.rs");
        let case = "#[derive(Clone, Copy)] pub struct Case { pub kind: &'static str, pub name: &'static str, \
                    pub run: fn(&world::World) -> world::Outcome }";
        package(
            directory,
            "shared",
            &format!("pub mod corpus {{\n#[path = {world:?}]\npub mod world;\n{case}\n}}\n"),
            "",
        )?;
        for Variant { name, attribute, .. } in VARIANTS {
            let compiled = format!("macro_rules! compiled {{ ($($item:item)*) => {{ $({attribute} $item)* }}; }}\n");
            let text = format!("#![allow(warnings)]\npub use shared::corpus;\n{cases}\n{compiled}\n{modules}");
            package(directory, name, &text, "shared = { path = \"../shared\" }\n")?;
        }
        Ok(Self { directory: directory.to_owned(), functions })
    }
}

/// How many async functions a file has: each one that has a body, and those that a macro makes of one.
fn count(text: &str) -> usize {
    let written =
        text.lines().filter(|line| line.trim_start().starts_with("async fn ") && !line.ends_with(';')).count();
    let made =
        text.lines().find_map(|line| line.strip_prefix("wrappers!(")).map_or(0, |names| names.split(' ').count() - 2);
    written + made
}

fn package(directory: &Path, name: &str, text: &str, dependencies: &str) -> io::Result<()> {
    let benches = Path::new(env!("CARGO_MANIFEST_DIR"));
    let workspace = benches.parent().expect("benches is in the workspace");
    let directory = directory.join(name);
    fs::create_dir_all(directory.join("src"))?;
    fs::write(directory.join("src/lib.rs"), text)?;
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
         zokio = {{ path = {:?} }}\ntokio = {{ version = \"1\", default-features = false, features = [\"macros\"] }}\n\
         pin-project-lite = \"0.2\"\n{dependencies}",
        workspace.join("zokio")
    );
    fs::write(directory.join("Cargo.toml"), manifest)?;
    // The versions that are there already.
    fs::copy(workspace.join("Cargo.lock"), directory.join("Cargo.lock"))?;
    Ok(())
}
