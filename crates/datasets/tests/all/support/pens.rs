//! Redraws digits of MNIST with a pen on the pad, ten units to a pixel.

use datasets::digit::Stroke;
use datasets::mnist::SIDE;

/// The least value of a pixel that is redrawn.
const DARK: u8 = 128;

fn unit(pixel: usize) -> f32 {
    10.0 * pixel as f32 + 5.0
}

/// A stroke along each horizontal run of dark pixels.
pub fn runs(image: &[u8], width: f32) -> Vec<Stroke> {
    let mut strokes = Vec::new();
    for (y, row) in image.chunks_exact(SIDE).enumerate() {
        let mut x = 0;
        while x < SIDE {
            let start = x;
            while x < SIDE && row[x] >= DARK {
                x += 1;
            }
            if x > start {
                strokes.push(Stroke::pen(width, &[(unit(start), unit(y)), (unit(x - 1), unit(y))]));
            }
            x += 1;
        }
    }
    strokes
}

/// A stroke along each edge of the digit's skeleton: near to how a hand would trace it.
pub fn skeleton(image: &[u8], width: f32) -> Vec<Stroke> {
    let thin = thinned(image);
    let mut strokes = Vec::new();
    for at in (0..thin.len()).filter(|&at| thin[at]) {
        let (x, y) = (at % SIDE, at / SIDE);
        let here = (unit(x), unit(y));
        // Each edge once: to the right, and to the three pixels below.
        let ahead = [(x + 1, y), (x.wrapping_sub(1), y + 1), (x, y + 1), (x + 1, y + 1)];
        let edges = ahead.into_iter().filter(|&(x, y)| x < SIDE && y < SIDE && thin[y * SIDE + x]);
        let ends: Vec<_> = edges.map(|(x, y)| (unit(x), unit(y))).collect();
        strokes.push(Stroke::pen(width, &[here]));
        strokes.extend(ends.into_iter().map(|end| Stroke::pen(width, &[here, end])));
    }
    strokes
}

/// The dark pixels thinned to lines one pixel wide, by the rules of Zhang and Suen (1984).
fn thinned(image: &[u8]) -> Vec<bool> {
    let mut dark: Vec<bool> = image.iter().map(|&value| value >= DARK).collect();
    loop {
        let before = dark.clone();
        for pass in [0, 1] {
            let removed: Vec<usize> = (0..dark.len()).filter(|&at| is_removable(&dark, at, pass)).collect();
            removed.into_iter().for_each(|at| dark[at] = false);
        }
        if dark == before {
            return dark;
        }
    }
}

fn is_removable(dark: &[bool], at: usize, pass: usize) -> bool {
    let (x, y) = (at % SIDE, at / SIDE);
    if !dark[at] || x == 0 || y == 0 || x == SIDE - 1 || y == SIDE - 1 {
        return false;
    }
    // The eight neighbours, clockwise from the one above.
    let ring =
        [at - SIDE, at - SIDE + 1, at + 1, at + SIDE + 1, at + SIDE, at + SIDE - 1, at - 1, at - SIDE - 1];
    let ring = ring.map(|neighbour| dark[neighbour]);
    let count = ring.iter().filter(|dark| **dark).count();
    let starts = (0..8).filter(|&i| !ring[i] && ring[(i + 1) % 8]).count();
    let [north, east, south, west] = [ring[0], ring[2], ring[4], ring[6]];
    let open = match pass {
        0 => !(east && south && (north || west)),
        _ => !(north && west && (east || south)),
    };
    (2..=6).contains(&count) && starts == 1 && open
}
