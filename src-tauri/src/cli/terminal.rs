//! Writing to people and to pipes.

use std::io::{self, IsTerminal, Write};
use std::sync::Mutex;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use provisioning::sync::Progress;

/// Prints a result on standard output. A reader that has gone away is no failure of ours.
pub(crate) fn say(text: &str) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{text}").and_then(|()| out.flush());
}

/// Says something on standard error.
pub(crate) fn note(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// A table with its columns aligned; numbers of rows are small enough to hold.
pub(crate) fn table(rows: &[Vec<String>]) -> String {
    let width = |column: usize| {
        rows.iter()
            .filter_map(|row| row.get(column))
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or(0)
    };
    let mut out = String::new();
    for row in rows {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            line.push_str(cell);
            if column + 1 < row.len() {
                line.extend(std::iter::repeat_n(
                    ' ',
                    width(column).saturating_sub(cell.chars().count()) + 2,
                ));
            }
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out.trim_end().to_owned()
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

    /// Shows one step.
    pub(crate) fn show(&self, progress: &Progress) {
        let mut phase = self
            .phase
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let entered = *phase != progress.phase;
        *phase = progress.phase;
        match &self.bar {
            Some(bar) if progress.phase == "Done" => bar.finish_and_clear(),
            Some(bar) => {
                bar.set_draw_target(indicatif::ProgressDrawTarget::stderr());
                bar.enable_steady_tick(Duration::from_millis(100));
                bar.set_message(progress.phase);
                bar.set_length(progress.total);
                bar.set_position(progress.done);
            }
            None if entered && progress.phase != "Done" => note(&line(progress)),
            None => {}
        }
    }
}

fn line(progress: &Progress) -> String {
    match progress.total {
        0 => format!("Sync {}: {}.", progress.run, progress.phase),
        total => format!("Sync {}: {} ({total}).", progress.run, progress.phase),
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
}
