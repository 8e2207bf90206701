//! What every generated organisation is like, and that a seed always gives the same one.

use std::collections::HashSet;

use proptest::prelude::*;

use super::*;
use crate::organisation::Person;

fn now() -> Timestamp {
    "2026-03-04T10:00:00Z".parse().unwrap()
}

fn options(people: u32, seed: u64) -> Options {
    Options {
        people,
        seed,
        ..Options::default()
    }
}

fn made(people: u32, seed: u64) -> Organisation {
    generate(&options(people, seed), now()).unwrap()
}

/// Fails unless ids and names are unique, everything named exists and nobody is their own superior.
fn check(org: &Organisation) {
    let names: HashSet<String> = org
        .people
        .values()
        .map(|person| person.user_principal_name().to_lowercase())
        .collect();
    assert_eq!(names.len(), org.people.len(), "userPrincipalNames are unique");
    for (id, person) in &org.people {
        assert_eq!(*id, person.id);
        assert!(!org.groups.contains_key(id));
        assert!(crate::organisation::is_name(person.user_principal_name()));
        let alias = person.text("mailNickname").unwrap();
        assert!(alias.is_ascii() && alias.len() <= 64, "{alias}");
        assert_ne!(
            person.manager.is_none(),
            person.text("jobTitle") != Some("President")
        );
        if let Some(manager) = &person.manager {
            assert!(org.people[manager].is_present());
        }
        let superiors: Vec<&ObjectId> = org.superiors(id).collect();
        assert!(superiors.len() < 12 && !superiors.contains(&id), "{superiors:?}");
    }
    for group in org.groups.values() {
        assert!(!group.members.is_empty());
        assert!(group.members.iter().all(|member| org.people.contains_key(member)));
    }
    assert!(org.assigned.iter().all(|id| org.groups.contains_key(id)));
    assert_eq!(org.assigned_people().len(), org.people.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn it_holds_together(
        people in 10_u32..600,
        seed: u64,
        [rename, leaver, diacritics, long_names, duplicates]: [bool; 5],
    ) {
        let options = Options {
            rename, leaver, diacritics, long_names, duplicates,
            ..options(people, seed)
        };
        let org = generate(&options, now()).unwrap();
        prop_assert_eq!(org.people.len(), people as usize);
        check(&org);
    }
}

#[test]
fn a_seed_gives_the_same_organisation_and_another_one_another() {
    assert_eq!(made(120, 7), made(120, 7));
    assert_ne!(made(120, 7).people, made(120, 8).people);
}

/// Lessons and screenshots refer to people by name, so a newer random generator must not slip in.
#[test]
fn the_first_people_of_seed_one_have_not_changed() {
    let org = made(50, 1);
    let mut names: Vec<(&str, &str)> = org
        .people
        .values()
        .map(|person| (person.text("employeeId").unwrap(), person.user_principal_name()))
        .collect();
    names.sort_unstable();
    let names: Vec<&str> = names.iter().take(3).map(|(_, name)| *name).collect();
    assert_eq!(
        names,
        [
            "iestyn.gwynedd@lindenfield.example",
            "thanh-dat.do@lindenfield.example",
            "bich-ngoc.tran@lindenfield.example"
        ]
    );
}

fn find(org: &Organisation, is_it: impl Fn(&Person) -> bool) -> Vec<&Person> {
    org.people.values().filter(|person| is_it(person)).collect()
}

#[test]
fn who_was_asked_for_is_there_and_nobody_else() {
    let with = generate(
        &Options {
            duplicates: true,
            ..options(300, 3)
        },
        now(),
    )
    .unwrap();
    let renamed = find(&with, |person| person.proxy_addresses.len() == 2);
    let [renamed] = renamed[..] else {
        panic!("{renamed:?}")
    };
    assert_ne!(renamed.text("mail"), renamed.text("userPrincipalName"));
    assert_eq!(
        renamed.proxy_addresses[1],
        format!("smtp:{}", renamed.user_principal_name())
    );
    assert_eq!(find(&with, |person| !person.account_enabled).len(), 1);
    assert_eq!(find(&with, |person| !person.is_present()).len(), 1);
    let mails: HashSet<_> = with.people.values().map(|person| person.text("mail")).collect();
    assert_eq!(mails.len(), 299);
    assert!(!find(&with, |person| person.display_name().chars().count() > 64).is_empty());
    assert!(!find(&with, |person| !person.display_name().is_ascii()).is_empty());

    let plain = Options {
        rename: false,
        leaver: false,
        diacritics: false,
        long_names: false,
        ..options(300, 3)
    };
    let plain = generate(&plain, now()).unwrap();
    let odd = |person: &Person| {
        person.proxy_addresses.len() != 1
            || !person.account_enabled
            || !person.is_present()
            || !person.display_name().is_ascii()
            || person.display_name().len() > 50
    };
    assert_eq!(find(&plain, odd), Vec::<&Person>::new());
}

#[test]
fn what_cannot_be_generated_is_refused_in_words() {
    let refused = |options: &Options| generate(options, now()).unwrap_err().to_string();
    assert_eq!(
        refused(&options(9, 1)),
        "An organisation of 9 people cannot be generated. Choose from 10 to 100000."
    );
    assert!(refused(&options(100_001, 1)).contains("100001"));
    let domain = Options {
        domain: "no domain".to_owned(),
        ..Options::default()
    };
    assert!(refused(&domain).contains("contoso.com"));
}

#[test]
fn people_of_the_same_name_have_addresses_of_their_own() {
    let org = made(20_000, 11);
    assert_eq!(org.people.len(), 20_000);
    check(&org);
}
