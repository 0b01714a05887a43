//! 带教: a trainer sets a round, prints it, and sees what came back. Nothing of it leaves the page or is stored but as its note.

mod results;

use std::cell::RefCell;
use std::rc::Rc;

use plan_checklist_domain::UnitKind;
use plan_checklist_domain::training::{Assignment, BankVersion, Round, Scope, builtin};
use serde_json::{Value, json};
use yew::prelude::*;

use super::assigned::{fault, kind_name, other_version, scope_name};
use super::paper::paper;
use crate::components::button::{Button, ButtonStyle};
use crate::components::copy_box::CopyBox;
use crate::components::link_fault::link_fault;
use crate::components::page_head::page_head;
use crate::components::place_notes::{reach_note, wechat_note};
use crate::components::qr_code::qr_figure;
use crate::components::section::section;
use crate::components::select::Select;
use crate::effects::platform::Platform;
use crate::effects::{address, clock};
use crate::pages::page_props::PageProps;
use crate::pages::surroundings::{Surroundings, use_surroundings};
use crate::route::Route;
use crate::store::{Action, Printout, Store};

/// What is on a trainer's desk.
#[derive(Debug, Clone, PartialEq, Default)]
struct Desk {
    view: View,
    assignment: Option<Assignment>,
    has_answers: bool,
    /// The class, as pasted.
    names: String,
    /// What they handed in, as pasted.
    results: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum View {
    #[default]
    Set,
    Paper,
    Results,
}

impl View {
    const ALL: [Self; 3] = [Self::Set, Self::Paper, Self::Results];

    fn word(self) -> &'static str {
        match self {
            Self::Set => "set",
            Self::Paper => "paper",
            Self::Results => "results",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Set => "布置一组题",
            Self::Paper => "印试卷",
            Self::Results => "收成绩",
        }
    }
}

/// How many questions a round may have, besides all.
const COUNTS: [usize; 5] = [5, 10, 20, 30, 50];
const ALL: &str = "all";

impl Desk {
    fn text(&self) -> String {
        let round = self.assignment.as_ref().map(Assignment::encode);
        json!({ "view": self.view.word(), "round": round, "answers": self.has_answers, "names": self.names, "results": self.results })
            .to_string()
    }

    /// Reads what [`text`](Self::text) wrote; of anything else, nothing.
    fn parse(text: &str) -> Self {
        let value: Value = serde_json::from_str(text).unwrap_or_default();
        let text = |name: &str| value[name].as_str().unwrap_or_default();
        Self {
            view: View::ALL.into_iter().find(|view| view.word() == text("view")).unwrap_or_default(),
            assignment: Assignment::decode(text("round")).ok(),
            has_answers: value["answers"].as_bool().unwrap_or_default(),
            names: text("names").into(),
            results: text("results").into(),
        }
    }
}

/// The desk as it is now, and how it changes.
#[derive(Clone)]
struct Live {
    desk: Rc<RefCell<Desk>>,
    update: UseForceUpdateHandle,
    surroundings: UseStateHandle<Surroundings>,
    store: Store,
}

impl Live {
    fn change(&self, make: impl FnOnce(&mut Desk)) {
        make(&mut self.desk.borrow_mut());
        let text = self.desk.borrow().text();
        self.store.dispatch.send(Action::Entered(text));
        self.update.force_update();
    }

    /// Another round is set: the address of this page leads to it from now on.
    fn set(&self, scope: Scope, count: usize, seed: u64) {
        if let Some(assignment) = Assignment::draw(builtin(), scope, count, seed) {
            self.put_into_address(&assignment);
            self.change(|desk| desk.assignment = Some(assignment));
        }
    }

    fn put_into_address(&self, assignment: &Assignment) {
        let fragment = assignment.encode();
        address::put_fragment(&fragment);
        self.surroundings.set(Surroundings { fragment: fragment.into(), ..(*self.surroundings).clone() });
    }
}

/// Changes the desk by what an event brings.
fn on<E: 'static>(live: &Live, make: impl Fn(&mut Desk, E) + 'static) -> Callback<E> {
    let live = live.clone();
    Callback::from(move |event: E| live.change(|desk| make(desk, event)))
}

#[component]
pub(crate) fn ClassPage(props: &PageProps) -> Html {
    let store = &props.store;
    let surroundings = use_surroundings(store);
    let live = Live {
        desk: use_mut_ref(Desk::default),
        update: use_force_update(),
        surroundings: surroundings.clone(),
        store: store.clone(),
    };
    {
        let (live, note) = (live.clone(), store.arrival.note.clone());
        let is_running = surroundings.platform.is_some() && store.is_restored;
        use_effect_with(
            (is_running, surroundings.fragment.clone(), store.arrival.count),
            move |(is_running, fragment, _)| {
                if *is_running {
                    live.arrive(note.as_ref().map(|note| note.entered.as_str()), fragment);
                }
            },
        );
    }
    let desk = live.desk.borrow().clone();
    let found = Assignment::decode(&surroundings.fragment);
    let fault = fault(&found, surroundings.fragment.is_empty(), true);
    let platform = surroundings.platform.as_ref();
    let round = desk.assignment.as_ref().and_then(|set| set.round(builtin()));
    let shown = desk.assignment.as_ref().zip(round.as_ref()).zip(platform);
    html! {
        <div class="page class" data-view={desk.view.word()}>
            { page_head(None, "带教", html! {
                <p class="page__lead">
                    { "给带新人的老师：布置同一组题，人人题目和次序一样；要纸的就印试卷；做完收回成绩码，看哪些题错得多。" }
                </p>
            }) }
            <p class="page__sources">
                { "不上传任何东西：题目在链接里，成绩在各人发来的码里。名单和成绩只留在这一页，刷新还在，关掉就没有了；要留存，复制或打印出来。" }
            </p>
            { link_fault(fault) }
            { views(store, &live, desk.view) }
            <div class="class__view">
                if let Some(((set, round), platform)) = shown {
                    { view(store, &live, &desk, set, round, platform) }
                }
            </div>
        </div>
    }
}

impl Live {
    /// Takes up what the page had when it was left, and the round that the address names; draws one where there is none.
    fn arrive(&self, note: Option<&str>, fragment: &str) {
        let mut desk = self.desk.borrow().clone();
        if let Some(note) = note.filter(|note| !note.is_empty() && desk == Desk::default()) {
            desk = Desk::parse(note);
        }
        let is_whole = |set: &Assignment| set.missing(builtin()) == 0;
        let named = Assignment::decode(fragment).ok().filter(is_whole);
        let set = named.or(desk.assignment).filter(is_whole);
        desk.assignment = set.or_else(|| Assignment::draw(builtin(), Scope::Quick, COUNTS[1], clock::now()));
        // What an address carries that cannot be used stays there, and is said.
        if let Some(set) = desk.assignment.as_ref().filter(|_| fragment.is_empty()) {
            self.put_into_address(set);
        }
        self.change(|held| *held = desk);
    }
}

/// What to do.
fn views(store: &Store, live: &Live, shown: View) -> Html {
    let rows = View::ALL.map(|view| {
        let is_on = view == shown;
        html! {
            <label key={view.word()} class={classes!("pick", is_on.then_some("pick--chosen"))}>
                <input type="radio" name="view" value={view.word()} checked={is_on} disabled={!store.is_restored} autocomplete="off"
                    onchange={on(live, move |desk, _: Event| desk.view = view)} />
                <strong class="pick__title">{ view.name() }</strong>
            </label>
        }
    });
    html! {
        <fieldset class="needs-program">
            <legend class="visually-hidden">{ "做什么" }</legend>
            <div class="picks class__views">{ for rows }</div>
        </fieldset>
    }
}

fn view(store: &Store, live: &Live, desk: &Desk, set: &Assignment, round: &Round, platform: &Platform) -> Html {
    let inside = match desk.view {
        View::Set => html! { <>{ choices(store, live, set) }{ hand_out(store, set, round, platform) }</> },
        View::Paper => on_paper(store, live, desk, set, round, platform),
        View::Results => html! { <>{ about(store, set) }{ results::results(store, live, desk, set, round) }</> },
    };
    // Its own element for every view: what was copied in one says nothing of the next.
    html! { <div key={desk.view.word()}>{ inside }</div> }
}

/// Which round it is about.
fn about(store: &Store, set: &Assignment) -> Html {
    html! {
        <>
            <p>
                { "这组题：" }
                <strong>{ format!("{}，{} 题，题库 {} 版", scope_name(store, &set.scope), set.count(), set.bank.text()) }</strong>
            </p>
            { other_version(set) }
        </>
    }
}

fn choices(store: &Store, live: &Live, set: &Assignment) -> Html {
    let steps = store.catalogue.steps.iter().map(|step| (Scope::Step(step.id.clone()), step.title.clone()));
    let kinds = UnitKind::ALL.map(|kind| (Scope::Kind(kind), kind_name(kind)));
    let scopes = std::iter::once((Scope::Quick, "各步骤都有".to_owned())).chain(steps).chain(kinds);
    let option = |(scope, name): (Scope, String)| {
        (AttrValue::from(scope.text()), AttrValue::from(format!("{name}（共 {} 题）", scope.pool(builtin()).len())))
    };
    // All of them and ten of them are drawn from the same.
    let scope = if set.scope == Scope::Full { Scope::Quick } else { set.scope.clone() };
    let (all, count) = (scope.pool(builtin()).len(), set.count());
    let own = Some(count).filter(|count| !COUNTS.contains(count) && *count < all);
    let counts = COUNTS.into_iter().filter(|other| *other < all).chain(own);
    let counts = counts.map(|count| (AttrValue::from(count.to_string()), AttrValue::from(format!("{count} 题"))));
    let counts: Vec<_> = counts.chain([(AttrValue::from(ALL), AttrValue::from(format!("全部 {all} 题")))]).collect();
    let value = if count >= all { ALL.to_owned() } else { count.to_string() };
    let seed = set.seed;
    let on_scope = {
        let live = live.clone();
        Callback::from(move |text: String| {
            if let Some(scope) = Scope::parse(&text) {
                live.set(scope, count.clamp(COUNTS[0], COUNTS[2]), seed);
            }
        })
    };
    let on_count = {
        let (live, scope) = (live.clone(), scope.clone());
        Callback::from(move |text: String| match text.parse() {
            Ok(count) => live.set(scope.clone(), count, seed),
            Err(_) if scope == Scope::Quick => live.set(Scope::Full, usize::MAX, seed),
            Err(_) => live.set(scope.clone(), usize::MAX, seed),
        })
    };
    let on_new = {
        let (live, scope) = (live.clone(), set.scope.clone());
        Callback::from(move |_: MouseEvent| live.set(scope.clone(), count, clock::now()))
    };
    html! {
        <div class="needs-program">
            { section("class-choose", "出哪些题", html! {
                <div class="rounds__choose">
                    <Select label="范围" name="class-scope" options={scopes.map(option).collect::<Vec<_>>()} value={scope.text()} on_choose={on_scope} />
                    <Select label="多少题" name="class-count" options={counts} {value} on_choose={on_count} />
                    <Button action="new-round" onclick={on_new}>{ "换一组题" }</Button>
                </div>
            }) }
        </div>
    }
}

/// The link, and what to say with it.
fn hand_out(store: &Store, set: &Assignment, round: &Round, platform: &Platform) -> Html {
    let address = format!("{}{}#{}", platform.site, Route::Quiz.path(), set.encode());
    let invitation = format!(
        "请做一组题：{}，{} 题。点开就做，做完把最后的成绩码发给我。\n{address}",
        scope_name(store, &set.scope),
        round.asked.len()
    );
    let here = BankVersion::of(builtin());
    html! {
        { section("class-link", "把链接发给学员", html! {
            <div class="share__out needs-program">
                <div class="share__texts">
                    <p class="share__hint">
                        { format!("{} 题，题库 {} 版。收到链接的人，题目和选项的次序都一样，看到的是“老师布置的一组题”。", round.asked.len(), set.bank.text()) }
                        if set.bank != here {
                            { format!("现在的题库是 {} 版，题都还在。", here.text()) }
                        }
                    </p>
                    <CopyBox store={store.clone()} id="address" label="网址" text={address.clone()} rows="3" />
                    <CopyBox store={store.clone()} id="invitation" label="可以直接粘贴到群里的话" text={invitation} rows="4" />
                    { reach_note(Some(platform)) }
                    <p class="note">{ "收成绩要用同一组题。这一页的网址里已经带着这组题：现在收藏，到时候从收藏打开；或者打开上面发出去的链接，点“我是老师，去收成绩”。" }</p>
                </div>
                { qr_figure(&address) }
            </div>
        }) }
    }
}

fn on_paper(store: &Store, live: &Live, desk: &Desk, set: &Assignment, round: &Round, platform: &Platform) -> Html {
    let on_print = store.dispatch.on(Action::PrintWanted(Printout::Page));
    let onchange = on(live, |desk, _: Event| desk.has_answers = !desk.has_answers);
    html! {
        <>
            <div class="needs-program class__tools">
                { about(store, set) }
                { wechat_note(Some(platform), "微信里不能打印。请点右上角“···”，选“在浏览器打开”，再打印。") }
                <label class="option">
                    <input type="checkbox" name="with-answers" checked={desk.has_answers} autocomplete="off" {onchange} />
                    { "带答案和说明" }
                </label>
                <p class="buttons"><Button action="print" style={ButtonStyle::Primary} onclick={on_print}>{ "打印" }</Button></p>
            </div>
            { paper(store, set, round, desk.has_answers) }
        </>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reload_brings_the_desk_back() {
        let desk = Desk {
            view: View::Results,
            assignment: Assignment::draw(builtin(), Scope::Quick, 10, 7),
            has_answers: true,
            names: "张三\n“李四”".into(),
            results: "张三\t1".into(),
        };
        assert_eq!(Desk::parse(&desk.text()), desk);
        for other in ["", "搜索", "[]", r#"{"view":7,"round":"round=x"}"#] {
            assert_eq!(Desk::parse(other), Desk::default(), "{other}");
        }
    }
}
