//! The first line of a request as clients write it. Some put quotes, braces or blanks into the
//! address as they are (`?filter=userName eq "adele"`); HTTP wants them percent-encoded, and
//! hyper refuses the whole request without anybody having seen it. So the line is mended before
//! hyper reads it.

/// A request line longer than this is left to hyper, which refuses it.
const LONGEST: usize = 64 * 1024;

/// The beginning of a request, held back until its first line is whole.
#[derive(Debug, Default)]
pub(crate) struct RequestLine {
    held: Vec<u8>,
}

impl RequestLine {
    /// Takes what has arrived. Returns everything that is held, its first line mended, once that
    /// line is whole or too long.
    pub(crate) fn take(&mut self, arrived: &[u8]) -> Option<Vec<u8>> {
        let searched = self.held.len();
        self.held.extend_from_slice(arrived);
        // Empty lines before a request are none (RFC 9112 §2.2).
        let blank = self
            .held
            .iter()
            .take_while(|byte| matches!(byte, b'\r' | b'\n'))
            .count();
        let from = searched.max(blank);
        let end = self
            .held
            .get(from..)?
            .iter()
            .position(|byte| *byte == b'\n')
            .map(|position| from + position);
        match end {
            None if self.held.len() < LONGEST => None,
            None => Some(self.give_up()),
            Some(end) => {
                let held = self.give_up();
                let line = held.get(blank..end).unwrap_or_default();
                let Some(mut mended) = mended(line) else {
                    return Some(held);
                };
                mended.extend_from_slice(held.get(end..).unwrap_or_default());
                Some(mended)
            }
        }
    }

    /// Everything that is held, as it is.
    pub(crate) fn give_up(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.held)
    }
}

/// A line with its target encoded; `None` if there is nothing to mend.
fn mended(line: &[u8]) -> Option<Vec<u8>> {
    let begin = line.iter().position(|byte| *byte == b' ')? + 1;
    let length = line.get(begin..)?.iter().rposition(|byte| *byte == b' ')?;
    let target = line.get(begin..begin + length)?;
    if !target.iter().copied().any(must_be_encoded) {
        return None;
    }
    let mut mended = line.get(..begin)?.to_vec();
    for byte in target {
        if must_be_encoded(*byte) {
            mended.extend_from_slice(format!("%{byte:02X}").as_bytes());
        } else {
            mended.push(*byte);
        }
    }
    mended.extend_from_slice(line.get(begin + length..)?);
    Some(mended)
}

/// What RFC 3986 has in no part of an address.
fn must_be_encoded(byte: u8) -> bool {
    !byte.is_ascii_graphic() || b"\"<>\\^`{|}".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_as_people_write_them() {
        for (line, expected) in [
            (
                r#"GET /Users?filter=userName+eq+"dale.mohr%40romaguera.uk" HTTP/1.1"#,
                "GET /Users?filter=userName+eq+%22dale.mohr%40romaguera.uk%22 HTTP/1.1",
            ),
            (
                r#"GET /Users?filter=userName eq "adele" HTTP/1.1"#,
                "GET /Users?filter=userName%20eq%20%22adele%22 HTTP/1.1",
            ),
            ("GET /Users/{id} HTTP/1.1", "GET /Users/%7Bid%7D HTTP/1.1"),
            (
                "GET /Users?filter=title+eq+\"é\" HTTP/1.1",
                "GET /Users?filter=title+eq+%22%C3%A9%22 HTTP/1.1",
            ),
            (
                "GET /Users?a=%22&b[c]=d HTTP/1.1",
                "GET /Users?a=%22&b[c]=d HTTP/1.1",
            ),
            ("nonsense", "nonsense"),
            ("GET /", "GET /"),
            ("", ""),
        ] {
            let whole = format!("\r\n{line}\r\nHost: \"x\"\r\n\r\n");
            let mended = RequestLine::default().take(whole.as_bytes()).unwrap();
            let mended = String::from_utf8(mended).unwrap();
            let expected = format!("{expected}\r\nHost: \"x\"\r\n\r\n");
            assert_eq!(mended.trim_start(), expected.trim_start(), "{line}");
        }
    }

    #[test]
    fn a_line_may_come_in_pieces() {
        let mut line = RequestLine::default();
        assert_eq!(line.take(b"\r"), None);
        assert_eq!(line.take(b"\nGET /\""), None);
        assert_eq!(line.take(b" HTTP/1.1\r"), None);
        assert_eq!(line.take(b"\nHost"), Some(b"GET /%22 HTTP/1.1\r\nHost".to_vec()));
    }

    #[test]
    fn a_line_without_an_end_is_not_held_for_ever() {
        let mut line = RequestLine::default();
        assert_eq!(line.take(&vec![b'a'; LONGEST - 1]), None);
        assert_eq!(line.take(b"a").map(|held| held.len()), Some(LONGEST));
    }
}
