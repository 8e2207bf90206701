//! Rust source as text to search: same lines, with what does not count blanked out.

use std::ops::Range;

/// A source whose comments and literals are spaces, so that what is found in it is code.
pub(super) struct Source {
    code: Vec<char>,
}

/// An attribute such as `#[allow(…)]`.
pub(super) struct Attribute {
    pub(super) line: usize,
    pub(super) text: String,
}

/// A function with a body.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Function {
    pub(super) name: String,
    pub(super) line: usize,
    pub(super) length: usize,
}

impl Source {
    pub(super) fn new(text: &str) -> Self {
        let mut code: Vec<char> = text.chars().collect();
        let mut at = 0;
        while at < code.len() {
            let end = end_of_blank(&code, at);
            blank(&mut code[at..end]);
            at = end.max(at + 1);
        }
        Self { code }
    }

    /// The same source with test modules and test functions blanked out.
    pub(super) fn without_tests(text: &str) -> Self {
        let mut source = Self::new(text);
        for range in source.test_items() {
            blank(&mut source.code[range]);
        }
        source
    }

    /// How many lines of a text are left when the tests in it are taken out.
    pub(super) fn lines_without_tests(text: &str) -> usize {
        let source = Self::new(text);
        let in_tests: usize = source
            .test_items()
            .into_iter()
            .map(|range| source.line(range.end) - source.line(range.start) + 1)
            .sum();
        text.lines().count() - in_tests
    }

    /// The line of the first place where a name or a path such as `std::fs` is written, if any.
    pub(super) fn line_naming(&self, name: &str) -> Option<usize> {
        let name: Vec<char> = name.chars().collect();
        let mut places = 0..self.code.len().saturating_sub(name.len() - 1);
        places
            .find(|&place| self.is_word(place, &name))
            .map(|place| self.line(place))
    }

    /// Every attribute of this name that takes arguments, outer and inner.
    pub(super) fn attributes(&self, name: &str) -> Vec<Attribute> {
        let starts = [format!("#[{name}("), format!("#![{name}(")];
        let starts: Vec<Vec<char>> = starts.iter().map(|start| start.chars().collect()).collect();
        let places = (0..self.code.len())
            .filter(|&place| starts.iter().any(|start| self.code[place..].starts_with(start)));
        let attribute = |place| {
            let end = self.end_of_group(
                place
                    + self.code[place..]
                        .iter()
                        .position(|&letter| letter == '[')
                        .unwrap(),
            );
            Attribute {
                line: self.line(place),
                text: self.code[place..end].iter().collect(),
            }
        };
        places.map(attribute).collect()
    }

    /// Every function with a body, in the order they begin.
    pub(super) fn functions(&self) -> Vec<Function> {
        let keyword = ['f', 'n'];
        let places = (0..self.code.len().saturating_sub(2)).filter(|&place| self.is_word(place, &keyword));
        places.filter_map(|place| self.function_at(place)).collect()
    }

    fn function_at(&self, place: usize) -> Option<Function> {
        let rest = self.code[place + 2..]
            .iter()
            .skip_while(|letter| letter.is_whitespace());
        let name: String = rest.take_while(|letter| is_name(**letter)).collect();
        if name.is_empty() {
            return None; // the type `fn(…)`
        }
        let body = self.body_after(place)?;
        let (first, last) = (self.line(place), self.line(body.end));
        Some(Function {
            name,
            line: first,
            length: last - first + 1,
        })
    }

    /// The braces of the item that begins here; `None` when it ends in a semicolon.
    fn body_after(&self, place: usize) -> Option<Range<usize>> {
        let at = self.brace_or_semicolon(place)?;
        (self.code[at] == '{').then(|| at..self.end_of_group(at))
    }

    /// One past the item that begins here.
    fn end_of_item(&self, place: usize) -> usize {
        match self.brace_or_semicolon(place) {
            Some(at) if self.code[at] == '{' => self.end_of_group(at),
            Some(at) => at + 1,
            None => self.code.len(),
        }
    }

    /// Where an item's body begins or its semicolon stands; what is in brackets before is passed over.
    fn brace_or_semicolon(&self, place: usize) -> Option<usize> {
        let mut at = place;
        loop {
            match self.code.get(at)? {
                '{' | ';' => return Some(at),
                '(' | '[' => at = self.end_of_group(at),
                _ => at += 1,
            }
        }
    }

    fn test_items(&self) -> Vec<Range<usize>> {
        let starts =
            ["#[cfg(test)]", "#[test]", "#[tokio::test"].map(|start| start.chars().collect::<Vec<_>>());
        let mut found: Vec<Range<usize>> = Vec::new();
        for place in 0..self.code.len() {
            let is_within = found.last().is_some_and(|range| range.contains(&place));
            if !is_within && starts.iter().any(|start| self.code[place..].starts_with(start)) {
                found.push(place..self.end_of_item(place));
            }
        }
        found
    }

    /// One past the bracket that closes the one at `open`.
    fn end_of_group(&self, open: usize) -> usize {
        let mut depth = 0_usize;
        for (at, letter) in self.code.iter().enumerate().skip(open) {
            match letter {
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                return at + 1;
            }
        }
        self.code.len()
    }

    fn is_word(&self, place: usize, word: &[char]) -> bool {
        let before = place.checked_sub(1).and_then(|at| self.code.get(at));
        let after = self.code.get(place + word.len());
        self.code[place..].starts_with(word)
            && !before.is_some_and(|letter| is_name(*letter))
            && !after.is_some_and(|letter| is_name(*letter))
    }

    /// The number of the line that a place is on, counted from one.
    fn line(&self, place: usize) -> usize {
        1 + self.code[..place.min(self.code.len())]
            .iter()
            .filter(|letter| **letter == '\n')
            .count()
    }
}

/// Makes text to spaces; line breaks stay, so that lines keep their numbers.
fn blank(code: &mut [char]) {
    code.iter_mut()
        .filter(|letter| **letter != '\n')
        .for_each(|letter| *letter = ' ');
}

fn is_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// One past the comment or literal that begins at `at`, or `at` itself when none does.
fn end_of_blank(code: &[char], at: usize) -> usize {
    let next = code.get(at + 1).copied();
    let follows_name = at > 0 && is_name(code[at - 1]);
    match code[at] {
        '/' if next == Some('/') => position_after(code, at, &['\n']),
        '/' if next == Some('*') => end_of_block_comment(code, at),
        '"' => end_of_quoted(code, at + 1, '"'),
        'r' if !follows_name || code[at - 1] == 'b' || code[at - 1] == 'c' => {
            end_of_raw_string(code, at).unwrap_or(at)
        }
        '\'' if next == Some('\\') || code.get(at + 2) == Some(&'\'') => end_of_quoted(code, at + 1, '\''),
        _ => at,
    }
}

/// One past the next `end`, or the end of the text.
fn position_after(code: &[char], from: usize, end: &[char]) -> usize {
    let mut places = from..code.len();
    places
        .find(|&place| code[place..].starts_with(end))
        .map_or(code.len(), |place| place + end.len())
}

fn end_of_block_comment(code: &[char], at: usize) -> usize {
    let mut depth = 0_usize;
    let mut place = at;
    while place < code.len() {
        if code[place..].starts_with(&['/', '*']) {
            depth += 1;
            place += 2;
        } else if code[place..].starts_with(&['*', '/']) {
            depth -= 1;
            place += 2;
            if depth == 0 {
                return place;
            }
        } else {
            place += 1;
        }
    }
    code.len()
}

fn end_of_quoted(code: &[char], mut place: usize, quote: char) -> usize {
    while place < code.len() && code[place] != quote {
        place += if code[place] == '\\' { 2 } else { 1 };
    }
    (place + 1).min(code.len())
}

fn end_of_raw_string(code: &[char], at: usize) -> Option<usize> {
    let hashes = code[at + 1..].iter().take_while(|letter| **letter == '#').count();
    let quote = at + 1 + hashes;
    if code.get(quote) != Some(&'"') {
        return None;
    }
    let end: Vec<char> = std::iter::once('"')
        .chain(std::iter::repeat_n('#', hashes))
        .collect();
    Some(position_after(code, quote + 1, &end))
}

#[cfg(test)]
mod tests {
    use super::{Function, Source};

    #[test]
    fn comments_and_literals_are_no_code() {
        let source = Source::new(
            r##"
            // sled in a comment /* still "the same line
            /* sled /* nested */ sled */
            let quoted = "sled \" sled"; let letter = '"'; let escape = '\''; let raw = r#"sled " sled"#;
            let borrowed: &'static str = axum::name();
            "##,
        );
        assert_eq!(source.line_naming("sled"), None);
        assert_eq!(source.line_naming("axum"), Some(5));
        assert_eq!(
            source.line_naming("borrowed"),
            Some(5),
            "a lifetime does not open a literal"
        );
    }

    #[test]
    fn a_name_is_found_whole() {
        let source = Source::new("use sledge::Hammer;\nuse std::fs::File;\n");
        assert_eq!(source.line_naming("sled"), None);
        assert_eq!(source.line_naming("std::fs"), Some(2));
    }

    #[test]
    fn tests_do_not_count() {
        let text =
            "fn a() {}\n#[cfg(test)]\nmod tests {\n    use sled;\n}\nfn b() {}\n#[cfg(test)]\nuse sled;\n";
        let source = Source::without_tests(text);
        assert_eq!(source.line_naming("sled"), None);
        assert_eq!(
            source.line_naming("b"),
            Some(6),
            "what follows a test module counts again"
        );
        assert_eq!(Source::lines_without_tests(text), 2);
    }

    #[test]
    fn a_function_is_as_long_as_from_its_name_to_its_last_brace() {
        let text = "trait T {\n    fn none(&self) -> [u8; 4];\n}\nfn two(\n    f: fn() -> u8,\n) -> [u8; 4] {\n    [f(); 4]\n}\n";
        let expected = Function {
            name: "two".to_owned(),
            line: 4,
            length: 5,
        };
        assert_eq!(Source::new(text).functions(), [expected]);
    }

    #[test]
    fn an_attribute_is_read_to_its_end() {
        let source =
            Source::new("#![allow(\n    dead_code,\n    reason = \"x]\"\n)]\n#[allow(unused)]\nfn a() {}\n");
        let found: Vec<(usize, bool)> = source
            .attributes("allow")
            .iter()
            .map(|each| (each.line, each.text.contains("reason")))
            .collect();
        assert_eq!(found, [(1, true), (5, false)]);
    }
}
