//! Which attributes an answer has: `attributes` and `excludedAttributes`, RFC 7644 §3.9.

use std::borrow::Cow;

use serde_json::Value;

use crate::path::{AttrPath, is_urn};
use crate::resource::Object;
use crate::schema::{Attribute, ResourceType, Returned};

/// The attributes a client asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Projection {
    /// `None` is everything that is returned by default.
    asked: Option<Vec<AttrPath>>,
    excluded: Vec<AttrPath>,
}

/// What to do with an attribute.
#[derive(PartialEq)]
enum Keep {
    Whole,
    Nothing,
    /// These sub-attributes.
    Only(Vec<String>),
    /// All but these.
    Without(Vec<String>),
}

impl Projection {
    /// Reads the two parameters: lists with commas, names in any letter case, with sub-attributes
    /// or URNs. Blank is the same as absent. Names nobody declares ask for nothing. A filter in
    /// brackets, which RFC 7644 §3.9 does not have, is passed over: `emails[type eq "work"].value`
    /// asks for `emails.value`.
    pub fn parse(kind: &'static ResourceType, attributes: Option<&str>, excluded: Option<&str>) -> Self {
        let read = |list: &str| -> Vec<AttrPath> {
            names(list)
                .iter()
                .filter_map(|name| AttrPath::read(name.trim(), kind))
                .collect()
        };
        let asked = attributes.filter(|list| !list.trim().is_empty()).map(read);
        Self {
            asked,
            excluded: excluded.map(read).unwrap_or_default(),
        }
    }

    /// Everything that is returned by default.
    pub fn all() -> Self {
        Self::default()
    }

    /// The part of a resource to answer with. `id` and `schemas` are always in it, a password
    /// never.
    pub fn apply(&self, kind: &'static ResourceType, resource: &Object) -> Object {
        self.keep(kind, resource.clone())
    }

    /// The same of a resource that nobody needs any more: what stays is moved, not copied.
    pub fn keep(&self, kind: &'static ResourceType, resource: Object) -> Object {
        let mut answer = Object::with_capacity(resource.len());
        for (name, value) in resource {
            let projected = match value {
                Value::Object(inner) if is_urn(&name) => self.extension(kind, &name, inner),
                value => self.attribute(&AttrPath::core(name.as_str()), kind.attribute(&name), value),
            };
            if let Some(value) = projected {
                answer.insert(name, value);
            }
        }
        answer
    }

    /// Whether an attribute at the top of a resource, or an extension by its URN, is answered
    /// whole (`true`) or not at all; `None` where that depends on what is in it.
    pub fn keeps(&self, kind: &'static ResourceType, name: &str) -> Option<bool> {
        if is_urn(name) {
            let is_usual =
                |attribute: &Attribute| matches!(attribute.returned, Returned::Default | Returned::Always);
            let declared = kind.extension(name);
            let all_usual = declared.is_none_or(|schema| schema.attributes.iter().all(is_usual));
            return (all_usual && self.asked.is_none() && self.excluded.is_empty()).then_some(true);
        }
        match self.decide(&AttrPath::core(name), kind.attribute(name)) {
            Keep::Whole => Some(true),
            Keep::Nothing => Some(false),
            Keep::Only(_) | Keep::Without(_) => None,
        }
    }

    /// Whether an attribute of the core schema, such as `members`, would be in the answer.
    pub fn wants(&self, attribute: &str) -> bool {
        let names = |path: &AttrPath| {
            path.schema.is_none() && (path.is_schema() || path.attribute.eq_ignore_ascii_case(attribute))
        };
        let asked = self.asked.as_ref().is_none_or(|asked| asked.iter().any(names));
        asked && !self.excluded.iter().any(|path| names(path) && path.sub.is_none())
    }

    fn extension(&self, kind: &ResourceType, urn: &str, inner: Object) -> Option<Value> {
        let schema = kind.extension(urn);
        let mut kept = Object::with_capacity(inner.len());
        for (name, value) in inner {
            let declared = schema.and_then(|schema| schema.attribute(&name));
            let value = self.attribute(&AttrPath::extension(urn, name.as_str()), declared, value);
            if let Some(value) = value {
                kept.insert(name, value);
            }
        }
        (!kept.is_empty()).then_some(Value::Object(kept))
    }

    fn attribute(
        &self,
        path: &AttrPath,
        declared: Option<&'static Attribute>,
        value: Value,
    ) -> Option<Value> {
        match self.decide(path, declared) {
            Keep::Nothing => None,
            Keep::Whole => Some(value),
            Keep::Only(subs) => narrow(&value, &|name| is_among(&subs, name)),
            Keep::Without(subs) => narrow(&value, &|name| !is_among(&subs, name)),
        }
    }

    fn decide(&self, path: &AttrPath, declared: Option<&Attribute>) -> Keep {
        let returned = declared.map_or(Returned::Default, |declared| declared.returned);
        match returned {
            Returned::Always => return Keep::Whole,
            Returned::Never => return Keep::Nothing,
            Returned::Request if self.asked.is_none() => return Keep::Nothing,
            Returned::Request | Returned::Default => {}
        }
        let asked = self
            .asked
            .as_ref()
            .map_or(Keep::Whole, |asked| match mentions(asked, path) {
                Mention::Not => Keep::Nothing,
                Mention::Whole => Keep::Whole,
                Mention::Subs(subs) => Keep::Only(subs),
            });
        match (asked, mentions(&self.excluded, path)) {
            (Keep::Whole, Mention::Subs(subs)) => Keep::Without(subs),
            (Keep::Only(mut only), Mention::Subs(subs)) => {
                only.retain(|sub| !is_among(&subs, sub));
                Keep::Only(only)
            }
            (_, Mention::Whole) => Keep::Nothing,
            (keep, _) => keep,
        }
    }
}

/// The names between the commas, without what is in brackets.
fn names(list: &str) -> Vec<String> {
    let mut names = vec![String::new()];
    let (mut in_brackets, mut in_quotes) = (false, false);
    for c in list.chars() {
        match c {
            '"' if in_brackets => in_quotes = !in_quotes,
            '[' if !in_brackets => in_brackets = true,
            ']' if !in_quotes => in_brackets = false,
            _ if in_brackets => {}
            ',' => names.push(String::new()),
            c => names.last_mut().into_iter().for_each(|name| name.push(c)),
        }
    }
    names
}

/// How a list of names mentions an attribute.
enum Mention {
    Not,
    Whole,
    Subs(Vec<String>),
}

fn mentions(list: &[AttrPath], path: &AttrPath) -> Mention {
    let mut subs = Vec::new();
    for named in list {
        let named = match (&named.schema, &path.schema) {
            (None, None) => Cow::Borrowed(named),
            // Where its URN ends says the extension that is there.
            (Some(_), Some(urn)) => match named.among(std::iter::once(urn.as_str())) {
                Some(named) => Cow::Owned(named),
                None => continue,
            },
            _ => continue,
        };
        match &named.sub {
            _ if named.is_schema() => return Mention::Whole,
            _ if !named.attribute.eq_ignore_ascii_case(&path.attribute) => {}
            None => return Mention::Whole,
            Some(sub) => subs.push(sub.clone()),
        }
    }
    if subs.is_empty() {
        Mention::Not
    } else {
        Mention::Subs(subs)
    }
}

fn is_among(subs: &[String], name: &str) -> bool {
    subs.iter().any(|sub| sub.eq_ignore_ascii_case(name))
}

/// Keeps some sub-attributes of an object, or of each object in a list.
fn narrow(value: &Value, keep: &dyn Fn(&str) -> bool) -> Option<Value> {
    match value {
        Value::Object(object) => {
            let kept: Object = object
                .iter()
                .filter(|(name, _)| keep(name))
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect();
            (!kept.is_empty()).then_some(Value::Object(kept))
        }
        Value::Array(elements) => {
            let kept: Vec<Value> = elements
                .iter()
                .filter_map(|element| narrow(element, keep))
                .collect();
            (!kept.is_empty()).then_some(Value::Array(kept))
        }
        _ => None,
    }
}
