//! A page of a tensor's elements as lines of text: one line for each row of its last dimension, and long rows cut into pieces.

/// A row with more elements than this is cut.
const LONGEST_ROW: u64 = 10;
/// Into pieces of so many.
const PIECE: u64 = 8;

/// Lines of numbers, and for each line which part of the tensor it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grid {
    /// `[1, 8:]`, line by line; empty where there is one line only.
    pub places: String,
    /// The numbers, in columns of equal width.
    pub numbers: String,
}

impl Grid {
    /// Lays elements out, of which the first has this place in row-major order.
    pub fn of(shape: &[u32], offset: u64, elements: &[String]) -> Self {
        let row = shape.last().map_or(1, |&size| u64::from(size).max(1));
        let piece = if row > LONGEST_ROW { PIECE } else { row };
        let width = elements.iter().map(|element| element.chars().count()).max().unwrap_or(0);
        let mut grid = Self::default();
        for (at, element) in (offset..).zip(elements) {
            let column = at % row % piece;
            let first = at == offset;
            if first || column == 0 {
                if !first {
                    grid.places.push('\n');
                    grid.numbers.push('\n');
                }
                grid.places.push_str(&place(shape, at - column, row > piece));
                // A page may begin in the middle of a line.
                pad(&mut grid.numbers, column as usize * (width + 2));
            } else {
                grid.numbers.push_str("  ");
            }
            pad(&mut grid.numbers, width - element.chars().count());
            grid.numbers.push_str(element);
        }
        if shape.len() < 2 && !grid.numbers.contains('\n') {
            grid.places.clear();
        }
        grid
    }
}

fn pad(text: &mut String, width: usize) {
    text.extend(std::iter::repeat_n(' ', width));
}

/// The part of a tensor that begins at this element, as it would be written to index it.
fn place(shape: &[u32], at: u64, pieces: bool) -> String {
    let mut rest = at;
    let mut index: Vec<u64> = shape
        .iter()
        .rev()
        .map(|&size| {
            let size = u64::from(size).max(1);
            let here = rest % size;
            rest /= size;
            here
        })
        .collect();
    index.reverse();
    let last = index.pop().unwrap_or(0);
    let mut parts: Vec<String> = index.iter().map(u64::to_string).collect();
    if pieces {
        parts.push(format!("{last}:"));
    }
    format!("[{}]", parts.join(", "))
}

/// Sizes as PyTorch writes them: `[2, 3]`.
pub fn sizes(shape: &[u32]) -> String {
    let sizes: Vec<String> = shape.iter().map(u32::to_string).collect();
    format!("[{}]", sizes.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(shape: &[u32], offset: u64, count: u64) -> (Vec<String>, Vec<String>) {
        let elements: Vec<String> = (offset..offset + count).map(|i| format!("{i}.")).collect();
        let Grid { places, numbers } = Grid::of(shape, offset, &elements);
        let lines = |text: &str| text.lines().map(str::to_owned).collect();
        (lines(&places), lines(&numbers))
    }

    #[test]
    fn a_row_of_the_last_dimension_is_a_line() {
        let (places, numbers) = grid(&[2, 2, 3], 0, 12);
        assert_eq!(places, ["[0, 0]", "[0, 1]", "[1, 0]", "[1, 1]"]);
        assert_eq!(numbers, [" 0.   1.   2.", " 3.   4.   5.", " 6.   7.   8.", " 9.  10.  11."]);
    }

    #[test]
    fn one_line_says_nothing_about_its_place() {
        for shape in [&[][..], &[1], &[3]] {
            let (places, numbers) = grid(shape, 0, u64::from(*shape.last().unwrap_or(&1)));
            assert_eq!((places.len(), numbers.len()), (0, 1), "{shape:?}");
        }
    }

    #[test]
    fn long_rows_are_cut_and_say_where() {
        let (places, numbers) = grid(&[2, 12], 0, 24);
        assert_eq!(places, ["[0, 0:]", "[0, 8:]", "[1, 0:]", "[1, 8:]"]);
        assert_eq!(numbers[1], " 8.   9.  10.  11.");
        let (places, _) = grid(&[20], 0, 20);
        assert_eq!(places, ["[0:]", "[8:]", "[16:]"]);
    }

    #[test]
    fn a_page_may_begin_in_the_middle_of_a_row() {
        let (places, numbers) = grid(&[4, 3], 4, 4);
        assert_eq!(places, ["[1]", "[2]"]);
        assert_eq!(numbers, ["    4.  5.", "6.  7."]);
    }

    #[test]
    fn no_elements_are_no_lines() {
        assert_eq!(Grid::of(&[0, 3], 0, &[]), Grid::default());
    }
}
