//! Each kind of export as it comes, and what is refused. `tests-data/import` holds the files, with
//! what becomes of each beside it.

use std::fmt::Write;

use expect_test::expect_file;
use proptest::prelude::*;

use super::*;

fn now() -> Timestamp {
    "2026-03-04T10:00:00Z".parse().unwrap()
}

/// An import as text.
fn shown(imported: &Imported) -> String {
    let org = &imported.organisation;
    let mut text = format!("{} ({})\n", org.name, imported.kind.label());
    let mut people: Vec<_> = org.people.values().collect();
    people.sort_by_key(|person| person.user_principal_name());
    for person in people {
        let state = if person.account_enabled { "" } else { " [disabled]" };
        writeln!(text, "\n{}{state} {}", person.user_principal_name(), person.id).unwrap();
        if let Some(deleted) = person.deleted {
            writeln!(text, "  deleted {deleted}").unwrap();
        }
        for (name, value) in &person.attributes {
            writeln!(text, "  {name}: {value}").unwrap();
        }
        for entry in &person.proxy_addresses {
            writeln!(text, "  {entry}").unwrap();
        }
        if let Some(manager) = &person.manager {
            writeln!(text, "  reports to {}", org.people[manager].user_principal_name()).unwrap();
        }
    }
    let mut groups: Vec<_> = org.groups.values().collect();
    groups.sort_by_key(|group| &group.display_name);
    for group in groups {
        let members = group
            .members
            .iter()
            .map(|id| org.people[id].user_principal_name());
        let mut members: Vec<&str> = members.collect();
        members.sort_unstable();
        writeln!(
            text,
            "\ngroup {} {}: {}",
            group.display_name,
            group.id,
            members.join(", ")
        )
        .unwrap();
    }
    for warning in &imported.warnings {
        write!(
            text,
            "\nwarning {} {:?}: {}",
            warning.count, warning.lines, warning.sentence
        )
        .unwrap();
    }
    text
}

macro_rules! sample {
    ($name:literal) => {
        include_bytes!(concat!("../../tests-data/import/", $name)).as_slice()
    };
}

/// Every sample, and its kind.
const SAMPLES: [(&[u8], Kind); 8] = [
    (sample!("entra-template.csv"), Kind::EntraTemplate),
    (sample!("entra-download.csv"), Kind::EntraDownload),
    (sample!("microsoft-365.csv"), Kind::Microsoft365),
    (sample!("google.csv"), Kind::Google),
    (sample!("okta.csv"), Kind::Okta),
    (sample!("get-aduser.csv"), Kind::ActiveDirectory),
    (sample!("directory.ldif"), Kind::Ldif),
    (sample!("console.csv"), Kind::Console),
];

#[test]
fn each_kind_is_recognised_and_becomes_an_organisation() {
    let expected = [
        expect_file!["../../tests-data/import/entra-template.txt"],
        expect_file!["../../tests-data/import/entra-download.txt"],
        expect_file!["../../tests-data/import/microsoft-365.txt"],
        expect_file!["../../tests-data/import/google.txt"],
        expect_file!["../../tests-data/import/okta.txt"],
        expect_file!["../../tests-data/import/get-aduser.txt"],
        expect_file!["../../tests-data/import/directory.txt"],
        expect_file!["../../tests-data/import/console.txt"],
    ];
    for ((bytes, kind), expected) in SAMPLES.into_iter().zip(expected) {
        let imported = import(bytes, now()).unwrap();
        assert_eq!(imported.kind, kind);
        expected.assert_eq(&shown(&imported));
    }
}

#[test]
fn no_password_is_kept() {
    for (bytes, kind) in SAMPLES {
        let text = format!("{:?}", import(bytes, now()).unwrap());
        for secret in ["Secret-", "hunter2", "myPassword", "****"] {
            assert!(!text.contains(secret), "{kind:?} {secret}");
        }
    }
}

#[test]
fn a_byte_order_mark_other_line_ends_another_order_and_another_case_make_no_difference() {
    for (bytes, kind) in SAMPLES {
        let plain = import(bytes, now()).unwrap();
        let text = text::decode(bytes).text.replace("\r\n", "\n");
        assert_eq!(import(text.as_bytes(), now()).unwrap(), plain, "{kind:?}");
        let text = text.replace('\n', "\r\n");
        assert_eq!(import(text.as_bytes(), now()).unwrap(), plain, "{kind:?}");
        let mut marked = b"\xef\xbb\xbf".to_vec();
        marked.extend(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes));
        if kind != Kind::Console {
            assert_eq!(import(&marked, now()).unwrap(), plain, "{kind:?}");
        }
        if ![Kind::Ldif, Kind::EntraTemplate, Kind::Okta].contains(&kind) {
            let turned = import(turned(bytes).as_bytes(), now()).unwrap();
            assert_eq!(turned.organisation, plain.organisation, "{kind:?}");
        }
    }
}

/// The table with its columns from right to left and its headings in capitals.
fn turned(bytes: &[u8]) -> String {
    let text = text::decode(bytes).text;
    let (preamble, rest) = match text.split_once('\n') {
        Some((first, rest)) if first.starts_with('#') => (format!("{first}\n"), rest),
        _ => (String::new(), text.as_str()),
    };
    let delimiter = if rest.starts_with("Email;") { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .delimiter(delimiter)
        .from_reader(rest.as_bytes());
    let mut writer = csv::Writer::from_writer(Vec::new());
    for (row, record) in reader.records().enumerate() {
        let record = record.unwrap();
        let cells = record.iter().rev();
        let cells = cells.map(|cell| {
            if row == 0 {
                cell.to_uppercase()
            } else {
                cell.to_owned()
            }
        });
        writer.write_record(cells).unwrap();
    }
    preamble + &String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

/// The errors of an import, one to a line.
fn refused(text: &str) -> String {
    let errors = import(text.as_bytes(), now()).unwrap_err();
    let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
    errors.join("\n")
}

#[test]
fn what_cannot_be_taken_is_told_line_by_line() {
    let download = "userPrincipalName,displayName,accountEnabled\n";
    for (text, said) in [
        ("", "Line 1: These headings are not known"),
        (
            "a,b\n1,2\n",
            "Line 1: These headings are not known: a, b. Choose an export of one of these kinds: Entra bulk create template, ",
        ),
        (
            "version:v1.0\nEmail address to invite [inviteeEmail] Required\n",
            "Line 2: This template is not the one",
        ),
        ("userPrincipalName\n", "Line 1: There is nobody in the file"),
        (
            "userPrincipalName,displayName\n,Adele\nnobody,Bob\n",
            "Line 2: The name to sign in with is missing",
        ),
        (
            "userPrincipalName,displayName\n,Adele\nnobody,Bob\n",
            "Line 3: \"nobody\" is no name to sign in with",
        ),
        (
            "userPrincipalName\na@b.c\n\nA@B.C\n",
            "Line 4: Somebody else, in line 2, signs in with this name already (A@B.C)",
        ),
        (
            "userPrincipalName,id\na@b.c,41a4cbd2-90b7-4bd0-9a2c-2a4f4a5f6a10\nd@b.c,41A4CBD2-90b7-4bd0-9a2c-2a4f4a5f6a10\n",
            "Line 3: Somebody else, in line 2, has this object id already (d@b.c)",
        ),
        (
            "userPrincipalName\na@b.c,x\n",
            "Line 2: It has 2 cells, the headings are 1",
        ),
        ("dn: CN=A\nmail\n", "Line 2: There is no colon"),
        (
            "dn: CN=A\nchangetype: modify\nreplace: mail\nmail: x\n-\n",
            "Line 2: This is a list of changes",
        ),
        (
            "dn: CN=A\nchangetype: add\n\nmail: x\n",
            "Line 4: An entry begins with dn:",
        ),
        (
            "dn: CN=A\nobjectClass: user\nuserAccountControl: on\nmail: a@b.c\n",
            "Line 3: userAccountControl is a number such as 512, not \"on\"",
        ),
    ] {
        let refused = refused(text);
        assert!(refused.contains(said), "{text:?}\n{refused}");
    }
    let wrong = refused(&format!("{download}a@b.c,A,maybe\n"));
    assert_eq!(
        wrong,
        "Line 2: \"maybe\" is neither yes nor no. Write TRUE or FALSE."
    );
}

#[test]
fn one_wrong_line_keeps_all_of_the_file_out_and_there_is_an_end_to_errors() {
    assert_eq!(refused("userPrincipalName\na@b.c\nx\n").lines().count(), 1);
    let many = format!("userPrincipalName\n{}", "x\n".repeat(500));
    assert_eq!(refused(&many).lines().count(), MAX_ERRORS);
    let many = format!("userPrincipalName\n{}", "a,b\n".repeat(500));
    assert_eq!(refused(&many).lines().count(), MAX_ERRORS);
}

#[test]
fn a_file_that_is_not_utf8_is_only_read_if_the_console_wrote_it() {
    let errors = import(b"userPrincipalName,city\na@b.c,Bern\nd@b.c,Z\xfcrich\n", now()).unwrap_err();
    assert_eq!(errors[0].line, 3);
    assert!(errors[0].sentence.contains("not UTF-8"));
}

#[test]
fn too_much_is_refused() {
    let errors = import(&vec![b'a'; MAX_BYTES + 1], now()).unwrap_err();
    assert!(errors[0].sentence.contains("larger than 128 MB"), "{errors:?}");
    let cell = format!("userPrincipalName,city\na@b.c,\"{}\n", "x\n".repeat(40_000));
    assert!(
        refused(&cell).contains("Line 2: A cell has more than"),
        "a quotation mark is not closed"
    );
}

#[test]
fn the_same_person_has_the_same_id_each_time() {
    let id = |text: &str| {
        let org = import(text.as_bytes(), now()).unwrap().organisation;
        org.by_name("a@b.c").unwrap().id.clone()
    };
    assert_eq!(
        id("userPrincipalName\na@b.c\n"),
        id("login,email\nx@b.c,\nA@b.c,\n")
    );
}

#[test]
fn superiors_who_go_round_are_cut() {
    let text = "login,email,managerId\na@x.y,,b@x.y\nb@x.y,,c@x.y\nc@x.y,,a@x.y\nd@x.y,,c@x.y\n";
    let imported = import(text.as_bytes(), now()).unwrap();
    assert_eq!(imported.warnings.len(), 1, "{:?}", imported.warnings);
    let org = imported.organisation;
    assert_eq!(
        org.people
            .values()
            .filter(|person| person.manager.is_none())
            .count(),
        1
    );
    for id in org.people.keys() {
        assert!(!org.superiors(id).any(|above| above == id));
    }
}

/// Whatever an import accepts is sound.
fn check(bytes: &[u8]) {
    let Ok(Imported {
        organisation: org, ..
    }) = import(bytes, now())
    else {
        return;
    };
    assert!(!org.people.is_empty());
    for (id, person) in &org.people {
        assert!(crate::organisation::is_name(person.user_principal_name()));
        assert!(!org.superiors(id).any(|above| above == id));
        assert!(
            person
                .manager
                .iter()
                .all(|manager| org.people.contains_key(manager))
        );
    }
    for group in org.groups.values() {
        assert!(group.members.iter().all(|member| org.people.contains_key(member)));
    }
}

proptest! {
    #[test]
    fn no_bytes_end_the_program(bytes: Vec<u8>) {
        check(&bytes);
    }

    #[test]
    fn no_text_ends_the_program(text in "(dn: |userPrincipalName,|login,|email;|\u{feff}|sep=|version:v1.0\n)?(.|\n|,|;|\"|: |:: |=|\\\\|@){0,200}") {
        check(text.as_bytes());
    }

    #[test]
    fn no_damage_to_a_real_file_ends_the_program(
        (which, damage) in (0..SAMPLES.len(), prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20)),
        cut: prop::sample::Index,
    ) {
        let mut bytes = SAMPLES[which].0.to_vec();
        for (place, byte) in damage {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        check(&bytes);
        bytes.truncate(cut.index(bytes.len()));
        check(&bytes);
    }
}
