//! Makes the assets: one style sheet from its parts, names that carry a hash of their bytes, and each compressed once.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("assets");
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it"));
    println!("cargo:rerun-if-changed={}", root.display());

    let mut made: Vec<(String, String)> = Vec::new();
    let mut code = String::from("pub(crate) static ASSETS: &[Asset] = &[\n");
    // Fonts and pictures first: the style sheet names them by their hashed names.
    for file in files(&root.join("fonts"), "woff2")
        .into_iter()
        .chain(files(&root, "svg"))
        .chain(files(&root, "png"))
    {
        let bytes = fs::read(&file).expect("a readable asset");
        add(&mut code, &mut made, &out, &name(&file), &bytes);
    }
    let mut style = String::new();
    for part in files(&root.join("css"), "css") {
        style.push_str(&fs::read_to_string(part).expect("a readable style sheet"));
    }
    let mut style = without_comments(&style);
    for (plain, hashed) in &made {
        style = style.replace(&format!("url({plain})"), &format!("url({hashed})"));
    }
    assert!(
        !style.contains("url(be-"),
        "the style sheet names a font that is not there"
    );
    add(&mut code, &mut made, &out, "site.css", style.as_bytes());
    for file in files(&root, "js") {
        let bytes = fs::read(&file).expect("a readable asset");
        add(&mut code, &mut made, &out, &name(&file), &bytes);
    }
    modules(&mut code, &mut made, &out, files(&root, "mjs"));
    code.push_str("];\n");
    fs::write(out.join("assets.rs"), code).expect("the output folder is writable");
}

/// Adds the script modules, each after those that it imports: an import names the other file by its hashed address.
///
/// Modules import each other as `from "./NAME.mjs"` and so run unchanged outside the browser too.
fn modules(code: &mut String, made: &mut Vec<(String, String)>, out: &Path, mut waiting: Vec<PathBuf>) {
    while !waiting.is_empty() {
        let before = waiting.len();
        waiting.retain(|file| {
            let text = fs::read_to_string(file).expect("a readable module");
            let mut resolved = text.clone();
            for (name, address) in made.iter() {
                resolved = resolved.replace(&format!("\"./{name}\""), &format!("{address:?}"));
            }
            if resolved.contains("from \"./") || resolved.contains("import \"./") {
                return true;
            }
            add(code, made, out, &name(file), resolved.as_bytes());
            false
        });
        assert!(
            waiting.len() < before,
            "modules import what is not there, or each other in a circle: {waiting:?}"
        );
    }
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    println!("cargo:rerun-if-changed={}", folder.display());
    let mut found: Vec<_> = fs::read_dir(folder)
        .expect("the folder of assets")
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .collect();
    found.sort();
    found
}

fn name(file: &Path) -> String {
    file.file_name()
        .expect("a file has a name")
        .to_string_lossy()
        .into_owned()
}

fn add(code: &mut String, made: &mut Vec<(String, String)>, out: &Path, name: &str, bytes: &[u8]) {
    let (stem, extension) = name.rsplit_once('.').expect("assets have extensions");
    let hashed = format!("{stem}.{:016x}.{extension}", fnv1a(bytes));
    let path = out.join(&hashed);
    fs::write(&path, bytes).expect("the output folder is writable");
    let packed = !matches!(extension, "woff2" | "png");
    if packed {
        fs::write(out.join(format!("{hashed}.gz")), gzip(bytes)).expect("writable");
        fs::write(out.join(format!("{hashed}.br")), brotli(bytes)).expect("writable");
    }
    let include = |suffix: &str| format!("include_bytes!({:?})", format!("{}{suffix}", path.display()));
    let (gzip, brotli) = if packed {
        (
            format!("Some({})", include(".gz")),
            format!("Some({})", include(".br")),
        )
    } else {
        ("None".to_owned(), "None".to_owned())
    };
    let kind = match extension {
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        other => panic!("no content type for .{other}"),
    };
    writeln!(
        code,
        "Asset {{ name: {name:?}, path: {:?}, content_type: {kind:?}, plain: {}, gzip: {gzip}, brotli: {brotli} }},",
        format!("/assets/{hashed}"),
        include("")
    )
    .expect("writing to a string");
    made.push((name.to_owned(), format!("/assets/{hashed}")));
}

/// FNV-1a, 64 bits: names change when bytes do; nothing secret hangs on it.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).expect("writing to memory");
    encoder.finish().expect("writing to memory")
}

fn brotli(bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    let mut encoder = brotli::CompressorWriter::new(&mut packed, 4096, 11, 22);
    encoder.write_all(bytes).expect("writing to memory");
    drop(encoder);
    packed
}

/// Leaves out comments, line starts and empty lines; compression does the rest.
fn without_comments(style: &str) -> String {
    let mut text = String::new();
    let mut rest = style;
    while let Some(start) = rest.find("/*") {
        text.push_str(&rest[..start]);
        rest = rest[start..]
            .find("*/")
            .map_or("", |end| &rest[start + end + 2..]);
    }
    text.push_str(rest);
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}
