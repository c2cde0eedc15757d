//! What the page knows of the program: its text, and one signal for each thing that the worker tells of its run. Components read them;
//! only [`Program::apply`] writes what the worker tells.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;
use protocol::program::{
    Detail, Diagnostic, Evaluated, Graph, Inline, LossPoint, Output, Place, Position, ProgramEvent,
    ProgramState, Race, SavedFile, Schedule, Unit,
};

use crate::console::Console;
use crate::curves::Curves;
use crate::lab::Lab;

/// The signals of the program. Cheap to copy: each is a handle.
#[derive(Clone, Copy)]
pub struct Program {
    /// The text, as it stands in the editor. To change it is to edit: the editor takes over what differs, so that it can be undone.
    pub text: RwSignal<String>,
    /// Counts the programs that were opened. At each, the text is another program's: what was done to the one before is not undone in it.
    pub opened: RwSignal<u32>,
    /// Whether the text is not to be run before the user agrees: it is long, and came with a link.
    pub held: RwSignal<bool>,
    /// The text whose run was lost with its worker: it runs again when the user asks for it, or changes it.
    pub lost: RwSignal<Option<String>>,
    /// Counts the texts that were sent to the worker.
    pub edition: RwSignal<u32>,
    /// Where the run stands.
    pub position: RwSignal<Option<Position>>,
    /// What was printed and shown.
    pub output: RwSignal<Vec<Output>>,
    /// What is wrong.
    pub diagnostics: RwSignal<Vec<Diagnostic>>,
    /// What was recorded: of the last text that could run.
    pub graph: RwSignal<Arc<Graph>>,
    /// The losses so far.
    pub losses: RwSignal<Vec<LossPoint>>,
    /// Short values behind lines.
    pub inline: RwSignal<Vec<Inline>>,
    /// Everything about the chosen node.
    pub detail: RwSignal<Option<Arc<Detail>>>,
    /// What was evaluated in the console, the newest last.
    pub answers: RwSignal<Vec<Evaluated>>,
    /// The files that the program has written, the newest of each name.
    pub saved: RwSignal<Vec<SavedFile>>,
    /// The node that the inspector shows.
    pub chosen: RwSignal<Option<u32>>,
    /// What the pointer or the focus is on, anywhere on the page.
    pub pointed: RwSignal<Option<Spot>>,
    /// The lines with breakpoints, counted from 1.
    pub breakpoints: RwSignal<BTreeSet<u32>>,
    /// By what it is stepped.
    pub unit: RwSignal<Unit>,
    /// The losses of this run and of those before it, as curves.
    pub curves: RwSignal<Curves>,
    /// How the race stands that was begun last.
    pub race: RwSignal<Option<Arc<Race>>>,
    /// The kernels of the program, as they were asked for last.
    pub schedule: RwSignal<Option<Arc<Schedule>>>,
    /// What is known of its model.
    pub lab: Lab,
    /// Whether texts go on from the present moment, once that is pinned, and not from their start.
    pub fork: RwSignal<bool>,
    /// What was typed into the console.
    pub console: RwSignal<Console>,
    /// The files that the user has given to the program: their names and sizes in bytes.
    pub given: RwSignal<Vec<(String, u64)>>,
}

/// One thing, in whichever view it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// A node of the graph.
    Node(u32),
    /// A line of the text, counted from 1.
    Line(u32),
}

impl Default for Program {
    fn default() -> Self {
        Self {
            text: RwSignal::new(String::new()),
            opened: RwSignal::new(0),
            held: RwSignal::new(false),
            lost: RwSignal::new(None),
            edition: RwSignal::new(0),
            position: RwSignal::new(None),
            output: RwSignal::new(Vec::new()),
            diagnostics: RwSignal::new(Vec::new()),
            graph: RwSignal::new(Arc::default()),
            losses: RwSignal::new(Vec::new()),
            inline: RwSignal::new(Vec::new()),
            detail: RwSignal::new(None),
            answers: RwSignal::new(Vec::new()),
            saved: RwSignal::new(Vec::new()),
            chosen: RwSignal::new(None),
            pointed: RwSignal::new(None),
            breakpoints: RwSignal::new(BTreeSet::new()),
            unit: RwSignal::new(Unit::default()),
            curves: RwSignal::new(Curves::default()),
            race: RwSignal::new(None),
            schedule: RwSignal::new(None),
            lab: Lab::default(),
            fork: RwSignal::new(false),
            console: RwSignal::new(Console::default()),
            given: RwSignal::new(Vec::new()),
        }
    }
}

/// Output that is kept: what is older is left out, as a terminal does.
const MOST_OUTPUT: usize = 20_000;

impl Program {
    /// Takes in what the worker tells.
    pub fn apply(&self, event: ProgramEvent) {
        match event {
            ProgramEvent::Position(position) => {
                let was_pinned = self
                    .position
                    .with_untracked(|before| before.as_ref().is_some_and(|p| p.pinned.is_some()));
                if was_pinned && position.pinned.is_none() {
                    // A lost device takes the pinned moment with it.
                    self.fork.set(false);
                }
                self.position.set(Some(position));
            }
            ProgramEvent::Output(more) => self.output.update(|output| {
                output.extend(more);
                let excess = output.len().saturating_sub(MOST_OUTPUT);
                output.drain(..excess);
            }),
            ProgramEvent::Rewound(output) => self.output.set(output),
            ProgramEvent::Diagnostics(all) => self.diagnostics.set(all),
            ProgramEvent::Graph(graph) => self.graph.set(Arc::from(graph)),
            ProgramEvent::Losses(losses) => self.losses.set(losses),
            ProgramEvent::Inline(values) => self.inline.set(values),
            ProgramEvent::Detail(detail) => self.detail.set(Some(Arc::from(detail))),
            ProgramEvent::Evaluated(answer) => self.answers.update(|answers| answers.push(answer)),
            ProgramEvent::Saved(file) => self.saved.update(|files| {
                files.retain(|old| old.name != file.name);
                files.push(file);
            }),
            ProgramEvent::Schedule(schedule) => self.schedule.set(Some(Arc::from(schedule))),
            ProgramEvent::Lab(event) => self.lab.apply(event),
            ProgramEvent::Race(race) => self.race.set(Some(Arc::from(race))),
        }
    }

    /// Takes up another program.
    pub fn open(&self, text: String) {
        self.held.set(false);
        self.fork.set(false);
        self.breakpoints.set(BTreeSet::new());
        self.chosen.set(None);
        self.opened.update(|count| *count = count.wrapping_add(1));
        self.text.set(text);
    }

    /// The worker is lost, and the run with it. What it has told stays on show.
    pub fn lose_run(&self) {
        if self.edition.get_untracked() > 0 {
            self.lost.set(Some(self.text.get_untracked()));
        }
        self.position.set(None);
    }

    /// Whether there is a lost run to begin again.
    pub fn is_lost(&self) -> bool {
        self.position.with(Option::is_none) && self.lost.with(Option::is_some)
    }

    /// How the run does.
    pub fn state(&self) -> ProgramState {
        self.position.with(|position| position.as_ref().map_or(ProgramState::Empty, |p| p.state.clone()))
    }

    /// Replaces some bytes of the text, each place by its own text; what does not lie in the text is left alone.
    pub fn edit(&self, edits: &[(Place, String)]) {
        let text = self.text.get_untracked();
        self.text.set(edited(&text, edits));
    }
}

/// A text with some places replaced. Places that overlap others, or do not lie on the borders of characters, are left alone.
pub fn edited(text: &str, edits: &[(Place, String)]) -> String {
    let mut edits: Vec<_> = edits.iter().collect();
    sorting::sort_by_key(&mut edits, |(place, _)| place.start);
    let (mut out, mut at) = (String::new(), 0);
    for (place, new) in edits {
        let (start, end) = (place.start as usize, place.end as usize);
        if start < at || text.get(start..end).is_none() {
            continue;
        }
        out.push_str(&text[at..start]);
        out.push_str(new);
        at = end;
    }
    out.push_str(&text[at..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(start: u32, end: u32) -> Place {
        Place { start, end }
    }

    #[test]
    fn edits_are_made_where_they_were_meant_whatever_their_order() {
        let edits = [(place(4, 5), "40".to_owned()), (place(0, 1), "yy".to_owned())];
        assert_eq!(edited("x = 3\n", &edits), "yy = 40\n");
    }

    #[test]
    fn edits_that_do_not_fit_are_left_alone() {
        let text = "ä = 3";
        for bad in [place(1, 2), place(4, 99), place(3, 2)] {
            assert_eq!(edited(text, &[(bad, "z".to_owned())]), text);
        }
        let twice = [(place(0, 2), "a".to_owned()), (place(1, 3), "b".to_owned())];
        assert_eq!(edited("xyz", &twice), "az");
    }
}
