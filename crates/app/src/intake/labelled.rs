//! Pictures that tell by their names what they show: together they are a data set.

/// The class that a picture shows, and whether it is for learning or for testing, as its way says: `digits/train/7/a.png`, `7_a.png`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The class: 0 to 9.
    pub label: u8,
    /// Whether it belongs to the training set.
    pub train: bool,
}

/// The place of a picture. A folder that is called as a class counts before the name, which may be a number among others.
pub fn place(path: &str) -> Option<Place> {
    let mut parts = path.rsplit('/');
    let name = parts.next()?;
    let folders: Vec<&str> = parts.collect();
    let label = folders.iter().find_map(|folder| digit(folder)).or_else(|| leading(name))?;
    let lower = path.to_ascii_lowercase();
    let test = lower
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| matches!(word, "test" | "testing" | "t10k" | "val" | "valid" | "validation"));
    Some(Place { label, train: !test })
}

/// A name that is a digit and nothing else.
fn digit(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [digit @ b'0'..=b'9'] => Some(digit - b'0'),
        _ => None,
    }
}

/// The digit at the beginning of a name, apart from what follows.
fn leading(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [digit @ b'0'..=b'9', next, ..] if !next.is_ascii_alphanumeric() => Some(digit - b'0'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_folders_tell_what_a_picture_shows() {
        for (path, wanted) in [
            ("7_foo.png", Some((7, true))),
            ("0-1.jpg", Some((0, true))),
            ("3.png", Some((3, true))),
            ("3/abc.png", Some((3, true))),
            ("mnist/testing/4/7.png", Some((4, false))),
            ("set/train/9/17.png", Some((9, true))),
            ("5_test.png", Some((5, false))),
            ("8 (2).png", Some((8, true))),
            ("latest/2_a.png", Some((2, true))),
            ("17.png", None),
            ("7up.png", None),
            ("seven.png", None),
            ("", None),
        ] {
            let found = place(path).map(|place| (place.label, place.train));
            assert_eq!(found, wanted, "{path}");
        }
    }
}
