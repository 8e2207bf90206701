//! `Replace`, which is five functions: which one depends on the parameters that are given.

use super::super::evaluate::{Answer, Arguments, LONGEST_VALUE, Stop};
use crate::pattern::{Match, Pattern};
use crate::value::Value;

const SOURCE: usize = 0;
const OLD: usize = 1;
const PATTERN: usize = 2;
const GROUP: usize = 3;
const VALUE: usize = 4;
const ATTRIBUTE: usize = 5;
const TEMPLATE: usize = 6;

pub(super) fn replace(arguments: &Arguments<'_>) -> Answer {
    let is = |index| arguments.is_given(index);
    if is(PATTERN) && is(GROUP) && is(ATTRIBUTE) {
        return from_another(arguments);
    }
    if is(OLD) && is(TEMPLATE) {
        return into_template(arguments);
    }
    if !is(VALUE) || is(OLD) == is(PATTERN) {
        return Err(arguments.fail(
            "needs one of these: oldValue and replacementValue; oldValue and template; regexPattern and \
             replacementValue, with regexGroupName or without; or regexPattern, regexGroupName and \
             replacementAttributeName.",
        ));
    }
    let Some(source) = arguments.text_or_none(SOURCE)? else {
        return Ok(Value::Null);
    };
    match (is(OLD), is(GROUP)) {
        (true, _) => literally(arguments, &source, &arguments.text(OLD)?, &arguments.text(VALUE)?),
        (false, true) => group(arguments, &source),
        (false, false) => pattern(arguments, &source),
    }
}

/// Every occurrence of a text.
fn literally(arguments: &Arguments<'_>, text: &str, old: &str, new: &str) -> Answer {
    if old.is_empty() {
        return Err(arguments.fail("cannot look for the empty text. Put something in oldValue."));
    }
    let mut out = Bounded::new(arguments);
    for (index, piece) in text.split(old).enumerate() {
        if index > 0 {
            out.push(new)?;
        }
        out.push(piece)?;
    }
    Ok(out.into_value())
}

/// The source put where the old value stands in the template.
fn into_template(arguments: &Arguments<'_>) -> Answer {
    let template = arguments.text(TEMPLATE)?;
    literally(
        arguments,
        &template,
        &arguments.text(OLD)?,
        &arguments.text(SOURCE)?,
    )
}

/// All that a pattern matches; the new value may name groups.
fn pattern(arguments: &Arguments<'_>, source: &str) -> Answer {
    let pattern = compiled(arguments)?;
    let replacement = arguments.text(VALUE)?;
    let mut out = Bounded::new(arguments);
    let mut done = 0;
    for found in matches(arguments, &pattern, source)? {
        out.push(source.get(done..found.whole.start).unwrap_or_default())?;
        expand(&mut out, &replacement, source, &pattern, &found)?;
        done = found.whole.end;
    }
    out.push(source.get(done..).unwrap_or_default())?;
    Ok(out.into_value())
}

/// What one group of a pattern matches.
fn group(arguments: &Arguments<'_>, source: &str) -> Answer {
    let pattern = compiled(arguments)?;
    let index = named(arguments, &pattern)?;
    let replacement = arguments.text(VALUE)?;
    let mut out = Bounded::new(arguments);
    let mut done = 0;
    for range in matches(arguments, &pattern, source)?
        .iter()
        .filter_map(|found| found.group(index))
    {
        // A group that looks ahead can stand within what was replaced already.
        if range.start < done {
            continue;
        }
        out.push(source.get(done..range.start).unwrap_or_default())?;
        // What a group matches at a place where it matches nothing has nothing to replace.
        if !range.is_empty() {
            out.push(&replacement)?;
        }
        done = range.end;
    }
    out.push(source.get(done..).unwrap_or_default())?;
    Ok(out.into_value())
}

/// The source, or if it is empty what a group matches in another attribute.
fn from_another(arguments: &Arguments<'_>) -> Answer {
    let source = arguments.value(SOURCE)?;
    if !source.is_empty() {
        return Ok(source);
    }
    let pattern = compiled(arguments)?;
    let index = named(arguments, &pattern)?;
    let other = arguments.text(ATTRIBUTE)?;
    let found = matches(arguments, &pattern, &other)?;
    let range = found.iter().find_map(|each| each.group(index));
    Ok(range
        .and_then(|range| other.get(range))
        .map_or(Value::Null, Value::from))
}

fn compiled(arguments: &Arguments<'_>) -> Result<Pattern, Stop> {
    let pattern = arguments.text(PATTERN)?;
    Pattern::new(&pattern)
        .map_err(|sentence| arguments.fail(&format!("has a pattern it cannot use. {sentence}")))
}

fn matches(arguments: &Arguments<'_>, pattern: &Pattern, text: &str) -> Result<Vec<Match>, Stop> {
    pattern
        .matches(text)
        .map_err(|sentence| arguments.fail(&format!("did not get through. {sentence}")))
}

fn named(arguments: &Arguments<'_>, pattern: &Pattern) -> Result<usize, Stop> {
    let name = arguments.text(GROUP)?;
    pattern.group(&name).ok_or_else(|| {
        arguments.fail(&format!(
            "looks for the group {name}, and the pattern has none of that name. A group is written (?<{name}>…)."
        ))
    })
}

/// Writes a replacement with .NET's substitutions: `$1`, `${name}`, `$$`, `$&`, `` $` ``, `$'`,
/// `$+`, `$_`. What names no group stands for itself.
fn expand(
    out: &mut Bounded<'_>,
    replacement: &str,
    source: &str,
    pattern: &Pattern,
    found: &Match,
) -> Result<(), Stop> {
    let mut rest = replacement;
    while let Some(dollar) = rest.find('$') {
        out.push(rest.get(..dollar).unwrap_or_default())?;
        let behind = rest.get(dollar + 1..).unwrap_or_default();
        let (text, taken) = substitution(behind, source, pattern, found).unwrap_or(("$", 0));
        out.push(text)?;
        rest = behind.get(taken..).unwrap_or_default();
    }
    out.push(rest)
}

/// What stands for the characters behind a dollar sign, and how many bytes of them it takes.
fn substitution<'a>(
    behind: &str,
    source: &'a str,
    pattern: &Pattern,
    found: &Match,
) -> Option<(&'a str, usize)> {
    let part =
        |range: Option<std::ops::Range<usize>>| range.and_then(|range| source.get(range)).unwrap_or_default();
    let whole = found.whole.clone();
    let text = match behind.chars().next()? {
        '$' => "$",
        '&' => part(Some(whole)),
        '`' => part(Some(0..whole.start)),
        '\'' => part(Some(whole.end..source.len())),
        '+' => part(found.last()),
        '_' => source,
        '{' => {
            let (name, _) = behind.get(1..)?.split_once('}')?;
            return Some((part(found.group(pattern.group(name)?)), name.len() + 2));
        }
        letter if letter.is_ascii_digit() => {
            let end = behind
                .find(|letter: char| !letter.is_ascii_digit())
                .unwrap_or(behind.len());
            return Some((part(found.group(pattern.group(behind.get(..end)?)?)), end));
        }
        _ => return None,
    };
    Some((text, 1))
}

/// A text that stops growing before it is too long.
struct Bounded<'a> {
    arguments: &'a Arguments<'a>,
    text: String,
}

impl<'a> Bounded<'a> {
    fn new(arguments: &'a Arguments<'a>) -> Self {
        Self {
            arguments,
            text: String::new(),
        }
    }

    fn push(&mut self, piece: &str) -> Result<(), Stop> {
        if self.text.len() + piece.len() > LONGEST_VALUE {
            return Err(self.arguments.too_long());
        }
        self.text.push_str(piece);
        Ok(())
    }

    fn into_value(self) -> Value {
        Value::Text(self.text)
    }
}
