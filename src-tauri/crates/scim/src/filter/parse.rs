//! From text to [`Filter`], and the brackets of a PATCH path with it.
//!
//! Recursive descent over the grammar of RFC 7644 figure 1; each method reads one rule.

mod literal;

use literal::{has_no_order, has_no_place};

pub(super) use literal::number;

use super::scan::Scanner;
use super::{Filter, Literal, Op};
use crate::dialect::{Notes, Quirk};
use crate::path::{AttrPath, Path};
use crate::schema::{Attribute, ResourceType};
use crate::secret;

/// Why and where (byte offset) reading stopped; `why` is a clause without its period.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) at: usize,
    pub(crate) why: String,
}

type Parsed<T> = Result<T, Fault>;

/// A reader of one text.
pub(crate) struct Parser<'a> {
    text: Scanner<'a>,
    kind: &'static ResourceType,
    notes: &'a mut Notes,
    depth: usize,
    terms: usize,
    /// Whether the text mentions a password, so that no value in it is repeated.
    is_secret: bool,
}

/// What a name in the filter is a name of.
#[derive(Clone, Copy)]
enum Scope {
    /// An attribute of the resource.
    Resource,
    /// A sub-attribute of the list in front of the bracket, if that is declared.
    Element(Option<&'static Attribute>),
}

impl<'a> Parser<'a> {
    const MAX_BYTES: usize = 10_000;
    const MAX_DEPTH: usize = 50;
    const MAX_TERMS: usize = 200;

    pub(crate) fn new(text: &'a str, kind: &'static ResourceType, notes: &'a mut Notes) -> Self {
        Self {
            text: Scanner::new(text),
            kind,
            notes,
            depth: 0,
            terms: 0,
            is_secret: secret::mentions_password(text),
        }
    }

    /// The whole text as a filter.
    pub(crate) fn filter(mut self) -> Parsed<Filter> {
        self.check_size()?;
        let filter = self.or(Scope::Resource)?;
        self.end("something follows the filter; join terms with \"and\" or \"or\"")?;
        Ok(filter)
    }

    /// The whole text as a path with a filter in brackets.
    pub(crate) fn path(mut self) -> Parsed<Path> {
        self.check_size()?;
        let (start, mut attr) = self.attribute(Scope::Resource)?;
        if attr.is_schema() {
            return Err(Fault::new(start, "an attribute name is expected"));
        }
        self.symbol('[', "a bracket is expected")?;
        let filter = self.brackets(&attr)?;
        if self.text.accept('.') {
            attr.sub = Some(self.sub_attribute(&attr)?);
        }
        self.end("something follows the path")?;
        Ok(Path {
            attr,
            filter: Some(filter),
        })
    }

    fn or(&mut self, scope: Scope) -> Parsed<Filter> {
        let first = self.and(scope)?;
        let mut filters = vec![first];
        while self.text.keyword("or") {
            filters.push(self.and(scope)?);
        }
        Ok(one_or(filters, Filter::Or))
    }

    fn and(&mut self, scope: Scope) -> Parsed<Filter> {
        let first = self.unary(scope)?;
        let mut filters = vec![first];
        while self.text.keyword("and") {
            filters.push(self.unary(scope)?);
        }
        Ok(one_or(filters, Filter::And))
    }

    fn unary(&mut self, scope: Scope) -> Parsed<Filter> {
        if self.text.accept('(') {
            return self.group(scope);
        }
        if self.text.keyword("not") {
            self.symbol('(', "\"not\" is followed by a filter in parentheses")?;
            return Ok(Filter::Not(Box::new(self.group(scope)?)));
        }
        self.term(scope)
    }

    fn group(&mut self, scope: Scope) -> Parsed<Filter> {
        self.deeper()?;
        let filter = self.or(scope)?;
        self.symbol(')', "the parenthesis is not closed")?;
        self.depth -= 1;
        Ok(filter)
    }

    fn term(&mut self, scope: Scope) -> Parsed<Filter> {
        self.terms += 1;
        if self.terms > Self::MAX_TERMS {
            return self.fault(format!("a filter has at most {} terms", Self::MAX_TERMS));
        }
        let (start, path) = self.attribute(scope)?;
        if path.is_schema() {
            return self.extension(start, path);
        }
        if matches!(scope, Scope::Resource) && self.text.accept('[') {
            return self.within(start, path);
        }
        let declared = self.declared(&path, scope);
        let name = match scope {
            Scope::Element(Some(list)) => format!("{}.{path}", list.name),
            _ => path.to_string(),
        };
        if !self.knows(&path, scope) {
            self.unknown(start, &name)?;
        }
        Ok(match self.comparison(declared, &name)? {
            None => Filter::Present(path),
            Some((op, value)) => Filter::Compare { path, op, value },
        })
    }

    /// An extension as a whole is there or is not: `urn:…:User pr`.
    fn extension(&mut self, start: usize, path: AttrPath) -> Parsed<Filter> {
        self.text.skip_space();
        if self.text.word().eq_ignore_ascii_case("pr") {
            return Ok(Filter::Present(path));
        }
        let why = "a schema as a whole can only be asked for with pr; name an attribute of it";
        Err(Fault::new(start, why))
    }

    fn within(&mut self, start: usize, path: AttrPath) -> Parsed<Filter> {
        if !self.knows(&path, Scope::Resource) {
            self.unknown(start, &path.to_string())?;
        }
        let mut filter = self.brackets(&path)?;
        let mut then = None;
        if self.text.accept('.') {
            let (start, sub) = (self.text.at(), self.sub_attribute(&path)?);
            let sentence =
                format!("The filter goes on behind the brackets of `{path}`; it was read as a term inside.");
            self.notes
                .add(Quirk::TermAfterBrackets, path.to_string(), sentence);
            let (list, name) = (self.kind.find(&path), format!("{path}.{sub}"));
            let declared = list.and_then(|list| list.sub(&sub));
            if list.is_some() && declared.is_none() {
                self.unknown(start, &name)?;
            }
            match self.comparison(declared, &name)? {
                None => filter = both(filter, Filter::Present(AttrPath::core(sub))),
                Some((op, value)) => then = Some((sub, op, value)),
            }
        }
        Ok(Filter::Within {
            path,
            filter: Box::new(filter),
            then,
        })
    }

    /// What is between the brackets, the closing one included.
    fn brackets(&mut self, list: &AttrPath) -> Parsed<Filter> {
        if list.sub.is_some() {
            return self.fault("brackets follow an attribute, not a sub-attribute");
        }
        self.deeper()?;
        let filter = self.or(Scope::Element(self.kind.find(list)))?;
        self.symbol(']', "the bracket is not closed")?;
        self.depth -= 1;
        Ok(filter)
    }

    /// An operator with its value; `None` for `pr`.
    fn comparison(
        &mut self,
        declared: Option<&'static Attribute>,
        name: &str,
    ) -> Parsed<Option<(Op, Literal)>> {
        self.text.skip_space();
        let (start, word) = (self.text.at(), self.text.word());
        if word.eq_ignore_ascii_case("pr") {
            return Ok(None);
        }
        let Some(op) = Op::named(word) else {
            return Err(Fault::new(start, no_operator(self.shown(word))));
        };
        if op.is_ordering() && declared.is_some_and(has_no_order) {
            return Err(Fault::new(start, format!("{name} has no order; use eq or ne")));
        }
        self.text.skip_space();
        let at = self.text.at();
        let value = self.literal(name)?;
        if op.is_ordering() && declared.is_some_and(|declared| has_no_place(declared, &value)) {
            let why = "a date-time such as \"2026-04-04T04:23:30Z\" is expected";
            return Err(Fault::new(at, why));
        }
        Ok(Some((op, self.fit(value, declared, name))))
    }

    /// A piece of the text as notes and errors may show it.
    fn shown<'t>(&self, piece: &'t str) -> &'t str {
        if self.is_secret && !piece.is_empty() {
            secret::HIDDEN
        } else {
            piece
        }
    }

    /// An attribute name, with its place.
    fn attribute(&mut self, scope: Scope) -> Parsed<(usize, AttrPath)> {
        self.text.skip_space();
        let (start, word) = (self.text.at(), self.text.word());
        let path = match scope {
            Scope::Resource => AttrPath::read(word, self.kind)
                .map(|path| path.into_attribute(self.kind))
                .filter(|path| !path.is_schema() || path.schema.is_some()),
            Scope::Element(list) => element_path(word, list),
        };
        path.map(|path| (start, path))
            .ok_or_else(|| Fault::new(start, "an attribute name is expected"))
    }

    fn sub_attribute(&mut self, list: &AttrPath) -> Parsed<String> {
        let (start, word) = (self.text.at(), self.text.word());
        element_path(word, self.kind.find(list))
            .map(|path| path.attribute)
            .ok_or_else(|| Fault::new(start, "a sub-attribute is expected"))
    }

    /// True for what the tables declare, and for what only the stored resources can tell:
    /// attributes of extensions nobody declares.
    fn knows(&self, path: &AttrPath, scope: Scope) -> bool {
        let of_foreign = |path: &AttrPath| {
            path.schema
                .as_deref()
                .is_some_and(|urn| self.kind.extension(urn).is_none())
        };
        match scope {
            Scope::Resource => path.known(self.kind) || of_foreign(path),
            Scope::Element(list) => list.is_none_or(|list| {
                let of_plain = !list.is_complex() && path.attribute.eq_ignore_ascii_case("value");
                of_plain || list.sub(&path.attribute).is_some()
            }),
        }
    }

    /// A term on an attribute nobody declares is read and finds nothing.
    fn unknown(&mut self, at: usize, name: &str) -> Parsed<()> {
        if self.notes.is_strict() {
            return Err(Fault::new(at, format!("no schema declares {name}")));
        }
        let sentence = format!("No schema declares `{name}`; the filter finds nothing by it.");
        self.notes.add(Quirk::UnknownAttribute, name, sentence);
        Ok(())
    }

    fn declared(&self, path: &AttrPath, scope: Scope) -> Option<&'static Attribute> {
        let declared = match scope {
            Scope::Resource => path.leaf(self.kind),
            Scope::Element(list) => list.and_then(|list| list.sub(&path.attribute)),
        };
        declared.and_then(comparable)
    }
}

/// Demands.
impl Parser<'_> {
    fn symbol(&mut self, symbol: char, why: &str) -> Parsed<()> {
        if self.text.accept(symbol) {
            Ok(())
        } else {
            self.fault(why)
        }
    }

    fn end(&mut self, why: &str) -> Parsed<()> {
        self.text.skip_space();
        if self.text.rest().is_empty() {
            Ok(())
        } else {
            self.fault(why)
        }
    }

    fn deeper(&mut self) -> Parsed<()> {
        self.depth += 1;
        if self.depth <= Self::MAX_DEPTH {
            return Ok(());
        }
        self.fault(format!("parentheses nest at most {} deep", Self::MAX_DEPTH))
    }

    fn check_size(&self) -> Parsed<()> {
        if self.text.rest().len() <= Self::MAX_BYTES {
            return Ok(());
        }
        self.fault(format!("a filter has at most {} bytes", Self::MAX_BYTES))
    }

    fn fault<T>(&self, why: impl Into<String>) -> Parsed<T> {
        Err(Fault::new(self.text.at(), why))
    }
}

impl Fault {
    fn new(at: usize, why: impl Into<String>) -> Self {
        Self { at, why: why.into() }
    }
}

/// RFC 7644 §3.4.2.2: the answer names the operator that is not supported.
fn no_operator(word: &str) -> String {
    if word.is_empty() {
        return "an operator such as eq, co or pr is expected".to_owned();
    }
    format!("the operator `{word}` is not supported; use eq, ne, co, sw, ew, gt, ge, lt, le or pr")
}

fn one_or(mut filters: Vec<Filter>, many: fn(Vec<Filter>) -> Filter) -> Filter {
    match filters.pop() {
        Some(only) if filters.is_empty() => only,
        last => {
            filters.extend(last);
            many(filters)
        }
    }
}

fn both(filter: Filter, also: Filter) -> Filter {
    match filter {
        Filter::And(mut filters) => {
            filters.push(also);
            Filter::And(filters)
        }
        other => Filter::And(vec![other, also]),
    }
}

/// A name inside brackets, in the list's spelling.
fn element_path(name: &str, list: Option<&'static Attribute>) -> Option<AttrPath> {
    let path = AttrPath::read(name, &NO_TYPE).filter(|path| path.sub.is_none() && !path.is_schema())?;
    let declared = list.and_then(|list| list.sub(name));
    Some(declared.map_or(path, |declared| AttrPath::core(declared.name)))
}

/// Nothing is declared here, so that a name in brackets is never taken for one outside.
static NO_TYPE: ResourceType = ResourceType {
    name: "",
    endpoint: "",
    description: "",
    schema: &crate::schema::Schema {
        id: "",
        name: "",
        description: "",
        attributes: &[],
    },
    extensions: &[],
};

/// A complex attribute compares its `value`.
pub(crate) fn comparable(attribute: &'static Attribute) -> Option<&'static Attribute> {
    if attribute.is_complex() {
        attribute.sub("value")
    } else {
        Some(attribute)
    }
}
