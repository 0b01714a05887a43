//! Whatever an id looks like, following renamings ends, and ends at a requirement or where it began.

#![no_main]

use libfuzzer_sys::fuzz_target;
use plan_checklist_domain::catalogue::canonical_id;
use plan_checklist_domain::{EntryId, Stamp, WorkbookId};

fuzz_target!(|text: &str| {
    assert_eq!(canonical_id(canonical_id(text)), canonical_id(text));
    let _ = Stamp::parse(text).map(EntryId);
    let _ = WorkbookId::parse(text);
});
