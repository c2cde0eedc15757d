//! A model card: what a model is, how it was made and how well it does, as Markdown.

use leptos::prelude::*;

use super::model::of_kind;
use crate::components::Page;
use crate::format::{count, percent};

/// The card of the program's model, where its run stands.
pub fn card(page: Page) -> String {
    let program = page.state.program;
    let facts = program.lab.card.get_untracked();
    let list = |kind: &str| of_kind(&facts, kind).map(str::to_owned).collect::<Vec<_>>();
    let mut text = "# Model\n".to_owned();
    let mut section = |title: &str, lines: &[String]| {
        if !lines.is_empty() {
            text.push_str(&format!("\n## {title}\n\n{}\n", lines.join("\n")));
        }
    };
    let code = |all: Vec<String>| all.into_iter().map(|part| format!("```\n{part}\n```")).collect::<Vec<_>>();
    section("Layers", &code(list("model")));
    let parameter = |fact: String| format!("- `{}`", fact.replace('\t', "` "));
    section("Parameters", &list("parameter").into_iter().map(parameter).collect::<Vec<_>>());
    section("Optimizer", &code(list("optimizer")));
    section("Data", &list("data").into_iter().map(|fact| format!("- {fact}")).collect::<Vec<_>>());
    section("Training", &training(page, &list("seed")));
    section("Program", &[format!("```python\n{}\n```", program.text.get_untracked().trim_end())]);
    text
}

fn training(page: Page, seeds: &[String]) -> Vec<String> {
    let program = page.state.program;
    let mut lines: Vec<String> = seeds.iter().map(|seed| format!("- Seed: {seed}")).collect();
    if let Some(position) = program.position.get_untracked() {
        lines.push(format!("- Steps of the optimizer: {}", count(position.steps)));
    }
    let tested =
        program.lab.tested.get_untracked().filter(|tested| tested.count == tested.of && tested.of > 0);
    if let Some(tested) = tested {
        let right: u32 = tested.confusion.iter().step_by(protocol::CLASSES + 1).sum();
        let part = right as f32 / tested.count as f32;
        lines.push(format!("- Test accuracy: {} of {} images", percent(part), count(tested.count.into())));
    }
    program.lab.measured.with_untracked(|all| {
        if let Some(last) = all.last() {
            let (train, test) = (percent(last.train.1), percent(last.test.1));
            lines.push(format!(
                "- Accuracy on the first {} images: {train} (training set), {test} (test set), at step {}",
                count(last.images.into()),
                count(last.steps)
            ));
        }
    });
    lines
}
