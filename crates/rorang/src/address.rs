//! The address to listen on: how people write it, and why it cannot be opened.

use std::net::{Ipv4Addr, SocketAddr};

use terms::{Diagnostic, Place};

/// Reads `127.0.0.1:4321`, `localhost:4321` or `4321`; a port alone is one of this machine.
pub(crate) fn parse(text: &str) -> Option<SocketAddr> {
    let text = text.trim();
    let of_here = |port: &str| {
        port.parse::<u16>()
            .ok()
            .map(|port| SocketAddr::from((Ipv4Addr::LOCALHOST, port)))
    };
    text.parse()
        .ok()
        .or_else(|| of_here(text.strip_prefix("localhost:").unwrap_or(text)))
}

/// An address that was not understood.
pub(crate) fn unknown(text: &str) -> Diagnostic {
    Diagnostic::error("address-unknown", Place::default()).with("found", text)
}

/// Why an address cannot be opened, and what to try instead.
pub(crate) fn not_opened(address: SocketAddr, error: &std::io::Error) -> Diagnostic {
    let code = match error.kind() {
        std::io::ErrorKind::AddrInUse => "address-taken",
        std::io::ErrorKind::PermissionDenied => "address-not-allowed",
        std::io::ErrorKind::AddrNotAvailable => "address-not-here",
        _ => "address-failed",
    };
    // The next port, or the usual one where the port is one of the system's own.
    let port = if address.port() < 1024 {
        4321
    } else {
        address.port().checked_add(1).unwrap_or(4321)
    };
    Diagnostic::error(code, Place::default())
        .with("address", address.to_string())
        .with("other", SocketAddr::new(address.ip(), port).to_string())
        .with("cause", error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_people_write_it() {
        let read = |text: &str| parse(text).map(|address| address.to_string());
        assert_eq!(read("0.0.0.0:80").as_deref(), Some("0.0.0.0:80"));
        assert_eq!(read("[::1]:4321").as_deref(), Some("[::1]:4321"));
        assert_eq!(read("localhost:4742").as_deref(), Some("127.0.0.1:4742"));
        assert_eq!(read(" 4742 ").as_deref(), Some("127.0.0.1:4742"));
        assert_eq!(read("127.0.0.1:99999"), None);
        assert_eq!(read("example.org:80"), None);
        assert_eq!(read(""), None);
    }

    #[test]
    fn each_trouble_has_its_own_way_out() {
        let told = |kind: std::io::ErrorKind, address: &str| {
            let told = not_opened(address.parse().unwrap(), &kind.into());
            let help = i18n::explain(terms::Language::En, &told).help.unwrap();
            (told.code, help)
        };
        let (code, help) = told(std::io::ErrorKind::AddrInUse, "127.0.0.1:4321");
        assert_eq!(code, "address-taken");
        assert!(help.contains("--address 127.0.0.1:4322"), "{help}");
        let (code, help) = told(std::io::ErrorKind::PermissionDenied, "127.0.0.1:80");
        assert_eq!(code, "address-not-allowed");
        assert!(help.contains("--address 127.0.0.1:4321"), "{help}");
        assert_eq!(
            told(std::io::ErrorKind::AddrNotAvailable, "10.1.2.3:4321").0,
            "address-not-here"
        );
    }
}
