//! The keeper's key: 32 secret bytes in a file of their own beside the database, so that a copy of the database cannot
//! sign in the province's name.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};

use crate::Error;

/// Where the key of a database lies: its path with `.key` behind it.
pub fn path(database: &Path) -> PathBuf {
    let mut path = database.as_os_str().to_owned();
    path.push(".key");
    path.into()
}

/// The key of a database; where there is none yet, `fresh` becomes it, durably and readable by the owner only.
///
/// # Errors
/// [`Error::Open`] where the file cannot be read or made, or does not hold 32 bytes.
pub fn load_or_keep(database: &Path, fresh: &[u8; 32]) -> Result<[u8; 32], Error> {
    let path = path(database);
    let cannot = |error: std::io::Error| Error::Open(format!("{}: {error}", path.display()).into());
    match keep(&path, fresh) {
        Ok(()) => Ok(*fresh),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let mut bytes = Vec::with_capacity(33);
            File::open(&path)
                .map_err(cannot)?
                .take(33)
                .read_to_end(&mut bytes)
                .map_err(cannot)?;
            bytes.try_into().map_err(|_| Error::Damaged {
                what: "key of the record",
            })
        }
        Err(error) => Err(cannot(error)),
    }
}

/// Writes the whole key under another name first: a key that is there is whole, also after a fall of the machine.
pub(crate) fn keep(path: &Path, key: &[u8]) -> std::io::Result<()> {
    if path.try_exists()? {
        return Err(ErrorKind::AlreadyExists.into());
    }
    let draft = drafted(path, key)?;
    // A link, not a move: of two programs that start at once, one finds the other's key.
    let kept = std::fs::hard_link(&draft, path);
    std::fs::remove_file(&draft)?;
    settle(path)?;
    kept
}

/// Writes keys in place of those that are there, which stay whole until the new ones are.
pub(crate) fn replace(path: &Path, keys: &[u8]) -> std::io::Result<()> {
    let draft = drafted(path, keys)?;
    std::fs::rename(&draft, path)?;
    settle(path)
}

/// A file beside the one that it is to become: whole, on the disk, and readable by the owner only.
fn drafted(path: &Path, key: &[u8]) -> std::io::Result<PathBuf> {
    let mut draft = path.as_os_str().to_owned();
    draft.push(format!(".{}", std::process::id()));
    let draft = PathBuf::from(draft);
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&draft)?;
    file.write_all(key)?;
    file.sync_all()?;
    Ok(draft)
}

/// Makes the name of a file durable.
fn settle(path: &Path) -> std::io::Result<()> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_key_stays() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("register.db");
        assert_eq!(load_or_keep(&database, &[1; 32]).unwrap(), [1; 32]);
        assert_eq!(load_or_keep(&database, &[2; 32]).unwrap(), [1; 32]);
        assert_eq!(
            std::fs::read_dir(folder.path()).unwrap().count(),
            1,
            "no draft is left"
        );
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = std::fs::metadata(path(&database)).unwrap().permissions().mode();
            assert_eq!(mode & 0o077, 0, "nobody else reads it");
        }
    }

    #[test]
    fn a_key_of_another_length_is_damaged() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("register.db");
        std::fs::write(path(&database), [1; 33]).unwrap();
        assert!(matches!(
            load_or_keep(&database, &[2; 32]),
            Err(Error::Damaged { .. })
        ));
    }
}
