//! Bytes as text: UTF-8 or UTF-16 with a byte order mark, UTF-8 without one, else ISO-8859-1.

/// A file's text.
pub(super) struct Decoded {
    /// Without a byte order mark.
    pub(super) text: String,
    /// The line where it is no UTF-8 and was read as ISO-8859-1 instead.
    pub(super) not_utf8: Option<u64>,
}

pub(super) fn decode(bytes: &[u8]) -> Decoded {
    let utf16 = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = rest
            .chunks_exact(2)
            .filter_map(|pair| pair.try_into().ok().map(unit));
        Decoded {
            text: char::decode_utf16(units)
                .map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER))
                .collect(),
            not_utf8: None,
        }
    };
    if let Some(rest) = bytes.strip_prefix(&[0xFF, 0xFE]) {
        return utf16(rest, u16::from_le_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(&[0xFE, 0xFF]) {
        return utf16(rest, u16::from_be_bytes);
    }
    let bytes = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Decoded {
            text: text.to_owned(),
            not_utf8: None,
        },
        Err(error) => {
            let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
            Decoded {
                text: bytes.iter().copied().map(char::from).collect(),
                not_utf8: Some(good.split(|byte| *byte == b'\n').count() as u64),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_that_exports_come_in_is_read() {
        let le: Vec<u8> = "\u{feff}Zoë\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let be: Vec<u8> = "\u{feff}Zoë\n"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        for bytes in [&le[..], &be, "\u{feff}Zoë\n".as_bytes(), "Zoë\n".as_bytes()] {
            let decoded = decode(bytes);
            assert_eq!((decoded.text.as_str(), decoded.not_utf8), ("Zoë\n", None));
        }
        let decoded = decode(b"Email\na@b\nZo\xEB\n");
        assert_eq!(decoded.text, "Email\na@b\nZoë\n");
        assert_eq!(decoded.not_utf8, Some(3));
    }
}
