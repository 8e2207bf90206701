//! Which page of a list: by index (RFC 7644 §3.4.2.4) or by cursor (RFC 9865).

use crate::error::ScimError;

/// Which part of the results to send, RFC 7644 §3.4.2.4.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// The first result, counted from 1.
    pub start_index: usize,
    /// The most results to send.
    pub count: usize,
}

impl Page {
    /// The results of a page nobody asked a size for.
    pub const DEFAULT_COUNT: usize = 100;

    /// Reads `startIndex` and `count`. A start below 1 is 1, a negative count is 0, a count
    /// above `max` is `max`, and none is 100 or `max`; what is not a whole number is an
    /// `invalidValue` error.
    pub fn parse(start_index: Option<&str>, count: Option<&str>, max: usize) -> Result<Self, ScimError> {
        let start_index = whole_number("startIndex", start_index)?.unwrap_or(1).max(1);
        let count = whole_number("count", count)?
            .unwrap_or(Self::DEFAULT_COUNT)
            .min(max);
        Ok(Self { start_index, count })
    }

    /// How many results come before the page.
    pub const fn skip(&self) -> usize {
        self.start_index.saturating_sub(1)
    }
}

/// How a client asks for a part of the results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Paging {
    /// By the number of the first result.
    Index(Page),
    /// By a cursor.
    Cursor {
        /// What the page before was answered with; `None` for the first page.
        cursor: Option<String>,
        /// The most results to send.
        count: usize,
    },
}

impl Paging {
    /// Reads the parameters of a query. A `cursor`, even an empty one, asks for cursors; without
    /// one the page is an index (RFC 9865 §2.4: a server that knew the index first stays with it).
    ///
    /// `count` is read alike for both: a negative one is 0, none is 100 or `max`, and one above
    /// `max` is `max`, which RFC 9865 §2 allows ("MAY return fewer"). Errors: `invalidCount` for a
    /// count that is no whole number beside a cursor (`invalidValue` beside an index, where RFC
    /// 9865 has no say), `invalidCursor` for characters no cursor has, `invalidValue` for a
    /// `startIndex` beside a cursor.
    pub fn parse(
        start_index: Option<&str>,
        count: Option<&str>,
        cursor: Option<&str>,
        max: usize,
    ) -> Result<Self, ScimError> {
        let Some(cursor) = cursor.map(str::trim) else {
            return Page::parse(start_index, count, max).map(Self::Index);
        };
        if start_index.is_some_and(|start| !start.trim().is_empty()) {
            return Err(ScimError::invalid_value(
                "startIndex",
                "a query has either a startIndex or a cursor; send one of them",
            ));
        }
        if !cursor.chars().all(is_unreserved) {
            return Err(ScimError::invalid_cursor());
        }
        let count = whole_number("count", count).map_err(|_| ScimError::invalid_count(max))?;
        Ok(Self::Cursor {
            cursor: Some(cursor.to_owned()).filter(|cursor| !cursor.is_empty()),
            count: count.unwrap_or(Page::DEFAULT_COUNT).min(max),
        })
    }

    /// The most results to send.
    pub const fn count(&self) -> usize {
        match self {
            Self::Index(page) => page.count,
            Self::Cursor { count, .. } => *count,
        }
    }
}

impl From<Page> for Paging {
    fn from(page: Page) -> Self {
        Self::Index(page)
    }
}

/// The characters of a cursor: RFC 3986 §2.3.
const fn is_unreserved(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '~')
}

/// The largest whole number that every reader of the answer knows: 2⁶³ - 1.
const LARGEST: usize = usize::MAX / 2;

/// Negative numbers are 0, and those that are too large are the largest.
fn whole_number(name: &str, text: Option<&str>) -> Result<Option<usize>, ScimError> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(ScimError::invalid_value(name, "a whole number is expected"));
    }
    let number = digits.parse().unwrap_or(LARGEST).min(LARGEST);
    Ok(Some(if negative { 0 } else { number }))
}
