//! Which provider, and what is trusted of it.

use std::fmt;
use std::net::IpAddr;

use openidconnect::url::{Host, Url};

/// A text that is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Hides a text.
    pub fn new(text: String) -> Self {
        Self(text)
    }

    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// A provider, as the province registered this program there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The issuer: where the provider is found.
    pub issuer: String,
    /// The name of this program at the provider.
    pub client: String,
    /// Its secret; none for a public client, which PKCE alone protects.
    pub secret: Option<Secret>,
    /// Where the provider sends the browser back to: a whole address of this site.
    pub back: String,
    /// Where the provider may send the browser after signing out there.
    pub after: String,
    /// Scopes beside `openid`.
    pub scopes: Vec<String>,
    /// The certificates of an authority that is trusted beside the public ones, in PEM.
    pub authority: Option<Vec<u8>>,
}

/// A setting that cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// An address that is none, or goes over an open line to another machine.
    #[error("{0}: https is needed, http only to this machine itself (127.0.0.1)")]
    Address(&'static str),
    /// Nothing where there must be something.
    #[error("{0} is missing")]
    Missing(&'static str),
    /// No certificate that can be read.
    #[error("the certificates of the authority cannot be read")]
    Authority,
}

impl Settings {
    /// Whether they can be used: no passwords and tokens go over an open line to another machine.
    ///
    /// # Errors
    /// Names the first setting that cannot be used.
    pub fn check(&self) -> Result<(), SettingsError> {
        if self.client.is_empty() {
            return Err(SettingsError::Missing("client"));
        }
        for (name, address) in [("issuer", &self.issuer), ("site", &self.back)] {
            let good = Url::parse(address).is_ok_and(|address| is_safe(&address));
            if !good {
                return Err(SettingsError::Address(name));
            }
        }
        Ok(())
    }

    /// Whether the provider runs on this machine itself: no proxy lies between.
    pub(crate) fn is_here(&self) -> bool {
        Url::parse(&self.issuer).is_ok_and(|address| is_loopback(&address))
    }
}

/// Whether what is said there is heard by nobody else.
pub(crate) fn is_safe(address: &Url) -> bool {
    match address.scheme() {
        "https" => address.has_host(),
        "http" => is_loopback(address),
        _ => false,
    }
}

fn is_loopback(address: &Url) -> bool {
    match address.host() {
        Some(Host::Ipv4(address)) => IpAddr::V4(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::V6(address).is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(issuer: &str, back: &str) -> Settings {
        Settings {
            issuer: issuer.to_owned(),
            client: "ro-rang".to_owned(),
            secret: Some(Secret::new("bí mật".to_owned())),
            back: back.to_owned(),
            after: String::new(),
            scopes: Vec::new(),
            authority: None,
        }
    }

    #[test]
    fn an_open_line_leads_to_this_machine_only() {
        let site = "https://ro-rang.test/back";
        for good in [
            "https://sso.test",
            "http://127.0.0.1:3000",
            "http://localhost/x",
            "http://[::1]:1",
        ] {
            assert_eq!(settings(good, site).check(), Ok(()), "{good}");
        }
        for wrong in [
            "",
            "sso.test",
            "http://sso.test",
            "http://127.0.0.1.evil.test",
            "ftp://sso.test",
            "http://10.0.0.1",
        ] {
            assert_eq!(
                settings(wrong, site).check(),
                Err(SettingsError::Address("issuer")),
                "{wrong}"
            );
        }
        assert_eq!(
            settings("https://sso.test", "http://ro-rang.test").check(),
            Err(SettingsError::Address("site"))
        );
    }

    #[test]
    fn the_secret_is_never_shown() {
        let shown = format!("{:?}", settings("https://sso.test", "https://ro-rang.test"));
        assert!(shown.contains("sso.test") && !shown.contains("bí mật"));
    }
}
