//! What the documentation of the expressions warns of: it is computed, and surprises.

use super::node::Node;

/// A warning about a place in an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caution {
    /// How many characters stand before the function.
    pub at: usize,
    /// What surprises there, and what to write instead.
    pub sentence: String,
}

/// All warnings, in the order of the text.
pub(super) fn cautions(root: &Node) -> Vec<Caution> {
    let mut found = Vec::new();
    gather(root, &mut found);
    found
}

fn gather(node: &Node, found: &mut Vec<Caution>) {
    match node {
        Node::Call(call) => {
            let sentence = match call.function.name {
                "IIF" => call.arguments.first().and_then(condition),
                "Switch" => switch(&call.arguments),
                _ => None,
            };
            found.extend(sentence.map(|sentence| Caution {
                at: call.at,
                sentence,
            }));
            call.arguments.iter().for_each(|each| gather(each, found));
        }
        Node::Compare(comparison) => {
            gather(&comparison.left, found);
            gather(&comparison.right, found);
        }
        _ => {}
    }
}

/// The functions that tell whether there is a value.
fn asks_for_presence(node: &Node) -> Option<&'static str> {
    let Node::Call(call) = node else { return None };
    let name = call.function.name;
    matches!(name, "IsPresent" | "IsNull" | "IsNullOrEmpty").then_some(name)
}

fn condition(node: &Node) -> Option<String> {
    let compares_with_nothing = matches!(node, Node::Compare(comparison)
        if [&comparison.left, &comparison.right].into_iter().any(|side| *side == Node::Text(String::new())));
    if !compares_with_nothing && asks_for_presence(node).is_none() {
        return None;
    }
    Some(
        "A condition of IIF on an attribute without a value never holds, so this one cannot ask for an empty value. \
         Write Switch([attribute], [attribute], \"\", \"Other\") instead."
            .to_owned(),
    )
}

fn switch(arguments: &[Node]) -> Option<String> {
    let keys = arguments
        .iter()
        .enumerate()
        .filter(|(index, _)| *index == 0 || (*index >= 2 && index % 2 == 0));
    let name = keys.map(|(_, node)| node).find_map(asks_for_presence)?;
    Some(format!(
        "Entra's documentation advises against {name} as the source or a key of Switch. \
         Use the key \"\", which equals a source without a value."
    ))
}
