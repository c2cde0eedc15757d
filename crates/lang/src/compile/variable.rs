//! Where variables are, and what reads and binds them.

use super::Compiler;
use crate::ast::Name;
use crate::code::{Flavour, Op};

/// Where a variable is.
enum Place {
    Local(u16),
    Cell(u16),
    Global,
    /// In the names of a class body, or global.
    Name,
}

impl Compiler {
    pub(super) fn name(&mut self, name: &Name) -> u32 {
        let name = &self.mangled(name);
        let unit = self.unit();
        let next = unit.code.names.len() as u32;
        let i = *unit.names.entry(name.clone()).or_insert(next);
        if i == next {
            unit.code.names.push(name.clone());
        }
        i
    }

    /// A name that begins with two underscores belongs to the class around it: `__x` becomes `_Net__x`.
    fn mangled(&self, name: &Name) -> Name {
        if !name.starts_with("__") || name.ends_with("__") || name.contains('.') {
            return name.clone();
        }
        let class = self.units.iter().rev().find(|unit| unit.code.flavour == Flavour::Class);
        match class.map(|unit| unit.code.name.trim_start_matches('_')) {
            Some(class) if !class.is_empty() => format!("_{class}{name}").into(),
            _ => name.clone(),
        }
    }

    fn place(&mut self, name: &Name) -> Place {
        let unit = self.unit();
        let cells = &unit.code.cells;
        let cell = || {
            let own = cells.iter().position(|(cell, _)| cell == name);
            own.or_else(|| unit.code.free.iter().position(|free| free == name).map(|i| i + cells.len()))
        };
        match unit.code.flavour {
            Flavour::Module => Place::Global,
            _ if unit.scope.globals.contains(name) => Place::Global,
            Flavour::Class => match cell() {
                Some(i) if !unit.scope.bound.contains(name) => Place::Cell(i as u16),
                _ => Place::Name,
            },
            Flavour::Function | Flavour::Generator => {
                if let Some(i) = unit.code.locals.iter().position(|local| local == name) {
                    Place::Local(i as u16)
                } else {
                    cell().map_or(Place::Global, |i| Place::Cell(i as u16))
                }
            }
        }
    }

    pub(super) fn load(&mut self, name: &Name) {
        let op = match self.place(name) {
            Place::Local(i) => Op::LoadLocal(i),
            Place::Cell(i) => Op::LoadCell(i),
            Place::Global => Op::LoadGlobal(self.name(name)),
            Place::Name => Op::LoadName(self.name(name)),
        };
        self.emit(op);
    }

    pub(super) fn store(&mut self, name: &Name) {
        let op = match self.place(name) {
            Place::Local(i) => Op::StoreLocal(i),
            Place::Cell(i) => Op::StoreCell(i),
            Place::Global => Op::StoreGlobal(self.name(name)),
            Place::Name => Op::StoreName(self.name(name)),
        };
        self.emit(op);
    }

    pub(super) fn delete(&mut self, name: &Name) {
        let op = match self.place(name) {
            Place::Local(i) => Op::DeleteLocal(i),
            Place::Cell(i) => Op::DeleteCell(i),
            Place::Global => Op::DeleteGlobal(self.name(name)),
            Place::Name => Op::DeleteName(self.name(name)),
        };
        self.emit(op);
    }
}
