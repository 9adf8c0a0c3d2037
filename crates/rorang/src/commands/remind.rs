//! `rorang remind`: everybody's digest of what is due, shown or sent by mail.
//!
//! A digest is noted as begun before its mail goes out and as sent after the server took it. Where the program dies in
//! between, nobody can know whether the mail went: the next run leaves it alone and says so; `--again` sends it once more
//! under the same message id, by which a mailbox can tell a second copy. What the server refuses is tried again; a line
//! that was cut before the server said yes or no counts as «may have gone».

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use app::remind::{DigestLine, DigestView};
use app::Actor;
use i18n::Messages;
use lettre::message::header::ContentType;
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::{Message, SmtpTransport, Transport as _};
use plan::task::reminder::Why;
use terms::Language;

use super::{Context, DATA};
use crate::mail::Settings;

#[derive(Debug, clap::Args)]
pub(crate) struct Remind {
    /// Show the digests and send nothing
    #[arg(long, conflicts_with = "send", required_unless_present = "send")]
    dry_run: bool,
    /// Send each digest of today once
    #[arg(long)]
    send: bool,
    /// Send once more what an earlier run may have sent before it broke off
    #[arg(long, requires = "send")]
    again: bool,
    /// A file with the settings of the mail server; those of the environment go before it
    #[arg(long, value_name = "FILE")]
    settings: Option<PathBuf>,
    /// The database
    #[arg(long, value_name = "FILE", default_value = "rorang.db")]
    database: PathBuf,
}

impl Remind {
    pub(crate) fn run(self, context: &Context) -> anyhow::Result<ExitCode> {
        super::runtime()?.block_on(self.remind(context))
    }

    async fn remind(self, context: &Context) -> anyhow::Result<ExitCode> {
        let language = context.language;
        let app = super::open_there(&self.database).await?;
        let actor = Actor::operator();
        let digests = app.digests(&actor).await?;
        if self.dry_run {
            for digest in &digests {
                let address = digest.address.clone().unwrap_or_else(|| Messages::get(language, "remind-no-address", &[]));
                println!("{} <{address}>\n{}", digest.name, text(language, digest, ""));
            }
            let count = Messages::get(language, "remind-count", &[("count", digests.len().into())]);
            println!("{count}");
            app.close().await;
            return Ok(ExitCode::SUCCESS);
        }
        let settings = Settings::load(self.settings.as_deref())?;
        let transport = transport(&settings)?;
        let from: Mailbox = settings.from.parse().context("RORANG_SMTP_FROM")?;
        let mut reach = None;
        let (mut sent, mut known, mut unsure, mut failed, mut nowhere) = (0_usize, 0_usize, 0_usize, 0_usize, 0_usize);
        for digest in &digests {
            let Some(address) = &digest.address else {
                nowhere += 1;
                continue;
            };
            match digest.state {
                Some(app::remind::DigestState::Sent) => {
                    known += 1;
                    continue;
                }
                Some(app::remind::DigestState::Sending) if !self.again => {
                    unsure += 1;
                    continue;
                }
                _ => {}
            }
            let message = message(language, &from, address, digest, &settings.site)?;
            // Asked once, before anything is noted: a server that is not there takes no mail, and that is certain.
            if reach.is_none() {
                let server = transport.clone();
                reach = Some(tokio::task::spawn_blocking(move || reached(&server)).await?);
            }
            if let Some(Err(why)) = &reach {
                not_sent(language, digest, why.clone());
                failed += 1;
                continue;
            }
            // Noted first: two runs at once, or one that breaks off here, never send a second mail by themselves.
            if !app.begin_digest(&actor, digest, self.again).await? {
                known += 1;
                continue;
            }
            let server = transport.clone();
            let answer = tokio::task::spawn_blocking(move || server.send(&message)).await?;
            match answer {
                Ok(_) => {
                    app.end_digest(&actor, digest, true).await?;
                    sent += 1;
                }
                Err(error) => {
                    if surely_not_sent(&error) {
                        app.end_digest(&actor, digest, false).await?;
                    }
                    // The error tells the server's words, never the password.
                    not_sent(language, digest, error.to_string());
                    failed += 1;
                }
            }
        }
        println!(
            "{}",
            Messages::get(
                language,
                "remind-sent",
                &[
                    ("sent", sent.into()),
                    ("known", known.into()),
                    ("unsure", unsure.into()),
                    ("failed", failed.into()),
                    ("nowhere", nowhere.into()),
                ],
            )
        );
        app.close().await;
        Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::from(DATA) })
    }
}

/// Whether the server can be spoken to at all; else why not.
fn reached(server: &SmtpTransport) -> Result<(), String> {
    match server.test_connection() {
        Ok(true) => Ok(()),
        Ok(false) => Err("NOOP?".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

/// Whether the mail certainly did not go: the server said no, or nothing was said to it. A line that was cut or fell
/// silent tells neither: the server may have taken the mail before.
fn surely_not_sent(error: &lettre::transport::smtp::Error) -> bool {
    error.is_permanent() || error.is_transient() || error.is_client() || error.is_tls()
}

fn not_sent(language: Language, digest: &DigestView, why: String) {
    let words = [("name", digest.name.clone().into()), ("why", why.into())];
    eprintln!("{}", Messages::get(language, "remind-failed", &words));
}

fn transport(settings: &Settings) -> anyhow::Result<SmtpTransport> {
    let builder = match settings.tls.as_str() {
        "tls" => SmtpTransport::relay(&settings.host)?,
        "starttls" => SmtpTransport::starttls_relay(&settings.host)?,
        // Held to this machine by the settings.
        _ => SmtpTransport::builder_dangerous(&settings.host),
    };
    let builder = builder.port(settings.port).timeout(Some(std::time::Duration::from_secs(20)));
    Ok(match settings.credentials() {
        Some((user, password)) => builder.credentials(Credentials::new(user, password)).build(),
        None => builder.build(),
    })
}

fn message(
    language: Language,
    from: &Mailbox,
    address: &str,
    digest: &DigestView,
    site: &str,
) -> anyhow::Result<Message> {
    let to = Mailbox::new(None, address.parse().context("address")?);
    let subject = Messages::get(language, "remind-subject", &[("count", digest.lines.len().into())]);
    let plain = SinglePart::builder()
        .header(ContentType::TEXT_PLAIN)
        .body(text(language, digest, site));
    Ok(Message::builder()
        .from(from.clone())
        .to(to)
        .subject(subject)
        .message_id(Some(format!("<{}>", digest.message_id)))
        .multipart(MultiPart::mixed().singlepart(plain))?)
}

/// The digest in words: one line a task, with its page where the site's address is known.
fn text(language: Language, digest: &DigestView, site: &str) -> String {
    let mut text = Messages::get(language, "remind-hello", &[("name", digest.name.clone().into())]);
    text.push_str("\n\n");
    for line in &digest.lines {
        text.push_str(&sentence(language, line));
        text.push('\n');
        if !site.is_empty() {
            text.push_str(&format!("  {}/{}/tasks/{}\n", site.trim_end_matches('/'), language.code(), line.task));
        }
    }
    text.push('\n');
    text.push_str(&Messages::get(language, "remind-end", &[]));
    text.push('\n');
    text
}

fn sentence(language: Language, line: &DigestLine) -> String {
    let (key, days) = match line.why {
        Why::Overdue(days) => ("remind-overdue", days),
        Why::DueSoon(days) => ("remind-due-soon", days),
        Why::Unreceived(days) => ("remind-unreceived", days),
        Why::Silent(days) => ("remind-silent", days),
        Why::Unanswered(days) => ("remind-unanswered", days),
    };
    let why = Messages::get(language, key, &[("days", i64::from(days).into())]);
    let lead = line.lead.as_ref().map(|lead| lead.name.get(language)).unwrap_or_default();
    let climbed = if 0 < line.levels_up {
        Messages::get(language, "remind-climbed", &[])
    } else {
        String::new()
    };
    format!("- {}: {} ({lead}){climbed}", why, line.title)
}
