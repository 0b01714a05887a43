//! Tries [`plan_checklist_fuzz::record`] on new texts.

#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| plan_checklist_fuzz::record(text));
