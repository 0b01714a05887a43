//! The program of the pages on which people fill in: small, because everybody waits for it.

fn main() {
    plan_checklist::start(plan_checklist::pages::filling);
}
