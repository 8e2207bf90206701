//! Walking along the chain.

use std::collections::BTreeSet;
use std::fmt;
use std::iter::Peekable;

use data_encoding::HEXLOWER;

use super::{BEGINNING, Edge, Hash, Link, Place, digest, edge_of, head_key};
use crate::error::{Error, Result};
use crate::journal::Journal;
use crate::journal::export::{Progress, SHOWN_EVERY, Watch};
use crate::store::{Key, Space, Store, number};

/// Findings that are told one by one; the others are counted.
const TOLD: usize = 100;

/// A head that was noted earlier: `1234:9f3a…`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    link: u64,
    hash: String,
}

impl std::str::FromStr for Anchor {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let parts = text.trim().split_once(':');
        let read = parts.and_then(|(link, hash)| {
            let is_hash = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
            Some(Self {
                link: link.parse().ok()?,
                hash: is_hash.then(|| hash.to_ascii_lowercase())?,
            })
        });
        read.ok_or_else(|| {
            Error::invalid(
                "head",
                format!("\"{text}\" is no head of the log. Write it as \"scim-desk logs verify\" printed it: a number, a colon and 64 letters and digits."),
            )
        })
    }
}

/// Something that is not as the chain says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finding {
    /// The event is another than was stored.
    Altered(u64),
    /// The event is gone.
    Missing(u64),
    /// The event has no link.
    Added(u64),
    /// The link was altered, or one before it is missing.
    Broken(u64),
    /// The chain does not reach as far as it did.
    Shortened,
    /// The head that was noted is not part of the chain.
    NotAnchored(u64),
    /// The head that was noted lies before retention's edge.
    AnchorRemoved(u64),
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Altered(event) => write!(f, "Event {event} was altered after it was stored."),
            Self::Missing(event) => write!(f, "Event {event} was removed."),
            Self::Added(event) => write!(f, "Event {event} was added past the chain."),
            Self::Broken(link) => write!(
                f,
                "Link {link} of the chain was altered, or the one before it was removed."
            ),
            Self::Shortened => f.write_str("The newest links of the chain were removed."),
            Self::NotAnchored(link) => write!(
                f,
                "The head with the number {link} that you noted is not part of the chain: the log was written anew since."
            ),
            Self::AnchorRemoved(link) => write!(
                f,
                "The head with the number {link} that you noted is older than the oldest event that the log keeps; nothing can be said about it."
            ),
        }
    }
}

/// What a walk along the chain found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    /// Events that were compared with the chain.
    pub events: u64,
    /// Events up to this number were removed by the limits of the log, or recorded before there
    /// was a chain.
    pub through: u64,
    /// Of those, how many are still stored: nothing can be said about them.
    pub unchained: u64,
    /// The newest link and its hash, `1234:9f3a…`; blank where there is none.
    pub head: String,
    /// What is not as it was, the first hundred.
    pub findings: Vec<Finding>,
    /// Findings beyond those.
    pub more: u64,
}

impl Verified {
    /// Whether every event is as it was stored, and none is missing.
    pub fn is_whole(&self) -> bool {
        self.findings.is_empty()
    }
}

impl Journal<'_> {
    /// Compares every event with the chain, and the chain with itself; with `anchor` also with a
    /// head that was noted. Others may write meanwhile. Fails with [`Error::Cancelled`] when
    /// `watch` breaks off.
    pub fn verify(&self, anchor: Option<&Anchor>, watch: Watch<'_>) -> Result<Verified> {
        let Some(edge) = edge_of(self.store)? else {
            let findings = anchor.map(|anchor| Finding::NotAnchored(anchor.link));
            return Ok(Verified {
                unchained: self.count()?,
                findings: findings.into_iter().collect(),
                ..Verified::default()
            });
        };
        let mut walk = ChainWalk::from(edge, anchor)?;
        let last = self.store.ends(&Key::all(Space::Event))?;
        let of = last.map_or(0, |(_, last)| last.saturating_sub(walk.edge.through));
        walk.along(self.store, |looked| {
            watch(Progress { looked, of, found: 0 }).is_continue()
        })?;
        // The last steps alone: what was written since, and nothing more is.
        self.store.look(|_| {
            walk.along(self.store, |_| true)?;
            walk.end(self.store)
        })?;
        walk.verified(self.store)
    }
}

type Entries = Box<dyn Iterator<Item = Result<(Vec<u8>, Vec<u8>)>>>;

struct ChainWalk<'a> {
    edge: Edge,
    anchor: Option<&'a Anchor>,
    /// The link that comes next, and the hash of the one before.
    next_link: u64,
    hash: Hash,
    /// The event that the next new number belongs to.
    next_event: u64,
    /// Events that are not as their newest link so far says.
    differing: BTreeSet<u64>,
    findings: BTreeSet<Finding>,
    is_anchored: bool,
}

impl<'a> ChainWalk<'a> {
    fn from(edge: Edge, anchor: Option<&'a Anchor>) -> Result<Self> {
        let hash = if edge.place.link == 0 {
            BEGINNING
        } else {
            edge.place.hash()?
        };
        let is_anchored =
            anchor.is_some_and(|anchor| anchor.link == edge.place.link && anchor.hash == edge.place.hash);
        Ok(Self {
            next_link: edge.place.link + 1,
            next_event: edge.through + 1,
            edge,
            anchor,
            hash,
            differing: BTreeSet::new(),
            findings: BTreeSet::new(),
            is_anchored,
        })
    }

    /// Follows the links from the next one on, as long as `goes_on` is told how many events were
    /// looked at and wants more.
    fn along(&mut self, store: &Store, mut goes_on: impl FnMut(u64) -> bool) -> Result<()> {
        let links = store.raw_from(&Key::all(Space::Link), self.next_link);
        let events: Entries = Box::new(store.raw_from(&Key::all(Space::Event), self.next_event));
        let mut events = events.peekable();
        for entry in links {
            let (rest, value) = entry?;
            let place = number(&rest).unwrap_or_default();
            self.link(store, place, &value, &mut events)?;
            if place.is_multiple_of(SHOWN_EVERY) && !goes_on(self.next_event - self.edge.through - 1) {
                return Err(Error::Cancelled);
            }
        }
        Ok(())
    }

    fn link(
        &mut self,
        store: &Store,
        place: u64,
        value: &[u8],
        events: &mut Peekable<Entries>,
    ) -> Result<()> {
        let Some(link) = Link::read(value) else {
            self.findings.insert(Finding::Broken(place));
            self.next_link = place + 1;
            return Ok(());
        };
        let expected = Link::new(place, link.event, link.digest, &self.hash);
        if place != self.next_link || expected.hash != link.hash {
            self.findings.insert(Finding::Broken(place));
        }
        self.next_link = place + 1;
        self.hash = link.hash;
        if let Some(anchor) = self.anchor
            && anchor.link == place
        {
            self.is_anchored = anchor.hash == HEXLOWER.encode(&link.hash);
        }
        if link.event >= self.next_event {
            return self.new_event(link, events);
        }
        let stored = store.bytes(&Key::numbered(Space::Event, link.event))?;
        if let Some(bytes) = stored {
            self.compare(link, bytes.as_ref());
        }
        Ok(())
    }

    /// The next number, and what is stored under it.
    fn new_event(&mut self, link: Link, events: &mut Peekable<Entries>) -> Result<()> {
        // Numbers that no link tells of: a link is missing, which is found anyway.
        self.next_event = link.event + 1;
        while let Some(entry) = events.peek() {
            let stored = match entry {
                Ok((rest, _)) => number(rest).unwrap_or_default(),
                Err(_) => link.event,
            };
            if stored > link.event {
                break;
            }
            let Some(entry) = events.next() else { break };
            let (_, bytes) = entry?;
            if stored == link.event {
                self.compare(link, &bytes);
                return Ok(());
            }
            self.findings.insert(Finding::Added(stored));
        }
        self.findings.insert(Finding::Missing(link.event));
        Ok(())
    }

    fn compare(&mut self, link: Link, bytes: &[u8]) {
        if digest(bytes) == link.digest {
            self.differing.remove(&link.event);
        } else {
            self.differing.insert(link.event);
        }
    }

    /// The chain ends where it says, and no event comes after it. What retention has removed
    /// meanwhile is no finding.
    fn end(&mut self, store: &Store) -> Result<()> {
        let head: Option<Place> = store.get(&head_key())?;
        let reached = Place {
            link: self.next_link - 1,
            hash: HEXLOWER.encode(&self.hash),
        };
        if head.as_ref() != Some(&reached) && head.is_none_or(|head| head.link != self.edge.place.link) {
            self.findings.insert(Finding::Shortened);
        }
        for entry in store.raw_from(&Key::all(Space::Event), self.next_event) {
            let (rest, _) = entry?;
            self.findings
                .insert(Finding::Added(number(&rest).unwrap_or_default()));
        }
        let through = edge_of(store)?.map_or(0, |edge| edge.through);
        self.differing.retain(|event| *event > through);
        self.findings
            .retain(|finding| !matches!(finding, Finding::Missing(event) if *event <= through));
        self.findings
            .extend(self.differing.iter().copied().map(Finding::Altered));
        if let Some(anchor) = self.anchor
            && !self.is_anchored
        {
            self.findings.insert(if anchor.link < self.edge.place.link {
                Finding::AnchorRemoved(anchor.link)
            } else {
                Finding::NotAnchored(anchor.link)
            });
        }
        Ok(())
    }

    fn verified(self, store: &Store) -> Result<Verified> {
        let first = store.ends(&Key::all(Space::Event))?.map(|(first, _)| first);
        let unchained = first.map_or(0, |first| (self.edge.through + 1).saturating_sub(first));
        let more = self.findings.len().saturating_sub(TOLD);
        Ok(Verified {
            events: self.next_event - self.edge.through - 1,
            through: self.edge.through,
            unchained,
            head: format!("{}:{}", self.next_link - 1, HEXLOWER.encode(&self.hash)),
            findings: self.findings.into_iter().take(TOLD).collect(),
            more: more as u64,
        })
    }
}
