//! PATCHes of members against a model that is as simple as RFC 7644 §3.5.2 words it: a map from
//! ids to names. A member whose name is not sent keeps it, and an id that is nobody's is left out.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::select;

use super::*;

type Model = BTreeMap<String, Option<String>>;

/// One operation: what is sent, and what it does to the model.
#[derive(Debug, Clone)]
enum Step {
    Add(String, Option<String>),
    ReplaceAll(String, Option<String>),
    Clear,
    Remove(String),
    RemoveNamed(String),
    Replace(String, String, Option<String>),
    Call(&'static str, String, Option<String>),
    CallNamed(String, String),
    CallAll(Option<String>),
}

impl Step {
    fn operation(&self) -> Value {
        let of = |id: &str, sub: &str| format!("members[value eq \"{id}\"]{sub}");
        let member = |id: &str, name: &Option<String>| match name {
            Some(name) => json!({ "value": id, "display": name }),
            None => json!({ "value": id }),
        };
        match self {
            Self::Add(id, name) => json!({ "op": "add", "path": "members", "value": [member(id, name)] }),
            Self::ReplaceAll(id, name) => {
                json!({ "op": "replace", "path": "members", "value": [member(id, name)] })
            }
            Self::Clear => json!({ "op": "remove", "path": "members" }),
            Self::Remove(id) => json!({ "op": "remove", "path": of(id, "") }),
            Self::RemoveNamed(name) => {
                json!({ "op": "remove", "path": format!("members[display eq \"{name}\"]") })
            }
            Self::Replace(id, other, name) => {
                json!({ "op": "replace", "path": of(id, ""), "value": member(other, name) })
            }
            Self::Call(_, id, None) => json!({ "op": "remove", "path": of(id, ".display") }),
            Self::Call(op, id, name) => json!({ "op": op, "path": of(id, ".display"), "value": name }),
            Self::CallNamed(name, other) => {
                let path = format!("members[display eq \"{name}\"].display");
                json!({ "op": "replace", "path": path, "value": other })
            }
            Self::CallAll(None) => json!({ "op": "remove", "path": "members.display" }),
            Self::CallAll(name) => json!({ "op": "replace", "path": "members.display", "value": name }),
        }
    }

    /// False if it has no target.
    fn change(&self, model: &mut Model) -> bool {
        match self {
            Self::Add(id, name) | Self::Call("add", id, name) => join(model, id, name.as_ref()),
            Self::ReplaceAll(id, name) => {
                model.retain(|there, _| there == id);
                join(model, id, name.as_ref());
            }
            Self::Clear => model.clear(),
            Self::Remove(id) => {
                model.remove(id);
            }
            Self::RemoveNamed(name) => model.retain(|_, called| called.as_ref() != Some(name)),
            Self::Replace(id, other, name) => {
                let Some(was) = model.remove(id) else {
                    return false;
                };
                if id == other {
                    model.insert(id.clone(), was);
                }
                join(model, other, name.as_ref());
            }
            Self::Call(_, id, name) => match (model.get_mut(id), name) {
                (Some(called), name) => called.clone_from(name),
                (None, name) => return name.is_none(),
            },
            Self::CallNamed(name, other) => {
                let mut of_that_name = model.values_mut().filter(|called| called.as_ref() == Some(name));
                let first = of_that_name.next();
                let is_there = first.is_some();
                for called in first.into_iter().chain(of_that_name) {
                    *called = Some(other.clone());
                }
                return is_there;
            }
            Self::CallAll(name) => model.values_mut().for_each(|called| called.clone_from(name)),
        }
        true
    }
}

fn join(model: &mut Model, id: &str, name: Option<&String>) {
    if id != "nobody" {
        let called = model.entry(id.to_owned()).or_default();
        *called = name.or(called.as_ref()).cloned();
    }
}

fn step(ids: Vec<String>) -> impl Strategy<Value = Step> {
    let id = move || select(ids.clone());
    let name = || select(vec!["A", "B"]).prop_map(str::to_owned);
    let maybe = || prop::option::of(name());
    let op = select(vec!["add", "replace"]);
    prop_oneof![
        4 => (id(), maybe()).prop_map(|(id, name)| Step::Add(id, name)),
        1 => (id(), maybe()).prop_map(|(id, name)| Step::ReplaceAll(id, name)),
        1 => Just(Step::Clear),
        2 => id().prop_map(Step::Remove),
        1 => name().prop_map(Step::RemoveNamed),
        2 => (id(), id(), maybe()).prop_map(|(id, other, name)| Step::Replace(id, other, name)),
        2 => (op, id(), maybe()).prop_map(|(op, id, name)| match name {
            None => Step::Call("replace", id, None),
            name => Step::Call(op, id, name),
        }),
        1 => (name(), name()).prop_map(|(name, other)| Step::CallNamed(name, other)),
        1 => maybe().prop_map(Step::CallAll),
    ]
}

/// Whether somebody who leaves in a PATCH may join again in the same one without a name: such a
/// member keeps the name of before, which the model, one step at a time, has forgotten.
fn rejoins_unnamed(steps: &[Step]) -> bool {
    let joins_unnamed = |step: &Step| {
        matches!(
            step,
            Step::Add(_, None) | Step::ReplaceAll(_, None) | Step::Replace(_, _, None)
        )
    };
    steps.iter().skip(1).any(joins_unnamed)
}

#[test]
fn a_patch_does_to_members_what_the_model_does() {
    let bench = Bench::new();
    let mut ids: Vec<String> = ["mara", "jonas", "ana"].map(|name| bench.user(name)).into();
    ids.push("nobody".to_owned());
    let number = std::cell::Cell::new(0);
    let patches = prop::collection::vec(prop::collection::vec(step(ids.clone()), 1..4), 1..4);
    proptest!(ProptestConfig::with_cases(150), |(patches in patches)| {
        number.set(number.get() + 1);
        let group = bench.group(&format!("Group {}", number.get()), &[&ids[0]]);
        let mut model = Model::from([(ids[0].clone(), None)]);
        for steps in patches.into_iter().filter(|steps| !rejoins_unnamed(steps)) {
            let mut next = model.clone();
            let has_target = steps.iter().all(|step| step.change(&mut next));
            let operations: Vec<Value> = steps.iter().map(Step::operation).collect();
            match bench.try_patch(Kind::Group, &group, json!(operations)) {
                Ok(change) => {
                    prop_assert!(has_target, "{operations:?} has no target");
                    prop_assert_eq!(change.changed, next != model);
                    model = next;
                }
                Err(Error::Scim(error)) => {
                    prop_assert_eq!(error.scim_type, Some(scim::ScimType::NoTarget));
                    prop_assert!(!has_target, "{operations:?}: {error}");
                }
                Err(other) => panic!("{other}"),
            }
            let there = bench.directory().members_value(&group, "").unwrap();
            let there = there.into_iter().map(|member| {
                let text = |name: &str| member[name].as_str().map(str::to_owned);
                (text("value").unwrap_or_default(), text("display"))
            });
            prop_assert_eq!(there.collect::<Model>(), model.clone());
        }
    });
}
