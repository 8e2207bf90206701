//! Expressions against the vectors of the documentation, and what holds for any text.

use proptest::prelude::*;
use serde_json::Value as Json;

use super::node::{Call, Comparison, Node, Operator};
use super::*;

fn context() -> Context {
    Context::new("2021-07-02T15:33:38Z".parse().unwrap(), 7)
}

/// A block of `vectors.txt`.
struct Vector {
    line: usize,
    expression: String,
    attributes: Vec<(String, Value)>,
    expected: String,
}

fn vectors() -> Vec<Vector> {
    let mut vectors: Vec<Vector> = Vec::new();
    for (index, line) in include_str!("vectors.txt").lines().enumerate() {
        if line.starts_with('#') || line.trim().is_empty() || line == "--" {
            continue;
        }
        match line.strip_prefix("  ") {
            None => vectors.push(Vector {
                line: index + 1,
                expression: line.to_owned(),
                attributes: Vec::new(),
                expected: String::new(),
            }),
            Some(rest) => {
                let vector = vectors.last_mut().unwrap();
                match rest.strip_prefix('[').and_then(|rest| rest.split_once("] ")) {
                    Some((name, json)) => {
                        vector
                            .attributes
                            .push((name.to_owned(), value(&serde_json::from_str(json).unwrap())));
                    }
                    None => vector.expected = rest.to_owned(),
                }
            }
        }
    }
    vectors
}

fn value(json: &Json) -> Value {
    match json {
        Json::Bool(value) => Value::Bool(*value),
        Json::String(text) => Value::from(text.as_str()),
        Json::Number(number) => Value::Number(number.as_i64().unwrap()),
        Json::Array(values) => Value::Many(values.iter().map(value).collect()),
        other => panic!("no attribute has the value {other}"),
    }
}

/// What a vector comes to, written as the file does; an error has its whole sentence.
fn outcome(vector: &Vector) -> String {
    let evaluated = match parse(&vector.expression) {
        Ok(expression) => expression.evaluate(&vector.attributes, &context()),
        Err(error) => return format!("!! {error}"),
    };
    match evaluated {
        Ok(Evaluated::Value { value, redacted }) => {
            format!(
                "=> {}{}",
                if redacted { "redacted " } else { "" },
                value.to_json()
            )
        }
        Ok(Evaluated::Dropped) => "=> dropped".to_owned(),
        Err(error) => format!("!! {error}"),
    }
}

fn agrees(outcome: &str, expected: &str) -> bool {
    if let (Some(sentence), Some(words)) = (outcome.strip_prefix("!! "), expected.strip_prefix("!! ")) {
        return sentence.contains(words);
    }
    let parts = |text: &str| {
        let text = text.trim_start_matches("=> ");
        let json = text.trim_start_matches("redacted ").parse::<Json>().ok();
        (text.starts_with("redacted "), json)
    };
    outcome == expected || (parts(outcome) == parts(expected) && parts(outcome).1.is_some())
}

#[test]
fn the_vectors_come_to_what_is_documented() {
    let mut findings = Vec::new();
    for vector in vectors() {
        let outcome = outcome(&vector);
        if !agrees(&outcome, &vector.expected) {
            findings.push(format!(
                "line {}: {}\n    {}\n    but should be {}",
                vector.line, vector.expression, outcome, vector.expected
            ));
        }
    }
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

#[test]
fn every_function_has_a_vector_and_an_example_that_parses() {
    let vectors = vectors();
    for function in FUNCTIONS {
        assert!(function.help.ends_with('.'), "{}", function.help);
        if function.name == "SelectUniqueValue" {
            continue;
        }
        let call = format!("{}(", function.name);
        // Chance has tests of its own.
        let is_tested =
            function.name == "Guid" || vectors.iter().any(|vector| vector.expression.contains(&call));
        assert!(is_tested, "no vector for {}", function.name);
        assert_eq!(parse(function.example).unwrap().to_string(), function.example);
    }
    assert!(FUNCTIONS.is_sorted_by_key(|function| function.name.to_lowercase()));
}

#[test]
fn chance_makes_what_is_asked_for() {
    let evaluate = |text: &str| match parse(text).unwrap().evaluate(&Vec::new(), &context()) {
        Ok(Evaluated::Value {
            value: Value::Text(text),
            ..
        }) => text,
        other => panic!("{other:?}"),
    };
    let guid = evaluate("Guid()");
    assert_eq!((guid.len(), guid.as_bytes()[14]), (36, b'4'));
    assert!(b"89ab".contains(&guid.as_bytes()[19]), "{guid}");
    assert_eq!(guid, evaluate("Guid()"), "the seed is the same");
    let text = evaluate("RandomString(6,3,0,0,3)");
    assert_eq!(text.chars().filter(char::is_ascii_digit).count(), 3, "{text}");
    assert_eq!(text.chars().filter(char::is_ascii_lowercase).count(), 3, "{text}");
    for seed in 0..50 {
        let context = Context::new("2021-07-02T15:33:38Z".parse().unwrap(), seed);
        let expression = parse("RandomString(10,2,2,2,1,\"?,\")").unwrap();
        let Ok(Evaluated::Value {
            value: Value::Text(text),
            ..
        }) = expression.evaluate(&Vec::new(), &context)
        else {
            panic!("no text");
        };
        let count = |is: fn(&char) -> bool| text.chars().filter(is).count();
        assert_eq!(text.chars().count(), 10);
        assert!(
            count(char::is_ascii_digit) >= 2 && count(char::is_ascii_punctuation) >= 2,
            "{text}"
        );
        assert!(
            count(char::is_ascii_uppercase) >= 2 && count(char::is_ascii_lowercase) >= 1,
            "{text}"
        );
        assert!(!text.contains(['?', ',']), "{text}");
    }
    let both = evaluate("Join(\"|\", Guid(), Guid())");
    let (first, second) = both.split_once('|').unwrap();
    assert_ne!(first, second);
}

#[track_caller]
fn refused(text: &str, at: usize, words: &str) {
    let error = parse(text).unwrap_err();
    assert!(
        error.at == at && error.sentence.contains(words),
        "{text}: {} {error}",
        error.at
    );
}

#[test]
fn errors_say_where_and_what_to_write() {
    refused("", 0, "starts with the name of a function");
    refused("[mail]", 0, "needs no expression");
    refused("\"x\"", 0, "starts with the name of a function");
    refused("tolower([mail])", 0, "write ToLower");
    refused("ProperCase([mail])", 0, "see PCase");
    refused("Len([mail])", 0, "no function Len");
    refused("ToLower(mail)", 8, "square brackets");
    refused("ToLower([mail)", 8, "closing bracket");
    refused("ToLower([ ])", 8, "between the brackets");
    refused("ToLower(\"ä\\d\")", 10, "written twice");
    refused("ToLower(\"ä", 8, "closing quotation mark");
    refused("ToLower([mail]", 0, "closing parenthesis");
    refused("ToLower([mail]) x", 16, "ends before");
    refused("ToLower([mail] [x])", 15, "comma");
    refused("ToLower(;)", 8, "\";\" cannot stand here");
    refused("ToLower()", 0, "takes 1 to 2 parameters");
    refused("ToLower(,\"tr\")", 0, "cannot do without source");
    refused("Join(\" \", , [x])", 0, "cannot do without source");
    refused("Switch([a], \"x\", \"y\", \"z\", \"w\")", 0, "even number");
    refused("Replace([a], \"x\", \"y\")", 0, "exactly 7");
    refused(
        "Append(SelectUniqueValue([a], [b]), \"x\")",
        7,
        "not for an application with SCIM",
    );
    refused("Append([a] = [b], \"x\")", 7, "condition of IIF");
    refused("IIF([a] = , 1, 2)", 4, "both sides");
    refused("IIF([a] = [b] = [c], 1, 2)", 4, "three");
    refused(
        "IIF([a] = \"x\" AND [b] = \"y\", 1, 2)",
        14,
        "joined by AND or OR",
    );
    refused("BitAnd(&HFFFFFFFFFFFFFFFF, 1)", 7, "hexadecimal");
    refused("BitAnd(1.5, 1)", 7, "whole");
    refused(&"Not(".repeat(60), 200, "at most 50 deep");
    refused(
        &format!("Not(\"{}\")", "x".repeat(10_000)),
        10_000,
        "at most 10000 characters",
    );
}

#[test]
fn an_expression_tells_what_it_read_and_did() {
    let expression = parse("Append(ToLower([givenName]), Coalesce([mail], [GIVENNAME]))").unwrap();
    assert_eq!(expression.attributes(), ["givenName", "mail", "GIVENNAME"]);
    assert_eq!(expression.function(), "Append");
    let ada = vec![("givenName".to_owned(), Value::from("Ada"))];
    let trace = expression.trace(&ada, &context());
    assert_eq!(
        trace.attributes,
        [
            ("givenName".to_owned(), "Ada".into()),
            ("mail".to_owned(), Value::Null)
        ]
    );
    assert_eq!(trace.steps[0], ("ToLower([givenName])".to_owned(), "ada".into()));
    assert_eq!(trace.steps[2].1, "adaAda".into());
    let failing = parse("Append(\"x\", Mid([givenName], 0, 1))").unwrap();
    let error = failing.trace(&ada, &context()).result.unwrap_err();
    assert_eq!((error.at, error.function), (12, "Mid"));
}

#[test]
fn what_is_advised_against_is_said() {
    let count = |text: &str| parse(text).unwrap().cautions().len();
    assert_eq!(count("IIF([a]=\"\",\"Other\",[a])"), 1);
    assert_eq!(count("IIF(IsPresent([a]),[a],\"Other\")"), 1);
    assert_eq!(
        count("Append(Switch(IsPresent([a]), , \"True\", \"x\"), IIF(IsNull([b]), 1, 2))"),
        2
    );
    assert_eq!(count("IIF([a]=\"x\",\"Other\",[a])"), 0);
    assert_eq!(count("Switch([a], IsNull([b]), \"x\", IsNull([b]))"), 0);
}

#[test]
fn values_do_not_grow_without_end() {
    let mut text = "Append(\"x\", \"x\")".to_owned();
    for _ in 0..40 {
        text = format!("Replace({text}, \"x\", , , \"xxxxxxxxxx\", , )");
    }
    let error = parse(&text)
        .unwrap()
        .evaluate(&Vec::new(), &context())
        .unwrap_err();
    assert!(error.sentence.contains("longer than"), "{error}");
}

#[test]
fn signatures_read_as_one_writes_them() {
    let signature = |name: &str| {
        FUNCTIONS
            .iter()
            .find(|each| each.name == name)
            .unwrap()
            .signature()
    };
    assert_eq!(signature("Append"), "Append(source, suffix)");
    assert_eq!(signature("Join"), "Join(separator, source, …)");
    assert_eq!(signature("Switch"), "Switch(source, defaultValue, key, value, …)");
    assert_eq!(signature("Guid"), "Guid()");
}

/// Any expression that can be written, by making trees.
fn calls() -> impl Strategy<Value = Node> {
    let leaf = prop_oneof![
        any::<String>().prop_map(Node::Text),
        "[a-z][a-zA-Z_:. äß]{0,5}[a-z]".prop_map(Node::Attribute),
        any::<i64>().prop_map(|value| Node::Number { value, hex: false }),
        (0..i64::MAX).prop_map(|value| Node::Number { value, hex: true }),
        Just(Node::Word("vbTextCompare")),
    ];
    let nodes = leaf.prop_recursive(4, 40, 6, |inner| {
        (0..FUNCTIONS.len(), prop::collection::vec(inner, 8), any::<u8>()).prop_map(
            |(index, nodes, chance)| {
                let function = &FUNCTIONS[index];
                call(
                    if function.name == "SelectUniqueValue" {
                        &FUNCTIONS[0]
                    } else {
                        function
                    },
                    nodes,
                    chance,
                )
            },
        )
    });
    nodes.prop_map(|node| match node {
        call @ Node::Call(_) => call,
        leaf => call(&FUNCTIONS[0], vec![leaf; 8], 0),
    })
}

fn call(function: &'static Function, mut nodes: Vec<Node>, chance: u8) -> Node {
    let fewest = (0..9).find(|count| {
        function
            .refuses(&vec![Node::Text(String::new()); *count])
            .is_none()
    });
    nodes.truncate(fewest.unwrap());
    for (index, node) in nodes.iter_mut().enumerate() {
        let is_optional = function
            .parameters
            .get(index)
            .is_some_and(|each| each.need == Need::Optional);
        if is_optional && chance & (1 << index) != 0 {
            *node = Node::Empty;
        }
    }
    if matches!(function.name, "IIF" | "CBool") && chance & 1 == 0 {
        let (_, operator) = Operator::ALL[usize::from(chance / 2) % 6];
        let left = nodes[0].clone();
        let right = Node::Attribute("x".to_owned());
        nodes[0] = Node::Compare(Box::new(Comparison {
            left,
            operator,
            right,
        }));
    }
    Node::Call(Call {
        function,
        at: 0,
        arguments: nodes,
    })
}

proptest! {
    #[test]
    fn what_is_written_reads_as_it_was(root in calls()) {
        let expression = Expression { root };
        let text = expression.to_string();
        prop_assume!(text.chars().count() <= LONGEST);
        prop_assert_eq!(parse(&text), Ok(expression), "{}", text);
    }

    #[test]
    fn nothing_panics_on_any_expression(root in calls(), text in any::<String>()) {
        let source = vec![("x".to_owned(), Value::Text(text.clone())), ("a".to_owned(), Value::Many(vec![text.into()]))];
        let expression = Expression { root };
        expression.cautions();
        let trace = expression.trace(&source, &context());
        prop_assert_eq!(trace.result, expression.evaluate(&source, &context()));
    }

    #[test]
    fn nothing_panics_on_any_text(text in r#"([A-Za-z]{1,8}\()?[\[\]"\\(),=<>&H0-9a-zäß -]{0,40}"#) {
        if let Ok(expression) = parse(&text) {
            prop_assert_eq!(parse(&expression.to_string()), Ok(expression));
        }
    }

    #[test]
    fn no_date_or_format_panics(text in any::<String>(), format in "[dfFghHKmMstyz%'\\\\.:/ -]{0,12}", ticks in any::<i64>()) {
        let expression = parse("Join(\"\", FormatDateTime([t], , [f], [f]), CDate([t]), DateFromNum([n]), NumFromDate([t]))").unwrap();
        let source = vec![
            ("t".to_owned(), Value::Text(text)),
            ("f".to_owned(), Value::Text(format.clone())),
            ("n".to_owned(), Value::Number(ticks)),
        ];
        let _ = expression.evaluate(&source, &context());
        let _ = dates::write::write(dates::Moment::now(context().now()), &format);
        if let Ok(Evaluated::Value { value, .. }) = parse("DateFromNum([n])").unwrap().evaluate(&source, &context()) {
            let back = parse("NumFromDate([d])").unwrap().evaluate(&vec![("d".to_owned(), value)], &context()).unwrap();
            prop_assert_eq!(back, Evaluated::Value { value: Value::Number(ticks / 10_000_000 * 10_000_000), redacted: false });
        }
    }
}
