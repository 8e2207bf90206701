//! Filters against an evaluator that is as simple as the standard's words.
//!
//! It knows nothing of the tables, of indexes or of early stops: a handful of attributes with their
//! types are listed here again, every value is looked at, and every answer is spelled out. Like
//! the real one it has three answers; `None` is "nobody declares this".

use proptest::prelude::*;
use proptest::sample::select;

use super::*;

/// How the values of an attribute compare.
#[derive(Clone, Copy, PartialEq)]
enum Type {
    Text,
    Exact,
    Boolean,
    Date,
}

/// RFC 7643 §8.7.1, the part the resources here use. A list has its parts' types.
fn type_of(path: &str) -> Option<Type> {
    Some(match path {
        "userName" | "title" | "name.givenName" | "emails.value" | "emails.type" => Type::Text,
        "externalId" | "manager.value" => Type::Exact,
        "active" | "emails.primary" => Type::Boolean,
        "meta.created" => Type::Date,
        _ => return None,
    })
}

/// The values at a path, those of lists one by one. An unset `primary` is false when it is compared.
fn values(resource: &Value, path: &str) -> Vec<Value> {
    let (attribute, sub) = path.split_once('.').map_or((path, None), |(a, s)| (a, Some(s)));
    let holder = if attribute == "manager" {
        &resource[ENTERPRISE_URN]
    } else {
        resource
    };
    let elements = match &holder[attribute] {
        Value::Null => Vec::new(),
        Value::Array(elements) => elements.clone(),
        single => vec![single.clone()],
    };
    let of_element = |element: Value| match sub {
        None => element,
        Some("primary") => json!(element["primary"] == json!(true)),
        Some(sub) => element[sub].clone(),
    };
    elements
        .into_iter()
        .map(of_element)
        .filter(|value| !value.is_null())
        .collect()
}

fn evaluate(filter: &Filter, resource: &Value) -> Option<bool> {
    match filter {
        Filter::And(filters) => {
            let answers: Vec<_> = filters.iter().map(|filter| evaluate(filter, resource)).collect();
            if answers.contains(&Some(false)) {
                Some(false)
            } else if answers.contains(&None) {
                None
            } else {
                Some(true)
            }
        }
        Filter::Or(filters) => {
            let answers: Vec<_> = filters.iter().map(|filter| evaluate(filter, resource)).collect();
            if answers.contains(&Some(true)) {
                Some(true)
            } else if answers.contains(&None) {
                None
            } else {
                Some(false)
            }
        }
        Filter::Not(filter) => evaluate(filter, resource).map(|answer| !answer),
        Filter::Present(path) => {
            let path = short(path);
            type_of(&path)?;
            // An unset primary is not there, although it counts as false.
            let there = if path == "emails.primary" {
                resource["emails"]
                    .as_array()
                    .is_some_and(|all| all.iter().any(|one| one.get("primary").is_some()))
            } else {
                !values(resource, &path).is_empty()
            };
            Some(there)
        }
        Filter::Compare { path, op, value } => {
            let path = short(path);
            let kind = type_of(&path)?;
            let values = values(resource, &path);
            if values.is_empty() {
                return Some(*op == Op::Ne);
            }
            Some(values.iter().any(|left| holds(kind, left, *op, value)))
        }
        Filter::Within { path, filter, then } => {
            let mut filter = (**filter).clone();
            if let Some((sub, op, value)) = then.clone() {
                let term = Filter::Compare {
                    path: AttrPath::core(sub),
                    op,
                    value,
                };
                filter = Filter::And(vec![filter, term]);
            }
            let elements = resource[&path.attribute].as_array().cloned().unwrap_or_default();
            // One element is a resource with a list of one, its parts named in full.
            let of = |element: &Value| evaluate(&lifted(&filter), &json!({"emails": [element]}));
            let answers: Vec<_> = elements.iter().map(of).collect();
            let of_none = elements.is_empty() && of(&json!({})).is_none();
            if answers.contains(&Some(true)) {
                Some(true)
            } else if answers.contains(&None) || of_none {
                None
            } else {
                Some(false)
            }
        }
    }
}

/// `type eq "work"` as `emails.type eq "work"`.
fn lifted(filter: &Filter) -> Filter {
    let lift = |path: &AttrPath| AttrPath::core("emails").with_sub(path.attribute.clone());
    let all = |filters: &[Filter]| filters.iter().map(lifted).collect();
    match filter {
        Filter::And(filters) => Filter::And(all(filters)),
        Filter::Or(filters) => Filter::Or(all(filters)),
        Filter::Not(filter) => Filter::Not(Box::new(lifted(filter))),
        Filter::Present(path) => Filter::Present(lift(path)),
        Filter::Compare { path, op, value } => Filter::Compare {
            path: lift(path),
            op: *op,
            value: value.clone(),
        },
        Filter::Within { .. } => unreachable!("brackets do not nest"),
    }
}

fn short(path: &AttrPath) -> String {
    path.to_string().replace(&format!("{ENTERPRISE_URN}:"), "")
}

fn holds(kind: Type, left: &Value, op: Op, right: &Literal) -> bool {
    let of_text = [Op::Co, Op::Sw, Op::Ew].contains(&op);
    match (kind, right) {
        (Type::Boolean, Literal::Boolean(right)) => match op {
            Op::Eq => left == right,
            Op::Ne => left != right,
            _ => false,
        },
        (Type::Date, Literal::String(right)) if !of_text => {
            let instant = |text: &str| text.parse::<jiff::Timestamp>().unwrap();
            ordered(op, instant(left.as_str().unwrap()).cmp(&instant(right)))
        }
        (_, Literal::String(right)) => {
            let fold = |text: &str| {
                if kind == Type::Exact {
                    text.to_owned()
                } else {
                    text.to_lowercase()
                }
            };
            let (left, right) = (fold(left.as_str().unwrap()), fold(right));
            match op {
                Op::Co => left.contains(&right),
                Op::Sw => left.starts_with(&right),
                Op::Ew => left.ends_with(&right),
                op => ordered(op, left.cmp(&right)),
            }
        }
        _ => unreachable!("the strategies make no such terms"),
    }
}

fn ordered(op: Op, order: std::cmp::Ordering) -> bool {
    match op {
        Op::Eq => order.is_eq(),
        Op::Ne => order.is_ne(),
        Op::Gt => order.is_gt(),
        Op::Ge => order.is_ge(),
        Op::Lt => order.is_lt(),
        Op::Le => order.is_le(),
        Op::Co | Op::Sw | Op::Ew => false,
    }
}

const TEXTS: &[&str] = &["ada", "Ada", "ADA@x", "a", "work", "home", "ü", "Ü"];
const DATES: &[&str] = &[
    "2026-03-01T10:00:00Z",
    "2026-03-01T12:00:00+02:00",
    "2026-03-02T00:00:00Z",
];

fn text() -> impl Strategy<Value = Value> {
    select(TEXTS.to_vec()).prop_map(Value::from)
}

fn resource() -> impl Strategy<Value = Value> {
    let email = (
        prop::option::of(text()),
        prop::option::of(text()),
        prop::option::of(any::<bool>()),
    );
    let emails = prop::collection::vec(email, 0..3);
    let texts = prop::collection::vec(prop::option::of(text()), 5);
    (
        texts,
        emails,
        prop::option::of(any::<bool>()),
        prop::option::of(select(DATES.to_vec())),
    )
        .prop_map(|(texts, emails, active, created)| {
            let mut user = serde_json::Map::new();
            let names = ["userName", "title", "externalId"];
            for (name, text) in names.into_iter().zip(&texts) {
                user.extend(text.clone().map(|text| (name.to_owned(), text)));
            }
            user.extend(
                texts[3]
                    .clone()
                    .map(|text| ("name".to_owned(), json!({"givenName": text}))),
            );
            user.extend(
                texts[4]
                    .clone()
                    .map(|text| (ENTERPRISE_URN.to_owned(), json!({"manager": {"value": text}}))),
            );
            user.extend(active.map(|active| ("active".to_owned(), active.into())));
            user.extend(created.map(|created| ("meta".to_owned(), json!({"created": created}))));
            let emails: Vec<Value> = emails
                .into_iter()
                .map(|(value, kind, primary)| {
                    let mut email = serde_json::Map::new();
                    email.extend(value.map(|value| ("value".to_owned(), value)));
                    email.extend(kind.map(|kind| ("type".to_owned(), kind)));
                    email.extend(primary.map(|primary| ("primary".to_owned(), primary.into())));
                    Value::Object(email)
                })
                .collect();
            if !emails.is_empty() {
                user.insert("emails".into(), Value::Array(emails));
            }
            Value::Object(user)
        })
}

/// A term on `path`, which is called `full` outside of brackets.
fn term(path: AttrPath, full: &str) -> BoxedStrategy<Filter> {
    let any_op = super::properties::op();
    let present = Just(Filter::Present(path.clone()));
    let compare = move |literal: BoxedStrategy<Literal>, ops: BoxedStrategy<Op>| {
        let path = path.clone();
        (ops, literal).prop_map(move |(op, value)| Filter::Compare {
            path: path.clone(),
            op,
            value,
        })
    };
    let text = select(TEXTS.to_vec())
        .prop_map(|text| Literal::String(text.to_owned()))
        .boxed();
    match type_of(full) {
        Some(Type::Boolean) => {
            let literal = any::<bool>().prop_map(Literal::Boolean).boxed();
            prop_oneof![
                present,
                compare(literal, select(vec![Op::Eq, Op::Ne, Op::Co]).boxed())
            ]
            .boxed()
        }
        Some(Type::Date) => {
            let literal = select(DATES.to_vec())
                .prop_map(|text| Literal::String(text.to_owned()))
                .boxed();
            prop_oneof![present, compare(literal, any_op.boxed())].boxed()
        }
        _ => prop_oneof![present, compare(text, any_op.boxed())].boxed(),
    }
}

fn top() -> BoxedStrategy<Filter> {
    let names = vec![
        "userName",
        "title",
        "name.givenName",
        "emails.value",
        "emails.type",
        "externalId",
        "manager.value",
        "active",
        "emails.primary",
        "meta.created",
        "shoeSize",
    ];
    select(names)
        .prop_flat_map(|name| term(AttrPath::parse(name, &USER_TYPE).unwrap(), name))
        .boxed()
}

fn inner() -> BoxedStrategy<Filter> {
    select(vec!["value", "type", "primary", "shoeSize"])
        .prop_flat_map(|name| term(AttrPath::core(name), &format!("emails.{name}")))
        .boxed()
}

fn filter() -> impl Strategy<Value = Filter> {
    let then = prop::option::of((super::properties::op(), select(TEXTS.to_vec())));
    let within = (super::properties::combine(inner()), then).prop_map(|(filter, then)| Filter::Within {
        path: AttrPath::core("emails"),
        filter: Box::new(filter),
        then: then.map(|(op, text)| ("value".to_owned(), op, Literal::String(text.to_owned()))),
    });
    super::properties::combine(prop_oneof![3 => top(), 1 => within.boxed()].boxed())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn a_filter_means_what_the_naive_evaluator_says(filter in filter(), resource in resource()) {
        let naive = evaluate(&filter, &resource) == Some(true);
        let ours = filter.matches(resource.as_object().unwrap(), &USER_TYPE, &Nothing);
        prop_assert_eq!(ours, naive, "{} on {}", filter, resource);
        // Reading the text changes nothing about it.
        let read = parse(&filter.to_string()).unwrap();
        prop_assert_eq!(read.matches(resource.as_object().unwrap(), &USER_TYPE, &Nothing), naive);
    }
}
