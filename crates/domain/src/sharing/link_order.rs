//! Which statuses a link carries, and in which order: `catalogue/link_order.txt`.
//!
//! A link names no requirement; the position of a status says whose it is. A status is carried only by links of the kinds
//! it concerns, which keeps them short. As kinds come to be concerned later, each kind has its own list, and each list
//! only ever grows at its end: the number of statuses in a link then says by itself what they are.

use crate::catalogue::Catalogue;
use crate::catalogue::kinds::UnitKind;
use crate::catalogue::requirement::Requirement;

/// A list of what links carry.
#[derive(Debug, Clone, Copy)]
pub struct LinkOrder<'a>(&'a str);

impl<'a> LinkOrder<'a> {
    /// The list of this catalogue.
    #[must_use]
    pub fn of(catalogue: &'a Catalogue) -> Self {
        Self(&catalogue.link_order)
    }

    /// Reads a list; for links from other releases in tests.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self(text)
    }

    /// The ids in a link of this kind, as they were called when they were added.
    pub fn ids(self, kind: UnitKind) -> impl Iterator<Item = &'a str> {
        self.lines().filter(move |(_, rest)| rest.split(' ').any(|word| word == kind.as_str())).map(|(id, _)| id)
    }

    /// What the requirements in a link of this kind are today; `None` for one that is gone or no longer concerns it.
    pub(crate) fn requirements(self, catalogue: &Catalogue, kind: UnitKind) -> Vec<Option<&Requirement>> {
        let today = |id| catalogue.requirement(self.renamed(id)).filter(|found| found.role(kind).is_some());
        self.ids(kind).map(today).collect()
    }

    /// What an id is called today.
    #[must_use]
    pub fn renamed(self, id: &'a str) -> &'a str {
        let mut lines = self.lines();
        lines.find_map(|(old, rest)| rest.strip_prefix("-> ").filter(|_| old == id)).unwrap_or(id)
    }

    /// The first word of every line, and the rest.
    fn lines(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0.split('\n').filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(' '))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::builtin;

    #[test]
    fn every_requirement_has_a_place_in_the_links_of_its_kinds() {
        let mut missing = Vec::new();
        for requirement in builtin().requirements() {
            let is_carried = |kind: &UnitKind| {
                LinkOrder::of(builtin())
                    .requirements(builtin(), *kind)
                    .into_iter()
                    .flatten()
                    .any(|found| found.id == requirement.id)
            };
            let kinds = UnitKind::ALL.into_iter().filter(|kind| requirement.role(*kind).is_some() && !is_carried(kind));
            let kinds: String = kinds.map(|kind| format!(" {}", kind.as_str())).collect();
            if !kinds.is_empty() {
                missing.push(format!("{}{kinds}", requirement.id));
            }
        }
        assert!(missing.is_empty(), "append to catalogue/link_order.txt:\n{}", missing.join("\n"));
    }

    #[test]
    fn no_link_carries_a_status_twice_or_more_than_it_can_count() {
        for kind in UnitKind::ALL {
            let mut ids: Vec<_> = LinkOrder::of(builtin()).ids(kind).collect();
            let count = ids.len();
            assert!(count <= crate::sharing::link::STATUS_LIMIT);
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), count, "an id stands twice among those of {kind:?}");
        }
    }

    #[test]
    fn every_line_names_an_id_and_kinds_or_an_id_that_exists() {
        for line in LinkOrder::of(builtin()).0.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let (id, rest) = line.split_once(' ').expect("an id and more");
            match rest.strip_prefix("-> ") {
                Some(new) => {
                    assert!(
                        LinkOrder::of(builtin()).renamed(id) == new && builtin().requirement(new).is_some(),
                        "{line}"
                    );
                }
                None => assert!(rest.split(' ').all(|word| UnitKind::parse(word).is_some()), "{line}"),
            }
        }
    }
}
