//! Writing to people and to pipes.

use std::io::{self, IsTerminal, Write};
use std::sync::Mutex;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use provisioning::plan::render::plain;
use provisioning::sync::Progress;

use super::Failure;

/// Prints a result on standard output. A reader that has seen enough and gone away, such as
/// `head`, is no failure of ours; a full disk is.
pub(crate) fn say(text: &str) -> Result<(), Failure> {
    match print(text) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        printed => printed.map_err(|error| unwritten(&error)),
    }
}

/// Prints what can be printed only once; whoever does not get it must know.
pub(crate) fn say_once(text: &str) -> Result<(), Failure> {
    print(text).map_err(|error| unwritten(&error))
}

fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{text}")?;
    out.flush()
}

fn unwritten(error: &io::Error) -> Failure {
    Failure::general(format!(
        "The result could not be written to standard output: {error}."
    ))
}

/// Says something on standard error.
pub(crate) fn note(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// A table with its columns aligned; numbers of rows are small enough to hold.
pub(crate) fn table(rows: &[Vec<String>]) -> String {
    let rows: Vec<Vec<String>> = rows
        .iter()
        .map(|row| row.iter().map(|cell| plain(cell).into_owned()).collect())
        .collect();
    let mut widths: Vec<usize> = Vec::new();
    for row in &rows {
        widths.resize(widths.len().max(row.len()), 0);
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let line = |row: &Vec<String>| {
        let padded = row
            .iter()
            .zip(&widths)
            .map(|(cell, &width)| format!("{cell:<width$}  "));
        padded.collect::<String>().trim_end().to_owned()
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Shows the progress of syncs on standard error: a bar on a terminal, a line a phase if not.
pub(crate) struct SyncProgress {
    bar: Option<ProgressBar>,
    phase: Mutex<&'static str>,
}

impl SyncProgress {
    /// Progress for whatever standard error is.
    pub(crate) fn new() -> Self {
        let bar = io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::hidden();
            let style = ProgressStyle::with_template("{msg:24} {wide_bar} {pos} of {len} {elapsed}");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar
        });
        Self {
            bar,
            phase: Mutex::new(""),
        }
    }

    /// Shows one step of a sync.
    pub(crate) fn show(&self, progress: &Progress) {
        let what = format!("Sync {}", progress.run);
        self.step(&what, progress.phase, progress.done, progress.total);
    }

    /// Shows one step of anything.
    pub(crate) fn step(&self, what: &str, name: &'static str, done: u64, total: u64) {
        let mut phase = self
            .phase
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let entered = *phase != name;
        *phase = name;
        match &self.bar {
            Some(bar) if name == "Done" => bar.finish_and_clear(),
            Some(bar) => {
                bar.set_draw_target(indicatif::ProgressDrawTarget::stderr());
                bar.enable_steady_tick(Duration::from_millis(100));
                bar.set_message(name);
                bar.set_length(total);
                bar.set_position(done);
            }
            None if entered && name != "Done" => note(&line(what, name, total)),
            None => {}
        }
    }
}

fn line(what: &str, phase: &str, total: u64) -> String {
    match total {
        0 => format!("{what}: {phase}."),
        total => format!("{what}: {phase} ({total})."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned_and_lines_end_in_text() {
        let rows = [["Name", "State"], ["Ana Petrović", ""]].map(|row| row.map(str::to_owned).to_vec());
        assert_eq!(table(&rows), "Name          State\nAna Petrović");
    }

    #[test]
    fn a_name_cannot_colour_the_terminal_or_fake_a_row() {
        let rows = [vec!["x\u{1b}[31mEVIL\nPlan: 0".to_owned()]];
        assert_eq!(table(&rows), r"x\u{1b}[31mEVIL\nPlan: 0");
    }
}
