//! Every function by name: its parameters, what it does in a sentence, and where it is computed.

mod chance;
mod dates;
mod diacritics;
mod logic;
mod replace;
mod table;
mod text;
mod values;

use super::evaluate::{Answer, Arguments};
use super::node::Node;

pub use table::FUNCTIONS;

/// A function of the language.
#[derive(Debug)]
pub struct Function {
    /// The name, whose letter case counts.
    pub name: &'static str,
    /// The parameters in order.
    pub parameters: &'static [Parameter],
    /// What it does, in one sentence.
    pub help: &'static str,
    /// One use of it.
    pub example: &'static str,
    /// The fewest parameters.
    least: usize,
    /// The most parameters, unless the last repeats.
    most: Option<usize>,
    /// Computes it.
    pub(super) run: fn(&Arguments<'_>) -> Answer,
}

/// A parameter of a function.
#[derive(Debug)]
pub struct Parameter {
    /// The name in the documentation.
    pub name: &'static str,
    /// Whether it may be left out or repeated.
    pub need: Need,
}

/// Whether a parameter may be left out or repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// It is always given.
    Required,
    /// It may be left out; if others follow, its place stays empty.
    Optional,
    /// It and those behind it may be given again and again.
    Repeating,
}

impl Function {
    /// The function as one writes it: `Append(source, suffix)`.
    pub fn signature(&self) -> String {
        let names: Vec<&str> = self.parameters.iter().map(|parameter| parameter.name).collect();
        let repeats = self.parameters.iter().any(|each| each.need == Need::Repeating);
        let more = if repeats { ", …" } else { "" };
        format!("{}({}{more})", self.name, names.join(", "))
    }

    /// Why it cannot take these parameters; `None` if it can.
    pub(super) fn refuses(&self, arguments: &[Node]) -> Option<String> {
        if self.name == "SelectUniqueValue" {
            return Some(
                "SelectUniqueValue asks Active Directory whether a value is taken. It works only from an HR system \
                 to Active Directory, and not for an application with SCIM."
                    .to_owned(),
            );
        }
        let count = arguments.len();
        if count < self.least || self.most.is_some_and(|most| count > most) {
            return Some(self.wrong_count(count));
        }
        if self.name == "Switch" && count % 2 == 1 {
            return Some(format!(
                "Switch takes a source, a default and then pairs of key and value, an even number in all; here are {count}. \
                 The default may be left empty: Switch([source], , \"key\", \"value\")."
            ));
        }
        self.left_out(arguments)
    }

    fn wrong_count(&self, count: usize) -> String {
        let takes = match self.most {
            Some(most) if most == self.least => format!("exactly {most}"),
            Some(most) => format!("{} to {most}", self.least),
            None => format!("at least {}", self.least),
        };
        format!(
            "{} takes {takes} parameters, and here are {count}: {}. Leave the place of one that is not given empty.",
            self.name,
            self.signature()
        )
    }

    /// A required parameter whose place is empty.
    fn left_out(&self, arguments: &[Node]) -> Option<String> {
        let last = self.parameters.last();
        let mut pairs = arguments.iter().enumerate().filter_map(|(index, argument)| {
            let parameter = self.parameters.get(index).or(last)?;
            (*argument == Node::Empty && parameter.need != Need::Optional).then_some(parameter.name)
        });
        let name = pairs.next()?;
        Some(format!(
            "{} cannot do without {name}: {}.",
            self.name,
            self.signature()
        ))
    }
}

/// The function of that name.
pub(super) fn called(name: &str) -> Option<&'static Function> {
    FUNCTIONS.iter().find(|function| function.name == name)
}

/// Names that other systems have, and what stands for them here.
const ELSEWHERE: &[(&str, &str)] = &[
    ("ProperCase", "PCase"),
    ("Lower", "ToLower"),
    ("LCase", "ToLower"),
    ("Upper", "ToUpper"),
    ("UCase", "ToUpper"),
    ("Concat", "Join"),
    ("If", "IIF"),
    ("Trim", "StripSpaces"),
    ("Substring", "Mid"),
];

/// What to say of a name that no function has.
pub(super) fn unknown(name: &str) -> String {
    let same = |other: &str| other.eq_ignore_ascii_case(name);
    if let Some(function) = FUNCTIONS.iter().find(|function| same(function.name)) {
        return format!("The letter case counts: write {}.", function.name);
    }
    match ELSEWHERE.iter().find(|(other, _)| same(other)) {
        Some((_, here)) => format!("There is no function {name}; see {here}."),
        None => format!("There is no function {name}. The list of functions has all of them."),
    }
}
