//! What stands after a backslash, and sets in brackets.

use std::rc::Rc;

use super::Op;
use super::parse::{IGNORE_CASE, Parsed, Parser};
use super::set::{Item, Set};

impl Parser<'_> {
    pub(super) fn escape(&mut self, start: usize) -> Parsed<Op> {
        let Some(c) = self.next() else {
            return Err(format!("bad escape (end of pattern) at position {start}"));
        };
        Ok(match c {
            'A' => Op::Start { line: false },
            'Z' => Op::VeryEnd,
            'b' => Op::Edge { wanted: true },
            'B' => Op::Edge { wanted: false },
            '1'..='9' => {
                let more = self.peek().and_then(|c| c.to_digit(10)).map(|digit| digit as usize);
                self.at += usize::from(more.is_some());
                let first = c.to_digit(10).unwrap_or(0) as usize;
                let group = more.map_or(first, |digit| 10 * first + digit);
                self.same(group, start)?
            }
            c => match Item::class(c) {
                Some(item) => Op::Set(Rc::new(Set { items: vec![item], ..Set::default() })),
                None => {
                    let c = self.escaped(c, start)?;
                    self.char(c)
                }
            },
        })
    }

    pub(super) fn same(&self, group: usize, start: usize) -> Parsed<Op> {
        if group >= self.groups {
            return Err(format!("invalid group reference {group} at position {}", start + 1));
        }
        if !self.closed.contains(&group) {
            return Err(format!("cannot refer to an open group at position {start}"));
        }
        Ok(Op::Same { group, ignore_case: self.has(IGNORE_CASE) })
    }

    /// The character that an escape stands for.
    fn escaped(&mut self, c: char, start: usize) -> Parsed<char> {
        let digits = match c {
            'n' => return Ok('\n'),
            't' => return Ok('\t'),
            'r' => return Ok('\r'),
            'f' => return Ok('\u{c}'),
            'v' => return Ok('\u{b}'),
            'a' => return Ok('\u{7}'),
            '0' => return Ok('\0'),
            'x' => 2,
            'u' => 4,
            c if c.is_ascii_alphanumeric() => return Err(format!("bad escape \\{c} at position {start}")),
            c => return Ok(c),
        };
        let text: String = self.pattern.iter().skip(self.at).take(digits).collect();
        let hexadecimal = text.len() == digits && text.bytes().all(|b| b.is_ascii_hexdigit());
        let value = u32::from_str_radix(&text, 16).ok().filter(|_| hexadecimal).and_then(char::from_u32);
        self.at += digits;
        value.ok_or_else(|| format!("incomplete escape \\{c}{text} at position {start}"))
    }

    pub(super) fn set(&mut self, start: usize) -> Parsed<Op> {
        let open = || format!("unterminated character set at position {start}");
        let mut set = Set { negated: self.take("^"), ignore_case: self.has(IGNORE_CASE), ..Set::default() };
        let first = self.at;
        loop {
            let at = self.at;
            let c = self.next().ok_or_else(open)?;
            if c == ']' && at > first {
                return Ok(Op::Set(Rc::new(set)));
            }
            let low = self.member(c, at)?;
            let dash = self.peek() == Some('-') && self.pattern.get(self.at + 1).is_some_and(|&c| c != ']');
            if !dash {
                set.items.push(low);
                continue;
            }
            self.at += 1;
            let (end, c) = (self.at, self.next().ok_or_else(open)?);
            match (low, self.member(c, end)?) {
                (Item::Range(low, _), Item::Range(high, _)) if low <= high => {
                    set.items.push(Item::Range(low, high));
                }
                _ => {
                    let text: String = self.pattern.get(at..self.at).unwrap_or_default().iter().collect();
                    return Err(format!("bad character range {text} at position {at}"));
                }
            }
        }
    }

    fn member(&mut self, c: char, start: usize) -> Parsed<Item> {
        if c != '\\' {
            return Ok(Item::Range(c, c));
        }
        let Some(c) = self.next() else {
            return Err(format!("bad escape (end of pattern) at position {start}"));
        };
        if let Some(item) = Item::class(c) {
            return Ok(item);
        }
        let c = if c == 'b' { '\u{8}' } else { self.escaped(c, start)? };
        Ok(Item::Range(c, c))
    }
}
