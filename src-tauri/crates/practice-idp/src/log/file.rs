//! The log in a file, a row a line. It grows at its end; rows older than thirty days go.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};

use super::{Entry, Filter};

/// How long a row is kept, in days: Entra's retention with a premium licence.
const RETENTION_DAYS: i64 = 30;

/// The log cannot be read or written.
#[derive(Debug, thiserror::Error)]
#[error("The provisioning log {} cannot be {doing}: {reason}. Check the disk and who may use the file.", .path.display())]
pub struct LogError {
    path: PathBuf,
    doing: &'static str,
    reason: io::Error,
}

/// The log's file, and where in it each row begins.
#[derive(Debug)]
pub struct LogFile {
    path: PathBuf,
    /// Where rows begin, oldest first.
    offsets: Vec<u64>,
    /// Where the next row begins.
    end: u64,
    writer: Option<BufWriter<File>>,
}

impl LogFile {
    /// Opens the log at `path`; one that is not there is empty. A last line that was cut short is no row.
    pub fn open(path: &Path) -> Result<Self, LogError> {
        let mut log = Self {
            path: path.to_owned(),
            offsets: Vec::new(),
            end: 0,
            writer: None,
        };
        log.index().map_err(|reason| log.error("read", reason))?;
        Ok(log)
    }

    fn index(&mut self) -> io::Result<()> {
        let file = match File::open(&self.path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error),
        };
        let (mut reader, mut line) = (BufReader::new(file), Vec::new());
        loop {
            line.clear();
            let length = reader.read_until(b'\n', &mut line)? as u64;
            if line.last() != Some(&b'\n') {
                return Ok(());
            }
            self.offsets.push(self.end);
            self.end += length;
        }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.offsets.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.offsets.is_empty()
    }

    /// Adds a row. It is on disk once [`LogFile::flush`] has returned.
    pub fn append(&mut self, entry: &Entry) -> Result<(), LogError> {
        let written = self.try_append(entry);
        written.map_err(|reason| self.error("written", reason))
    }

    fn try_append(&mut self, entry: &Entry) -> io::Result<()> {
        let mut line = serde_json::to_vec(entry)?;
        line.push(b'\n');
        if self.writer.is_none() {
            let mut file = OpenOptions::new()
                .create(true)
                .write(true)
                .truncate(false)
                .open(&self.path)?;
            // Behind the last whole row: what was cut short is written over.
            file.set_len(self.end)?;
            file.seek(SeekFrom::Start(self.end))?;
            self.writer = Some(BufWriter::new(file));
        }
        if let Some(writer) = &mut self.writer {
            writer.write_all(&line)?;
        }
        self.offsets.push(self.end);
        self.end += line.len() as u64;
        Ok(())
    }

    /// Puts on disk what was added.
    pub fn flush(&mut self) -> Result<(), LogError> {
        let flushed = match &mut self.writer {
            Some(writer) => writer.flush().and_then(|()| writer.get_ref().sync_data()),
            None => Ok(()),
        };
        flushed.map_err(|reason| self.error("written", reason))
    }

    /// How many rows match, and those from `skip` on, newest first, at most `limit`.
    pub fn page(
        &mut self,
        filter: &Filter,
        skip: usize,
        limit: usize,
    ) -> Result<(usize, Vec<Entry>), LogError> {
        self.flush()?;
        let found = self.try_page(filter, skip, limit);
        found.map_err(|reason| self.error("read", reason))
    }

    fn try_page(&self, filter: &Filter, skip: usize, limit: usize) -> io::Result<(usize, Vec<Entry>)> {
        if self.is_empty() {
            return Ok((0, Vec::new()));
        }
        let mut reader = BufReader::new(File::open(&self.path)?);
        if filter.is_open() {
            let rows = self.offsets.iter().rev().skip(skip).take(limit);
            let rows: io::Result<Vec<Entry>> = rows.map(|offset| read_at(&mut reader, *offset)).collect();
            return Ok((self.len(), rows?));
        }
        let mut found = Vec::new();
        for_each(&mut reader, self.len(), |entry| {
            if filter.admits(&entry) {
                found.push(entry);
            }
            Ok(())
        })?;
        let count = found.len();
        Ok((count, found.into_iter().rev().skip(skip).take(limit).collect()))
    }

    /// Calls `each` with every row that matches, oldest first.
    pub fn visit(
        &mut self,
        filter: &Filter,
        mut each: impl FnMut(Entry) -> io::Result<()>,
    ) -> Result<(), LogError> {
        self.flush()?;
        if self.is_empty() {
            return Ok(());
        }
        let visited = File::open(&self.path).and_then(|file| {
            for_each(&mut BufReader::new(file), self.len(), |entry| {
                if filter.admits(&entry) {
                    each(entry)
                } else {
                    Ok(())
                }
            })
        });
        visited.map_err(|reason| self.error("read", reason))
    }

    /// Takes out rows older than [`RETENTION_DAYS`]. The rest is written beside and put in place.
    pub fn forget_old(&mut self, now: Timestamp) -> Result<usize, LogError> {
        self.flush()?;
        let forgotten = self.try_forget(now);
        forgotten.map_err(|reason| self.error("written", reason))
    }

    fn try_forget(&mut self, now: Timestamp) -> io::Result<usize> {
        if self.is_empty() {
            return Ok(0);
        }
        let retention = SignedDuration::from_hours(24 * RETENTION_DAYS);
        let oldest = now.saturating_sub(retention).unwrap_or(Timestamp::MIN);
        let mut reader = BufReader::new(File::open(&self.path)?);
        let mut old = 0;
        for offset in &self.offsets {
            if read_at(&mut reader, *offset)?.at >= oldest {
                break;
            }
            old += 1;
        }
        let Some(from) = (old > 0).then(|| self.offsets.get(old).copied().unwrap_or(self.end)) else {
            return Ok(0);
        };
        self.writer = None;
        reader.seek(SeekFrom::Start(from))?;
        let folder = self.path.parent().unwrap_or_else(|| Path::new("."));
        let mut beside = tempfile::NamedTempFile::new_in(folder)?;
        io::copy(&mut reader, &mut beside)?;
        beside.as_file().sync_all()?;
        beside.persist(&self.path).map_err(|error| error.error)?;
        self.offsets.drain(..old);
        self.offsets.iter_mut().for_each(|offset| *offset -= from);
        self.end -= from;
        Ok(old)
    }

    /// Takes out all rows.
    pub fn clear(&mut self) -> Result<(), LogError> {
        self.writer = None;
        (self.offsets, self.end) = (Vec::new(), 0);
        match fs::remove_file(&self.path) {
            Err(reason) if reason.kind() != io::ErrorKind::NotFound => Err(self.error("removed", reason)),
            _ => Ok(()),
        }
    }

    fn error(&self, doing: &'static str, reason: io::Error) -> LogError {
        LogError {
            path: self.path.clone(),
            doing,
            reason,
        }
    }
}

fn read_at(reader: &mut BufReader<File>, offset: u64) -> io::Result<Entry> {
    reader.seek(SeekFrom::Start(offset))?;
    let mut line = Vec::new();
    reader.read_until(b'\n', &mut line)?;
    Ok(serde_json::from_slice(&line)?)
}

fn for_each(
    reader: &mut BufReader<File>,
    rows: usize,
    mut each: impl FnMut(Entry) -> io::Result<()>,
) -> io::Result<()> {
    let mut line = Vec::new();
    for _ in 0..rows {
        line.clear();
        reader.read_until(b'\n', &mut line)?;
        each(serde_json::from_slice(&line)?)?;
    }
    Ok(())
}
