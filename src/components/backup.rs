//! Downloading everything, and being reminded to.

use plan_checklist_domain::{Workbook, WorkbookId, file, record};
use yew::prelude::*;

use crate::components::button::{Button, ButtonStyle};
use crate::components::link::link;
use crate::effects::{clock, download, storage};
use crate::route::Route;
use crate::store::{Action, Dispatch, State, Store};

/// How many answers may change before a backup is suggested.
const REMINDER: usize = 10;

/// A button that hands out a backup file of these workbooks; of all that are not in the recycle bin where none is named.
pub(crate) fn backup_button(store: &Store, ids: &[WorkbookId], text: &'static str, style: ButtonStyle) -> Html {
    let (ids, store) = (ids.to_vec(), store.clone());
    let onclick = Callback::from(move |_| hand_out(&store, &ids));
    html! { <Button action="backup" {style} {onclick}>{ text }</Button> }
}

fn hand_out(store: &Store, ids: &[WorkbookId]) {
    let books = books(store, ids);
    let text = file::export(&books, clock::today());
    let dispatch = Dispatch::of(store);
    if download::offer(&file_name(&books), &text).is_ok() {
        let ids: Vec<WorkbookId> = books.iter().map(|book| book.id).collect();
        storage::remember_backup(&ids);
        dispatch.send(Action::BackedUp(ids));
    } else {
        dispatch.send(Action::NotDownloaded(text.into()));
    }
}

/// A button that hands out everything on the page and in storage, as it is: for when saving fails. It can be imported like
/// any backup, and needs less of the program, which is why every page can offer it.
pub(crate) fn rescue_button(store: &Store) -> Html {
    let store = store.clone();
    let onclick = Callback::from(move |_: MouseEvent| {
        let mut records = storage::everything();
        for book in store.books.values().filter(|book| !book.is_blank()) {
            records.push((format!("open/{}", book.id), record::write(book, 0, clock::now())));
        }
        let text = file::rescue(&records);
        if download::offer("规划编制自查-应急备份.json", &text).is_err() {
            Dispatch::of(&store).send(Action::NotDownloaded(text.into()));
        }
    });
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

fn books(state: &State, ids: &[WorkbookId]) -> Vec<Workbook> {
    let shown = state.books.values().filter(|book| !book.is_blank());
    let picked = shown.filter(|book| if ids.is_empty() { !*book.is_deleted } else { ids.contains(&book.id) });
    picked.map(|book| (**book).clone()).collect()
}

/// Names the unit, where there is one, and the day: the file will lie among many.
fn file_name(books: &[Workbook]) -> String {
    let unit = match books {
        [book] => file_safe(&book.unit),
        _ => String::new(),
    };
    let date = clock::today().map_or_else(String::new, |date| date.to_string());
    format!("规划编制自查-{unit}{}备份-{date}.json", if unit.is_empty() { "" } else { "-" })
}

/// What file systems take, and no more of it than they take.
fn file_safe(name: &str) -> String {
    let is_safe = |letter: &char| !letter.is_control() && !"\\/:*?\"<>|".contains(*letter) && !is_invisible(*letter);
    name.trim().chars().filter(is_safe).take(40).collect()
}

/// Marks that turn the direction of text, and others that show nothing.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// A quiet line where much was entered since the last backup; nothing where not.
pub(crate) fn reminder(store: &Store, workbook: &Workbook) -> Html {
    let since = store.backups.get(&workbook.id).copied();
    let count = workbook.answers_since(since.unwrap_or(0));
    let text = match since {
        Some(since) => format!("上次备份是{}，之后又改了 {count} 项。", clock::moment(since)),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_are_safe_and_short() {
        assert_eq!(file_safe(" 甲/乙\\丙:*?\"<>|\u{202e}县\n "), "甲乙丙县");
        assert_eq!(file_safe(&"长".repeat(200)).chars().count(), 40);
    }
}
