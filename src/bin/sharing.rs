//! The program of the pages that hand something on: loaded only by who opens one of them.

fn main() {
    plan_checklist::start(plan_checklist::pages::sharing);
}
