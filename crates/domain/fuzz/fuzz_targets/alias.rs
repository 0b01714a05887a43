//! Tries [`plan_checklist_fuzz::alias`] on new texts.

#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| plan_checklist_fuzz::alias(text));
