//! Where reports go: `<target>/zokio/<package>/<crate>-<item>.{json,txt}`, and `.dot` of machines.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use proc_macro2::Span;

use super::Attribute;

/// What the macro is told about the build that it runs in.
#[derive(Debug)]
pub(crate) struct Build {
    pub(crate) package: String,
    pub(crate) krate: String,
    /// The target directory, or why it is not known.
    pub(crate) target: Result<PathBuf, String>,
}

impl Build {
    /// The build of the crate that is being compiled: cargo and the compiler's command line say it.
    pub(crate) fn current() -> Self {
        let variable = |name| env::var(name).unwrap_or_default();
        let target = out_dir(env::args_os().map(|argument| argument.to_string_lossy().into_owned()));
        Self {
            package: variable("CARGO_PKG_NAME"),
            krate: variable("CARGO_CRATE_NAME"),
            target: target.ok_or_else(|| "the compiler was called without `--out-dir`".to_owned()).and_then(|out| {
                target_of(&out).ok_or_else(|| "`--out-dir` is not below a target directory".to_owned())
            }),
        }
    }
}

/// The value of `--out-dir`.
fn out_dir(arguments: impl Iterator<Item = String>) -> Option<PathBuf> {
    let mut arguments = arguments.skip_while(|argument| argument != "--out-dir" && !argument.starts_with("--out-dir="));
    match arguments.next()?.split_once('=') {
        Some((_, out)) => Some(out.into()),
        None => arguments.next().map(Into::into),
    }
}

/// The target directory that an output directory belongs to: cargo marks it with a file. Without the mark it is what holds
/// `<profile>/deps`.
fn target_of(out: &Path) -> Option<PathBuf> {
    let marked = out.ancestors().find(|folder| folder.join("CACHEDIR.TAG").is_file());
    marked.or_else(|| out.ends_with("deps").then(|| out.ancestors().nth(2)).flatten()).map(Path::to_path_buf)
}

/// File and line of a span; of none where it is no compiler that expands.
pub(crate) fn of(span: Span) -> (String, usize) {
    if proc_macro::is_available() {
        let span = span.unwrap();
        (span.file(), span.line())
    } else {
        (String::new(), 0)
    }
}

/// The attribute that is being expanded.
pub(crate) fn of_the_attribute() -> Attribute {
    if !proc_macro::is_available() {
        return Attribute::default();
    }
    let (file, line) = of(Span::call_site());
    let source = Span::call_site().source_text().unwrap_or_default();
    Attribute { file, line, text: source.lines().next().unwrap_or_default().to_owned() }
}

/// Writes the files of an item: for each extension what is in it. File and line tell the item from namesakes.
pub(crate) fn write(item: (&str, &str, usize), files: &[(&str, String)], build: &Build) -> Result<(), String> {
    let target = build.target.as_ref().map_err(Clone::clone)?;
    if build.package.is_empty() || build.krate.is_empty() {
        return Err("the compiler was not called by cargo".to_owned());
    }
    let folder = target.join("zokio").join(&build.package);
    let name = format!("{}-{}", build.krate, own_name(item));
    let write = |extension: &str, content: &str| {
        let path = folder.join(format!("{name}.{extension}"));
        replace(&path, content).map_err(|error| format!("{} cannot be written: {error}", path.display()))
    };
    fs::create_dir_all(&folder).map_err(|error| format!("{} cannot be made: {error}", folder.display()))?;
    files.iter().try_for_each(|(extension, content)| write(extension, content))
}

/// The item's name, numbered where modules of one crate have items of the same name: the macro does not see modules.
fn own_name((item, file, line): (&str, &str, usize)) -> String {
    /// Item, file and line of every report that this process has written: it compiles one crate.
    static WRITTEN: Mutex<Vec<(String, String, usize)>> = Mutex::new(Vec::new());
    let mut written = WRITTEN.lock().unwrap_or_else(PoisonError::into_inner);
    let place = (item.to_owned(), file.to_owned(), line);
    if !written.contains(&place) {
        written.push(place.clone());
    }
    let namesakes = written.iter().filter(|(namesake, ..)| namesake == item);
    match namesakes.take_while(|written| **written != place).count() {
        0 => item.to_owned(),
        earlier => format!("{item}-{}", earlier + 1),
    }
}

/// Writes a file unless it has this content already. Readers see the old or the new content, never half of it.
fn replace(path: &Path, content: &str) -> io::Result<()> {
    if fs::read_to_string(path).is_ok_and(|old| old == content) {
        return Ok(());
    }
    // Two compilers may write at the same time: the library and its tests.
    let mut draft = path.as_os_str().to_owned();
    draft.push(format!(".{}", std::process::id()));
    let written = fs::write(&draft, content).and_then(|()| fs::rename(&draft, path));
    if written.is_err() {
        // The draft may not even be there; the error that matters is returned.
        let _ = fs::remove_file(&draft);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::{out_dir, replace, target_of};
    use std::path::{Path, PathBuf};

    fn arguments(line: &str) -> impl Iterator<Item = String> {
        line.split(' ').map(str::to_owned)
    }

    #[test]
    fn both_spellings_of_out_dir_are_read() {
        let expected = Some(PathBuf::from("/t/debug/deps"));
        assert_eq!(out_dir(arguments("rustc --crate-name a --out-dir /t/debug/deps -C x=y")), expected);
        assert_eq!(out_dir(arguments("rustc --out-dir=/t/debug/deps")), expected);
        assert_eq!(out_dir(arguments("rustc -o /t/debug/deps/a")), None);
        assert_eq!(out_dir(arguments("rustc --out-dir")), None);
    }

    #[test]
    fn the_target_directory_is_the_one_with_the_mark() {
        let folder = crate::tests::folder();
        let deps = folder.path().join("a-triple/debug/deps");
        std::fs::create_dir_all(&deps).unwrap();
        std::fs::write(folder.path().join("CACHEDIR.TAG"), "").unwrap();
        assert_eq!(target_of(&deps), Some(folder.path().to_owned()));
    }

    #[test]
    fn without_a_mark_it_holds_the_profile() {
        assert_eq!(target_of(Path::new("/nowhere/target/debug/deps")), Some("/nowhere/target".into()));
        assert_eq!(target_of(Path::new("/nowhere/else")), None);
    }

    #[test]
    fn a_file_is_replaced_only_by_another_content() {
        let folder = crate::tests::folder();
        let path = folder.path().join("a.json");
        replace(&path, "one").unwrap();
        let first = std::fs::metadata(&path).unwrap().modified().unwrap();
        replace(&path, "one").unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().modified().unwrap(), first);
        replace(&path, "two").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "two");
        let others = std::fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(others, 1, "no draft is left behind");
    }
}
