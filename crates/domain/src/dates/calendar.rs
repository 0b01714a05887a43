//! A calendar file (RFC 5545) that other programs import: one all-day event for each due date.

use crate::date::Date;

/// One event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CalendarItem<'a> {
    /// Tells the event apart in every calendar, for ever; the same again makes an import update the event.
    pub uid: &'a str,
    pub date: Date,
    pub title: &'a str,
    /// May be empty.
    pub description: &'a str,
}

/// The permanent name of something in a workbook: its requirement's id, or a milestone's.
#[must_use]
pub fn uid(workbook: &str, item: &str) -> String {
    [workbook, "-", item, "@plan-checklist"].concat()
}

/// The file's text.
///
/// `written` is the moment of writing in milliseconds since 1970, UTC. It becomes the stamp, and the revision by which
/// programs tell the newer of two files with the same events.
#[must_use]
pub fn calendar(name: &str, items: &[CalendarItem<'_>], written: u64) -> String {
    let minutes = i32::try_from(written / 60_000).unwrap_or(i32::MAX);
    let (minute, second) = (minutes % 1440, written / 1000 % 60);
    let epoch = Date::new(1970, 1, 1).unwrap_or(Date::FIRST);
    let today = basic(epoch.add_days(minutes / 1440));
    let stamp = format!("{today}T{:02}{:02}{second:02}Z", minute / 60, minute % 60);

    let mut file = File::default();
    file.plain("BEGIN:VCALENDAR");
    file.plain("VERSION:2.0");
    file.text("PRODID", "-//plan-checklist//规划编制自查//ZH");
    file.plain("CALSCALE:GREGORIAN");
    file.text("X-WR-CALNAME", name);
    for item in items {
        file.plain("BEGIN:VEVENT");
        file.text("UID", item.uid);
        file.plain(&format!("DTSTAMP:{stamp}"));
        file.plain(&format!("SEQUENCE:{minutes}"));
        file.plain(&format!("DTSTART;VALUE=DATE:{}", basic(item.date)));
        let next = item.date.add_days(1);
        // Without an end a day lasts a day, too; only the last date there is has no next.
        if next > item.date {
            file.plain(&format!("DTEND;VALUE=DATE:{}", basic(next)));
        }
        file.text("SUMMARY", item.title);
        if !item.description.is_empty() {
            file.text("DESCRIPTION", item.description);
        }
        file.plain("TRANSP:TRANSPARENT");
        // At nine in the morning, a week and a day before: counted from the midnight at which the day begins.
        for trigger in ["TRIGGER:-P6DT15H", "TRIGGER:-PT15H"] {
            file.plain("BEGIN:VALARM");
            file.plain("ACTION:DISPLAY");
            file.text("DESCRIPTION", item.title);
            file.plain(trigger);
            file.plain("END:VALARM");
        }
        file.plain("END:VEVENT");
    }
    file.plain("END:VCALENDAR");
    file.0
}

/// `YYYYMMDD`.
fn basic(date: Date) -> String {
    date.to_string().replace('-', "")
}

#[derive(Default)]
struct File(String);

impl File {
    /// Writes a line, folded so that no line is longer than 75 octets and no character is split.
    fn plain(&mut self, line: &str) {
        let mut octets = 0;
        for char in line.chars() {
            if octets + char.len_utf8() > 75 {
                self.0.push_str("\r\n ");
                octets = 1;
            }
            octets += char.len_utf8();
            self.0.push(char);
        }
        self.0.push_str("\r\n");
    }

    /// Writes a property whose value is free text. Control characters, which no calendar may hold, are left out.
    fn text(&mut self, name: &str, value: &str) {
        let mut line = String::from(name);
        line.push(':');
        for char in value.chars() {
            match char {
                '\n' => line.push_str("\\n"),
                '\t' => line.push(' '),
                '\\' | ';' | ',' => line.extend(['\\', char]),
                _ if char.is_control() => {}
                _ => line.push(char),
            }
        }
        self.plain(&line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_what_the_standard_says() {
        let item = CalendarItem {
            uid: &uid("w1", "2.2-b"),
            date: Date::new(2020, 12, 31).expect("a date"),
            title: "年底前拿出三样；总体思路、主要目标、重点任务都要成文, 一样不少",
            description: "",
        };
        // 2020-05-20 08:09:10 UTC.
        let text = calendar("自查", &[item], 1_589_962_150_999);
        let expected = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//plan-checklist//规划编制自查//ZH\r\n\
            CALSCALE:GREGORIAN\r\nX-WR-CALNAME:自查\r\nBEGIN:VEVENT\r\nUID:w1-2.2-b@plan-checklist\r\n\
            DTSTAMP:20200520T080910Z\r\nSEQUENCE:26499369\r\nDTSTART;VALUE=DATE:20201231\r\nDTEND;VALUE=DATE:20210101\r\n\
            SUMMARY:年底前拿出三样；总体思路、主要目标、重点任务\r\n \
            都要成文\\, 一样不少\r\nTRANSP:TRANSPARENT\r\n\
            BEGIN:VALARM\r\nACTION:DISPLAY\r\n\
            DESCRIPTION:年底前拿出三样；总体思路、主要目标、重点任\r\n \
            务都要成文\\, 一样不少\r\nTRIGGER:-P6DT15H\r\nEND:VALARM\r\n\
            BEGIN:VALARM\r\nACTION:DISPLAY\r\n\
            DESCRIPTION:年底前拿出三样；总体思路、主要目标、重点任\r\n \
            务都要成文\\, 一样不少\r\nTRIGGER:-PT15H\r\nEND:VALARM\r\n\
            END:VEVENT\r\nEND:VCALENDAR\r\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn the_last_date_has_no_next() {
        let item = CalendarItem { uid: "a", date: Date::FIRST.add_days(i32::MAX), title: "", description: "" };
        let text = calendar("", &[item], u64::MAX);
        assert!(text.contains("DTSTART;VALUE=DATE:29991231\r\nSUMMARY:\r\n"), "{text}");
    }
}
