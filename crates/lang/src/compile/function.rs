//! Functions, classes and comprehensions.

use std::rc::Rc;

use super::scope::Scope;
use super::visit::yields;
use super::{Compiler, Result, syntax_error};
use crate::ast::{Arg, ClassDef, Clause, ComprehensionKind, Expr, FunctionDef, Name, Params, Stmt, StmtKind};
use crate::code::{Code, Flavour, Op, ParamNames};
use crate::late::Late;
use crate::value::Value;

/// How many variables a function may have: instructions number them with 16 bits, and nobody writes so many.
const MOST: usize = 4096;

/// What a comprehension makes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Collect {
    List,
    Set,
    Dict,
    Generator,
}

impl From<ComprehensionKind> for Collect {
    fn from(kind: ComprehensionKind) -> Self {
        match kind {
            ComprehensionKind::List => Self::List,
            ComprehensionKind::Set => Self::Set,
            ComprehensionKind::Generator => Self::Generator,
        }
    }
}

impl Compiler {
    /// Pushes a function.
    pub(super) fn function(&mut self, def: &FunctionDef) -> Result<()> {
        let defaults = def.params.positional.iter().filter_map(|param| param.default.as_ref());
        let mut count = 0;
        for default in defaults {
            self.expr(default)?;
            count += 1;
        }
        self.emit(Op::BuildTuple(count));
        let mut count = 0;
        for param in &def.params.keyword {
            if let Some(default) = &param.default {
                self.constant(Value::Str(param.name.clone()));
                self.expr(default)?;
                count += 1;
            }
        }
        self.emit(Op::BuildDict(count));
        let flavour = if def.body.iter().any(stmt_yields) { Flavour::Generator } else { Flavour::Function };
        let mut scope = Scope::of_function(&def.params, &def.body);
        self.declared(&scope, def)?;
        if self.internal && self.units.len() == 2 && self.class_around().is_some() {
            scope.uses("__class__");
        }
        let late = self.late(def);
        self.open(def.name.clone(), flavour, scope, def.span);
        self.params(&def.params);
        self.unit().code.late = late;
        self.docstring(&def.body);
        self.block(&def.body)?;
        self.constant(Value::None);
        self.emit(Op::Return);
        let code = self.close();
        self.closure(code, Op::MakeFunction);
        Ok(())
    }

    /// What stands for the body of a function, if that is not there yet.
    fn late(&self, def: &FunctionDef) -> Option<Box<Late>> {
        Some(Box::new(Late::new(self.source?, def.span, def.late?, self.class_around())))
    }

    /// The class whose body is being compiled, if it is one.
    fn class_around(&self) -> Option<Name> {
        let code = self.units.last().map(|unit| &unit.code);
        code.filter(|code| code.flavour == Flavour::Class).map(|code| code.name.clone())
    }

    /// Refuses declarations that contradict the function.
    fn declared(&self, scope: &Scope, def: &FunctionDef) -> Result<()> {
        if scope.bound.len() > MOST {
            return syntax_error("more than 4096 variables in one function", def.span);
        }
        let params = &def.params;
        let named = params.positional.iter().chain(&params.keyword).map(|param| &param.name);
        for name in named.chain(&params.args).chain(&params.kwargs) {
            if scope.globals.contains(name) {
                return syntax_error(&format!("name '{name}' is parameter and global"), def.span);
            }
            if scope.nonlocals.contains(name) {
                return syntax_error(&format!("name '{name}' is parameter and nonlocal"), def.span);
            }
        }
        match scope.nonlocals.iter().find(|name| !self.is_bound_around(name)) {
            Some(name) => syntax_error(&format!("no binding for nonlocal '{name}' found"), def.span),
            None => Ok(()),
        }
    }

    /// The parameters become the first locals; those that inner functions see are put into cells.
    fn params(&mut self, params: &Params) {
        let unit = self.unit();
        let names: Vec<Name> = (params.positional.iter().chain(&params.keyword))
            .map(|param| &param.name)
            .chain(&params.args)
            .chain(&params.kwargs)
            .cloned()
            .collect();
        let rest = std::mem::take(&mut unit.code.locals);
        let rest = rest.into_iter().filter(|local| !names.contains(local));
        unit.code.locals = names.iter().cloned().chain(rest).collect();
        for (cell, from) in &mut unit.code.cells {
            *from = names.iter().position(|name| name == cell).map(|i| i as u16);
        }
        // A parameter in a cell is found there, not among the locals.
        let in_cells: Vec<Name> = unit.code.cells.iter().map(|(cell, _)| cell.clone()).collect();
        for local in &mut unit.code.locals {
            if in_cells.contains(local) {
                *local = format!("{local} (cell)").into();
            }
        }
        unit.code.params = ParamNames {
            positional: params.positional.len() as u16,
            positional_only: params.positional_only as u16,
            keyword: params.keyword.len() as u16,
            args: params.args.is_some(),
            kwargs: params.kwargs.is_some(),
        };
    }

    /// Pushes the variables that the code captures, and the op that makes something of it.
    fn closure(&mut self, code: Rc<Code>, make: fn(u32) -> Op) {
        for &cell in &code.captures {
            self.emit(Op::PushCell(cell));
        }
        self.emit(Op::BuildTuple(code.captures.len() as u32));
        let inner = &mut self.unit().code.inner;
        inner.push(code);
        let index = inner.len() as u32 - 1;
        self.emit(make(index));
    }

    /// Pushes a class.
    pub(super) fn class(&mut self, class: &ClassDef) -> Result<()> {
        let mut bases = Vec::new();
        let mut keywords = 0;
        for base in &class.bases {
            if let Arg::Positional(e) | Arg::Star(e) = base {
                bases.push(e.clone());
            }
        }
        self.display(&bases, Op::BuildTuple, Some(Op::ListToTuple))?;
        for base in &class.bases {
            if let Arg::Keyword(name, value) = base {
                self.constant(Value::Str(name.clone()));
                self.expr(value)?;
                keywords += 1;
            }
        }
        self.emit(Op::BuildDict(keywords));
        let mut scope = Scope::of_block(&class.body);
        // Whether a body that is not there yet asks for its class is not known: methods of ours know it all. They do even if the body
        // is there, so that a program takes the same steps whenever it is run.
        if self.internal && self.units.len() == 1 {
            scope.wanted.insert("__class__".into());
        }
        self.open(class.name.clone(), Flavour::Class, scope, class.span);
        self.docstring(&class.body);
        if class.body.iter().any(|stmt| matches!(stmt.kind, StmtKind::AnnAssign { .. })) {
            self.emit(Op::BuildDict(0));
            let name = self.name(&"__annotations__".into());
            self.emit(Op::StoreName(name));
        }
        self.block(&class.body)?;
        self.constant(Value::None);
        self.emit(Op::Return);
        let code = self.close();
        self.closure(code, Op::MakeClass);
        Ok(())
    }

    /// A function of one argument, the first iterator, called at once.
    pub(super) fn comprehension(
        &mut self,
        collect: Collect,
        elements: &[&Expr],
        clauses: &[Clause],
    ) -> Result<()> {
        let Some((first, rest)) = clauses.split_first() else { return Ok(()) };
        let (name, flavour) = match collect {
            Collect::List => ("<listcomp>", Flavour::Function),
            Collect::Set => ("<setcomp>", Flavour::Function),
            Collect::Dict => ("<dictcomp>", Flavour::Function),
            Collect::Generator => ("<genexpr>", Flavour::Generator),
        };
        self.emit(Op::BuildTuple(0));
        self.emit(Op::BuildDict(0));
        let span = self.unit().span;
        let line = self.unit().line;
        self.open(name.into(), flavour, Scope::of_comprehension(elements, clauses), span);
        self.unit().line = line;
        let unit = self.unit();
        unit.code.locals.insert(0, ".0".into());
        unit.code.params = ParamNames { positional: 1, ..ParamNames::default() };
        match collect {
            Collect::List => self.emit(Op::BuildList(0)),
            Collect::Set => self.emit(Op::BuildSet(0)),
            Collect::Dict => self.emit(Op::BuildDict(0)),
            Collect::Generator => 0,
        };
        self.emit(Op::LoadLocal(0));
        self.clause(collect, elements, first, rest, 1)?;
        if collect == Collect::Generator {
            self.constant(Value::None);
        }
        self.emit(Op::Return);
        let code = self.close();
        self.closure(code, Op::MakeFunction);
        self.expr(&first.iter)?;
        self.at(first.iter.span, |c| c.emit(Op::Iter));
        self.emit(Op::Call { args: 1, names: None });
        Ok(())
    }

    /// The loop of a clause, whose iterator is on the stack; `depth` iterators are above what is collected.
    fn clause(
        &mut self,
        collect: Collect,
        elements: &[&Expr],
        clause: &Clause,
        rest: &[Clause],
        depth: u16,
    ) -> Result<()> {
        let start = self.here();
        let end = self.emit(Op::ForIter(0));
        self.target(&clause.target)?;
        for condition in &clause.conditions {
            self.expr(condition)?;
            self.emit(Op::JumpIfFalse(start as u32));
        }
        match rest.split_first() {
            Some((next, rest)) => {
                self.expr(&next.iter)?;
                self.emit(Op::Iter);
                self.clause(collect, elements, next, rest, depth + 1)?;
            }
            None => {
                elements.iter().try_for_each(|element| self.expr(element))?;
                match collect {
                    Collect::List => self.emit(Op::ListAppend(depth)),
                    Collect::Set => self.emit(Op::SetAdd(depth)),
                    Collect::Dict => self.emit(Op::DictAdd(depth)),
                    Collect::Generator => {
                        self.emit(Op::Yield);
                        self.emit(Op::Pop)
                    }
                };
            }
        }
        self.emit(Op::Jump(start as u32));
        self.land(end);
        Ok(())
    }
}

/// Whether a `yield` of the function that it belongs to stands in a statement.
fn stmt_yields(stmt: &Stmt) -> bool {
    let block = |body: &[Stmt]| body.iter().any(stmt_yields);
    match &stmt.kind {
        StmtKind::Expr(e) => yields(e),
        StmtKind::Assign { targets, value } => yields(value) || targets.iter().any(yields),
        StmtKind::AugAssign { value, .. } => yields(value),
        StmtKind::AnnAssign { value, .. } | StmtKind::Return(value) => value.as_ref().is_some_and(yields),
        StmtKind::Raise { exc, cause } => exc.iter().chain(cause).any(yields),
        StmtKind::Assert { test, msg } => yields(test) || msg.as_ref().is_some_and(yields),
        StmtKind::If { test, body, orelse } | StmtKind::While { test, body, orelse } => {
            yields(test) || block(body) || block(orelse)
        }
        StmtKind::For { iter, body, orelse, .. } => yields(iter) || block(body) || block(orelse),
        StmtKind::With { items, body } => items.iter().any(|item| yields(&item.context)) || block(body),
        StmtKind::Try { body, handlers, orelse, finally } => {
            block(body) || handlers.iter().any(|h| block(&h.body)) || block(orelse) || block(finally)
        }
        StmtKind::Del(_)
        | StmtKind::Pass
        | StmtKind::Break
        | StmtKind::Continue
        | StmtKind::Global(_)
        | StmtKind::Nonlocal(_)
        | StmtKind::Import(_)
        | StmtKind::ImportFrom { .. }
        | StmtKind::Def(_)
        | StmtKind::Class(_) => false,
    }
}
