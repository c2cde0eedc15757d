//! Expressions, from the loosest operator to the tightest.

use std::rc::Rc;

use super::params::Style;
use super::{Parsed, Parser, SyntaxError};
use crate::ast::{BinOp, CmpOp, Expr, ExprKind, FunctionDef, Literal, Stmt, StmtKind, UnaryOp};
use crate::lexer::Tok;

/// The loosest of the binary operators, `|`.
const LOOSEST: u8 = 1;

impl Parser<'_> {
    /// Whether an expression may begin here.
    pub(super) fn begins_expression(&self) -> bool {
        match self.peek() {
            Tok::Name | Tok::Int(_) | Tok::Float(_) | Tok::Str => true,
            Tok::Key(keyword) => matches!(keyword, "None" | "True" | "False" | "not" | "lambda" | "await"),
            Tok::Op(sign) => matches!(sign, "(" | "[" | "{" | "-" | "+" | "~" | "..."),
            _ => false,
        }
    }

    /// Expressions with commas, of which some may be starred: one expression or a tuple.
    pub(super) fn star_list(&mut self) -> Parsed<Expr> {
        let start = self.start();
        let first = self.star_expr()?;
        if !self.is(",") {
            return Ok(first);
        }
        let mut items = vec![first];
        while self.eat(",") && (self.begins_expression() || self.is("*")) {
            items.push(self.star_expr()?);
        }
        self.grow()?;
        Ok(self.node(start, ExprKind::Tuple(items)))
    }

    /// What follows the first of several expressions.
    pub(super) fn star_list_rest(&mut self) -> Parsed<()> {
        while self.eat(",") && self.begins_expression() {
            self.expr()?;
        }
        Ok(())
    }

    fn star_expr(&mut self) -> Parsed<Expr> {
        if self.is("*") { self.star_target() } else { self.expr() }
    }

    /// An expression that may be named by `:=`, as in the header of an `if`.
    pub(super) fn condition(&mut self) -> Parsed<Expr> {
        let start = self.start();
        if self.peek() == Tok::Name && self.ahead(1).kind == Tok::Op(":=") {
            let (name, _) = self.name()?;
            self.bump();
            let value = self.expr()?;
            self.grow()?;
            return Ok(self.node(start, ExprKind::Walrus { name, value: Box::new(value) }));
        }
        let expr = self.expr()?;
        if self.is(":=") {
            let what = super::target::describe(&expr);
            let message = format!("cannot use assignment expressions with {what}");
            return Err(Box::new(SyntaxError::new(message, expr.span)));
        }
        match self.mistaken_equals(&expr, start) {
            Some(error) => Err(error),
            None => Ok(expr),
        }
    }

    /// An expression without commas.
    pub(super) fn expr(&mut self) -> Parsed<Expr> {
        self.nested(Self::conditional)
    }

    fn conditional(&mut self) -> Parsed<Expr> {
        if self.is_key("lambda") {
            return self.lambda();
        }
        let start = self.start();
        let body = self.disjunction()?;
        if !self.eat_key("if") {
            return Ok(body);
        }
        let test = self.scoped(Self::disjunction)?;
        if !self.is_key("else") {
            if self.is(":") || matches!(self.peek(), Tok::Error(_)) {
                return Err(self.unexpected());
            }
            let message = "expected 'else' after 'if' expression";
            return Err(Box::new(SyntaxError::new(message, self.since(start))));
        }
        self.bump();
        let orelse = self.expr()?;
        self.grow()?;
        let (test, body, orelse) = (Box::new(test), Box::new(body), Box::new(orelse));
        Ok(self.node(start, ExprKind::IfElse { test, body, orelse }))
    }

    fn lambda(&mut self) -> Parsed<Expr> {
        let start = self.bump().span.start;
        let params = self.params(Style::Lambda)?;
        self.expect(":")?;
        let function = std::mem::replace(&mut self.scope.function, true);
        let yielded = self.yielded.take();
        let body = self.expr();
        self.scope.function = function;
        self.yielded = yielded;
        let body = body?;
        self.grow()?;
        let span = self.since(start);
        let body = vec![Stmt { span: body.span, kind: StmtKind::Return(Some(body)) }];
        let name = "<lambda>".into();
        let def = FunctionDef { name, params, body, late: None, decorators: Vec::new(), span };
        Ok(Expr { kind: ExprKind::Lambda(Rc::new(def)), span })
    }

    /// `a or b`: the loosest that may stand between `if` and `else`.
    pub(super) fn disjunction(&mut self) -> Parsed<Expr> {
        self.junction("or", Self::conjunction)
    }

    fn conjunction(&mut self) -> Parsed<Expr> {
        self.junction("and", Self::inversion)
    }

    fn junction(&mut self, keyword: &str, part: fn(&mut Self) -> Parsed<Expr>) -> Parsed<Expr> {
        let start = self.start();
        let first = part(self)?;
        if !self.is_key(keyword) {
            return Ok(first);
        }
        let mut values = vec![first];
        while self.eat_key(keyword) {
            values.push(self.scoped(part)?);
        }
        self.grow()?;
        Ok(self.node(start, ExprKind::Bool { and: keyword == "and", values }))
    }

    fn inversion(&mut self) -> Parsed<Expr> {
        let start = self.start();
        if !self.eat_key("not") {
            return self.comparison();
        }
        let operand = Box::new(self.nested(Self::inversion)?);
        self.grow()?;
        Ok(self.node(start, ExprKind::Unary { op: UnaryOp::Not, operand }))
    }

    fn comparison(&mut self) -> Parsed<Expr> {
        let start = self.start();
        let left = self.operand()?;
        let mut rest = Vec::new();
        while let Some(op) = self.comparison_sign() {
            rest.push((op, self.operand()?));
        }
        if rest.is_empty() {
            return Ok(left);
        }
        self.grow()?;
        Ok(self.node(start, ExprKind::Compare { left: Box::new(left), rest }))
    }

    /// Takes the sign of a comparison.
    fn comparison_sign(&mut self) -> Option<CmpOp> {
        let (op, tokens) = match (self.peek(), self.ahead(1).kind) {
            (Tok::Op("=="), _) => (CmpOp::Eq, 1),
            (Tok::Op("!="), _) => (CmpOp::Ne, 1),
            (Tok::Op("<"), _) => (CmpOp::Lt, 1),
            (Tok::Op("<="), _) => (CmpOp::Le, 1),
            (Tok::Op(">"), _) => (CmpOp::Gt, 1),
            (Tok::Op(">="), _) => (CmpOp::Ge, 1),
            (Tok::Key("in"), _) => (CmpOp::In, 1),
            (Tok::Key("not"), Tok::Key("in")) => (CmpOp::NotIn, 2),
            (Tok::Key("is"), Tok::Key("not")) => (CmpOp::IsNot, 2),
            (Tok::Key("is"), _) => (CmpOp::Is, 1),
            _ => return None,
        };
        for _ in 0..tokens {
            self.bump();
        }
        Some(op)
    }

    /// What may stand on either side of a comparison.
    pub(super) fn operand(&mut self) -> Parsed<Expr> {
        self.scoped(|parser| parser.binary(LOOSEST))
    }

    fn binary(&mut self, loosest: u8) -> Parsed<Expr> {
        let start = self.start();
        let mut left = self.unary()?;
        while let Some((op, level)) = self.binary_sign().filter(|(_, level)| *level >= loosest) {
            self.bump();
            let right = Box::new(self.scoped(|parser| parser.binary(level + 1))?);
            self.grow()?;
            left = self.node(start, ExprKind::Binary { op, left: Box::new(left), right });
        }
        Ok(left)
    }

    fn binary_sign(&self) -> Option<(BinOp, u8)> {
        let Tok::Op(sign) = self.peek() else { return None };
        Some(match sign {
            "|" => (BinOp::Or, LOOSEST),
            "^" => (BinOp::Xor, 2),
            "&" => (BinOp::And, 3),
            "<<" => (BinOp::Shl, 4),
            ">>" => (BinOp::Shr, 4),
            "+" => (BinOp::Add, 5),
            "-" => (BinOp::Sub, 5),
            "*" => (BinOp::Mul, 6),
            "/" => (BinOp::Div, 6),
            "//" => (BinOp::FloorDiv, 6),
            "%" => (BinOp::Mod, 6),
            "@" => (BinOp::MatMul, 6),
            _ => return None,
        })
    }

    fn unary(&mut self) -> Parsed<Expr> {
        let op = match self.peek() {
            Tok::Op("-") => UnaryOp::Neg,
            Tok::Op("+") => UnaryOp::Pos,
            Tok::Op("~") => UnaryOp::Invert,
            _ => return self.power(),
        };
        let start = self.bump().span.start;
        if op == UnaryOp::Neg && self.is_lowest() {
            self.bump();
            return Ok(self.node(start, ExprKind::Literal(Literal::Int(i64::MIN))));
        }
        let operand = Box::new(self.nested(Self::unary)?);
        self.grow()?;
        Ok(self.node(start, ExprKind::Unary { op, operand }))
    }

    /// Whether the number here is one that 64 bits hold only with the sign before it.
    fn is_lowest(&self) -> bool {
        self.peek() == Tok::Int(i64::MIN.unsigned_abs())
            && !matches!(self.ahead(1).kind, Tok::Op("**" | "." | "(" | "["))
    }

    fn power(&mut self) -> Parsed<Expr> {
        let start = self.start();
        let base = self.primary()?;
        if !self.eat("**") {
            return Ok(base);
        }
        let right = Box::new(self.nested(Self::unary)?);
        self.grow()?;
        Ok(self.node(start, ExprKind::Binary { op: BinOp::Pow, left: Box::new(base), right }))
    }

    /// `yield` and what it gives.
    pub(super) fn yielding(&mut self) -> Parsed<Expr> {
        let start = self.bump().span.start;
        let kind = if self.eat_key("from") {
            ExprKind::YieldFrom(Box::new(self.expr()?))
        } else if self.begins_expression() || self.is("*") {
            ExprKind::Yield(Some(Box::new(self.values()?)))
        } else {
            ExprKind::Yield(None)
        };
        self.grow()?;
        let span = self.since(start);
        if !self.scope.function {
            self.report(SyntaxError::new("'yield' outside function", span));
        }
        self.yielded = Some(span);
        Ok(Expr { kind, span })
    }
}
