//! From the text of a pattern to its tree; [`emit`](super::emit) makes instructions of that.

use super::emit::{self, Node};
use super::set::lower;
use super::{Op, Program};

/// Brackets inside each other.
const DEEPEST: usize = 50;
/// The most that a repetition may ask for.
const MOST: usize = 10_000;

pub(super) const IGNORE_CASE: i64 = 2;
const MULTILINE: i64 = 8;
const DOT_ALL: i64 = 16;
const VERBOSE: i64 = 64;

/// What is wrong, in the words of `re.error`.
pub(super) type Parsed<T> = Result<T, String>;

/// A pattern that is being read.
pub(super) struct Parser<'a> {
    pub(super) pattern: &'a [char],
    pub(super) at: usize,
    flags: i64,
    /// Groups so far, the whole match included.
    pub(super) groups: usize,
    pub(super) closed: Vec<usize>,
    names: Vec<(String, usize)>,
    depth: usize,
}

/// The program of a pattern.
///
/// # Errors
/// What is wrong with it.
pub(super) fn parse(pattern: &[char], flags: i64) -> Parsed<Program> {
    let mut parser =
        Parser { pattern, at: 0, flags, groups: 1, closed: Vec::new(), names: Vec::new(), depth: 0 };
    let tree = parser.choices()?;
    if parser.at < pattern.len() {
        return Err(format!("unbalanced parenthesis at position {}", parser.at));
    }
    emit::program(&tree, parser.groups, parser.names)
}

impl Parser<'_> {
    pub(super) fn peek(&self) -> Option<char> {
        self.pattern.get(self.at).copied()
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let c = self.peek();
        self.at += usize::from(c.is_some());
        c
    }

    pub(super) fn take(&mut self, text: &str) -> bool {
        let length = text.chars().count();
        let rest = self.pattern.get(self.at..).unwrap_or_default();
        let found = rest.len() >= length && rest.iter().copied().zip(text.chars()).all(|(a, b)| a == b);
        self.at += if found { length } else { 0 };
        found
    }

    pub(super) fn has(&self, flag: i64) -> bool {
        self.flags & flag != 0
    }

    fn choices(&mut self) -> Parsed<Node> {
        let flags = self.flags;
        let mut choices = vec![self.sequence()?];
        while self.take("|") {
            choices.push(self.sequence()?);
        }
        if self.depth > 0 {
            self.flags = flags;
        }
        Ok(if choices.len() == 1 {
            choices.pop().unwrap_or(Node::Seq(Vec::new()))
        } else {
            Node::Alt(choices)
        })
    }

    fn sequence(&mut self) -> Parsed<Node> {
        let mut items = Vec::new();
        while let Some(c) = self.peek() {
            if matches!(c, '|' | ')') {
                break;
            }
            if self.has(VERBOSE) && (c.is_whitespace() || c == '#') {
                self.at += 1;
                while c == '#' && self.peek().is_some_and(|c| c != '\n') {
                    self.at += 1;
                }
                continue;
            }
            let item = self.item()?;
            items.push(self.repeated(item)?);
        }
        Ok(Node::Seq(items))
    }

    fn repeated(&mut self, item: Node) -> Parsed<Node> {
        let at = self.at;
        let Some((min, max)) = self.counts()? else { return Ok(item) };
        if matches!(&item, Node::One(Op::Start { .. })) {
            return Err(format!("nothing to repeat at position {at}"));
        }
        let lazy = self.take("?");
        if !lazy && self.take("+") {
            return Err("possessive repetitions are not part of Seegrad".to_owned());
        }
        let again = self.at;
        if self.counts()?.is_some() {
            return Err(format!("multiple repeat at position {again}"));
        }
        Ok(Node::Repeat { node: Box::new(item), min, max, lazy })
    }

    /// `*`, `+`, `?` or `{2,3}`, if there is one.
    fn counts(&mut self) -> Parsed<Option<(usize, Option<usize>)>> {
        let start = self.at;
        let counts = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => return self.braces(start),
            _ => return Ok(None),
        };
        self.at += 1;
        Ok(Some(counts))
    }

    fn braces(&mut self, start: usize) -> Parsed<Option<(usize, Option<usize>)>> {
        self.at += 1;
        let low = self.number()?;
        let high = if self.take(",") { self.number()? } else { low };
        let comma = self.pattern.get(start..self.at).is_some_and(|text| text.contains(&','));
        // Without numbers it is a plain brace.
        if (low.is_none() && !comma) || !self.take("}") {
            self.at = start;
            return Ok(None);
        }
        let min = low.unwrap_or(0);
        if high.is_some_and(|high| high < min) {
            return Err(format!("min repeat greater than max repeat at position {}", start + 1));
        }
        Ok(Some((min, high)))
    }

    fn number(&mut self) -> Parsed<Option<usize>> {
        let mut number = None;
        while let Some(digit) = self.peek().and_then(|c| c.to_digit(10)) {
            self.at += 1;
            let value = number.unwrap_or(0_usize) * 10 + digit as usize;
            if value > MOST {
                return Err(format!("more than {MOST} repetitions are not part of Seegrad"));
            }
            number = Some(value);
        }
        Ok(number)
    }

    fn item(&mut self) -> Parsed<Node> {
        let start = self.at;
        let op = match self.next() {
            Some('(') => return self.group(start),
            Some('[') => self.set(start)?,
            Some('.') => Op::Any { newline: self.has(DOT_ALL) },
            Some('^') => Op::Start { line: self.has(MULTILINE) },
            Some('$') => Op::End { line: self.has(MULTILINE) },
            Some('\\') => self.escape(start)?,
            Some('*' | '+' | '?') => return Err(format!("nothing to repeat at position {start}")),
            Some(c) => self.char(c),
            None => return Ok(Node::Seq(Vec::new())),
        };
        Ok(Node::One(op))
    }

    pub(super) fn char(&self, c: char) -> Op {
        if self.has(IGNORE_CASE) { Op::Letter(lower(c)) } else { Op::Char(c) }
    }

    fn group(&mut self, start: usize) -> Parsed<Node> {
        if self.take("?#") {
            while self.peek().is_some_and(|c| c != ')') {
                self.at += 1;
            }
            return if self.take(")") {
                Ok(Node::Seq(Vec::new()))
            } else {
                Err(format!("missing ), unterminated comment at position {start}"))
            };
        }
        let look = [("?=", false, true), ("?!", false, false), ("?<=", true, true), ("?<!", true, false)];
        if let Some((_, behind, wanted)) = look.into_iter().find(|(sign, ..)| self.take(sign)) {
            let node = Box::new(self.inner(start)?);
            return Ok(Node::Look { node, behind, wanted });
        }
        if self.take("?P=") {
            let name = self.name(')')?;
            let group = self.names.iter().find(|(known, _)| *known == name).map(|(_, group)| *group);
            let group =
                group.ok_or_else(|| format!("unknown group name '{name}' at position {}", start + 4))?;
            return Ok(Node::One(self.same(group, start)?));
        }
        if self.take("?P<") {
            let name = self.name('>')?;
            if self.names.iter().any(|(known, _)| *known == name) {
                return Err(format!("redefinition of group name '{name}' at position {}", start + 4));
            }
            self.names.push((name, self.groups));
        } else if self.take("?") {
            return self.flagged(start);
        }
        let group = self.groups;
        self.groups += 1;
        let node = Box::new(self.inner(start)?);
        self.closed.push(group);
        Ok(Node::Group(group, node))
    }

    /// `(?:…)`, `(?i)` and `(?i:…)`, from after the question mark.
    fn flagged(&mut self, start: usize) -> Parsed<Node> {
        let before = self.flags;
        while let Some(c) = self.next() {
            match c {
                'i' => self.flags |= IGNORE_CASE,
                'm' => self.flags |= MULTILINE,
                's' => self.flags |= DOT_ALL,
                'x' => self.flags |= VERBOSE,
                'a' | 'u' => {}
                ')' if start == 0 => return Ok(Node::Seq(Vec::new())),
                ')' => {
                    return Err(format!(
                        "global flags not at the start of the expression at position {start}"
                    ));
                }
                ':' => {
                    let node = self.inner(start)?;
                    self.flags = before;
                    return Ok(node);
                }
                c => return Err(format!("unknown extension ?{c} at position {}", start + 1)),
            }
        }
        Err(format!("unexpected end of pattern at position {}", self.at))
    }

    fn name(&mut self, end: char) -> Parsed<String> {
        let start = self.at;
        let name: String = self.pattern.iter().skip(start).take_while(|&&c| c != end).collect();
        self.at += name.chars().count();
        if self.next() != Some(end) {
            return Err(format!("missing {end}, unterminated name at position {start}"));
        }
        let begins = name.chars().next().is_some_and(|c| c.is_alphabetic() || c == '_');
        if !begins || !name.chars().all(super::set::is_word) {
            return Err(format!("bad character in group name '{name}' at position {start}"));
        }
        Ok(name)
    }

    fn inner(&mut self, start: usize) -> Parsed<Node> {
        if self.depth == DEEPEST {
            return Err(format!("more than {DEEPEST} groups inside each other"));
        }
        self.depth += 1;
        let node = self.choices()?;
        self.depth -= 1;
        if !self.take(")") {
            return Err(format!("missing ), unterminated subpattern at position {start}"));
        }
        Ok(node)
    }
}
