//! The drawing as an image: all of it, as it is folded now, with every colour written out, so that it looks the same anywhere.

use std::cell::Cell;
use std::fmt::Write;

use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlCanvasElement, HtmlElement, HtmlImageElement};

use super::board::Board;
use super::node::{self, Detail};
use super::painter::frame_markup;
use super::scene::Scene;
use crate::draw::context;

thread_local! {
    /// The graph that is on the page: there is one at most.
    static SHOWN: Cell<Option<Board>> = const { Cell::new(None) };
}

/// What is written out at each element.
const STYLES: [&str; 8] = [
    "fill",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "font-family",
    "font-size",
    "font-weight",
    "opacity",
];
/// Pixels of a PNG for each unit of the drawing, and the most on a side.
const SHARPNESS: f64 = 2.0;
const LONGEST: f64 = 8192.0;

/// This is the graph that is saved.
pub fn shows(board: Board) {
    SHOWN.set(Some(board));
}

/// The drawing as a document of its own; nothing is drawn if there is no graph.
pub fn graph_svg() -> String {
    let scene = SHOWN.get().and_then(|board| board.scene.try_get_untracked());
    let Some(scene) = scene.filter(|scene| !scene.items.is_empty()) else { return String::new() };
    written_out(&plain(&scene)).unwrap_or_default()
}

/// The drawing with classes instead of colours.
fn plain(scene: &Scene) -> String {
    let bounds = scene.bounds().grown(24);
    let (x, y, w, h) = (bounds.x, bounds.y, bounds.w, bounds.h);
    let mut out = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="{x} {y} {w} {h}" width="{w}" height="{h}"><rect class="ground" x="{x}" y="{y}" width="{w}" height="{h}"/><g class="world">"#
    );
    for frame in &scene.frames {
        let (x, y, body) = (frame.area.x, frame.area.y, frame_markup(scene, frame));
        let _ = write!(out, r#"<g class="frame" transform="translate({x} {y})">{body}</g>"#);
    }
    for (item, leaving) in scene.items.iter().zip(&scene.leaving) {
        let class = if scene.node(item).requires_grad { "wire flows" } else { "wire" };
        let _ = write!(out, r#"<path class="{class}" d="{}"/>"#, scene.layout.tree(leaving).0);
    }
    for (item, area) in scene.items.iter().zip(&scene.layout.boxes) {
        let (kind, body) = (node::kind(scene, item), node::markup(scene, item, Detail::Near));
        let _ =
            write!(out, r#"<g class="gnode {kind}" transform="translate({} {})">{body}</g>"#, area.x, area.y);
    }
    out.push_str("</g></svg>");
    out
}

/// Puts the drawing on the page for a moment, out of sight, to ask how each element looks.
fn written_out(svg: &str) -> Option<String> {
    let place = document().create_element("div").ok()?;
    let _ = place.set_attribute("class", "graph near");
    let _ = place.set_attribute("style", "position:fixed;left:-10px;width:1px;height:1px;overflow:hidden");
    let _ = place.set_attribute("aria-hidden", "true");
    place.set_inner_html(svg);
    document().body()?.append_child(&place).ok()?;
    let elements: Vec<Element> = place.query_selector_all("svg *").map_or_else(
        |_| Vec::new(),
        |all| (0..all.length()).filter_map(|i| all.item(i)?.dyn_into().ok()).collect(),
    );
    elements.iter().for_each(write_out);
    // Only now: how an element looks depends on the classes around it.
    for element in &elements {
        for name in ["class", "data-fold", "data-testid"] {
            let _ = element.remove_attribute(name);
        }
    }
    let text = place.inner_html();
    place.remove();
    Some(text)
}

fn write_out(element: &Element) {
    let Ok(Some(style)) = window().get_computed_style(element) else { return };
    if matches!(element.tag_name().as_str(), "rect" | "path" | "circle" | "text") {
        for name in STYLES {
            let value = style.get_property_value(name).unwrap_or_default();
            let _ = element.set_attribute(name, &colour(&value));
        }
    }
}

/// A mixed colour as other programs understand it.
fn colour(value: &str) -> String {
    let Some(parts) = value.strip_prefix("color(srgb ").and_then(|rest| rest.strip_suffix(')')) else {
        return value.to_owned();
    };
    let parts: Vec<String> = parts
        .split(' ')
        .take(3)
        .map(|part| ((part.parse::<f32>().unwrap_or_default() * 255.0).round() as u8).to_string())
        .collect();
    format!("rgb({})", parts.join(","))
}

/// Saves the drawing as SVG, or as PNG.
pub fn save(png: bool) {
    let svg = graph_svg();
    if svg.is_empty() {
        return;
    }
    let address = format!("data:image/svg+xml;charset=utf-8,{}", js_sys::encode_uri_component(&svg));
    if !png {
        return download(&address, "graph.svg");
    }
    let Ok(image) = HtmlImageElement::new() else { return };
    let loaded = image.clone();
    let draw = Closure::once_into_js(move || {
        if let Some(address) = picture(&loaded) {
            download(&address, "graph.png");
        }
    });
    image.set_onload(Some(draw.unchecked_ref()));
    image.set_src(&address);
}

/// An image as PNG.
fn picture(image: &HtmlImageElement) -> Option<String> {
    let (w, h) = (f64::from(image.width()), f64::from(image.height()));
    let scale = SHARPNESS.min(LONGEST / w.max(h).max(1.0));
    let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width((w * scale) as u32);
    canvas.set_height((h * scale) as u32);
    let context = context(&canvas)?;
    context.draw_image_with_html_image_element_and_dw_and_dh(image, 0.0, 0.0, w * scale, h * scale).ok()?;
    canvas.to_data_url().ok()
}

fn download(address: &str, name: &str) {
    let link = document().create_element("a").ok().and_then(|link| link.dyn_into::<HtmlElement>().ok());
    if let Some(link) = link {
        let _ = link.set_attribute("href", address);
        let _ = link.set_attribute("download", name);
        link.click();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::fixtures::layers;
    use super::super::scene::Wish;
    use super::*;

    #[test]
    fn the_whole_drawing_is_in_the_document() {
        let scene = Scene::new(Arc::new(layers(4)), &Wish::default(), &Scene::default());
        let svg = plain(&scene);
        assert_eq!(svg.matches("class=\"gnode").count(), scene.items.len());
        assert_eq!(svg.matches("<svg").count(), svg.matches("</svg>").count());
    }

    #[test]
    fn mixed_colours_are_written_as_others_read_them() {
        assert_eq!(colour("color(srgb 1 0.5 0)"), "rgb(255,128,0)");
        assert_eq!(colour("rgb(1, 2, 3)"), "rgb(1, 2, 3)");
    }
}
