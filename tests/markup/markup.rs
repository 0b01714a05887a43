//! Every page's markup, as it is prerendered: what a reader without scripts gets, and what the program takes over.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use plan_checklist::route::Target;
use plan_checklist::{Route, words};
use plan_checklist_domain::catalogue::builtin;
use plan_checklist_domain::{Cycle, Requirement, Role, Status, UnitKind};
use plan_checklist_prerender::markup;
use scraper::{ElementRef, Html, Node, Selector};

/// Latin letters that Chinese text has: units, “U 盘”, A4, and the X that stands for names of places.
const LATIN: [&str; 5] = ["KB", "MB", "U", "A", "X"];

fn render(route: Route) -> String {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime starts");
    tokio::task::LocalSet::new().block_on(&runtime, markup(route))
}

fn pages() -> &'static [(Route, String)] {
    static PAGES: OnceLock<Vec<(Route, String)>> = OnceLock::new();
    PAGES.get_or_init(|| Route::every().into_iter().map(|route| (route, render(route))).collect())
}

fn page(route: Route) -> Html {
    let (_, markup) = pages().iter().find(|(other, _)| *other == route).expect("every route is rendered");
    Html::parse_fragment(markup)
}

/// Runs `faults` over every page and fails with all that it finds.
fn check(faults: impl Fn(Route, &Html) -> Vec<String>) {
    let found: Vec<String> = pages()
        .iter()
        .flat_map(|(route, markup)| {
            let faults = faults(*route, &Html::parse_fragment(markup));
            faults.into_iter().map(|fault| format!("/{}: {fault}", route.path()))
        })
        .collect();
    assert!(found.is_empty(), "{} faults\n{}", found.len(), found.join("\n"));
}

fn all<'a>(root: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    root.select(&Selector::parse(selector).expect("a selector")).collect()
}

fn within<'a>(root: ElementRef<'a>, selector: &str) -> Vec<ElementRef<'a>> {
    root.select(&Selector::parse(selector).expect("a selector")).collect()
}

fn text(element: ElementRef) -> String {
    element.text().collect::<String>().trim().to_owned()
}

fn texts(elements: &[ElementRef]) -> Vec<String> {
    elements.iter().map(|element| text(*element)).collect()
}

fn tag(element: ElementRef) -> String {
    element.value().name().to_owned()
}

/// What a person who cannot see the element is told it is.
fn name(element: ElementRef, page: &Html) -> String {
    let value = element.value();
    if let Some(label) = value.attr("aria-label") {
        return label.trim().to_owned();
    }
    let by_id = |id: &str| all(page, &format!("[id='{id}']")).first().map(|found| text(*found)).unwrap_or_default();
    if let Some(ids) = value.attr("aria-labelledby") {
        return ids.split_whitespace().map(by_id).collect();
    }
    text(element)
}

fn label(control: ElementRef, page: &Html) -> String {
    let of_id = control.value().attr("id").and_then(|id| all(page, &format!("label[for='{id}']")).first().copied());
    let around =
        || control.ancestors().filter_map(ElementRef::wrap).find(|ancestor| ancestor.value().name() == "label");
    of_id.or_else(around).map(text).unwrap_or_default()
}

/// Follows a relative address from a page; the path below the site's folder and the fragment.
fn resolve(from: Route, href: &str) -> Option<(String, Option<String>)> {
    let (path, fragment) = href.split_once('#').map_or((href, None), |(path, fragment)| (path, Some(fragment.into())));
    let start = from.path();
    let mut folders: Vec<&str> = start.split_terminator('/').collect();
    for segment in path.split_terminator('/') {
        match segment {
            "." => {}
            // Above the site's folder there is nothing of ours.
            ".." => drop(folders.pop()?),
            folder => folders.push(folder),
        }
    }
    let is_folder = path.is_empty() || path.ends_with('/');
    let path: String = folders.iter().map(|folder| format!("{folder}/")).collect();
    is_folder.then_some((path, fragment))
}

#[test]
fn there_is_one_first_heading_and_no_level_is_skipped() {
    check(|_, page| {
        let levels: Vec<u32> = all(page, "h1, h2, h3, h4, h5, h6")
            .iter()
            .map(|heading| tag(*heading)[1..].parse().expect("h and a digit"))
            .collect();
        let mut faults = Vec::new();
        if levels.first() != Some(&1) || levels.iter().filter(|level| **level == 1).count() != 1 {
            faults.push(format!("not one h1, first: {levels:?}"));
        }
        if levels.windows(2).any(|pair| pair[1] > pair[0] + 1) {
            faults.push(format!("a skipped level: {levels:?}"));
        }
        if all(page, "h1, h2, h3").iter().any(|heading| text(*heading).is_empty()) {
            faults.push("an empty heading".into());
        }
        faults
    });
}

#[test]
fn no_id_stands_twice_and_every_reference_is_to_an_id_that_stands() {
    check(|_, page| {
        let mut faults = Vec::new();
        let mut ids = BTreeSet::new();
        for element in all(page, "[id]") {
            let id = element.value().id().unwrap_or_default();
            if !ids.insert(id) {
                faults.push(format!("id {id} twice"));
            }
        }
        for attribute in ["for", "aria-labelledby", "aria-describedby", "aria-controls"] {
            for element in all(page, &format!("[{attribute}]")) {
                let references = element.value().attr(attribute).unwrap_or_default();
                let dangling = references.split_whitespace().filter(|id| !ids.contains(id));
                faults.extend(dangling.map(|id| format!("{attribute}={id} points at nothing")));
            }
        }
        faults
    });
}

#[test]
fn every_link_leads_to_a_page_or_a_place_on_it() {
    let ids: BTreeMap<String, BTreeSet<String>> = pages()
        .iter()
        .map(|(route, markup)| {
            let page = Html::parse_fragment(markup);
            let ids = all(&page, "[id]").iter().filter_map(|element| element.value().id().map(Into::into)).collect();
            (route.path(), ids)
        })
        .collect();
    check(|route, page| {
        let is_broken = |href: &str| {
            let target = resolve(route, href);
            if let Some((path, Some(about))) = &target
                && *path == Route::Share.path()
                && !href.starts_with('#')
            {
                // What follows names the page to share.
                return Target::parse(about).is_none_or(|target| target.address() != *about);
            }
            let reached = target.and_then(|(path, fragment)| Some((ids.get(&path)?, fragment)));
            reached.is_none_or(|(ids, fragment)| fragment.is_some_and(|id| !ids.contains(&id)))
        };
        let links = all(page, "a");
        let hrefs = links.iter().map(|link| link.value().attr("href").unwrap_or("no href"));
        hrefs.filter(|href| is_broken(href)).map(|href| format!("a link to {href}")).collect()
    });
}

#[test]
fn every_page_can_be_reached_from_the_first() {
    let mut reached = BTreeSet::from([String::new()]);
    let mut waiting = vec![Route::Home];
    while let Some(route) = waiting.pop() {
        for link in all(&page(route), "a[href]") {
            let (path, _) = resolve(route, link.value().attr("href").unwrap_or_default()).expect("checked elsewhere");
            if reached.insert(path.clone()) {
                waiting.extend(Route::parse(&path));
            }
        }
    }
    let every: BTreeSet<String> = Route::every().into_iter().map(Route::path).collect();
    assert_eq!(reached, every);
}

#[test]
fn every_control_has_a_label_and_every_button_and_link_says_what_it_does() {
    check(|_, page| {
        let controls = all(page, "input, select, textarea");
        let unlabelled = controls.iter().filter(|control| label(**control, page).is_empty());
        let unlabelled = unlabelled.map(|control| format!("no label: {}", control.html()));
        let pressed = all(page, "button, a, summary");
        let silent = pressed.iter().filter(|element| name(**element, page).is_empty());
        let silent = silent.map(|element| format!("no words: {}", element.html()));
        unlabelled.chain(silent).collect()
    });
}

#[test]
fn every_picture_is_named_or_hidden_and_every_region_has_a_name() {
    check(|_, page| {
        let is_hidden = |element: &ElementRef| element.value().attr("aria-hidden") == Some("true");
        let is_named = |element: &ElementRef| {
            element.value().attr("role") == Some("img")
                && element.value().attr("aria-label").is_some_and(|label| !label.is_empty())
        };
        let pictures = all(page, "svg, img");
        let pictures = pictures.iter().filter(|picture| !is_hidden(picture) && !is_named(picture));
        let regions =
            all(page, "nav, article, fieldset, table th, [role=region], [role=group], section[aria-labelledby]");
        let regions = regions.iter().filter(|region| name(**region, page).is_empty());
        let start = |element: &ElementRef| element.html().chars().take(80).collect::<String>();
        pictures.chain(regions).map(|element| format!("no name: {}", start(element))).collect()
    });
}

#[test]
fn every_page_has_its_landmarks_in_order() {
    check(|_, page| {
        let found: Vec<String> = all(page, ".shell > *").iter().map(|element| tag(*element)).collect();
        let landmarks: Vec<&str> =
            found.iter().map(String::as_str).filter(|tag| ["header", "main", "footer"].contains(tag)).collect();
        let mut faults = Vec::new();
        if landmarks != ["header", "main", "footer"] {
            faults.push(format!("{landmarks:?}"));
        }
        let first = all(page, "a, button, input").first().and_then(|element| element.value().attr("href"));
        if first != Some("#main") {
            faults.push(format!("the first thing to reach is {first:?}, not the way past the header"));
        }
        faults
    });
}

#[test]
fn exactly_one_entry_of_each_navigation_is_the_current_one() {
    check(|route, page| {
        let current = |nav: &str| all(page, &format!("{nav} [aria-current=page]")).len();
        let mut faults = Vec::new();
        if current(".nav") != 1 {
            faults.push(format!("{} current entries in the main navigation", current(".nav")));
        }
        if matches!(route, Route::Step(..)) && current("nav.steps") != 1 {
            faults.push(format!("{} current steps", current("nav.steps")));
        }
        faults
    });
}

#[test]
fn every_page_says_what_it_is_and_what_not_to_enter() {
    check(|_, page| {
        let text: String = page.root_element().text().collect();
        let missing = ["非官方", "勿录入涉密信息", words::PRODUCT].into_iter().filter(|word| !text.contains(word));
        missing.map(|word| format!("does not say {word}")).collect()
    });
}

#[test]
fn every_page_has_a_title_and_a_description_of_its_own() {
    let routes = Route::every();
    let titles: BTreeSet<String> = routes.iter().map(|route| route.title()).collect();
    assert_eq!(titles.len(), routes.len());
    for route in routes {
        assert!(route.title().contains(words::PRODUCT), "{route:?}");
        assert!(route.description().chars().count() >= 10, "{route:?}: {}", route.description());
    }
}

#[test]
fn no_english_is_left_for_a_reader() {
    check(|_, page| {
        let mut seen = Vec::new();
        for node in page.tree.nodes() {
            match node.value() {
                Node::Text(text) => seen.push(text.to_string()),
                Node::Element(element) => {
                    let spoken = ["aria-label", "placeholder", "title", "alt"];
                    seen.extend(spoken.iter().filter_map(|attribute| element.attr(attribute).map(Into::into)));
                }
                _ => {}
            }
        }
        let words = seen.iter().flat_map(|text| latin_words(text)).filter(|word| !LATIN.contains(&word.as_str()));
        words.map(|word| format!("says {word}")).collect::<BTreeSet<_>>().into_iter().collect()
    });
}

fn latin_words(text: &str) -> impl Iterator<Item = String> {
    text.split(|letter: char| !letter.is_ascii_alphabetic()).filter(|word| !word.is_empty()).map(Into::into)
}

#[test]
fn locators_are_written_in_chinese() {
    check(|route, page| {
        let locators = all(page, ".requirement__locator, .clause__locator");
        if locators.is_empty() && matches!(route, Route::Step(..) | Route::Source) {
            return vec!["no locators".into()];
        }
        let odd = locators.iter().map(|locator| text(*locator)).filter(|text| !text.starts_with("讲话"));
        odd.map(|text| format!("a locator: {text}")).collect()
    });
}

#[test]
fn a_step_shows_what_it_asks_of_that_kind_of_unit_and_nothing_else() {
    for kind in UnitKind::ALL {
        for (position, step) in builtin().steps.iter().enumerate() {
            let page = page(Route::Step(kind, position));
            let cards = all(&page, "[data-requirement]");
            let ids: Vec<_> = cards.iter().filter_map(|card| card.value().id()).collect();
            let expected: Vec<_> = step.requirements_for(kind).map(|requirement| requirement.id.as_str()).collect();
            assert_eq!(ids, expected, "{kind:?} {}", step.id);
            for (card, requirement) in cards.into_iter().zip(step.requirements_for(kind)) {
                let cycle = Cycle::AFTER_THE_SPEECH;
                let reword =
                    |list: &[String]| list.iter().map(|text| cycle.reword(text).into()).collect::<Vec<String>>();
                let (ask, advised) = (requirement.ask(kind, cycle), requirement.advice(kind, cycle));
                let one = |selector: &str| text(*within(card, selector).first().expect(selector));
                assert_eq!(one("h2"), cycle.reword(requirement.title(kind, cycle)));
                assert_eq!(one(".requirement__question"), cycle.reword(ask.question));
                assert_eq!(texts(&within(card, ".requirement__points li")), reword(ask.points));
                let advice = texts(&within(card, ".advice__body li"));
                assert_eq!(advice, reword(&[advised.evidence, advised.mistakes].concat()));
                assert!(one(".advice__summary").contains(words::ADVICE));
                assert_eq!(one(".requirement__meta .duty"), duty(requirement, kind), "{}", requirement.id);
                let hints = if advised.hint.is_empty() {
                    vec![]
                } else {
                    vec![format!("用法提示{}", cycle.reword(advised.hint))]
                };
                assert_eq!(texts(&within(card, ".requirement__hint")), hints);
                assert!(one(".requirement__meta").contains(words::phase(requirement.phase)));
                let clauses = within(card, ".requirement__locator");
                let hrefs: Vec<_> = clauses.iter().filter_map(|link| link.value().attr("href")).collect();
                let expected: Vec<_> = requirement.clauses.iter().map(|id| format!("../../source/#{id}")).collect();
                assert_eq!(hrefs, expected);
            }
        }
    }
}

/// What a unit has to do with a requirement and on whose word, as every page says it.
fn duty(requirement: &Requirement, kind: UnitKind) -> String {
    if requirement.duty(kind).is_none() {
        return "不涉及".into();
    }
    [words::role(requirement, kind), &words::basis(builtin(), requirement, kind)].concat()
}

#[test]
fn every_page_gives_a_role_with_the_same_word_on_where_it_comes_from() {
    for kind in UnitKind::ALL {
        let expected: Vec<_> = builtin().requirements_for(kind).map(|requirement| duty(requirement, kind)).collect();
        assert_eq!(texts(&all(&page(Route::All(kind)), ".row__meta .duty")), expected, "{kind:?}");
    }
    let source = page(Route::Source);
    let expected: Vec<_> = builtin()
        .clauses
        .iter()
        .flat_map(|clause| builtin().covering(&clause.id))
        .flat_map(|requirement| {
            let mut duties = UnitKind::ALL.map(|kind| duty(requirement, kind)).to_vec();
            // What is the same for all is said once.
            duties.retain(|duty| duty != "不涉及");
            let is_common = duties.len() == 3 && duties.iter().all(|duty| *duty == duties[0]);
            duties.truncate(if is_common { 1 } else { 3 });
            duties
        })
        .collect();
    assert_eq!(texts(&all(&source, ".clause .duty")), expected);
}

/// What the speech does not say, and what once was said for it.
#[test]
fn no_page_puts_our_words_into_the_speech() {
    let never =
        ["由本单位自己定", "两个硬", "公开讲话", "牵头规划纲要和区域规划", "五个重点领域", "三个结合点", "销账"];
    check(|route, page| {
        let shown = text(page.root_element());
        let mut faults: Vec<String> =
            never.into_iter().filter(|words| shown.contains(*words)).map(Into::into).collect();
        // The year that is inferred is explained where the cycle is chosen and in the source, and there once.
        let explained = shown.matches("今年是 2020 年").count();
        let expected = usize::from(matches!(route, Route::Source | Route::Dates(_)));
        if explained != expected {
            faults.push(format!("explains the year {explained} times"));
        }
        faults
    });
}

#[test]
fn the_dates_of_the_speech_are_said_to_be_the_citys_and_ours_to_follow_them() {
    for kind in UnitKind::ALL {
        let shown = text(page(Route::Dates(kind)).root_element());
        assert!(shown.contains("说的是全市的规划") && shown.contains("先按全市编制工作方案的节点填"), "{kind:?}");
        assert_eq!(shown.contains("规划参照（建议）"), kind != UnitKind::Commission, "{kind:?}");
    }
}

#[test]
fn a_phase_is_called_a_suggestion_and_only_what_others_support_is_led() {
    for kind in UnitKind::ALL {
        for (requirement, meta) in
            builtin().requirements_for(kind).zip(all(&page(Route::All(kind)), ".row__meta").into_iter().map(text))
        {
            assert!(meta.ends_with(&words::suggested_phase(requirement.phase)), "{}", requirement.id);
            let is_supported = UnitKind::ALL.iter().any(|other| requirement.role(*other) == Some(Role::Support));
            assert!(is_supported || !meta.contains("牵头"), "{}: {meta}", requirement.id);
            // Nobody's advice is to follow their own plan.
            assert!(kind != UnitKind::Commission || !meta.contains("参照"), "{}: {meta}", requirement.id);
        }
    }
}

#[test]
fn every_requirement_offers_the_five_statuses_and_starts_unchecked() {
    for (route, markup) in pages().iter().filter(|(route, _)| matches!(route, Route::Step(..))) {
        let page = Html::parse_fragment(markup);
        let cards = all(&page, "[data-requirement]");
        assert!(!cards.is_empty(), "{route:?}");
        for card in cards {
            let radios = within(card, "input[type=radio]");
            let values: Vec<_> = radios.iter().filter_map(|radio| radio.value().attr("value")).collect();
            assert_eq!(values, Status::ALL.map(Status::as_str), "{route:?}");
            let labels: Vec<_> = radios.iter().map(|radio| label(*radio, &page)).collect();
            assert_eq!(labels, Status::ALL.map(words::status), "{route:?}");
            let names: BTreeSet<_> = radios.iter().filter_map(|radio| radio.value().attr("name")).collect();
            assert_eq!(names.len(), 1, "{route:?}: one group");
            let checked: Vec<_> = radios.iter().map(|radio| radio.value().attr("checked").is_some()).collect();
            assert_eq!(checked, [true, false, false, false, false], "{route:?}");
            assert!(!within(card, "fieldset legend").is_empty(), "{route:?}");
        }
    }
}

#[test]
fn nothing_can_be_entered_before_the_program_has_read_what_was_saved() {
    check(|_, page| {
        let controls = all(page, "input, select, textarea, fieldset input");
        let open = controls.iter().filter(|control| control.value().attr("disabled").is_none());
        open.map(|control| format!("open: {}", control.html())).collect()
    });
}

#[test]
fn every_page_and_every_requirement_can_be_shared() {
    check(|route, page| {
        let to = route.href_to_share(route.into());
        let links = all(page, ".nav a");
        let share = links.last().and_then(|link| link.value().attr("href"));
        let mut faults = Vec::new();
        if share != Some(&to) {
            faults.push(format!("shared by {share:?}"));
        }
        for card in all(page, "[data-requirement]") {
            let id = card.value().id().unwrap_or_default();
            let links = within(card, ".requirement__share");
            let hrefs: Vec<_> = links.iter().filter_map(|link| link.value().attr("href")).collect();
            if hrefs != [format!("{to}#{id}")] {
                faults.push(format!("{id} is shared by {hrefs:?}"));
            }
        }
        faults
    });
}

#[test]
fn the_pages_that_share_say_what_travels_before_the_program_runs() {
    let words = |route| text(page(route).root_element());
    let share = words(Route::Share);
    for word in ["备注", "佐证", "任何链接都不带", "不经过服务器", "数据安全"] {
        assert!(share.contains(word), "{word}");
    }
    assert!(words(Route::Snapshot).contains("只能看，不会改动你的任何东西"));
    for kind in UnitKind::ALL {
        let start = words(Route::Start(kind));
        let count = format!("{} 项要求", builtin().requirements_for(kind).count());
        assert!(start.contains(&count) && start.contains("不上传"), "{kind:?}");
        // Without the program the button is a link to the checklist.
        let page = page(Route::Start(kind));
        let ways = all(&page, "[data-action=begin] a");
        assert_eq!(
            ways.iter().filter_map(|link| link.value().attr("href")).collect::<Vec<_>>(),
            ["../"].map(|root| format!("{root}../{}/", kind.as_str()))
        );
        let poster = words(Route::Poster(kind));
        assert!(poster.contains("手机扫码") && poster.contains("非官方工具") && poster.contains(&count), "{kind:?}");
    }
}

#[test]
fn every_clause_stands_on_the_source_page_with_what_covers_it() {
    let page = page(Route::Source);
    let entries = all(&page, ".clause");
    let ids: Vec<_> = entries.iter().filter_map(|entry| entry.value().id()).collect();
    let expected: Vec<_> = builtin().clauses.iter().map(|clause| clause.id.as_str()).collect();
    assert_eq!(ids, expected);
    for (entry, clause) in entries.into_iter().zip(&builtin().clauses) {
        let shown = text(entry);
        let who = if clause.addressed.is_empty() { words::who(clause.who) } else { clause.addressed.as_str() };
        for part in
            [&clause.locator, &clause.text, &clause.numbering, &clause.note, words::clause_kind(clause.kind), who]
        {
            assert!(shown.contains(part), "{}: {part}", clause.id);
        }
        let links = within(entry, "a");
        let hrefs: Vec<_> = links.iter().filter_map(|link| link.value().attr("href")).collect();
        let expected: Vec<String> = builtin()
            .covering(&clause.id)
            .flat_map(|requirement| {
                let step = builtin().step_of(requirement.id).expect("every requirement has its step");
                let kinds = UnitKind::ALL.into_iter().filter(|kind| requirement.role(*kind).is_some());
                kinds.map(move |kind| format!("../{}/{}/#{}", kind.as_str(), step.id, requirement.id))
            })
            .collect();
        assert_eq!(hrefs, expected, "{}", clause.id);
    }
    let shown = text(page.root_element());
    assert!(shown.contains("没有“四要”") && shown.contains("X 是来源文本里就有的"));
    for unsaid in &builtin().unsaid {
        assert!(shown.contains(&unsaid.title) && shown.contains(&unsaid.text), "{}", unsaid.title);
    }
}

#[test]
fn the_lists_hold_every_step_and_every_requirement_of_that_kind() {
    for kind in UnitKind::ALL {
        let cycle = Cycle::AFTER_THE_SPEECH;
        let titles = builtin().requirements_for(kind).map(|requirement| requirement.title(kind, cycle));
        let titles: Vec<String> = titles.map(|title| cycle.reword(title).into()).collect();
        let steps: Vec<_> = builtin().steps.iter().map(|step| step.title.as_str()).collect();
        let shown = |route, selector| texts(&all(&page(route), selector));
        assert_eq!(shown(Route::All(kind), ".row__title"), titles, "{kind:?}");
        assert_eq!(shown(Route::TaskList(kind), ".task__title"), steps, "{kind:?}");
        assert_eq!(shown(Route::Review(kind), ".by-step__table tbody th"), steps, "{kind:?}");
        assert_eq!(shown(Route::Review(kind), "[data-finding=unchecked] a"), titles, "{kind:?}");
        let total = titles.len().to_string();
        assert_eq!(shown(Route::Review(kind), ".count__number"), [&total, "0", "0", "0", "0"], "{kind:?}");
        assert_eq!(shown(Route::Review(kind), ".summary__number"), ["0%"], "{kind:?}");
    }
}

#[test]
fn the_table_of_duties_says_who_leads_and_who_supports_every_requirement() {
    let page = page(Route::Duties);
    let rows = all(&page, "tbody tr:not(.duties__step)");
    assert_eq!(rows.len(), builtin().requirements().count());
    for (row, requirement) in rows.into_iter().zip(builtin().requirements()) {
        assert!(texts(&within(row, "th"))[0].starts_with(requirement.common_title()));
        let [first, second, third] = UnitKind::ALL.map(|kind| requirement.duty(kind));
        if first.is_some_and(|duty| duty.role == Role::Lead) && first == second && second == third {
            let [cell] = within(row, "td")[..] else { panic!("{}: one cell for all three", requirement.id) };
            assert_eq!(cell.value().attr("colspan"), Some("3"), "{}", requirement.id);
            assert!(text(cell).starts_with(&duty(requirement, UnitKind::County)), "{}", requirement.id);
            assert_eq!(within(cell, "a").len(), 3, "{}", requirement.id);
            continue;
        }
        let expected = UnitKind::ALL.map(|kind| duty(requirement, kind));
        assert_eq!(texts(&within(row, "td")), expected, "{}", requirement.id);
    }
}

#[test]
fn tables_name_their_rows_and_columns() {
    check(|_, page| {
        let heads = all(page, "table th");
        heads.iter().filter(|head| head.value().attr("scope").is_none()).map(ElementRef::html).collect()
    });
}

#[test]
fn nothing_needs_what_the_content_policy_forbids() {
    check(|_, page| {
        let attributes =
            |element: &ElementRef| element.value().attrs().map(|(name, _)| name).collect::<Vec<_>>().join(" ");
        let is_forbidden = |name: &str| name == "style" || name.starts_with("on") || name == "srcset";
        let all = all(page, "*");
        let inline = all.iter().filter(|element| element.value().attrs().any(|(name, _)| is_forbidden(name)));
        let inline = inline.map(|element| format!("{}: {}", tag(*element), attributes(element)));
        let embedded = all.iter().filter(|element| {
            ["script", "style", "link", "iframe", "object", "embed", "base"].contains(&element.value().name())
        });
        inline.chain(embedded.map(|element| tag(*element))).collect()
    });
}

/// Otherwise the browser's tree is another than the program's, and taking the page over fails.
#[test]
fn a_browser_reads_the_markup_as_it_was_nested() {
    for (route, markup) in pages() {
        let read = Html::parse_fragment(markup).html();
        // The parser wraps a fragment in an `html` element of its own.
        let read = read.trim_start_matches("<html>").trim_end_matches("</html>");
        let (written, read) = (tags(markup), tags(read));
        let differs = written.iter().zip(&read).position(|(one, other)| one != other);
        assert_eq!((written.len(), differs), (read.len(), None), "{route:?}");
    }
}

/// The opening and closing tags in order, without their attributes.
fn tags(markup: &str) -> Vec<&str> {
    let void = ["br", "input", "/br", "/input"];
    let pieces = markup.split('<').skip(1).filter(|piece| !piece.starts_with('!'));
    pieces
        .map(|piece| piece.split([' ', '>', '\n']).next().unwrap_or_default())
        .filter(|tag| !void.contains(tag))
        .collect()
}

#[test]
fn the_markup_is_the_same_every_time() {
    for route in [Route::Home, Route::Step(UnitKind::County, 4), Route::Review(UnitKind::Commission)] {
        assert_eq!(render(route), render(route), "{route:?}");
    }
}

/// What is chosen in the lists of cycles within.
fn chosen_cycles(root: ElementRef) -> Vec<String> {
    let lists = within(root, "select[name^=cycle]");
    lists.iter().flat_map(|list| texts(&within(*list, "option[selected]"))).collect()
}

#[test]
fn every_page_of_a_unit_says_of_which_cycle_it_is_and_has_it_changed_there() {
    for route in Route::every().into_iter().filter(|route| route.kind().is_some()) {
        let page = page(route);
        let head = all(&page, ".page__head")[0];
        let (kind, name) = (words::kind(route.kind().expect("it has one")), Cycle::AFTER_THE_SPEECH.name());
        let is_start = matches!(route, Route::TaskList(_) | Route::Step(_, 0));
        let chosen = if is_start { words::cycle(Cycle::AFTER_THE_SPEECH) } else { name.clone() };
        assert_eq!(chosen_cycles(page.root_element()), [chosen], "{route:?}");
        let kicker = text(within(head, ".page__kicker")[0]);
        assert!(kicker.starts_with(kind) && kicker.contains(&name), "{route:?}: {kicker}");
        // The speech's own stays within reach.
        let offered = texts(&all(&page, "select[name^=cycle] option"));
        assert!(offered.iter().any(|text| text.starts_with("“十四五”")), "{route:?}: {offered:?}");
    }
    assert_eq!(chosen_cycles(page(Route::Home).root_element()), [words::cycle(Cycle::AFTER_THE_SPEECH)]);
}

#[test]
fn names_and_cycle_are_asked_in_one_line_where_the_work_starts_and_stand_on_top_of_what_is_printed() {
    for kind in UnitKind::ALL {
        for route in [Route::TaskList(kind), Route::Step(kind, 0)] {
            let page = page(route);
            let line = all(&page, ".unit-names--line")[0];
            let labels = texts(&within(line, "label"));
            assert_eq!(labels, ["单位名称（可不填）", "填表人（可不填）", "规划期"], "{route:?}");
        }
        assert!(all(&page(Route::Step(kind, 1)), ".unit-names--line").is_empty());
        for route in [Route::TaskList(kind), Route::Step(kind, 3), Route::Review(kind), Route::All(kind)] {
            let page = page(route);
            let line = text(all(&page, ".print-only.signature")[0]);
            assert!(
                line.contains("单位：") && line.contains("填表人：") && line.contains("规划期：“十五五”"),
                "{line}"
            );
        }
    }
}

#[test]
fn a_year_in_a_field_for_dates_has_four_digits() {
    check(|_, page| {
        let fields = all(page, "input[type=date]");
        let odd = fields.iter().filter(|field| {
            [field.value().attr("min"), field.value().attr("max")] != [Some("1900-01-01"), Some("2999-12-31")]
        });
        odd.map(ElementRef::html).collect()
    });
}
