//! Whatever lies in storage, reading it neither panics nor shows anything but a whole workbook.

#![no_main]

use libfuzzer_sys::fuzz_target;
use plan_checklist_domain::record;
use plan_checklist_domain::shelf::Key;

fuzz_target!(|text: &str| {
    let _ = Key::parse(text);
    let _ = record::read(text);
    // With a sound header, so that what follows is read.
    let framed = format!("plan-checklist 1 1 1 {:08x} {}\n{text}", record::checksum(text.as_bytes()), text.len());
    if let Ok((_, workbook)) = record::read(&framed) {
        let again = record::write(&workbook, 1, 1);
        assert_eq!(record::read(&again).expect("what was written can be read").1, workbook);
    }
});
