//! Each story, told of Contoso and of a made-up organisation.

use super::*;
use crate::generate::{Options, generate};
use crate::roster::contoso;

fn then() -> Timestamp {
    "2026-03-04T10:00:00Z".parse().unwrap()
}

fn now() -> Timestamp {
    "2026-03-05T09:30:00Z".parse().unwrap()
}

fn office() -> Organisation {
    generate(&Options::default(), then()).unwrap()
}

fn tell(story: Story, org: &mut Organisation) -> Vec<String> {
    story.happen(org, 1, now()).unwrap()
}

/// The people who were changed by a story, by name.
fn changed(org: &Organisation) -> Vec<&Person> {
    org.changed_since(now()).people
}

#[test]
fn every_story_has_a_key_of_its_own_and_can_be_told_again_and_again() {
    for offer in STORIES {
        assert_eq!(Story::by_key(offer.key), Some(offer.story));
        for mut org in [contoso(then()), office()] {
            for seed in 0..12 {
                let before = org.clone();
                match offer.story.happen(&mut org, seed, now()) {
                    Ok(told) => {
                        assert!(!told.is_empty() && org != before, "{offer:?}");
                        assert!(told.iter().all(|sentence| sentence.ends_with('.')), "{told:?}");
                    }
                    Err(error) => {
                        assert_eq!(org, before);
                        assert!(matches!(error, OrganisationError::NoStory(_)), "{error}");
                    }
                }
                for id in org.people.keys() {
                    assert!(!org.superiors(id).any(|above| above == id));
                }
            }
        }
    }
    assert_eq!(Story::by_key("lottery"), None);
}

#[test]
fn a_story_is_the_same_for_the_same_seed() {
    for offer in STORIES {
        let told = |seed| {
            let mut org = office();
            (offer.story.happen(&mut org, seed, now()), org)
        };
        assert_eq!(told(4), told(4));
    }
}

#[test]
fn five_start_with_a_manager_and_are_assigned() {
    let mut org = office();
    let told = tell(Story::HireFive, &mut org);
    assert_eq!((told.len(), org.people.len()), (5, 255));
    let hired = changed(&org);
    assert_eq!(hired.len(), 5);
    for person in hired {
        assert!(
            person.manager.is_some() && org.is_assigned(&person.id),
            "{person:?}"
        );
        assert_eq!(
            org.groups_of(&person.id).count(),
            2,
            "everybody's and the department's"
        );
        let mail = person.text("mail").unwrap();
        assert!(mail.ends_with("@lindenfield.example"), "{mail}");
    }
    let mut empty = Organisation::default();
    assert!(Story::HireFive.happen(&mut empty, 1, now()).is_err());
}

#[test]
fn who_marries_keeps_the_old_address_and_the_id() {
    let mut org = contoso(then());
    let told = tell(Story::Marriage, &mut org);
    let [person] = changed(&org)[..] else {
        panic!("{told:?}")
    };
    let before = contoso(then());
    let before = &before.people[&person.id];
    assert_ne!(person.text("surname"), before.text("surname"));
    assert_eq!(person.text("givenName"), before.text("givenName"));
    assert_eq!(
        person.text("mailNickname"),
        before.text("mailNickname"),
        "it links the accounts"
    );
    assert_eq!(person.text("mail"), person.text("userPrincipalName"));
    assert_eq!(
        person.proxy_addresses[0],
        format!("SMTP:{}", person.text("mail").unwrap())
    );
    let old = format!("smtp:{}", before.text("mail").unwrap());
    assert!(person.proxy_addresses[1..].contains(&old), "{person:?}");
    assert!(told[0].contains(before.display_name()), "{told:?}");
}

#[test]
fn who_had_left_comes_back() {
    let mut org = contoso(then());
    let nobody = Story::ReHire.happen(&mut org, 1, now()).unwrap_err().to_string();
    assert!(nobody.contains("Let somebody leave first"), "{nobody}");
    let mut org = office();
    let told = tell(Story::ReHire, &mut org);
    assert!(told[0].contains("restored from the recycle bin"), "{told:?}");
    let told = tell(Story::ReHire, &mut org);
    assert!(told[0].contains("enabled again"), "{told:?}");
    let away = |person: &Person| !person.is_present() || !person.account_enabled;
    assert!(!org.people.values().any(away));
    assert!(Story::ReHire.happen(&mut org, 1, now()).is_err());
}

#[test]
fn the_reports_of_a_manager_who_leaves_move_up() {
    let mut org = contoso(then());
    let told = tell(Story::ManagerLeaves, &mut org);
    let before = contoso(then());
    let gone = org.people.values().find(|person| !person.is_present()).unwrap();
    assert!(told[0].starts_with(gone.display_name()), "{told:?}");
    assert_eq!(org.reports(&gone.id).count(), 0);
    assert!(before.reports(&gone.id).count() > 0);
    for report in before.reports(&gone.id) {
        assert_eq!(org.people[&report.id].manager, before.people[&gone.id].manager);
    }
}

#[test]
fn a_department_that_merges_is_gone() {
    let mut org = office();
    let told = tell(Story::DepartmentMerger, &mut org);
    let (from, _) = told[0].split_once(" became part of ").unwrap();
    assert!(
        !org.people
            .values()
            .any(|person| person.is_present() && person.text("department") == Some(from))
    );
    assert!(!org.groups.values().any(|group| group.display_name == from));
    assert!(told.len() >= 3, "{told:?}");
    let changes = org.changed_since(now());
    assert_eq!(changes.purged.len(), 1, "the group");
}

#[test]
fn contractors_whose_contract_has_ended_are_disabled() {
    let mut org = office();
    let today = "2026-03-05T00:00:00Z";
    let is_due = |person: &&Person| {
        person.account_enabled
            && person.is_present()
            && person.text("employeeType") == Some("Contractor")
            && person.text("employeeLeaveDateTime").unwrap() <= today
    };
    let due = org.people.values().filter(is_due).count();
    let told = tell(Story::ContractorExpiry, &mut org);
    assert!(told.len() == due || due == 0, "{due} {told:?}");
    assert_eq!(changed(&org).len(), told.len());
    assert!(changed(&org).iter().all(|person| !person.account_enabled));
    let mut org = contoso(then());
    let told = tell(Story::ContractorExpiry, &mut org);
    assert_eq!(told.len(), 2, "somebody is made a contractor: {told:?}");
}

#[test]
fn a_mistake_unassigns_most_people() {
    let mut direct = office();
    let everybody: BTreeSet<ObjectId> = direct.people.keys().cloned().collect();
    let groups = direct.assigned.clone();
    direct.assign(&everybody, then()).unwrap();
    direct.unassign(&groups, then()).unwrap();
    for mut org in [contoso(then()), office(), direct] {
        let before = org.assigned_people().len();
        let told = tell(Story::MassScopingMistake, &mut org);
        let after = org.assigned_people().len();
        assert!(after * 5 <= before, "{after} of {before}: {told:?}");
        assert_eq!(changed(&org).len(), before - after);
    }
    assert!(
        Story::MassScopingMistake
            .happen(&mut Organisation::default(), 1, now())
            .is_err()
    );
}
