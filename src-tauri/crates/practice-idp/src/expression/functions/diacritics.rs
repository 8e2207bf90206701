//! Letters without their accents.

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

use super::super::evaluate::{Answer, Arguments};
use super::text::changed;

/// The letters that lose what stands above, below or through them.
const BASES: &str = "acdegilnorstuyz";

/// Letters that become others. `đ`, `þ`, `ð` and `ħ` are not among them and stay.
const OTHERS: &[(char, &str)] = &[
    ('æ', "ae"),
    ('Æ', "AE"),
    ('ø', "oe"),
    ('Ø', "OE"),
    ('œ', "oe"),
    ('Œ', "OE"),
    ('ß', "ss"),
    ('ł', "l"),
    ('Ł', "L"),
    ('ı', "i"),
];

pub(super) fn normalize(arguments: &Arguments<'_>) -> Answer {
    changed(arguments, |text| Ok(without_diacritics(text)))
}

/// Marks go with the letter they stand on: what stays keeps its marks, and stays composed as it was.
fn without_diacritics(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut drops_marks = false;
    for letter in text.chars() {
        if is_combining_mark(letter) {
            if !drops_marks {
                out.push(letter);
            }
            continue;
        }
        let mut base = letter;
        let mut is_first = true;
        decompose_canonical(letter, |part| {
            if std::mem::take(&mut is_first) {
                base = part;
            }
        });
        let other = OTHERS.iter().find(|(from, _)| *from == base);
        drops_marks = other.is_some() || BASES.contains(base.to_ascii_lowercase());
        match other {
            Some((_, to)) => out.push_str(to),
            None => out.push(if drops_marks { base } else { letter }),
        }
    }
    out
}
