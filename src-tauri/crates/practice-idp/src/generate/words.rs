//! The word lists, read once: names by language, departments with their titles, offices, projects.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// All lists.
#[derive(Debug, Default)]
pub(crate) struct Words {
    /// One for each language.
    pub(crate) languages: Vec<Language>,
    /// Names that fit into few columns.
    pub(crate) long: Language,
    pub(crate) departments: Vec<Department>,
    pub(crate) offices: Vec<Office>,
    pub(crate) projects: Vec<&'static str>,
}

/// Names that go together.
#[derive(Debug, Default)]
pub(crate) struct Language {
    name: &'static str,
    pub(crate) given: Vec<Name>,
    pub(crate) family: Vec<Name>,
}

/// A name as it is written, and in ASCII.
#[derive(Debug)]
pub(crate) struct Name {
    pub(crate) native: &'static str,
    pub(crate) latin: String,
}

/// A department.
#[derive(Debug)]
pub(crate) struct Department {
    pub(crate) name: &'static str,
    /// Its share of the people.
    pub(crate) weight: u32,
    /// The title of its head.
    pub(crate) head: &'static str,
    /// The title of others who have reports.
    pub(crate) lead: &'static str,
    /// Titles of those who have none.
    pub(crate) titles: Vec<&'static str>,
}

/// A place to work at.
#[derive(Debug)]
pub(crate) struct Office {
    pub(crate) name: &'static str,
    pub(crate) city: &'static str,
    pub(crate) state: &'static str,
    pub(crate) country: &'static str,
    pub(crate) country_code: &'static str,
    pub(crate) street: &'static str,
    pub(crate) postal_code: &'static str,
    /// Each `#` is any digit.
    pub(crate) phone: &'static str,
    pub(crate) language: &'static str,
}

/// The lists that are part of the program.
pub(crate) static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words::default();
    for line in lines(include_str!("names.txt")) {
        words.read_names(line);
    }
    for line in lines(include_str!("work.txt")) {
        words.read_work(line);
    }
    words
});

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

impl Words {
    /// Reads `language given: name, name=latin, …`; what is none is passed over, and a test tells.
    fn read_names(&mut self, line: &'static str) -> Option<()> {
        let (heading, names) = line.split_once(':')?;
        let (language, part) = heading.split_once(' ')?;
        let language = self.language(language)?;
        let names = list(names).map(Name::read);
        match part {
            "given" => language.given.extend(names),
            "family" => language.family.extend(names),
            _ => return None,
        }
        Some(())
    }

    /// The language of that name, new if need be.
    fn language(&mut self, name: &'static str) -> Option<&mut Language> {
        if name == "long" {
            return Some(&mut self.long);
        }
        if self.languages.last().is_none_or(|last| last.name != name) {
            self.languages.push(Language {
                name,
                ..Language::default()
            });
        }
        self.languages.last_mut()
    }

    fn read_work(&mut self, line: &'static str) -> Option<()> {
        let (heading, rest) = line.split_once(':')?;
        let mut cells = rest.split('|').map(str::trim);
        match heading {
            "department" => self.departments.push(Department {
                name: cells.next()?,
                weight: cells.next()?.parse().ok()?,
                head: cells.next()?,
                lead: cells.next()?,
                titles: list(cells.next()?).collect(),
            }),
            "office" => self.offices.push(Office {
                name: cells.next()?,
                city: cells.next()?,
                state: cells.next()?,
                country: cells.next()?,
                country_code: cells.next()?,
                street: cells.next()?,
                postal_code: cells.next()?,
                phone: cells.next()?,
                language: cells.next()?,
            }),
            "project" => self.projects = list(rest).collect(),
            _ => return None,
        }
        Some(())
    }
}

fn list(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.split(',').map(str::trim).filter(|word| !word.is_empty())
}

impl Name {
    fn read(text: &'static str) -> Self {
        let (native, latin) = text.split_once('=').unwrap_or((text, text));
        Self {
            native,
            latin: latin_of(latin),
        }
    }
}

/// Latin text in ASCII: without marks, and with letters for the ones that are no letter with a mark.
/// What has no Latin letter stays.
pub(crate) fn latin_of(text: &str) -> String {
    let mut latin = String::with_capacity(text.len());
    for letter in text.nfd().filter(|letter| !is_combining_mark(*letter)) {
        match letter {
            'ß' => latin.push_str("ss"),
            'æ' => latin.push_str("ae"),
            'Æ' => latin.push_str("Ae"),
            'œ' => latin.push_str("oe"),
            'Œ' => latin.push_str("Oe"),
            'þ' => latin.push_str("th"),
            'Þ' => latin.push_str("Th"),
            'ø' => latin.push('o'),
            'Ø' => latin.push('O'),
            'ł' => latin.push('l'),
            'Ł' => latin.push('L'),
            'đ' | 'ð' => latin.push('d'),
            'Đ' | 'Ð' => latin.push('D'),
            'ı' => latin.push('i'),
            other => latin.push(other),
        }
    }
    latin
}

/// What goes before the `@`: small letters, digits and hyphens, a period between the names.
/// Entra allows 64 characters (`limit`), of which a number may need some.
pub(crate) fn address_of(given: &str, family: &str, limit: usize) -> String {
    let part = |name: &str| -> String {
        latin_of(name)
            .chars()
            .filter_map(|letter| match letter {
                ' ' | '-' => Some('-'),
                letter if letter.is_ascii_alphanumeric() => Some(letter.to_ascii_lowercase()),
                _ => None,
            })
            .collect()
    };
    let parts = [part(given), part(family)];
    let parts: Vec<&str> = parts
        .iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty())
        .collect();
    let whole: String = parts.join(".").chars().take(limit).collect();
    whole.trim_end_matches(['-', '.']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_lists_is_read() {
        let mut words = Words::default();
        for line in lines(include_str!("names.txt")) {
            assert!(words.read_names(line).is_some(), "{line}");
        }
        for line in lines(include_str!("work.txt")) {
            assert!(words.read_work(line).is_some(), "{line}");
        }
        assert!(words.languages.len() > 15);
        for language in words.languages.iter().chain([&words.long]) {
            assert!(
                language.given.len() > 4 && language.family.len() > 4,
                "{language:?}"
            );
        }
        assert!(words.departments.iter().all(|each| !each.titles.is_empty()));
    }

    #[test]
    fn every_name_can_be_written_in_ascii() {
        for language in WORDS.languages.iter().chain([&WORDS.long]) {
            for name in language.given.iter().chain(&language.family) {
                assert!(name.latin.is_ascii() && !name.latin.is_empty(), "{name:?}");
            }
        }
    }

    #[test]
    fn addresses_are_plain() {
        for (given, family, address) in [
            ("José María", "Álvarez del Río", "jose-maria.alvarez-del-rio"),
            ("Bjørn", "O'Hara", "bjorn.ohara"),
            ("Łucja", "Groß", "lucja.gross"),
            ("Adele", "", "adele"),
            ("", "", ""),
        ] {
            assert_eq!(address_of(given, family, 60), address);
        }
        assert_eq!(address_of("Maximiliane", "von Ost", 16), "maximiliane.von");
    }
}
