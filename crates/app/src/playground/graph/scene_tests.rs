//! Tests of folds and scenes, on graphs as programs record them.

use std::sync::Arc;

use super::fixtures::{layers, many, regression, turns};
use super::fold::Choices;
use super::layout::Direction;
use super::node::{self, Detail};
use super::scene::{Scene, Wish};
use super::walk::{Way, step};
use protocol::program::Graph;

fn scene(graph: Graph, all: Option<bool>) -> Scene {
    let wish = Wish { folds: Choices { all, ..Choices::default() }, ..Wish::default() };
    Scene::new(Arc::new(graph), &wish, &Scene::default())
}

/// What each box is called, in order.
fn names(scene: &Scene) -> Vec<String> {
    scene.items.iter().map(|item| node::name(scene, item)).collect()
}

#[test]
fn a_small_graph_shows_every_node_and_leaves_come_before_what_uses_them() {
    let scene = scene(regression(), None);
    assert_eq!(names(&scene), ["x", "w", "mul", "b", "add", "y", "sub", "tensor", "pow", "mean"]);
}

#[test]
fn a_linear_layer_is_one_card_with_its_parameters_until_it_is_opened() {
    let folded = scene(layers(4), None);
    let cards: Vec<_> = folded.items.iter().filter(|item| item.card.is_some()).collect();
    assert_eq!(names(&folded)[..3], ["x", "fc0", "relu"]);
    assert_eq!((cards.len(), cards[0].members), (4, 3));
    assert_eq!(node::kind(&folded, cards[0]), "module");
    let open = scene(layers(4), Some(false));
    assert_eq!(open.items.len(), open.graph.nodes.len());
    // A frame around the net, and one around each layer with its parameters; a ReLU alone has none.
    assert_eq!(open.frames.len(), 5);
    let closed = scene(layers(4), Some(true));
    assert_eq!(names(&closed), ["x", "net", "target", "cross_entropy"]);
}

#[test]
fn of_a_long_loop_the_last_turn_shows_behind_a_card_of_the_others() {
    let scene = scene(turns(30), None);
    assert_eq!(names(&scene), ["w", "b", "h", "turn 1 … 29", "mul", "add", "tanh", "sum"]);
    assert_eq!(scene.items[3].members, 87);
}

#[test]
fn an_open_loop_shows_its_turns() {
    let folded = scene(turns(30), None);
    let key = folded.folds.all[0].key;
    let mut wish = Wish::default();
    wish.folds.single.insert(key, false);
    let open = Scene::new(Arc::clone(&folded.graph), &wish, &folded);
    let turns = names(&open).into_iter().filter(|name| name.starts_with("turn")).collect::<Vec<_>>();
    assert_eq!((turns.len(), turns[29].as_str()), (30, "turn 30"));
    assert_eq!(scene(self::turns(3), None).items.len(), 13);
}

#[test]
fn the_last_turn_keeps_its_names_as_the_loop_goes_on() {
    let keys = |scene: &Scene| scene.items.iter().map(|item| item.key).collect::<Vec<_>>();
    assert_eq!(keys(&scene(turns(30), None)), keys(&scene(turns(31), None)));
}

#[test]
fn a_new_line_leaves_the_names_of_other_nodes_alone() {
    let before = scene(regression(), None);
    let mut longer = regression();
    let mut more = longer.nodes[0].clone();
    (more.id, more.name) = (99, Some("z".to_owned()));
    longer.nodes.insert(0, more);
    let after = scene(longer, None);
    for item in &before.items {
        assert!(after.items.iter().any(|other| other.key == item.key), "{item:?}");
    }
}

#[test]
fn the_layout_is_kept_while_only_values_change() {
    let before = scene(regression(), None);
    let mut graph = regression();
    graph.nodes[4].value = None;
    let after = Scene::new(Arc::new(graph), &Wish::default(), &before);
    assert!(after.lies_like(&before));
}

#[test]
fn arrow_keys_go_to_the_nearest_box_that_way() {
    let scene = scene(regression(), None);
    let name = |item: Option<u32>| item.map(|item| node::name(&scene, &scene.items[item as usize]));
    assert_eq!(name(step(&scene, 0, Way::Forward)).as_deref(), Some("mul"));
    assert_eq!(name(step(&scene, 9, Way::Back)).as_deref(), Some("pow"));
    assert_eq!(step(&scene, 0, Way::Back), None);
}

#[test]
fn every_box_is_drawn_at_every_distance() {
    for graph in [regression(), layers(4), turns(30), many(40)] {
        let scene = scene(graph, None);
        for item in &scene.items {
            let [near, middle, far] =
                [Detail::Near, Detail::Middle, Detail::Far].map(|detail| node::markup(&scene, item, detail));
            assert!(near.len() >= middle.len() && middle.len() > far.len(), "{near}");
            assert_eq!(near.matches("<g").count(), near.matches("</g>").count(), "{near}");
        }
    }
}

#[test]
fn two_thousand_nodes_have_a_layout() {
    for direction in [Direction::Right, Direction::Down] {
        let wish = Wish { direction, ..Wish::default() };
        let scene = Scene::new(Arc::new(many(2000)), &wish, &Scene::default());
        assert_eq!(scene.items.len(), 2000);
        assert!(scene.bounds().w > 0);
    }
}
