//! The ids of a space in memory, in the order of the keys, so that any page of it is found and
//! all of it counted without a walk over what lies before.
//!
//! An id is a UUID, so 100,000 of them take 1.6 MB. The list is made when it is first asked for
//! and from then on kept in step in the turn that writes: whoever asks afterwards sees what the
//! store holds.

use std::ops::Bound;
use std::sync::{Arc, Mutex};

use uuid::Uuid;

use super::{Key, Space};
use crate::clock::lock;
use crate::error::Result;

/// The lists of one open store.
#[derive(Default)]
pub(super) struct Ids {
    users: Mutex<List>,
    groups: Mutex<List>,
}

/// What is known about one space.
#[derive(Clone, Default)]
enum List {
    /// Nobody has asked yet.
    #[default]
    Unread,
    /// There is an id that is no UUID as this server writes it, so the keys have to be asked.
    Odd,
    /// All of them, in order. Readers share it; a writer copies it only while one of them reads.
    Known(Arc<Vec<Uuid>>),
}

impl Ids {
    fn of(&self, space: Space) -> Option<&Mutex<List>> {
        match space {
            Space::User => Some(&self.users),
            Space::Group => Some(&self.groups),
            _ => None,
        }
    }

    /// Nothing is known any more: the store was opened again.
    pub(super) fn forget(&self) {
        *lock(&self.users) = List::Unread;
        *lock(&self.groups) = List::Unread;
    }

    /// What is known about `space`.
    fn known(&self, space: Space) -> List {
        self.of(space).map_or(List::Odd, |list| lock(list).clone())
    }

    /// Reads all of them; call it while nobody writes. `ids` may come in any order.
    pub(super) fn read(&self, space: Space, ids: impl Iterator<Item = Result<String>>) -> Result<()> {
        let Some(list) = self.of(space) else {
            return Ok(());
        };
        let mut all = Vec::new();
        let mut is_odd = false;
        for id in ids {
            match exact(&id?) {
                Some(id) => all.push(id),
                None => is_odd = true,
            }
        }
        all.sort_unstable();
        all.dedup();
        *lock(list) = if is_odd {
            List::Odd
        } else {
            List::Known(Arc::new(all))
        };
        Ok(())
    }

    /// Follows a change that was applied: `key` is there now or is not.
    pub(super) fn follow(&self, key: &[u8], is_there: bool) {
        let Some((space, id)) = key.split_first() else {
            return;
        };
        let space = [Space::User, Space::Group]
            .into_iter()
            .find(|known| *known as u8 == *space);
        let Some(list) = space.and_then(|space| self.of(space)) else {
            return;
        };
        let mut list = lock(list);
        let List::Known(ids) = &mut *list else {
            return;
        };
        let Some(id) = std::str::from_utf8(id).ok().and_then(exact) else {
            *list = List::Odd;
            return;
        };
        match (ids.binary_search(&id), is_there) {
            (Err(place), true) => Arc::make_mut(ids).insert(place, id),
            (Ok(place), false) => {
                Arc::make_mut(ids).remove(place);
            }
            _ => {}
        }
    }
}

/// The key's order is the UUID's only if it is written in one way.
fn exact(id: &str) -> Option<Uuid> {
    let uuid = Uuid::try_parse(id).ok()?;
    let mut buffer = Uuid::encode_buffer();
    (*uuid.hyphenated().encode_lower(&mut buffer) == *id).then_some(uuid)
}

impl super::Store {
    /// The ids of the users or groups there are, in order; `None` if they are not all UUIDs.
    /// They are as old as the call: what is read by them may be gone by then.
    pub(crate) fn ids(&self, space: Space) -> Result<Option<Arc<Vec<Uuid>>>> {
        if let List::Unread = self.ids.known(space) {
            let _turn = lock(&self.writer);
            if let List::Unread = self.ids.known(space) {
                self.ids.read(space, self.keys(&Key::all(space)))?;
            }
        }
        match self.ids.known(space) {
            List::Known(ids) => Ok(Some(ids)),
            List::Unread | List::Odd => Ok(None),
        }
    }

    /// Shows `look` every record of `space` in key order, as it is stored: those before the key
    /// `middle` if `of_second` is false, else that one and those after it; all, and then none, if
    /// there is no middle.
    pub(crate) fn each(
        &self,
        space: Space,
        middle: Option<&Key>,
        of_second: bool,
        mut look: impl FnMut(&[u8]) -> Result<()>,
    ) -> Result<()> {
        let first = Key::all(space).bytes().to_vec();
        let end = Bound::Excluded(vec![(space as u8).saturating_add(1)]);
        let range = match (middle.map(|key| key.bytes().to_vec()), of_second) {
            (None, true) => return Ok(()),
            (None, false) => (Bound::Included(first), end),
            (Some(middle), false) => (Bound::Included(first), Bound::Excluded(middle)),
            (Some(middle), true) => (Bound::Included(middle), end),
        };
        for pair in super::reading::entries(self.tree.with(|tree| Ok(tree.range::<Vec<u8>, _>(range)))) {
            look(&pair?.1)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    /// Whatever is put and removed, the list is the keys.
    #[test]
    fn the_list_is_the_keys() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        let id = |number: u128| Uuid::from_u128(number << 64 | 0x7000).to_string();
        let key = |number| Key::named(Space::User, &id(number));
        let agree = |store: &Store| {
            let keys: Vec<String> = store.keys(&Key::all(Space::User)).map(Result::unwrap).collect();
            let ids = store.ids(Space::User).unwrap().unwrap();
            assert_eq!(ids.iter().map(Uuid::to_string).collect::<Vec<_>>(), keys);
        };
        store
            .write(|turn| [5, 3, 9].into_iter().try_for_each(|n| turn.put(&key(n), &n)))
            .unwrap();
        agree(&store);
        for (number, is_there) in [
            (7, true),
            (3, false),
            (7, true),
            (4, false),
            (1, true),
            (9, false),
            (9, true),
        ] {
            store
                .write(|turn| {
                    if is_there {
                        turn.put(&key(number), &number)
                    } else {
                        turn.remove(&key(number));
                        Ok(())
                    }
                })
                .unwrap();
            agree(&store);
        }
        let failed: Result<()> = store.write(|turn| {
            turn.put(&key(8), &8)?;
            Err(crate::error::Error::NoToken)
        });
        assert!(failed.is_err());
        agree(&store);
    }

    #[test]
    fn an_id_of_another_kind_makes_the_keys_count() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        assert!(store.ids(Space::Group).unwrap().is_some());
        store
            .write(|turn| turn.put(&Key::named(Space::Group, "sales"), &1))
            .unwrap();
        assert!(store.ids(Space::Group).unwrap().is_none());
        assert!(store.ids(Space::User).unwrap().is_some());
    }
}
