//! `rorang text FILE…`: the text that a document holds, as the reader sees it.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use documents::{Anchor, Limits};

use super::{Context, DATA, tell};

#[derive(Debug, clap::Args)]
pub(crate) struct Text {
    /// The documents
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Before each block, say what it is and where it stands
    #[arg(long)]
    blocks: bool,
}

impl Text {
    pub(crate) fn run(self, context: &Context) -> anyhow::Result<ExitCode> {
        let mut out = std::io::stdout().lock();
        let mut failed = false;
        for file in &self.files {
            match documents::read_file(file, &Limits::STANDARD) {
                Ok((document, diagnostics)) => {
                    for diagnostic in &diagnostics {
 tell(context, diagnostic);
}
                    if self.blocks {
                        for block in &document.blocks {
                            let place = place(&block.anchor);
                            writeln!(out, "[{place} {:?}] {}", block.kind, &document.text[block.span.clone()])?;
                        }
                    } else {
                        out.write_all(document.text.as_bytes())?;
                    }
                }
                Err(error) => {
                    tell(context, &error.diagnostic);
                    failed = true;
                }
            }
        }
        Ok(if failed { ExitCode::from(DATA) } else { ExitCode::SUCCESS })
    }
}

/// A short, language-free address: `12`, `p. 3`, `Biểu 1!7`.
fn place(anchor: &Anchor) -> String {
    match anchor {
        Anchor::Line(number) | Anchor::Paragraph(number) => number.to_string(),
        Anchor::Page(page) => format!("p. {page}"),
        Anchor::Row { sheet, row } => format!("{sheet}!{row}"),
    }
}
