//! Texts: put together, taken apart, written differently. Places are counted in characters.

use data_encoding::{BASE64, HEXUPPER};
use unicode_normalization::char::is_combining_mark;

use super::super::evaluate::{Answer, Arguments, LONGEST_VALUE, Stop};
use crate::value::Value;

/// A source without a value counts as the empty text.
pub(super) fn append(arguments: &Arguments<'_>) -> Answer {
    Ok(Value::Text(arguments.text(0)? + &arguments.text(1)?))
}

/// All values of all sources; what has no text is skipped, as the documented example shows.
pub(super) fn join(arguments: &Arguments<'_>) -> Answer {
    let separator = arguments.text(0)?;
    let mut joined = String::new();
    for index in 1..arguments.len() {
        let values = match arguments.value(index)? {
            Value::Many(values) => values,
            value => vec![value],
        };
        for value in &values {
            let Some(text) = value.text().filter(|text| !text.is_empty()) else {
                continue;
            };
            let so_far = joined.len() + separator.len() + text.len();
            if so_far > LONGEST_VALUE {
                return Err(arguments.too_long());
            }
            if !joined.is_empty() {
                joined.push_str(&separator);
            }
            joined.push_str(&text);
        }
    }
    Ok(Value::Text(joined))
}

/// A negative number of characters gives the whole text.
pub(super) fn left(arguments: &Arguments<'_>) -> Answer {
    let text = arguments.text(0)?;
    let count = arguments.number(1)?;
    Ok(Value::Text(match usize::try_from(count) {
        Ok(count) => text.chars().take(count).collect(),
        Err(_) => text,
    }))
}

pub(super) fn mid(arguments: &Arguments<'_>) -> Answer {
    let text = arguments.text(0)?;
    let start = arguments.number(1)?;
    let length = arguments.number(2)?;
    let before = start
        .checked_sub(1)
        .and_then(|before| usize::try_from(before).ok());
    let (Some(before), Ok(length)) = (before, usize::try_from(length)) else {
        return Err(arguments.fail(&format!(
            "counts characters from 1 and takes none or more of them, so start {start} and length {length} cannot be."
        )));
    };
    Ok(Value::Text(text.chars().skip(before).take(length).collect()))
}

pub(super) fn strip_spaces(arguments: &Arguments<'_>) -> Answer {
    changed(arguments, |text| Ok(text.replace(' ', "")))
}

/// The items without the spaces around them; empty ones are left out.
pub(super) fn split(arguments: &Arguments<'_>) -> Answer {
    let text = arguments.text(0)?;
    let delimiter = arguments.text(1)?;
    if delimiter.is_empty() {
        return Err(arguments.fail("needs a delimiter to split at."));
    }
    let items = text.split(delimiter.as_str()).map(str::trim);
    Ok(Value::Many(
        items.filter(|item| !item.is_empty()).map(Value::from).collect(),
    ))
}

/// Words are what stands between delimiters, however many of them stand together.
pub(super) fn word(arguments: &Arguments<'_>) -> Answer {
    let text = arguments.text(0)?;
    let number = arguments.number(1)?;
    let delimiters = arguments.text(2)?;
    let mut words = text
        .split(|letter| delimiters.contains(letter))
        .filter(|word| !word.is_empty());
    let before = number
        .checked_sub(1)
        .and_then(|before| usize::try_from(before).ok());
    let word = before.and_then(|before| words.nth(before)).unwrap_or_default();
    Ok(Value::from(word))
}

/// Compares letter by letter unless `vbTextCompare` is given, which overlooks the letter case.
pub(super) fn in_str(arguments: &Arguments<'_>) -> Answer {
    let start = if arguments.is_given(2) {
        arguments.number(2)?
    } else {
        1
    };
    let Some(before) = start
        .checked_sub(1)
        .and_then(|before| usize::try_from(before).ok())
    else {
        return Err(arguments.fail(&format!(
            "counts characters from 1, so it cannot start at {start}."
        )));
    };
    let fold = match arguments.text(3)?.as_str() {
        "vbTextCompare" => lower,
        "" | "vbBinaryCompare" => as_it_is,
        other => {
            return Err(arguments.fail(&format!(
                "compares by vbTextCompare or vbBinaryCompare, and not by {other}."
            )));
        }
    };
    let text: String = arguments.text(0)?.chars().skip(before).map(fold).collect();
    let sought: String = arguments.text(1)?.chars().map(fold).collect();
    let found = text.find(&sought).and_then(|at| text.get(..at));
    let place = found.map_or(0, |skipped| before + skipped.chars().count() + 1);
    Ok(Value::Number(i64::try_from(place).unwrap_or(i64::MAX)))
}

pub(super) fn base64(arguments: &Arguments<'_>) -> Answer {
    changed(arguments, |text| {
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        Ok(BASE64.encode(&bytes))
    })
}

pub(super) fn hex(arguments: &Arguments<'_>) -> Answer {
    changed(arguments, |text| Ok(HEXUPPER.encode(text.as_bytes())))
}

pub(super) fn to_lower(arguments: &Arguments<'_>) -> Answer {
    let is_turkic = is_turkic(arguments)?;
    changed(arguments, |text| {
        let letters = text.chars().map(|letter| match letter {
            'I' if is_turkic => 'ı',
            'İ' if is_turkic => 'i',
            letter => lower(letter),
        });
        Ok(letters.collect())
    })
}

pub(super) fn to_upper(arguments: &Arguments<'_>) -> Answer {
    let is_turkic = is_turkic(arguments)?;
    changed(arguments, |text| {
        let letters = text.chars().map(|letter| match letter {
            'i' if is_turkic => 'İ',
            letter => upper(letter),
        });
        Ok(letters.collect())
    })
}

/// Without separators as .NET's `ToTitleCase`, for which an apostrophe within a word is none.
pub(super) fn proper_case(arguments: &Arguments<'_>) -> Answer {
    let separators = arguments.text_or_none(1)?;
    changed(arguments, |text| {
        Ok(match &separators {
            Some(separators) => capitals_after(text, |letter| separators.contains(letter)),
            None => title_case(text),
        })
    })
}

fn capitals_after(text: &str, is_separator: impl Fn(char) -> bool) -> String {
    let mut starts = true;
    let letters = text.chars().map(|letter| {
        let written = if starts { upper(letter) } else { lower(letter) };
        starts = is_separator(letter);
        written
    });
    letters.collect()
}

/// A word begins with the first letter after something that is none, and ends at punctuation, a
/// symbol or a space.
fn title_case(text: &str) -> String {
    let mut within = false;
    let letters = text.chars().map(|letter| {
        let written = if within { lower(letter) } else { upper(letter) };
        within = if within {
            letter == '\'' || letter.is_alphanumeric() || is_combining_mark(letter)
        } else {
            letter.is_alphabetic()
        };
        written
    });
    letters.collect()
}

/// The small letter, if there is exactly one, as .NET's invariant culture has it.
fn lower(letter: char) -> char {
    let mut small = letter.to_lowercase();
    match (small.next(), small.next()) {
        (Some(one), None) => one,
        _ => letter,
    }
}

/// The capital, if there is exactly one: `ß` has none here.
fn upper(letter: char) -> char {
    let mut capital = letter.to_uppercase();
    match (capital.next(), capital.next()) {
        (Some(one), None) => one,
        _ => letter,
    }
}

fn as_it_is(letter: char) -> char {
    letter
}

/// Whether the culture, which is the second parameter, tells a dotted i from one without.
fn is_turkic(arguments: &Arguments<'_>) -> Result<bool, Stop> {
    let culture = arguments.text(1)?;
    let mut parts = culture.split('-');
    let language = parts.next().unwrap_or_default();
    let is_language = language.len() == 2 || language.len() == 3;
    let is_culture = culture.is_empty()
        || (is_language
            && culture
                .split('-')
                .all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric())));
    if !is_culture {
        return Err(arguments.fail(&format!("knows cultures such as en-US, and not \"{culture}\".")));
    }
    Ok(matches!(language.to_ascii_lowercase().as_str(), "tr" | "az"))
}

/// The first parameter written differently; where it has no value, there is none.
pub(super) fn changed(
    arguments: &Arguments<'_>,
    change: impl FnOnce(&str) -> Result<String, Stop>,
) -> Answer {
    match arguments.text_or_none(0)? {
        Some(text) => change(&text).map(Value::Text),
        None => Ok(Value::Null),
    }
}
