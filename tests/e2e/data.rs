//! No answer is lost: not to a storage that fails, not to a kill, not to a file, not to time.

use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use plan_checklist::Route;
use plan_checklist_domain::catalogue::builtin;
use plan_checklist_domain::storage::backup;
use plan_checklist_domain::storage::log::Log;
use plan_checklist_domain::workbook::update::update;
use plan_checklist_domain::{Author, Clock, Msg, Status, Workbook, WorkbookId};
use serde_json::{Value, json};

use crate::county_step::*;
use crate::driver::{Browser, in_each_engine, in_webkit_too};
use crate::page::{Page, Setup};

in_each_engine! {
    a_full_storage_is_said_aloud_and_saving_resumes_by_itself,
    a_storage_that_throws_leaves_the_work_going_on_in_memory,
    an_answer_on_disk_survives_a_kill_of_the_browser,
    a_damaged_backup_is_shown_with_its_losses_and_cancelling_changes_nothing,
    on_a_shared_computer_nothing_stays,
    a_backup_with_a_passphrase_opens_with_it_alone,
    files_that_cannot_be_read_are_refused_in_words,
    a_backup_is_merged_after_a_preview_and_can_be_taken_back,
    a_page_left_open_for_days_keeps_a_restore_point_of_each,
    a_workbook_of_which_only_a_restore_point_is_sound_comes_back,
    a_deleted_workbook_comes_back_from_the_recycle_bin,
    a_restore_point_brings_back_what_was,
    a_second_workbook_of_one_kind_begins_empty_and_leaves_the_first_alone,
}

in_webkit_too! {
    a_full_storage_is_said_aloud_and_saving_resumes_by_itself,
    a_storage_that_throws_leaves_the_work_going_on_in_memory,
    a_damaged_backup_is_shown_with_its_losses_and_cancelling_changes_nothing,
    a_backup_with_a_passphrase_opens_with_it_alone,
    a_backup_is_merged_after_a_preview_and_can_be_taken_back,
    a_workbook_of_which_only_a_restore_point_is_sound_comes_back,
    a_deleted_workbook_comes_back_from_the_recycle_bin,
    a_restore_point_brings_back_what_was,
}

/// Not one more letter fits after this.
const FILL: &str = "
    let count = 0;
    for (let length = 1 << 20; length > 0; length >>= 1) {
        try {
            for (;;) { localStorage.setItem('foreign' + count, 'x'.repeat(length)); count += 1; }
        } catch (error) { if (!(error instanceof DOMException)) throw error; }
    }
    return count;";
const FREE: &str =
    "Object.keys(localStorage).filter(key => key.startsWith('foreign')).forEach(key => localStorage.removeItem(key))";

async fn a_full_storage_is_said_aloud_and_saving_resumes_by_itself(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    let [one, other] = two();
    page.load(&step()).await;
    page.run(FILL, json!(null)).await;
    answer(&page, one, Status::Done).await;
    page.until("document.querySelector('[data-trouble=full]') && document.querySelector('[data-saving=failed]')").await;
    page.find("[data-trouble] [data-action=rescue]").await;
    answer(&page, other, Status::InProgress).await;
    page.run(FREE, json!(null)).await;
    is_saved(&page).await;
    page.reload().await;
    page.until(&format!("{} && {}", shows(one, Status::Done), shows(other, Status::InProgress))).await;
    page.has_no_trouble().await;
}

/// As browsers do it where a person or an administrator has forbidden storage, until it is allowed again.
const FORBID: &str = "{
    const real = Object.getOwnPropertyDescriptor(window, 'localStorage')
        || Object.getOwnPropertyDescriptor(Window.prototype, 'localStorage');
    Object.defineProperty(window, 'localStorage', { get() {
        if (!sessionStorage.getItem('allowed')) throw new DOMException('denied', 'SecurityError');
        return real.get.call(window);
    }, configurable: true });
}";

async fn a_storage_that_throws_leaves_the_work_going_on_in_memory(browser: Rc<Browser>) {
    let page = browser.open(Setup { script: FORBID.into(), ..Setup::default() }).await;
    let [one, other] = two();
    page.load(&step()).await;
    page.find("[data-trouble=blocked] [data-action=rescue]").await;
    answer(&page, one, Status::Done).await;
    page.find("[data-trouble=blocked]").await;
    // From page to page of one program, it stays.
    page.click(".turn__on a").await;
    page.arrived(&Route::Step(KIND, STEP + 1).path()).await;
    page.client.back().await.expect("the browser goes back");
    page.arrived(&step()).await;
    page.until(&shows(one, Status::Done)).await;
    answer(&page, other, Status::NotStarted).await;
    page.run("sessionStorage.setItem('allowed', 'yes')", json!(null)).await;
    is_saved(&page).await;
    page.reload().await;
    page.until(&format!("{} && {}", shows(one, Status::Done), shows(other, Status::NotStarted))).await;
    page.has_no_trouble().await;
}

/// A place for the files of one test, empty.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the folder can be made");
    folder
}

/// Browsers put what is stored on disk a few seconds later, whatever a page does. What is there by then, a kill must not take;
/// what was written in the instant before the kill may be there or not, and must not harm the rest.
async fn an_answer_on_disk_survives_a_kill_of_the_browser(browser: Rc<Browser>) {
    const MARK: &str = "written-before-the-kill";
    let profile = folder(&format!("killed-{:?}", browser.engine));
    let setup = Setup { profile: Some(profile.clone()), ..Setup::default() };
    let page = browser.open(setup.clone()).await;
    let [one, other] = two();
    page.load(&step()).await;
    answer(&page, one, Status::Done).await;
    page.open_record(&card(one)).await;
    page.write(&format!("[id='note-{one}']"), MARK).await;
    is_saved(&page).await;
    page.until_outside(|| is_on_disk(&profile, MARK.as_bytes())).await;
    answer(&page, other, Status::InProgress).await;
    page.kill().await;

    let page = browser.open_after_kill(setup, &page).await;
    page.load(&step()).await;
    page.until(&shows(one, Status::Done)).await;
    assert_eq!(page.get(&format!("document.getElementById('note-{one}').value")).await, json!(MARK));
    assert_eq!(page.get("document.querySelectorAll('[data-trouble], [data-notice]').length").await, json!(0));
    let last = page.get(&format!("document.getElementById('{other}').dataset.status")).await;
    eprintln!("{:?}: the answer given in the instant of the kill is {last}", browser.engine);
    assert!([Status::InProgress, Status::Unchecked].iter().any(|status| last == json!(status.as_str())), "{last}");
    answer(&page, other, Status::NotStarted).await;
    page.reload().await;
    page.until(&format!("{} && {}", shows(one, Status::Done), shows(other, Status::NotStarted))).await;
    page.has_no_trouble().await;
}

/// Whether these bytes lie in what a profile keeps of local storage.
fn is_on_disk(folder: &Path, bytes: &[u8]) -> bool {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).any(|path| {
        if path.is_dir() {
            return is_on_disk(&path, bytes);
        }
        let is_storage = ["leveldb", "ls"].iter().any(|name| folder.ends_with(name));
        is_storage && fs::read(path).is_ok_and(|held| held.windows(bytes.len()).any(|part| part == bytes))
    })
}

/// A workbook made elsewhere, some time ago.
struct Elsewhere {
    clock: Clock,
    workbook: Workbook,
}

impl Elsewhere {
    fn new() -> Self {
        Self { clock: Clock::new(Author(7)), workbook: Workbook::new(WorkbookId(0x00c0_ffee), KIND) }
    }

    fn with(mut self, msg: Msg) -> Self {
        self.workbook = update(&self.workbook, msg, self.clock.tick(1_600_000_000_000));
        self
    }

    /// Every requirement of the county answered, with a note that is as long as a note is.
    fn full() -> Self {
        builtin().requirements_for(KIND).fold(Self::new(), |all, requirement| {
            let note = format!("对照《纲要》逐条核过，见第{}条。", requirement.id);
            all.with(Msg::Answered(requirement.id, Status::Done)).with(Msg::NoteWritten(requirement.id, note))
        })
    }

    fn text(&self) -> String {
        backup::export(std::slice::from_ref(&self.workbook), &Log::default(), None)
    }
}

async fn pick(page: &Page, path: &Path) {
    page.write("input[name=backup-file]", path.to_str().expect("a path of letters")).await;
}

async fn pick_text(page: &Page, path: &Path, text: impl AsRef<[u8]>) {
    fs::write(path, text).expect("the file can be written");
    pick(page, path).await;
}

async fn a_damaged_backup_is_shown_with_its_losses_and_cancelling_changes_nothing(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    let folder = folder(&format!("damaged-{:?}", browser.engine));
    page.load(&step()).await;
    answer(&page, first(), Status::InProgress).await;
    page.load(&Route::Safety.path()).await;
    let before = page.get(OURS).await;
    let whole = Elsewhere::full().workbook;
    let text = backup::export(&[whole.clone(), whole.duplicate(WorkbookId(0x00c0_fff0))], &Log::default(), None);
    pick_text(&page, &folder.join("备份.json"), &text.as_bytes()[..text.len() * 3 / 4]).await;
    page.find("[data-preview] [data-losses]").await;
    let losses = page.text("[data-losses]").await;
    assert!(
        losses.contains("断") && losses.contains(&format!("答复应有 {} 条", 2 * whole.answers().count())),
        "{losses}"
    );
    page.click("[data-action=cancel-import]").await;
    page.until("!document.querySelector('[data-preview]')").await;
    assert_eq!(page.get(OURS).await, before);
    page.has_no_trouble().await;
}

/// Counts how many files are opened.
const COUNT_OPENED: &str = "{
    const text = Blob.prototype.text;
    window.opened = 0;
    Blob.prototype.text = function () { window.opened += 1; return text.call(this); };
}";

async fn files_that_cannot_be_read_are_refused_in_words(browser: Rc<Browser>) {
    let page = browser.open(Setup { script: COUNT_OPENED.into(), ..Setup::default() }).await;
    let folder = folder(&format!("refused-{:?}", browser.engine));
    page.load(&Route::Safety.path()).await;
    let mut newer: Value = serde_json::from_str(&Elsewhere::full().text()).expect("a backup is JSON");
    newer["version"] = json!(2);
    let files = [
        ("较新.json", newer.to_string(), "newer"),
        ("网页.json", "<script>document.title = '坏'</script>".into(), "not-ours"),
        ("深.json", "[".repeat(1 << 20), "not-ours"),
        ("空.json", String::new(), "not-ours"),
        ("空壳.json", r#"{"format":"plan-checklist","version":1,"workbooks":[]}"#.into(), "empty"),
    ];
    let count = files.len();
    for (name, text, word) in files {
        pick_text(&page, &folder.join(name), text).await;
        page.find(&format!("[data-refused={word}]")).await;
    }
    let huge = folder.join("巨大.json");
    fs::File::create(&huge).and_then(|file| file.set_len(200_000_000)).expect("the file can be made");
    pick(&page, &huge).await;
    page.find("[data-refused=too-large]").await;
    assert_eq!(page.get("window.opened").await, json!(count), "the large one is not even opened");
    assert_eq!(page.get(OURS).await, json!([]));
    page.has_no_trouble().await;
}

async fn a_backup_is_merged_after_a_preview_and_can_be_taken_back(browser: Rc<Browser>) {
    const UNIT: &str = "<img src=x onerror=alert(1)>县";
    let page = browser.open(Setup::default()).await;
    let folder = folder(&format!("merged-{:?}", browser.engine));
    let [one, other] = two();
    let earlier = Elsewhere::new().with(Msg::UnitNamed(UNIT.into())).with(Msg::Answered(one, Status::InProgress));
    page.load(&Route::Safety.path()).await;
    pick_text(&page, &folder.join("先.json"), earlier.text()).await;
    page.find("[data-preview] [data-changes='0']").await;
    assert!(page.text("[data-preview]").await.contains(UNIT));
    assert_eq!(page.get("document.querySelectorAll('[data-preview] [data-losses]').length").await, json!(0));
    page.click("[data-action=apply-import]").await;
    page.find("[data-imported='1']").await;
    page.until_equal("document.activeElement.name", json!("backup-file")).await;
    is_saved(&page).await;
    page.load(&step()).await;
    page.until(&shows(one, Status::InProgress)).await;
    // The file says nothing of a cycle: it is of the speech's.
    assert_eq!(page.text(".header__unit").await, format!("{UNIT} · “十四五”"));

    let later = earlier.with(Msg::Answered(one, Status::Done)).with(Msg::NoteWritten(other, "见附件".into()));
    page.load(&Route::Safety.path()).await;
    pick_text(&page, &folder.join("后.json"), later.text()).await;
    page.find("[data-preview] [data-changes='2']").await;
    let changes = page.text("[data-changes]").await;
    assert!(changes.contains("推进中 → 已落实") && changes.contains("“见附件”"), "{changes}");
    page.click("[data-action=apply-import]").await;
    page.find("[data-imported='1']").await;
    let note = format!("document.getElementById('note-{other}').value");
    page.load(&step()).await;
    page.until(&shows(one, Status::Done)).await;
    assert_eq!(page.get(&note).await, json!("见附件"));

    // On the page itself it can be undone, and done again.
    page.load(&Route::Safety.path()).await;
    let latest = later.with(Msg::Answered(one, Status::NotStarted));
    pick_text(&page, &folder.join("再.json"), latest.text()).await;
    page.find("[data-preview] [data-changes='1']").await;
    page.click("[data-action=apply-import]").await;
    page.find("[data-imported='1']").await;
    page.click(".travel__button[title^='撤销：合并导入的内容']").await;
    page.find(".travel__button[title^='重做：合并导入的内容']").await;
    is_saved(&page).await;
    page.load(&step()).await;
    page.until(&shows(one, Status::Done)).await;

    // The snapshot taken before the second import: the last but one.
    page.load(&Route::Safety.path()).await;
    page.find("[data-action=go-back]").await;
    page.run("document.querySelectorAll('[data-action=go-back]')[1].click()", json!(null)).await;
    page.until("document.activeElement.id === 'restored' && document.activeElement.textContent.includes('已恢复')")
        .await;
    is_saved(&page).await;
    page.load(&step()).await;
    page.until(&shows(one, Status::InProgress)).await;
    assert_eq!(page.get(&note).await, json!(""));
    page.has_no_trouble().await;
}

/// A clock that can be set on by whole days.
const CLOCK: &str = "{
    const { Date: RealDate } = window;
    let ahead = 0;
    window.letDaysPass = days => ahead += days * 24 * 60 * 60 * 1000;
    window.Date = class extends RealDate {
        constructor(...given) { given.length ? super(...given) : super(RealDate.now() + ahead); }
        static now() { return RealDate.now() + ahead; }
    };
}";
const RESTORE_POINTS: &str = "Object.keys(localStorage).filter(key => key.startsWith('plan-checklist/r/')).length";

async fn a_page_left_open_for_days_keeps_a_restore_point_of_each(browser: Rc<Browser>) {
    let page = browser.open(Setup { script: CLOCK.into(), ..Setup::default() }).await;
    let [one, other] = two();
    page.load(&step()).await;
    answer(&page, one, Status::InProgress).await;
    assert_eq!(page.get(RESTORE_POINTS).await, json!(0), "before its first change there was nothing to keep");
    for day in 1..=4 {
        page.run("letDaysPass(1)", json!(null)).await;
        for status in [Status::Done, Status::InProgress] {
            answer(&page, other, status).await;
        }
        page.until_equal(RESTORE_POINTS, json!(day)).await;
    }
    page.has_no_trouble().await;
}

async fn a_workbook_of_which_only_a_restore_point_is_sound_comes_back(browser: Rc<Browser>) {
    let page = browser.open(Setup { script: CLOCK.into(), ..Setup::default() }).await;
    let [one, other] = two();
    page.load(&step()).await;
    answer(&page, one, Status::Done).await;
    page.run("letDaysPass(1)", json!(null)).await;
    answer(&page, other, Status::Done).await;
    page.until_equal(RESTORE_POINTS, json!(1)).await;
    let damage = "for (const key of Object.keys(localStorage).filter(key => key.startsWith('plan-checklist/w/'))) {
        localStorage.setItem(key, localStorage.getItem(key).replace('done', 'dome'));
    }";
    page.client.goto(&page.url("no-page-of-ours")).await.expect("the server answers");
    page.run(damage, json!(null)).await;
    // Said at every visit, not only at the one that found it.
    for route in [Route::Home, Route::Safety] {
        page.load(&route.path()).await;
        page.find("[data-notice=restorable]").await;
    }
    page.click("[data-action=go-back]").await;
    page.load(&step()).await;
    page.until(&shows(one, Status::Done)).await;
    page.until(&shows(other, Status::Unchecked)).await;
}

async fn a_deleted_workbook_comes_back_from_the_recycle_bin(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    let [id, _] = two();
    page.load(&step()).await;
    answer(&page, id, Status::Done).await;
    page.load(&Route::Workbooks.path()).await;
    page.click("[data-book] [data-action=delete]").await;
    page.until("document.querySelector('[data-binned]') && !document.querySelector('[data-book]')").await;
    page.until_equal("document.activeElement.id", json!("main")).await;
    page.load(&step()).await;
    page.until(&shows(id, Status::Unchecked)).await;
    page.load(&Route::Workbooks.path()).await;
    page.click("[data-binned] [data-action=restore]").await;
    page.until("!document.querySelector('[data-binned]') && document.querySelector('[data-book]')").await;
    page.until_equal("document.activeElement.id", json!("main")).await;
    page.load(&step()).await;
    page.until(&shows(id, Status::Done)).await;
    page.has_no_trouble().await;
}

async fn a_restore_point_brings_back_what_was(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    let [one, other] = two();
    page.load(&step()).await;
    answer(&page, one, Status::Done).await;
    page.reload().await;
    // The day's first change to what was found keeps it as it was.
    answer(&page, one, Status::NotStarted).await;
    answer(&page, other, Status::InProgress).await;
    page.load(&Route::Safety.path()).await;
    let count = "document.querySelectorAll('[data-action=go-back]').length";
    page.until_equal(count, json!(1)).await;
    page.click("[data-action=go-back]").await;
    page.until_equal(count, json!(2)).await;
    page.load(&step()).await;
    page.until(&format!("{} && {}", shows(one, Status::Done), shows(other, Status::Unchecked))).await;
    // And back again, by the snapshot taken before going back.
    page.load(&Route::Safety.path()).await;
    page.click("[data-action=go-back]").await;
    page.until_equal(count, json!(3)).await;
    page.load(&step()).await;
    page.until(&format!("{} && {}", shows(one, Status::NotStarted), shows(other, Status::InProgress))).await;
    page.has_no_trouble().await;
}

async fn a_second_workbook_of_one_kind_begins_empty_and_leaves_the_first_alone(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    let [one, other] = two();
    page.load(&step()).await;
    answer(&page, one, Status::Done).await;
    is_saved(&page).await;
    page.load(&Route::Workbooks.path()).await;
    page.click(&format!("[data-new={}] a", KIND.as_str())).await;
    page.arrived(&Route::TaskList(KIND).path()).await;
    assert!(page.text(".summary__state").await.contains("未开始"));
    page.load(&step()).await;
    page.until(&shows(one, Status::Unchecked)).await;
    answer(&page, other, Status::InProgress).await;
    is_saved(&page).await;

    // The one worked on last stands first.
    page.load(&Route::Workbooks.path()).await;
    page.until_equal("document.querySelectorAll('[data-book]').length", json!(2)).await;
    page.click("[data-book]:nth-child(2) [data-action=open] a").await;
    page.arrived(&Route::TaskList(KIND).path()).await;
    page.load(&step()).await;
    page.until(&format!("{} && {}", shows(one, Status::Done), shows(other, Status::Unchecked))).await;
    page.has_no_trouble().await;
}

async fn a_backup_with_a_passphrase_opens_with_it_alone(browser: Rc<Browser>) {
    const PASSPHRASE: &str = "county-plan 2026";
    let page = browser.open(Setup::default()).await;
    let folder = folder(&format!("locked-{:?}", browser.engine));
    page.load(&step()).await;
    answer(&page, first(), Status::InProgress).await;
    is_saved(&page).await;
    page.load(&Route::Safety.path()).await;
    page.run(
        "window.made = []; const create = URL.createObjectURL;
        URL.createObjectURL = blob => { window.made.push(blob); return create.call(URL, blob); };
        document.querySelector('#new-passphrase').closest('details').open = true;",
        json!(null),
    )
    .await;
    page.enter("new-passphrase", "short").await;
    page.click("[data-action=submit-new-passphrase]").await;
    page.until("document.querySelector('[data-locked=true]')?.textContent.includes('太短')").await;
    page.enter("new-passphrase", PASSPHRASE).await;
    page.click("[data-action=submit-new-passphrase]").await;
    page.until("window.made.length === 1").await;
    let file = page.run_async("const done = arguments[1]; window.made[0].text().then(done);", json!(null)).await;
    let file = file.as_str().expect("a text");
    assert!(file.contains("plan-checklist-locked") && !file.contains("workbooks"), "{file}");
    let before = page.get(OURS).await;

    let path = folder.join("加密备份.json");
    pick_text(&page, &path, file).await;
    page.enter("passphrase", "not the passphrase").await;
    page.click("[data-action=submit-passphrase]").await;
    page.find("[data-fault=wrong]").await;
    page.enter("passphrase", PASSPHRASE).await;
    page.click("[data-action=submit-passphrase]").await;
    page.find("[data-preview] [data-changes='0']").await;
    page.click("[data-action=cancel-import]").await;
    // One that was cut off on its way is not taken for a wrong passphrase.
    pick_text(&page, &path, &file.as_bytes()[..file.len() / 2]).await;
    page.enter("passphrase", PASSPHRASE).await;
    page.click("[data-action=submit-passphrase]").await;
    page.find("[data-fault=damaged]").await;
    assert_eq!(page.get(OURS).await, before);
    page.has_no_trouble().await;
}

async fn on_a_shared_computer_nothing_stays(browser: Rc<Browser>) {
    let page = browser.open(Setup::default()).await;
    let [one, other] = two();
    page.load(&step()).await;
    answer(&page, one, Status::InProgress).await;
    is_saved(&page).await;
    page.load(&Route::Safety.path()).await;
    let before = page.get(OURS).await;
    page.click("[data-action=guest-on]").await;
    page.find("[data-guest]").await;
    // What lies in the browser is neither shown nor touched, and what is entered survives a reload.
    page.load(&step()).await;
    page.find("[data-guest]").await;
    page.until(&shows(one, Status::Unchecked)).await;
    answer(&page, other, Status::Done).await;
    is_saved(&page).await;
    page.reload().await;
    page.find("[data-guest]").await;
    page.until(&shows(other, Status::Done)).await;
    assert_eq!(page.get(OURS).await, before);
    // A tab that a link opens is as careful; one that somebody opens by themselves is none of it.
    let press = "document.querySelector('nav a').dispatchEvent(new MouseEvent('mousedown', { bubbles: true }))";
    page.run(press, json!(null)).await;
    for (is_opened, shown) in [(true, Status::Unchecked), (false, Status::InProgress)] {
        let [first, _] = second_window(&page).await;
        page.load(&step()).await;
        page.until(&shows(one, shown)).await;
        page.until_equal("document.querySelectorAll('[data-guest]').length", json!(usize::from(is_opened))).await;
        assert_eq!(page.get(OURS).await, before);
        page.client.close_window().await.expect("it can be closed");
        go_to(&page, &first).await;
    }
    // A tab that comes back after hours has nothing left, and the browser has what it had.
    let long_ago = "const long_ago = () => sessionStorage['plan-checklist/guest'] = '1600000000000';
        addEventListener('pagehide', long_ago);
        document.addEventListener('visibilitychange', long_ago);";
    page.run(long_ago, json!(null)).await;
    page.load(&step()).await;
    page.until(&shows(one, Status::InProgress)).await;
    page.until(&shows(other, Status::Unchecked)).await;
    assert_eq!(page.get("document.querySelectorAll('[data-guest]').length").await, json!(0));
    assert_eq!(page.get("Object.keys(sessionStorage).filter(key => key.includes('/w/')).length").await, json!(0));
    // Out of it again, once nothing is left.
    page.load(&Route::Safety.path()).await;
    page.click("[data-action=guest-on]").await;
    page.find("[data-guest]").await;
    page.click("[data-action=guest-off]:not(:disabled)").await;
    page.until("document.querySelector('[data-action=guest-on]:not(:disabled)')").await;
    assert_eq!(page.get(OURS).await, before);
    page.has_no_trouble().await;
}
