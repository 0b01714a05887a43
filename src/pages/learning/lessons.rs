//! 读本: one idea a screen, in the order of the speech.

use plan_checklist_domain::training::{Deed, Lesson, Progress, builtin};
use yew::prelude::*;

use super::{progress, references};
use crate::components::advice_tag::advice_tag;
use crate::components::link::link;
use crate::components::page_head::page_head;
use crate::route::Route;
use crate::store::{Action, Store};

pub(crate) fn lessons(store: &Store) -> Html {
    let all: &'static [Lesson] = &builtin().lessons;
    let progress = progress(store);
    let named = store.arrival.fragment.as_deref();
    let shown = all.iter().position(|lesson| named == Some(lesson.id.as_str()));
    let shown = shown.unwrap_or_else(|| where_stopped(all, &progress));
    html! {
        <div class="page">
            { page_head(None, "读本", html! {
                <p class="page__lead">{ "“讲话要求”照讲话各条转述；标“建议”的是我们的经验，讲话没有这样说。" }</p>
            }) }
            <div>{ article(store, all, shown, &progress) }</div>
            { contents(store, all, shown, &progress) }
        </div>
    }
}

/// The first lesson after the one read last that was not read; the first of all where none is left.
fn where_stopped(all: &[Lesson], progress: &Progress) -> usize {
    let last = progress.read.last().and_then(|last| all.iter().position(|lesson| lesson.id == *last));
    let start = last.map_or(0, |at| at + 1);
    let is_open = |at: &usize| !progress.has_read(&all[*at].id);
    (start..all.len()).chain(0..start).find(is_open).unwrap_or(0)
}

fn article(store: &Store, all: &'static [Lesson], at: usize, progress: &Progress) -> Html {
    let lesson = &all[at];
    let step = store.catalogue.step(&lesson.step).map_or("", |step| &step.title);
    let is_read = progress.has_read(&lesson.id);
    let read = {
        let dispatch = store.dispatch.clone();
        Callback::from(move |()| {
            // Once is enough.
            if !dispatch.state().training.subjects("l").contains(&lesson.id.as_str()) {
                dispatch.send(Action::Learned(Deed::Read(lesson.id.clone()).text()));
            }
        })
    };
    let before = at.checked_sub(1).map(|at| &all[at]);
    let after = all.get(at + 1);
    let onkeydown = {
        let (dispatch, read) = (store.dispatch.clone(), read.clone());
        Callback::from(move |event: KeyboardEvent| {
            let has_modifier = event.alt_key() || event.ctrl_key() || event.meta_key() || event.shift_key();
            let to = match event.key().as_str() {
                "ArrowLeft" => before,
                "ArrowRight" => after,
                _ => None,
            };
            if let Some(to) = to.filter(|_| !has_modifier) {
                event.prevent_default();
                if event.key() == "ArrowRight" {
                    read.emit(());
                }
                dispatch.send(Action::KeyFollowed { route: Route::Lessons, fragment: Some(to.id.as_str().into()) });
            }
        })
    };
    let onclick = Callback::from(move |_: MouseEvent| read.emit(()));
    let href = |lesson: &Lesson| format!("#{}", lesson.id);
    let own = |title: &'static str, text: &'static str| {
        html! { <><h3 class="lesson__part">{ title }{ advice_tag() }</h3><p>{ text }</p></> }
    };
    html! {
        <article key={lesson.id.as_str()} id={lesson.id.as_str()} tabindex="-1" aria-labelledby={format!("{}-title", lesson.id)}
            class="lesson" {onkeydown}>
            <p class="page__kicker">
                { format!("第 {} 条，共 {} 条 · {step}", at + 1, all.len()) }
                <span>
                    if is_read {
                        { " · 已学" }
                    }
                </span>
            </p>
            <h2 id={format!("{}-title", lesson.id)} class="lesson__title">{ lesson.title.as_str() }</h2>
            <h3 class="lesson__part">{ "讲话要求" }</h3>
            <p class="lesson__idea">{ lesson.idea.as_str() }</p>
            <p class="page__sources">{ "出处：" }{ references::clauses(store, &lesson.clauses) }</p>
            { own("为什么要紧", &lesson.why) }
            { own("好的佐证", &lesson.evidence) }
            { own("常见的毛病", &lesson.mistake) }
            <p class="lesson__turn needs-program">
                if let Some(before) = before {
                    <a class="button" data-action="previous" href={href(before)}>{ "上一条" }</a>
                }
                if let Some(after) = after {
                    <a class="button button--primary" data-action="next" href={href(after)} {onclick}>{ "学会了，下一条" }</a>
                } else {
                    <span {onclick}>{ link(store, Route::Quiz, "button button--primary", "学完了，去测验") }</span>
                }
            </p>
        </article>
    }
}

/// Every lesson, to go to.
fn contents(store: &Store, all: &'static [Lesson], shown: usize, progress: &Progress) -> Html {
    let steps = store.catalogue.steps.iter().map(|step| {
        let lessons = all.iter().enumerate().filter(|(_, lesson)| lesson.step == step.id).map(|(at, lesson)| {
            let current = (at == shown).then_some("true");
            html! {
                <li key={lesson.id.as_str()}>
                    <a href={format!("#{}", lesson.id)} aria-current={current}>{ lesson.title.as_str() }</a>
                    <span class="contents__read">
                        if progress.has_read(&lesson.id) {
                            { "已学" }
                        }
                    </span>
                </li>
            }
        });
        html! { <li key={step.id.as_str()}><strong>{ step.title.as_str() }</strong><ol>{ for lessons }</ol></li> }
    });
    html! {
        <details class="contents">
            <summary>{ format!("全部 {} 条", all.len()) }</summary>
            <ol class="contents__steps">{ for steps }</ol>
        </details>
    }
}
