//! Whether a browser, a keyboard and a screen reader can make sense of every page.

use plan_checklist::route::{LICENCES, SINGLE_FILE};
use plan_checklist_domain::training;

use super::*;

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

/// Whether a link leads to a file that the build writes beside the pages.
fn is_beside(from: Route, href: &str) -> bool {
    [SINGLE_FILE, LICENCES].iter().any(|file| href == from.to_root() + file)
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
            if is_beside(route, href) {
                // Written beside the pages, by the build.
                return false;
            }
            let target = resolve(route, href);
            if let Some((path, Some(about))) = &target
                && *path == Route::Share.path()
                && !href.starts_with('#')
            {
                // What follows names the page to share.
                return Target::parse(about).is_none_or(|target| target.address() != *about);
            }
            if let Some((path, Some(id))) = &target
                && *path == Route::Lessons.path()
                && training::builtin().lesson(id).is_some()
            {
                // What follows names the lesson to read: of all there are, the page shows one.
                return false;
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
            let href = link.value().attr("href").unwrap_or_default();
            if is_beside(route, href) {
                continue;
            }
            let (path, _) = resolve(route, href).expect("checked elsewhere");
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
        let says =
            |control: &ElementRef<'_>| control.attr("aria-label").map_or_else(|| label(*control, page), Into::into);
        let unlabelled = controls.iter().filter(|control| says(control).is_empty());
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

#[test]
fn a_year_in_a_field_for_dates_has_four_digits() {
    check(|_, page| {
        let fields = all(page, "input[type=date]");
        let expected = [Some("1900-01-01"), Some("2999-12-31")];
        let odd = fields.iter().filter(|field| ["min", "max"].map(|bound| field.attr(bound)) != expected);
        odd.map(ElementRef::html).collect()
    });
}
