//! What is made by chance.

use super::super::evaluate::{Answer, Arguments, Stop};
use crate::value::Value;

/// A UUID of version 4: all bits by chance, but those that say so.
#[expect(clippy::unnecessary_wraps, reason = "every function of the table may fail")]
pub(super) fn guid(arguments: &Arguments<'_>) -> Answer {
    let high = (arguments.context().random() & !0xF000) | 0x4000;
    let low = (arguments.context().random() & (u64::MAX >> 2)) | (1 << 63);
    let digits = format!("{high:016x}{low:016x}");
    let mut text = String::with_capacity(36);
    for (index, digit) in digits.chars().enumerate() {
        if matches!(index, 8 | 12 | 16 | 20) {
            text.push('-');
        }
        text.push(digit);
    }
    Ok(Value::Text(text))
}

const LONGEST: i64 = 256;
const DIGITS: &str = "0123456789";
const SPECIAL: &str = "~!@#$%^&*_-+=`|\\(){}[]:;\"'<>,.?/";
const CAPITALS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const SMALL: &str = "abcdefghijklmnopqrstuvwxyz";

/// The characters beyond the minimum are of the kinds that have one, or else letters and digits.
pub(super) fn random_string(arguments: &Arguments<'_>) -> Answer {
    let length = arguments.number(0)?;
    let avoided = arguments.text(5)?;
    let mut kinds = Vec::new();
    for (index, letters) in [(1, DIGITS), (2, SPECIAL), (3, CAPITALS), (4, SMALL)] {
        let least = arguments.number(index)?;
        let letters: Vec<char> = letters
            .chars()
            .filter(|letter| !avoided.contains(*letter))
            .collect();
        kinds.push((least, letters));
    }
    let sum: i64 = kinds.iter().fold(0, |sum, (least, _)| sum.saturating_add(*least));
    if !(1..=LONGEST).contains(&length) || sum > length || kinds.iter().any(|(least, _)| *least < 0) {
        return Err(arguments.fail(&format!(
            "needs a length from 1 to {LONGEST} that has room for all the minimums, and none of them negative."
        )));
    }
    draw(arguments, length, &kinds).map(Value::Text)
}

fn draw(arguments: &Arguments<'_>, length: i64, kinds: &[(i64, Vec<char>)]) -> Result<String, Stop> {
    let mut text = Vec::new();
    for (least, letters) in kinds {
        for _ in 0..*least {
            text.push(one_of(arguments, letters)?);
        }
    }
    let asked_for: Vec<char> = kinds
        .iter()
        .filter(|(least, _)| *least > 0)
        .flat_map(|(_, letters)| letters.iter().copied())
        .collect();
    let letters_and_digits = || {
        let all = kinds.iter().flat_map(|(_, letters)| letters.iter().copied());
        all.filter(char::is_ascii_alphanumeric).collect()
    };
    let rest: Vec<char> = if asked_for.is_empty() {
        letters_and_digits()
    } else {
        asked_for
    };
    while i64::try_from(text.len()).is_ok_and(|so_far| so_far < length) {
        text.push(one_of(arguments, &rest)?);
    }
    for last in (1..text.len()).rev() {
        text.swap(last, arguments.context().choose(last + 1));
    }
    Ok(text.into_iter().collect())
}

fn one_of(arguments: &Arguments<'_>, letters: &[char]) -> Result<char, Stop> {
    let chosen = arguments.context().choose(letters.len());
    letters.get(chosen).copied().ok_or_else(|| {
        arguments.fail("has no characters of a kind left, since charactersToAvoid has all of them.")
    })
}
