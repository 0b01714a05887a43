//! Any fragment is read or refused; what is read can be shared again and then means the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use plan_checklist_domain::link::{Link, decode, encode, encode_start};

fuzz_target!(|text: &str| {
    // As it comes, and with the word before it, so that the fuzzer does not have to find it.
    for fragment in [text.to_owned(), format!("s={text}"), format!("start={text}")] {
        match decode(&fragment) {
            Ok(Link::Snapshot(mut snapshot)) => {
                let again = decode(&encode(&snapshot));
                snapshot.unknown = 0;
                snapshot.absent.clear();
                let Ok(Link::Snapshot(mut again)) = again else { panic!("{again:?}") };
                again.absent.clear();
                assert_eq!(again, snapshot);
            }
            Ok(Link::Start(start)) => assert_eq!(decode(&encode_start(&start)), Ok(Link::Start(start))),
            Err(_) => {}
        }
    }
});
