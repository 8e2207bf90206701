//! What holds for every plan, whoever is in the console and whatever was sent.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::Timestamp;
use proptest::prelude::*;

use crate::accounts::{Account, Console, ConsoleGroup, ManagedBy, State};
use crate::apply::applied;
use crate::plan::{DirectoryGroup, Inputs, Person, Plan, Target};

/// Few names, so that everything collides with everything.
const NAMES: usize = 7;

fn address(name: usize) -> String {
    format!("p{name}@contoso.example")
}

fn user_id(number: usize) -> String {
    format!("u{number}")
}

fn a_title() -> impl Strategy<Value = BTreeMap<String, String>> {
    proptest::option::of("[ab]").prop_map(|title| {
        let field = title.map(|title| ("jobTitle".to_owned(), title));
        field.into_iter().collect()
    })
}

fn a_manager() -> impl Strategy<Value = ManagedBy> {
    prop_oneof![
        Just(ManagedBy::Console),
        Just(ManagedBy::Scim),
        Just(ManagedBy::Adi)
    ]
}

fn a_state() -> impl Strategy<Value = State> {
    prop_oneof![3 => Just(State::Active), 1 => Just(State::Archived)]
}

/// An account as drawn; [`consistent`] takes away what a console never holds.
fn an_account() -> impl Strategy<Value = Account> {
    let addresses = (0..NAMES, proptest::collection::vec(0..NAMES, 0..3));
    let link = proptest::option::of(0..NAMES);
    (addresses, a_state(), a_manager(), any::<bool>(), link, a_title()).prop_map(
        |((email, aliases), state, managed_by, exempt, link, fields)| Account {
            id: String::new(),
            email: address(email),
            aliases: aliases.into_iter().map(address).collect(),
            state,
            managed_by,
            exempt: exempt && email % 2 == 0,
            protected: email % 3 == 0,
            link: link.filter(|_| managed_by == ManagedBy::Scim).map(user_id),
            fields,
            changed: Timestamp::UNIX_EPOCH,
        },
    )
}

fn a_person() -> impl Strategy<Value = Person> {
    let name = prop_oneof![8 => (0..NAMES).prop_map(address), 1 => Just("no address".to_owned())];
    let manager = proptest::option::of((0..NAMES).prop_map(user_id));
    (
        name,
        prop_oneof![3 => Just(true), 1 => Just(false)],
        a_title(),
        manager,
    )
        .prop_map(|(user_name, active, fields, manager)| Person {
            id: String::new(),
            name: user_name.clone(),
            user_name,
            active,
            fields,
            manager,
        })
}

fn a_console_group() -> impl Strategy<Value = (ConsoleGroup, BTreeSet<usize>)> {
    let link = proptest::option::of(0..4_usize);
    let members = proptest::collection::btree_set(0..NAMES, 0..4);
    (0..4_usize, a_state(), a_manager(), link, members).prop_map(
        |(name, state, managed_by, link, members)| {
            let group = ConsoleGroup {
                id: String::new(),
                name: format!("Group {name}"),
                state,
                managed_by,
                link: link
                    .filter(|_| managed_by == ManagedBy::Scim)
                    .map(|link| format!("g{link}")),
                changed: Timestamp::UNIX_EPOCH,
            };
            (group, members)
        },
    )
}

fn a_directory_group() -> impl Strategy<Value = DirectoryGroup> {
    (0..4_usize, proptest::collection::btree_set(0..NAMES, 0..4)).prop_map(|(name, members)| DirectoryGroup {
        id: String::new(),
        name: format!("Group {name}"),
        members: members.into_iter().map(user_id).collect(),
    })
}

fn inputs() -> impl Strategy<Value = Inputs> {
    let accounts = proptest::collection::vec(an_account(), 0..8);
    let people = proptest::collection::vec(a_person(), 0..NAMES);
    let console_groups = proptest::collection::vec(a_console_group(), 0..4);
    let groups = proptest::collection::vec(a_directory_group(), 0..4);
    let holds = proptest::collection::hash_set(a_target(), 0..4);
    let exempt = proptest::collection::btree_set((0..NAMES).prop_map(address), 0..2);
    (accounts, people, console_groups, groups, holds, exempt).prop_map(
        |(accounts, people, console_groups, groups, holds, exempt)| Inputs {
            people: unlike(people),
            groups: unlike_groups(groups),
            console: consistent(accounts, console_groups),
            holds,
            exempt,
        },
    )
}

/// Something to put on hold: what is there, what is to be made, or nothing at all.
fn a_target() -> impl Strategy<Value = Target> {
    let account = (any::<bool>(), 0..NAMES).prop_map(|(new, number)| {
        if new {
            user_id(number)
        } else {
            format!("a{number}")
        }
    });
    let group = (any::<bool>(), 0..4_usize)
        .prop_map(|(new, number)| format!("{}{number}", if new { 'g' } else { 'c' }));
    prop_oneof![
        account.clone().prop_map(|account| Target::User { account }),
        group.clone().prop_map(|group| Target::Group { group }),
        (group, account).prop_map(|(group, account)| Target::Membership { group, account }),
    ]
}

/// userNames are unique in a directory.
fn unlike(people: Vec<Person>) -> Vec<Person> {
    let mut seen = BTreeSet::new();
    let mut people: Vec<_> = people
        .into_iter()
        .filter(|person| seen.insert(person.user_name.clone()))
        .collect();
    for (number, person) in people.iter_mut().enumerate() {
        person.id = user_id(number);
    }
    people
}

fn unlike_groups(groups: Vec<DirectoryGroup>) -> Vec<DirectoryGroup> {
    let mut seen = BTreeSet::new();
    let mut groups: Vec<_> = groups
        .into_iter()
        .filter(|group| seen.insert(group.name.clone()))
        .collect();
    for (number, group) in groups.iter_mut().enumerate() {
        group.id = format!("g{number}");
    }
    groups
}

/// No two active accounts share an address, and no two accounts or groups a link.
fn consistent(accounts: Vec<Account>, groups: Vec<(ConsoleGroup, BTreeSet<usize>)>) -> Console {
    let (mut console, mut held, mut links) = (Console::default(), BTreeSet::new(), BTreeSet::new());
    for (number, mut account) in accounts.into_iter().enumerate() {
        account.id = format!("a{number}");
        account.link = account.link.filter(|link| links.insert(link.clone()));
        if account.state == State::Active {
            if !held.insert(account.email.clone()) {
                account.state = State::Archived;
            }
            account.aliases.retain(|alias| held.insert(alias.clone()));
        }
        console.accounts.push(account);
    }
    for (number, (mut group, members)) in groups.into_iter().enumerate() {
        group.id = format!("c{number}");
        group.link = group.link.filter(|link| links.insert(link.clone()));
        let members = members.into_iter().map(|member| format!("a{member}"));
        console.members.insert(group.id.clone(), members.collect());
        console.groups.push(group);
    }
    console
}

fn after(inputs: &Inputs, plan: &Plan) -> Console {
    applied(&inputs.console, &plan.changes, Timestamp::UNIX_EPOCH)
}

/// Addresses that two active accounts have.
fn shared(console: &Console) -> Vec<String> {
    let mut holders: HashMap<String, BTreeSet<&str>> = HashMap::new();
    for account in console
        .accounts
        .iter()
        .filter(|account| account.state == State::Active)
    {
        for address in account.addresses() {
            holders.entry(address).or_default().insert(&account.id);
        }
    }
    holders.retain(|_, accounts| accounts.len() > 1);
    holders.into_keys().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_same_inputs_give_the_same_plan(inputs in inputs()) {
        prop_assert_eq!(Plan::make(&inputs), Plan::make(&inputs));
    }

    #[test]
    fn once_a_plan_is_applied_there_is_nothing_to_do(inputs in inputs()) {
        let first = Plan::make(&inputs);
        let console = after(&inputs, &first);
        let second = Plan::make(&Inputs { console, ..inputs.clone() });
        prop_assert_eq!(second.changes, vec![], "after {:#?}", first.changes);
    }

    #[test]
    fn no_two_active_accounts_share_an_address(inputs in inputs()) {
        prop_assert_eq!(shared(&inputs.console), Vec::<String>::new(), "the console was consistent before");
        let plan = Plan::make(&inputs);
        prop_assert_eq!(shared(&after(&inputs, &plan)), Vec::<String>::new(), "after {:#?}", plan.changes);
    }

    #[test]
    fn nothing_of_an_exempt_account_changes(inputs in inputs()) {
        let exempt: BTreeSet<&String> =
            inputs.console.accounts.iter().filter(|account| account.exempt).map(|account| &account.id).collect();
        for change in Plan::make(&inputs).changes {
            if let Target::User { account } | Target::Membership { account, .. } = &change.target {
                prop_assert!(!exempt.contains(account), "{change:#?}");
            }
        }
    }

    #[test]
    fn nobody_who_was_sent_goes_unmentioned(inputs in inputs()) {
        let plan = Plan::make(&inputs);
        let console = after(&inputs, &plan);
        for person in inputs.people.iter().filter(|person| person.active) {
            let is_held = |held: &crate::plan::Held| held.change.directory.as_ref() == Some(&person.id);
            let is_skipped = plan.skipped.iter().any(|notice| notice.detail == person.user_name)
                || plan.held.iter().any(is_held)
                || inputs.holds.iter().any(|target| matches!(target, Target::User { account } if
                    console.accounts.iter().any(|one| &one.id == account && one.link.as_ref() == Some(&person.id))));
            let has_account = console.accounts.iter().any(|account| {
                account.state == State::Active
                    && account.link.as_ref() == Some(&person.id)
                    && account.email == person.user_name
            });
            prop_assert!(is_skipped || has_account, "{person:?}");
        }
    }

    #[test]
    fn nothing_that_is_held_is_changed(inputs in inputs()) {
        let plan = Plan::make(&inputs);
        for change in &plan.changes {
            prop_assert!(!inputs.holds.contains(&change.target), "{change:#?}");
        }
        let protected: BTreeSet<&String> =
            inputs.console.accounts.iter().filter(|account| account.protected).map(|account| &account.id).collect();
        let archived = plan.changes.iter().filter(|change| change.action == crate::plan::Action::Archive);
        for change in archived {
            if let Target::User { account } = &change.target {
                prop_assert!(!protected.contains(account), "{change:#?}");
            }
        }
    }

    #[test]
    fn the_order_in_which_people_and_groups_came_matters_only_to_those_who_compete(
        (inputs, shuffled) in inputs().prop_flat_map(|mut inputs| {
            // By an alias two people may mean the same account; then who came first has it.
            inputs.console.accounts.iter_mut().for_each(|account| account.aliases.clear());
            let people = Just(inputs.people.clone()).prop_shuffle();
            let groups = Just(inputs.groups.clone()).prop_shuffle();
            (Just(inputs), people, groups).prop_map(|(inputs, people, groups)| {
                (inputs.clone(), Inputs { people, groups, ..inputs })
            })
        })
    ) {
        let sorted = |plan: Plan| {
            let mut rows: Vec<String> = plan.changes.iter().map(|change| format!("{change:?}")).collect();
            rows.extend(plan.held.iter().map(|held| format!("{held:?}")));
            rows.sort();
            rows
        };
        let (first, second) = (Plan::make(&inputs), Plan::make(&shuffled));
        if first.skipped.is_empty() && second.skipped.is_empty() {
            prop_assert_eq!(sorted(first), sorted(second));
        }
    }
}
