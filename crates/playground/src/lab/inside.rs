//! The last moment inside a function: a program that does its work in `main()` has let go of its model when that has ended.

use std::cell::Cell;

use lang::{Event, History, Machine, Progress, Stops};

use crate::player::Player;

/// Instructions at a time.
const LEG: u64 = 20_000;

impl Player {
    /// The machine as it stood before the last line of the outermost function that has ended before this clock, as far as the last kept
    /// moment reaches.
    pub(super) async fn last_inside(&self, clock: u64) -> Option<Machine> {
        let earlier = clock.checked_sub(1)?;
        let last = Cell::new(None);
        let stops = Stops { lines: Some(2), ..Stops::default() };
        let mut watch = |machine: &Machine, event: &Event| {
            if matches!(event, Event::Line(_)) && machine.depth() == 2 {
                last.set(Some(machine.clock()));
            }
        };
        replayed(&self.history, earlier, clock, &stops, &mut watch).await?;
        let line = last.get()?;
        replayed(&self.history, earlier, line, &Stops::default(), &mut |_, _| {}).await
    }
}

async fn replayed(
    history: &History,
    latest: u64,
    clock: u64,
    stops: &Stops,
    watch: &mut dyn FnMut(&Machine, &Event),
) -> Option<Machine> {
    let mut replay = history.seek_from(latest, clock)?;
    loop {
        replay = match replay.run_watched(LEG, stops, watch) {
            Progress::Arrived(machine) => return Some(*machine),
            Progress::Going(replay) => *replay,
            Progress::Waiting(mut replay, wait) => {
                let settled = wait.settle().await;
                replay.provide(settled);
                *replay
            }
        };
    }
}
