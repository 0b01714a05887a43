//! A store of texts under keys: the browser's local storage, or a simulation of it.

/// What local storage offers, as far as we need it.
pub trait Storage {
    /// Every key, ours and others'.
    ///
    /// # Errors
    /// [`Refusal::Blocked`] where there is no access; so for the others.
    fn keys(&self) -> Result<Vec<String>, Refusal>;

    /// The text under a key; `None` where there is none.
    ///
    /// # Errors
    /// [`Refusal::Blocked`].
    fn get(&self, key: &str) -> Result<Option<String>, Refusal>;

    /// Puts a text under a key.
    ///
    /// # Errors
    /// [`Refusal::Full`] where there is no room; nothing has changed then.
    fn set(&self, key: &str, text: &str) -> Result<(), Refusal>;

    /// Removes a key.
    ///
    /// # Errors
    /// [`Refusal::Blocked`].
    fn remove(&self, key: &str) -> Result<(), Refusal>;

    /// How the text under a key begins, up to this many characters; `None` where there is none. Every save asks this
    /// twice, so a browser's storage should not copy the whole text for it.
    ///
    /// # Errors
    /// [`Refusal::Blocked`].
    fn beginning(&self, key: &str, length: usize) -> Result<Option<String>, Refusal> {
        Ok(self.get(key)?.map(|text| text.chars().take(length).collect()))
    }
}

/// Why storage did not do what it was asked to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// There is no access.
    Blocked,
    /// There is no room, and none could be made.
    Full,
    /// The workbook is larger than any storage: something enormous was pasted or imported. Nothing was let go for it.
    TooLarge,
    /// A later release wrote this workbook: this one must not.
    Newer,
}
