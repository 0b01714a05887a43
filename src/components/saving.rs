//! Undo, redo, and whether everything is saved: in the header of every page.

use plan_checklist_domain::UnitKind;
use plan_checklist_domain::workbook::history::HistoryEntry;
use yew::prelude::*;

use crate::components::link::link;
use crate::effects::clock;
use crate::route::Route;
use crate::store::{Action, Saving, Store};
use crate::words;

/// Undo and redo, on every page that belongs to a workbook.
pub(crate) fn undo_and_redo(store: &Store, kind: UnitKind) -> Html {
    let history = store.history(kind);
    let button = |text: &'static str, keys: &str, entry: Option<&HistoryEntry>, action: Action| {
        let what = match entry {
            Some(entry) => {
                format!("{text}：{}（{keys}）", words::change(store.catalogue, store.workbook(kind), &entry.kind))
            }
            None => format!("没有可以{text}的"),
        };
        let is_idle = entry.is_none();
        let onclick = if is_idle { Callback::noop() } else { store.dispatch.on(action) };
        html! {
            <button type="button" class="travel__button" aria-disabled={is_idle.then_some("true")} title={what.clone()} aria-label={what} {onclick}>
                { text }
            </button>
        }
    };
    html! {
        <span class="travel needs-program">
            { button("撤销", "Ctrl+Z", history.and_then(|history| history.next_undo()), Action::Undone(kind)) }
            { button("重做", "Ctrl+Y", history.and_then(|history| history.next_redo()), Action::Redone(kind)) }
        </span>
    }
}

/// Whether everything is saved, and since when.
pub(crate) fn saving(store: &Store) -> Html {
    let (class, text) = match &store.saving {
        // The notice that says why may be far above.
        _ if store.is_wiped_shown() => (Some("saving--failed"), "没有保存！".to_owned()),
        Saving::Idle if !store.is_restored => (None, "正在打开…".to_owned()),
        Saving::Idle => match store.last_change() {
            Some(moment) => (None, format!("已保存 {}", clock::recent(moment))),
            None => (None, "自动保存".to_owned()),
        },
        Saving::Saved(time) => (Some("saving--saved"), format!("已保存 {time}")),
        Saving::Failed(_) => (Some("saving--failed"), "没有保存！".to_owned()),
    };
    html! {
        <span class={classes!("saving", class)} role="status" data-saving={saving_word(&store.saving)}>
            { link(store, Route::Safety, "saving__link", text) }
        </span>
    }
}

fn saving_word(saving: &Saving) -> &'static str {
    match saving {
        Saving::Idle => "idle",
        Saving::Saved(_) => "saved",
        Saving::Failed(_) => "failed",
    }
}
