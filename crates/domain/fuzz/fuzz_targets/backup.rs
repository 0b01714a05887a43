//! Whatever a file holds, importing it neither panics nor brings back what cannot be exported again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use plan_checklist_domain::file::{export, import};

fuzz_target!(|text: &str| {
    if let Ok(found) = import(text) {
        let again = import(&export(&found.workbooks, None)).expect("what was exported can be imported");
        assert_eq!(again.workbooks, found.workbooks);
    }
});
