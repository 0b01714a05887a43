//! The program of the pages that show what the speech says: loaded only by who opens one of them.

fn main() {
    plan_checklist::start(plan_checklist::pages::reference);
}
