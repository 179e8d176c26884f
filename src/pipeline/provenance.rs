//! What an alignment was made from.

use crate::model::FileHash;
use sha2::{Digest, Sha256};
use std::path::Path;

/// This program and its version.
pub(super) const PROGRAM: &str = concat!("zimu ", env!("CARGO_PKG_VERSION"));

/// The name, without folders, and the hash of bytes that were read from `name`.
pub(super) fn of_bytes(name: &str, bytes: &[u8]) -> FileHash {
    FileHash { name: bare(name), sha256: sha256(bytes) }
}

/// SHA-256 (FIPS 180-4) in hexadecimal digits.
pub(super) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// The name, without folders, and a hash that was made piece by piece.
#[cfg(feature = "audio")]
pub(super) fn of_hash(name: &str, hash: Sha256) -> FileHash {
    FileHash { name: bare(name), sha256: hex(&hash.finalize()) }
}

fn bare(name: &str) -> String {
    Path::new(name).file_name().map_or(name.to_owned(), |name| name.to_string_lossy().into_owned())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_fips_180() {
        let of = of_bytes("a/b.txt", b"abc");
        assert_eq!(of.name, "b.txt");
        assert_eq!(of.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
