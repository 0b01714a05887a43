//! 速记: how the speech is built, on one sheet.

use plan_checklist_domain::catalogue::clause::Part;
use plan_checklist_domain::{Phase, UnitKind};
use yew::prelude::*;

use crate::components::button::{Button, ButtonStyle};
use crate::components::page_head::page_head;
use crate::components::section::section_of;
use crate::store::{Action, Printout, Store};
use crate::words;

pub(crate) fn crib(store: &Store) -> Html {
    let on_print = store.dispatch.on(Action::PrintWanted(Printout::Page));
    let parts = |ids: &[&str]| -> Html {
        let parts = store.catalogue.parts.iter().filter(|part| ids.contains(&part.id.as_str()));
        html! { <ol class="crib__list">{ for parts.enumerate().map(|(at, part)| line(numbering(at, part), &part.title)) }</ol> }
    };
    let grasps = store.catalogue.clauses.iter().filter(|clause| clause.name.starts_with("准确把握"));
    let grasps = grasps.map(|clause| {
        let said =
            clause.text.strip_prefix(&clause.name).and_then(|text| text.strip_prefix('：')).unwrap_or(&clause.text);
        line(&clause.name, said)
    });
    let phases: Vec<_> = Phase::ALL.into_iter().map(words::phase).collect();
    let said = |id: &str| store.catalogue.clause(id).map_or("", |clause| &clause.text);
    let duties = [
        (UnitKind::Commission, ["2.4-a", "3.1-a", "3.1-b", "3.1-c"].map(said).concat()),
        (UnitKind::Department, said("3.1-d").to_owned()),
        (UnitKind::County, said("3.1-e").to_owned()),
    ];
    let duties = duties
        .map(|(kind, text)| html! { <li key={kind.as_str()}><strong>{ words::kind(kind) }</strong>{ text }</li> });
    html! {
        <div class="page">
            { page_head(None, "速记", html! {
                <p class="page__lead">{ "讲话分三部分：深化认识，突出重点、科学谋划，强化措施、推进落实。" }</p>
            }) }
            <div class="crib">
                { section_of("crib__box", "insights", "三点认识", parts(&["1.1", "1.2", "1.3"])) }
                { section_of("crib__box", "tasks", "五要", parts(&["2.1", "2.2", "2.3", "2.4", "2.5"])) }
                { section_of("crib__box crib__box--wide", "grasps", "四个准确把握", html! { <ul class="crib__list">{ for grasps }</ul> }) }
                { section_of("crib__box", "phases", "四个阶段，两个时限", html! {
                    <ul class="crib__list">
                        <li><strong>{ "四个阶段" }</strong>{ phases.join(" → ") }</li>
                        <li><strong>{ "第一个时限" }</strong>{ "规划期首年的上一年年底前，提出总体思路、主要目标和重点任务。" }</li>
                        <li><strong>{ "第二个时限" }</strong>{ "年底起到首年上半年，审定报批。" }</li>
                        <li>{ "前两个阶段的起止，讲话没有定。" }</li>
                    </ul>
                }) }
                { section_of("crib__box", "duties", "三类责任主体", html! { <ul class="crib__list">{ for duties }</ul> }) }
                { section_of("crib__box crib__box--wide", "measures", "四条措施", html! {
                    <>
                        { parts(&["3.1", "3.2", "3.3", "3.5"]) }
                        <p class="crib__note">
                            { "为什么没有“四要”：第三部分标着一要、二要、三要、五要，来源就是这样。不补一条，也不改号；说“四条措施”，不说“五要”。第二部分才是五要。" }
                        </p>
                    </>
                }) }
            </div>
            <p class="buttons needs-program"><Button action="print" style={ButtonStyle::Primary} onclick={on_print}>{ "打印（一张 A4 纸）" }</Button></p>
        </div>
    }
}

/// The number that the speech gives a part. The first chapter's parts stand in its clauses as 其一 to 其三.
fn numbering(at: usize, part: &'static Part) -> &'static str {
    if part.numbering.is_empty() {
        ["其一", "其二", "其三"].get(at).copied().unwrap_or_default()
    } else {
        &part.numbering
    }
}

fn line(name: &'static str, text: &'static str) -> Html {
    html! { <li key={name}><strong>{ name }</strong>{ text }</li> }
}
