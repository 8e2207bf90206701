//! .NET's format strings for dates, taken apart.

/// A piece of a format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Characters that stand for themselves.
    Literal(String),
    /// A letter that stands for a part of the date, and how often it is repeated.
    Part(char, usize),
}

/// The letters that stand for a part of a date, each with its most repetitions that mean something.
const PARTS: &[(char, usize)] = &[
    ('d', 4),
    ('f', 7),
    ('F', 7),
    ('g', 2),
    ('h', 2),
    ('H', 2),
    ('K', 1),
    ('m', 2),
    ('M', 4),
    ('s', 2),
    ('t', 2),
    ('y', 5),
    ('z', 3),
];

/// The formats that are called by one letter, in the invariant culture.
const STANDARD: &[(char, &str)] = &[
    ('d', "MM/dd/yyyy"),
    ('D', "dddd, dd MMMM yyyy"),
    ('f', "dddd, dd MMMM yyyy HH:mm"),
    ('F', "dddd, dd MMMM yyyy HH:mm:ss"),
    ('g', "MM/dd/yyyy HH:mm"),
    ('G', "MM/dd/yyyy HH:mm:ss"),
    ('m', "MMMM dd"),
    ('M', "MMMM dd"),
    ('o', "yyyy-MM-ddTHH:mm:ss.fffffffK"),
    ('O', "yyyy-MM-ddTHH:mm:ss.fffffffK"),
    ('r', "ddd, dd MMM yyyy HH:mm:ss 'GMT'"),
    ('R', "ddd, dd MMM yyyy HH:mm:ss 'GMT'"),
    ('s', "yyyy-MM-ddTHH:mm:ss"),
    ('t', "HH:mm"),
    ('T', "HH:mm:ss"),
    ('u', "yyyy-MM-dd HH:mm:ss'Z'"),
    ('U', "dddd, dd MMMM yyyy HH:mm:ss"),
    ('y', "yyyy MMMM"),
    ('Y', "yyyy MMMM"),
];

/// Takes a format apart; the error is a sentence about the format.
pub(super) fn pieces(format: &str) -> Result<Vec<Piece>, String> {
    let mut letters = format.chars();
    let format = match (letters.next(), letters.next()) {
        (None, _) => return Err("The format is empty; write one such as yyyy-MM-dd.".to_owned()),
        (Some(letter), None) => STANDARD
            .iter()
            .find(|(name, _)| *name == letter)
            .map(|(_, format)| *format)
            .ok_or_else(|| format!("There is no standard format {letter}; write one such as yyyy-MM-dd."))?,
        _ => format,
    };
    custom(format)
}

fn custom(format: &str) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    let mut letters = format.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\'' | '"' => {
                let mut closed = false;
                for quoted in letters.by_ref() {
                    if quoted == letter {
                        closed = true;
                        break;
                    }
                    literal(&mut pieces, quoted);
                }
                if !closed {
                    return Err(format!(
                        "The format {format} has a quotation mark that is not closed."
                    ));
                }
            }
            '\\' => match letters.next() {
                Some(escaped) => literal(&mut pieces, escaped),
                None => return Err(format!("The format {format} ends with a backslash.")),
            },
            // A percent sign only keeps a single letter from being a standard format.
            '%' => {}
            letter => match PARTS.iter().find(|(part, _)| *part == letter) {
                None => literal(&mut pieces, letter),
                Some((_, most)) => {
                    let mut count = 1;
                    while letters.next_if_eq(&letter).is_some() {
                        count += 1;
                    }
                    if count > *most && matches!(letter, 'f' | 'F') {
                        return Err(format!(
                            "The format {format} has more than seven digits of a second."
                        ));
                    }
                    pieces.push(Piece::Part(letter, count.min(*most)));
                }
            },
        }
    }
    Ok(pieces)
}

fn literal(pieces: &mut Vec<Piece>, letter: char) {
    if let Some(Piece::Literal(text)) = pieces.last_mut() {
        text.push(letter);
    } else {
        pieces.push(Piece::Literal(letter.to_string()));
    }
}
