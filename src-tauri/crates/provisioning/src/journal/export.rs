//! Taking the log along, in the formats that other tools read. Every format is one writer of
//! `export/`; this file walks the log once, in constant memory, shows how far it has come, and
//! gives the files their names when all of them are whole.

mod ecs;
mod graph;
mod har;
mod page;
mod tables;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

pub use graph::graph_shape;

use super::{Event, Journal, Query};
use crate::error::{Error, Result};
use crate::files::Staged;
use crate::store::{Key, Space};

/// A format of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Three files joined by change id, as Entra's download: events, steps, modified properties.
    Csv,
    /// The three files in one archive.
    CsvZip,
    /// One file: an event a row, its steps and its modified properties in a cell each.
    CsvSingle,
    /// One array in the shape of Graph's `provisioningObjectSummary`.
    Json,
    /// One stored event a line.
    JsonLines,
    /// HTTP Archive 1.2 of the requests; other events are left out.
    Har,
    /// JSON Lines in the Elastic Common Schema, for a SIEM.
    Ecs,
    /// A page to print.
    Html,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 8] = [
        Self::Csv,
        Self::CsvZip,
        Self::CsvSingle,
        Self::Json,
        Self::JsonLines,
        Self::Har,
        Self::Ecs,
        Self::Html,
    ];

    /// The ending of its files.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv | Self::CsvSingle => "csv",
            Self::CsvZip => "zip",
            Self::Json => "json",
            Self::JsonLines => "jsonl",
            Self::Har => "har",
            Self::Ecs => "ndjson",
            Self::Html => "html",
        }
    }

    /// Whether the oldest event comes first, as readers of the format expect.
    fn is_oldest_first(self) -> bool {
        matches!(self, Self::Har | Self::Ecs)
    }
}

/// What to export, and how.
#[derive(Debug, Clone)]
pub struct Export {
    /// Which events.
    pub query: Query,
    /// As what.
    pub format: Format,
    /// With pseudonyms instead of personal data ([`super::mask`]).
    pub masked: bool,
    /// CSV begins with a byte order mark, without which spreadsheets take UTF-8 for something else.
    pub byte_order_mark: bool,
}

impl Export {
    /// The events of `query` as they are stored.
    pub fn of(query: Query, format: Format) -> Self {
        Self {
            query,
            format,
            masked: false,
            byte_order_mark: true,
        }
    }
}

/// How far an export, or another walk through the log, has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Events looked at.
    pub looked: u64,
    /// Events there are to look at, at most.
    pub of: u64,
    /// Events that matched.
    pub found: u64,
}

/// Is shown the progress now and then, and may break off.
pub type Watch<'a> = &'a mut dyn FnMut(Progress) -> ControlFlow<()>;

/// A [`Watch`] that never breaks off.
pub fn unwatched(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// Events between two looks at the [`Watch`].
pub(super) const SHOWN_EVERY: u64 = 500;

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// The files.
    pub files: Vec<PathBuf>,
    /// Events, or rows of a report, in them.
    pub count: u64,
}

/// What writes one format.
trait Writer {
    /// Adds an event. Returns whether the format has a place for it.
    fn event(&mut self, event: &Event) -> Result<bool>;
    /// Ends the files and gives them their names.
    fn end(self: Box<Self>) -> Result<Vec<PathBuf>>;
}

impl Journal<'_> {
    /// Writes the events that match, newest first (HAR and ECS: oldest first), to `path`; the
    /// three files of CSV stand beside each other. Every file is whole or not there; what was at
    /// `path` before is replaced. Fails with [`Error::Cancelled`] when `watch` breaks off: then
    /// nothing was written.
    pub fn export(&self, export: &Export, path: &Path, watch: Watch<'_>) -> Result<Exported> {
        let Some((first, last)) = self.store.ends(&Key::all(Space::Event))? else {
            let files = self.writer(export, path)?.end()?;
            return Ok(Exported { files, count: 0 });
        };
        let mut writer = self.writer(export, path)?;
        let mask = export.masked.then(|| self.mask()).transpose()?;
        let mut progress = Progress {
            looked: 0,
            of: last.saturating_sub(first) + 1,
            found: 0,
        };
        for event in self.walk(&export.query, export.format.is_oldest_first(), last) {
            let event = event?;
            progress.looked += 1;
            if progress.looked.is_multiple_of(SHOWN_EVERY) && watch(progress).is_break() {
                return Err(Error::Cancelled);
            }
            if !export.query.matches(&event) {
                continue;
            }
            let event = match &mask {
                Some(mask) => mask.event(&event),
                None => event,
            };
            progress.found += u64::from(writer.event(&event)?);
        }
        if watch(progress).is_break() {
            return Err(Error::Cancelled);
        }
        Ok(Exported {
            files: writer.end()?,
            count: progress.found,
        })
    }

    /// The events up to number `last` that a query need look at.
    fn walk<'q>(
        &self,
        query: &'q Query,
        oldest_first: bool,
        last: u64,
    ) -> Box<dyn Iterator<Item = Result<Event>> + 'q> {
        let end = last.saturating_add(1);
        if oldest_first {
            return Box::new(self.oldest_first(end));
        }
        Box::new(self.needed(query, Some(end)))
    }

    fn writer(&self, export: &Export, path: &Path) -> Result<Box<dyn Writer>> {
        let bom = export.byte_order_mark;
        Ok(match export.format {
            Format::Csv => Box::new(tables::Three::beside(path, bom)?),
            Format::CsvZip => Box::new(tables::Zipped::at(path, bom)?),
            Format::CsvSingle => Box::new(tables::Single::at(path, bom)?),
            Format::Json => Box::new(graph::Array::at(path, self.tenant()?)?),
            Format::JsonLines => Box::new(Lines(Staged::beside(path)?, Event::clone)),
            Format::Har => Box::new(har::Archive::at(path)?),
            Format::Ecs => Box::new(ecs::lines(path, self.tenant()?)?),
            Format::Html => Box::new(page::Page::at(path, self.now)?),
        })
    }

    fn tenant(&self) -> Result<String> {
        let key = Key::named(Space::Meta, "tenant");
        Ok(self.store.get(&key)?.unwrap_or_default())
    }
}

/// One value a line.
struct Lines<F>(Staged, F);

impl<T: serde::Serialize, F: Fn(&Event) -> T> Writer for Lines<F> {
    fn event(&mut self, event: &Event) -> Result<bool> {
        self.0.put_json(&(self.1)(event))?;
        self.0.put("\n")?;
        Ok(true)
    }

    fn end(self: Box<Self>) -> Result<Vec<PathBuf>> {
        Ok(vec![self.0.keep()?])
    }
}
