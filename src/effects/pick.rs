//! Reading a file that somebody picked or dropped.

use gloo_file::callbacks::{FileReader, read_as_text};
use gloo_file::{Blob, File};
use plan_checklist_domain::file::{FileError, SIZE_LIMIT};

/// Reads a file's text; drop the reader to stop. A file that is too large is not even opened.
///
/// # Errors
/// [`FileError::TooLarge`] at once; whatever else is wrong shows in the text.
pub fn read(file: &web_sys::File, on_text: impl FnOnce(String) + 'static) -> Result<FileReader, FileError> {
    let file = File::from(file.clone());
    if file.size() > SIZE_LIMIT as u64 {
        return Err(FileError::TooLarge);
    }
    // A file that cannot be read any more (a stick pulled out) is like one with nothing in it.
    Ok(read_as_text(&Blob::from(file), move |result| on_text(result.unwrap_or_default())))
}
