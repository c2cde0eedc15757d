//! `seegrad run FILE.py`: runs a program as Python with PyTorch would.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::{Duration, Instant};

use backend_cpu::CpuBackend;
use engine::Engine;
use lang::{Ask, Event, Limits, Machine, Reply, Request, Stops, SyntaxError, line_of};

use crate::{Failure, data};

/// What to run, and how.
#[derive(Debug, PartialEq)]
pub(crate) struct Options {
    /// The program.
    pub(crate) file: PathBuf,
    /// The folder with MNIST.
    pub(crate) data: PathBuf,
    /// The folder in which files are looked for that are not in the working directory.
    pub(crate) weights: PathBuf,
    /// Whether each op runs at once.
    pub(crate) eager: bool,
    /// Where figures are written, if anywhere.
    pub(crate) figures: Option<PathBuf>,
}

/// How a program ended.
pub(crate) enum End {
    /// It came to its end, or left with this code.
    Exit(u8),
    /// It could not be parsed, or raised what nobody handled: that was printed.
    Failed,
}

/// Instructions between two looks at what is to be told.
const SLICE: u64 = 1_000_000;

pub(crate) fn run(options: &Options) -> Result<End, Failure> {
    let path = options.file.display().to_string();
    let failure = |why: String| Failure::File { path: path.clone(), why };
    let text = std::fs::read_to_string(&options.file).map_err(|why| failure(why.to_string()))?;
    let engine = Engine::new(Rc::new(CpuBackend::new()));
    engine.set_fused(!options.eager);
    let mut machine = Machine::new(engine, Limits::default());
    if let Err(errors) = machine.load(&text) {
        for error in errors {
            report(&path, &text, &error);
        }
        return Ok(End::Failed);
    }
    let mut host = Host { options, began: Instant::now(), figures: 0, out: std::io::stdout().lock() };
    host.drive(&mut machine).map_err(|why| failure(why.to_string()))
}

/// Prints an error of syntax as Python does.
fn report(path: &str, text: &str, error: &SyntaxError) {
    let line = line_of(text, error.span.start);
    let source = text.lines().nth(line as usize - 1).unwrap_or_default();
    let before = &text[..(error.span.start as usize).min(text.len())];
    let column = before.len() - before.rfind('\n').map_or(0, |at| at + 1);
    let trimmed = source.trim_start();
    let indent = column.saturating_sub(source.len() - trimmed.len());
    let width = (error.span.end.saturating_sub(error.span.start) as usize).clamp(1, trimmed.len().max(1));
    eprintln!(
        "  File \"{path}\", line {line}\n    {trimmed}\n    {}{}",
        " ".repeat(indent),
        "^".repeat(width)
    );
    eprintln!("{}: {}", error.kind, error.message);
    error.hint.iter().for_each(|hint| eprintln!("  {hint}"));
}

/// What a program has to do with.
struct Host<'a> {
    options: &'a Options,
    began: Instant,
    figures: usize,
    out: std::io::StdoutLock<'a>,
}

impl Host<'_> {
    fn drive(&mut self, machine: &mut Machine) -> std::io::Result<End> {
        loop {
            match machine.run(SLICE, &Stops::default()) {
                Event::Print(text) => self.out.write_all(text.as_bytes())?,
                Event::Figure(figure) => self.figure(&figure)?,
                Event::Need => self.answer(machine)?,
                Event::Line(_) | Event::Ops(..) | Event::Node(_) | Event::OptimizerStep | Event::Paused => {}
                Event::PrintError(text) => {
                    self.out.flush()?;
                    eprint!("{}", self.with_path(&text));
                }
                Event::Finished(code) => {
                    self.out.flush()?;
                    return Ok(End::Exit(code));
                }
                Event::Failed(traceback) => {
                    self.out.flush()?;
                    eprint!("{}", self.with_path(&traceback.text));
                    traceback.hint.iter().for_each(|hint| eprintln!("  {hint}"));
                    return Ok(End::Failed);
                }
            }
        }
    }

    /// Reports name the file that was run.
    fn with_path(&self, report: &str) -> String {
        let path = self.options.file.display();
        report.replace("File \"<program>\"", &format!("File \"{path}\""))
    }

    fn answer(&mut self, machine: &mut Machine) -> std::io::Result<()> {
        match machine.request() {
            None => {}
            Some(Request::Value(wait)) => machine.provide(pollster::block_on(wait.settle())),
            Some(Request::Ask(ask)) => {
                self.out.flush()?;
                let reply = self.reply(ask);
                machine.reply(reply);
            }
        }
        Ok(())
    }

    fn reply(&self, ask: Ask) -> Reply {
        match ask {
            Ask::Mnist { train } => match data::load_part(&self.options.data, train) {
                Ok(set) => mnist(set),
                Err(why) => missing(&why),
            },
            Ask::OwnData { of, train } => match data::load_other(&self.options.data, &of, train) {
                Ok(Some(set)) => mnist(set),
                Ok(None) => missing(&format!(
                    "no {of} in {}: put its files there, or name another folder with --data",
                    self.options.data.join(&of).join("raw").display()
                )),
                Err(why) => missing(&why),
            },
            Ask::ReadFile(path) => match self.read_file(&path) {
                Ok(bytes) => Reply::File(bytes.into()),
                Err(why) => failed(&why, &path),
            },
            Ask::WriteFile(path, bytes) => match write_file(&path, &bytes) {
                Ok(()) => Reply::Done,
                Err(why) => failed(&why, &path),
            },
            Ask::Time => Reply::Time(self.time()),
            Ask::Sleep(seconds) => {
                std::thread::sleep(Duration::try_from_secs_f64(seconds).unwrap_or_default());
                Reply::Done
            }
        }
    }

    /// A file; what the page brings along is found in any working directory.
    fn read_file(&self, path: &str) -> std::io::Result<Vec<u8>> {
        std::fs::read(path).or_else(|why| std::fs::read(self.options.weights.join(path)).map_err(|_| why))
    }

    /// Seconds since 1970, which never go back.
    fn time(&self) -> f64 {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        let start = now.saturating_sub(self.began.elapsed());
        (start + self.began.elapsed()).as_secs_f64()
    }

    fn figure(&mut self, figure: &lang::Figure) -> std::io::Result<()> {
        self.figures += 1;
        match &self.options.figures {
            Some(folder) => write_figure(folder, self.figures, figure),
            None => Ok(()),
        }
    }
}

fn mnist(set: data::Set) -> Reply {
    Reply::Mnist { images: set.images.pixels, labels: set.labels.shared() }
}

fn missing(why: &dyn std::fmt::Display) -> Reply {
    Reply::Failed { class: "RuntimeError", text: format!("Dataset not found: {why}") }
}

fn write_figure(folder: &Path, number: usize, figure: &lang::Figure) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join(format!("figure-{number:03}.svg")), figure.to_svg())
}

/// Writes a file. A program that has called `os.makedirs` counts on its folder, which exists only now.
fn write_file(path: &str, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = Path::new(path).parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, bytes)
}

/// The exception for a file that cannot be read or written, in Python's words.
fn failed(why: &std::io::Error, path: &str) -> Reply {
    let (class, number, text) = match why.kind() {
        std::io::ErrorKind::NotFound => ("FileNotFoundError", 2, "No such file or directory"),
        std::io::ErrorKind::PermissionDenied => ("PermissionError", 13, "Permission denied"),
        std::io::ErrorKind::IsADirectory => ("IsADirectoryError", 21, "Is a directory"),
        _ => ("OSError", 5, "Input/output error"),
    };
    Reply::Failed { class, text: format!("[Errno {number}] {text}: '{path}'") }
}
