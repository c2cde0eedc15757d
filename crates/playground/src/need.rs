//! What a program needs from outside, and the files of its folder.

use std::rc::Rc;

use lang::{Ask, Machine, Reply, Request, Settled};
use protocol::program::{Output, ProgramState, SavedFile};

use crate::pin::Files;
use crate::player::Player;

/// Files that every program finds, though nobody has put them into its folder: trained weights, which are fetched when they are first
/// asked for. They lie in `www/weights`.
pub const SHIPPED: [&str; 2] = ["digits_conv.safetensors", "digits_softmax.safetensors"];
/// Pieces of output that are kept.
const MOST_OUTPUT: usize = 20_000;

impl Player {
    /// What is needed before it goes on. Files are answered here, except for those of [`SHIPPED`] that are not in the folder yet.
    pub fn request(&mut self) -> Option<Request> {
        let request = self.machine.as_mut()?.request()?;
        let Request::Ask(ask) = request else { return Some(request) };
        let reply = match &ask {
            Ask::ReadFile(name) if self.is_to_be_fetched(name) => return Some(Request::Ask(ask)),
            Ask::ReadFile(name) => read_file(&self.files, name),
            Ask::WriteFile(name, content) => {
                let name = file_name(name).to_owned();
                self.files.insert(name.clone(), Rc::clone(content));
                self.saved.push(SavedFile { name, content: content.to_vec().into() });
                Reply::Done
            }
            Ask::Mnist { .. } | Ask::OwnData { .. } | Ask::Time | Ask::Sleep(_) => {
                return Some(Request::Ask(ask));
            }
        };
        self.reply(reply);
        None
    }

    fn is_to_be_fetched(&self, path: &str) -> bool {
        let name = file_name(path);
        SHIPPED.contains(&name) && !self.files.contains_key(name)
    }

    /// Gives a value that was waited for.
    pub fn provide(&mut self, value: Settled) {
        if let Some(machine) = &mut self.machine {
            machine.provide(value);
        }
    }

    /// Answers a question.
    pub fn reply(&mut self, reply: Reply) {
        if let Some(machine) = &mut self.machine {
            self.history.answered(machine, reply.clone());
            machine.reply(reply);
        }
    }

    /// Waits for something that takes a while, or goes on.
    pub fn set_waiting(&mut self, for_what: Option<&str>) {
        match (&self.state, for_what) {
            (ProgramState::Running, Some(what)) => self.state = ProgramState::Waiting(what.to_owned()),
            (ProgramState::Waiting(_), None) => self.state = ProgramState::Running,
            _ => {}
        }
    }

    /// Puts a file into the program's folder.
    pub fn put_file(&mut self, name: &str, content: Vec<u8>) {
        self.files.insert(file_name(name).to_owned(), content.into());
    }

    /// Answers a program that asks for a file with what is in its folder now.
    pub fn reply_file(&mut self, path: &str) {
        let reply = read_file(&self.files, path);
        self.reply(reply);
    }

    /// The files that were written since this was called last.
    pub fn take_saved(&mut self) -> Vec<SavedFile> {
        std::mem::take(&mut self.saved)
    }

    /// Puts something out.
    pub(crate) fn put_out(&mut self, clock: u64, output: Output) {
        let untold = self.output_told < self.output.len();
        match (self.output.last_mut(), &output) {
            // What was not told yet may grow: `print` with several texts.
            (Some((at, Output::Text(last))), Output::Text(more)) if *at == clock && untold => {
                last.push_str(more);
            }
            _ => self.output.push((clock, output)),
        }
        if self.output.len() > MOST_OUTPUT {
            let excess = self.output.len() - MOST_OUTPUT;
            self.output.drain(..excess);
            self.output_told = self.output_told.saturating_sub(excess);
        }
    }

    /// What was put out since this was called last.
    pub fn take_output(&mut self) -> Vec<Output> {
        let known = self.known_output();
        let fresh = self.output[self.output_told.min(known)..known].iter().map(|(_, output)| output.clone());
        let fresh = fresh.collect();
        self.output_told = known;
        fresh
    }

    /// How much of what was ever put out was so before the present.
    pub(crate) fn known_output(&self) -> usize {
        let clock = self.machine.as_ref().map_or(0, Machine::clock);
        self.output.partition_point(|(at, _)| *at <= clock)
    }
}

/// The folder of a program is flat.
pub(crate) fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// What a program hears that reads a file of its folder.
pub(crate) fn read_file(files: &Files, name: &str) -> Reply {
    match files.get(file_name(name)) {
        Some(content) => Reply::File(Rc::clone(content)),
        None => Reply::Failed {
            class: "FileNotFoundError",
            text: format!("[Errno 2] No such file or directory: '{name}'"),
        },
    }
}
