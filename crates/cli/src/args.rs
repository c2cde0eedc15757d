//! The command line.

use std::path::PathBuf;

use lexopt::{Arg, Parser};

use crate::Failure;
use crate::run::Options;

pub(crate) const HELP: &str = "\
seegrad run FILE.py [OPTIONS]   run a PyTorch program
seegrad names                   print all names that programs can use, as Markdown
seegrad help                    print this

Options of run:
  --data DIR          the folder with the IDX files of MNIST or another data set, or with folders such as
                      FashionMNIST/raw [www/data/mnist]
  --weights DIR       where files are looked for that are not in the working directory [www/weights]
  --eager             run each op at once, instead of fusing what belongs together
  --figures DIR       write each figure that is shown to a file (SVG)";

/// Where MNIST is, seen from the project's root.
const MNIST: &str = "www/data/mnist";
/// Where trained weights are.
const WEIGHTS: &str = "www/weights";

/// What to do.
#[derive(Debug)]
pub(crate) enum Command {
    Help,
    Run(Options),
    Names,
}

pub(crate) fn parse(mut parser: Parser) -> Result<Command, Failure> {
    let usage = |why: lexopt::Error| Failure::Usage(why.to_string());
    match parser.next().map_err(usage)? {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(args: &[&str]) -> Result<Command, Failure> {
        parse(Parser::from_args(args))
    }

    #[test]
    fn options_are_read() {
        let Ok(Command::Run(options)) = parsed(&["run", "--eager", "fit.py", "--data=mnist"]) else {
            panic!("these options are sound");
        };
        assert_eq!((options.file, options.data), (PathBuf::from("fit.py"), PathBuf::from("mnist")));
        assert!(options.eager && options.figures.is_none());
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for args in [&["rnu"][..], &["run"], &["run", "a.py", "b.py"], &["run", "a.py", "--data"]] {
            assert!(matches!(parsed(args), Err(Failure::Usage(_))), "{args:?}");
        }
    }
}
