//! When two texts are the same to a person.

use unicode_normalization::UnicodeNormalization;

/// The form in which texts compare if letter case does not matter (`caseExact` false).
///
/// RFC 7644 §5 asks for the PRECIS rules of RFC 7613 for the names people sign in with. This is
/// its UsernameCaseMapped profile without the refusals: wide and narrow forms become ordinary ones,
/// then capital letters small ones, then letters and their accents one. So `ZOÉ`, `zoe` with a
/// combining acute, and `ｚｏé` all fold to `zoé`. Nothing here depends on a language.
///
/// Whoever keeps an index of such values folds them with this too.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let ordinary: String = text.chars().flat_map(unwiden).collect();
    ordinary.to_lowercase().nfc().collect()
}

/// RFC 7613 §3.2.2, width mapping: the block of wide and narrow forms, and the wide space.
fn unwiden(c: char) -> impl Iterator<Item = char> {
    let has_width = matches!(c, '\u{3000}' | '\u{ff00}'..='\u{ffef}');
    let (wide, plain) = if has_width {
        (Some(c), None)
    } else {
        (None, Some(c))
    };
    wide.into_iter().nfkd().chain(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_look_alike() {
        for text in [
            "zoé",
            "zoe\u{301}",
            "ZOÉ",
            "ZOE\u{301}",
            "\u{ff5a}oé",
            "\u{ff3a}OÉ",
        ] {
            assert_eq!(fold(text), "zoé");
        }
        assert_eq!(fold("Ada@Contoso.TEST"), "ada@contoso.test");
        assert_ne!(fold("zoe"), fold("zoé"));
        assert_ne!(fold("straße"), fold("strasse"));
    }

    proptest::proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,12}") {
            let once = fold(&text);
            proptest::prop_assert_eq!(fold(&once), once);
        }
    }
}
