//! The end of what a program has put out: as much of it as a page can show. Text that was written piece by piece is one block.

use protocol::program::Output;

/// Lines that are shown; older ones are left out.
const MOST_LINES: usize = 2000;
/// Bytes of text that are shown, for programs that write few but long lines.
const MOST_BYTES: usize = 400_000;

/// A piece of output as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// Text.
    Text(String),
    /// Text to `sys.stderr`.
    Error(String),
    /// A figure, as SVG.
    Figure(String),
}

/// The end of the output.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tail {
    /// What is shown, oldest first.
    pub blocks: Vec<Block>,
    /// Lines and figures before it.
    pub left_out: usize,
}

impl Tail {
    /// The end of this output.
    pub fn of(output: &[Output]) -> Self {
        Self::within(output, MOST_LINES, MOST_BYTES)
    }

    fn within(output: &[Output], mut lines: usize, mut bytes: usize) -> Self {
        let mut first = output.len();
        let mut cut = 0;
        while first > 0 && lines > 0 && bytes > 0 {
            first -= 1;
            cut = match &output[first] {
                Output::Text(text) | Output::Error(text) => {
                    let begin = start(text, lines, bytes);
                    lines = lines.saturating_sub(count_lines(&text[begin..]));
                    bytes = bytes.saturating_sub(text.len() - begin);
                    begin
                }
                Output::Figure(_) => {
                    lines -= 1;
                    0
                }
            };
            if cut > 0 {
                break;
            }
        }
        let mut tail = Self::default();
        for (at, piece) in output.iter().enumerate() {
            let cut = if at == first { cut } else { 0 };
            match piece {
                Output::Text(text) | Output::Error(text) if at <= first => {
                    tail.left_out += if at == first { count_lines(&text[..cut]) } else { count_lines(text) };
                }
                Output::Figure(_) if at < first => tail.left_out += 1,
                _ => {}
            }
            if at >= first {
                tail.add(piece, cut);
            }
        }
        tail
    }

    fn add(&mut self, piece: &Output, cut: usize) {
        match (self.blocks.last_mut(), piece) {
            (Some(Block::Text(block)), Output::Text(text))
            | (Some(Block::Error(block)), Output::Error(text)) => {
                block.push_str(&text[cut..]);
            }
            (_, Output::Text(text)) => self.blocks.push(Block::Text(text[cut..].to_owned())),
            (_, Output::Error(text)) => self.blocks.push(Block::Error(text[cut..].to_owned())),
            (_, Output::Figure(svg)) => self.blocks.push(Block::Figure(svg.clone())),
        }
    }
}

/// Where the last lines of a text begin that fit.
fn start(text: &str, lines: usize, bytes: usize) -> usize {
    let mut begin = text.len();
    // The end of the last line begins no other one.
    let mut left = lines + usize::from(text.ends_with('\n'));
    for (at, _) in text.rmatch_indices('\n') {
        left -= 1;
        if left == 0 || text.len() - at > bytes {
            return at + 1;
        }
        begin = at + 1;
    }
    if text.len() <= bytes {
        return 0;
    }
    // A single line that is too long: its end, from the border of a character on.
    let mut at = begin.min(text.len() - bytes);
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

fn count_lines(text: &str) -> usize {
    text.bytes().filter(|&byte| byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Output {
        Output::Text(text.to_owned())
    }

    #[test]
    fn what_was_written_piece_by_piece_is_one_block() {
        let output = [text("a "), text("b\n"), Output::Error("oh\n".to_owned()), text("c\n")];
        let blocks = [Block::Text("a b\n".into()), Block::Error("oh\n".into()), Block::Text("c\n".into())];
        assert_eq!(Tail::of(&output), Tail { blocks: blocks.to_vec(), left_out: 0 });
    }

    #[test]
    fn only_the_last_lines_are_shown_and_the_others_counted() {
        for (lines, shown, left_out) in [
            (1, "4\n", 3),
            (2, "3\n4\n", 2),
            (3, "2\n3\n4\n", 1),
            (4, "1\n2\n3\n4\n", 0),
            (9, "1\n2\n3\n4\n", 0),
        ] {
            for output in [vec![text("1\n2\n3\n4\n")], vec![text("1\n2\n"), text("3\n"), text("4\n")]] {
                let tail = Tail::within(&output, lines, 100);
                assert_eq!(tail, Tail { blocks: vec![Block::Text(shown.into())], left_out }, "{lines}");
            }
        }
    }

    #[test]
    fn a_line_that_is_too_long_shows_its_end() {
        let tail = Tail::within(&[text("äöü")], 5, 3);
        assert_eq!(tail.blocks, [Block::Text("ü".into())]);
        let tail = Tail::within(&[text("aaaa\nbb\ncc")], 5, 6);
        assert_eq!((tail.blocks, tail.left_out), (vec![Block::Text("bb\ncc".into())], 1));
    }

    #[test]
    fn figures_count_as_lines() {
        let output = [Output::Figure("old".into()), text("a\n"), Output::Figure("new".into())];
        let tail = Tail::within(&output, 2, 100);
        let blocks = vec![Block::Text("a\n".into()), Block::Figure("new".into())];
        assert_eq!(tail, Tail { blocks, left_out: 1 });
    }
}
