//! Every operator against a table, and what filters make of their clauses.

use proptest::prelude::*;
use serde_json::Value as Json;

use super::*;

fn value(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(value) => Value::Bool(*value),
        Json::Number(number) => Value::Number(number.as_i64().unwrap()),
        Json::String(text) => Value::from(text.as_str()),
        Json::Array(values) => Value::Many(values.iter().map(value).collect()),
        Json::Object(_) => panic!("no attribute is an object"),
    }
}

fn filter(title: &str, clauses: &[(&str, Operator, &str)]) -> ScopingFilter {
    let clauses = clauses
        .iter()
        .map(|(attribute, operator, value)| Clause::new(*attribute, *operator, *value));
    ScopingFilter {
        title: title.to_owned(),
        clauses: clauses.collect(),
    }
}

#[test]
fn clauses_hold_as_the_table_says() {
    let mut findings = Vec::new();
    let mut tried = Vec::new();
    for line in include_str!("vectors.txt")
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
    {
        let parts: Vec<&str> = line.split(" |").map(str::trim).collect();
        let [json, operator, compared, expected] = parts[..] else {
            panic!("{line} has not four parts");
        };
        let operator = Operator::parse(operator).unwrap();
        tried.push(operator);
        let source = vec![("a".to_owned(), value(&json.parse().unwrap()))];
        let verdict = Scope::new(&[filter("f", &[("a", operator, compared)])])
            .unwrap()
            .evaluate(&source);
        if verdict.passes.to_string() != expected {
            findings.push(line.to_owned());
        }
        assert_eq!(
            verdict.clauses,
            [(format!("f.a {operator} '{compared}'"), verdict.passes)]
        );
    }
    assert!(
        findings.is_empty(),
        "these come out the other way:\n{}",
        findings.join("\n")
    );
    assert!(Operator::ALL.iter().all(|operator| tried.contains(operator)));
}

#[test]
fn all_clauses_of_one_filter_have_to_hold() {
    let filters = [
        filter(
            "New York engineers",
            &[
                ("city", Operator::Equals, "New York"),
                ("department", Operator::Equals, "Engineering"),
            ],
        ),
        filter("Sales", &[("department", Operator::Equals, "Sales")]),
    ];
    let scope = Scope::new(&filters).unwrap();
    let who = |city: &str, department: &str| {
        vec![
            ("city".to_owned(), city.into()),
            ("department".to_owned(), department.into()),
        ]
    };
    assert!(scope.evaluate(&who("New York", "Engineering")).passes);
    assert!(scope.evaluate(&who("Paris", "Sales")).passes);
    let verdict = scope.evaluate(&who("Paris", "Engineering"));
    assert!(!verdict.passes);
    assert_eq!(
        verdict.to_json(),
        "{\"New York engineers.city EQUALS 'New York'\":false,\
         \"New York engineers.department EQUALS 'Engineering'\":true,\
         \"Sales.department EQUALS 'Sales'\":false}"
    );
    assert!(
        Scope::new(&[]).unwrap().evaluate(&who("", "")).passes,
        "without a filter everyone is in scope"
    );
}

#[test]
fn what_cannot_be_used_is_said() {
    #[track_caller]
    fn refused(attribute: &str, operator: Operator, value: &str, words: &str) {
        let good = ("city", Operator::IsNull, "");
        let faults = Scope::new(&[
            filter("f", &[good]),
            filter("f", &[good, (attribute, operator, value)]),
        ])
        .unwrap_err();
        assert_eq!(
            (faults.len(), faults[0].filter, faults[0].clause),
            (1, 1, Some(1))
        );
        assert!(faults[0].sentence.contains(words), "{}", faults[0]);
    }
    refused("proxyaddresses", Operator::IsNull, "", "several values");
    refused("members", Operator::Equals, "x", "several values");
    refused("manager", Operator::Equals, "x", "does not support manager");
    refused("city", Operator::Equals, "", "needs a value");
    refused("city", Operator::GreaterThan, "-1", "is none");
    refused(
        "city",
        Operator::RegexMatch,
        "(",
        "cannot be read as a .NET regular expression",
    );
    refused(" ", Operator::IsNull, "", "no attribute");
    let faults = Scope::new(&[filter("", &[])]).unwrap_err();
    assert_eq!(faults.len(), 2);
    let unknown = Operator::parse("LIKE").unwrap_err().to_string();
    assert!(
        unknown.starts_with("\"LIKE\" is no operator") && unknown.contains("NOT REGEX MATCH"),
        "{unknown}"
    );
    assert_eq!(
        Operator::parse("greater_than_or_equals"),
        Ok(Operator::GreaterThanOrEquals)
    );
}

proptest! {
    #[test]
    fn nothing_panics(value in any::<String>(), compared in any::<String>(), index in 0..14_usize) {
        let filters = [filter("f", &[("a", Operator::ALL[index], &compared)])];
        if let Ok(scope) = Scope::new(&filters) {
            scope.evaluate(&vec![("a".to_owned(), Value::Text(value))]);
        }
    }
}
