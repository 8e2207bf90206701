//! What every edit stamps, and what is refused.

use super::*;

/// An instant; the higher, the later.
pub(super) fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + minute * 60).unwrap()
}

/// A small organisation: `adele` above `lee` above `mara`, and the assigned group `retail` with
/// `lee` in it. All stamped at minute 0.
pub(super) struct Office {
    pub(super) org: Organisation,
    pub(super) adele: ObjectId,
    pub(super) lee: ObjectId,
    pub(super) mara: ObjectId,
    pub(super) retail: ObjectId,
}

impl Office {
    pub(super) fn new() -> Self {
        let id = |name: &str| ObjectId::named("test", name);
        let mut office = Self {
            org: Organisation::default(),
            adele: id("adele"),
            lee: id("lee"),
            mara: id("mara"),
            retail: id("retail"),
        };
        for name in ["adele", "lee", "mara"] {
            office.hire(name);
        }
        let Self {
            org,
            adele,
            lee,
            mara,
            retail,
        } = &mut office;
        org.set_manager(lee, Some(adele), at(0)).unwrap();
        org.set_manager(mara, Some(lee), at(0)).unwrap();
        org.create_group(retail.clone(), "Retail", at(0)).unwrap();
        org.add_members(retail, &set([lee]), at(0)).unwrap();
        org.assign(&set([retail]), at(0)).unwrap();
        office
    }

    pub(super) fn hire(&mut self, name: &str) -> ObjectId {
        let id = ObjectId::named("test", name);
        self.org.hire(id.clone(), new(name), at(0)).unwrap();
        id
    }

    /// Who and what was stamped at `minute` or later: names, sorted.
    fn stamped(&self, minute: i64) -> Vec<&str> {
        let changes = self.org.changed_since(at(minute));
        let people = changes.people.iter().map(|person| person.display_name());
        let groups = changes.groups.iter().map(|group| group.display_name.as_str());
        let mut names: Vec<&str> = people.chain(groups).collect();
        names.sort_unstable();
        names
    }
}

fn new(name: &str) -> NewPerson {
    let attributes = [
        ("UserPrincipalName", format!("{name}@contoso.com")),
        ("displayName", name.to_owned()),
        ("jobTitle", String::new()),
    ];
    NewPerson {
        attributes: attributes
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
        proxy_addresses: vec![format!("SMTP:{name}@contoso.com")],
        account_enabled: true,
        manager: None,
    }
}

fn set<const N: usize>(ids: [&ObjectId; N]) -> BTreeSet<ObjectId> {
    ids.into_iter().cloned().collect()
}

#[test]
fn somebody_hired_has_what_was_said_and_a_name_of_their_own() {
    let mut office = Office::new();
    let adele = office.org.person(&office.adele).unwrap();
    assert_eq!(adele.user_principal_name(), "adele@contoso.com");
    assert_eq!(adele.text("jobTitle"), None, "an empty text is no value");
    let mut hire = |id: &ObjectId, new: NewPerson| {
        let refused = office.org.hire(id.clone(), new, at(1));
        refused.unwrap_err().to_string()
    };
    let (taken, free) = (office.lee.clone(), ObjectId::random());
    assert!(hire(&taken, new("zoe")).contains("is in use"));
    let mut other = new("ADELE");
    assert_eq!(
        hire(&free, other.clone()),
        "adele signs in as ADELE@contoso.com already. Choose another userPrincipalName."
    );
    other.attributes.insert("UserPrincipalName".into(), "zoe".into());
    assert!(hire(&free, other.clone()).contains("is no userPrincipalName"));
    other.attributes.remove("UserPrincipalName");
    assert!(hire(&free, other).contains("Everybody has a userPrincipalName"));
    let mut other = new("zoe");
    other.manager = Some(free.clone());
    assert!(hire(&free, other).contains("There is nobody"));
}

#[test]
fn an_edit_is_all_or_nothing_and_stamps_what_changed() {
    let mut office = Office::new();
    let (adele, org) = (office.adele.clone(), &mut office.org);
    org.edit(
        &adele,
        &[("JobTitle", Some("Planner")), ("mail", Some("a@contoso.com"))],
        at(1),
    )
    .unwrap();
    org.edit(&adele, &[("jobtitle", Some("Planner"))], at(2)).unwrap();
    assert_eq!(
        org.people[&adele].changed,
        at(1),
        "nothing was changed at minute 2"
    );
    org.edit(&adele, &[("MAIL", None), ("jobTitle", Some(""))], at(3))
        .unwrap();
    assert_eq!(org.people[&adele].text("mail"), None);
    assert_eq!(org.people[&adele].text("jobTitle"), None);
    org.move_to_department(&adele, Some("Legal"), at(4)).unwrap();
    assert_eq!(org.people[&adele].attribute("DEPARTMENT"), Value::from("Legal"));
    let before = org.clone();
    for (name, value) in [
        ("displayName", None),
        ("userPrincipalName", None),
        ("userPrincipalName", Some("nobody")),
        ("userPrincipalName", Some("Lee@contoso.com")),
        ("manager", Some("lee")),
        ("objectID", Some("1")),
    ] {
        let refused = org.edit(&adele, &[("city", Some("Bern")), (name, value)], at(5));
        assert!(refused.is_err(), "{name}");
        assert_eq!(*org, before, "{name}");
    }
    org.edit(&adele, &[("userPrincipalName", Some("ADELE@contoso.com"))], at(6))
        .unwrap();
}

#[test]
fn addresses_have_a_prefix_and_one_is_the_main_one() {
    let mut office = Office::new();
    let mut set = |entries: &[&str]| {
        let entries = entries.iter().map(|&entry| entry.to_owned()).collect();
        office.org.set_proxy_addresses(&office.adele, entries, at(1))
    };
    set(&["SMTP:a@contoso.com", "smtp:b@contoso.com", "Smtp:c@contoso.com"]).unwrap();
    set(&[]).unwrap();
    assert!(set(&["a@contoso.com"]).unwrap_err().to_string().contains("SMTP:"));
    assert!(set(&["SIP:a@contoso.com"]).is_err());
    let two = set(&["SMTP:a@contoso.com", "SMTP:b@contoso.com"]).unwrap_err();
    assert!(
        two.to_string()
            .starts_with("a@contoso.com and b@contoso.com both")
    );
}

#[test]
fn nobody_is_above_themselves() {
    let mut office = Office::new();
    let Office {
        org,
        adele,
        lee,
        mara,
        ..
    } = &mut office;
    assert_eq!(org.superiors(mara).collect::<Vec<_>>(), [&*lee, &*adele]);
    assert_eq!(org.reports(adele).count(), 1);
    for manager in [&*adele, &*lee, &*mara] {
        assert!(org.set_manager(adele, Some(manager), at(1)).is_err());
    }
    assert_eq!(
        org.set_manager(adele, Some(mara), at(1)).unwrap_err().to_string(),
        "mara cannot be the manager of adele, since adele is above mara already. Change that first."
    );
    org.set_manager(mara, Some(adele), at(1)).unwrap();
    org.set_manager(lee, None, at(1)).unwrap();
    assert_eq!(office.stamped(1), ["lee", "mara"]);
}

#[test]
fn a_circle_in_a_damaged_file_does_not_hang() {
    let mut office = Office::new();
    office.org.people.get_mut(&office.adele).unwrap().manager = Some(office.mara.clone());
    assert_eq!(office.org.superiors(&office.mara).count(), 3);
}

#[test]
fn the_recycle_bin_keeps_people_for_thirty_days() {
    let mut office = Office::new();
    let Office { org, lee, .. } = &mut office;
    org.delete(lee, at(1)).unwrap();
    assert_eq!(org.people[lee].deleted, Some(at(1)));
    assert!(org.delete(lee, at(2)).is_err());
    assert!(
        org.edit(lee, &[("city", Some("Bern"))], at(2))
            .unwrap_err()
            .to_string()
            .contains("recycle bin")
    );
    org.restore(lee, at(3)).unwrap();
    assert_eq!(org.people[lee].deleted, None);
    assert!(org.restore(lee, at(3)).is_err());
    assert!(org.delete_permanently(lee, at(3)).is_err());
    assert_eq!(
        office.stamped(3),
        ["Retail", "lee"],
        "the group has a member less or more"
    );
    let Office {
        org,
        lee,
        mara,
        retail,
        ..
    } = &mut office;
    org.delete(lee, at(4)).unwrap();
    assert_eq!(org.members(org.group(retail).unwrap()).count(), 0);
    let thirty_days = 30 * 24 * 60;
    assert!(org.purge_due(at(4 + thirty_days - 1)).is_empty());
    assert_eq!(org.purge_due(at(4 + thirty_days)), set([lee]));
    assert!(!org.people.contains_key(lee));
    assert!(org.groups[retail].members.is_empty());
    assert_eq!(org.people[mara].manager, None, "who reported to lee");
    assert_eq!(org.changed_since(at(5)).purged, [&*lee]);
    assert!(
        org.hire(lee.clone(), new("lee"), at(9)).is_err(),
        "an id is used once"
    );
}

#[test]
fn a_name_is_free_while_its_holder_is_in_the_bin() {
    let mut office = Office::new();
    office.org.delete(&office.lee, at(1)).unwrap();
    office.org.hire(ObjectId::random(), new("lee"), at(2)).unwrap();
    let refused = office.org.restore(&office.lee, at(3)).unwrap_err().to_string();
    assert!(refused.contains("lee@contoso.com already"), "{refused}");
}

#[test]
fn people_are_assigned_directly_or_through_a_group() {
    let mut office = Office::new();
    let Office {
        org,
        adele,
        lee,
        mara,
        retail,
    } = &mut office;
    assert!(org.is_assigned(lee) && !org.is_assigned(adele) && !org.is_assigned(mara));
    org.assign(&set([adele]), at(1)).unwrap();
    assert_eq!(org.assigned_people(), BTreeSet::from([&*adele, &*lee]));
    org.add_members(retail, &set([adele, mara]), at(2)).unwrap();
    assert_eq!(office.stamped(2), ["Retail", "mara"], "adele was assigned before");
    let Office {
        org,
        adele,
        lee,
        retail,
        ..
    } = &mut office;
    org.unassign(&set([retail]), at(3)).unwrap();
    assert!(org.is_assigned(adele) && !org.is_assigned(lee));
    assert_eq!(office.stamped(3), ["Retail", "lee", "mara"]);
    let Office { org, lee, retail, .. } = &mut office;
    org.assign(&set([retail]), at(4)).unwrap();
    org.remove_members(retail, &set([lee]), at(5)).unwrap();
    assert_eq!(office.stamped(5), ["Retail", "lee"]);
    let Office {
        org, adele, retail, ..
    } = &mut office;
    org.unassign(&set([adele]), at(6)).unwrap();
    assert!(org.is_assigned(adele), "still a member");
    assert_eq!(org.people[adele].changed, at(1), "assigned before and after");
    org.delete_group(retail, at(7)).unwrap();
    assert_eq!(org.changed_since(at(7)).purged, [&*retail]);
    assert_eq!(office.stamped(7), ["adele", "mara"]);
}

#[test]
fn groups_are_made_renamed_and_refused() {
    let mut office = Office::new();
    let Office { org, lee, retail, .. } = &mut office;
    org.rename_group(retail, " Shops ", at(1)).unwrap();
    org.rename_group(retail, "Shops", at(2)).unwrap();
    org.add_members(retail, &set([lee]), at(2)).unwrap();
    assert_eq!(org.groups[retail].changed, at(1), "minute 2 changed nothing");
    assert!(org.rename_group(retail, "  ", at(3)).is_err());
    assert!(org.create_group(lee.clone(), "Lee", at(3)).is_err());
    assert!(org.rename_group(lee, "Lee", at(3)).is_err());
    assert!(
        org.add_members(retail, &set([&ObjectId::random()]), at(3))
            .is_err()
    );
    assert!(org.assign(&set([&ObjectId::random()]), at(3)).is_err());
    assert_eq!(org.groups_of(lee).count(), 1);
}

#[test]
fn the_instant_of_the_watermark_counts() {
    let mut office = Office::new();
    office.org.set_enabled(&office.adele, false, at(1)).unwrap();
    assert_eq!(office.stamped(1), ["adele"]);
    assert!(office.stamped(2).is_empty());
}
