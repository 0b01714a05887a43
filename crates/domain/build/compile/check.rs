//! What a sound catalogue keeps to.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use toml::Spanned;

use super::entries::{ClauseEntry, Duty, List, OrderFile, RequirementEntry, SpeechFile, StepFile, Text, WordingEntry};
use super::kinds::{ClauseKind, RoleBasis, UnitKind, Who};
use super::{Mistake, Read, Source};

/// What is true of one cycle only, and so stands in no wording for others.
const OF_ONE_CYCLE: [&str; 6] = ["十九大", "首个五年规划", "第二个百年目标", "前一个五年规划", "2018", "2020"];

/// Ways of ours to show that a thing was done. A question asks for what the speech asks for, and for no more.
const DEVICES: [&str; 20] = [
    "台账",
    "书面",
    "领导班子",
    "试读",
    "合法性审查",
    "逐条答复",
    "名单固定",
    "定期调度",
    "专人",
    "留痕",
    "纪要",
    "对照表",
    "签字",
    "盖章",
    "销号",
    "销账",
    "责任清单",
    "联络员",
    "周报",
    "月报",
];

#[derive(Default)]
pub(super) struct Check {
    pub(super) mistakes: Vec<Mistake>,
    parts: BTreeSet<String>,
    /// Whose business each clause is, and whether the speech names whom it speaks to.
    pub(super) clauses: BTreeMap<String, (Who, bool)>,
    requirements: BTreeSet<String>,
    pub(super) steps: BTreeSet<String>,
    covered: BTreeSet<String>,
}

impl Check {
    pub(super) fn parse<'a, T: for<'b> Deserialize<'b>>(&mut self, source: &'a Source) -> Option<Read<'a, T>> {
        match toml::from_str(&source.text) {
            Ok(file) => Some(Read { source, file }),
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start);
                self.mistake(source, at, error.message().to_owned());
                None
            }
        }
    }

    pub(super) fn everything(
        &mut self,
        speech: &Read<'_, SpeechFile>,
        steps: &[Read<'_, StepFile>],
        order: &Read<'_, OrderFile>,
    ) {
        let is_read_whole = self.mistakes.is_empty();
        self.speech(speech.source, &speech.file);
        for step in steps {
            self.step(step.source, &step.file);
        }
        if is_read_whole {
            self.coverage(speech.source, &speech.file);
            self.order(order.source, &order.file);
        }
    }

    pub(super) fn mistake(&mut self, source: &Source, at: usize, message: String) {
        let before = source.text.as_bytes().iter().take(at);
        let line = 1 + before.filter(|byte| **byte == b'\n').count();
        self.mistakes.push(Mistake { file: source.name.clone(), line, message });
    }

    pub(super) fn text(&mut self, source: &Source, text: &Text, what: &str) {
        if text.get_ref().trim().is_empty() {
            self.mistake(source, text.span().start, format!("{what} is empty"));
        }
        if text.get_ref().contains('\n') {
            self.mistake(source, text.span().start, format!("{what} has a line break"));
        }
    }

    pub(super) fn list(&mut self, source: &Source, list: &List, what: &str, least: usize, most: usize) {
        let count = list.get_ref().len();
        if count < least || count > most {
            self.mistake(source, list.span().start, format!("{what}: {count} entries, expected {least} to {most}"));
        }
        for entry in list.get_ref() {
            self.text(source, entry, what);
        }
    }

    fn speech(&mut self, source: &Source, speech: &SpeechFile) {
        for part in &speech.part {
            self.text(source, &part.id, "part id");
            self.text(source, &part.title, "part title");
            if let Some(numbering) = &part.numbering {
                self.text(source, numbering, "numbering");
            }
            if !self.parts.insert(part.id.get_ref().clone()) {
                self.mistake(source, part.id.span().start, format!("duplicate part {}", part.id.get_ref()));
            }
        }
        for clause in &speech.clause {
            self.clause(source, clause);
        }
        for unsaid in &speech.unsaid {
            self.text(source, &unsaid.title, "title");
            self.text(source, &unsaid.text, "text");
        }
    }

    fn clause(&mut self, source: &Source, clause: &ClauseEntry) {
        let id = clause.id.get_ref();
        self.text(source, &clause.id, "clause id");
        self.text(source, &clause.text, "clause text");
        for (text, what) in [
            (&clause.name, "clause name"),
            (&clause.addressed, "addressed"),
            (&clause.numbering, "numbering"),
            (&clause.note, "note"),
        ] {
            if let Some(text) = text {
                self.text(source, text, what);
            }
        }
        if self.clauses.insert(id.clone(), (clause.who, clause.addressed.is_some())).is_some() {
            self.mistake(source, clause.id.span().start, format!("duplicate clause {id}"));
        }
        if !id.rsplit_once('-').is_some_and(|(part, _)| self.parts.contains(part)) {
            self.mistake(source, clause.id.span().start, format!("clause {id} belongs to no part"));
        }
    }

    fn step(&mut self, source: &Source, file: &StepFile) {
        let step = &file.step;
        let (id, at) = (step.id.get_ref(), step.id.span().start);
        self.text(source, &step.title, "step title");
        self.text(source, &step.summary, "step summary");
        if !is_slug(id) {
            self.mistake(source, at, format!("step id {id:?} is no slug"));
        }
        if !self.steps.insert(id.clone()) {
            self.mistake(source, at, format!("duplicate step {id}"));
        }
        if file.requirement.is_empty() {
            self.mistake(source, at, format!("step {id} has no requirements"));
        }
        for kind in UnitKind::ALL {
            if !file.requirement.is_empty() && !file.requirement.iter().any(|entry| entry.concerns(kind)) {
                self.mistake(source, at, format!("step {id} asks nothing of {kind:?}"));
            }
        }
        for entry in &file.requirement {
            self.requirement(source, entry);
        }
    }

    fn requirement(&mut self, source: &Source, entry: &RequirementEntry) {
        let id = entry.id.get_ref();
        let at = entry.id.span().start;
        if !is_requirement_id(id) {
            self.mistake(source, at, format!("requirement id {id:?} is not a locator such as 2.4-b or 2.4-b2"));
        }
        if !self.requirements.insert(id.clone()) {
            self.mistake(source, at, format!("duplicate requirement {id}"));
        }
        if entry.clauses.get_ref().is_empty() {
            self.mistake(source, at, format!("requirement {id} cites no clause"));
        }
        for clause in entry.clauses.get_ref() {
            if self.clauses.contains_key(clause.get_ref()) {
                self.covered.insert(clause.get_ref().clone());
            } else {
                self.mistake(source, clause.span().start, format!("unknown clause {}", clause.get_ref()));
            }
        }
        if !UnitKind::ALL.iter().any(|kind| entry.concerns(*kind)) {
            self.mistake(source, at, format!("requirement {id} concerns nobody"));
        }
        for kind in UnitKind::ALL {
            self.duty(source, entry, kind);
        }
        for kind in entry.variants.keys().filter(|kind| !entry.concerns(**kind)) {
            self.mistake(source, at, format!("requirement {id} has wording for {kind:?}, whom it does not concern"));
        }
        let wordings = entry.wordings();
        for (kind, is_for_others, wording) in &wordings {
            self.wording(source, wording);
            let others = wordings.iter().find(|other| other.0 == *kind && other.1).map(|other| &other.2);
            self.cycles(source, wording, if *is_for_others { None } else { Some(others) });
        }
    }

    fn wording(&mut self, source: &Source, wording: &WordingEntry) {
        if let Some(title) = &wording.title {
            self.text(source, title, "title");
        }
        if let Some(question) = &wording.question {
            self.text(source, question, "question");
            let text = question.get_ref();
            let is_checkable = text.contains("是否") && text.ends_with('？');
            if !text.is_empty() && !is_checkable {
                self.mistake(source, question.span().start, "a question asks 是否 and ends in ？".into());
            }
            if let Some(device) = DEVICES.iter().find(|device| text.contains(**device)) {
                let message =
                    format!("{device} is our device, not the speech's: it may stand in a point or in the advice");
                self.mistake(source, question.span().start, message);
            }
        }
        if let Some(points) = &wording.points {
            self.list(source, points, "points", 2, 5);
        }
        if let Some(evidence) = &wording.evidence {
            self.list(source, evidence, "evidence", 1, 5);
        }
        if let Some(mistakes) = &wording.mistakes {
            self.list(source, mistakes, "mistakes", 1, 5);
        }
        if let Some(hint) = &wording.hint {
            self.text(source, hint, "hint");
        }
    }

    /// What is true of one cycle only is asked only where there are other words for other cycles. `others` is `None` for
    /// a wording that is itself for other cycles: there it may not stand at all.
    fn cycles(&mut self, source: &Source, wording: &WordingEntry, others: Option<Option<&WordingEntry>>) {
        let is_replaced = |of: fn(&WordingEntry) -> bool| others.is_some_and(|others| others.is_some_and(of));
        let mut texts: Vec<(&Text, bool)> = Vec::new();
        texts.extend(wording.title.iter().map(|text| (text, is_replaced(|other| other.title.is_some()))));
        texts.extend(wording.question.iter().map(|text| (text, is_replaced(|other| other.question.is_some()))));
        let points = wording.points.iter().flat_map(Spanned::get_ref);
        texts.extend(points.map(|text| (text, is_replaced(|other| other.points.is_some()))));
        if others.is_none() {
            let advice = [&wording.evidence, &wording.mistakes].into_iter().flatten().flat_map(Spanned::get_ref);
            texts.extend(advice.chain(&wording.hint).map(|text| (text, false)));
        }
        for (text, _) in texts.into_iter().filter(|(_, is_replaced)| !is_replaced) {
            if let Some(word) = OF_ONE_CYCLE.iter().find(|word| text.get_ref().contains(**word)) {
                let message = match others {
                    Some(_) => format!("{word} is true of one cycle only: other cycles need words of their own"),
                    None => format!("{word} is true of one cycle only, and not of others"),
                };
                self.mistake(source, text.span().start, message);
            }
        }
    }

    /// A role is as well founded as the speech makes it, and says so.
    fn duty(&mut self, source: &Source, entry: &RequirementEntry, kind: UnitKind) {
        let duty = entry.duty(kind);
        let Duty(Some((_, stated))) = *duty.get_ref() else { return };
        let cited = entry.clauses.get_ref().iter().filter_map(|id| self.clauses.get(id.get_ref()));
        // A fact asks nothing of anybody.
        let asking = cited.filter(|(who, _)| *who != Who::Nobody);
        let firmest = asking.map(|(who, is_addressed)| basis(*who, *is_addressed, kind)).min();
        let firmest = firmest.unwrap_or(RoleBasis::Understood);
        // That something is only our advice may be said of anything.
        if stated != firmest && stated != RoleBasis::Reference {
            let word = |basis: RoleBasis| format!("{basis:?}").to_lowercase();
            let message = format!("{} for {kind:?}, but the cited clauses make it {}", word(stated), word(firmest));
            self.mistake(source, duty.span().start, message);
        }
    }

    /// Invariant: every clause that asks something is covered by a requirement.
    fn coverage(&mut self, source: &Source, speech: &SpeechFile) {
        for clause in &speech.clause {
            if clause.kind != ClauseKind::Background && !self.covered.contains(clause.id.get_ref()) {
                let message = format!("no requirement covers clause {}", clause.id.get_ref());
                self.mistake(source, clause.id.span().start, message);
            }
        }
    }

    fn order(&mut self, source: &Source, order: &OrderFile) {
        let rules = order.rule.iter();
        let clauses = rules.clone().filter_map(|rule| rule.clause.as_ref()).chain([&order.phases.clause]);
        let requirements = rules.clone().flat_map(|rule| rule.after.get_ref().iter().chain([&rule.requirement]));
        let requirements = requirements.chain(order.binding.iter().map(|binding| &binding.requirement));
        let requirements = requirements.chain(order.each_plan.iter().flat_map(Spanned::get_ref));
        for id in clauses.filter(|id| !id.get_ref().is_empty()) {
            if !self.clauses.contains_key(id.get_ref()) {
                self.mistake(source, id.span().start, format!("unknown clause {}", id.get_ref()));
            }
        }
        for id in requirements.chain(order.renamed.values()) {
            if !self.requirements.contains(id.get_ref()) {
                self.mistake(source, id.span().start, format!("unknown requirement {}", id.get_ref()));
            }
        }
        for part in &order.part {
            if !self.parts.contains(part.id.get_ref()) {
                self.mistake(source, part.id.span().start, format!("unknown part {}", part.id.get_ref()));
            }
            for text in part.chapter.iter().chain(&part.place) {
                self.text(source, text, "chapter or place");
            }
        }
        for rule in rules {
            self.list(source, &rule.after, "after", 1, 9);
            if !rule.reason.get_ref().ends_with('。') {
                self.mistake(source, rule.reason.span().start, "a reason is a sentence and ends in 。".into());
            }
        }
    }
}

/// How firmly one clause gives a unit of this kind its role.
fn basis(who: Who, is_addressed: bool, kind: UnitKind) -> RoleBasis {
    match who.named() {
        Some(named) if named == kind => RoleBasis::Named,
        Some(_) => RoleBasis::Reference,
        None if is_addressed => RoleBasis::Addressed,
        None => RoleBasis::Understood,
    }
}

fn is_slug(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
}

fn is_requirement_id(id: &str) -> bool {
    let Some((part, letter)) = id.split_once('-') else { return false };
    let is_part =
        part.split('.').count() <= 2 && part.split('.').all(|n| n.len() == 1 && n.as_bytes()[0].is_ascii_digit());
    let mut letter = letter.bytes();
    let is_letter = letter.next().is_some_and(|byte| byte.is_ascii_lowercase());
    is_part && is_letter && letter.len() <= 1 && letter.all(|byte| (b'2'..=b'9').contains(&byte))
}
