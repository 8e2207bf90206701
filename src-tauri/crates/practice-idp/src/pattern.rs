//! Patterns as .NET writes them, for `Replace` and for the scoping filters.
//!
//! .NET's dialect is translated where it differs in meaning: within a character class `[`, `&&`,
//! `~~` stand for themselves, and `[a-z-[aeiou]]` takes letters away. What has no counterpart
//! (balancing groups, most Unicode blocks by name) is refused rather than read differently.
//! One difference is left: `$` does not match before a line break at the end of the text.
//!
//! No pattern can hang: its length, its compiled size, the text it is tried on, the steps back
//! and the number of matches are limited.

use std::ops::Range;

use fancy_regex::{Regex, RegexBuilder};

/// The longest text that a pattern is tried on, in bytes; attributes are far shorter.
const LONGEST_TEXT: usize = 10_000;
/// The longest pattern, in bytes.
const LONGEST_PATTERN: usize = 2_000;
/// How often a pattern that looks around or back may go back and try again.
const STEPS_BACK: usize = 50_000;
/// The largest compiled part, in bytes.
const LARGEST: usize = 256 * 1024;
/// The most matches in one text.
const MOST_MATCHES: usize = 10_000;

/// A compiled pattern.
#[derive(Debug)]
pub(crate) struct Pattern {
    regex: Regex,
    /// Where in the pattern each group stands that .NET would give the number; the whole first.
    numbers: Vec<usize>,
}

/// One match in a text, by byte ranges.
#[derive(Debug)]
pub(crate) struct Match {
    /// All of it.
    pub(crate) whole: Range<usize>,
    groups: Vec<Option<Range<usize>>>,
}

impl Pattern {
    /// Compiles; the error is a sentence about the pattern.
    pub(crate) fn new(pattern: &str) -> Result<Self, String> {
        if pattern.len() > LONGEST_PATTERN {
            return Err(format!(
                "The pattern is longer than {LONGEST_PATTERN} bytes; split the rule into several."
            ));
        }
        let mut builder = RegexBuilder::new(&translate(pattern));
        builder
            .backtrack_limit(STEPS_BACK)
            .delegate_size_limit(LARGEST)
            .delegate_dfa_size_limit(LARGEST);
        let refused = |why: &str| {
            format!("The pattern \"{pattern}\" cannot be read as a .NET regular expression: {why}.")
        };
        let regex = builder.build().map_err(|error| {
            // The crate behind draws the place over several lines; the reason is the last.
            let text = error.to_string();
            let reason = text.lines().last().unwrap_or_default();
            refused(reason.trim_start_matches("error: ").trim_end_matches('.'))
        })?;
        if regex.capture_names().flatten().any(|name| name.contains('-')) {
            return Err(refused("groups that balance each other are not supported here"));
        }
        let numbers = numbers(&regex);
        Ok(Self { regex, numbers })
    }

    /// Whether it matches anywhere in the text, as `Regex.IsMatch` does.
    pub(crate) fn is_match(&self, text: &str) -> Result<bool, String> {
        short(text)?;
        self.regex.is_match(text).map_err(|_| too_much())
    }

    /// All matches, from the start.
    pub(crate) fn matches(&self, text: &str) -> Result<Vec<Match>, String> {
        short(text)?;
        let mut found = Vec::new();
        for captures in self.regex.captures_iter(text) {
            let captures = captures.map_err(|_| too_much())?;
            let Some(whole) = captures.get(0) else { continue };
            let groups = (0..captures.len()).map(|index| captures.get(index).map(|group| group.range()));
            found.push(Match {
                whole: whole.range(),
                groups: groups.collect(),
            });
            if found.len() > MOST_MATCHES {
                return Err(too_much());
            }
        }
        Ok(found)
    }

    /// Where a group by name, or by the number .NET gives it, stands; `None` if there is none.
    pub(crate) fn group(&self, name: &str) -> Option<usize> {
        if let Ok(number) = name.parse::<usize>() {
            return self.numbers.get(number).copied();
        }
        self.regex.capture_names().position(|group| group == Some(name))
    }
}

impl Match {
    /// What a group matched, if it took part.
    pub(crate) fn group(&self, index: usize) -> Option<Range<usize>> {
        self.groups.get(index).cloned().flatten()
    }

    /// What the last group that took part matched.
    pub(crate) fn last(&self) -> Option<Range<usize>> {
        self.groups.iter().skip(1).rev().find_map(Clone::clone)
    }
}

/// .NET numbers the groups without a name first, then the others.
fn numbers(regex: &Regex) -> Vec<usize> {
    let names: Vec<bool> = regex.capture_names().map(|name| name.is_some()).collect();
    let of = |named: bool| {
        let names = &names;
        (1..names.len()).filter(move |index| names.get(*index) == Some(&named))
    };
    std::iter::once(0).chain(of(false)).chain(of(true)).collect()
}

fn short(text: &str) -> Result<(), String> {
    if text.len() > LONGEST_TEXT {
        return Err(format!(
            "A pattern is tried on at most {LONGEST_TEXT} bytes, and this value is longer; shorten it first."
        ));
    }
    Ok(())
}

fn too_much() -> String {
    "The pattern tries too many ways to match this value and was stopped; write it without nested repetitions."
        .to_owned()
}

/// Escapes within character classes what only this dialect gives a meaning.
fn translate(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut rest = pattern.chars();
    let mut depth = 0_usize;
    let mut opened = false;
    while let Some(letter) = rest.next() {
        let is_first = std::mem::take(&mut opened);
        match letter {
            '\\' => {
                out.push(letter);
                out.extend(rest.next());
            }
            '[' if depth == 0 || (out.ends_with('-') && !is_first) => {
                // A class within a class is what is taken away from it: `-[` there, `--[` here.
                out.push_str(if depth == 0 { "[" } else { "-[" });
                depth += 1;
                opened = true;
            }
            '[' | '&' | '~' if depth > 0 => {
                out.push('\\');
                out.push(letter);
            }
            '^' if is_first => {
                out.push(letter);
                opened = true;
            }
            ']' if depth > 0 && !is_first => {
                out.push(letter);
                depth -= 1;
            }
            ']' if is_first => out.push_str("\\]"),
            _ => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, text: &str, expected: bool) {
        assert_eq!(
            Pattern::new(pattern).unwrap().is_match(text),
            Ok(expected),
            "{pattern}"
        );
    }

    #[test]
    fn patterns_are_read_as_dotnet_reads_them() {
        check(r".*\@domain.com", "ada@domain.com", true);
        check("omai", "ada@domain.com", true);
        check("DOMAIN", "ada@domain.com", false);
        check("^(?=.*ada)(?!.*bob)", "ada@domain.com", true);
        check("(?<x>a)(?'y'b)", "ab", true);
        check(r"(.)\1", "aa", true);
        check("^[a-z-[aeiou]]+$", "bcd", true);
        check("^[a-z-[aeiou]]+$", "bad", false);
        check("^[[]$", "[", true);
        check("^[]]$", "]", true);
        check("^[^]]$", "]", false);
        check("^[&&a]$", "&", true);
        check("^[a~~b]$", "~", true);
        check("^[()\\s-]+$", "( )-", true);
        check(r"\d", "٣", true);
    }

    #[test]
    fn what_has_no_counterpart_is_refused() {
        for pattern in ["(?<a-b>x)", r"\p{IsBasicLatin}", "(", "[b-a]"] {
            let sentence = Pattern::new(pattern).unwrap_err();
            assert!(sentence.contains(pattern), "{sentence}");
        }
    }

    #[test]
    fn no_pattern_hangs() {
        let text = format!("{}!", "a".repeat(5_000));
        let slow = Pattern::new(r"^(a|a|aa)+\1$").unwrap();
        assert!(slow.is_match(&text).unwrap_err().contains("was stopped"));
        check("^(a+)+$", &text, false);
        assert!(Pattern::new("a").unwrap().is_match(&"a".repeat(10_001)).is_err());
        assert!(Pattern::new(&"a".repeat(2_001)).is_err());
        assert!(Pattern::new("(((a{99}){99}){99}){99}").is_err());
    }

    #[test]
    fn groups_without_a_name_are_numbered_first() {
        let pattern = Pattern::new("(?<first>a)(b)").unwrap();
        let found = &pattern.matches("ab").unwrap()[0];
        assert_eq!(found.group(pattern.group("1").unwrap()), Some(1..2));
        assert_eq!(found.group(pattern.group("2").unwrap()), Some(0..1));
        assert_eq!(found.group(pattern.group("first").unwrap()), Some(0..1));
        assert_eq!(pattern.group("3"), None);
        assert_eq!(found.last(), Some(1..2));
    }
}
