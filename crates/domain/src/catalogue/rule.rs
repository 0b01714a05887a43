//! What rests on what.

use serde::Deserialize;

/// One requirement that rests on others.
#[derive(Debug, PartialEq, Eq, Deserialize)]
pub struct Rule {
    pub requirement: String,
    pub needs: Vec<String>,
    /// The clause that sets this order; `None` where it is our advice: 建议.
    #[serde(default)]
    pub clause: Option<String>,
    /// Why, as a sentence.
    pub reason: String,
}
