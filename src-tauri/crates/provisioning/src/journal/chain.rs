//! The chain of hashes by which one can tell that no event was altered or removed.
//!
//! Every time an event is stored, be it a draft, its completion or an event that is complete at
//! once, a *link* is stored with it, in the same turn: the number of the event, the SHA-256 of its
//! bytes, and a hash of both with the hash of the link before. So an event is as its last link
//! says, every number has a link, and no link can be changed or left out without all that come
//! after it. Retention moves the *edge*: what it removes is gone from the log and the chain, and
//! the chain goes on from the hash that the last removed link had.
//!
//! Whoever can write the store can also make a new chain; therefore the [head](Verified::head) can
//! be noted elsewhere and asked for later. See `decisions/0023-hash-chain.md`.

mod verify;

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use verify::{Anchor, Finding, Verified};

use crate::error::{Error, Result};
use crate::store::{Key, Space, Store, Transaction, number};

/// A SHA-256.
type Hash = [u8; 32];

/// What the first link is chained to.
const BEGINNING: Hash = [0; 32];

/// One link, as it is stored: 8 bytes, and twice 32.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Link {
    event: u64,
    digest: Hash,
    hash: Hash,
}

impl Link {
    /// The link numbered `place` after one whose hash is `before`.
    fn new(place: u64, event: u64, digest: Hash, before: &Hash) -> Self {
        let hash = Sha256::new()
            .chain_update(before)
            .chain_update(place.to_be_bytes())
            .chain_update(event.to_be_bytes())
            .chain_update(digest)
            .finalize();
        Self {
            event,
            digest,
            hash: hash.into(),
        }
    }

    fn to_bytes(self) -> Vec<u8> {
        [&self.event.to_be_bytes()[..], &self.digest, &self.hash].concat()
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let (event, rest) = bytes.split_first_chunk::<8>()?;
        let (digest, rest) = rest.split_first_chunk::<32>()?;
        Some(Self {
            event: u64::from_be_bytes(*event),
            digest: *digest,
            hash: rest.try_into().ok()?,
        })
    }
}

/// A place in the chain: the number of a link, from 1 on, and its hash in hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Place {
    link: u64,
    hash: String,
}

impl Place {
    fn hash(&self) -> Result<Hash> {
        let decoded = HEXLOWER.decode(self.hash.as_bytes()).ok();
        decoded
            .and_then(|bytes| bytes.try_into().ok())
            .ok_or_else(|| Error::damaged("end of the log's chain", &self.hash))
    }
}

/// What is before the chain as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Edge {
    /// Events up to this number were removed, or recorded before there was a chain.
    through: u64,
    /// The last link that was removed.
    place: Place,
}

fn head_key() -> Key {
    Key::named(Space::Meta, "log chain")
}

fn edge_key() -> Key {
    Key::named(Space::Meta, "log chain edge")
}

fn digest(bytes: &[u8]) -> Hash {
    Sha256::digest(bytes).into()
}

/// The hashing of several events in one turn: the head is read and put once.
pub(super) struct Chaining {
    place: u64,
    hash: Hash,
}

impl Chaining {
    /// Goes on from the head. `last_event` is the newest event so far: where there is no chain
    /// yet, it begins after that one.
    pub(super) fn begin(turn: &mut Transaction<'_>, last_event: u64) -> Result<Self> {
        if let Some(head) = turn.get::<Place>(&head_key())? {
            return Ok(Self {
                place: head.link,
                hash: head.hash()?,
            });
        }
        let edge = Edge {
            through: last_event,
            place: Place {
                link: 0,
                hash: HEXLOWER.encode(&BEGINNING),
            },
        };
        turn.put(&edge_key(), &edge)?;
        Ok(Self {
            place: 0,
            hash: BEGINNING,
        })
    }

    /// Adds the link of an event whose stored bytes have this digest.
    pub(super) fn add(&mut self, turn: &mut Transaction<'_>, event: u64, digest: Hash) {
        self.place += 1;
        let link = Link::new(self.place, event, digest, &self.hash);
        self.hash = link.hash;
        turn.put_raw(&Key::numbered(Space::Link, self.place), link.to_bytes());
    }

    /// Puts the new head.
    pub(super) fn end(self, turn: &mut Transaction<'_>) -> Result<()> {
        let head = Place {
            link: self.place,
            hash: HEXLOWER.encode(&self.hash),
        };
        turn.put(&head_key(), &head)
    }
}

/// Adds the link of one event, as part of the turn that puts it.
pub(super) fn link(turn: &mut Transaction<'_>, last_event: u64, event: u64, bytes: &[u8]) -> Result<()> {
    let mut chaining = Chaining::begin(turn, last_event)?;
    chaining.add(turn, event, digest(bytes));
    chaining.end(turn)
}

/// The SHA-256 of an event's stored bytes.
pub(super) fn digest_of(bytes: &[u8]) -> Hash {
    digest(bytes)
}

/// Events up to `through` are removed by this turn: the chain begins after them. A completion of
/// one of them that comes later in the chain stays where it is, for nobody to miss.
pub(super) fn cut(turn: &mut Transaction<'_>, through: u64) -> Result<u64> {
    let Some(mut edge) = turn.get::<Edge>(&edge_key())? else {
        return Ok(0);
    };
    let (store, mut bytes) = (turn.before(), 0);
    for entry in store.raw(&Key::all(Space::Link)) {
        let (rest, value) = entry?;
        let (Some(place), Some(link)) = (number(&rest), Link::read(&value)) else {
            break;
        };
        if link.event > through {
            break;
        }
        bytes += (rest.len() + value.len()) as u64;
        turn.remove(&Key::numbered(Space::Link, place));
        edge.place = Place {
            link: place,
            hash: HEXLOWER.encode(&link.hash),
        };
    }
    edge.through = edge.through.max(through);
    turn.put(&edge_key(), &edge)?;
    Ok(bytes)
}

fn edge_of(store: &Store) -> Result<Option<Edge>> {
    store.get(&edge_key())
}

#[cfg(test)]
mod tests;
