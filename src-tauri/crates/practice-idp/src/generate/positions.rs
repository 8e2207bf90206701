//! Who does what and reports to whom, before anybody has a name. Each department is a tree under its
//! head, the heads report to the president; whoever has a manager stands after them in the list, so
//! there are no circles.

use super::pick;
use super::words::{Department, WORDS};

/// A place in the organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Position {
    /// The president has none.
    pub(super) department: Option<&'static str>,
    pub(super) title: &'static str,
    /// The place of the manager in the list.
    pub(super) manager: Option<usize>,
    pub(super) has_reports: bool,
}

/// So many places; the first is the president's.
pub(super) fn positions(people: u32, chance: &mut fastrand::Rng) -> Vec<Position> {
    let mut positions = vec![Position {
        department: None,
        title: "President",
        manager: None,
        has_reports: true,
    }];
    let mut left = people.saturating_sub(1);
    for (department, size) in WORDS.departments.iter().zip(sizes(left)) {
        let size = size.min(left);
        left -= size;
        add(department, size, &mut positions, chance);
    }
    positions
}

/// How many people each department has: one at least, as long as there are people, and the rest by
/// weight; what rounding leaves goes to the first.
fn sizes(people: u32) -> Vec<u32> {
    let weights = WORDS.departments.iter().map(|department| department.weight);
    let total: u32 = weights.clone().sum::<u32>().max(1);
    let share = |weight: u32| u64::from(people) * u64::from(weight) / u64::from(total);
    let mut sizes: Vec<u32> = weights
        .map(|weight| u32::try_from(share(weight)).unwrap_or(u32::MAX).max(1))
        .collect();
    let rest = people.saturating_sub(sizes.iter().sum());
    if let Some(first) = sizes.first_mut() {
        *first += rest;
    }
    sizes
}

fn add(
    department: &'static Department,
    size: u32,
    positions: &mut Vec<Position>,
    chance: &mut fastrand::Rng,
) {
    let (first, size) = (positions.len(), size as usize);
    let span = usize::from(chance.u8(5..10));
    for place in 0..size {
        let has_reports = place * span + 1 < size;
        let title = match place {
            0 => department.head,
            _ if has_reports => department.lead,
            _ => pick(chance, &department.titles)
                .copied()
                .unwrap_or(department.lead),
        };
        positions.push(Position {
            department: Some(department.name),
            title,
            manager: Some(place.checked_sub(1).map_or(0, |before| first + before / span)),
            has_reports,
        });
    }
}
