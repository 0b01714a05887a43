//! The program.

fn main() {
    plan_checklist::start();
}
