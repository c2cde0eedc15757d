//! What runs beside the program: versions of it, and runs of it that show its kernels.

use std::rc::Rc;

use backend_cpu::CpuBackend;
use engine::Engine;
use lang::{Ask, Reply, Request};
use playground::{Player, Race, Schedule};
use protocol::program::ProgramEvent;

use crate::pace::now;
use crate::play::{NO_DATA, REPORT_MS, SLICE_MS, mnist, own_data, post_program};
use crate::sets::Sets;

/// The race that is run or was run last, if there is one.
#[derive(Default)]
pub(crate) struct Races {
    race: Option<Race>,
    reported: f64,
    /// Whether the end of it was told.
    told: bool,
    /// The runs that show kernels, until they have ended.
    schedule: Option<Schedule>,
}

impl Races {
    /// Takes the place of the race before. Without a text, there is none any more.
    pub(crate) fn begin(&mut self, id: u32, texts: &[String], player: &Player) {
        self.race = (!texts.is_empty()).then(|| Race::new(id, texts, player, engine));
        self.told = false;
    }

    /// Begins the runs that show kernels.
    pub(crate) fn schedule(&mut self, id: u32, text: &str, player: &Player) {
        self.schedule = Some(Schedule::new(id, text, player, engine));
    }

    /// Whether there is something to do.
    pub(crate) fn is_busy(&self) -> bool {
        self.schedule.is_some() || self.race.is_some() && !self.told
    }

    /// Runs it a little, and tells how it stands.
    pub(crate) async fn slice(&mut self, player: &Player, sets: &Sets) {
        self.schedule_slice(sets).await;
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

    async fn schedule_slice(&mut self, sets: &Sets) {
        let Some(schedule) = &mut self.schedule else { return };
        match schedule.slice(SLICE_MS) {
            Some(Request::Value(wait)) => {
                let settled = wait.settle().await;
                schedule.provide(settled);
            }
            Some(Request::Ask(ask)) => schedule.reply(answer(&ask, sets)),
            None => {}
        }
        if !schedule.is_running() {
            post_program(ProgramEvent::Schedule(Box::new(schedule.report().await)));
            self.schedule = None;
        }
    }
}

fn engine() -> Engine {
    Engine::new(Rc::new(CpuBackend::new()))
}

/// The program has been run before its versions: what it needed is there.
fn answer(ask: &Ask, sets: &Sets) -> Reply {
    let there = match ask {
        Ask::Mnist { train } => mnist(sets, *train),
        Ask::OwnData { train } => Some(own_data(sets, *train)),
        _ => None,
    };
    there.unwrap_or_else(|| Reply::Failed { class: "RuntimeError", text: NO_DATA.to_owned() })
}
