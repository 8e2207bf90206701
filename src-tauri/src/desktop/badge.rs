//! The status icon's picture: the application's icon with a sign in its corner. The signs differ
//! in shape, not only in colour.

/// What the icon says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// All is well.
    Idle,
    /// A sync is under way: a ring.
    Syncing,
    /// Somebody should look: a triangle.
    Attention,
    /// The server does not listen: a square.
    Stopped,
}

type Color = [u8; 4];

const BLUE: Color = [0x0f, 0x6c, 0xbd, 0xff];
const ORANGE: Color = [0xbc, 0x4b, 0x09, 0xff];
const RED: Color = [0xb1, 0x0e, 0x1c, 0xff];
const EDGE: Color = [0xff, 0xff, 0xff, 0xff];

/// The picture with its sign, as RGBA rows; `width` pixels are one row.
pub(super) fn painted(rgba: &[u8], width: u32, sign: Sign) -> Vec<u8> {
    let width = width.max(1);
    let mut painted = rgba.to_vec();
    let size = f64::from(width);
    // The sign fills the lower right quarter.
    let (radius, center) = (size * 0.28, size * 0.71);
    for (place, pixel) in (0_u32..).zip(painted.chunks_exact_mut(4)) {
        let x = (f64::from(place % width) + 0.5 - center) / radius;
        let y = (f64::from(place / width) + 0.5 - center) / radius;
        if let Some(color) = color_at(sign, x, y) {
            pixel.copy_from_slice(&color);
        }
    }
    painted
}

/// The sign's colour at a point, with its middle at 0 and its rim at 1.
fn color_at(sign: Sign, x: f64, y: f64) -> Option<Color> {
    let round = x.hypot(y);
    let (inside, color) = match sign {
        Sign::Idle => return None,
        Sign::Syncing => (if round < 0.45 { 2.0 } else { round }, BLUE),
        Sign::Attention => (triangle(x, y), ORANGE),
        Sign::Stopped => (x.abs().max(y.abs()), RED),
    };
    match inside {
        inside if inside <= 0.82 => Some(color),
        inside if inside <= 1.0 => Some(EDGE),
        _ if sign == Sign::Syncing && round < 0.45 => Some(EDGE),
        _ => None,
    }
}

/// How far a point is from the middle of a triangle that stands on its side; 1 on the rim.
fn triangle(x: f64, y: f64) -> f64 {
    let slope = (x.abs() * 1.7 - y) / 1.1;
    slope.max(y / 0.9)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(sign: Sign) -> Vec<bool> {
        let blank = vec![0; 32 * 32 * 4];
        painted(&blank, 32, sign)
            .chunks_exact(4)
            .map(|pixel| pixel[3] > 0 && pixel != EDGE)
            .collect()
    }

    #[test]
    fn every_state_has_a_shape_of_its_own() {
        let shapes = [Sign::Idle, Sign::Syncing, Sign::Attention, Sign::Stopped].map(shape);
        for (place, one) in shapes.iter().enumerate() {
            for other in &shapes[place + 1..] {
                assert_ne!(one, other);
            }
        }
        assert!(shapes[0].iter().all(|painted| !painted), "idle is the plain icon");
        assert!(
            shapes[1..]
                .iter()
                .all(|shape| shape.iter().any(|painted| *painted))
        );
    }
}
