//! Mapping files.

use jiff::Timestamp;
use practice_idp::expression::Context;
use practice_idp::mapping::{Case, Mapping, ObjectMapping, Occasion, diff};
use practice_idp::scoping::Scope;
use practice_idp::value::Value;
use serde_json::json;

/// What is read is written so that it reads the same; a refused file says why; whatever was read
/// can be checked, evaluated and compared.
pub fn mapping(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let mapping = match Mapping::read(text) {
        Ok(import) => import.mapping,
        Err(error) => {
            assert!(!error.problems.is_empty());
            for problem in &error.problems {
                assert!(problem.ends_with('.'), "{problem}");
            }
            return;
        }
    };
    let again = Mapping::from_json(&mapping.to_json()).map(|import| import.mapping);
    assert_eq!(again.as_ref(), Ok(&mapping));
    for fault in mapping.faults() {
        assert!(fault.sentence.ends_with(['.', ')']), "{fault:?}");
    }
    table(&mapping.users);
    table(&mapping.groups);
}

/// Nothing that flows is empty, and a value that a resource holds does not flow again.
fn table(table: &ObjectMapping) {
    let texts = [
        ("userPrincipalName", "ada@example.com"),
        ("givenName", "Ada"),
        ("department", ""),
    ];
    let ada: Vec<(String, Value)> = texts.map(|(name, text)| (name.to_owned(), text.into())).to_vec();
    if let Ok(scope) = Scope::new(&table.filters) {
        let verdict = scope.evaluate(&ada);
        let clauses: usize = table.filters.iter().map(|filter| filter.clauses.len()).sum();
        assert_eq!(verdict.clauses.len(), clauses);
    }
    let context = Context::new(Timestamp::UNIX_EPOCH, 7);
    for occasion in [Occasion::Creation, Occasion::Update] {
        let flows = table.evaluate(&ada, false, occasion, &context);
        assert!(flows.values.iter().all(|flow| !flow.value.is_empty()));
        let missing = diff(&flows.values, &json!({}), Case::Exact);
        assert_eq!(missing.len(), flows.values.len());
        assert!(missing.iter().all(practice_idp::mapping::Difference::is_empty));
    }
    for (path, text) in table.matching_values(&ada, &context).into_iter().flatten() {
        assert!(!text.is_empty(), "{path}");
    }
}
