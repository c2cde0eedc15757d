//! Which names a function binds, and which it takes from the functions around it.

use std::collections::BTreeSet;

use indexmap::IndexSet;

use super::visit::{children, walrus_names};
use crate::ast::{Arg, Clause, Expr, ExprKind, FunctionDef, Name, Params, Stmt, StmtKind};

/// The names of one function, class body or module.
#[derive(Default)]
pub(super) struct Scope {
    /// Bound here, in order of appearance.
    pub(super) bound: IndexSet<Name>,
    /// Declared `global`.
    pub(super) globals: BTreeSet<Name>,
    /// Declared `nonlocal`.
    pub(super) nonlocals: BTreeSet<Name>,
    /// Used here.
    used: BTreeSet<Name>,
    /// Taken from here, or from further out, by inner functions.
    pub(super) wanted: BTreeSet<Name>,
}

impl Scope {
    /// The names of a function.
    pub(super) fn of_function(params: &Params, body: &[Stmt]) -> Self {
        let mut scope = Self::default();
        for param in params.positional.iter().chain(&params.keyword) {
            scope.bind(&param.name);
        }
        for name in params.args.iter().chain(&params.kwargs) {
            scope.bind(name);
        }
        scope.block(body);
        scope
    }

    /// The names of a comprehension: what `element`s give, clause by clause.
    pub(super) fn of_comprehension(elements: &[&Expr], clauses: &[Clause]) -> Self {
        let mut scope = Self::default();
        for (i, clause) in clauses.iter().enumerate() {
            scope.target(&clause.target);
            if i > 0 {
                scope.expr(&clause.iter);
            }
            clause.conditions.iter().for_each(|condition| scope.expr(condition));
        }
        elements.iter().for_each(|element| scope.expr(element));
        // What `:=` binds belongs to the function around.
        let mut walruses = BTreeSet::new();
        let conditions = clauses.iter().flat_map(|clause| &clause.conditions);
        conditions.chain(elements.iter().copied()).for_each(|expr| walrus_names(expr, &mut walruses));
        scope.bound.retain(|name| !walruses.contains(name));
        scope.used.extend(walruses.iter().cloned());
        scope.nonlocals = walruses;
        scope
    }

    /// The names of a class body or a module.
    pub(super) fn of_block(body: &[Stmt]) -> Self {
        let mut scope = Self::default();
        scope.block(body);
        scope
    }

    /// What it takes from around: used here or further in, and bound in neither.
    pub(super) fn free(&self) -> BTreeSet<Name> {
        let all = self.used.iter().chain(&self.wanted).chain(&self.nonlocals);
        sorting::set(
            all.filter(|name| !self.bound.contains(&***name) && !self.globals.contains(*name)).cloned(),
        )
    }

    /// Notes that a name is used.
    pub(super) fn uses(&mut self, name: &str) {
        self.used.insert(name.into());
    }

    fn bind(&mut self, name: &Name) {
        if !self.bound.contains(name) && !self.globals.contains(name) && !self.nonlocals.contains(name) {
            self.bound.insert(name.clone());
        }
    }

    fn block(&mut self, body: &[Stmt]) {
        for stmt in body {
            self.declarations(stmt);
        }
        for stmt in body {
            self.stmt(stmt);
        }
    }

    /// `global` and `nonlocal` count for the whole function, wherever they stand.
    fn declarations(&mut self, stmt: &Stmt) {
        let mut inside = |body: &[Stmt]| body.iter().for_each(|stmt| self.declarations(stmt));
        match &stmt.kind {
            StmtKind::Global(names) => self.globals.extend(names.iter().cloned()),
            StmtKind::Nonlocal(names) => self.nonlocals.extend(names.iter().cloned()),
            StmtKind::If { body, orelse, .. }
            | StmtKind::While { body, orelse, .. }
            | StmtKind::For { body, orelse, .. } => {
                inside(body);
                inside(orelse);
            }
            StmtKind::With { body, .. } => inside(body),
            StmtKind::Try { body, handlers, orelse, finally } => {
                inside(body);
                handlers.iter().for_each(|handler| inside(&handler.body));
                inside(orelse);
                inside(finally);
            }
            _ => {}
        }
    }

    fn stmt(&mut self, stmt: &Stmt) {
        match &stmt.kind {
            StmtKind::Expr(e) => self.expr(e),
            StmtKind::Assign { targets, value } => {
                self.expr(value);
                targets.iter().for_each(|target| self.target(target));
            }
            StmtKind::AugAssign { target, value, .. } => {
                self.expr(value);
                self.target(target);
            }
            StmtKind::AnnAssign { target, value, .. } => {
                value.iter().for_each(|value| self.expr(value));
                self.target(target);
            }
            StmtKind::Del(targets) => targets.iter().for_each(|target| self.target(target)),
            StmtKind::Return(value) => value.iter().for_each(|value| self.expr(value)),
            StmtKind::Raise { exc, cause } => exc.iter().chain(cause).for_each(|e| self.expr(e)),
            StmtKind::Assert { test, msg } => {
                self.expr(test);
                msg.iter().for_each(|msg| self.expr(msg));
            }
            StmtKind::Import(names) => {
                for alias in names {
                    let top = alias.name.split('.').next().unwrap_or_default();
                    let name = alias.alias.clone().unwrap_or_else(|| top.into());
                    self.bind(&name);
                }
            }
            StmtKind::ImportFrom { names, .. } => {
                for alias in names {
                    self.bind(alias.alias.as_ref().unwrap_or(&alias.name));
                }
            }
            StmtKind::If { test, body, orelse } | StmtKind::While { test, body, orelse } => {
                self.expr(test);
                self.stmts(body);
                self.stmts(orelse);
            }
            StmtKind::For { target, iter, body, orelse } => {
                self.expr(iter);
                self.target(target);
                self.stmts(body);
                self.stmts(orelse);
            }
            StmtKind::With { items, body } => {
                for item in items {
                    self.expr(&item.context);
                    item.target.iter().for_each(|target| self.target(target));
                }
                self.stmts(body);
            }
            StmtKind::Try { body, handlers, orelse, finally } => {
                self.stmts(body);
                for handler in handlers {
                    handler.kind.iter().for_each(|kind| self.expr(kind));
                    handler.name.iter().for_each(|name| self.bind(name));
                    self.stmts(&handler.body);
                }
                self.stmts(orelse);
                self.stmts(finally);
            }
            StmtKind::Def(def) => {
                def.decorators.iter().for_each(|decorator| self.expr(decorator));
                self.function(def);
                self.bind(&def.name);
            }
            StmtKind::Class(class) => {
                class.decorators.iter().for_each(|decorator| self.expr(decorator));
                class.bases.iter().for_each(|base| self.arg(base));
                let mut free = Self::of_block(&class.body).free();
                free.remove("__class__");
                self.wanted.extend(free);
                self.bind(&class.name);
            }
            StmtKind::Pass
            | StmtKind::Break
            | StmtKind::Continue
            | StmtKind::Global(_)
            | StmtKind::Nonlocal(_) => {}
        }
    }

    fn stmts(&mut self, body: &[Stmt]) {
        body.iter().for_each(|stmt| self.stmt(stmt));
    }

    fn function(&mut self, def: &FunctionDef) {
        for param in def.params.positional.iter().chain(&def.params.keyword) {
            param.default.iter().for_each(|default| self.expr(default));
        }
        self.wanted.extend(Self::of_function(&def.params, &def.body).free());
    }

    fn arg(&mut self, arg: &Arg) {
        match arg {
            Arg::Positional(e) | Arg::Star(e) | Arg::Keyword(_, e) | Arg::DoubleStar(e) => self.expr(e),
        }
    }

    fn expr(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Literal(_) => {}
            ExprKind::Name(name) => self.name(name),
            ExprKind::Lambda(def) => self.function(def),
            ExprKind::Walrus { name, value } => {
                self.expr(value);
                self.bind(name);
            }
            ExprKind::Comprehension { element, clauses, .. } => self.comprehension(&[element], clauses),
            ExprKind::DictComprehension { key, value, clauses } => self.comprehension(&[key, value], clauses),
            _ => children(expr, &mut |child| self.expr(child)),
        }
    }

    fn name(&mut self, name: &Name) {
        self.used.insert(name.clone());
        if &**name == "super" {
            self.used.insert("__class__".into());
        }
    }

    fn comprehension(&mut self, elements: &[&Expr], clauses: &[Clause]) {
        if let Some(first) = clauses.first() {
            self.expr(&first.iter);
        }
        let inner = Self::of_comprehension(elements, clauses);
        inner.nonlocals.iter().for_each(|name| self.bind(name));
        self.wanted.extend(inner.free());
    }

    /// What is assigned to: a name is bound, anything else is used.
    fn target(&mut self, target: &Expr) {
        match &target.kind {
            ExprKind::Name(name) => self.bind(name),
            ExprKind::Tuple(items) | ExprKind::List(items) => items.iter().for_each(|item| self.target(item)),
            ExprKind::Starred(inner) => self.target(inner),
            _ => self.expr(target),
        }
    }
}
