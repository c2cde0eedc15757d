//! Several versions of a program side by side: each with an engine of its own, in turns.

mod lane;
mod printed;
mod surface;

use engine::Engine;
use lang::Request;
use protocol::program;

use crate::pin::Files;
use crate::player::Player;
pub use lane::Lane;

/// Versions that are run at most.
const MOST: usize = 8;
/// Milliseconds of one version before it is the next one's turn.
const TURN_MS: f64 = 4.0;

/// A race.
pub struct Race {
    id: u32,
    lanes: Vec<Lane>,
    engines: Vec<Engine>,
    /// Whose turn it is.
    turn: usize,
    now: fn() -> f64,
    landscape: Option<program::Landscape>,
    ways: Vec<Vec<program::Stand>>,
    note: Option<String>,
}

impl Race {
    /// At the start of each of these texts. `engine` makes the device of one.
    pub fn new(id: u32, texts: &[String], player: &Player, engine: impl Fn() -> Engine) -> Self {
        let engines: Vec<Engine> = texts.iter().take(MOST).map(|_| engine()).collect();
        let files: &Files = &player.files;
        let lanes: Vec<Lane> = engines
            .iter()
            .zip(texts)
            .map(|(engine, text)| Lane::new(engine, None, text, files, true))
            .collect();
        let ways = vec![Vec::new(); lanes.len()];
        Self { id, lanes, engines, turn: 0, now: player.now, landscape: None, ways, note: None }
    }

    /// Whether a version runs.
    pub fn is_running(&self) -> bool {
        self.lanes.iter().any(Lane::is_running)
    }

    /// Runs for so many milliseconds at most, each version in turn. Gives back what a version asks for, and that version.
    pub fn slice(&mut self, millis: f64) -> Option<(Request, &mut Lane)> {
        let end = (self.now)() + millis;
        while self.is_running() && (self.now)() < end {
            if let Some(request) = self.lanes[self.turn].slice(TURN_MS, self.now) {
                return Some((request, &mut self.lanes[self.turn]));
            }
            self.pass_on();
        }
        None
    }

    fn pass_on(&mut self) {
        self.turn = (self.turn + 1) % self.lanes.len().max(1);
    }

    /// How it stands. When all versions have come to their end, the landscape of the program's own loss is found: `player` is that
    /// program, at the end of its run.
    pub async fn report(&mut self, player: &Player) -> program::Race {
        for lane in &mut self.lanes {
            lane.read_losses().await;
        }
        if !self.is_running() && self.landscape.is_none() && self.note.is_none() {
            for engine in &self.engines {
                engine.set_watcher(None);
            }
            match surface::of(player, &self.lanes).await {
                Ok((landscape, ways)) => (self.landscape, self.ways) = (Some(landscape), ways),
                Err(reason) => self.note = Some(reason.to_owned()),
            }
        }
        let lanes = self.lanes.iter().zip(&self.ways).map(|(lane, way)| program::Lane {
            state: lane.state.clone(),
            message: lane.message.clone(),
            losses: lane.losses.clone(),
            accuracies: lane.accuracies.clone(),
            millis: lane.millis,
            way: way.clone(),
        });
        program::Race {
            id: self.id,
            lanes: lanes.collect(),
            landscape: self.landscape.clone(),
            note: self.note.clone(),
        }
    }
}
