//! The table: what was measured, beside what the machine allows.

use std::fmt::Write as _;

/// One measure.
pub(crate) struct Row {
    pub(crate) work: String,
    pub(crate) ours: String,
    pub(crate) limit: String,
    pub(crate) ratio: String,
    pub(crate) target: &'static str,
    pub(crate) met: bool,
}

#[derive(Default)]
pub(crate) struct Table(Vec<Row>);

impl Table {
    pub(crate) fn add(&mut self, row: Row) {
        println!("{}", line(&row));
        self.0.push(row);
    }

    pub(crate) fn markdown(&self) -> String {
        let mut text =
            String::from("| work | ours | limit | ratio | target | met |\n|---|---|---|---|---|---|\n");
        for row in &self.0 {
            let _ = writeln!(text, "{}", line(row));
        }
        text
    }
}

fn line(row: &Row) -> String {
    let Row {
        work,
        ours,
        limit,
        ratio,
        target,
        met,
    } = row;
    let met = if *met { "yes" } else { "**no**" };
    format!("| {work} | {ours} | {limit} | {ratio} | {target} | {met} |")
}

/// 12345.6 → "12,346".
pub(crate) fn whole(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

pub(crate) fn per_second(rate: f64) -> String {
    format!("{}/s", whole(rate))
}

/// Microseconds as they read best.
pub(crate) fn time(micros: f64) -> String {
    match micros {
        ..1_000.0 => format!("{micros:.0} µs"),
        ..1_000_000.0 => format!("{:.1} ms", micros / 1e3),
        _ => format!("{:.2} s", micros / 1e6),
    }
}
