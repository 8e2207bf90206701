//! Text into a tree, with the place of what is wrong.

use super::functions::{Function, called, unknown};
use super::node::{Call, Comparison, Node, Operator};
use super::{Expression, ExpressionError};

/// The most characters of an expression.
pub const LONGEST: usize = 10_000;
/// How deep functions may stand within functions.
pub const DEEPEST: usize = 50;

/// The names that stand for themselves: how `InStr` compares.
const WORDS: [&str; 2] = ["vbTextCompare", "vbBinaryCompare"];

/// Reads an expression.
///
/// Errors name the place, in characters from the start, and what to write there.
pub fn parse(text: &str) -> Result<Expression, ExpressionError> {
    if text.chars().count() > LONGEST {
        return Err(ExpressionError {
            at: LONGEST,
            sentence: format!("An expression has at most {LONGEST} characters. Shorten it."),
        });
    }
    let mut parser = Parser {
        text,
        at: 0,
        depth: 0,
    };
    parser.whole()
}

struct Parser<'a> {
    text: &'a str,
    /// The place in bytes.
    at: usize,
    depth: usize,
}

type Parsed<T> = Result<T, ExpressionError>;

impl<'a> Parser<'a> {
    fn whole(&mut self) -> Parsed<Expression> {
        self.space();
        let start = self.at;
        let root = self.value(false)?;
        if !matches!(root, Node::Call(_)) {
            return Err(self.error(
                start,
                "An expression starts with the name of a function, such as Join or ToLower. \
                 A direct or a constant mapping needs no expression.",
            ));
        }
        self.space();
        if self.at < self.text.len() {
            let sentence = format!("The expression ends before {}; remove the rest.", self.here());
            return Err(self.error(self.at, &sentence));
        }
        Ok(Expression { root })
    }

    /// A value, or nothing where a parameter is left out.
    fn value(&mut self, may_compare: bool) -> Parsed<Node> {
        self.space();
        let start = self.at;
        let left = self.operand()?;
        self.space();
        let Some(operator) = self.operator() else {
            return Ok(left);
        };
        if !may_compare {
            return Err(self.error(
                start,
                "A comparison can only be the condition of IIF, or stand in CBool.",
            ));
        }
        self.space();
        let right = self.operand()?;
        if left == Node::Empty || right == Node::Empty {
            return Err(self.error(start, "A comparison needs a value on both sides."));
        }
        self.space();
        if self.operator().is_some() {
            return Err(self.error(start, "A condition compares two values, and here are three."));
        }
        let comparison = Comparison {
            left,
            operator,
            right,
        };
        Ok(Node::Compare(Box::new(comparison)))
    }

    fn operand(&mut self) -> Parsed<Node> {
        match self.peek() {
            Some('"') => self.text().map(Node::Text),
            Some('[') => self.attribute(),
            Some('&') => self.hex(),
            Some(letter) if letter == '-' || letter.is_ascii_digit() => self.number(),
            Some(letter) if letter.is_alphabetic() => self.named(),
            None | Some(',' | ')' | '=' | '<' | '>') => Ok(Node::Empty),
            Some(_) => {
                let sentence = format!(
                    "{} cannot stand here. Put texts in double quotes and attributes in square brackets.",
                    self.here()
                );
                Err(self.error(self.at, &sentence))
            }
        }
    }

    fn text(&mut self) -> Parsed<String> {
        let start = self.at;
        self.next();
        let mut text = String::new();
        loop {
            let at = self.at;
            match self.next() {
                Some('"') => return Ok(text),
                Some('\\') => match self.next() {
                    Some(letter @ ('"' | '\\')) => text.push(letter),
                    _ => {
                        return Err(self.error(
                            at,
                            "Within a text, a backslash is written twice, and a quotation mark with a backslash before it.",
                        ));
                    }
                },
                Some(letter) => text.push(letter),
                None => return Err(self.error(start, "This text has no closing quotation mark.")),
            }
        }
    }

    fn attribute(&mut self) -> Parsed<Node> {
        let start = self.at;
        self.next();
        let name = self.run(|letter| !matches!(letter, '[' | ']'));
        if self.next() != Some(']') {
            return Err(self.error(start, "This attribute has no closing bracket."));
        }
        if name.trim().is_empty() {
            return Err(self.error(start, "There is no attribute's name between the brackets."));
        }
        Ok(Node::Attribute(name.trim().to_owned()))
    }

    fn hex(&mut self) -> Parsed<Node> {
        let start = self.at;
        self.next();
        let is_hex = matches!(self.next(), Some('H' | 'h'));
        let digits = self.run(|letter| letter.is_ascii_hexdigit());
        match i64::from_str_radix(digits, 16) {
            Ok(value) if is_hex => Ok(Node::Number { value, hex: true }),
            _ => Err(self.error(
                start,
                "A number with hexadecimal digits is written &H and at most fifteen digits, such as &HF7. \
                 To join texts, use Append or Join.",
            )),
        }
    }

    fn number(&mut self) -> Parsed<Node> {
        let start = self.at;
        if self.peek() == Some('-') {
            self.next();
        }
        self.run(|letter| letter.is_ascii_digit());
        let digits = self.text.get(start..self.at).unwrap_or_default();
        match digits.parse() {
            Ok(value) if self.peek() != Some('.') => Ok(Node::Number { value, hex: false }),
            _ => Err(self.error(
                start,
                "A number is whole here and has at most eighteen digits. Put anything else in double quotes.",
            )),
        }
    }

    /// A function, or a name that stands for itself.
    fn named(&mut self) -> Parsed<Node> {
        let start = self.at;
        let name = self.run(|letter| letter.is_alphanumeric() || letter == '_');
        self.space();
        if self.peek() == Some('(') {
            let function = called(name).ok_or_else(|| self.error(start, &unknown(name)))?;
            self.next();
            return self.call(function, start);
        }
        let word = WORDS.iter().find(|word| **word == name);
        word.map(|word| Node::Word(word)).ok_or_else(|| {
            let sentence = format!(
                "{name} is neither in double quotes, as a text is, nor in square brackets, as an attribute is, \
                 nor a function with parentheses behind it."
            );
            self.error(start, &sentence)
        })
    }

    fn call(&mut self, function: &'static Function, start: usize) -> Parsed<Node> {
        self.depth += 1;
        if self.depth > DEEPEST {
            let sentence =
                format!("Functions stand at most {DEEPEST} deep within each other. Simplify this.");
            return Err(self.error(start, &sentence));
        }
        let arguments = self.arguments(function, start)?;
        self.depth -= 1;
        if let Some(sentence) = function.refuses(&arguments) {
            return Err(self.error(start, &sentence));
        }
        Ok(Node::Call(Call {
            function,
            at: self.characters(start),
            arguments,
        }))
    }

    fn arguments(&mut self, function: &Function, start: usize) -> Parsed<Vec<Node>> {
        let mut arguments = Vec::new();
        self.space();
        if self.peek() == Some(')') {
            self.next();
            return Ok(arguments);
        }
        loop {
            let may_compare = match function.name {
                "IIF" => arguments.is_empty(),
                name => name == "CBool",
            };
            arguments.push(self.value(may_compare)?);
            self.space();
            let at = self.at;
            match self.next() {
                Some(',') => {}
                Some(')') => return Ok(arguments),
                None => {
                    return Err(self.error(start, &format!("{} has no closing parenthesis.", function.name)));
                }
                Some(_) => return Err(self.error(at, &self.between(at))),
            }
        }
    }

    /// What to say of something between two parameters that is no comma.
    fn between(&self, at: usize) -> String {
        let rest = self.text.get(at..).unwrap_or_default();
        let is_logic = ["and", "or", "&&", "||"].iter().any(|word| {
            rest.get(..word.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(word))
        });
        if is_logic {
            return "Conditions cannot be joined by AND or OR. Put an IIF within the IIF instead.".to_owned();
        }
        "A comma or a closing parenthesis is missing here.".to_owned()
    }

    fn operator(&mut self) -> Option<Operator> {
        let (symbol, operator) = Operator::ALL
            .into_iter()
            .find(|(symbol, _)| self.rest().starts_with(symbol))?;
        self.at += symbol.len();
        Some(operator)
    }

    fn space(&mut self) {
        self.run(char::is_whitespace);
    }

    fn run(&mut self, is_part: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|letter| !is_part(letter)).unwrap_or(rest.len());
        self.at += end;
        rest.get(..end).unwrap_or_default()
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let letter = self.peek()?;
        self.at += letter.len_utf8();
        Some(letter)
    }

    /// What stands at the place, for a sentence.
    fn here(&self) -> String {
        match self.peek() {
            Some(letter) => format!("\"{letter}\""),
            None => "the end".to_owned(),
        }
    }

    fn characters(&self, at: usize) -> usize {
        self.text.get(..at).unwrap_or(self.text).chars().count()
    }

    fn error(&self, at: usize, sentence: &str) -> ExpressionError {
        ExpressionError {
            at: self.characters(at),
            sentence: sentence.to_owned(),
        }
    }
}
