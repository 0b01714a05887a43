//! When something is about to be forgotten: FSRS, version 6, with its published default weights.
//!
//! The formulas are those of the [published description](https://github.com/open-spaced-repetition/awesome-fsrs/wiki/The-Algorithm).
//! The maintained crates bring clocks, chance and threads along, which the domain must be without (`fsrs` 6: rand, rayon,
//! ndarray; `rs-fsrs` 1: chrono and with it js-sys, and the formulas of version 5). Tests compare this with `fsrs`.

/// How well something was remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// 忘了
    Again,
    /// 难
    Hard,
    /// 会
    Good,
    /// 熟
    Easy,
}

impl Grade {
    pub const ALL: [Self; 4] = [Self::Again, Self::Hard, Self::Good, Self::Easy];

    /// 1 to 4.
    #[must_use]
    pub fn number(self) -> u8 {
        self as u8 + 1
    }

    /// The grade of this number.
    #[must_use]
    pub fn of_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|grade| grade.number() == number)
    }

    fn weight(self) -> f64 {
        f64::from(self.number())
    }
}

/// How likely something should still be remembered when it is asked again.
pub const RETENTION: f64 = 0.9;
/// The longest that anything rests, in days: whoever trains for a plan wants to have seen all of it within a year.
pub const LONGEST: u32 = 365;

const W: [f64; 21] = [
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629,
    1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
];

/// How firmly something is remembered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Memory {
    /// After how many days nine in ten would still remember it.
    pub stability: f64,
    /// From 1 to 10.
    pub difficulty: f64,
}

impl Memory {
    /// After the first time.
    #[must_use]
    pub fn first(grade: Grade) -> Self {
        Self { stability: W[usize::from(grade as u8)], difficulty: first_difficulty(grade).clamp(1.0, 10.0) }
    }

    /// After another time, so many days later.
    #[must_use]
    pub fn after(self, grade: Grade, days: u32) -> Self {
        let Self { stability, difficulty } = self;
        let forgotten = 1.0 - self.retention(days);
        let next = match grade {
            _ if days == 0 => {
                let growth = (W[17] * (grade.weight() - 3.0 + W[18])).exp() * stability.powf(-W[19]);
                stability * if grade == Grade::Again { growth } else { growth.max(1.0) }
            }
            Grade::Again => {
                let relearned =
                    W[11] * difficulty.powf(-W[12]) * ((stability + 1.0).powf(W[13]) - 1.0) * (W[14] * forgotten).exp();
                relearned.min(stability / (W[17] * W[18]).exp())
            }
            _ => {
                let extra = match grade {
                    Grade::Hard => W[15],
                    Grade::Easy => W[16],
                    _ => 1.0,
                };
                let ease = W[8].exp() * (11.0 - difficulty) * stability.powf(-W[9]);
                stability * (1.0 + ease * ((W[10] * forgotten).exp() - 1.0) * extra)
            }
        };
        // The harder it is, the less it moves; and it drifts back to what an easy one starts with.
        let moved = difficulty - W[6] * (grade.weight() - 3.0) * (10.0 - difficulty) / 9.0;
        let drifted = W[7] * first_difficulty(Grade::Easy) + (1.0 - W[7]) * moved;
        Self { stability: next.clamp(0.001, 36_500.0), difficulty: drifted.clamp(1.0, 10.0) }
    }

    /// How likely it is still remembered after so many days.
    #[must_use]
    pub fn retention(self, days: u32) -> f64 {
        (1.0 + factor() * f64::from(days) / self.stability).powf(-W[20])
    }

    /// For how many days it may rest: at least one.
    #[must_use]
    pub fn interval(self) -> u32 {
        let days = self.stability / factor() * (RETENTION.powf(-1.0 / W[20]) - 1.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it lies between 1 and a year")]
        {
            days.round().clamp(1.0, f64::from(LONGEST)) as u32
        }
    }
}

fn first_difficulty(grade: Grade) -> f64 {
    W[4] - (W[5] * (grade.weight() - 1.0)).exp() + 1.0
}

/// Makes the curve pass through nine in ten where the days equal the stability.
fn factor() -> f64 {
    0.9_f64.powf(-1.0 / W[20]) - 1.0
}
