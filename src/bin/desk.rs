//! The program of the pages around the filling in: loaded only by who opens one of them.

fn main() {
    plan_checklist::start(plan_checklist::pages::desk);
}
