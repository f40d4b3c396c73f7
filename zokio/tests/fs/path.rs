//! Files by their names.

use std::io::{ErrorKind, Result};
use std::path::Path;

use zokio::fs::{self, File, OpenOptions};

use crate::on_both;

on_both! {
    calls_on_paths => paths,
    choices_that_contradict_each_other => contradiction,
}

async fn paths(folder: &Path) -> Result<()> {
    let deep = folder.join("a/b/c");
    assert_eq!(fs::create_dir(&deep).await.unwrap_err().kind(), ErrorKind::NotFound);
    fs::create_dir_all(&deep).await?;
    let (file, copy) = (deep.join("file"), deep.join("copy"));
    fs::write(&file, [1, 2, 3]).await?;
    assert_eq!(fs::copy(&file, &copy).await?, 3);
    fs::rename(&copy, folder.join("moved")).await?;
    assert!(!fs::try_exists(&copy).await? && fs::try_exists(&file).await?);
    assert_eq!(fs::read(folder.join("moved")).await?, [1, 2, 3]);
    assert!(fs::metadata(&deep).await?.is_dir());
    assert_eq!(fs::canonicalize(deep.join("..")).await?, fs::canonicalize(folder.join("a/b")).await?);
    fs::remove_file(&file).await?;
    fs::remove_dir(&deep).await?;
    fs::remove_dir_all(folder.join("a")).await?;
    assert_eq!(fs::read(&file).await.unwrap_err().kind(), ErrorKind::NotFound);
    fs::write(&folder.join("text"), [0xff]).await?;
    assert_eq!(fs::read_to_string(folder.join("text")).await.unwrap_err().kind(), ErrorKind::InvalidData);
    let file = File::open(folder.join("text")).await?;
    let mut permissions = file.metadata().await?.permissions();
    permissions.set_readonly(true);
    file.set_permissions(permissions).await?;
    assert!(file.metadata().await?.permissions().readonly());
    Ok(())
}

async fn contradiction(folder: &Path) -> Result<()> {
    let error = OpenOptions::new().read(true).truncate(true).open(folder.join("file")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    assert_eq!(File::create_new(folder.join("new")).await?.metadata().await?.len(), 0);
    assert_eq!(File::create_new(folder.join("new")).await.unwrap_err().kind(), ErrorKind::AlreadyExists);
    Ok(())
}
