//! Small maps and sets in the order of their keys: sorted lists, a fraction of the code of the standard library's trees.
//!
//! They hold a unit's answers or a browser's workbooks, a few hundred entries at most; for so few a list is as fast.

use std::borrow::Borrow;
use std::ops::Index;

/// A map in the order of its keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Map<K, V> {
    /// By key, each key once.
    entries: Vec<(K, V)>,
}

impl<K, V> Default for Map<K, V> {
    fn default() -> Self {
        Self { entries: Vec::new() }
    }
}

impl<K, V> Map<K, V> {
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub fn clear(&mut self) {
        self.entries.clear();
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> {
        self.entries.iter().map(|(key, value)| (key, value))
    }

    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &K> {
        self.entries.iter().map(|(key, _)| key)
    }

    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> {
        self.entries.iter().map(|(_, value)| value)
    }
}

impl<K: Ord, V> Map<K, V> {
    /// Where the key is, or where it would belong.
    fn find<Q: Ord + ?Sized>(&self, key: &Q) -> Result<usize, usize>
    where
        K: Borrow<Q>,
    {
        let at = self.entries.partition_point(|(other, _)| other.borrow() < key);
        if self.entries.get(at).is_some_and(|(other, _)| other.borrow() == key) { Ok(at) } else { Err(at) }
    }

    #[must_use]
    pub fn contains_key(&self, key: &K) -> bool {
        self.find(key).is_ok()
    }

    #[must_use]
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.find(key).ok().map(|at| &self.entries[at].1)
    }

    #[must_use]
    pub fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        self.find(key).ok().map(|at| &mut self.entries[at].1)
    }

    /// The value under a key, which is made where there is none.
    pub fn get_or_insert_with(&mut self, key: K, make: impl FnOnce() -> V) -> &mut V {
        let at = self.find(&key).unwrap_or_else(|at| {
            self.entries.insert(at, (key, make()));
            at
        });
        &mut self.entries[at].1
    }

    /// Puts a value under a key, in place of the one before.
    pub fn insert(&mut self, key: K, value: V) {
        match self.find(&key) {
            Ok(at) => self.entries[at].1 = value,
            Err(at) => self.entries.insert(at, (key, value)),
        }
    }

    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        self.find(key).ok().map(|at| self.entries.remove(at).1)
    }

    /// A map of entries in whatever order; of those under one key, the last stays. For long lists.
    pub(crate) fn from_list(mut entries: Vec<(K, V)>) -> Self {
        if entries.is_sorted_by(|(a, _), (b, _)| a < b) {
            return Self { entries };
        }
        let later = entries.split_off(entries.len() / 2);
        Self::from_list(entries).union(Self::from_list(later))
    }

    /// The entries of both; under keys of both, the other's.
    pub(crate) fn union(mut self, mut other: Self) -> Self {
        // From the ends: taking the last one moves no others.
        let mut entries = Vec::with_capacity(self.len() + other.len());
        loop {
            let order = match (self.entries.last(), other.entries.last()) {
                (Some((ours, _)), Some((theirs, _))) => ours.cmp(theirs),
                (ours, theirs) => ours.is_some().cmp(&theirs.is_some()),
            };
            let ours = if order.is_ge() { self.entries.pop() } else { None };
            let theirs = if order.is_le() { other.entries.pop() } else { None };
            let Some(entry) = theirs.or(ours) else { break };
            entries.push(entry);
        }
        entries.reverse();
        Self { entries }
    }
}

impl<K: Ord, V> Extend<(K, V)> for Map<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        for (key, value) in entries {
            self.insert(key, value);
        }
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for Map<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = Self::new();
        map.extend(entries);
        map
    }
}

impl<K, V> IntoIterator for Map<K, V> {
    type Item = (K, V);
    type IntoIter = std::vec::IntoIter<(K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

/// Panics where there is no such key.
impl<K: Ord, V> Index<&K> for Map<K, V> {
    type Output = V;

    fn index(&self, key: &K) -> &V {
        self.get(key).expect("the key is in the map")
    }
}

/// A set in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Set<K>(Map<K, ()>);

impl<K> Default for Set<K> {
    fn default() -> Self {
        Self(Map::new())
    }
}

impl<K> Set<K> {
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn clear(&mut self) {
        self.0.clear();
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &K> {
        self.0.keys()
    }
}

impl<K: Ord> Set<K> {
    #[must_use]
    pub fn contains(&self, key: &K) -> bool {
        self.0.contains_key(key)
    }

    pub fn insert(&mut self, key: K) {
        self.0.insert(key, ());
    }

    pub fn remove(&mut self, key: &K) {
        self.0.remove(key);
    }
}

impl<K: Ord> Extend<K> for Set<K> {
    fn extend<I: IntoIterator<Item = K>>(&mut self, keys: I) {
        for key in keys {
            self.insert(key);
        }
    }
}

impl<K: Ord> FromIterator<K> for Set<K> {
    fn from_iter<I: IntoIterator<Item = K>>(keys: I) -> Self {
        let mut set = Self::new();
        set.extend(keys);
        set
    }
}

/// Sorts a short list by a key, and leaves those of equal keys in their order: `sort_by_key` in a fraction of its code.
pub fn sort_by_key<T, K: Ord>(list: &mut [T], key: impl Fn(&T) -> K) {
    for end in 1..list.len() {
        let mut at = end;
        while at > 0 && key(&list[at]) < key(&list[at - 1]) {
            list.swap(at, at - 1);
            at -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::*;

    #[derive(Debug, Clone)]
    enum Act {
        Insert(u8, u8),
        Remove(u8),
        Ensure(u8, u8),
        Add(u8, u8),
        Extend(Vec<(u8, u8)>),
        Clear,
    }

    /// Few enough keys that the same ones come again.
    fn act() -> impl Strategy<Value = Act> {
        let pair = (0..20_u8, any::<u8>());
        prop_oneof![
            8 => pair.clone().prop_map(|(key, value)| Act::Insert(key, value)),
            4 => (0..20_u8).prop_map(Act::Remove),
            2 => pair.clone().prop_map(|(key, value)| Act::Ensure(key, value)),
            2 => pair.clone().prop_map(|(key, value)| Act::Add(key, value)),
            1 => prop::collection::vec(pair, 0..8).prop_map(Act::Extend),
            1 => Just(Act::Clear),
        ]
    }

    fn check(map: &Map<u8, u8>, tree: &BTreeMap<u8, u8>) {
        assert!(map.iter().eq(tree.iter()));
        assert!(map.keys().eq(tree.keys()) && map.values().rev().eq(tree.values().rev()));
        assert_eq!((map.len(), map.is_empty()), (tree.len(), tree.is_empty()));
        for key in 0..=20 {
            assert_eq!((map.get(&key), map.contains_key(&key)), (tree.get(&key), tree.contains_key(&key)));
        }
        assert!(map.clone().into_iter().eq(tree.clone()));
        // However it came about, equal content is equal.
        assert_eq!(*map, tree.clone().into_iter().rev().collect());
    }

    proptest! {
        #[test]
        fn a_map_does_what_a_tree_does(acts in prop::collection::vec(act(), 0..40)) {
            let (mut map, mut tree) = (Map::new(), BTreeMap::new());
            for act in acts {
                match act {
                    Act::Insert(key, value) => {
                        map.insert(key, value);
                        tree.insert(key, value);
                    }
                    Act::Remove(key) => prop_assert_eq!(map.remove(&key), tree.remove(&key)),
                    Act::Ensure(key, value) => {
                        prop_assert_eq!(map.get_or_insert_with(key, || value), tree.entry(key).or_insert(value));
                        prop_assert_eq!(map[&key], tree[&key]);
                    }
                    Act::Add(key, value) => {
                        let (ours, theirs) = (map.get_mut(&key), tree.get_mut(&key));
                        prop_assert_eq!(&ours, &theirs);
                        for held in ours.into_iter().chain(theirs) {
                            *held = held.wrapping_add(value);
                        }
                    }
                    Act::Extend(pairs) => {
                        map.extend(pairs.clone());
                        tree.extend(pairs);
                    }
                    Act::Clear => {
                        map.clear();
                        tree.clear();
                    }
                }
                check(&map, &tree);
            }
        }

        #[test]
        fn long_lists_and_unions_do_what_trees_do(
            a in prop::collection::vec((0..20_u8, any::<u8>()), 0..40),
            b in prop::collection::vec((0..20_u8, any::<u8>()), 0..40),
        ) {
            let (ours, theirs) = (Map::from_list(a.clone()), Map::from_list(b.clone()));
            check(&ours, &a.iter().copied().collect());
            check(&ours.union(theirs), &a.into_iter().chain(b).collect());
        }

        #[test]
        fn a_set_does_what_a_tree_does(keys in prop::collection::vec(0..20_u8, 0..30), gone in 0..20_u8) {
            let (mut set, mut tree) = (keys.iter().copied().collect::<Set<_>>(), keys.into_iter().collect::<BTreeSet<_>>());
            set.remove(&gone);
            tree.remove(&gone);
            prop_assert!(set.iter().eq(tree.iter()));
            prop_assert_eq!((set.is_empty(), set.contains(&gone)), (tree.is_empty(), false));
            set.clear();
            prop_assert_eq!(set, Set::new());
        }

        #[test]
        fn sorting_does_what_the_library_does(list in prop::collection::vec((0..9_u8, any::<u8>()), 0..40)) {
            let (mut ours, mut theirs) = (list.clone(), list);
            sort_by_key(&mut ours, |(key, _)| std::cmp::Reverse(*key));
            theirs.sort_by_key(|(key, _)| std::cmp::Reverse(*key));
            prop_assert_eq!(ours, theirs);
        }
    }
}
