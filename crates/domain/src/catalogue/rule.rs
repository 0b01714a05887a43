//! What rests on what.

/// One requirement that rests on others.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    pub requirement: String,
    pub needs: Vec<String>,
    /// The clause that sets this order; `None` where it is our advice: 建议.
    pub clause: Option<String>,
    /// Why, as a sentence.
    pub reason: String,
}
