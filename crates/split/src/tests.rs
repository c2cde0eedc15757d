//! A program that is outlined and cut does what it did.

use std::collections::BTreeSet;

use wasmi::{Engine, Instance, Linker, Module, Store, Val};
use wasmparser::Validator;

use super::{cut_program, outline, seen};
use crate::Result;
use crate::body;
use crate::count::counting;
use crate::program::Program;
use crate::seen::Seen;

/// Every way into an arm and out of it: falling, branching to a block, a loop or the function's end, and returning, with values
/// and without; locals of several types that an arm reads, writes, or leaves alone.
const PROGRAM: &str = r#"(module
    (memory (export "memory") 2)
    (table 1 funcref)
    (global $asked (export "asked") (mut i32) (i32.const 0))
    (func $rest_needed (export "rest_needed") (global.set $asked (i32.const 1)) unreachable)
    (func $stir (param i32) (result i32)
        (i32.xor (i32.mul (local.get 0) (i32.const 1000003)) (i32.const 123456789)))
    (func $f (export "f") (param $n i32) (param $wide i64) (result i32)
        (local $x i32) (local $y i32) (local $z f64) (local $i i32)
        (local.set $x (i32.const 7))
        (local.set $z (f64.const 0.5))
        block $out
            block $three
                block $two
                    block $one
                        (br_table $one $two $three $out (i32.rem_u (local.get $n) (i32.const 5)))
                    end
                    PAD
                    (local.set $x (call $stir (i32.add (local.get $x) (i32.const 100000001))))
                    (local.set $z (f64.add (local.get $z) (f64.const 1.25)))
                    (local.set $wide (i64.add (local.get $wide) (i64.const 1000000000001)))
                    (br_if $out (i32.and (local.get $n) (i32.const 1)))
                    (if (i32.gt_u (local.get $n) (i32.const 20))
                        (then PAD (return (i32.add (call $stir (local.get $x)) (i32.const 100000002)))))
                    PAD
                    (local.set $y (call $stir (i32.const 100000003)))
                end
                PAD
                (local.set $y (call $stir (i32.add (local.get $y) (i32.const 100000004))))
                (i32.store (i32.const 64) (i32.add (local.get $y) (i32.const 100000005)))
                (br $three)
            end
            (local.set $x (i32.add (local.get $x) (i32.wrap_i64 (local.get $wide))))
            (local.set $wide (i64.mul (local.get $wide) (i64.const 1000000000003)))
            (if (i32.eqz (local.get $y))
                (then
                    PAD
                    (local.set $y (call $stir (i32.add (local.get $n) (i32.const 100000006))))
                    (br_table $out 0 (i32.and (local.get $y) (i32.const 1))))
                (else PAD (local.set $z (f64.mul (local.get $z) (f64.const 3.75)))
                    PAD
                    (local.set $x (call $stir (i32.add (local.get $x) (i32.const 100000007))))))
        end
        loop $again
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            block $done
                (br_if $done (i32.gt_u (local.get $i) (i32.rem_u (local.get $n) (i32.const 9))))
                (local.set $x (i32.add (call $stir (local.get $x)) (local.get $i)))
                (if (i32.and (local.get $x) (i32.const 4))
                    (then
                        PAD
                        (local.set $y (call $stir (i32.add (local.get $y) (i32.const 100000008))))
                        (local.set $z (f64.add (local.get $z) (f64.const 100.5)))
                        (br $again)))
                (br_if $again (i32.lt_u (local.get $i) (i32.const 4)))
                PAD
                (local.set $y (call $stir (i32.add (local.get $y) (i32.const 100000009))))
            end
        end
        (local.set $y (if (result i32) (i32.lt_u (local.get $n) (i32.const 12))
            (then PAD (i32.add (call $stir (local.get $y)) (i32.mul (local.get $i) (i32.const 100000010))))
            (else PAD (i32.sub (call $stir (local.get $y)) (i32.mul (local.get $i) (i32.const 100000011))))))
        (br_if 0 (i32.add (local.get $x) (i32.const 100000012)) (i32.eq (local.get $n) (i32.const 13)))
        drop
        (i32.add (i32.add (local.get $x) (local.get $y))
            (i32.add (i32.wrap_i64 (local.get $wide)) (i32.trunc_f64_s (local.get $z))))))"#;

/// What makes an arm of [`PROGRAM`] long enough to be worth a function, in the place of `PAD`.
const PAD: &str = "(i32.store (i32.const 128) (i32.add (i32.load (i32.const 128)) (i32.const 1000000007)))";

/// Where it stores.
const STORED: std::ops::Range<usize> = 64..256;
const INPUTS: std::ops::Range<i32> = 0..40;

/// A program that runs.
struct Running {
    store: Store<()>,
    instance: Instance,
}

impl Running {
    fn new(bytes: &[u8]) -> Result<Self> {
        Validator::new().validate_all(bytes)?;
        let engine = Engine::default();
        let mut store = Store::new(&engine, ());
        let instance =
            Linker::new(&engine).instantiate_and_start(&mut store, &Module::new(&engine, bytes)?)?;
        Ok(Self { store, instance })
    }

    /// What `f` gives, and what it stores.
    fn f(&mut self, n: i32) -> Result<(i32, Vec<u8>)> {
        let memory = self.instance.get_memory(&self.store, "memory").ok_or("no memory")?;
        memory.data_mut(&mut self.store)[STORED].fill(0);
        let f = self.instance.get_typed_func::<(i32, i64), i32>(&self.store, "f")?;
        let given = f.call(&mut self.store, (n, i64::from(n) * 999_999_937))?;
        Ok((given, memory.data(&self.store)[STORED].to_vec()))
    }

    fn bytes(&self, at: usize, n: usize) -> Result<Vec<u8>> {
        let memory = self.instance.get_memory(&self.store, "memory").ok_or("no memory")?;
        Ok(memory.data(&self.store)[at..at + n].to_vec())
    }

    fn global(&self, name: &str) -> Result<i32> {
        let global = self.instance.get_global(&self.store, name).ok_or("no such global")?;
        global.get(&self.store).i32().ok_or_else(|| "another type".into())
    }
}

fn whole() -> Result<Vec<u8>> {
    assembled(PROGRAM)
}

fn assembled(program: &str) -> Result<Vec<u8>> {
    Ok(wat::parse_str(program.replace("PAD", &PAD.repeat(4)))?)
}

/// What `f` gives for all inputs.
fn answers(bytes: &[u8]) -> Result<Vec<(i32, Vec<u8>)>> {
    let mut running = Running::new(bytes)?;
    INPUTS.map(|n| running.f(n)).collect()
}

/// The list for the points that are passed when `f` is called with these.
fn list(whole: &[u8], inputs: &[i32]) -> Result<String> {
    let program = Program::read(whole)?;
    let mut running = Running::new(&counting(&program)?)?;
    for &n in inputs {
        running.f(n)?;
    }
    let [at, n] = ["points", "points_count"].map(|name| running.global(name));
    seen::list(&program, &running.bytes(at? as usize, n? as usize)?)
}

fn functions(bytes: &[u8]) -> Result<usize> {
    Ok(Program::read(bytes)?.functions.len())
}

#[test]
fn whatever_is_outlined_the_program_does_the_same() -> Result<()> {
    let whole = whole()?;
    let expected = answers(&whole)?;
    let program = Program::read(&whole)?;
    let mut made = BTreeSet::new();
    // Every line of the list is replaced by points that a generator chooses, the first of which is passed.
    let mut state = 1_u64;
    for sparse in [1, 2, 3, 8, 64].repeat(20) {
        let mut text = String::new();
        body::each(&whole, |f, _, body| {
            let mut digit = || {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (0..4)
                    .map(|bit| u8::from((state >> (33 + 4 * bit)).is_multiple_of(sparse)) << bit)
                    .sum::<u8>()
            };
            let digits: Vec<u8> = (0..body.points.div_ceil(4)).map(|i| digit() | u8::from(i == 0)).collect();
            let number = program.number(f).ok_or("a function without a name")?;
            let digits: String = digits.iter().map(|digit| format!("{digit:x}")).collect();
            text += &format!("{number:08x} {:04x} {digits}\n", body.shape);
            Ok(())
        })?;
        let outlined = outline::outline(&program, &Seen::read(&text)?)?;
        assert_eq!(answers(&outlined)?, expected, "{text}");
        made.insert(functions(&outlined)? - program.functions.len());
    }
    assert!(made.len() > 5 && made.last() > Some(&6), "so many functions were made: {made:?}");
    Ok(())
}

#[test]
fn a_program_that_counts_does_the_same() -> Result<()> {
    let whole = whole()?;
    assert_eq!(answers(&counting(&Program::read(&whole)?)?)?, answers(&whole)?);
    Ok(())
}

#[test]
fn what_was_passed_needs_no_rest_and_all_else_does() -> Result<()> {
    let whole = whole()?;
    let expected = answers(&whole)?;
    let passed = [0, 3, 12];
    let list = list(&whole, &passed)?;
    let [first, rest] = cut_program(&whole, &list)?;
    let mut alone = Running::new(&first)?;
    for n in passed {
        assert_eq!(alone.f(n)?, expected[n as usize], "{n}");
    }
    assert!(alone.f(25).is_err() && alone.global("asked")? == 1, "what was not passed asks for the rest");

    let mut joined = Running::new(&first)?;
    let engine = joined.store.engine().clone();
    let mut linker = Linker::new(&engine);
    let exports: Vec<_> = joined.instance.exports(&joined.store).collect();
    for (name, item) in exports.into_iter().map(|export| (export.name().to_owned(), export.into_extern())) {
        linker.define("first", &name, item)?;
    }
    linker.instantiate_and_start(&mut joined.store, &Module::new(&engine, &rest)?)?;
    let there = joined.instance.get_global(&joined.store, "rest_there").ok_or("no such global")?;
    there.set(&mut joined.store, Val::I32(1))?;
    for n in INPUTS {
        assert_eq!(joined.f(n)?, expected[n as usize], "{n}");
    }
    Ok(())
}

#[test]
fn a_function_that_was_changed_stays_whole() -> Result<()> {
    let whole = whole()?;
    let list = list(&whole, &[3])?;
    let program = Program::read(&whole)?;
    assert!(functions(&outline::outline(&program, &Seen::read(&list)?)?)? > program.functions.len());
    let changed = PROGRAM.replace("(local.set $x (i32.const 7))", "(local.set $y (i32.const 7))");
    let changed = assembled(&changed)?;
    let program = Program::read(&changed)?;
    let outlined = outline::outline(&program, &Seen::read(&list)?)?;
    assert_eq!(functions(&outlined)?, program.functions.len());
    Ok(())
}
