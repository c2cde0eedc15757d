//! Puts the scene on the page: what is in view, as detailed as can be seen, with what is pointed at, chosen and visited.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, SvgElement};

use super::board::Board;
use super::fold::{FoldKind, hash};
use super::layout::Rect;
use super::node::{self, Detail};
use super::number::{escaped, joined};
use super::scene::{Frame, Scene};
use super::stage::{Layer, Sprite, element};
use crate::program::Spot;

/// The drawing on the page.
pub struct Painter {
    world: Element,
    frames: Layer,
    wires: Layer,
    bright: Layer,
    nodes: Layer,
    scene: Arc<Scene>,
    /// The edges that leave each box, as one path, and what holds it.
    trees: Vec<(String, Rect)>,
    errors: BTreeMap<u32, String>,
    detail: Detail,
    /// The part of the drawing that is on the page.
    drawn: Rect,
    style: String,
    /// Whether the current node is to get the focus.
    pub focus: bool,
    /// Whether more has changed than the camera.
    pub changed: bool,
}

/// The boxes that stand out.
#[derive(Default)]
struct Marks {
    pointed: BTreeSet<u32>,
    chosen: Option<u32>,
    visited: Option<u32>,
    current: Option<u32>,
}

impl Painter {
    /// Sets up the layers in a drawing that is empty.
    pub fn new(svg: &Element) -> Option<Self> {
        let world = element("g", "world")?;
        svg.append_child(&world).ok()?;
        Some(Self {
            frames: Layer::new(&world, "g", "frames")?,
            wires: Layer::new(&world, "path", "wires")?,
            bright: Layer::new(&world, "path", "wires")?,
            nodes: Layer::new(&world, "g", "nodes")?,
            world,
            scene: Arc::default(),
            trees: Vec::new(),
            errors: BTreeMap::new(),
            detail: Detail::Near,
            drawn: Rect::default(),
            style: String::new(),
            focus: false,
            changed: true,
        })
    }

    /// Draws what has changed.
    pub fn paint(&mut self, board: &Board) {
        let (camera, pane) = (board.camera.get_untracked(), board.pane.get_untracked());
        let glide = board.glide.get_untracked();
        let style = camera.style();
        if style != self.style {
            let _ = self.world.set_attribute("class", if glide { "world glide" } else { "world" });
            let _ = self.world.set_attribute("style", &style);
            self.style = style;
        }
        let view = camera.view(pane);
        let detail = Detail::at(camera.scale);
        let changed = std::mem::take(&mut self.changed);
        if !changed && detail == self.detail && self.drawn.holds(&view) {
            return;
        }
        let scene = board.scene.get_untracked();
        let errors = errors(board, &scene);
        let fresh = detail != self.detail || !Arc::ptr_eq(&scene, &self.scene) || errors != self.errors;
        if self.trees.is_empty() || !scene.lies_like(&self.scene) {
            self.trees = scene.leaving.iter().map(|leaving| scene.layout.tree(leaving)).collect();
        }
        (self.scene, self.errors, self.detail) = (Arc::clone(&scene), errors, detail);
        self.drawn = view.grown(view.w.max(view.h) / 2);
        let marks = marks(board, &scene);
        self.paint_frames(&scene, fresh);
        self.paint_wires(&scene, &marks, fresh);
        self.paint_nodes(&scene, &marks, fresh);
    }

    fn paint_frames(&mut self, scene: &Scene, fresh: bool) {
        let seen = scene.frames.iter().filter(|frame| self.drawn.meets(&frame.area));
        let sprites = seen.map(|frame| {
            let Frame { fold, area } = frame;
            let fold = &scene.folds.all[*fold as usize];
            let fresh = fresh || !self.frames.has(fold.key);
            Sprite {
                key: fold.key,
                attributes: vec![
                    ("class", "frame".to_owned()),
                    ("style", format!("transform:translate({}px,{}px)", area.x, area.y)),
                ],
                markup: fresh.then(|| frame_markup(scene, frame)),
            }
        });
        let sprites = sprites.collect();
        self.frames.show(sprites);
    }

    fn paint_wires(&mut self, scene: &Scene, marks: &Marks, fresh: bool) {
        let (mut trees, mut bright) = (Vec::new(), Vec::new());
        for (from, leaving) in scene.leaving.iter().enumerate().filter(|(_, leaving)| !leaving.is_empty()) {
            let item = &scene.items[from];
            let flows = scene.node(item).requires_grad;
            let Some((path, _)) = self.trees.get(from).filter(|(_, bounds)| self.drawn.meets(bounds)) else {
                continue;
            };
            let class = if flows { "wire flows" } else { "wire" };
            let mut attributes = vec![("class", class.to_owned())];
            if fresh || !self.wires.has(item.key) {
                attributes.push(("d", path.clone()));
            }
            trees.push(Sprite { key: item.key, attributes, markup: None });
            for (i, &wire) in (0u32..).zip(leaving) {
                let wire = &scene.layout.wires[wire as usize];
                let back = flows && marks.visited == Some(wire.to);
                let lit = [wire.from, wire.to].iter().any(|end| marks.pointed.contains(end));
                if back || lit {
                    let class = if back { "wire back" } else { "wire lit" };
                    bright.push(Sprite {
                        key: hash(item.key, &i.to_le_bytes()),
                        attributes: vec![("class", class.to_owned()), ("d", scene.layout.path(wire))],
                        markup: None,
                    });
                }
            }
        }
        self.wires.show(trees);
        self.bright.show(bright);
    }

    fn paint_nodes(&mut self, scene: &Scene, marks: &Marks, fresh: bool) {
        let had_focus = focused();
        let mut sprites = Vec::new();
        for (i, item) in (0u32..).zip(&scene.items) {
            let area = scene.layout.boxes[i as usize];
            if !self.drawn.meets(&area) && marks.current != Some(i) {
                continue;
            }
            let node = scene.node(item);
            let kind = node::kind(scene, item);
            let error = self.errors.get(&i);
            let mut class = format!("gnode {kind}");
            for (name, marked) in [
                (" pointed", marks.pointed.contains(&i)),
                (" chosen", marks.chosen == Some(i)),
                (" visiting", marks.visited == Some(i)),
                (" error", error.is_some()),
                (" bad", [&node.value, &node.gradient].into_iter().flatten().any(|m| m.not_finite > 0)),
                (" passed", node.backward),
            ] {
                if marked {
                    class.push_str(name);
                }
            }
            let tab = if marks.current == Some(i) { "0" } else { "-1" };
            let mut attributes = vec![("class", class), ("tabindex", tab.to_owned())];
            let fresh = fresh || !self.nodes.has(item.key);
            let words = match error {
                _ if !fresh => String::new(),
                Some(error) => format!("{error}\n{}", node::words(scene, item)),
                None => node::words(scene, item),
            };
            let markup = fresh.then(|| {
                let body = node::markup(scene, item, self.detail);
                format!("<title>{}</title>{body}", escaped(&words))
            });
            if fresh {
                attributes.extend([
                    ("style", format!("transform:translate({}px,{}px)", area.x, area.y)),
                    ("role", "img".to_owned()),
                    ("aria-label", words),
                    ("data-key", item.key.to_string()),
                    ("data-node", node.id.to_string()),
                    ("data-op", node.op.clone()),
                    ("data-shape", joined(&node.shape, "x")),
                    ("data-line", node.line.map_or_else(String::new, |line| line.to_string())),
                    ("data-kind", kind.to_owned()),
                ]);
            }
            sprites.push(Sprite { key: item.key, attributes, markup });
        }
        self.nodes.show(sprites);
        // A node that is folded away, or removed, leaves the focus to what stands for it.
        if std::mem::take(&mut self.focus) || had_focus && !focused() {
            let key = marks.current.map(|item| scene.items[item as usize].key);
            if let Some(element) = key.and_then(|key| self.nodes.get(key)) {
                let _ = element.unchecked_ref::<SvgElement>().focus();
            }
        }
    }
}

/// Whether a node has the focus.
fn focused() -> bool {
    document().active_element().is_some_and(|element| element.matches(".gnode").unwrap_or(false))
}

fn marks(board: &Board, scene: &Scene) -> Marks {
    let program = board.program;
    let item = |id: Option<u32>| id.and_then(|id| scene.item_of(id));
    let visiting = program.position.with_untracked(|at| at.as_ref().and_then(|at| at.visiting));
    let mut pointed = BTreeSet::new();
    match program.pointed.get_untracked() {
        Some(Spot::Node(id)) => pointed.extend(scene.item_of(id)),
        Some(Spot::Line(line)) => {
            let nodes = scene.graph.nodes.iter().zip(&scene.shown_in);
            pointed.extend(nodes.filter(|(node, _)| node.line == Some(line)).filter_map(|(_, item)| *item));
        }
        None => {}
    }
    Marks {
        pointed,
        chosen: item(program.chosen.get_untracked()),
        visited: item(visiting),
        current: board.current_item(),
    }
}

/// What is wrong with which box.
fn errors(board: &Board, scene: &Scene) -> BTreeMap<u32, String> {
    board.program.diagnostics.with_untracked(|all| {
        let named = all.iter().filter_map(|d| Some((scene.item_of(d.node?)?, d.message.clone())));
        named.collect()
    })
}

/// A frame, its top left corner at the origin.
pub fn frame_markup(scene: &Scene, frame: &Frame) -> String {
    let fold = &scene.folds.all[frame.fold as usize];
    let Rect { w, h, .. } = frame.area;
    let name = match fold.kind {
        FoldKind::Module => fold.label.clone(),
        FoldKind::Loop => format!("loop, {} turns", fold.turn + 1),
        FoldKind::Turn => format!("turn {}", fold.turn + 1),
    };
    let name = escaped(&name);
    format!(
        r#"<rect class="area" width="{w}" height="{h}" rx="10"/><text class="name" x="26" y="17">{name}</text><g class="closer" data-fold="{key}"><title>Fold {name}</title><rect x="3" y="2" width="20" height="20" rx="4"/><path d="m9 10 4 4 4-4"/></g>"#,
        key = fold.key,
    )
}
