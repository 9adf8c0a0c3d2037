//! The settings of the province's directory: from the environment, else from a file of `KEY=VALUE` lines. The secret
//! stands in one of the two or in a file of its own, never among the arguments and never in the database.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, bail};
use app::single_sign_on::{FindBy, SingleSignOn, Strong};
use app::view::Bilingual;
use oidc::{Provider, Secret, Settings};

use crate::mail::lines;

/// Reads them; none where nothing names an issuer.
///
/// `RORANG_OIDC_ISSUER`, `_CLIENT`, `_SECRET` or `_SECRET_FILE`, `_NAME` and `_NAME_EN` (what pages call the directory),
/// `_FIND_BY` (`link`, `email`, `username`), `_MAKE` (1: accounts are made), `_STRONG` (what counts as a second factor
/// given there: `amr:mfa,acr:…`), `_SCOPES`, `_CA` (a file of certificates), and `RORANG_SITE`, the address of the site.
///
/// # Errors
/// Names the setting that is missing or wrong; never shows the secret.
pub(crate) fn load(file: Option<&Path>) -> anyhow::Result<Option<SingleSignOn>> {
    let mut values = BTreeMap::new();
    if let Some(file) = file {
        let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
        values = lines(&text);
        if !values.contains_key("RORANG_OIDC_ISSUER") && std::env::var_os("RORANG_OIDC_ISSUER").is_none() {
            bail!("{}: RORANG_OIDC_ISSUER?", file.display());
        }
    }
    of(|key| std::env::var(key).ok().or_else(|| values.get(key).cloned()))
}

fn of(value: impl Fn(&str) -> Option<String>) -> anyhow::Result<Option<SingleSignOn>> {
    let may = |key: &str| value(key).filter(|value| !value.is_empty());
    let must = |key: &'static str| may(key).with_context(|| format!("{key}?"));
    let Some(issuer) = may("RORANG_OIDC_ISSUER") else {
        return Ok(None);
    };
    let site = must("RORANG_SITE")?.trim_end_matches('/').to_owned();
    let secret = match (may("RORANG_OIDC_SECRET"), may("RORANG_OIDC_SECRET_FILE")) {
        (Some(_), Some(_)) => bail!("RORANG_OIDC_SECRET, RORANG_OIDC_SECRET_FILE: one of the two"),
        (secret @ Some(_), None) => secret,
        (None, Some(file)) => {
            let text =
                std::fs::read_to_string(&file).with_context(|| format!("RORANG_OIDC_SECRET_FILE: {file}"))?;
            let secret = text.trim_end_matches(['\r', '\n']).to_owned();
            if secret.is_empty() {
                bail!("RORANG_OIDC_SECRET_FILE: {file}?");
            }
            Some(secret)
        }
        (None, None) => None,
    };
    let find_by = match may("RORANG_OIDC_FIND_BY").as_deref() {
        None | Some("link") => FindBy::Link,
        Some("email") => FindBy::Email,
        Some("username") => FindBy::Username,
        Some(_) => bail!("RORANG_OIDC_FIND_BY: link, email, username?"),
    };
    let make = match may("RORANG_OIDC_MAKE").as_deref() {
        None | Some("0") => false,
        Some("1") if find_by != FindBy::Link => true,
        Some("1") => bail!("RORANG_OIDC_MAKE=1: RORANG_OIDC_FIND_BY=email, username?"),
        Some(_) => bail!("RORANG_OIDC_MAKE: 0, 1?"),
    };
    let mut strong = Vec::new();
    for way in may("RORANG_OIDC_STRONG")
        .unwrap_or_default()
        .split(',')
        .map(str::trim)
        .filter(|way| !way.is_empty())
    {
        strong.push(match way.split_once(':') {
            Some(("amr", method)) if !method.is_empty() => Strong::Method(method.to_owned()),
            Some(("acr", context)) if !context.is_empty() => Strong::Context(context.to_owned()),
            _ => bail!("RORANG_OIDC_STRONG: amr:…, acr:…?"),
        });
    }
    let usual = match find_by {
        FindBy::Email => "email",
        FindBy::Link | FindBy::Username => "profile",
    };
    let scopes = may("RORANG_OIDC_SCOPES").unwrap_or_else(|| usual.to_owned());
    let authority = match may("RORANG_OIDC_CA") {
        Some(file) => Some(std::fs::read(&file).with_context(|| format!("RORANG_OIDC_CA: {file}"))?),
        None => None,
    };
    let settings = Settings {
        issuer,
        client: must("RORANG_OIDC_CLIENT")?,
        secret: secret.map(Secret::new),
        back: format!("{site}{}", web::routes::DIRECTORY_BACK),
        after: format!("{site}/"),
        scopes: scopes
            .split_whitespace()
            .filter(|scope| *scope != "openid")
            .map(str::to_owned)
            .collect(),
        authority,
    };
    let name = must("RORANG_OIDC_NAME")?;
    Ok(Some(SingleSignOn {
        provider: Provider::new(settings)?,
        name: Bilingual {
            en: may("RORANG_OIDC_NAME_EN").unwrap_or_else(|| name.clone()),
            vi: name,
        },
        find_by,
        make,
        strong,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "# thư mục\nRORANG_SITE=https://ro-rang.test/\nRORANG_OIDC_ISSUER=https://sso.test\n\
        RORANG_OIDC_CLIENT=ro-rang\nRORANG_OIDC_SECRET=bí mật\nRORANG_OIDC_NAME=Thư mục tỉnh\n";

    fn read(text: &str) -> anyhow::Result<Option<SingleSignOn>> {
        let values = lines(text);
        of(|key| values.get(key).cloned())
    }

    #[test]
    fn nothing_is_trusted_that_nobody_asked_for() {
        let directory = read(GOOD).unwrap().unwrap();
        assert_eq!((directory.find_by, directory.make), (FindBy::Link, false));
        assert!(directory.strong.is_empty());
        assert_eq!(directory.name.en, "Thư mục tỉnh");
        assert!(!format!("{directory:?}").contains("bí mật"));
        assert!(read("").unwrap().is_none());
    }

    #[test]
    fn a_wrong_setting_is_named_and_the_secret_is_not_shown() {
        for (more, named) in [
            ("RORANG_OIDC_FIND_BY=name", "RORANG_OIDC_FIND_BY"),
            ("RORANG_OIDC_MAKE=1", "RORANG_OIDC_FIND_BY"),
            ("RORANG_OIDC_STRONG=mfa", "RORANG_OIDC_STRONG"),
            ("RORANG_OIDC_SECRET_FILE=/x", "RORANG_OIDC_SECRET_FILE"),
            ("RORANG_OIDC_CA=/not/there", "RORANG_OIDC_CA"),
            ("RORANG_OIDC_ISSUER=http://sso.test", "issuer"),
            ("RORANG_OIDC_NAME=", "RORANG_OIDC_NAME"),
            ("RORANG_SITE=", "RORANG_SITE"),
        ] {
            let error = format!("{:?}", read(&format!("{GOOD}{more}\n")).map(|_| ()).unwrap_err());
            assert!(
                error.contains(named) && !error.contains("bí mật"),
                "{more}: {error}"
            );
        }
        let strong = read(&format!("{GOOD}RORANG_OIDC_STRONG=amr:mfa, acr:urn:x:y\n"))
            .unwrap()
            .unwrap()
            .strong;
        assert_eq!(
            strong,
            [
                Strong::Method("mfa".to_owned()),
                Strong::Context("urn:x:y".to_owned())
            ]
        );
    }
}
