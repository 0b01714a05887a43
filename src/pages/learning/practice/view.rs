//! What of 练习县 is on the screen, in words that a reload brings back.

use plan_checklist_domain::training::practice::SETS;

/// What is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum View {
    /// What it is, and the sets.
    #[default]
    Start,
    /// A step of a set, in this attempt at it.
    Reviewing { set: u8, attempt: u32, step: usize },
    /// What came of the last attempt at a set.
    Scored { set: u8 },
}

impl View {
    pub(super) fn set(self) -> Option<u8> {
        match self {
            Self::Start => None,
            Self::Reviewing { set, .. } | Self::Scored { set } => Some(set),
        }
    }

    pub(super) fn text(self) -> String {
        match self {
            Self::Start => String::new(),
            Self::Reviewing { set, attempt, step } => format!("review {set} {attempt} {step}"),
            Self::Scored { set } => format!("scored {set}"),
        }
    }

    /// Reads what [`text`](Self::text) wrote; the start for whatever else it may be.
    pub(super) fn parse(text: &str, steps: usize) -> Self {
        let words: Vec<_> = text.split(' ').collect();
        let set = |word: &str| word.parse().ok().filter(|set| SETS.contains(set));
        match words[..] {
            ["review", number, attempt, step] => match (set(number), attempt.parse(), step.parse()) {
                (Some(set), Ok(attempt), Ok(step)) if step < steps => Self::Reviewing { set, attempt, step },
                _ => Self::Start,
            },
            ["scored", number] => set(number).map_or(Self::Start, |set| Self::Scored { set }),
            _ => Self::Start,
        }
    }
}

/// What a set is called.
pub(in super::super) fn name(set: u8) -> &'static str {
    match set {
        1 => "第一套",
        2 => "第二套",
        _ => "第三套",
    }
}

/// Half points as people write points.
pub(super) fn points(half: usize) -> String {
    format!("{}{}", half / 2, if half % 2 == 1 { ".5" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reload_brings_back_what_was_shown() {
        let shown = [View::Start, View::Reviewing { set: 2, attempt: 3, step: 10 }, View::Scored { set: 1 }];
        for view in shown {
            assert_eq!(View::parse(&view.text(), 11), view);
        }
        for text in ["", "review 4 1 0", "review 1 1 11", "review 1", "scored x", "quick 1 1 on\n"] {
            assert_eq!(View::parse(text, 11), View::Start, "{text}");
        }
        assert_eq!(["0", "0.5", "12"], [0, 1, 24].map(points).each_ref().map(String::as_str));
    }
}
