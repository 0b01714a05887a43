//! What must hold of any text whatever: the fuzz targets try it on new ones, tests/corpus.rs on those they found.

use plan_checklist_domain::catalogue::builtin;
use plan_checklist_domain::sharing::link::{Link, decode, encode, encode_start};
use plan_checklist_domain::storage::backup::{export, import};
use plan_checklist_domain::storage::key::Key;
use plan_checklist_domain::storage::record;
use plan_checklist_domain::training::{Assignment, ResultCode, builtin as bank};
use plan_checklist_domain::{EntryId, RequirementId, Stamp, WorkbookId};

/// When everything is read: later than most stamps.
const NOW: u64 = 1_606_204_800_000;

/// Whatever lies in storage, reading it neither panics nor shows anything but a whole workbook.
pub fn record(text: &str) {
    let _ = Key::parse(text);
    let _ = record::read(text);
    // With a sound header, so that what follows is read.
    let framed = record::seal(1, &format!("1 1 {}\n", text.len()), text);
    if let Ok((_, workbook)) = record::read(&framed) {
        let again = record::write(&workbook, 1, 1);
        assert_eq!(record::read(&again).expect("what was written can be read").1, workbook);
    }
}

/// Whatever a file holds, importing it neither panics nor brings back what cannot be exported again.
pub fn backup(text: &str) {
    if let Ok(found) = import(text, NOW) {
        let again =
            import(&export(&found.workbooks, &found.training, None), NOW).expect("what was exported can be imported");
        assert_eq!(again.workbooks, found.workbooks);
    }
}

/// Whatever an id looks like, following renamings ends, and ends at a requirement or where it began.
pub fn alias(text: &str) {
    assert_eq!(builtin().canonical_id(builtin().canonical_id(text)), builtin().canonical_id(text));
    if let Some(found) = builtin().place_in(text) {
        assert!(text.contains('%') || text.to_ascii_lowercase().contains(found));
    }
    let _ = Stamp::parse(text).map(EntryId);
    let _ = WorkbookId::parse(text);
    if let Some(id) = RequirementId::parse(text) {
        assert_eq!(id.as_str(), text);
    }
}

/// Any fragment is read or refused; what is read can be shared again and then means the same.
pub fn link(text: &str) {
    // As it comes, and with the word before it, so that the fuzzer does not have to find it.
    for fragment in [text.to_owned(), format!("s={text}"), format!("start={text}")] {
        match decode(builtin(), &fragment) {
            Ok(Link::Snapshot(mut snapshot)) => {
                let again = decode(builtin(), &encode(builtin(), &snapshot));
                snapshot.unknown = 0;
                snapshot.absent.clear();
                let Ok(Link::Snapshot(mut again)) = again else { panic!("{again:?}") };
                again.absent.clear();
                assert_eq!(again, snapshot);
            }
            Ok(Link::Start(start)) => assert_eq!(decode(builtin(), &encode_start(&start)), Ok(Link::Start(start))),
            Err(_) => {}
        }
    }
    for fragment in [text.to_owned(), format!("round={text}")] {
        if let Ok(set) = Assignment::decode(&fragment) {
            let _ = set.round(bank());
            assert_eq!(Assignment::decode(&set.encode()), Ok(set));
        }
    }
    if let Ok(result) = ResultCode::read(text) {
        let again = result.encode().expect("it was a code");
        assert_eq!(ResultCode::read(&again), Ok(result));
    }
}
