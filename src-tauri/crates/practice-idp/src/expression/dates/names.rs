//! Months and days by name, as the invariant culture has them.

/// The months from January.
pub(in crate::expression) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The days of the week from Sunday.
pub(in crate::expression) const DAYS: [&str; 7] = [
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
];

/// The first three letters of a name.
pub(super) fn short(name: &str) -> &str {
    name.get(..3).unwrap_or(name)
}

/// Where the name stands that the text begins with, and how many bytes of the text it takes;
/// the letter case does not count.
pub(super) fn find(names: &[&str], text: &str, is_short: bool) -> Option<(usize, usize)> {
    names.iter().enumerate().find_map(|(index, name)| {
        let name = if is_short { short(name) } else { name };
        let start = text.get(..name.len())?;
        start.eq_ignore_ascii_case(name).then_some((index, name.len()))
    })
}
