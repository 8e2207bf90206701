//! A text and a place in it.

/// Reads a text piece by piece, from left to right.
pub(super) struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// The byte offset of what is next.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// What has not been read.
    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn take(&mut self, length: usize) -> &'a str {
        let taken = self.rest().get(..length).unwrap_or_default();
        self.at += taken.len();
        taken
    }

    pub(super) fn skip_space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    /// A name or an operator.
    pub(super) fn word(&mut self) -> &'a str {
        let ends = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '"');
        let rest = self.rest();
        self.take(rest.find(ends).unwrap_or(rest.len()))
    }

    /// A value without quotes.
    pub(super) fn token(&mut self) -> &'a str {
        let ends = |c: char| c.is_whitespace() || matches!(c, ')' | ']');
        let rest = self.rest();
        self.take(rest.find(ends).unwrap_or(rest.len()))
    }

    /// Skips the keyword if it is next.
    pub(super) fn keyword(&mut self, keyword: &str) -> bool {
        let before = self.at;
        self.skip_space();
        let found = self.word().eq_ignore_ascii_case(keyword);
        if !found {
            self.at = before;
        }
        found
    }

    /// Skips the symbol if it is next.
    pub(super) fn accept(&mut self, symbol: char) -> bool {
        let before = self.at;
        if symbol != '.' {
            self.skip_space();
        }
        let found = self.rest().starts_with(symbol);
        self.at = if found {
            self.at + symbol.len_utf8()
        } else {
            before
        };
        found
    }

    /// A text in single quotes, with them; `None` if it does not start or end so. Nothing can be
    /// escaped in it: the closing quote is the first one that ends a value.
    pub(super) fn single_quoted(&mut self) -> Option<&'a str> {
        let inner = self.rest().strip_prefix('\'')?;
        let ends = |(index, _): &(usize, &str)| {
            let rest = inner.get(index + 1..).unwrap_or_default();
            rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || matches!(c, ')' | ']'))
        };
        let (closing, _) = inner.match_indices('\'').find(ends)?;
        Some(self.take(closing + 2))
    }

    /// A JSON string with its quotes; `None` if it is not closed.
    pub(super) fn quoted(&mut self) -> Option<&'a str> {
        closing_quote(self.rest()).map(|length| self.take(length))
    }
}

/// The length of the JSON string at the start of `text`, quotes included.
fn closing_quote(text: &str) -> Option<usize> {
    let mut escaped = false;
    for (index, c) in text.char_indices().skip(1) {
        match c {
            '"' if !escaped => return Some(index + 1),
            _ => escaped = c == '\\' && !escaped,
        }
    }
    None
}
