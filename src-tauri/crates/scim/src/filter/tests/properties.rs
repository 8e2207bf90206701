//! What holds for every filter.

use proptest::prelude::*;
use proptest::sample::select;

use super::*;

fn path() -> impl Strategy<Value = AttrPath> {
    select(vec![
        "userName",
        "name.givenName",
        "emails",
        "emails.value",
        "manager.value",
        "shoeSize",
        "urn:acme:2.0:User:badge.color",
    ])
    .prop_map(|text| AttrPath::parse(text, &USER_TYPE).unwrap())
}

fn sub() -> impl Strategy<Value = String> {
    select(vec!["type", "value", "display", "shoeSize"]).prop_map(str::to_owned)
}

pub(super) fn op() -> impl Strategy<Value = Op> {
    select(vec![
        Op::Eq,
        Op::Ne,
        Op::Co,
        Op::Sw,
        Op::Ew,
        Op::Gt,
        Op::Ge,
        Op::Lt,
        Op::Le,
    ])
}

fn literal() -> impl Strategy<Value = Literal> {
    prop_oneof![
        any::<String>().prop_map(Literal::String),
        any::<i64>().prop_map(|number| Literal::Number(number.into())),
        any::<bool>().prop_map(Literal::Boolean),
        Just(Literal::Null),
    ]
}

/// Ordering a date-time by anything else is refused.
fn date() -> impl Strategy<Value = Filter> + Clone {
    let path = Just(AttrPath::core("meta").with_sub("lastModified"));
    let date = select(vec![
        "2026-03-01",
        "2026-03-01T10:00:00Z",
        "2026-03-01T12:00:00.5+02:00",
    ]);
    let value = date.prop_map(|date| Literal::String(date.to_owned()));
    (path, op(), value)
        .prop_map(|(path, op, value)| Filter::Compare { path, op, value })
        .boxed()
}

fn term(path: impl Strategy<Value = AttrPath> + Clone + 'static) -> impl Strategy<Value = Filter> + Clone {
    let compare = (path.clone(), op(), literal())
        .prop_map(|(path, op, value)| Filter::Compare { path, op, value })
        .boxed();
    prop_oneof![compare, path.prop_map(Filter::Present).boxed()].boxed()
}

pub(super) fn combine(
    leaf: impl Strategy<Value = Filter> + Clone + 'static,
) -> impl Strategy<Value = Filter> {
    leaf.prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(Filter::And),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Filter::Or),
            inner.prop_map(|filter| Filter::Not(Box::new(filter))),
        ]
    })
}

fn within() -> impl Strategy<Value = Filter> {
    let list =
        select(vec!["emails", "roles", "lists"]).prop_map(|list| AttrPath::parse(list, &USER_TYPE).unwrap());
    let inner = combine(term(sub().prop_map(AttrPath::core).boxed()));
    let then = prop::option::of((sub(), op(), literal()));
    (list, inner, then).prop_map(|(path, filter, then)| Filter::Within {
        path,
        filter: Box::new(filter),
        then,
    })
}

pub(super) fn filter() -> impl Strategy<Value = Filter> {
    combine(prop_oneof![term(path().boxed()), date(), within().boxed()].boxed())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn what_is_shown_parses_to_the_same(filter in filter()) {
        let text = filter.to_string();
        prop_assume!(text.len() <= 10_000);
        prop_assert_eq!(parse(&text).map_err(|error| error.detail), Ok(filter));
    }

    #[test]
    fn any_text_is_parsed_or_refused(text in "[a-z\"\\\\\\[\\]().: ü0-9]{0,60}") {
        if let Ok(filter) = parse(&text) {
            filter.matches(&ada(), &USER_TYPE, &Nothing);
        }
    }

    #[test]
    fn a_filter_and_its_negation_never_both_match(filter in filter()) {
        let negated = Filter::Not(Box::new(filter.clone()));
        let user = ada();
        prop_assert!(!(filter.matches(&user, &USER_TYPE, &Nothing) && negated.matches(&user, &USER_TYPE, &Nothing)));
    }
}
