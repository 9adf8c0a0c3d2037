//! The peers: where they live, and how each is run.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

/// Versions that were measured; a newer one may be put here at any time.
const PACKAGES: [&str; 4] = ["duckdb", "polars", "numpy", "pyarrow"];
const ROUNDS: &str = "3";

/// Where data and peers are.
pub(crate) struct Setting {
    python: PathBuf,
    scripts: PathBuf,
    c_loop: PathBuf,
    sizes: Vec<String>,
    /// The folder with the cube's files.
    pub(crate) data: PathBuf,
}

/// Makes what is missing in the cache folder: environment, data, the C program.
pub(crate) fn prepare() -> Result<Setting> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let cache = std::env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cache")))
        .unwrap_or_else(std::env::temp_dir)
        .join("rorang/bench");
    std::fs::create_dir_all(&cache)?;
    let (scripts, python, data) = (
        here.join("peers"),
        cache.join("peers/bin/python"),
        cache.join("national"),
    );
    if !python.exists() {
        eprintln!(
            "making a Python environment with {PACKAGES:?} in {}",
            cache.display()
        );
        run(Command::new("python3")
            .args(["-m", "venv"])
            .arg(cache.join("peers")))?;
    }
    if run(Command::new(&python).args(["-c", "import duckdb, polars, numpy, pyarrow"])).is_err() {
        run(Command::new(&python)
            .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
            .args(PACKAGES))?;
    }
    if !data.join("groups.json").exists() {
        eprintln!("making the cube in {}", data.display());
        run(Command::new(&python)
            .arg(scripts.join("data.py"))
            .arg(here.join("../../data/units.csv"))
            .arg(&data))?;
    }
    let c_loop = cache.join("loop");
    run(Command::new("cc")
        .args([
            "-O3",
            "-march=native",
            "-ffast-math",
            "-fno-finite-math-only",
            "-fopenmp",
        ])
        .arg(scripts.join("loop.c"))
        .arg("-o")
        .arg(&c_loop)
        .arg("-lm"))?;
    let groups: Value = serde_json::from_str(&std::fs::read_to_string(data.join("groups.json"))?)?;
    let sizes = groups["sizes"]
        .as_array()
        .context("no sizes")?
        .iter()
        .map(Value::to_string)
        .collect();
    Ok(Setting {
        python,
        scripts,
        c_loop,
        sizes,
        data,
    })
}

impl Setting {
    pub(crate) fn duckdb(&self) -> Result<Value> {
        self.script("duckdb_peer.py")
    }

    pub(crate) fn polars(&self) -> Result<Value> {
        self.script("polars_peer.py")
    }

    /// Every aggregate beside DuckDB's exact ones.
    pub(crate) fn exact(&self, cube: &engine::cube::Cube) -> Result<crate::truth::Equal> {
        let folder = tempfile::tempdir_in(&self.data)?;
        run(Command::new(&self.python)
            .arg(self.scripts.join("duckdb_exact.py"))
            .arg(&self.data)
            .arg(folder.path()))?;
        crate::truth::compare(cube, folder.path())
    }

    pub(crate) fn c_loop(&self) -> Result<Value> {
        let rows = (crate::load::INDICATORS * crate::load::MONTHS).to_string();
        let output = run(Command::new(&self.c_loop)
            .env("OMP_NUM_THREADS", crate::THREADS.to_string())
            .arg(self.data.join("values.f64"))
            .args([rows.as_str(), "9"])
            .args(&self.sizes))?;
        Ok(serde_json::from_str(&output)?)
    }

    fn script(&self, name: &str) -> Result<Value> {
        let output = run(Command::new(&self.python)
            .arg(self.scripts.join(name))
            .arg(&self.data)
            .arg(ROUNDS))?;
        Ok(serde_json::from_str(output.lines().last().context("no answer")?)?)
    }
}

fn run(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| {
        format!(
            "{} could not be started: is it installed?",
            command.get_program().display()
        )
    })?;
    if !output.status.success() {
        bail!("{command:?} failed:\n{}", String::from_utf8_lossy(&output.stderr));
    }
    ensure!(output.status.success());
    Ok(String::from_utf8(output.stdout)?)
}
