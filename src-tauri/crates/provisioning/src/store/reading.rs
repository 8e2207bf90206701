//! What readers ask the store. They never wait, and see each turn whole (but for
//! [a large one](super::large)).

use serde::de::DeserializeOwned;

use super::{Key, Store, decode, number};
use crate::error::Result;

/// A key and its value.
type Pair = (sled::IVec, sled::IVec);

impl Store {
    /// The record under `key`.
    pub(crate) fn get<T: DeserializeOwned>(&self, key: &Key) -> Result<Option<T>> {
        self.tree
            .with(|tree| tree.get(key.bytes()))?
            .map(|bytes| decode(key.space(), &bytes))
            .transpose()
    }

    /// The bytes under `key`.
    pub(crate) fn bytes(&self, key: &Key) -> Result<Option<impl AsRef<[u8]> + use<>>> {
        self.tree.with(|tree| tree.get(key.bytes()))
    }

    /// Whether there is anything under `key`.
    pub(crate) fn contains(&self, key: &Key) -> Result<bool> {
        self.tree.with(|tree| tree.contains_key(key.bytes()))
    }

    /// The records whose keys begin with `prefix`, in key order, each with the rest of its key.
    pub(crate) fn scan<T: DeserializeOwned>(
        &self,
        prefix: &Key,
    ) -> impl DoubleEndedIterator<Item = Result<(Vec<u8>, T)>> + use<T> {
        let (space, skip) = (prefix.space(), prefix.bytes().len());
        self.pairs(prefix).map(move |pair| {
            let (key, value) = pair?;
            Ok((
                key.get(skip..).unwrap_or_default().to_vec(),
                decode(space, &value)?,
            ))
        })
    }

    /// What is stored under the keys that begin with `prefix`, unread, each with the rest of its key.
    pub(crate) fn raw(&self, prefix: &Key) -> impl Iterator<Item = Result<(Vec<u8>, Vec<u8>)>> + use<> {
        let skip = prefix.bytes().len();
        self.pairs(prefix).map(move |pair| {
            let (key, value) = pair?;
            Ok((key.get(skip..).unwrap_or_default().to_vec(), value.to_vec()))
        })
    }

    /// What is stored under the numbers below `before` that come after `prefix`, unread, the last
    /// first, each with the rest of its key.
    pub(crate) fn raw_below(
        &self,
        prefix: &Key,
        before: u64,
    ) -> impl Iterator<Item = Result<(Vec<u8>, Vec<u8>)>> + use<> {
        let (skip, low) = (prefix.bytes().len(), prefix.bytes().to_vec());
        let high = [prefix.bytes(), &before.to_be_bytes()].concat();
        let range = move |tree: &sled::Db| Ok(tree.range(low..high));
        entries(self.tree.with(range)).rev().map(move |pair| {
            let (key, value) = pair?;
            Ok((key.get(skip..).unwrap_or_default().to_vec(), value.to_vec()))
        })
    }

    /// What is stored under the numbers from `first` on that come after `prefix`, unread, in order,
    /// each with the rest of its key.
    pub(crate) fn raw_from(
        &self,
        prefix: &Key,
        first: u64,
    ) -> impl Iterator<Item = Result<(Vec<u8>, Vec<u8>)>> + use<> {
        let skip = prefix.bytes().len();
        let low = [prefix.bytes(), &first.to_be_bytes()].concat();
        let high = [prefix.bytes(), &[u8::MAX; 9]].concat();
        let range = move |tree: &sled::Db| Ok(tree.range(low..high));
        entries(self.tree.with(range)).map(move |pair| {
            let (key, value) = pair?;
            Ok((key.get(skip..).unwrap_or_default().to_vec(), value.to_vec()))
        })
    }

    /// How many keys there are from `low` on and before `high`, or to the end where it is empty.
    pub(crate) fn count_between(&self, low: &[u8], high: &[u8]) -> Result<u64> {
        let end = match high {
            [] => std::ops::Bound::Unbounded,
            high => std::ops::Bound::Excluded(high),
        };
        let mut count = 0;
        let low = std::ops::Bound::Included(low);
        for pair in entries(self.tree.with(|tree| Ok(tree.range::<&[u8], _>((low, end))))) {
            pair?;
            count += 1;
        }
        Ok(count)
    }

    /// The rests of the keys that begin with `prefix`, as text, in order; values are not read.
    pub(crate) fn keys(&self, prefix: &Key) -> impl DoubleEndedIterator<Item = Result<String>> + use<> {
        let skip = prefix.bytes().len();
        self.pairs(prefix).map(move |pair| {
            let (key, _) = pair?;
            Ok(String::from_utf8_lossy(key.get(skip..).unwrap_or_default()).into_owned())
        })
    }

    /// The records from `low` to `high`, both excluded, of the one space both lie in; in key order.
    pub(crate) fn between<T: DeserializeOwned>(
        &self,
        low: &Key,
        high: &Key,
    ) -> impl DoubleEndedIterator<Item = Result<T>> + use<T> {
        let space = low.space();
        let bounds = (
            std::ops::Bound::Excluded(low.bytes().to_vec()),
            std::ops::Bound::Excluded(high.bytes().to_vec()),
        );
        entries(self.tree.with(|tree| Ok(tree.range::<Vec<u8>, _>(bounds))))
            .map(move |pair| decode(space, &pair?.1))
    }

    fn pairs(&self, prefix: &Key) -> impl DoubleEndedIterator<Item = Result<Pair>> + use<> {
        entries(self.tree.with(|tree| Ok(tree.scan_prefix(prefix.bytes()))))
    }

    /// The numbers of the first and the last of the numbered records that begin with `prefix`.
    pub(crate) fn ends(&self, prefix: &Key) -> Result<Option<(u64, u64)>> {
        let skip = prefix.bytes().len();
        let mut keys = self.pairs(prefix).map(|pair| pair.map(|(key, _)| key));
        let number_of = |key: sled::IVec| number(key.get(skip..).unwrap_or_default()).unwrap_or_default();
        let Some(first) = keys.next().transpose()? else {
            return Ok(None);
        };
        let last = keys.next_back().transpose()?.unwrap_or_else(|| first.clone());
        Ok(Some((number_of(first), number_of(last))))
    }

    /// How many keys begin with `prefix`.
    pub(crate) fn count(&self, prefix: &Key) -> Result<u64> {
        let mut count = 0;
        for pair in self.pairs(prefix) {
            pair?;
            count += 1;
        }
        Ok(count)
    }
}

/// The pairs of an iterator; if there is none, one error.
pub(super) fn entries(pairs: Result<sled::Iter>) -> impl DoubleEndedIterator<Item = Result<Pair>> {
    let (pairs, error) = match pairs {
        Ok(pairs) => (Some(pairs), None),
        Err(error) => (None, Some(Err(error))),
    };
    pairs.into_iter().flatten().map(|pair| Ok(pair?)).chain(error)
}
