//! Numbers as they are written in Chinese.

/// A number from 1 to 99; nothing for any other.
#[must_use]
pub fn numeral(number: u16) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    if number > 99 {
        return String::new();
    }
    let (tens, ones) = (usize::from(number / 10), usize::from(number % 10));
    let ten = if tens > 0 { "十" } else { "" };
    [if tens > 1 { DIGITS[tens] } else { "" }, ten, DIGITS[ones]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_people_say_them() {
        for (number, expected) in
            [(0, ""), (1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九"), (100, "")]
        {
            assert_eq!(numeral(number), expected);
        }
    }
}
