//! JSON, read strictly (RFC 8259) and written in one way: what a workbook needs of it, in a fraction of a library's code.
//!
//! Numbers keep the text they were written in: what this release has no word for is written back as it was.

use crate::map;

/// The members of an object, by name.
pub type Map = map::Map<String, Value>;

/// How deep lists and objects may lie within each other; reading and dropping them recurses.
const DEPTH: usize = 127;

/// A value.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Value {
    #[default]
    Null,
    Bool(bool),
    /// As it is written.
    Number(Box<str>),
    Text(String),
    List(Vec<Value>),
    Object(Map),
}

impl Value {
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(is) = self { Some(*is) } else { None }
    }

    /// `None` for what is no whole number, or too great.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        if let Self::Number(number) = self { number.parse().ok() } else { None }
    }

    #[must_use]
    pub fn as_list(&self) -> Option<&[Self]> {
        if let Self::List(list) = self { Some(list) } else { None }
    }

    #[must_use]
    pub fn as_object(&self) -> Option<&Map> {
        if let Self::Object(map) = self { Some(map) } else { None }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Self::Number(number.to_string().into())
    }
}

/// Reads a text that is one value and nothing else. Of members of one name, the last counts.
///
/// # Errors
/// The byte that no JSON could have there; the text's length where it ends too early.
pub fn parse(text: &str) -> Result<Value, usize> {
    let mut parser = Parser { text, at: 0, depth: 0 };
    match parser.value() {
        Some(value) if parser.at == text.len() => Ok(value),
        _ => Err(parser.at),
    }
}

/// Whatever reads stops before the first byte that is wrong.
struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    /// The next byte; at the end 0, which is nowhere allowed.
    fn peek(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    fn eat(&mut self, byte: u8) -> Option<()> {
        (self.peek() == byte).then(|| self.at += 1)
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), b' ' | b'\t' | b'\n' | b'\r') {
            self.at += 1;
        }
    }

    fn since(&self, start: usize) -> Option<&str> {
        self.text.get(start..self.at)
    }

    /// A value, and the blanks around it.
    fn value(&mut self) -> Option<Value> {
        self.blanks();
        let value = match self.peek() {
            b'n' => self.word("null", Value::Null)?,
            b't' => self.word("true", Value::Bool(true))?,
            b'f' => self.word("false", Value::Bool(false))?,
            b'"' => Value::Text(self.string()?),
            b'[' => self.collection(b']')?,
            b'{' => self.collection(b'}')?,
            _ => self.number()?,
        };
        self.blanks();
        Some(value)
    }

    fn word(&mut self, word: &str, value: Value) -> Option<Value> {
        for byte in word.bytes() {
            self.eat(byte)?;
        }
        Some(value)
    }

    fn collection(&mut self, close: u8) -> Option<Value> {
        if self.depth == DEPTH {
            return None;
        }
        self.depth += 1;
        self.at += 1;
        self.blanks();
        let (mut list, mut members) = (Vec::new(), Vec::new());
        let is_object = close == b'}';
        while self.eat(close).is_none() {
            if !list.is_empty() || !members.is_empty() {
                self.eat(b',')?;
                self.blanks();
            }
            if is_object {
                let name = self.string()?;
                self.blanks();
                self.eat(b':')?;
                members.push((name, self.value()?));
            } else {
                list.push(self.value()?);
            }
        }
        self.depth -= 1;
        Some(if is_object { Value::Object(Map::from_list(members)) } else { Value::List(list) })
    }

    fn number(&mut self) -> Option<Value> {
        let start = self.at;
        let _ = self.eat(b'-');
        if self.eat(b'0').is_none() {
            self.digits()?;
        }
        if self.eat(b'.').is_some() {
            self.digits()?;
        }
        if self.eat(b'e').or_else(|| self.eat(b'E')).is_some() {
            let _ = self.eat(b'+').or_else(|| self.eat(b'-'));
            self.digits()?;
        }
        Some(Value::Number(self.since(start)?.into()))
    }

    fn digits(&mut self) -> Option<()> {
        let start = self.at;
        while self.peek().is_ascii_digit() {
            self.at += 1;
        }
        (self.at > start).then_some(())
    }

    fn string(&mut self) -> Option<String> {
        self.eat(b'"')?;
        let mut string = String::new();
        loop {
            let start = self.at;
            while !matches!(self.peek(), b'"' | b'\\' | 0..=0x1f) {
                self.at += 1;
            }
            string.push_str(self.since(start)?);
            if self.eat(b'"').is_some() {
                return Some(string);
            }
            self.eat(b'\\')?;
            string.push(self.escape()?);
        }
    }

    /// What stands after a backslash.
    fn escape(&mut self) -> Option<char> {
        let c = match self.peek() {
            byte @ (b'"' | b'\\' | b'/') => byte,
            b'b' => 8,
            b'f' => 12,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'u' => return self.unicode(),
            _ => return None,
        };
        self.at += 1;
        Some(c.into())
    }

    /// One `u` with its digits, or two that make up a character beyond U+FFFF.
    fn unicode(&mut self) -> Option<char> {
        let mut code = self.unit()?;
        if code & 0xfc00 == 0xd800 {
            self.eat(b'\\')?;
            let low = self.unit()?;
            // Two halves that do not belong together make no character.
            code = if low & 0xfc00 == 0xdc00 { 0x10000 + ((code & 0x3ff) << 10 | low & 0x3ff) } else { code };
        }
        char::from_u32(code)
    }

    fn unit(&mut self) -> Option<u32> {
        self.eat(b'u')?;
        let mut unit = 0;
        for _ in 0..4 {
            unit = unit << 4 | char::from(self.peek()).to_digit(16)?;
            self.at += 1;
        }
        Some(unit)
    }
}

/// The value without blanks, and with the members of every object in the order of their names.
#[must_use]
pub fn compact(value: &Value) -> String {
    let mut out = String::new();
    write(&mut out, value, None);
    out
}

/// The same made readable: every member and element on a line of its own.
#[must_use]
pub fn indented(value: &Value) -> String {
    let mut out = String::new();
    write(&mut out, value, Some(0));
    out
}

/// Writes a value, on lines of its own where it lies at some `depth`.
pub(crate) fn write(out: &mut String, value: &Value, depth: Option<usize>) {
    let inner = depth.map(|depth| depth + 1);
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(is) => write_bool(out, *is),
        Value::Number(number) => out.push_str(number),
        Value::Text(text) => write_text(out, text),
        Value::List(list) => {
            out.push('[');
            for value in list {
                begin(out, inner);
                write(out, value, inner);
            }
            end(out, depth, ']');
        }
        Value::Object(map) => {
            out.push('{');
            for (name, value) in map.iter() {
                begin(out, inner);
                write_text(out, name);
                out.push_str(if depth.is_some() { ": " } else { ":" });
                write(out, value, inner);
            }
            end(out, depth, '}');
        }
    }
}

/// Begins a member or element.
fn begin(out: &mut String, depth: Option<usize>) {
    if !is_empty(out) {
        out.push(',');
    }
    line(out, depth);
}

/// Ends a list or object.
fn end(out: &mut String, depth: Option<usize>, close: char) {
    // Nothing stands between the brackets of an empty one.
    if !is_empty(out) {
        line(out, depth);
    }
    out.push(close);
}

/// Whether the list or object being written has nothing in it yet: no value ends in an opening bracket.
fn is_empty(out: &str) -> bool {
    matches!(out.as_bytes().last(), Some(b'[' | b'{'))
}

fn line(out: &mut String, depth: Option<usize>) {
    if let Some(depth) = depth {
        out.push('\n');
        for _ in 0..depth {
            out.push_str("  ");
        }
    }
}

pub(crate) fn write_bool(out: &mut String, is: bool) {
    out.push_str(if is { "true" } else { "false" });
}

pub(crate) fn write_text(out: &mut String, text: &str) {
    out.push('"');
    let mut start = 0;
    for (at, byte) in text.bytes().enumerate() {
        if !matches!(byte, b'"' | b'\\' | 0..=0x1f) {
            continue;
        }
        out.push_str(text.get(start..at).unwrap_or_default());
        start = at + 1;
        out.push('\\');
        let c = match byte {
            8 => 'b',
            12 => 'f',
            b'\n' => 'n',
            b'\r' => 'r',
            b'\t' => 't',
            0..=0x1f => {
                out.push_str(if byte < 16 { "u000" } else { "u001" });
                char::from_digit(u32::from(byte % 16), 16).unwrap_or_default()
            }
            _ => byte.into(),
        };
        out.push(c);
    }
    out.push_str(text.get(start..).unwrap_or_default());
    out.push('"');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::{Index, select};

    use super::*;

    type Theirs = serde_json::Value;

    /// The library's value for one of ours.
    fn theirs(value: &Value) -> Theirs {
        match value {
            Value::Null => Theirs::Null,
            Value::Bool(is) => (*is).into(),
            Value::Number(number) => serde_json::from_str(number).expect("numbers are JSON"),
            Value::Text(text) => text.as_str().into(),
            Value::List(list) => list.iter().map(theirs).collect(),
            Value::Object(map) => {
                let names: Vec<_> = map.keys().collect();
                assert!(names.is_sorted_by(|a, b| a < b), "{names:?}");
                map.iter().map(|(name, value)| (name.clone(), theirs(value))).collect()
            }
        }
    }

    /// Both read the same from a text, or both nothing.
    fn check(text: &str) {
        match (parse(text), serde_json::from_str::<Theirs>(text)) {
            (Ok(our), Ok(their)) => assert_eq!(theirs(&our), their, "{text}"),
            // The library holds numbers as `f64`, we hold their text.
            (Ok(_), Err(error)) if error.to_string().starts_with("number out of range") => {}
            (Err(at), Err(_)) => assert!(text.is_char_boundary(at), "{text} breaks off at {at}"),
            (our, their) => panic!("{text}: {our:?}, {their:?}"),
        }
    }

    fn value() -> impl Strategy<Value = Theirs> {
        let text = "[a\"\\\\/{}:,\\[\\]\u{0}-\u{20}\u{7f}计\u{2028}🗂]{0,6}";
        let leaf = prop_oneof![
            Just(Theirs::Null),
            any::<bool>().prop_map(Theirs::from),
            any::<i64>().prop_map(Theirs::from),
            any::<u64>().prop_map(Theirs::from),
            (-1e9..1e9).prop_map(Theirs::from),
            any::<f64>().prop_map(Theirs::from),
            text.prop_map(Theirs::from),
            any::<String>().prop_map(Theirs::from),
        ];
        leaf.prop_recursive(5, 60, 6, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Theirs::from),
                prop::collection::vec((text, inner), 0..5).prop_map(|members| members.into_iter().collect()),
            ]
        })
    }

    /// Pieces of JSON, and what is nearly JSON.
    fn piece() -> impl Strategy<Value = String> {
        let pieces = [
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            " ",
            "\t",
            "\n",
            "\r",
            "\"",
            "\\",
            "\"a\"",
            "\"b\"",
            "\"a\":",
            "\"\"",
            "null",
            "true",
            "false",
            "nul",
            "0",
            "1",
            "-",
            "+",
            ".",
            "e",
            "E",
            "12",
            "1.5",
            "-0",
            "1e5",
            "1e999",
            "01",
            "/",
            "//",
            "'",
            "NaN",
            "\u{0}",
            "\u{1f}",
            "\u{7f}",
            "\u{a0}",
            "\u{feff}",
            "计",
            "🗂",
            "u",
            "\\u",
            "\\u0041",
            "\\ud83d",
            "\\ude00",
            "\\ud83d\\ude00",
            "\\uD83D\\uDE00",
            "\\n",
            "\\b",
            "\\/",
            "\\x",
            "\\ud83d\\n",
            "d83d",
        ];
        select(pieces.to_vec()).prop_map(str::to_owned)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn what_the_library_writes_is_read_and_written_the_same(value in value()) {
            let (text, pretty) = (value.to_string(), serde_json::to_string_pretty(&value).expect("values are JSON"));
            check(&text);
            let ours = parse(&text);
            prop_assert_eq!(ours.as_ref().map(compact), Ok(text));
            prop_assert_eq!(ours.as_ref().map(indented), Ok(pretty.clone()));
            prop_assert_eq!(parse(&pretty), ours);
        }

        #[test]
        fn a_text_is_json_where_the_library_says_so(
            any in ".{0,30}",
            pieces in prop::collection::vec(piece(), 0..12),
        ) {
            check(&any);
            let text = pieces.concat();
            check(&text);
            check(&format!("\"{text}\""));
            check(&format!("[{text}]"));
            check(&format!("{{\"a\":{text}}}"));
            check(&pieces.join(" "));
        }

        #[test]
        fn a_text_with_a_mistake_is_json_where_the_library_says_so(value in value(), at: Index, len in 0..3_usize, piece in piece()) {
            let mut chars: Vec<_> = value.to_string().chars().collect();
            let at = at.index(chars.len());
            chars.splice(at..(at + len).min(chars.len()), piece.chars());
            check(&chars.into_iter().collect::<String>());
        }

        #[test]
        fn a_text_cut_off_breaks_off_at_its_end(value in value(), at: Index) {
            let text = Theirs::from(vec![value]).to_string();
            let at = at.index(text.len());
            let cut = &text[..text.floor_char_boundary(at)];
            prop_assert_eq!(parse(cut), Err(cut.len()));
        }

        #[test]
        fn every_text_comes_back(text: String) {
            let value = Value::Text(text.clone());
            prop_assert_eq!(compact(&value), serde_json::to_string(&text).expect("texts are JSON"));
            prop_assert_eq!(parse(&compact(&value)), Ok(value));
        }

        #[test]
        fn whole_numbers_are_what_the_library_says(number: u64, text in "-?(0|[1-9][0-9]{0,21})(\\.0)?(e1)?") {
            prop_assert_eq!(Value::from(number).as_u64(), Some(number));
            let their: Theirs = serde_json::from_str(&text).expect("numbers are JSON");
            prop_assert_eq!(parse(&text).map(|value| value.as_u64()), Ok(their.as_u64()));
        }
    }

    #[test]
    fn nothing_lies_deeper_than_the_library_allows() {
        for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("[{\"a\":", "}]")] {
            for depth in (1..70).chain([120, 126, 127, 128, 129, 100_000]) {
                check(&format!("{}1{}", open.repeat(depth), close.repeat(depth)));
                check(&open.repeat(depth));
            }
        }
        assert_eq!(parse(&"[".repeat(200)), Err(DEPTH));
        // Many beside each other are no depth.
        check(&format!("[{}1]", "[],{},".repeat(1000)));
    }

    #[test]
    fn every_character_and_every_escape_is_what_the_library_says() {
        for unit in 0..=0xffff {
            check(&format!("\"\\u{unit:04x}\""));
            check(&format!("\"\\u{unit:04X}\\udc00\""));
            check(&format!("\"\\ud800\\u{unit:04x}\""));
        }
        for c in '\0'..='\u{ff}' {
            check(&format!("\"{c}\""));
            check(&format!("\"\\{c}\""));
            check(&format!("\"\\u00{c}0\""));
            check(&format!("{c}1"));
            check(&format!("1{c}"));
        }
    }

    #[test]
    fn many_members_in_any_order_are_read_in_no_time() {
        for step in [1, 77_777, 99_999] {
            let members: Vec<_> = (0..100_000_u64).map(|at| format!("\"{}\":{at}", at * step % 100_000 / 2)).collect();
            check(&format!("{{{}}}", members.join(",")));
        }
    }

    #[test]
    fn it_breaks_off_at_the_first_byte_that_is_wrong() {
        for (text, at) in [
            ("", 0),
            (" x", 1),
            ("[1,]", 3),
            ("[1 2]", 3),
            ("{\"a\":1,}", 7),
            ("{\"a\" 1}", 5),
            ("{a}", 1),
            ("01", 1),
            ("-", 1),
            ("1.e5", 2),
            ("nulL", 3),
            ("\"a\nb\"", 2),
            ("\"\\x\"", 2),
            ("\"\\u00g0\"", 5),
            ("{} {}", 3),
        ] {
            assert_eq!(parse(text), Err(at), "{text}");
        }
    }
}
