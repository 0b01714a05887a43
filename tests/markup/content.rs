//! What the pages say, and in whose name.

use super::*;

/// Latin letters that Chinese text has: units, “U 盘”, A4, and the X that stands for names of places.
const LATIN: [&str; 5] = ["KB", "MB", "U", "A", "X"];

#[test]
fn every_page_says_what_it_is_and_what_not_to_enter() {
    check(|_, page| {
        let text: String = page.root_element().text().collect();
        let missing = ["非官方", "勿录入涉密信息", words::PRODUCT].into_iter().filter(|word| !text.contains(word));
        missing.map(|word| format!("does not say {word}")).collect()
    });
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
                assert_eq!(texts(&within(card, ".points li")), reword(ask.points));
                assert_eq!(texts(&within(card, ".advice__body li")), reword(advised.mistakes));
                let hints: Vec<_> = reword(advised.evidence).iter().map(|hint| format!("＋ {hint}")).collect();
                assert_eq!(texts(&within(card, ".hint")), hints);
                for ours in [".advice__summary", ".evidence__hints p"] {
                    assert!(one(ours).contains(words::ADVICE), "{ours}");
                }
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
        assert_eq!(shown(Route::Review(kind), ".count__number"), ["0", "0", "0", "0", &total], "{kind:?}");
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
