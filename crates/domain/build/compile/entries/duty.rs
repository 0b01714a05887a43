//! A role and its basis.

use serde::de::IntoDeserializer as _;
use serde::de::value::Error as WordError;
use serde::{Deserialize, Deserializer};

use super::super::kinds::{Role, RoleBasis};

/// A role and its basis, as `lead, named`; `none` for whom it does not concern.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct Duty(pub(in super::super) Option<(Role, RoleBasis)>);

impl<'de> Deserialize<'de> for Duty {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text == "none" {
            return Ok(Self(None));
        }
        let (role, basis) = text.split_once(", ").unwrap_or((&text, ""));
        let word = |error: WordError| serde::de::Error::custom(error);
        let role = Role::deserialize(role.into_deserializer()).map_err(word)?;
        let basis = RoleBasis::deserialize(basis.into_deserializer()).map_err(word)?;
        Ok(Self(Some((role, basis))))
    }
}
