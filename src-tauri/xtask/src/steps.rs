//! Running steps one after the other, timing each, and the table at the end.
//!
//! A step that fails does not end the run: the others may have news too. Only what stands on the
//! failed step is left out, because its failure would say nothing new.

use std::process::ExitCode;
use std::time::{Duration, Instant};

/// The steps of one run, with what became of each.
#[derive(Default)]
pub(crate) struct Steps {
    done: Vec<Done>,
}

struct Done {
    name: &'static str,
    outcome: Outcome,
    took: Duration,
}

#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    Passed,
    Failed(String),
    /// Left out, because the named step did not pass.
    Skipped(&'static str),
}

impl Steps {
    /// Runs one step, unless one that it stands on did not pass.
    pub(crate) fn run(
        &mut self,
        name: &'static str,
        stands_on: &[&'static str],
        work: impl FnOnce() -> Result<(), String>,
    ) {
        if let Some(missing) = stands_on.iter().find(|needed| !self.has_passed(needed)) {
            self.done.push(Done {
                name,
                outcome: Outcome::Skipped(missing),
                took: Duration::ZERO,
            });
            return;
        }
        println!("\n=== {name}");
        let start = Instant::now();
        let outcome = work().map_or_else(Outcome::Failed, |()| Outcome::Passed);
        let took = start.elapsed();
        println!("=== {name}: {}, {}", outcome.word(), seconds(took));
        self.done.push(Done { name, outcome, took });
    }

    /// Prints the table; the exit code says whether every step passed.
    pub(crate) fn finish(self) -> ExitCode {
        println!("\n{}", self.table());
        if self.all_passed() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }

    fn has_passed(&self, name: &str) -> bool {
        self.done
            .iter()
            .any(|done| done.name == name && done.outcome == Outcome::Passed)
    }

    fn all_passed(&self) -> bool {
        self.done.iter().all(|done| done.outcome == Outcome::Passed)
    }

    fn table(&self) -> String {
        let width = self
            .done
            .iter()
            .map(|done| done.name.len())
            .max()
            .unwrap_or_default();
        let rows = self.done.iter().map(|done| {
            let Done { name, outcome, took } = done;
            let row = format!(
                "{name:width$}  {:7}  {:>8}  {}",
                outcome.word(),
                seconds(*took),
                outcome.reason()
            );
            row.trim_end().to_owned()
        });
        rows.collect::<Vec<_>>().join("\n")
    }
}

impl Outcome {
    fn word(&self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed(_) => "FAILED",
            Self::Skipped(_) => "skipped",
        }
    }

    fn reason(&self) -> String {
        match self {
            Self::Passed => String::new(),
            Self::Failed(message) => message.clone(),
            Self::Skipped(missing) => format!("because `{missing}` did not pass"),
        }
    }
}

fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::Steps;

    #[test]
    fn a_failure_skips_what_stands_on_it_and_nothing_else() {
        let mut steps = Steps::default();
        steps.run("machine", &[], || Ok(()));
        steps.run("interface", &["machine"], || {
            Err("`npm ci` ended with exit code 1.".to_owned())
        });
        steps.run("window", &["machine", "interface"], || {
            unreachable!("it stands on a failed step")
        });
        steps.run("engine", &["machine"], || Ok(()));
        assert!(!steps.all_passed());
        let table = steps.table();
        let rows: Vec<&str> = table.lines().collect();
        assert_eq!(
            rows,
            [
                "machine    passed      0.0 s",
                "interface  FAILED      0.0 s  `npm ci` ended with exit code 1.",
                "window     skipped     0.0 s  because `interface` did not pass",
                "engine     passed      0.0 s",
            ]
        );
    }

    #[test]
    fn a_run_without_failures_passes() {
        let mut steps = Steps::default();
        steps.run("format", &[], || Ok(()));
        assert!(steps.all_passed());
    }
}
