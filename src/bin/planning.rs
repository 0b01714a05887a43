//! The program of the pages about dates: loaded only by who opens one of them.

fn main() {
    plan_checklist::start(plan_checklist::pages::planning);
}
