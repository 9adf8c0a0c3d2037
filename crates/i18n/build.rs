//! Lists the message files, so that a new file in the folder needs no line elsewhere.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

fn main() {
    println!("cargo:rerun-if-changed=messages");
    let root = env::var("CARGO_MANIFEST_DIR").expect("cargo sets the manifest's folder");
    let mut code = String::new();
    for (language, name) in [("vi", "VI"), ("en", "EN")] {
        let folder = Path::new(&root).join("messages").join(language);
        println!("cargo:rerun-if-changed={}", folder.display());
        let mut files: Vec<_> = fs::read_dir(&folder)
            .expect("the message folder is part of the crate")
            .map(|entry| entry.expect("a readable folder").path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "ftl"))
            .collect();
        files.sort();
        writeln!(code, "pub(crate) const {name}: &[(&str, &str)] = &[").expect("writing to a string");
        for file in files {
            let stem = file
                .file_stem()
                .expect("a file has a name")
                .to_string_lossy()
                .into_owned();
            writeln!(
                code,
                "    ({stem:?}, include_str!({:?})),",
                file.display().to_string()
            )
            .expect("writing to a string");
        }
        code.push_str("];\n");
    }
    let out = Path::new(&env::var("OUT_DIR").expect("cargo sets the output folder")).join("messages.rs");
    fs::write(out, code).expect("the output folder is writable");
}
