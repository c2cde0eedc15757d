//! What the graph view knows besides the graph: what is folded, where the camera is, which node has the focus.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use protocol::program::Severity;

use super::camera::Camera;
use super::layout::Direction;
use super::painter::Painter;
use super::scene::{Scene, Wish};
use crate::components::watch;
use crate::program::{Program, Spot};

/// At this scale numbers can be read.
const READABLE: f64 = 0.85;
/// A drawing is turned if it becomes larger by this.
const GAIN: f64 = 1.25;
/// Larger drawings are never turned.
const LARGE: usize = 200;

/// What the pane of the graph shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shows {
    /// The graph as a drawing.
    Drawing,
    /// The graph as a table.
    Table,
    /// Versions of the program side by side.
    Race,
    /// Its kernels, eager and fused.
    Kernels,
    /// A pad for digits, which its model reads, and the model itself.
    Lab,
}

/// What the camera goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aim {
    /// The drawing, whatever becomes of it: all of it, or its end where nothing could be made out.
    Readable,
    /// All of the drawing.
    Whole,
    /// The user.
    Free,
}

/// The view's signals. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Board {
    /// The program.
    pub program: Program,
    /// What is drawn.
    pub scene: RwSignal<Arc<Scene>>,
    /// How it is to be shown.
    pub wish: RwSignal<Wish>,
    /// Which part of it shows.
    pub camera: RwSignal<Camera>,
    /// Whether the camera moves smoothly.
    pub glide: RwSignal<bool>,
    /// What the camera goes by.
    pub aim: RwSignal<Aim>,
    /// The size of the pane.
    pub pane: RwSignal<(f64, f64)>,
    /// The node that is reached with the Tab key.
    pub current: RwSignal<Option<u32>>,
    /// What shows.
    pub shows: RwSignal<Shows>,
    /// The text that was sent to the worker last.
    pub sent: RwSignal<String>,
    /// The pane.
    pub area: NodeRef<html::Div>,
    /// What draws.
    pub painter: StoredValue<Option<Painter>, LocalStorage>,
}

impl Board {
    /// A board that follows the program.
    pub fn new(program: Program) -> Self {
        let board = Self {
            program,
            scene: RwSignal::new(Arc::default()),
            wish: RwSignal::new(Wish::default()),
            camera: RwSignal::new(Camera::default()),
            glide: RwSignal::new(false),
            aim: RwSignal::new(Aim::Readable),
            pane: RwSignal::new((0.0, 0.0)),
            current: RwSignal::new(None),
            shows: RwSignal::new(Shows::Drawing),
            sent: RwSignal::new(String::new()),
            area: NodeRef::new(),
            painter: StoredValue::new_local(None),
        };
        watch(move || {
            program.edition.track();
            board.sent.set(program.text.get_untracked());
        });
        watch(move || {
            let (graph, wish) = (program.graph.get(), board.wish.get());
            let before = board.scene.get_untracked();
            let scene = board.turned(Scene::new(graph, &wish, &before), &wish, board.pane.get());
            let moved = !scene.lies_like(&before);
            board.scene.set(Arc::new(scene));
            if moved && board.aim.get_untracked() != Aim::Free {
                // The first drawing is there at once, later ones move to their place.
                board.follow(!before.items.is_empty());
            }
        });
        watch(move || {
            board.pane.track();
            if board.aim.get_untracked() != Aim::Free {
                board.follow(false);
            }
        });
        board
    }

    /// The same scene with its edges running the other way, if it can then be drawn much larger.
    fn turned(&self, scene: Scene, wish: &Wish, pane: (f64, f64)) -> Scene {
        if pane.0 <= 0.0 || self.aim.get_untracked() == Aim::Free || scene.items.len() > LARGE {
            return scene;
        }
        let scale = |scene: &Scene| Camera::fit(scene.bounds(), pane).scale;
        let before = scale(&scene);
        if before >= READABLE {
            return scene;
        }
        let direction = match wish.direction {
            Direction::Right => Direction::Down,
            Direction::Down => Direction::Right,
        };
        let wish = Wish { direction, ..wish.clone() };
        let other = Scene::new(Arc::clone(&scene.graph), &wish, &Scene::default());
        if scale(&other) < before * GAIN {
            return scene;
        }
        // The scene is made already: nothing has to follow.
        self.wish.update_untracked(|wish| wish.direction = direction);
        other
    }

    /// Shows all of the drawing, from now on.
    pub fn fit(&self, glide: bool) {
        self.aim.set(Aim::Whole);
        self.follow(glide);
    }

    /// Shows the drawing, as it is now.
    fn follow(&self, glide: bool) {
        let pane = self.pane.get_untracked();
        if pane.0 > 0.0 {
            let bounds = self.scene.with_untracked(|scene| scene.bounds());
            let sight = if self.aim.get_untracked() == Aim::Whole { Camera::fit } else { Camera::follow };
            self.look(sight(bounds, pane), glide);
        }
    }

    /// Moves the camera.
    pub fn look(&self, camera: Camera, glide: bool) {
        self.glide.set(glide);
        self.camera.set(camera);
    }

    /// Moves the camera because the user wants it.
    pub fn steer(&self, camera: Camera, glide: bool) {
        self.aim.set(Aim::Free);
        self.look(camera, glide);
    }

    /// Larger or smaller, around the middle of the pane.
    pub fn zoom(&self, factor: f64) {
        let (w, h) = self.pane.get_untracked();
        self.steer(self.camera.get_untracked().zoomed((w / 2.0, h / 2.0), factor), true);
    }

    /// The box of the node that is reached with the Tab key.
    pub fn current_item(&self) -> Option<u32> {
        let scene = self.scene.get_untracked();
        let current = self.current.get_untracked().and_then(|id| scene.item_of(id));
        current.or((!scene.items.is_empty()).then_some(0))
    }

    /// The focus goes to a box, which is brought into view.
    pub fn go(&self, item: u32) {
        let scene = self.scene.get_untracked();
        let Some(there) = scene.items.get(item as usize) else { return };
        let id = scene.node(there).id;
        self.current.set(Some(id));
        self.program.pointed.set(Some(Spot::Node(id)));
        let camera = self.camera.get_untracked();
        let shown = camera.showing(scene.layout.boxes[item as usize], self.pane.get_untracked());
        if shown != camera {
            self.steer(shown, true);
        }
        self.painter.update_value(|painter| {
            if let Some(painter) = painter {
                painter.focus = true;
            }
        });
    }

    /// The inspector shows a node, or nothing.
    pub fn choose(&self, id: Option<u32>) {
        if self.program.chosen.get_untracked() != id {
            self.program.chosen.set(id);
        }
    }

    /// Opens or closes a fold.
    pub fn toggle(&self, key: u64) {
        let scene = self.scene.get_untracked();
        if let Some(fold) = scene.folds.all.iter().find(|fold| fold.key == key) {
            let folded = fold.folded;
            self.wish.update(|wish| {
                wish.folds.single.insert(key, !folded);
            });
        }
    }

    /// Closes or opens everything.
    pub fn fold_all(&self, folded: bool) {
        self.wish.update(|wish| {
            wish.folds.all = Some(folded);
            wish.folds.single.clear();
        });
    }

    /// The key of the open fold around a node's box that can be closed, or of the card that it is.
    pub fn fold_around(&self, id: u32) -> Option<(u64, bool)> {
        let scene = self.scene.get_untracked();
        let item = scene.items.get(scene.item_of(id)? as usize)?;
        if let Some(fold) = scene.fold(item) {
            return Some((fold.key, true));
        }
        let home = scene.folds.home[item.node as usize];
        let all = &scene.folds.all;
        let open =
            scene.folds.around(home).find(|&fold| all[fold as usize].worth && !all[fold as usize].folded);
        open.map(|fold| (all[fold as usize].key, false))
    }

    /// Whether the pane shows this.
    pub fn is_shown(&self, what: Shows) -> bool {
        self.shows.get() == what
    }

    /// Whether what is drawn is of an older text than the one in the editor, which has errors.
    pub fn is_stale(&self) -> bool {
        let wrong = self.program.diagnostics.with(|all| all.iter().any(|d| d.severity == Severity::Error));
        wrong && self.program.graph.with(|graph| graph.edition < self.program.edition.get())
    }
}
