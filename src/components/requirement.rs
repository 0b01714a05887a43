//! One requirement with its answer: what is asked, and what the unit says to it.
//!
//! Answered, it closes to one row, unless somebody opens it; one being answered stays open under the hand.

use std::rc::Rc;

use plan_checklist_domain::checking::review::missed_binding;
use plan_checklist_domain::workbook::update::EntryValue;
use plan_checklist_domain::{
    Answer, AsOf, Catalogue, Cycle, Date, EntryId, Finding, List, Msg, PointCount, Requirement, RequirementId, Status,
    UnitKind,
};
use web_sys::HtmlDetailsElement;
use yew::prelude::*;

use crate::components::advice_tag::advice_tag;
use crate::components::button::{Button, ButtonStyle};
use crate::components::duty::duty;
use crate::components::editing::Editing;
use crate::components::icon::status_icon;
use crate::components::plans::{PlanAnswer, plans_of_requirement, unmet_plans};
use crate::components::points::{points, unmet_status};
use crate::components::record::{record, record_in_words, who_and_when};
use crate::components::status_picker::status_picker;
use crate::components::text_field::{Shape, TextField};
use crate::route::{Route, Target};
use crate::store::{Action, Dispatch, Question};
use crate::words;

/// On paper under what nobody has answered, for a pen.
const BY_HAND: &str = "责任人：＿＿＿＿＿＿　完成时限：＿＿＿＿＿＿　佐证、备注：＿＿＿＿＿＿＿＿＿＿";

/// What is answered.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Subject {
    /// What the speech asks.
    Asked(&'static Requirement),
    /// What the unit asks of itself: the entry that says so, its answer's id, what it is, and what it rests on.
    Own { entry: EntryId, id: RequirementId, title: AttrValue, source: AttrValue },
}

impl Subject {
    fn id(&self) -> RequirementId {
        match self {
            Self::Asked(requirement) => requirement.id,
            Self::Own { id, .. } => *id,
        }
    }
}

/// Which requirements of a page stand open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Opening {
    /// Those nobody has looked at.
    #[default]
    Unchecked,
    All,
    None,
}

#[derive(Debug, PartialEq, Properties)]
pub(crate) struct RequirementCardProps {
    pub(crate) catalogue: &'static Catalogue,
    pub(crate) kind: UnitKind,
    pub(crate) subject: Subject,
    pub(crate) answer: Rc<Answer>,
    /// What each of several plans answers, where the requirement is about plans and there are several.
    pub(crate) plans: Vec<PlanAnswer>,
    /// When it is to be done, and the day by which that is judged.
    pub(crate) due: Option<Date>,
    pub(crate) day: Option<AsOf>,
    pub(crate) cycle: Cycle,
    /// Whether the address points at it.
    pub(crate) is_target: bool,
    pub(crate) is_disabled: bool,
    /// What the page has open, and how often that was chosen: choosing it again takes back what was opened one by one.
    pub(crate) opening: (Opening, u32),
    /// The entry whose removal waits for a second click, if it is one of this card.
    pub(crate) asked: Option<EntryId>,
    pub(crate) dispatch: Dispatch,
}

/// Opened or closed by hand, while the page had this opening.
type ByHand = Option<(u32, bool)>;

#[component]
pub(crate) fn RequirementCard(props: &RequirementCardProps) -> Html {
    let RequirementCardProps { kind, due, day, cycle, is_target, is_disabled, asked, .. } = *props;
    let RequirementCardProps { subject, answer, plans, dispatch, opening: (opening, turn), .. } = props;
    let (id, turn) = (subject.id(), *turn);

    let by_hand: UseStateHandle<ByHand> = use_state_eq(|| None);
    // What stood open because nobody had looked at it stays open, by whatever way it is answered.
    let was_open = use_mut_ref(|| false);
    if !is_disabled && *answer.status == Status::Unchecked {
        was_open.replace(true);
    }
    let is_open = by_hand.filter(|(then, _)| *then == turn).map_or_else(
        || match opening {
            Opening::Unchecked => is_target || *answer.status == Status::Unchecked || *was_open.borrow(),
            Opening::All => true,
            Opening::None => false,
        },
        |(_, is_open)| is_open,
    );
    let ontoggle = {
        let by_hand = by_hand.setter();
        Callback::from(move |event: Event| {
            // A box says so too when it was not a hand that opened or closed it.
            if let Some(details) = event.target_dyn_into::<HtmlDetailsElement>()
                && details.open() != is_open
            {
                by_hand.set(Some((turn, details.open())));
            }
        })
    };
    // What is being filled in does not close again when the last letter is taken out.
    let is_edited = use_state_eq(|| false);
    let on_edit = {
        let (dispatch, by_hand, is_edited) = (dispatch.clone(), by_hand.setter(), is_edited.setter());
        Callback::from(move |msg| {
            by_hand.set(Some((turn, true)));
            is_edited.set(true);
            dispatch.send(Action::Edited(kind, msg));
        })
    };
    let on_ask = {
        let dispatch = dispatch.clone();
        Callback::from(move |entry: Option<EntryId>| dispatch.send(Action::Asked(entry.map(Question::RemoveEntry))))
    };
    let editing = Editing { is_disabled, asked, on_edit, on_ask };

    let (title, hints) = match subject {
        Subject::Asked(requirement) => {
            (cycle.reword(requirement.title(kind, cycle)).into_owned(), requirement.advice(kind, cycle).evidence)
        }
        Subject::Own { title, .. } if title.trim().is_empty() => ("未写名称的自加要求".to_owned(), &[][..]),
        Subject::Own { title, .. } => (title.to_string(), &[][..]),
    };
    let count = match subject {
        Subject::Asked(requirement) => Some(PointCount::of(answer, requirement.ask(kind, cycle).points.len())),
        Subject::Own { .. } => None,
    };
    let (words, reason) = (record_in_words(answer), &*answer.reason);
    let reason = if answer.has_reason() { format!("不适用的理由：{reason}") } else { String::new() };
    html! {
        <article id={id.to_string()} tabindex="-1" data-requirement={id.to_string()} data-status={answer.status.as_str()}
            aria-labelledby={format!("title-{id}")}
            class={classes!("requirement", is_target.then_some("requirement--target"))}>
            <details class="requirement__box print-open" open={is_open} {ontoggle}>
                <summary class="requirement__head">
                    <div class="requirement__row">
                        <span class="requirement__state">
                            { status_icon(*answer.status) }
                            <span class="requirement__status">{ words::status(*answer.status) }</span>
                        </span>
                        <h2 class="requirement__title" id={format!("title-{id}")}>{ title }</h2>
                        { digest(answer, due, day, count, plans) }
                    </div>
                </summary>
                // Whoever comes to a field by the keyboard hears whose it is.
                <div class="requirement__body" role="group" aria-labelledby={format!("title-{id}")}>
                    <div class="requirement__ask">
                        { match subject {
                            Subject::Asked(requirement) => ask(props, requirement, &editing),
                            Subject::Own { entry, title, source, .. } => own(*entry, title, source, answer, &editing),
                        } }
                    </div>
                    <div class="requirement__answer">
                        { status_picker(id, *answer.status, is_disabled, &editing.on_edit) }
                        <div>{ count.and_then(|count| unmet_status(id, answer, count, &editing)) }</div>
                        <div>{ unmet_plans(id, *answer.status, plans, &editing) }</div>
                        { reason_field(id, answer, &editing) }
                        { who_and_when(id, answer, &editing) }
                        { findings(answer, due, day) }
                    </div>
                    { record(id, answer, hints, cycle, *is_edited, &editing) }
                    // Paper shows this instead of the fields: they cut long texts off.
                    <p class="print-only">
                        if words.is_empty() && reason.is_empty() && *answer.status == Status::Unchecked {
                            { BY_HAND }
                        } else {
                            { words }{ reason }
                        }
                    </p>
                </div>
            </details>
        </article>
    }
}

/// What the closed row says besides the title.
fn digest(
    answer: &Answer,
    due: Option<Date>,
    day: Option<AsOf>,
    count: Option<PointCount>,
    plans: &[PlanAnswer],
) -> Html {
    let plans_done = plans.iter().filter(|plan| !plan.answer.status.is_open()).count();
    let late =
        Finding::of(answer, due, day).into_iter().find(|finding| matches!(finding, Finding::Overdue | Finding::Near));
    let points = count.filter(|count| count.met > 0 && count.met < count.total);
    let evidence = answer.evidence().filter(|(_, entry)| !entry.is_blank()).count();
    let missing = match *answer.status {
        Status::Done if evidence == 0 => Some(Finding::WithoutEvidence),
        Status::NotApplicable if !answer.has_reason() => Some(Finding::WithoutReason),
        _ => None,
    };
    let owner = answer.owner.trim();
    let note = [&answer.problem, &answer.measure, &answer.note, &answer.reason]
        .into_iter()
        .find_map(|text| text.trim().lines().next());
    let facts = [
        points.map(|count| format!("要点 {}/{}", count.met, count.total)),
        (!plans.is_empty()).then(|| format!("规划 {plans_done}/{}", plans.len())),
        (!owner.is_empty()).then(|| owner.to_owned()),
        answer.due.map(Date::in_chinese),
        (evidence > 0).then(|| format!("佐证 {evidence}")),
    ];
    let facts = facts
        .into_iter()
        .flatten()
        .map(|fact| html! { <span key={fact.clone()} class="requirement__fact">{ fact }</span> });
    let marks = late.into_iter().chain(missing).map(|mark| {
        let class = classes!("badge", (mark == Finding::Overdue).then_some("badge--late"));
        html! { <span key={mark.name()} {class}>{ mark.name() }</span> }
    });
    html! {
        <span class="requirement__digest">
            <span class="requirement__facts">{ for marks }{ for facts }</span>
            <span class="requirement__note">{ note.unwrap_or_default().to_owned() }</span>
        </span>
    }
}

fn ask(props: &RequirementCardProps, requirement: &'static Requirement, editing: &Editing) -> Html {
    let RequirementCardProps { catalogue, kind, answer, day, cycle, .. } = props;
    let is_missed = missed_binding(requirement, *cycle, answer, *day).is_some();
    let binding = requirement.binding_due(*cycle).map(|due| (due, is_missed));
    let ask = requirement.ask(*kind, *cycle);
    html! {
        <>
            <p class="requirement__question">{ cycle.reword(ask.question) }</p>
            { points(requirement.id, answer, ask.points, *cycle, editing) }
            <div>{ plans_of_requirement(&props.plans, editing) }</div>
            { hint(requirement.advice(*kind, *cycle).hint, *cycle) }
            { mistakes(requirement.advice(*kind, *cycle).mistakes, *cycle) }
            { meta(catalogue, *kind, requirement, binding) }
        </>
    }
}

/// What the unit asks of itself is written here too.
fn own(entry: EntryId, title: &AttrValue, source: &AttrValue, answer: &Answer, editing: &Editing) -> Html {
    let Editing { is_disabled, on_edit, on_ask, asked } = editing;
    let (is_disabled, is_asked) = (*is_disabled, *asked == Some(entry));
    let write = |value: fn(String) -> EntryValue| {
        on_edit.reform(move |text| Msg::EntryWritten(List::OwnRequirements, entry, value(text)))
    };
    // What says nothing is removed without asking.
    let on_remove = if is_asked || (title.trim().is_empty() && answer.is_blank()) {
        on_edit.reform(move |_: MouseEvent| Msg::EntryRemoved(List::OwnRequirements, entry, true))
    } else {
        on_ask.reform(move |_: MouseEvent| Some(entry))
    };
    let key = entry.0;
    html! {
        <>
            <p class="requirement__meta"><span class="tag">{ "本单位自加" }</span><span>{ "不是讲话的要求，不计入百分比。" }</span></p>
            <TextField label="要做到什么" name={format!("own-title-{key}")} value={title.clone()} {is_disabled}
                placeholder="如：按省级规划编制水网专项方案" on_write={write(EntryValue::What)} />
            <TextField label="依据（可不填）" name={format!("own-source-{key}")} value={source.clone()} {is_disabled}
                placeholder="如：省级规划第几章、通知的文号" on_write={write(EntryValue::Place)} />
            <div class="buttons">
                <Button action="remove-own" style={ButtonStyle::Quiet} {is_disabled} onclick={on_remove}>
                    { if is_asked { "确认移除这一项" } else { "移除这一项" } }
                </Button>
                <span>
                    if is_asked {
                        <Button action="keep-own" style={ButtonStyle::Quiet} onclick={on_ask.reform(|_: MouseEvent| None)}>{ "保留" }</Button>
                    }
                </span>
            </div>
        </>
    }
}

/// Who has to do it, when, and what it rests on. `bound` is the speech's own date, and whether it was missed.
fn meta(
    catalogue: &'static Catalogue,
    kind: UnitKind,
    requirement: &'static Requirement,
    bound: Option<(Date, bool)>,
) -> Html {
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
            if let Some((bound, is_missed)) = bound {
                <span class={is_missed.then_some("attention")}>
                    { format!("讲话时限（全市）：{}{}", bound.in_chinese(), if is_missed { "，已过" } else { "" }) }
                </span>
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

fn mistakes(mistakes: &'static [String], cycle: Cycle) -> Html {
    let items = mistakes.iter().map(|item| html! { <li key={item.as_str()}>{ cycle.reword(item) }</li> });
    html! {
        <details class="advice">
            <summary class="advice__summary">{ "常见问题" }{ advice_tag() }</summary>
            <ul class="advice__body">{ for items }</ul>
        </details>
    }
}

/// Shown for 不适用, and for as long as a reason once given is there, so that it is never out of sight.
fn reason_field(id: RequirementId, answer: &Answer, editing: &Editing) -> Html {
    let Editing { is_disabled, on_edit, .. } = editing;
    html! {
        <div class="requirement__reason">
            if *answer.status == Status::NotApplicable || answer.has_reason() {
                <TextField label="为什么不适用" name={format!("reason-{id}")} value={(*answer.reason).clone()} shape={Shape::Paragraph}
                    is_disabled={*is_disabled} placeholder="写一句理由，如：职责不在本单位，由谁承担"
                    on_write={on_edit.reform(move |text| Msg::ReasonGiven(id, text))} />
            }
        </div>
    }
}

fn findings(answer: &Answer, due: Option<Date>, day: Option<AsOf>) -> Html {
    let by = due.map(Date::in_chinese).unwrap_or_default();
    let found = Finding::of(answer, due, day).into_iter().filter_map(|finding| {
        let text = match finding {
            Finding::Overdue => format!("逾期：应于{by}前完成"),
            Finding::Near => format!("临近：{by}前完成"),
            Finding::WithoutEvidence => "缺佐证：计入已落实，请在下面补一条".into(),
            Finding::WithoutReason => "缺理由：写明为什么不适用".into(),
            Finding::Unchecked | Finding::NotStarted | Finding::InProgress => return None,
        };
        Some(html! { <li key={finding.name()} class="requirement__finding">{ text }</li> })
    });
    html! { <ul class="requirement__findings">{ for found }</ul> }
}
