//! What can still be read of a store that sled does not open.
//!
//! sled 0.34 gives up a whole log for one damaged page. Its format is simple, and frozen by now: a
//! file of segments; in each a beginning with its place in the order of writing, then messages, each
//! with a checksum: a page as a whole, a change of a page, or that it is no longer used. So every
//! message that is whole is read, put in order, and the pages are made of them. A page whose
//! newest form is damaged comes out as an older form of it: what was removed since may be back, and
//! what was changed may be as it was.
//!
//! All of it is held in memory at once. Nothing is written.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::opening::{self, FOLDER};
use crate::error::{Error, Result};

/// Bytes of a segment.
const SEGMENT: usize = 512 * 1024;
/// Bytes that a segment begins with, before its messages.
const BEGINNING: usize = 20;
/// No message begins where a segment has fewer bytes left.
const LONGEST_HEADER: usize = 32;

/// What was found.
pub(crate) struct Salvaged {
    /// Keys, as they are stored, and values.
    pub(crate) pairs: BTreeMap<Vec<u8>, Vec<u8>>,
    /// Segments and pages that could not be read whole.
    pub(crate) damaged: u64,
}

/// Reads the store in `dir`, which is locked meanwhile.
pub(crate) fn salvage(dir: &Path) -> Result<Salvaged> {
    let _lock = opening::lock_directory(dir)?;
    let log = dir.join(FOLDER).join("db");
    let bytes = fs::read(&log).map_err(|reason| Error::File {
        path: log,
        doing: "read",
        reason,
    })?;
    let (mut messages, mut damaged) = (Vec::new(), 0);
    let segments: Vec<Segment<'_>> = bytes.chunks(SEGMENT).map(Segment::read).collect();
    let newest = segments.iter().filter_map(|segment| segment.number).max();
    for segment in segments {
        // The newest one is still being written, and has no end.
        let may_end = segment.is_ended || (segment.number.is_some() && segment.number == newest);
        damaged += u64::from(!segment.is_unused && (segment.is_torn || !may_end));
        messages.extend(segment.messages);
    }
    messages.sort_unstable_by_key(|message| message.lsn);
    let mut pages = Pages {
        blobs: dir.join(FOLDER).join("blobs"),
        known: HashMap::new(),
        incomplete: HashSet::new(),
    };
    for message in messages {
        if pages.take(&message).is_none() {
            pages.incomplete.insert(message.page);
        }
    }
    damaged += pages.incomplete.len() as u64;
    Ok(Salvaged {
        pairs: pages.into_pairs(),
        damaged,
    })
}

/// One segment's messages.
struct Segment<'a> {
    /// Its place in the order of writing.
    number: Option<u64>,
    messages: Vec<Message<'a>>,
    /// Its beginning is damaged, or something before its last message is.
    is_torn: bool,
    /// It was read to its end.
    is_ended: bool,
    /// There is nothing in it.
    is_unused: bool,
}

/// One message of the log.
struct Message<'a> {
    /// Its place in the order of writing.
    lsn: u64,
    page: u64,
    kind: u8,
    body: &'a [u8],
}

const CAP: u8 = 2;
const FREE: u8 = 4;
const NODE: u8 = 8;
const BLOB_NODE: u8 = 9;
const LINK: u8 = 10;
const BLOB_LINK: u8 = 11;

impl<'a> Segment<'a> {
    fn read(bytes: &'a [u8]) -> Self {
        let mut number = number_of(bytes);
        let mut segment = Self {
            number,
            messages: Vec::new(),
            is_torn: number.is_none(),
            is_ended: false,
            is_unused: bytes.iter().all(|byte| *byte == 0),
        };
        let mut at = BEGINNING;
        let mut has_gap = false;
        while at + LONGEST_HEADER <= bytes.len() && !segment.is_unused {
            let Some((message, belongs_to, length)) = message_at(bytes, at, number) else {
                has_gap = true;
                at += 1;
                continue;
            };
            number = Some(belongs_to);
            segment.is_torn |= has_gap;
            if message.kind == CAP {
                segment.is_ended = true;
                break;
            }
            segment.messages.push(message);
            at += length;
        }
        segment.number = number;
        segment.is_ended |= !has_gap;
        segment
    }
}

/// The number that a segment begins with, if its beginning is whole.
fn number_of(bytes: &[u8]) -> Option<u64> {
    let beginning = bytes.get(..BEGINNING)?;
    let (hash, rest) = beginning.split_first_chunk::<4>()?;
    let lsn = u64::from_le_bytes(*rest.first_chunk()?) ^ (u64::MAX >> 1);
    (u32::from_le_bytes(*hash) == !crc32fast::hash(rest)).then_some(lsn / SEGMENT as u64)
}

/// The message at a place of a segment, if there is a whole one; the number of the segment that
/// it says it is in, which is `expected` if that is known; and its length.
fn message_at(bytes: &[u8], at: usize, expected: Option<u64>) -> Option<(Message<'_>, u64, usize)> {
    let mut rest = Reader(bytes.get(at..)?);
    let hash = u32::from_le_bytes(*rest.take(4)?.first_chunk()?);
    let kind = rest.byte()?;
    let length = usize::try_from(rest.number()?).ok()?;
    let number = rest.number()?;
    let page = rest.number()?;
    let header = bytes.len() - at - rest.0.len();
    if kind == 0 || kind > BLOB_LINK || expected.is_some_and(|expected| expected != number) {
        return None;
    }
    let body = rest.take(length)?;
    let head = bytes.get(at + 4..at + header)?;
    let mut sum = crc32fast::Hasher::new();
    sum.update(body);
    sum.update(head);
    if hash != !sum.finalize() {
        return None;
    }
    let message = Message {
        lsn: number.checked_mul(SEGMENT as u64)?.checked_add(at as u64)?,
        page,
        kind,
        body,
    };
    Some((message, number, header + length))
}

/// A page of the tree.
enum Page {
    /// It holds records.
    Leaf(Leaf),
    /// It leads to other pages.
    Index,
}

/// A page that holds records.
struct Leaf {
    /// What all its keys begin with.
    prefix: Vec<u8>,
    /// The rest of each key → when it was written, and the value.
    records: BTreeMap<Vec<u8>, (u64, Vec<u8>)>,
}

/// The pages, as far as the messages have made them.
struct Pages {
    blobs: PathBuf,
    known: HashMap<u64, Page>,
    /// Pages of which a message could not be used, since they last came as a whole.
    incomplete: HashSet<u64>,
}

impl Pages {
    /// Takes the next message. `None` if it cannot be used.
    fn take(&mut self, message: &Message<'_>) -> Option<()> {
        match message.kind {
            NODE => self.replace(message, message.body)?,
            BLOB_NODE => {
                let body = self.blob(message.body)?;
                self.replace(message, &body)?;
            }
            LINK => self.change(message, message.body)?,
            BLOB_LINK => {
                let body = self.blob(message.body)?;
                self.change(message, &body)?;
            }
            FREE => {
                self.known.remove(&message.page);
                self.incomplete.remove(&message.page);
            }
            _ => {}
        }
        Some(())
    }

    /// What was too long for the log, and is in a file of its own. One that was replaced since is
    /// gone, and no loss: that is seen when the page comes as a whole later.
    fn blob(&self, pointer: &[u8]) -> Option<Vec<u8>> {
        let id = i64::from_le_bytes(*pointer.first_chunk()?);
        let bytes = fs::read(self.blobs.join(id.to_string())).ok()?;
        let (hash, rest) = bytes.split_first_chunk::<4>()?;
        if u32::from_le_bytes(*hash) != crc32fast::hash(rest) {
            return None;
        }
        Some(rest.get(1..)?.to_vec())
    }

    fn replace(&mut self, message: &Message<'_>, body: &[u8]) -> Option<()> {
        self.known.insert(message.page, page_of(body, message.lsn)?);
        self.incomplete.remove(&message.page);
        Some(())
    }

    fn change(&mut self, message: &Message<'_>, body: &[u8]) -> Option<()> {
        let mut rest = Reader(body);
        let what = rest.byte()?;
        if what > 1 {
            // Pages that are merged: their records come with a page as a whole.
            return Some(());
        }
        let key = rest.text()?.to_vec();
        let Page::Leaf(leaf) = self.known.get_mut(&message.page)? else {
            return None;
        };
        if what == 0 {
            leaf.records.insert(key, (message.lsn, rest.text()?.to_vec()));
        } else {
            leaf.records.remove(&key);
        }
        Some(())
    }

    /// All records; of two under one key, the newer.
    fn into_pairs(self) -> BTreeMap<Vec<u8>, Vec<u8>> {
        let mut newest: BTreeMap<Vec<u8>, (u64, Vec<u8>)> = BTreeMap::new();
        for page in self.known.into_values() {
            let Page::Leaf(leaf) = page else { continue };
            for (rest, (lsn, value)) in leaf.records {
                let key = [leaf.prefix.as_slice(), rest.as_slice()].concat();
                if newest.get(&key).is_none_or(|(before, _)| *before < lsn) {
                    newest.insert(key, (lsn, value));
                }
            }
        }
        newest.into_iter().map(|(key, (_, value))| (key, value)).collect()
    }
}

/// A page as a whole, if it can be read.
fn page_of(body: &[u8], lsn: u64) -> Option<Page> {
    let mut rest = Reader(body);
    rest.number()?; // the next page
    rest.number()?; // the page that is being merged into it
    rest.byte()?; // whether it is being merged itself
    let prefix = usize::from(rest.byte()?);
    let prefix = rest.text()?.get(..prefix)?.to_vec();
    rest.text()?; // where it ends
    if rest.byte()? != 0 {
        return Some(Page::Index);
    }
    let count = rest.number()?;
    let mut keys = Vec::new();
    for _ in 0..count {
        keys.push(rest.text()?.to_vec());
    }
    let mut records = BTreeMap::new();
    for key in keys {
        records.insert(key, (lsn, rest.text()?.to_vec()));
    }
    Some(Page::Leaf(Leaf { prefix, records }))
}

/// What is left to read.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    /// A number of one to nine bytes.
    fn number(&mut self) -> Option<u64> {
        let first = self.byte()?;
        Some(match first {
            0..=240 => first.into(),
            241..=248 => 240 + 256 * (u64::from(first) - 241) + u64::from(self.byte()?),
            249 => 2_288 + 256 * u64::from(self.byte()?) + u64::from(self.byte()?),
            _ => {
                let mut bytes = [0; 8];
                let count = usize::from(first) - 247;
                bytes.get_mut(..count)?.copy_from_slice(self.take(count)?);
                u64::from_le_bytes(bytes)
            }
        })
    }

    /// Bytes after their number.
    fn text(&mut self) -> Option<&'a [u8]> {
        let length = self.number()?;
        self.take(usize::try_from(length).ok()?)
    }
}

#[cfg(test)]
mod tests;
