//! One requirement with its answer: what is asked, and what the unit says to it.

use std::rc::Rc;

use plan_checklist_domain::{
    Answer, AsOf, Catalogue, Cycle, Date, EntryId, Finding, Msg, Requirement, Status, UnitKind,
};
use yew::prelude::*;

use crate::components::duty::duty;
use crate::components::evidence::Evidence;
use crate::components::history::history;
use crate::components::status_picker::status_picker;
use crate::components::text_field::{Shape, TextField, date_value};
use crate::route::{Route, Target};
use crate::store::{Action, Dispatch, Question};
use crate::words;

#[derive(Debug, PartialEq, Properties)]
pub(crate) struct RequirementCardProps {
    pub(crate) catalogue: &'static Catalogue,
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

#[component]
pub(crate) fn RequirementCard(props: &RequirementCardProps) -> Html {
    let RequirementCardProps { catalogue, kind, requirement, due, day, cycle, is_target, is_disabled, asked, .. } =
        *props;
    let RequirementCardProps { answer, dispatch, .. } = props;
    let id = requirement.id;
    let on_edit = {
        let dispatch = dispatch.clone();
        Callback::from(move |msg| dispatch.send(Action::Edited(kind, msg)))
    };
    let on_ask = {
        let dispatch = dispatch.clone();
        Callback::from(move |entry: Option<EntryId>| {
            dispatch.send(Action::Asked(entry.map(|entry| Question::RemoveEvidence(id, entry))));
        })
    };

    let ask = requirement.ask(kind, cycle);
    let points = ask.points.iter().map(|point| html! { <li key={point.as_str()}>{ cycle.reword(point) }</li> });
    let beside_the_status = beside_the_status(answer);
    let digest: String = beside_the_status.chars().take(DIGEST).collect();
    let reason = if answer.has_reason() { format!("不适用的理由：{}", *answer.reason) } else { String::new() };
    html! {
        <article id={id.to_string()} tabindex="-1" data-requirement={id.to_string()} data-status={answer.status.as_str()}
            aria-labelledby={format!("title-{id}")}
            class={classes!("requirement", is_target.then_some("requirement--target"))}>
            <header class="requirement__head">
                <h2 class="requirement__title" id={format!("title-{id}")}>{ cycle.reword(requirement.title(kind, cycle)) }</h2>
                { meta(catalogue, kind, requirement, due.filter(|_| answer.due.is_none())) }
            </header>
            <div class="requirement__ask">
                <p class="requirement__question">{ cycle.reword(ask.question) }</p>
                <p class="requirement__points-label">{ "核对要点：" }</p>
                <ul class="requirement__points">{ for points }</ul>
                { hint(requirement.advice(kind, cycle).hint, cycle) }
                { advice(requirement, kind, cycle) }
            </div>
            <div class="requirement__answer">
                { status_picker(id, *answer.status, is_disabled, &on_edit) }
                { reason_field(requirement, answer, is_disabled, &on_edit) }
                { findings(answer, due, day) }
                <details class="record">
                    <summary class="record__summary">
                        <span class="record__title">{ "备注、佐证、责任人、时限" }</span>
                        <span class="record__digest">{ digest }</span>
                    </summary>
                    <div class="record__body">
                        <TextField label="备注" name={format!("note-{id}")} value={(*answer.note).clone()} shape={Shape::Paragraph}
                            {is_disabled} on_write={on_edit.reform(move |text| Msg::NoteWritten(id, text))} />
                        <div class="record__row">
                            <TextField label="责任人" name={format!("owner-{id}")} value={(*answer.owner).clone()}
                                {is_disabled} on_write={on_edit.reform(move |text| Msg::OwnerNamed(id, text))} />
                            <TextField label="完成时限" name={format!("due-{id}")} value={date_value(*answer.due)} shape={Shape::Date}
                                {is_disabled} on_write={on_edit.reform(move |text: String| Msg::DueSet(id, Date::parse(&text)))} />
                        </div>
                        <Evidence {id} answer={answer.clone()} {is_disabled} {asked} on_edit={on_edit.clone()} {on_ask} />
                        { history(id, answer, is_disabled, &on_edit) }
                    </div>
                </details>
                // Paper shows this instead of the fields: they cut long texts off, and a closed record would show nothing.
                <p class="print-only">{ beside_the_status }{ reason }</p>
            </div>
        </article>
    }
}

/// Who has to do it, when, and what it rests on. `bound` is the speech's own date, unless the unit set another, which
/// shows in the record below.
fn meta(catalogue: &'static Catalogue, kind: UnitKind, requirement: &'static Requirement, bound: Option<Date>) -> Html {
    let from = Route::Step(kind, 0);
    let source = from.href_to(Route::Source.into());
    // Ordinary links: the browser scrolls to the clause by itself.
    let clauses = requirement.clauses.iter().filter_map(|id| catalogue.clause(id)).map(|clause| {
        let href = format!("{source}#{}", clause.id);
        html! { <a key={clause.id.as_str()} class="requirement__locator" {href}>{ clause.locator.as_str() }</a> }
    });
    html! {
        <p class="requirement__meta">
            { duty(catalogue, requirement, kind) }
            <span>{ words::suggested_phase(requirement.phase) }</span>
            if let Some(bound) = bound {
                <span>{ format!("讲话时限（全市）：{}", bound.in_chinese()) }</span>
            }
            <span class="requirement__clauses">{ for clauses }</span>
            <a class="requirement__share" href={from.href_to_share(Target::requirement(kind, requirement.id))}>{ "分享这一项" }</a>
        </p>
    }
}

/// What concerns this tool only.
fn hint(hint: &'static str, cycle: Cycle) -> Option<Html> {
    (!hint.is_empty()).then(|| {
        html! { <p class="requirement__hint"><span class="tag">{ "用法提示" }</span>{ cycle.reword(hint) }</p> }
    })
}

/// Marks what is ours, not the speech's.
fn advice_tag() -> Html {
    html! { <span class="tag tag--advice">{ words::ADVICE }</span> }
}

fn advice(requirement: &'static Requirement, kind: UnitKind, cycle: Cycle) -> Html {
    let advice = requirement.advice(kind, cycle);
    let list = |items: &'static [String]| {
        let items = items.iter().map(|item| html! { <li key={item.as_str()}>{ cycle.reword(item) }</li> });
        html! { <ul>{ for items }</ul> }
    };
    html! {
        <details class="advice">
            <summary class="advice__summary">{ "可留的佐证、常见问题" }{ advice_tag() }</summary>
            <div class="advice__body">
                <h3 class="advice__title">{ "可以留存的佐证" }</h3>
                { list(advice.evidence) }
                <h3 class="advice__title">{ "常见问题" }</h3>
                { list(advice.mistakes) }
            </div>
        </details>
    }
}

/// Shown for 不适用, and for as long as a reason once given is there, so that it is never out of sight.
fn reason_field(requirement: &Requirement, answer: &Answer, is_disabled: bool, on_edit: &Callback<Msg>) -> Html {
    let id = requirement.id;
    html! {
        <div class="requirement__reason">
            if *answer.status == Status::NotApplicable || answer.has_reason() {
                <TextField label="为什么不适用" name={format!("reason-{id}")} value={(*answer.reason).clone()} shape={Shape::Paragraph}
                    {is_disabled} placeholder="写一句理由，如：职责不在本单位，由谁承担"
                    on_write={on_edit.reform(move |text| Msg::ReasonGiven(id, text))} />
            }
        </div>
    }
}

fn findings(answer: &Answer, due: Option<Date>, day: Option<AsOf>) -> Html {
    let found = Finding::of(answer, due, day).into_iter().filter_map(|finding| {
        let text = match finding {
            Finding::Overdue(due) => format!("逾期：应于{}前完成", due.in_chinese()),
            Finding::Near(due) => format!("临近：{}前完成", due.in_chinese()),
            Finding::WithoutEvidence => "缺佐证：计入已落实，请在下面的记录里补一条".into(),
            Finding::WithoutReason => "缺理由：写明为什么不适用".into(),
            Finding::Unchecked | Finding::NotStarted | Finding::InProgress => return None,
        };
        Some(html! { <li key={text.clone()} class="requirement__finding">{ text }</li> })
    });
    html! { <ul class="requirement__findings">{ for found }</ul> }
}

/// The most letters of what the record holds that its closed box shows.
const DIGEST: usize = 80;

/// What the unit says beside the status, a line each.
fn beside_the_status(answer: &Answer) -> String {
    let mut lines = String::new();
    let mut add = |what: &str, text: &str| {
        if !text.trim().is_empty() {
            lines += what;
            lines += text.trim();
            lines.push('\n');
        }
    };
    add("责任人：", &answer.owner);
    add("时限：", &date_value(*answer.due));
    for (_, entry) in answer.evidence() {
        add("佐证：", &entry.what);
        add("", &entry.reference);
        add("", &date_value(*entry.date));
    }
    add("备注：", &answer.note);
    lines
}
