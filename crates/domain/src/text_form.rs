//! Values that stand in JSON as a text: written as they are displayed, read as they are parsed.

use std::borrow::Cow;

use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Serialize, Serializer};

use crate::catalogue::requirement_id::RequirementId;
use crate::date::Date;
use crate::workbook::entry::EntryId;
use crate::workbook::stamp::Stamp;
use crate::workbook::workbook_id::WorkbookId;

macro_rules! text_form {
    ($($value:ty),*) => {$(
        impl Serialize for $value {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $value {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = Cow::<str>::deserialize(deserializer)?;
                Self::parse(&text).ok_or_else(|| D::Error::custom(concat!("no ", stringify!($value))))
            }
        }
    )*};
}

text_form!(Date, EntryId, RequirementId, Stamp, WorkbookId);
