//! Unpacks the catalogue that `build/compile.rs` packed; its `generate` says what the text looks like.

use std::mem;

use super::{Advice, Ask, Catalogue, Clause, ClauseKind, Part, Phase, Requirement, RequirementId, Role, Step, Who};

pub(super) fn unpack(packed: &[u16]) -> Catalogue {
    let mut reader = Reader::of(packed);
    Catalogue { parts: reader.parts(), clauses: reader.clauses(), steps: reader.steps() }
}

/// For each requirement, what each kind of unit is asked.
pub(super) fn asks(packed: &[u16]) -> &'static [[Ask; 3]] {
    let mut reader = Reader::of(packed);
    let mut asks = Vec::new();
    while !reader.lines.is_empty() {
        let common = Ask { question: reader.line(), points: reader.list() };
        asks.push(
            [(); 3].map(|()| Ask {
                question: reader.id().unwrap_or(common.question),
                points: reader.list_or(common.points),
            }),
        );
    }
    asks.leak()
}

/// For each requirement, our advice for each kind of unit.
pub(super) fn advice(packed: &[u16]) -> &'static [[Advice; 3]] {
    let mut reader = Reader::of(packed);
    let mut all = Vec::new();
    while !reader.lines.is_empty() {
        let (mistakes, evidence) = (reader.list(), reader.list());
        all.push([(); 3].map(|()| Advice { mistakes, evidence: reader.list_or(evidence) }));
    }
    all.leak()
}

/// The lines of a packed text. Leaked, because they live as long as the program, as static data would.
pub(super) fn lines(packed: &[u16]) -> &'static [&'static str] {
    // Every character is one unit: the build refuses the others.
    let (mut lines, mut line) = (Vec::new(), String::new());
    for unit in packed {
        match char::from_u32(u32::from(*unit)) {
            Some('\n') => lines.push(&*mem::take(&mut line).leak()),
            unit => line.extend(unit),
        }
    }
    lines.leak()
}

/// Reads line after line; every list ends with an empty line.
struct Reader {
    lines: &'static [&'static str],
    /// How many requirements were read.
    count: usize,
}

impl Reader {
    fn of(packed: &[u16]) -> Self {
        Self { lines: lines(packed), count: 0 }
    }

    fn line(&mut self) -> &'static str {
        let Some((line, rest)) = self.lines.split_first() else { return "" };
        self.lines = rest;
        line
    }

    /// The first line of an entry; `None` at the end of the list.
    fn id(&mut self) -> Option<&'static str> {
        Some(self.line()).filter(|id| !id.is_empty())
    }

    /// Lines up to the end of the list.
    fn list(&mut self) -> &'static [&'static str] {
        let all = self.lines;
        let mut count = 0;
        while self.id().is_some() {
            count += 1;
        }
        &all[..count]
    }

    /// Lines up to the end of the list; `base` where there are none.
    fn list_or(&mut self, base: &'static [&'static str]) -> &'static [&'static str] {
        Some(self.list()).filter(|own| !own.is_empty()).unwrap_or(base)
    }

    fn parts(&mut self) -> &'static [Part] {
        let mut parts = Vec::new();
        while let Some(id) = self.id() {
            parts.push(Part { id, title: self.line() });
        }
        parts.leak()
    }

    fn clauses(&mut self) -> &'static [Clause] {
        let mut clauses = Vec::new();
        while let Some(id) = self.id() {
            let mut variants = self.line().bytes();
            let kind = match variants.next() {
                Some(b'0') => ClauseKind::Task,
                Some(b'1') => ClauseKind::Insight,
                Some(b'2') => ClauseKind::Background,
                _ => ClauseKind::Date,
            };
            let who = match variants.next() {
                Some(b'0') => Who::All,
                Some(b'1') => Who::Commission,
                Some(b'2') => Who::CommissionLeads,
                Some(b'3') => Who::Department,
                Some(b'4') => Who::DepartmentLeads,
                Some(b'5') => Who::County,
                _ => Who::Nobody,
            };
            clauses.push(Clause { id, name: self.line(), kind, who });
        }
        clauses.leak()
    }

    fn steps(&mut self) -> &'static [Step] {
        let mut steps = Vec::new();
        while let Some(id) = self.id() {
            steps.push(Step { id, title: self.line(), summary: self.line(), requirements: self.requirements() });
        }
        steps.leak()
    }

    fn requirements(&mut self) -> &'static [Requirement] {
        let mut requirements = Vec::new();
        while let Some(id) = self.id() {
            let mut variants = self.line().bytes();
            let phase = match variants.next() {
                Some(b'0') => Phase::Mobilisation,
                Some(b'1') => Phase::Research,
                Some(b'2') => Phase::Drafting,
                _ => Phase::Approval,
            };
            let mut roles = [None; 3];
            for (role, variant) in roles.iter_mut().zip(variants) {
                *role = match variant {
                    b'0' => Some(Role::Lead),
                    b'1' => Some(Role::Support),
                    _ => None,
                };
            }
            let (clauses, common) = (self.list(), self.line());
            let titles = [(); 3].map(|()| self.id().unwrap_or(common));
            requirements.push(Requirement { id: requirement_id(id), phase, clauses, roles, titles, at: self.count });
            self.count += 1;
        }
        requirements.leak()
    }
}

fn requirement_id(id: &str) -> RequirementId {
    RequirementId::parse(id).expect("the build checks that ids are locators")
}
