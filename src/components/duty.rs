//! What a unit has to do with a requirement, and whose word that is: never the one without the other.

use plan_checklist_domain::catalogue::kinds::RoleBasis;
use plan_checklist_domain::{Requirement, UnitKind};
use yew::prelude::*;

use crate::words;

/// Nothing where the unit is not concerned.
pub(crate) fn duty(requirement: &Requirement, kind: UnitKind) -> Option<Html> {
    let found = requirement.duty(kind)?;
    let role = words::role(requirement, kind);
    Some(html! { <span class="duty"><span class="duty__role">{ role }</span>{ basis(found.basis) }</span> })
}

/// Whose word a role is, as a small label; what is only our advice looks like all advice.
pub(crate) fn basis(basis: RoleBasis) -> Html {
    let class = if basis == RoleBasis::Reference { "tag tag--advice" } else { "duty__basis" };
    html! { <span {class}>{ words::basis(basis) }</span> }
}
