//! What a unit has to do with a requirement, and whose word that is: never the one without the other.

use plan_checklist_domain::catalogue::kinds::RoleBasis;
use plan_checklist_domain::catalogue::requirement::Duty;
use plan_checklist_domain::{Catalogue, Requirement, Role, UnitKind};
use yew::prelude::*;

use crate::words;

/// Nothing where the unit is not concerned.
pub(crate) fn duty(catalogue: &Catalogue, requirement: &Requirement, kind: UnitKind) -> Option<Html> {
    let basis = basis(catalogue, requirement, kind)?;
    let role = words::role(requirement, kind);
    Some(html! { <span class="duty"><span class="duty__role">{ role }</span>{ basis }</span> })
}

/// What all three kinds of unit have to do, where it is the same and on the same word: each is responsible for its own.
pub(crate) fn common_duty(requirement: &Requirement) -> Option<Duty> {
    let [first, others @ ..] = UnitKind::ALL.map(|kind| requirement.duty(kind));
    first.filter(|duty| duty.role == Role::Lead && others.iter().all(|other| *other == first))
}

/// Whose word a role is, as a small label; what is only our advice looks like all advice.
pub(crate) fn basis(catalogue: &Catalogue, requirement: &Requirement, kind: UnitKind) -> Option<Html> {
    let is_ours = requirement.duty(kind)?.basis == RoleBasis::Reference;
    let class = if is_ours { "tag tag--advice" } else { "duty__basis" };
    Some(html! { <span {class}>{ words::basis(catalogue, requirement, kind) }</span> })
}
