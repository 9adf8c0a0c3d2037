//! The settings of the mail server: from the environment, else from a file of `KEY=VALUE` lines.

use std::collections::BTreeMap;
use std::fmt;
use std::net::IpAddr;
use std::path::Path;

use anyhow::{Context as _, bail};

/// How to reach the mail server. Its `Debug` shows no password.
pub(crate) struct Settings {
    /// The server's name or address.
    pub(crate) host: String,
    /// Its port.
    pub(crate) port: u16,
    /// `tls`, `starttls`, or `none`, which only this machine itself may be spoken to by.
    pub(crate) tls: String,
    /// Who sends.
    pub(crate) from: String,
    /// The address of the site, for links; may be empty.
    pub(crate) site: String,
    user: String,
    password: String,
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("tls", &self.tls)
            .field("from", &self.from)
            .field("site", &self.site)
            .field("user", &self.user)
            .finish_non_exhaustive()
    }
}

impl Settings {
    /// Reads them: `RORANG_SMTP_HOST`, `_PORT`, `_TLS`, `_FROM`, `_USER`, `_PASSWORD`, and `RORANG_SITE`.
    ///
    /// # Errors
    /// Names the setting that is missing or wrong; never shows the password.
    pub(crate) fn load(file: Option<&Path>) -> anyhow::Result<Self> {
        let mut values = BTreeMap::new();
        if let Some(file) = file {
            let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
            values = lines(&text);
        }
        Self::of(|key| std::env::var(key).ok().or_else(|| values.get(key).cloned()))
    }

    fn of(value: impl Fn(&str) -> Option<String>) -> anyhow::Result<Self> {
        let must = |key: &str| {
            value(key)
                .filter(|value| !value.is_empty())
                .with_context(|| format!("{key}?"))
        };
        let may = |key: &str| value(key).unwrap_or_default();
        let settings = Self {
            host: must("RORANG_SMTP_HOST")?,
            port: match may("RORANG_SMTP_PORT").as_str() {
                "" => 587,
                port => port.parse().context("RORANG_SMTP_PORT")?,
            },
            tls: value("RORANG_SMTP_TLS").unwrap_or_else(|| "starttls".to_owned()),
            from: must("RORANG_SMTP_FROM")?,
            site: may("RORANG_SITE"),
            user: may("RORANG_SMTP_USER"),
            password: may("RORANG_SMTP_PASSWORD"),
        };
        match settings.tls.as_str() {
            "tls" | "starttls" => {}
            // Names of people and of what they have not done go over no open wire.
            "none" if settings.is_this_machine() => {}
            "none" => bail!(
                "RORANG_SMTP_TLS=none: {} is not this machine (127.0.0.1)",
                settings.host
            ),
            _ => bail!("RORANG_SMTP_TLS: tls, starttls, none?"),
        }
        Ok(settings)
    }

    fn is_this_machine(&self) -> bool {
        self.host == "localhost"
            || self
                .host
                .parse::<IpAddr>()
                .is_ok_and(|address| address.is_loopback())
    }

    /// User and password, where the server wants them.
    pub(crate) fn credentials(&self) -> Option<(String, String)> {
        (!self.user.is_empty()).then(|| (self.user.clone(), self.password.clone()))
    }
}

/// `KEY=VALUE` lines; empty ones and those that begin with `#` say nothing.
pub(crate) fn lines(text: &str) -> BTreeMap<String, String> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .filter_map(|line| line.split_once('='))
        .map(|(key, value)| (key.trim().to_owned(), value.trim().to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> anyhow::Result<Settings> {
        let values = lines(text);
        Settings::of(|key| values.get(key).cloned())
    }

    #[test]
    fn a_password_is_never_shown_and_goes_over_no_open_wire() {
        let good = "# thư\nRORANG_SMTP_HOST=127.0.0.1\nRORANG_SMTP_TLS=none\nRORANG_SMTP_FROM=a@b.vn\nRORANG_SMTP_USER=u\nRORANG_SMTP_PASSWORD=bí mật";
        let settings = of(good).unwrap();
        assert!(!format!("{settings:?}").contains("bí mật"));
        assert_eq!(settings.credentials().unwrap().1, "bí mật");
        let far = of(&good.replace("127.0.0.1", "mail.dienbien.gov.vn")).unwrap_err();
        assert!(!format!("{far:?}").contains("bí mật"));
        assert!(
            of(&good
                .replace("127.0.0.1", "mail.dienbien.gov.vn")
                .replace("none", "tls"))
            .is_ok()
        );
        assert!(
            of("RORANG_SMTP_HOST=a")
                .unwrap_err()
                .to_string()
                .contains("RORANG_SMTP_FROM")
        );
    }
}
