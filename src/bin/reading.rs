//! The program of the pages that show what was filled in: loaded only by who opens one of them.

fn main() {
    plan_checklist::start(plan_checklist::pages::reading);
}
