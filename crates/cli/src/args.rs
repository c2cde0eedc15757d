//! The command line.

use std::path::PathBuf;

use lexopt::{Arg, Parser, ValueExt};
use trainer::{Config, Init};

use crate::Failure;
use crate::run::Options;

pub(crate) const HELP: &str = "\
seegrad run FILE.py [OPTIONS]   run a PyTorch program
seegrad mnist [OPTIONS]         train softmax regression on MNIST and print its accuracy
seegrad names                   print all names that programs can use, as Markdown
seegrad help                    print this

Options of run:
  --data DIR          the folder with the four gzipped IDX files [www/data/mnist]
  --weights DIR       where files are looked for that are not in the working directory [www/weights]
  --eager             run each op at once, instead of fusing what belongs together
  --figures DIR       write each figure that is shown to a file (SVG)

Options of mnist:
  --lr LR             learning rate [0.5]
  --batch-size N      images a step [100]
  --epochs N          passes over the training set [10]
  --seed N            decides the order of the images and random weights [1]
  --init HOW          initial weights: zeros, or uniform as nn.Linear draws them [zeros]
  --file-order        take the images in the order of the file
  --data DIR          the folder with the four gzipped IDX files [www/data/mnist]";

/// Where MNIST is, seen from the project's root.
const MNIST: &str = "www/data/mnist";
/// Where trained weights are.
const WEIGHTS: &str = "www/weights";

/// What to do.
#[derive(Debug)]
pub(crate) enum Command {
    Help,
    Mnist { data: PathBuf, config: Config },
    Run(Options),
    Names,
}

pub(crate) fn parse(mut parser: Parser) -> Result<Command, Failure> {
    let usage = |why: lexopt::Error| Failure::Usage(why.to_string());
    match parser.next().map_err(usage)? {
        Some(Arg::Value(name)) if name == "mnist" => options(parser),
        Some(Arg::Value(name)) if name == "run" => program(parser),
        Some(Arg::Value(name)) if name == "names" => Ok(Command::Names),
        None | Some(Arg::Long("help") | Arg::Short('h')) => Ok(Command::Help),
        Some(Arg::Value(name)) if name == "help" => Ok(Command::Help),
        Some(other) => Err(usage(other.unexpected())),
    }
}

fn program(mut parser: Parser) -> Result<Command, Failure> {
    let usage = |why: lexopt::Error| Failure::Usage(why.to_string());
    let mut file = None;
    let (mut data, mut weights) = (PathBuf::from(MNIST), PathBuf::from(WEIGHTS));
    let (mut eager, mut figures) = (false, None);
    while let Some(arg) = parser.next().map_err(usage)? {
        match arg {
            Arg::Long("data") => data = parser.value().map_err(usage)?.into(),
            Arg::Long("weights") => weights = parser.value().map_err(usage)?.into(),
            Arg::Long("eager") => eager = true,
            Arg::Long("figures") => figures = Some(parser.value().map_err(usage)?.into()),
            Arg::Long("help") | Arg::Short('h') => return Ok(Command::Help),
            Arg::Value(name) if file.is_none() => file = Some(PathBuf::from(name)),
            other => return Err(usage(other.unexpected())),
        }
    }
    match file {
        Some(file) => Ok(Command::Run(Options { file, data, weights, eager, figures })),
        None => Err(Failure::Usage("run needs the name of a program: seegrad run FILE.py".to_owned())),
    }
}

fn options(mut parser: Parser) -> Result<Command, Failure> {
    let usage = |why: lexopt::Error| Failure::Usage(why.to_string());
    let mut data = PathBuf::from(MNIST);
    let mut config =
        Config { lr: 0.5, batch_size: 100, epochs: 10, seed: 1, init: Init::Zeros, shuffle: true };
    while let Some(arg) = parser.next().map_err(usage)? {
        match arg {
            Arg::Long("lr") => config.lr = number(&mut parser)?,
            Arg::Long("batch-size") => config.batch_size = number(&mut parser)?,
            Arg::Long("epochs") => config.epochs = number(&mut parser)?,
            Arg::Long("seed") => config.seed = number(&mut parser)?,
            Arg::Long("init") => {
                config.init = match parser.value().map_err(usage)?.to_str() {
                    Some("zeros") => Init::Zeros,
                    Some("uniform") => Init::Uniform,
                    other => {
                        return Err(Failure::Usage(format!("--init is zeros or uniform, not {other:?}")));
                    }
                }
            }
            Arg::Long("file-order") => config.shuffle = false,
            Arg::Long("data") => data = parser.value().map_err(usage)?.into(),
            Arg::Long("help") | Arg::Short('h') => return Ok(Command::Help),
            other => return Err(usage(other.unexpected())),
        }
    }
    if !(config.lr.is_finite() && config.lr > 0.0) || config.batch_size == 0 || config.epochs == 0 {
        return Err(Failure::Usage("learning rate, batch size and epochs must be above 0".to_owned()));
    }
    Ok(Command::Mnist { data, config })
}

fn number<T: std::str::FromStr>(parser: &mut Parser) -> Result<T, Failure>
where
    T::Err: std::error::Error + Send + Sync + 'static,
{
    parser.value().and_then(|value| value.parse()).map_err(|why| Failure::Usage(why.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(args: &[&str]) -> Result<Command, Failure> {
        parse(Parser::from_args(args))
    }

    #[test]
    fn options_are_read() {
        let Ok(Command::Mnist { config, .. }) =
            parsed(&["mnist", "--lr", "1e-3", "--batch-size=64", "--init", "uniform"])
        else {
            panic!("these options are sound");
        };
        assert_eq!((config.lr, config.batch_size, config.init), (1e-3, 64, Init::Uniform));
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for args in
            [&["minst"][..], &["mnist", "--lr", "fast"], &["mnist", "--batch-size", "0"], &["mnist", "--lr"]]
        {
            assert!(matches!(parsed(args), Err(Failure::Usage(_))), "{args:?}");
        }
    }
}
