//! Versions of the program that are run side by side.

use std::rc::Rc;

use backend_cpu::CpuBackend;
use engine::Engine;
use lang::{Ask, Reply, Request};
use playground::{Player, Race};
use protocol::program::ProgramEvent;

use crate::pace::now;
use crate::play::{NO_DATA, REPORT_MS, SLICE_MS, mnist, post_program};
use crate::sets::Sets;

/// The race that is run or was run last, if there is one.
#[derive(Default)]
pub(crate) struct Races {
    race: Option<Race>,
    reported: f64,
    /// Whether the end of it was told.
    told: bool,
}

impl Races {
    /// Takes the place of the race before. Without a text, there is none any more.
    pub(crate) fn begin(&mut self, id: u32, texts: &[String], player: &Player) {
        let engine = || Engine::new(Rc::new(CpuBackend::new()));
        self.race = (!texts.is_empty()).then(|| Race::new(id, texts, player, engine));
        self.told = false;
    }

    /// Whether there is something to do.
    pub(crate) fn is_busy(&self) -> bool {
        self.race.is_some() && !self.told
    }

    /// Runs it a little, and tells how it stands.
    pub(crate) async fn slice(&mut self, player: &Player, sets: &Sets) {
        let Some(race) = self.race.as_mut().filter(|_| !self.told) else { return };
        match race.slice(SLICE_MS) {
            Some(Request::Value(wait)) => {
                let settled = wait.settle().await;
                race.provide(settled);
            }
            Some(Request::Ask(ask)) => race.reply(answer(&ask, sets)),
            None => {}
        }
        // The landscape is that of the program, where its run has ended.
        let over = !race.is_running() && !player.is_running();
        if over || race.is_running() && now() - self.reported >= REPORT_MS {
            self.reported = now();
            self.told = over;
            post_program(ProgramEvent::Race(Box::new(race.report(player).await)));
        }
    }
}

/// The program has been run before its versions: what it needed is there.
fn answer(ask: &Ask, sets: &Sets) -> Reply {
    let there = match ask {
        Ask::Mnist { train } => mnist(sets, *train),
        _ => None,
    };
    there.unwrap_or_else(|| Reply::Failed { class: "RuntimeError", text: NO_DATA.to_owned() })
}
