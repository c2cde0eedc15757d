//! What is wrong, where, and what mends it.

use engine::Span;
use lang::{SyntaxError, Traceback, line_of};
use protocol::program::{Diagnostic, Place, Severity};

use crate::graph::Graph;
use crate::record::Record;

/// An error of syntax.
pub(crate) fn syntax(error: &SyntaxError) -> Diagnostic {
    Diagnostic {
        severity: Severity::Error,
        place: place(error.span),
        message: format!("{}: {}", error.kind, error.message),
        hint: error.hint.clone(),
        fix: None,
        node: None,
    }
}

fn place(span: Span) -> Place {
    Place { start: span.start, end: span.end }
}

/// An exception that ended the program.
pub(crate) fn failure(traceback: &Traceback, text: &str, graph: &Graph) -> Diagnostic {
    let message = traceback.text.trim_end();
    // The message may have several lines: it begins behind the last line of the trace.
    let lines: Vec<&str> = message.lines().collect();
    let last = lines.iter().rposition(|line| line.starts_with("  ")).map_or(0, |line| line + 1);
    let message = lines[last..].join("\n");
    let span = traceback.span.unwrap_or_default();
    let newest =
        |record: &&Record| record.span.is_some_and(|its| its.start < span.end && span.start < its.end);
    let node =
        graph.records.iter().rev().find(newest).or_else(|| graph.records.back()).map(|record| record.id);
    let fix = if message.contains("second time") { retain_graph(text, span) } else { None };
    Diagnostic {
        severity: Severity::Error,
        place: place(span),
        message,
        hint: traceback.hint.clone(),
        fix,
        node: traceback.span.and(node),
    }
}

/// `loss.backward(retain_graph=True)` instead of the first `backward()` before.
fn retain_graph(text: &str, span: Span) -> Option<(Place, String)> {
    let calls: Vec<usize> = text.match_indices(".backward()").map(|(at, _)| at).collect();
    let before = calls.iter().rev().find(|at| **at < span.start as usize).or_else(|| calls.first())?;
    let inside = (before + ".backward(".len()) as u32;
    Some((Place { start: inside, end: inside }, "retain_graph=True".to_owned()))
}

/// Likely mistakes in a run that has not failed.
pub(crate) fn warnings(text: &str, graph: &Graph) -> Vec<Diagnostic> {
    let mut all = Vec::new();
    all.extend(
        graph.stale_gradient.and_then(|id| graph.get(id)).map(|record| missing_zero_grad(text, record)),
    );
    all
}

/// Gradients of an earlier step were added to.
fn missing_zero_grad(text: &str, record: &Record) -> Diagnostic {
    let at = text.find(".backward(").unwrap_or(0);
    let line_start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let line_end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    let optimizer = text.find(".step(").map(|step| {
        let before = &text[..step];
        let start =
            before.rfind(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.')).map_or(0, |end| end + 1);
        before[start..].to_owned()
    });
    let indent: String = text[line_start..].chars().take_while(|c| *c == ' ' || *c == '\t').collect();
    let fix = optimizer.filter(|name| !name.is_empty()).map(|name| {
        let start = line_start as u32;
        (Place { start, end: start }, format!("{indent}{name}.zero_grad()\n"))
    });
    Diagnostic {
        severity: Severity::Warning,
        place: Place { start: (line_start + indent.len()) as u32, end: line_end as u32 },
        message: format!(
            "backward() adds to the gradients of the step before (line {}).",
            line_of(text, at as u32)
        ),
        hint: Some(
            "Call optimizer.zero_grad() before loss.backward(), unless adding up is what you want."
                .to_owned(),
        ),
        fix,
        node: Some(record.id),
    }
}
