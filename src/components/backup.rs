//! Downloading everything, and being reminded to.

use plan_checklist_domain::{Workbook, WorkbookId};
use yew::prelude::*;

use crate::components::button::{Button, ButtonStyle};
use crate::components::link::link;
use crate::effects::clock;
use crate::route::Route;
use crate::store::{Action, Store};

/// How many answers may change before a backup is suggested.
const REMINDER: usize = 10;

/// A button that hands out a backup file of these workbooks; of all that are not in the recycle bin where none is named.
pub(crate) fn backup_button(store: &Store, ids: &[WorkbookId], text: &'static str, style: ButtonStyle) -> Html {
    let onclick = store.dispatch.on(Action::BackupWanted(ids.to_vec()));
    let is_empty = store.shown_books().is_empty() && store.training.is_empty();
    let is_disabled = store.is_restored && ids.is_empty() && is_empty;
    html! { <Button action="backup" {style} {is_disabled} {onclick}>{ text }</Button> }
}

/// A button that hands out everything on the page and in storage, as it is: for when saving fails. It can be imported like
/// any backup.
pub(crate) fn rescue_button(store: &Store) -> Html {
    let onclick = store.dispatch.on(Action::RescueWanted);
    html! { <Button action="rescue" style={ButtonStyle::Primary} {onclick}>{ "下载备份" }</Button> }
}

/// The field that shows it.
pub(crate) const NOT_DOWNLOADED: &str = "not-downloaded";

/// The text of a backup that the browser did not let be downloaded.
pub(crate) fn not_downloaded(store: &Store) -> Option<Html> {
    let text = store.not_downloaded.clone()?;
    Some(html! {
        <div class="banner banner--notice">
            <label class="backup__copy">
                { "浏览器不让下载。请全选下面的文字，复制到一个文件里存好，文件名以 .json 结尾：" }
                <textarea id={NOT_DOWNLOADED} class="field__input" readonly=true rows="4" value={AttrValue::from(text)} />
            </label>
        </div>
    })
}

/// A quiet line where much was entered since the last backup; nothing where not.
pub(crate) fn reminder(store: &Store, workbook: &Workbook) -> Html {
    let since = store.backups.get(&workbook.id).copied();
    let count = store.answers_since_backup(workbook);
    let text = match since {
        Some(since) => format!("上次备份是{}，之后又改了 {count} 项。", clock::moment(since.at)),
        None => format!("已有 {count} 项写过内容，还没有备份过。"),
    };
    html! {
        <div class="reminder__place">
            if count >= REMINDER {
                <p class="reminder needs-program"><span>{ text }</span>{ link(store, Route::Safety, "button", "去备份") }</p>
            }
        </div>
    }
}
