//! What runs beside the program: versions of it, and runs of it that show its kernels.

use std::rc::Rc;

use backend_cpu::CpuBackend;
use engine::Engine;
use lang::{Ask, Reply, Request};
use playground::{Lane, Player, Race, Schedule};
use protocol::program::ProgramEvent;

use crate::pace::{now, sleep};
use crate::play::{NAP_MS, NO_DATA, REPORT_MS, SLICE_MS, post_program};
use crate::sets::{Sets, mnist, own_data};

/// The time between two reports, as a multiple of what one takes: most of the time belongs to the runs.
const PAUSES: f64 = 6.0;

/// The race that is run or was run last, if there is one.
#[derive(Default)]
pub(crate) struct Races {
    race: Option<Race>,
    /// When it is told next how it stands.
    due: f64,
    /// Whether the end of it was told.
    told: bool,
    /// Whether the data set was asked for.
    asked: bool,
    /// The runs that show kernels, until they have ended.
    schedule: Option<Schedule>,
}

impl Races {
    /// Takes the place of the race before. Without a text, there is none any more.
    pub(crate) fn begin(&mut self, id: u32, texts: &[String], player: &Player) {
        self.race = (!texts.is_empty()).then(|| Race::new(id, texts, player, engine));
        self.told = false;
        self.due = 0.0;
        self.asked = false;
    }

    /// Begins the runs that show kernels.
    pub(crate) fn schedule(&mut self, id: u32, text: &str, player: &Player) {
        self.schedule = Some(Schedule::new(id, text, player, engine));
        self.asked = false;
    }

    /// Whether there is something to do.
    pub(crate) fn is_busy(&self) -> bool {
        self.schedule.is_some() || self.race.is_some() && !self.told
    }

    /// Runs it a little, and tells how it stands. Whether it needs the data set to be loaded.
    pub(crate) async fn slice(&mut self, player: &Player, sets: &Sets, loading: bool) -> bool {
        let missing = self.schedule_slice(sets, loading).await | self.race_slice(player, sets, loading).await;
        if missing {
            sleep(NAP_MS).await;
        }
        // What could not be loaded is asked for once.
        missing && !loading && !std::mem::replace(&mut self.asked, true)
    }

    /// Whether data are missing: the version asks for them again, if it is not answered.
    async fn race_slice(&mut self, player: &Player, sets: &Sets, loading: bool) -> bool {
        let wait = loading || !self.asked;
        let Some(race) = self.race.as_mut().filter(|_| !self.told) else { return false };
        if is_missing(race.slice(SLICE_MS), sets, wait).await {
            return true;
        }
        // The landscape is that of the program, where its run has ended.
        let over = !race.is_running() && !player.is_running();
        let began = now();
        if over || race.is_running() && began >= self.due {
            self.told = over;
            post_program(ProgramEvent::Race(Box::new(race.report(player).await)));
            let ended = now();
            self.due = ended + ((ended - began) * PAUSES).max(REPORT_MS);
        }
        false
    }

    async fn schedule_slice(&mut self, sets: &Sets, loading: bool) -> bool {
        let wait = loading || !self.asked;
        let Some(schedule) = &mut self.schedule else { return false };
        if is_missing(schedule.slice(SLICE_MS), sets, wait).await {
            return true;
        }
        if !schedule.is_running() {
            post_program(ProgramEvent::Schedule(Box::new(schedule.report().await)));
            self.schedule = None;
        }
        false
    }
}

fn engine() -> Engine {
    Engine::new(Rc::new(CpuBackend::new()))
}

/// Gives a version what it has asked for. Whether that is data which may still come.
async fn is_missing(asked: Option<(Request, &mut Lane)>, sets: &Sets, may_come: bool) -> bool {
    match asked {
        Some((Request::Value(wait), lane)) => lane.provide(wait.settle().await),
        Some((Request::Ask(ask), lane)) => match answer(&ask, sets, may_come) {
            Some(reply) => lane.reply(reply),
            None => return true,
        },
        None => {}
    }
    false
}

/// What a version asks for; nothing while the data set may still come.
fn answer(ask: &Ask, sets: &Sets, wait: bool) -> Option<Reply> {
    let there = match ask {
        Ask::Mnist { train } => mnist(sets, *train),
        Ask::OwnData { train, .. } => Some(own_data(sets, *train)),
        _ => None,
    };
    let may_come = wait && matches!(ask, Ask::Mnist { .. });
    if there.is_none() && may_come {
        return None;
    }
    Some(there.unwrap_or_else(|| Reply::Failed { class: "RuntimeError", text: NO_DATA.to_owned() }))
}
