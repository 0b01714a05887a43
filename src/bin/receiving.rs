//! The program of the pages that links lead to: small, because who opens one holds a phone.

fn main() {
    plan_checklist::start(plan_checklist::pages::receiving);
}
