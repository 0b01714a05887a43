//! Any text comes back from a calendar file, read by an independent library.

use icalendar::parser::{read_calendar, unfold};
use plan_checklist_domain::Date;
use plan_checklist_domain::dates::calendar::{CalendarItem, calendar};
use proptest::prelude::*;

fn date() -> impl Strategy<Value = Date> {
    (0..=401_766).prop_map(|days| Date::FIRST.add_days(days))
}

/// Long and short, with all that must be escaped, control characters, combining ones and emoji.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,80}",
        "[\u{4e00}-\u{9fff}，。；\\\\;,\n\r\t ]{0,120}",
        ".{0,40}",
        Just(String::new()),
        Just("BEGIN:VEVENT\r\nEND:VCALENDAR\n\\n\\,🗂\u{202e}\u{0}\u{85}".into()),
    ]
}

/// What a calendar can hold of a text.
fn plain(text: &str) -> String {
    let text = text.replace('\t', " ");
    text.chars().filter(|char| *char == '\n' || !char.is_control()).collect()
}

proptest! {
    #[test]
    fn any_text_comes_back_from_a_calendar(
        name in text(), events in prop::collection::vec((text(), text(), date()), 0..4), written in 0u64..8_000_000_000_000,
    ) {
        let uids: Vec<_> = (0..events.len()).map(|at| format!("w-{at}")).collect();
        let items: Vec<_> = events.iter().zip(&uids)
            .map(|((title, description, date), uid)| CalendarItem { uid, date: *date, title, description })
            .collect();
        let file = calendar(&name, &items, written);
        prop_assert!(file.ends_with("\r\n"));
        for line in file.strip_suffix("\r\n").unwrap_or_default().split("\r\n") {
            prop_assert!(line.len() <= 75, "{} octets: {:?}", line.len(), line);
            prop_assert!(!line.is_empty() && !line.contains(char::is_control));
        }
        let unfolded = unfold(&file);
        let parsed = read_calendar(&unfolded);
        prop_assert!(parsed.is_ok(), "{:?} in {:?}", parsed, file);
        let parsed = parsed.expect("just asserted");
        let property = |properties: &[icalendar::parser::Property<'_>], name: &str| {
            properties.iter().find(|property| property.name == name).map(|property| property.val.as_str().to_owned())
        };
        prop_assert_eq!(property(&parsed.properties, "X-WR-CALNAME"), Some(plain(&name)));
        prop_assert_eq!(parsed.components.len(), items.len());
        for (event, item) in parsed.components.iter().zip(&items) {
            let value = |name| property(&event.properties, name);
            prop_assert!(event.name == "VEVENT");
            prop_assert_eq!(value("UID"), Some(item.uid.to_owned()));
            prop_assert_eq!(value("SUMMARY"), Some(plain(item.title)));
            let description = (!item.description.is_empty()).then(|| plain(item.description));
            prop_assert_eq!(value("DESCRIPTION"), description);
            let day = |date: Date| date.to_string().replace('-', "");
            prop_assert_eq!(value("DTSTART"), Some(day(item.date)));
            prop_assert!(value("DTEND").is_none_or(|end| end == day(item.date.add_days(1))));
            let alarms: Vec<_> = event.components.iter().filter_map(|alarm| property(&alarm.properties, "TRIGGER")).collect();
            prop_assert_eq!(alarms, ["-P6DT15H", "-PT15H"]);
        }
    }
}
