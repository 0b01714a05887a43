//! `cargo xtask bench`: what a click costs on a workbook that is filled in from end to end, and what it costs to put thousands
//! of them side by side. Reports, and judges nothing.

#[expect(dead_code, unused_imports, unused_macros, reason = "the journeys use the rest")]
mod driver;
#[expect(dead_code, reason = "the journeys use the rest")]
mod page;

use std::fs;
use std::path::Path;
use std::rc::Rc;

use plan_checklist::Route;
use plan_checklist_domain::catalogue::builtin;
use plan_checklist_domain::storage::backup;
use plan_checklist_domain::storage::log::Log;
use plan_checklist_domain::workbook::update::{EntryValue, update};
use plan_checklist_domain::{
    Author, Clock, Date, EntryId, List, Msg, Requirement, Status, UnitKind, Workbook, WorkbookId,
};
use serde_json::json;

use driver::Browser;
use page::{Engine, Setup};

/// A browser waits for a script half a minute: the clicks come in rounds.
const ROUNDS: usize = 6;
const CLICKS_A_ROUND: usize = 40;

/// What speed.js tells of a click.
type Sample = [f64; 6];

fn main() {
    for engine in [Engine::Chromium, Engine::Firefox] {
        driver::run(engine, time_clicks);
    }
    driver::run(Engine::Chromium, roll_up);
}

/// The unit of which most is asked.
fn kind() -> UnitKind {
    let count = |kind: &UnitKind| builtin().requirements_for(*kind).count();
    UnitKind::ALL.into_iter().max_by_key(count).expect("there are kinds of units")
}

/// Everything answered, with all that can be written beside an answer.
fn full() -> Workbook {
    let mut clock = Clock::new(Author(7));
    let mut workbook = Workbook::new(WorkbookId(0x00c0_ffee), kind());
    let mut write = |msg| {
        let stamp = clock.tick(1_600_000_000_000);
        workbook = update(&workbook, msg, stamp);
        stamp
    };
    for Requirement { id, .. } in builtin().requirements_for(kind()) {
        let id = *id;
        write(Msg::Answered(id, Status::Done));
        write(Msg::NoteWritten(id, format!("对照《纲要》逐条核过，第{id}条写入规划正文，指标与市里一致。")));
        write(Msg::OwnerNamed(id, "综合科".into()));
        write(Msg::DueSet(id, Date::new(2020, 12, 31)));
        let at = EntryId(write(Msg::EntryAdded(List::Evidence(id), String::new())));
        write(Msg::EntryWritten(List::Evidence(id), at, EntryValue::What("规划文本送审稿及编制说明".into())));
        write(Msg::EntryWritten(List::Evidence(id), at, EntryValue::Reference("某发改〔2020〕12号".into())));
        write(Msg::EntryWritten(List::Evidence(id), at, EntryValue::Date(Date::new(2020, 9, 30))));
    }
    workbook
}

async fn time_clicks(browser: Rc<Browser>) {
    let setup = Setup { has_fine_clock: true, script: include_str!("speed.js").into(), ..Setup::default() };
    let page = browser.open(setup).await;
    page.load(&Route::Safety.path()).await;
    let backup = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("full-{:?}.json", browser.engine));
    fs::write(&backup, backup::export(&[full()], &Log::default(), None)).expect("the file can be written");
    page.write("input[name=backup-file]", backup.to_str().expect("a path of letters")).await;
    page.click("[data-action=apply-import]").await;
    page.find("[data-imported='1']").await;

    let longest = (0..builtin().steps.len()).max_by_key(|at| builtin().steps[*at].requirements_for(kind()).count());
    page.load(&Route::Step(kind(), longest.expect("there are steps")).path()).await;
    assert_eq!(page.get("crossOriginIsolated").await, json!(true), "the clock is too coarse");
    let mut samples = Vec::new();
    for _ in 0..ROUNDS {
        let clicking = "timeClicks(arguments[0]).then(arguments[1], error => arguments[1](String(error)))";
        let round = page.run_async(clicking, json!(CLICKS_A_ROUND)).await;
        let round: Result<Vec<Sample>, _> = serde_json::from_value(round.clone()).map_err(|_| round);
        samples.extend(round.expect("a click is shown and saved"));
    }
    page.has_no_trouble().await;
    report(browser.engine, &samples);
}

/// The value that so many in a hundred do not exceed.
fn quantile(samples: &[Sample], column: usize, percent: usize) -> f64 {
    let mut values: Vec<f64> = samples.iter().map(|sample| sample[column]).collect();
    values.sort_by(f64::total_cmp);
    values[(values.len() - 1) * percent / 100]
}

fn report(engine: Engine, samples: &[Sample]) {
    let median = |column| quantile(samples, column, 50);
    let answers = builtin().requirements_for(kind()).count();
    println!("{engine:?}, {answers} answers, {} UTF-16 units stored, {} clicks", median(5), samples.len());
    let say = |what: &str, column: usize, peer: Option<(&str, usize)>| {
        let late = quantile(samples, column, 95);
        print!("  {what}: median {:.3} ms, 95% within {late:.3} ms", median(column));
        if let Some((name, peer)) = peer {
            print!("; {:.1} times {name} ({:.3} ms)", median(column) / median(peer), median(peer));
        }
        println!();
    };
    say("click until the card shows it", 0, Some(("a listener that sets the attribute", 1)));
    say("saving", 2, Some(("localStorage.setItem of the same text", 3)));
    say("click until it is saved", 4, None);
}

/// A province's worth of units.
const UNITS: u64 = 3000;
/// Notes when files were picked, and how long the page was ever busy since.
const WATCH: &str = "document.querySelector('[name=rollup-files]').addEventListener('change', () => {
        window.begun = window.last = performance.now();
        window.gap = 0;
        setInterval(() => {
            const now = performance.now();
            gap = Math.max(gap, now - last);
            last = now;
        }, 10);
    }, true);
    new MutationObserver(() => {
        if (!window.ended && document.querySelector('[data-units]')) window.ended = performance.now();
    }).observe(document.body, { subtree: true, childList: true });";

async fn roll_up(browser: Rc<Browser>) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("roll-up");
    fs::create_dir_all(&folder).expect("the folder can be made");
    let (sample, mut paths, mut bytes) = (full(), Vec::new(), 0);
    for number in 1..=UNITS {
        let stamp = Clock::new(Author(number)).tick(1_700_000_000_000);
        let unit = update(&sample.duplicate(WorkbookId(number)), Msg::UnitNamed(format!("第{number}单位")), stamp);
        let (path, file) = (folder.join(format!("{number}.json")), backup::export(&[unit], &Log::default(), None));
        bytes += file.len();
        fs::write(&path, file).expect("the file can be written");
        paths.push(path.to_str().expect("a path of letters").to_owned());
    }
    let page = browser.open(Setup { has_fine_clock: true, ..Setup::default() }).await;
    page.load(&Route::RollUp.path()).await;
    page.find("[name=rollup-files]:not(:disabled)").await;
    page.run(WATCH, json!(null)).await;
    let before = renderers();
    page.write("[name=rollup-files]", &paths.join("\n")).await;
    // It may take longer than a page is waited for.
    for seconds in (25..=200).step_by(25) {
        page.until(&format!("window.ended || performance.now() - window.begun > {seconds}000")).await;
    }
    page.until(&format!("document.querySelector('[data-units=\"{UNITS}\"]')")).await;
    let [seconds, gap] = [page.get("(ended - begun) / 1000").await, page.get("gap").await];
    let after = renderers();
    fs::remove_dir_all(&folder).expect("the folder can be removed");
    let number = |value: serde_json::Value| value.as_f64().unwrap_or_default();
    println!(
        "roll-up of {UNITS} files, {} MB: {:.1} s, the page never busy for longer than {:.0} ms; its process {after} MB at most, \
         {before} MB before",
        bytes >> 20,
        number(seconds),
        number(gap)
    );
}

/// The most memory that any of the browser's pages has held, in MB. The bench has the machine's only browsers.
fn renderers() -> u64 {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    let most = processes.filter_map(|process| {
        let command = fs::read_to_string(process.path().join("cmdline")).ok()?;
        let status = fs::read_to_string(process.path().join("status")).ok()?;
        let held = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        let held = held.trim().split(' ').next()?.parse::<u64>().ok()?;
        command.contains("--type=renderer").then_some(held >> 10)
    });
    most.max().unwrap_or_default()
}
