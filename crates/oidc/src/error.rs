//! Why nobody came through the door.

/// By what the caller can say: try later, you declined, or this is not to be trusted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The provider cannot be reached, is too slow, or answers what no provider answers.
    #[error("the provider gives no answer that can be used: {0}")]
    Down(&'static str),
    /// The provider was asked and said no: the person declined, the code was used or is too old.
    #[error("the provider refused: {0}")]
    Refused(String),
    /// The provider's answer does not hold.
    #[error("the provider's answer is not to be trusted: {0:?}")]
    Untrusted(Flaw),
}

/// What does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// The answer or the token names another issuer, or none where one is promised: the mix-up of two providers.
    Issuer,
    /// The token is meant for somebody else, or for others too.
    Audience,
    /// The token belongs to another request.
    Nonce,
    /// The token has run out, or was issued in the future or long ago.
    Time,
    /// The token is not signed, or by an algorithm that is not taken.
    Algorithm,
    /// No key of the provider fits, also after its keys were fetched again.
    Key,
    /// The signature is not the key's.
    Signature,
    /// The token is bound to another access token.
    Hash,
    /// The token has no subject that can be kept, or the claims are of another one.
    Subject,
    /// There is no token, or it cannot be read.
    Shape,
}
