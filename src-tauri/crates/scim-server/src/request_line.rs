//! The first line of a request as clients write it. Some put quotes, braces or blanks into the
//! address as they are (`?filter=userName eq "adele"`); HTTP wants them percent-encoded, and
//! hyper refuses the whole request without anybody having seen it. So the line is mended before
//! hyper reads it.

/// A request line longer than this is left to hyper, which refuses it.
const LONGEST: usize = 64 * 1024;

/// The beginning of a request, held back until its first line is whole.
///
/// Whoever sends requests without waiting for the answers may have the server read the beginning
/// of one together with the end of another. Then what comes next is a header or a body; it begins
/// with no method and is handed on at once.
#[derive(Debug, Default)]
pub(crate) struct RequestLine {
    held: Vec<u8>,
}

/// What there is to hand on.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    /// Nothing: the line is not whole.
    Held,
    /// Empty lines before a request, which are none (RFC 9112 §2.2); its first line is to come.
    Blank(Vec<u8>),
    /// Everything that was held: its first line is mended, or is no request line.
    Whole(Vec<u8>),
}

impl RequestLine {
    /// Takes what has arrived.
    pub(crate) fn take(&mut self, arrived: &[u8]) -> Taken {
        let searched = self.held.len();
        self.held.extend_from_slice(arrived);
        let is_blank = |byte: &u8| matches!(byte, b'\r' | b'\n');
        let blank = self.held.iter().take_while(|byte| is_blank(byte)).count();
        if blank == self.held.len() {
            return Taken::Blank(self.give_up());
        }
        let line = self.held.get(blank..).unwrap_or_default();
        if !may_begin_with_method(line) {
            return Taken::Whole(self.give_up());
        }
        let from = searched.max(blank);
        let new = self.held.get(from..).unwrap_or_default();
        let end = new.iter().position(|byte| *byte == b'\n');
        match end.map(|position| from + position) {
            None if self.held.len() < LONGEST => Taken::Held,
            None => Taken::Whole(self.give_up()),
            Some(end) => {
                let held = self.give_up();
                let line = held.get(blank..end).unwrap_or_default();
                let Some(mended) = mended(line) else {
                    return Taken::Whole(held);
                };
                // What is before the line ends one that may have been handed on by halves.
                let before = held.get(..blank).unwrap_or_default();
                let after = held.get(end..).unwrap_or_default();
                Taken::Whole([before, &mended, after].concat())
            }
        }
    }

    /// Everything that is held, as it is.
    pub(crate) fn give_up(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.held)
    }
}

/// Whether what has come so far can be a method (RFC 9110 §9.1: in capitals) and a blank after it.
fn may_begin_with_method(line: &[u8]) -> bool {
    let letters = line.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
    match line.get(letters) {
        None => true,
        Some(next) => *next == b' ' && letters > 0,
    }
}

/// A request line with its target encoded; `None` if there is nothing to mend, or it is none.
fn mended(line: &[u8]) -> Option<Vec<u8>> {
    let begin = line.iter().position(|byte| *byte == b' ')? + 1;
    let length = line.get(begin..)?.iter().rposition(|byte| *byte == b' ')?;
    let version = line.get(begin + length + 1..)?.trim_ascii_end();
    if !matches!(version, [b'H', b'T', b'T', b'P', b'/', b'1', b'.', digit] if digit.is_ascii_digit()) {
        return None;
    }
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
            let Taken::Whole(mended) = RequestLine::default().take(whole.as_bytes()) else {
                panic!("{line} is held");
            };
            let mended = String::from_utf8(mended).unwrap();
            let expected = format!("{expected}\r\nHost: \"x\"\r\n\r\n");
            assert_eq!(mended.trim_start(), expected.trim_start(), "{line}");
        }
    }

    #[test]
    fn what_is_no_request_line_is_handed_on_as_it_is() {
        for rest in [
            "User-Agent: a \"b\" HTTP/1.1\r\n",
            "nt: a \"b\" HTTP/1.1\r\n",
            " \"b\" HTTP/1.1",
            "{\"userName\":\"a b\"}",
            "\r\n{\"userName\":\"a b\"}",
            "agent \"b\" of somebody\r\n",
            "GET /\"x\" HTTP/2\r\n",
        ] {
            let taken = RequestLine::default().take(rest.as_bytes());
            assert_eq!(taken, Taken::Whole(rest.into()), "{rest}");
        }
    }

    #[test]
    fn a_line_may_come_in_pieces() {
        let mut line = RequestLine::default();
        assert_eq!(line.take(b"\r"), Taken::Blank(b"\r".to_vec()));
        assert_eq!(line.take(b"\nGE"), Taken::Held);
        assert_eq!(line.take(b"T /\""), Taken::Held);
        assert_eq!(line.take(b" HTTP/1.1\r"), Taken::Held);
        let whole = b"\nGET /%22 HTTP/1.1\r\nHost".to_vec();
        assert_eq!(line.take(b"\nHost"), Taken::Whole(whole));
    }

    #[test]
    fn a_line_without_an_end_is_not_held_for_ever() {
        let mut line = RequestLine::default();
        assert_eq!(line.take(&vec![b'A'; LONGEST - 1]), Taken::Held);
        assert_eq!(line.take(b"A"), Taken::Whole(vec![b'A'; LONGEST]));
    }
}
