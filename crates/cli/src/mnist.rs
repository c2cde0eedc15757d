//! `seegrad mnist`: trains softmax regression and prints the accuracy on the test set.

use std::path::Path;
use std::rc::Rc;
use std::time::Instant;

use backend_cpu::CpuBackend;
use engine::{Engine, HostData};
use trainer::{Config, Data, Log, Trainer};

use crate::{Failure, data};

/// How many steps are taken between two looks at the losses.
const STEPS_A_LOOK: usize = 512;

pub(crate) fn run(folder: &Path, config: Config) -> Result<(), Failure> {
    let (train, test) = data::load(folder)?;
    let engine = Engine::new(Rc::new(CpuBackend::new()));
    engine.set_fused(true);
    let images = Data::upload(&engine, &train.images.pixels, train.labels.as_slice())?;
    let unseen = Data::upload(&engine, &test.images.pixels, test.labels.as_slice())?;
    let mut trainer = Trainer::new(&engine, config)?;
    let mut log = Log::new(&engine, STEPS_A_LOOK)?;
    let began = Instant::now();
    for epoch in 1..=config.epochs {
        let loss = train_epoch(&mut trainer, &images, &mut log)?;
        let [_, accuracy] = score(&trainer, &unseen)?;
        println!("epoch {epoch:2}  loss {loss:.4}  test accuracy {:.2} %", 100.0 * accuracy);
    }
    println!("{} steps in {:.1} s", trainer.steps(), began.elapsed().as_secs_f64());
    Ok(())
}

/// Steps to the end of the epoch under way; the mean loss.
fn train_epoch(trainer: &mut Trainer, data: &Data, log: &mut Log) -> Result<f64, Failure> {
    let epoch = trainer.position(data.len()).epoch;
    let (mut total, mut steps) = (0.0, 0u64);
    while trainer.position(data.len()).epoch == epoch {
        trainer.step(data, Some(log))?;
        if log.is_full() || trainer.position(data.len()).epoch != epoch {
            let first = trainer.steps() + 1;
            let entries = pollster::block_on(log.take())?;
            for (i, entry) in entries.iter().enumerate() {
                if !entry.loss.is_finite() {
                    return Err(Failure::NotFinite { step: first - (entries.len() - i) as u64 });
                }
                total += f64::from(entry.loss);
            }
            steps += entries.len() as u64;
        }
    }
    Ok(total / steps as f64)
}

/// The mean loss and the accuracy on a whole set.
fn score(trainer: &Trainer, data: &Data) -> Result<[f32; 2], Failure> {
    let values = pollster::block_on(trainer.model().score(data)?.read()).map(HostData::into_f32)?;
    Ok([values[0], values[1]])
}
