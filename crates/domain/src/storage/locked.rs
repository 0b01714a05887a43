//! A backup file that nobody can read without its passphrase.
//!
//! ```json
//! { "format": "plan-checklist-locked", "version": 1, "memory": 19456, "passes": 2,
//!   "salt": "…", "nonce": "…", "proof": "…", "checksum": 123, "data": "…" }
//! ```
//!
//! Argon2id (version 1.3, one lane, `memory` in KiB) makes 64 bytes of passphrase and salt: the first half is the key of
//! AES-256-GCM, the second, hashed once more the same way, is the `proof` by which a wrong passphrase is told from a file that
//! was changed. What stands before `data` is authenticated with it. The checksum (CRC-32) is over what stands before it and the data, and
//! tells damage by accident from a change on purpose. Bytes are in base64 (RFC 4648).

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, Key, KeyInit, Nonce};
use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use serde_json::Value;

use crate::storage::checksum::checksum;

/// The fewest characters of a passphrase.
pub const SHORTEST: usize = 8;

const FORMAT: &str = "plan-checklist-locked";
const VERSION: u64 = 1;
/// What OWASP recommends of Argon2id at least: 19 MiB, two passes.
const MEMORY: u32 = 19 * 1024;
const PASSES: u32 = 2;
/// What a file may ask for: more would freeze the page, or not fit into it.
const MOST_MEMORY: u32 = 64 * 1024;
const MOST_PASSES: u32 = 10;

/// Random bytes that no other file has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chance {
    pub salt: [u8; 16],
    pub nonce: [u8; 12],
}

/// Why a file was not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LockError {
    /// Something is missing or was changed by accident: nobody can open it any more.
    Damaged,
    WrongPassphrase,
    /// The passphrase is right, but somebody changed the file.
    Tampered,
    /// A later release made it.
    Newer,
}

/// Locks a text; `None` if the passphrase is too short.
#[must_use]
pub fn lock(text: &str, passphrase: &str, chance: Chance) -> Option<String> {
    if passphrase.chars().count() < SHORTEST {
        return None;
    }
    let (key, proof) = derive(passphrase, &chance.salt, MEMORY, PASSES)?;
    let head = Head { memory: MEMORY, passes: PASSES, salt: chance.salt.to_vec(), nonce: chance.nonce, proof };
    let about = head.text();
    let payload = Payload { msg: text.as_bytes(), aad: about.as_bytes() };
    let data = Aes256Gcm::new(&Key::<Aes256Gcm>::from(key)).encrypt(&Nonce::from(chance.nonce), payload).ok()?;
    let data = STANDARD.encode(data);
    // What it is comes first, and what is long last: of one that was cut off, that much is left.
    let file = File {
        format: FORMAT,
        version: VERSION,
        memory: head.memory,
        passes: head.passes,
        salt: STANDARD.encode(&head.salt),
        nonce: STANDARD.encode(head.nonce),
        proof: STANDARD.encode(head.proof),
        checksum: checksum(&[about.as_bytes(), data.as_bytes()]),
        data,
    };
    serde_json::to_string(&file).ok()
}

/// Whether this is a locked file, sound or not.
#[must_use]
pub fn is_locked(text: &str) -> bool {
    // Of one that was cut off, the head is left.
    let text = text.trim_start_matches('\u{feff}').trim_start();
    text.starts_with('{') && text.contains(FORMAT) && (text.contains("\"data\"") || text.contains("\"salt\""))
}

/// Opens what [`lock`] made.
///
/// # Errors
/// See [`LockError`].
pub fn unlock(text: &str, passphrase: &str) -> Result<String, LockError> {
    let file: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|_| LockError::Damaged)?;
    if file["version"].as_u64().is_none_or(|version| version > VERSION) {
        return Err(if file["version"].is_u64() { LockError::Newer } else { LockError::Damaged });
    }
    let head = Head::read(&file).ok_or(LockError::Damaged)?;
    let data = file["data"].as_str().ok_or(LockError::Damaged)?;
    let about = head.text();
    let sum = checksum(&[about.as_bytes(), data.as_bytes()]);
    if file["checksum"].as_u64() != Some(sum.into()) {
        return Err(LockError::Damaged);
    }
    let data = STANDARD.decode(data).map_err(|_| LockError::Damaged)?;
    let (key, proof) = derive(passphrase, &head.salt, head.memory, head.passes).ok_or(LockError::Damaged)?;
    if proof != head.proof {
        return Err(LockError::WrongPassphrase);
    }
    let payload = Payload { msg: &data, aad: about.as_bytes() };
    let plain = Aes256Gcm::new(&Key::<Aes256Gcm>::from(key)).decrypt(&Nonce::from(head.nonce), payload);
    String::from_utf8(plain.map_err(|_| LockError::Tampered)?).map_err(|_| LockError::Tampered)
}

/// As it is written.
#[derive(Serialize)]
struct File {
    format: &'static str,
    version: u64,
    memory: u32,
    passes: u32,
    salt: String,
    nonce: String,
    proof: String,
    checksum: u32,
    data: String,
}

/// What stands before the data.
struct Head {
    memory: u32,
    passes: u32,
    salt: Vec<u8>,
    nonce: [u8; 12],
    proof: [u8; 32],
}

impl Head {
    /// `None` for what no release has written.
    fn read(file: &Value) -> Option<Self> {
        let number = |name: &str| u32::try_from(file[name].as_u64()?).ok();
        let bytes = |name: &str| STANDARD.decode(file[name].as_str()?).ok();
        let head = Self {
            memory: number("memory")?,
            passes: number("passes")?,
            salt: bytes("salt")?,
            nonce: bytes("nonce")?.try_into().ok()?,
            proof: bytes("proof")?.try_into().ok()?,
        };
        let is_sound = (8..=64).contains(&head.salt.len())
            && (8..=MOST_MEMORY).contains(&head.memory)
            && (1..=MOST_PASSES).contains(&head.passes);
        is_sound.then_some(head)
    }

    /// What is authenticated of it.
    fn text(&self) -> String {
        let Self { memory, passes, salt, nonce, proof } = self;
        let [salt, nonce, proof] = [salt.as_slice(), nonce, proof].map(|bytes| STANDARD.encode(bytes));
        format!("{FORMAT} {VERSION} {memory} {passes} {salt} {nonce} {proof}")
    }
}

/// The key of a passphrase, and the proof that it was this one.
fn derive(passphrase: &str, salt: &[u8], memory: u32, passes: u32) -> Option<([u8; 32], [u8; 32])> {
    let make = |secret: &[u8], memory: u32, passes: u32, out: &mut [u8]| {
        let params = Params::new(memory, passes, 1, Some(out.len())).ok()?;
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into(secret, salt, out).ok()
    };
    let mut both = [0; 64];
    make(passphrase.as_bytes(), memory, passes, &mut both)?;
    let (key, seed) = both.split_at(32);
    let mut proof = [0; 32];
    make(seed, 8, 1, &mut proof)?;
    Some((key.try_into().ok()?, proof))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    const CHANCE: Chance = Chance { salt: [7; 16], nonce: [9; 12] };
    const PASSPHRASE: &str = "县里的规划 2026";

    fn locked() -> String {
        lock("{\"答复\": \"内部 😀\"}", PASSPHRASE, CHANCE).expect("the passphrase is long enough")
    }

    #[test]
    fn what_was_locked_opens_with_its_passphrase_and_no_other() {
        let file = locked();
        assert!(is_locked(&file) && !file.contains("答复"));
        assert_eq!(unlock(&file, PASSPHRASE).as_deref(), Ok("{\"答复\": \"内部 😀\"}"));
        for other in ["", "县里的规划 2027", "县里的规划2026", "县里的规划 2026 "] {
            assert_eq!(unlock(&file, other), Err(LockError::WrongPassphrase), "{other}");
        }
        assert_eq!(lock("", "七个字不够的", CHANCE), None);
    }

    #[test]
    fn the_same_text_locked_twice_has_nothing_in_common() {
        let other = Chance { salt: [8; 16], nonce: [10; 12] };
        let (one, two) = (locked(), lock("{\"答复\": \"内部 😀\"}", PASSPHRASE, other).expect("long enough"));
        let field = |file: &str, name: &str| serde_json::from_str::<Value>(file).expect("JSON")[name].to_string();
        for name in ["salt", "nonce", "proof", "data"] {
            assert_ne!(field(&one, name), field(&two, name), "{name}");
        }
    }

    #[test]
    fn damage_a_change_and_a_later_release_are_told_apart() {
        let file = locked();
        for end in [60, file.len() / 2, file.len() - 1] {
            assert!(is_locked(&file[..end]) || end == 60, "{end}");
            assert_eq!(unlock(&file[..end], PASSPHRASE), Err(LockError::Damaged), "{end}");
        }
        let mut value: Value = serde_json::from_str(&file).expect("JSON");
        value["data"] = json!(value["data"].as_str().expect("text").replacen(|_: char| true, "!", 1));
        assert_eq!(unlock(&value.to_string(), PASSPHRASE), Err(LockError::Damaged));

        // Somebody changes a byte, and mends the checksum.
        let mut value: Value = serde_json::from_str(&file).expect("JSON");
        let mut data = STANDARD.decode(value["data"].as_str().expect("text")).expect("base64");
        data[3] ^= 1;
        value["data"] = json!(STANDARD.encode(data));
        let head = Head::read(&value).expect("it is sound");
        let sum = |value: &Value| checksum(&[head.text().as_bytes(), value["data"].as_str().expect("text").as_bytes()]);
        value["checksum"] = json!(sum(&value));
        assert_eq!(unlock(&value.to_string(), PASSPHRASE), Err(LockError::Tampered));

        let mut value: Value = serde_json::from_str(&file).expect("JSON");
        value["version"] = json!(2);
        assert_eq!(unlock(&value.to_string(), PASSPHRASE), Err(LockError::Newer));
        // What would freeze the page is not even tried.
        for (name, number) in [("memory", 1 << 30), ("memory", 0), ("passes", 1000), ("passes", 0)] {
            let mut value: Value = serde_json::from_str(&file).expect("JSON");
            value[name] = json!(number);
            assert_eq!(unlock(&value.to_string(), PASSPHRASE), Err(LockError::Damaged), "{name} {number}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn whatever_is_made_of_a_file_is_an_error_or_what_was_locked(at in any::<prop::sample::Index>(), letter in any::<char>()) {
            let mut letters: Vec<char> = locked().chars().collect();
            let at = at.index(letters.len());
            letters[at] = letter;
            let file: String = letters.into_iter().collect();
            let opened = unlock(&file, PASSPHRASE);
            prop_assert!(opened.as_deref().is_err() || opened.as_deref() == Ok("{\"答复\": \"内部 😀\"}"), "{}", file);
        }

        #[test]
        fn no_text_makes_it_fail(text in ".*", passphrase in ".{0,20}") {
            prop_assert!(unlock(&text, &passphrase).is_err());
        }

        #[test]
        fn every_text_comes_back(text in ".{0,200}", passphrase in ".{8,20}") {
            let file = lock(&text, &passphrase, CHANCE).expect("long enough");
            prop_assert_eq!(unlock(&file, &passphrase), Ok(text));
        }
    }
}
