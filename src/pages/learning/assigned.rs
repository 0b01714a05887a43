//! A round that a trainer set, as the trainee meets it: what it is, and in the end the code to hand in.

use plan_checklist_domain::UnitKind;
use plan_checklist_domain::sharing::link::LinkError;
use plan_checklist_domain::training::{Assignment, BankVersion, Scope, builtin};
use yew::prelude::*;

use super::live::Live;
use super::named::NameField;
use super::progress;
use super::sitting::Sitting;
use crate::components::button::{Button, ButtonStyle};
use crate::components::copy_box::CopyBox;
use crate::components::link_fault::{LinkFault, link_fault};
use crate::route::Route;
use crate::store::Store;
use crate::words;

/// What a round is drawn from, in words.
pub(super) fn scope_name(store: &Store, scope: &Scope) -> String {
    match scope {
        Scope::Step(id) => store.catalogue.step(id).map_or_else(|| "一个步骤".into(), |step| step.title.clone()),
        Scope::Kind(kind) => kind_name(*kind),
        _ => "各步骤都有".into(),
    }
}

pub(super) fn kind_name(kind: UnitKind) -> String {
    format!("{}要懂的", words::kind(kind))
}

/// Why a fragment is no round that can be asked, to whoever opens it: a trainee or (`is_trainer`) whoever set it.
pub(super) fn fault(found: &Result<Assignment, LinkError>, is_empty: bool, is_trainer: bool) -> Option<LinkFault> {
    let (word, trainee, trainer) = match found {
        Err(LinkError::NotOurs) if is_empty => return None,
        Err(LinkError::NotOurs) => (
            "not-ours",
            "网址里“#”后面的内容不是老师布置的题，没有用它。下面可以自己选一组。",
            "网址里“#”后面的内容不是一组题，没有用它。下面是新出的一组。",
        ),
        Err(LinkError::Damaged) => (
            "damaged",
            "这个链接不完整，可能转发时被截断过，读不出是哪一组题。请老师重发一次。",
            "这个链接不完整，读不出是哪一组题。要收它的成绩，请用完整的链接打开；下面是新出的一组。",
        ),
        Err(LinkError::Newer) => (
            "newer",
            "这个链接是更新的版本做的，这里读不出是哪一组题。请按 Ctrl+F5 刷新，再打开一次。",
            "这个链接是更新的版本做的，这里读不出是哪一组题。请按 Ctrl+F5 刷新，再打开一次。",
        ),
        Ok(set) if set.missing(builtin()) > 0 => (
            "missing",
            "这组题里有的题，现在的题库已经没有了，做不了。请老师用现在的题库重新布置一组，把新链接发给你。",
            "这组题里有的题，现在的题库已经没有了，出不齐，成绩也对不上。请重新布置一组；下面是新出的。",
        ),
        Ok(_) => return None,
    };
    Some(LinkFault { word, text: if is_trainer { trainer } else { trainee } })
}

/// Said where a round was set with another bank than this one, and can be asked all the same.
pub(super) fn other_version(set: &Assignment) -> Html {
    let here = BankVersion::of(builtin());
    html! {
        <div>
            if set.bank != here && set.missing(builtin()) == 0 {
                <p class="note" data-other-version="true">
                    { format!("这组题是用题库 {} 版布置的，这里是 {} 版。题都还在，照常可以做；有的题措辞可能改过。", set.bank.text(), here.text()) }
                </p>
            }
        </div>
    }
}

/// The round that the address carries, before it is begun; below, `others` to choose from.
pub(super) fn assigned(store: &Store, live: &Live, fragment: &str, others: Html) -> Html {
    let found = Assignment::decode(fragment);
    let fault = fault(&found, fragment.is_empty(), false);
    let Some(set) = found.ok().filter(|_| fault.is_none()) else {
        return html! { <div key="choose">{ link_fault(fault) }<div>{ others }</div></div> };
    };
    let onclick = {
        let (live, set) = (live.clone(), set.clone());
        Callback::from(move |_: MouseEvent| live.begin_assigned(set.clone()))
    };
    // Whoever set it finds the way back to it here.
    let class = format!("{}#{}", Route::Quiz.href_to(Route::Class.into()), set.encode());
    html! {
        <div key="assigned" class="assigned">
            <h2 class="page__subtitle">{ "老师布置的一组题" }</h2>
            <p>
                { format!("{}，共 {} 题，题库 {} 版。", scope_name(store, &set.scope), set.count(), set.bank.text()) }
                { "收到这个链接的人，题目和选项的次序都一样。做完会给你一个成绩码，发给老师；别的什么都不上传。" }
            </p>
            { other_version(&set) }
            <p class="buttons">
                <Button action="assigned" style={ButtonStyle::Primary} is_disabled={!store.is_restored} {onclick}>{ "开始这组题" }</Button>
                <a href={class}>{ "我是老师，去收成绩" }</a>
            </p>
            <details><summary>{ "先做别的" }</summary>{ others }</details>
        </div>
    }
}

/// What to hand in at the end of a round that a trainer set.
pub(super) fn code(store: &Store, sitting: &Sitting) -> Html {
    let progress = progress(store);
    let text = sitting.code().map(|code| format!("{} {code}", progress.name).trim().to_owned());
    let open = sitting.round.asked.len() - sitting.marks.len();
    html! {
        <div class="code">
            if let Some(text) = text {
                <h3 class="verdict__why">{ "成绩码" }</h3>
                <p>
                    { "把这一行发给老师，或者抄下来；抄错一个字，老师那边看得出来。里面只有这组题每题对没有对、得几分。" }
                    if open > 0 {
                        { format!("还有 {open} 题没有答，码里也看得出来。") }
                    }
                </p>
                <NameField store={store.clone()} />
                <CopyBox store={store.clone()} id="result-code" label="发给老师的一行" {text} rows="2" />
            }
        </div>
    }
}
