//! Python's pickles, as far as PyTorch's state dicts need them.
//!
//! A pickle is a program for a small stack machine, and in general it may call anything. Here it may name four
//! things (an ordered dictionary, the two functions that make tensors, and types of storage), and nothing is called:
//! tensors are described. Every other opcode and every other name ends the reading. Values lie in one
//! list and refer to each other by position, so that no nesting is ever deeper than the stack.

use std::collections::BTreeMap;

use crate::element::Element;
use crate::{Error, Result};

/// The longest pickle that is read: it has names and shapes in it, not elements.
pub(crate) const MAX_PICKLE: u64 = 16 << 20;

/// Elements in a file of their own.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Storage {
    /// The name of the file.
    pub(crate) key: String,
    pub(crate) element: Element,
    /// The number of elements.
    pub(crate) len: u64,
}

/// A view of a storage; offset and strides are counted in elements.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tensor {
    pub(crate) storage: Storage,
    pub(crate) offset: u64,
    pub(crate) sizes: Vec<u64>,
    pub(crate) strides: Vec<u64>,
}

/// The position of a value.
type Id = usize;

#[derive(Clone, Copy, Debug)]
enum Global {
    OrderedDict,
    RebuildTensor,
    RebuildParameter,
    Storage(Element),
}

#[derive(Debug)]
enum Value {
    None,
    Bool,
    Int(i64),
    Text(String),
    Tuple(Vec<Id>),
    Dict(Vec<(Id, Id)>),
    Global(Global),
    Storage(Storage),
    Tensor(Tensor),
}

struct Machine<'a> {
    bytes: &'a [u8],
    at: usize,
    values: Vec<Value>,
    stack: Vec<Id>,
    /// How high the stack was at each mark.
    marks: Vec<usize>,
    memo: BTreeMap<u32, Id>,
}

/// The tensors of a pickled dictionary, under their names and in its order.
pub(crate) fn tensors(bytes: &[u8]) -> Result<Vec<(String, Tensor)>> {
    let mut machine =
        Machine { bytes, at: 0, values: vec![], stack: vec![], marks: vec![], memo: BTreeMap::new() };
    let top = machine.run()?;
    let other = |what: &str| Error::Unsupported(format!("only a dictionary of tensors can be read: {what}"));
    let Value::Dict(pairs) = &machine.values[top] else {
        return Err(other("the checkpoint holds something else"));
    };
    let tensor = |&(key, value): &(Id, Id)| match (&machine.values[key], &machine.values[value]) {
        (Value::Text(name), Value::Tensor(tensor)) => Ok((name.clone(), tensor.clone())),
        (Value::Text(name), _) => Err(other("this is no tensor").of(name)),
        _ => Err(other("a key is no string")),
    };
    pairs.iter().map(tensor).collect()
}

impl Machine<'_> {
    /// Runs to the end, and gives back the value that is left.
    fn run(&mut self) -> Result<Id> {
        loop {
            match self.byte()? {
                b'.' => return self.pop(),
                // The protocol's number.
                0x80 => {
                    self.byte()?;
                }
                b'N' => self.push(Value::None),
                0x88 | 0x89 => self.push(Value::Bool),
                b'K' => self.int::<1>(|b| b[0].into())?,
                b'M' => self.int::<2>(|b| u16::from_le_bytes(b).into())?,
                b'J' => self.int::<4>(|b| i32::from_le_bytes(b).into())?,
                0x8a => self.long()?,
                b'X' => self.text()?,
                b'(' => self.marks.push(self.stack.len()),
                b')' => self.push(Value::Tuple(Vec::new())),
                b't' => {
                    let items = self.marked()?;
                    self.push(Value::Tuple(items));
                }
                n @ 0x85..=0x87 => self.tuple(usize::from(n - 0x84))?,
                b'}' => self.push(Value::Dict(Vec::new())),
                b's' => {
                    let (value, key) = (self.pop()?, self.pop()?);
                    self.set(&[key, value])?;
                }
                b'u' => {
                    let items = self.marked()?;
                    self.set(&items)?;
                }
                b'q' => self.put::<1>()?,
                b'r' => self.put::<4>()?,
                b'h' => self.get::<1>()?,
                b'j' => self.get::<4>()?,
                b'c' => self.global()?,
                b'Q' => self.storage()?,
                b'R' => self.call()?,
                b'b' => self.state()?,
                _ => {
                    self.at -= 1;
                    return Err(self.error("an opcode of a state dict"));
                }
            }
        }
    }

    fn error(&self, expected: &str) -> Error {
        let found = self.bytes.get(self.at).map_or("its end".to_owned(), |byte| format!("{byte:#04x}"));
        Error::Syntax { at: self.at as u64, expected: format!("{expected} in the pickle"), found }
    }

    fn byte(&mut self) -> Result<u8> {
        let [byte] = self.take::<1>()?;
        Ok(byte)
    }

    fn take<const N: usize>(&mut self) -> Result<[u8; N]> {
        let bytes = self.bytes[self.at..].first_chunk().ok_or_else(|| self.error("more bytes"))?;
        self.at += N;
        Ok(*bytes)
    }

    /// The next `len` bytes as a text.
    fn str(&mut self, len: usize) -> Result<String> {
        let text = self.bytes[self.at..].get(..len).and_then(|text| std::str::from_utf8(text).ok());
        let text = text.ok_or_else(|| self.error("a text"))?;
        self.at += len;
        Ok(text.to_owned())
    }

    fn push(&mut self, value: Value) {
        self.stack.push(self.values.len());
        self.values.push(value);
    }

    fn pop(&mut self) -> Result<Id> {
        let floor = self.marks.last().copied().unwrap_or(0);
        match self.stack.len() > floor {
            true => self.stack.pop().ok_or_else(|| self.error("a value")),
            false => Err(self.error("a value before this")),
        }
    }

    /// Everything since the last mark.
    fn marked(&mut self) -> Result<Vec<Id>> {
        let mark = self.marks.pop().ok_or_else(|| self.error("a mark before this"))?;
        Ok(self.stack.split_off(mark))
    }

    fn int<const N: usize>(&mut self, value: impl Fn([u8; N]) -> i64) -> Result<()> {
        let bytes = self.take::<N>()?;
        self.push(Value::Int(value(bytes)));
        Ok(())
    }

    /// An integer of as many bytes as the first says.
    fn long(&mut self) -> Result<()> {
        let len = usize::from(self.byte()?);
        let bytes = self.bytes[self.at..].get(..len).filter(|_| len <= 8);
        let bytes = bytes.ok_or_else(|| self.error("an integer of 64 bits"))?;
        // The sign goes on to the left.
        let fill = if bytes.last().is_some_and(|&last| last > 0x7f) { 0xff } else { 0 };
        let mut wide = [fill; 8];
        wide[..len].copy_from_slice(bytes);
        self.at += len;
        self.push(Value::Int(i64::from_le_bytes(wide)));
        Ok(())
    }

    fn text(&mut self) -> Result<()> {
        let len = u32::from_le_bytes(self.take()?);
        let text = self.str(len as usize)?;
        self.push(Value::Text(text));
        Ok(())
    }

    fn tuple(&mut self, n: usize) -> Result<()> {
        let mut items = (0..n).map(|_| self.pop()).collect::<Result<Vec<_>>>()?;
        items.reverse();
        self.push(Value::Tuple(items));
        Ok(())
    }

    /// Puts keys and values, in turns, into the dictionary on top of the stack.
    fn set(&mut self, items: &[Id]) -> Result<()> {
        let (pairs, rest) = items.as_chunks::<2>();
        let top = self.stack.last().and_then(|&top| self.values.get_mut(top));
        match top {
            Some(Value::Dict(dict)) if rest.is_empty() => {
                dict.extend(pairs.iter().map(|&[key, value]| (key, value)));
                Ok(())
            }
            _ => Err(self.error("a dictionary, keys and values before this")),
        }
    }

    fn index<const N: usize>(&mut self) -> Result<u32> {
        let mut wide = [0; 4];
        wide[..N].copy_from_slice(&self.take::<N>()?);
        Ok(u32::from_le_bytes(wide))
    }

    fn put<const N: usize>(&mut self) -> Result<()> {
        let index = self.index::<N>()?;
        let top = *self.stack.last().ok_or_else(|| self.error("a value before this"))?;
        self.memo.insert(index, top);
        Ok(())
    }

    fn get<const N: usize>(&mut self) -> Result<()> {
        let index = self.index::<N>()?;
        let id = *self.memo.get(&index).ok_or_else(|| self.error("a value that was kept before this"))?;
        self.stack.push(id);
        Ok(())
    }

    fn line(&mut self) -> Result<String> {
        let len = self.bytes[self.at..].iter().position(|&byte| byte == b'\n');
        let line = self.str(len.ok_or_else(|| self.error("a line"))?)?;
        self.at += 1;
        Ok(line)
    }

    fn global(&mut self) -> Result<()> {
        let (module, name) = (self.line()?, self.line()?);
        let global = match (module.as_str(), name.as_str()) {
            ("collections", "OrderedDict") => Global::OrderedDict,
            ("torch._utils", "_rebuild_tensor_v2") => Global::RebuildTensor,
            ("torch._utils", "_rebuild_parameter") => Global::RebuildParameter,
            ("torch", "FloatStorage") => Global::Storage(Element::F32),
            ("torch", "DoubleStorage") => Global::Storage(Element::F64),
            ("torch", "HalfStorage") => Global::Storage(Element::F16),
            ("torch", "BFloat16Storage") => Global::Storage(Element::BF16),
            ("torch", "LongStorage") => Global::Storage(Element::I64),
            ("torch", "IntStorage") => Global::Storage(Element::I32),
            ("torch", "ShortStorage") => Global::Storage(Element::I16),
            ("torch", "CharStorage") => Global::Storage(Element::I8),
            ("torch", "ByteStorage") => Global::Storage(Element::U8),
            ("torch", "BoolStorage") => Global::Storage(Element::Bool),
            _ => {
                let what = format!("the checkpoint asks for {module}.{name}, and only tensors are read");
                return Err(Error::Unsupported(what));
            }
        };
        self.push(Value::Global(global));
        Ok(())
    }

    /// The values of the tuple on top of the stack, which is taken away.
    fn arguments(&mut self) -> Result<Vec<Id>> {
        let id = self.pop()?;
        match &self.values[id] {
            Value::Tuple(items) => Ok(items.clone()),
            _ => Err(self.error("a tuple before this")),
        }
    }

    /// `('storage', type, key, device, number of elements)` stands for a storage.
    fn storage(&mut self) -> Result<()> {
        let arguments = self.arguments()?;
        let described: Vec<_> = arguments.iter().map(|&id| &self.values[id]).collect();
        let storage = match described[..] {
            [
                Value::Text(kind),
                Value::Global(Global::Storage(element)),
                Value::Text(key),
                Value::Text(_),
                Value::Int(len @ 0..),
            ] if kind == "storage" => Storage { key: key.clone(), element: *element, len: *len as u64 },
            _ => return Err(self.error("the description of a storage before this")),
        };
        self.push(Value::Storage(storage));
        Ok(())
    }

    /// What a call would give.
    fn call(&mut self) -> Result<()> {
        let arguments = self.arguments()?;
        let function = self.pop()?;
        match (&self.values[function], &arguments[..]) {
            (Value::Global(Global::OrderedDict), []) => self.push(Value::Dict(Vec::new())),
            (Value::Global(Global::RebuildTensor), &[storage, offset, sizes, strides, _, _, ..]) => {
                let tensor = self.tensor([storage, offset, sizes, strides]);
                let tensor = tensor.ok_or_else(|| self.error("the description of a tensor before this"))?;
                self.push(Value::Tensor(tensor));
            }
            (Value::Global(Global::RebuildParameter), &[tensor, _, _])
                if matches!(self.values[tensor], Value::Tensor(_)) =>
            {
                self.stack.push(tensor);
            }
            _ => return Err(self.error("the call of a function that makes a tensor")),
        }
        Ok(())
    }

    fn tensor(&self, [storage, offset, sizes, strides]: [Id; 4]) -> Option<Tensor> {
        let int = |id: Id| match self.values[id] {
            Value::Int(n) => u64::try_from(n).ok(),
            _ => None,
        };
        let ints = |id: Id| match &self.values[id] {
            Value::Tuple(items) => items.iter().map(|&item| int(item)).collect::<Option<Vec<_>>>(),
            _ => None,
        };
        let Value::Storage(storage) = &self.values[storage] else { return None };
        let (offset, sizes, strides) = (int(offset)?, ints(sizes)?, ints(strides)?);
        let fits = sizes.len() == strides.len();
        fits.then(|| Tensor { storage: storage.clone(), offset, sizes, strides })
    }

    /// Attributes of a dictionary: a state dict has the versions of its modules there.
    fn state(&mut self) -> Result<()> {
        self.pop()?;
        match self.stack.last().map(|&top| &self.values[top]) {
            Some(Value::Dict(_)) => Ok(()),
            _ => Err(self.error("a dictionary before this")),
        }
    }
}
