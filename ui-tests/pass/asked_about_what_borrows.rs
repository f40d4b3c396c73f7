//! Calls that block are asked about where they stand: their arguments may be borrowed from locals.

#![allow(deprecated)]

use std::fs;
use std::io::Read;
use std::path::PathBuf;

#[zokio::async_fn]
async fn removed(path: PathBuf, name: String) -> std::io::Result<u64> {
    std::future::ready(()).await;
    let file = path.as_path();
    fs::remove_file(file)?;
    let mut text = String::new();
    fs::File::open(&name)?.read_to_string(&mut text)?;
    let length = fs::metadata(&*name)?.len();
    fs::rename(&path, name.as_str())?;
    Ok(length)
}

struct Named(u32);

impl std::fmt::Display for Named {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "number {}", self.0)
    }
}

impl Named {
    #[zokio::async_fn]
    async fn text(&self) -> String {
        std::future::ready(()).await;
        format!("{self}")
    }
}

fn main() {
    drop(removed(PathBuf::new(), String::new()));
    drop(Named(1).text());
}
