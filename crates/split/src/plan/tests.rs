//! A small program, cut.

use std::collections::HashSet;

use wasmparser::Validator;

use crate::data::{self, Segment};

use super::*;

/// `open` calls `late`, which calls what is large, what is little and what is imported; `tabled` is only in the table.
const PROGRAM: &str = r#"(module
    (import "page" "say" (func $say (param i32) (result i32)))
    (table 2 funcref)
    (memory 1)
    (global $stack (mut i32) (i32.const 7))
    (elem (i32.const 1) func $tabled)
    (export "open" (func $open))
    (export "rest_needed" (func $ask))
    (data (i32.const 8) "first#late\n text of some length\n#end\nlast")
    (func $ask (drop (call $aloud (i32.const 0))))
    (func $open (param i32) (result i32) (call $large (call $late (call $little (local.get 0)))))
    (func $late (param i32) (result i32)
        (i32.store (i32.const 100000) (call $large (call $little (local.get 0))))
        (i32.store (i32.const 200000) (call $large (call $little (i32.load (i32.const 100000)))))
        (i32.store (i32.const 300000) (call $large (call $little (i32.load (i32.const 100000)))))
        (i32.add (global.get $stack) (call $say (i32.load (i32.const 200000)))))
    (func $large (param i32) (result i32)
        (i32.const 1000000) (i32.const 1000001) (i32.const 1000002) (i32.const 1000003) (i32.const 1000004)
        (i32.const 1000005) (i32.const 1000006) (i32.const 1000007) (i32.const 1000008) (i32.const 1000009)
        (i32.add) (i32.add) (i32.add) (i32.add) (i32.add) (i32.add) (i32.add) (i32.add) (i32.add))
    (func $little (param i32) (result i32) (i32.eqz (local.get 0)))
    (func $tabled (param i32) (result i32) (call $little (local.get 0)))
    (func $aloud (param i32) (result i32) (call $say (call $large (local.get 0)))))"#;

/// The numbers of its functions.
const SAY: u32 = 0;
const ASK: u32 = 1;
const OPEN: u32 = 2;
const LATE: u32 = 3;
const LARGE: u32 = 4;
const LITTLE: u32 = 5;
const TABLED: u32 = 6;
const ALOUD: u32 = 7;

#[test]
fn both_parts_are_programs_and_the_first_exports_what_the_rest_imports() -> Result<()> {
    let whole = wat::parse_str(PROGRAM)?;
    let whole = Program::read(&whole)?;
    let plan = Plan::new(&whole, |f| [OPEN, LITTLE].contains(&f))?;
    let (first, rest) = (crate::first::first(&plan, "file")?, crate::rest::rest(&plan)?);
    for part in [&first, &rest] {
        Validator::new().validate_all(part)?;
    }
    assert_eq!(plan.called, BTreeMap::from([(LATE, 0)]), "through the table");
    assert_eq!(plan.lent.keys().copied().collect::<Vec<_>>(), [SAY, LARGE]);
    assert_eq!(
        plan.first,
        BTreeSet::from([SAY, ASK, OPEN, LARGE, LITTLE, TABLED, ALOUD]),
        "with what asking takes"
    );
    assert_eq!(plan.rest, BTreeSet::from([LATE, LITTLE, TABLED]), "the smallest are in both");
    let first = Program::read(&first)?;
    assert_eq!(
        first.functions.len(),
        whole.functions.len() + 1,
        "each keeps its place before the one that asks"
    );
    let names: HashSet<&str> = first.exports.iter().map(|export| export.name).collect();
    assert!(names.is_superset(&HashSet::from(["open", "rest_needed", "rest file"])), "{names:?}");
    let texts = |pieces: &[Segment<'_>]| -> Vec<(u32, Vec<u8>)> {
        pieces.iter().map(|piece| (piece.address, piece.bytes.to_vec())).collect()
    };
    assert_eq!(texts(&first.data), [(8, b"first".to_vec()), (45, b"last".to_vec())]);
    for payload in wasmparser::Parser::new(0).parse_all(&rest) {
        match payload? {
            wasmparser::Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    let import = import?;
                    assert!(import.module == crate::rest::FIRST && names.contains(import.name), "{import:?}");
                }
            }
            wasmparser::Payload::DataSection(section) => {
                let late = data::segments(section)?;
                assert_eq!(late.len(), 1);
                assert_eq!(
                    (late[0].address, late[0].bytes),
                    (13, &b"#late\n text of some length\n#end\n"[..])
                );
            }
            _ => {}
        }
    }
    Ok(())
}

#[test]
fn a_program_that_cannot_ask_for_its_rest_is_refused() -> Result<()> {
    let whole = wat::parse_str(PROGRAM.replace(NEEDED, "another"))?;
    let refused = Plan::new(&Program::read(&whole)?, |f| f == ASK).err().map(|why| why.to_string());
    assert_eq!(refused.as_deref(), Some("the program exports no function rest_needed"));
    Ok(())
}
