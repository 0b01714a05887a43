//! One requirement with its answer: what is asked, and what the unit says to it.

use std::rc::Rc;

use plan_checklist_domain::{
    Answer, AsOf, CATALOGUE, Cycle, Date, EntryId, Finding, Msg, Requirement, Status, UnitKind,
};
use yew::prelude::*;

use crate::components::element::{classed, el, many};
use crate::components::evidence::{date_value, evidence};
use crate::components::field::{FieldProps, Shape, field};
use crate::components::history::history;
use crate::components::status_picker::status_picker;
use crate::route::{Route, Target};
use crate::store::{Action, Dispatch};
use crate::words;

#[derive(Debug, Properties)]
pub(crate) struct RequirementCardProps {
    pub(crate) kind: UnitKind,
    pub(crate) requirement: &'static Requirement,
    pub(crate) answer: Rc<Answer>,
    /// When it is to be done, and the day by which that is judged.
    pub(crate) due: Option<Date>,
    pub(crate) day: Option<AsOf>,
    pub(crate) cycle: Cycle,
    /// Whether the address points at it.
    pub(crate) is_target: bool,
    pub(crate) is_disabled: bool,
    /// The entry of evidence whose removal waits for a second click.
    pub(crate) asked: Option<EntryId>,
    pub(crate) dispatch: Dispatch,
}

impl PartialEq for RequirementCardProps {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
            && self.requirement.id == other.requirement.id
            && self.answer == other.answer
            && (self.due, self.day, self.cycle) == (other.due, other.day, other.cycle)
            && self.is_target == other.is_target
            && self.is_disabled == other.is_disabled
            && self.asked == other.asked
    }
}

#[component]
pub(crate) fn RequirementCard(props: &RequirementCardProps) -> Html {
    let RequirementCardProps { kind, requirement, cycle, is_target, .. } = *props;
    let reword = |text: &'static str| -> AttrValue { cycle.reword(text).into() };
    let answer = &props.answer;
    let id = requirement.id;
    let ask = requirement.ask(kind);
    let points = ask.points.iter().map(|point| el("li", "", reword(point)));

    let asked = vec![
        el("p", "requirement__question", reword(ask.question)),
        el("p", "requirement__points-label", "本表按下面几条判断是否“已落实”："),
        many("ul", "requirement__points", points),
        advice(requirement, kind),
    ];
    let mut held = held(answer);
    let digest = held.chars().take(DIGEST).collect();
    if answer.has_reason() {
        held += "不适用的理由：";
        held += &answer.reason;
    }
    let answered = vec![
        status_picker(props),
        reason_field(props),
        findings(props),
        record(props, digest),
        // Paper shows this instead of the fields: they cut long texts off, and a closed record would show nothing.
        el("p", "print-only", held),
    ];
    let card = html! {
        <article id={id.to_string()} tabindex="-1" data-requirement={id.to_string()} data-status={answer.status.as_str()}
            aria-labelledby={format!("title-{id}")} class="requirement">
            <header class="requirement__head">
                <h2 class="requirement__title" id={format!("title-{id}")}>{ reword(requirement.title(kind)) }</h2>
                { meta(props) }
            </header>
            { many("div", "requirement__ask", asked) }
            { many("div", "requirement__answer", answered) }
        </article>
    };
    classed(if is_target { "requirement requirement--target" } else { "requirement" }, card)
}

fn meta(props: &RequirementCardProps) -> Html {
    let RequirementCardProps { kind, requirement, due, .. } = *props;
    let from = Route::Step(kind, 0);
    let source = from.href_to(Route::Source.into());
    // Ordinary links: the browser scrolls to the clause by itself.
    let clauses = requirement.clauses.iter().filter_map(|id| CATALOGUE.clause(id));
    let clauses =
        clauses.map(|clause| aside("requirement__locator", format!("{source}#{}", clause.id), clause.locator()));
    let share = from.href_to_share(Target::requirement(kind, requirement.id));
    let share = aside("requirement__share", share, "分享这一项".into());
    let role = requirement.role(kind).map(|role| {
        let advice = requirement.is_role_advice(&CATALOGUE).then(advice_tag);
        many("span", "requirement__role", [Html::from(words::role(role))].into_iter().chain(advice))
    });
    let phase = el("span", "", format!("{}阶段", words::phase(requirement.phase)));
    // The unit's own date shows in the record below.
    let bound =
        due.filter(|_| props.answer.due.is_none()).map(|due| el("span", "", format!("讲话时限 {}", words::date(due))));
    let parts = role.into_iter().chain([phase]).chain(bound);
    let parts = parts.chain([many("span", "requirement__clauses", clauses), share]);
    many("p", "requirement__meta", parts)
}

fn aside(class: &'static str, href: String, text: String) -> Html {
    classed(class, html! { <a class="aside" {href}>{ text }</a> })
}

fn advice_tag() -> Html {
    el("span", "tag tag--advice", words::ADVICE)
}

fn advice(requirement: &'static Requirement, kind: UnitKind) -> Html {
    let advice = requirement.advice(kind);
    let list = |items: &'static [&'static str]| many("ul", "", items.iter().map(|item| el("li", "", *item)));
    let summary = vec![Html::from("可留的佐证、常见问题"), advice_tag()];
    let body = vec![
        el("h3", "advice__title", "可以留存的佐证"),
        list(advice.evidence),
        el("h3", "advice__title", "常见问题"),
        list(advice.mistakes),
    ];
    many("details", "advice", vec![many("summary", "advice__summary", summary), many("div", "advice__body", body)])
}

/// Says that this requirement's answer was written to.
pub(crate) fn writing(props: &RequirementCardProps, msg: impl Fn(String) -> Msg + 'static) -> Callback<String> {
    let (kind, dispatch) = (props.kind, props.dispatch.clone());
    Callback::from(move |text| dispatch.send(Action::Edited(kind, msg(text))))
}

/// Shown for 不适用, and for as long as a reason once given is there, so that it is never out of sight.
fn reason_field(props: &RequirementCardProps) -> Html {
    let RequirementCardProps { requirement, answer, is_disabled, .. } = props;
    let id = requirement.id;
    let field = (*answer.status == Status::NotApplicable || answer.has_reason()).then(|| {
        let on_write = writing(props, move |text| Msg::ReasonGiven(id, text));
        field(FieldProps {
            label: "为什么不适用".into(),
            name: format!("reason-{id}").into(),
            value: (*answer.reason).clone().into(),
            shape: Shape::Paragraph,
            is_disabled: *is_disabled,
            placeholder: Some("写一句理由，如：职责不在本单位，由谁承担".into()),
            on_write,
            ..FieldProps::default()
        })
    });
    many("div", "requirement__reason", field)
}

fn findings(props: &RequirementCardProps) -> Html {
    let found = Finding::of(&props.answer, props.due, props.day).into_iter().filter_map(|finding| {
        let text = match finding {
            Finding::Overdue(due) => format!("逾期：应于{}前完成", words::date(due)),
            Finding::Near(due) => format!("临近：{}前完成", words::date(due)),
            Finding::WithoutEvidence => "缺佐证：计入已落实，请在下面的记录里补一条".into(),
            Finding::WithoutReason => "缺理由：写明为什么不适用".into(),
            Finding::Unchecked | Finding::NotStarted | Finding::InProgress => return None,
        };
        Some(html! { <li class="requirement__finding" key={text.clone()}>{ text }</li> })
    });
    many("ul", "requirement__findings", found)
}

fn record(props: &RequirementCardProps, digest: String) -> Html {
    let RequirementCardProps { requirement, answer, is_disabled, .. } = props;
    let (id, is_disabled) = (requirement.id, *is_disabled);
    let note = field(FieldProps {
        label: "备注".into(),
        name: format!("note-{id}").into(),
        value: (*answer.note).clone().into(),
        shape: Shape::Paragraph,
        is_disabled,
        on_write: writing(props, move |text| Msg::NoteWritten(id, text)),
        ..FieldProps::default()
    });
    let owner = field(FieldProps {
        label: "责任人".into(),
        name: format!("owner-{id}").into(),
        value: (*answer.owner).clone().into(),
        is_disabled,
        on_write: writing(props, move |text| Msg::OwnerNamed(id, text)),
        ..FieldProps::default()
    });
    let due = field(FieldProps {
        label: "完成时限".into(),
        name: format!("due-{id}").into(),
        value: date_value(*answer.due).into(),
        shape: Shape::Date,
        is_disabled,
        on_write: writing(props, move |text| Msg::DueSet(id, Date::parse(&text))),
        ..FieldProps::default()
    });
    html! {
        <details class="record">
            <summary class="record__summary">
                { el("span", "record__title", "备注、佐证、责任人、时限") }
                { el("span", "record__digest", digest) }
            </summary>
            <div class="record__body">
                { note }
                <div class="record__row">
                    { owner }
                    { due }
                </div>
                { evidence(props) }
                { history(props) }
            </div>
        </details>
    }
}

/// The most letters of what the record holds that its closed box shows.
const DIGEST: usize = 80;

/// What the unit says beside the status, a line each.
fn held(answer: &Answer) -> String {
    let mut held = String::new();
    let mut tell = |what: &str, text: &str| {
        if !text.trim().is_empty() {
            held += what;
            held += text.trim();
            held.push('\n');
        }
    };
    tell("责任人：", &answer.owner);
    tell("时限：", &date_value(*answer.due));
    for (_, entry) in answer.evidence() {
        tell("佐证：", &entry.what);
        tell("", &entry.reference);
        tell("", &date_value(*entry.date));
    }
    tell("备注：", &answer.note);
    held
}
