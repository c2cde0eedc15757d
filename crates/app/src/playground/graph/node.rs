//! One box of the drawing, as SVG: its outline says what it is, its title what it is called, its slots what it is worth.

use std::fmt::Write;

use protocol::program::{Node, NodeKind};

use super::fold::FoldKind;
use super::mini::{self, Slot, slot};
use super::number::{Numbers, elements, escaped, fitting, short, sizes, summary, title};
use super::scene::{Item, Scene};

/// How much can be seen at this distance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Everything.
    Near,
    /// What it is called.
    Middle,
    /// That it is there.
    Far,
}

impl Detail {
    /// What can be seen at a scale.
    pub fn at(scale: f64) -> Self {
        match scale {
            scale if scale >= 0.5 => Self::Near,
            scale if scale >= 0.14 => Self::Middle,
            _ => Self::Far,
        }
    }
}

/// The width of a box.
const WIDTH: i32 = 148;
/// The height of its title, and of its last line.
const TITLE: i32 = 26;
const FOOT: i32 = 18;
/// Letters for numbers where there is no lack of room.
const WORDS: i32 = 60;
/// What is free on the left and on the right of slots.
const SIDE: i32 = 9;

/// Whether it is drawn as a number only.
fn is_small(scene: &Scene, item: &Item) -> bool {
    item.card.is_none()
        && scene.node(item).kind == NodeKind::Constant
        && elements(&scene.node(item).shape) == 1
}

/// Width and height of a box. They do not depend on its values, so that nothing moves while those change.
pub fn size(scene: &Scene, item: &Item) -> (i32, i32) {
    let node = scene.node(item);
    if is_small(scene, item) {
        let letters = node.value.as_ref().map_or(1, |_| number(node).chars().count()) as i32;
        return ((letters * 8 + 20).max(40), 28);
    }
    (WIDTH, TITLE + mini::height(&node.shape) + FOOT)
}

/// The number of a constant: as it stands in the program.
fn number(node: &Node) -> String {
    let value = node.value.as_ref().and_then(|mini| mini.values.to_vec().first().copied());
    value.map_or_else(|| "?".to_owned(), |value| short(value, Numbers::of(&node.dtype)))
}

/// The handle of what a box is.
pub fn kind(scene: &Scene, item: &Item) -> &'static str {
    match (scene.fold(item), scene.node(item).kind) {
        (Some(fold), _) => match fold.kind {
            FoldKind::Module => "module",
            FoldKind::Loop => "loop",
            FoldKind::Turn => "turn",
        },
        (None, NodeKind::Data) => "data",
        (None, NodeKind::Constant) => "constant",
        (None, NodeKind::Leaf) => "leaf",
        (None, NodeKind::Parameter) => "parameter",
        (None, NodeKind::Op) => "op",
        (None, NodeKind::Loss) => "loss",
    }
}

/// What a box is called.
pub fn name(scene: &Scene, item: &Item) -> String {
    let Some(fold) = scene.fold(item) else { return title(scene.node(item)) };
    match fold.kind {
        FoldKind::Module => fold.label.clone(),
        FoldKind::Loop => format!("turn 1 … {}", item.turn + 1),
        FoldKind::Turn => format!("turn {}", fold.turn + 1),
    }
}

/// What stands beside the title: of an op, the variable that holds it; of a card, what is in it.
fn beside(scene: &Scene, item: &Item) -> String {
    let node = scene.node(item);
    match scene.fold(item) {
        Some(fold) if fold.ops == 1 => node.op.clone(),
        Some(fold) if fold.kind == FoldKind::Loop => String::new(),
        Some(fold) => format!("{} ops", fold.ops),
        None if !node.op.is_empty() => node.name.clone().unwrap_or_default(),
        None => String::new(),
    }
}

/// All that is to be said of a box, for a tooltip or a screen reader.
pub fn words(scene: &Scene, item: &Item) -> String {
    let node = scene.node(item);
    let mut words = name(scene, item);
    if let Some(fold) = scene.fold(item) {
        let _ = write!(words, ", {} of {} ops", kind(scene, item), fold.ops);
    } else if !node.op.is_empty() {
        if let Some(name) = &node.name {
            let _ = write!(words, " → {name}");
        }
    } else {
        let _ = write!(words, ", {}", kind(scene, item));
    }
    let _ = write!(words, ", {} {}", node.dtype, sizes(&node.shape));
    if let Some(line) = node.line {
        let _ = write!(words, ", line {line}");
    }
    if let Some(value) = &node.value {
        let _ = write!(words, ", value {}", summary(value, &node.shape, &node.dtype, WORDS));
    }
    match &node.gradient {
        Some(gradient) => {
            let _ = write!(words, ", gradient {}", summary(gradient, &node.shape, "float32", WORDS));
        }
        None if node.requires_grad => words.push_str(", no gradient yet"),
        None => {}
    }
    if let Some(grad_fn) = &node.grad_fn {
        let _ = write!(words, ", {grad_fn}");
    }
    words
}

/// The outline: what a box is shows in its form.
fn outline(out: &mut String, kind: &str, (w, h): (i32, i32)) {
    let pill = matches!(kind, "leaf" | "parameter" | "constant");
    let rx = if pill { (h / 2).min(20) } else { 6 };
    if matches!(kind, "module" | "loop" | "turn") {
        // A card on a pile.
        let _ = write!(out, r#"<path class="pile" d="M6 {}h{}a6 6 0 0 0 6-6V6"/>"#, h + 4, w - 8);
    }
    let _ = write!(out, r#"<rect class="box" width="{w}" height="{h}" rx="{rx}"/>"#);
    if kind == "loss" {
        let _ =
            write!(out, r#"<rect class="inner" x="3" y="3" width="{}" height="{}" rx="4"/>"#, w - 6, h - 6);
    }
}

/// Draws a box, its top left corner at the origin.
pub fn markup(scene: &Scene, item: &Item, detail: Detail) -> String {
    let node = scene.node(item);
    let kind = kind(scene, item);
    let (w, h) = size(scene, item);
    let mut out = String::new();
    outline(&mut out, kind, (w, h));
    let name = name(scene, item);
    if detail == Detail::Far {
        return out;
    }
    if is_small(scene, item) {
        let number = escaped(&number(node));
        let _ = write!(
            out,
            r#"<text class="number" data-testid="value" x="{}" y="19" text-anchor="middle">{number}</text>"#,
            w / 2
        );
        return out;
    }
    if detail == Detail::Middle {
        let name = fitting(&name, 12);
        let squeeze = if name.chars().count() > 8 {
            format!(r#" textLength="{}" lengthAdjust="spacingAndGlyphs""#, w - 12)
        } else {
            String::new()
        };
        let (x, y, name) = (w / 2, h / 2 + 9, escaped(&name));
        let _ =
            write!(out, r#"<text class="large" x="{x}" y="{y}" text-anchor="middle"{squeeze}>{name}</text>"#);
        opener(&mut out, scene, item);
        return out;
    }
    head(&mut out, scene, item, &name);
    let grad = node.requires_grad || node.gradient.is_some();
    let free = w - 2 * SIDE;
    let half = if grad { (free - 6) / 2 } else { free };
    let value = Slot {
        mini: node.value.as_ref(),
        shape: &node.shape,
        dtype: &node.dtype,
        gradient: false,
        at: (SIDE, TITLE),
        w: half,
    };
    slot(&mut out, value);
    if grad {
        let gradient = Slot {
            mini: node.gradient.as_ref(),
            dtype: "float32",
            gradient: true,
            at: (SIDE + half + 6, TITLE),
            ..value
        };
        slot(&mut out, gradient);
    }
    foot(&mut out, node, w, h, grad);
    out
}

/// The line of the title.
fn head(out: &mut String, scene: &Scene, item: &Item, name: &str) {
    let start = match kind(scene, item) {
        "parameter" => {
            let _ = write!(out, r#"<circle class="dot" cx="15" cy="14" r="4"/>"#);
            25
        }
        "leaf" => 14,
        _ => SIDE,
    };
    let beside = fitting(&beside(scene, item), 8);
    let taken = if item.card.is_some() { 22 } else { SIDE };
    let letters = (WIDTH - start - taken - 8 - beside.chars().count() as i32 * 7) / 8;
    let name = escaped(&fitting(name, letters.max(3) as usize));
    let _ = write!(out, r#"<text class="title" x="{start}" y="18">{name}</text>"#);
    if !beside.is_empty() {
        let _ = write!(
            out,
            r#"<text class="beside" x="{}" y="18" text-anchor="end">{}</text>"#,
            WIDTH - taken,
            escaped(&beside)
        );
    }
    opener(out, scene, item);
}

/// What opens a card.
fn opener(out: &mut String, scene: &Scene, item: &Item) {
    if let Some(fold) = scene.fold(item) {
        let (key, x, tip) = (fold.key, WIDTH - 26, WIDTH - 15);
        let _ = write!(
            out,
            r#"<g class="opener" data-fold="{key}"><title>Open (Enter)</title><rect x="{x}" y="2" width="24" height="24" rx="4"/><path d="m{tip} 9 4 4-4 4"/></g>"#
        );
    }
}

/// The last line: the shape, and how often a gradient has arrived.
fn foot(out: &mut String, node: &Node, w: i32, h: i32, grad: bool) {
    let base = h - 6;
    let middle = node.kind == NodeKind::Leaf || node.kind == NodeKind::Parameter;
    let start = if middle { SIDE + 5 } else { SIDE };
    let _ =
        write!(out, r#"<text class="foot" x="{start}" y="{base}">{}</text>"#, escaped(&sizes(&node.shape)));
    if grad {
        let text = match node.arrivals {
            0 | 1 => "grad".to_owned(),
            count => format!("grad += ×{count}"),
        };
        let _ = write!(
            out,
            r#"<text class="foot grad" x="{}" y="{base}" text-anchor="end">{text}</text>"#,
            w - start
        );
    }
}
