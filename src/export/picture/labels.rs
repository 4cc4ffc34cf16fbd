//! Room for names: each goes to the first of a few places around its point where it hits nothing.

/// A box that is taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Taken {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl Taken {
    /// A square around a point.
    pub(super) fn around([x, y]: [f64; 2], radius: f64) -> Taken {
        Taken { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius }
    }

    fn hits(&self, other: &Taken) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }
}

/// Where a text starts (left, baseline), if there is room for it; it is then taken.
pub(super) fn place(
    taken: &mut Vec<Taken>,
    text: &str,
    [x, y]: [f64; 2],
    gap: f64,
    size: f64,
) -> Option<[f64; 2]> {
    // The mean width of a letter of the font; names hold few wide ones.
    let width = text.chars().count() as f64 * size * 0.53;
    let (above, below) = (size * 0.76, size * 0.24);
    let starts = [
        [x + gap, y + size * 0.35],
        [x - gap - width, y + size * 0.35],
        [x - width / 2.0, y + gap + above],
        [x - width / 2.0, y - gap - below],
    ];
    starts.into_iter().find(|[left, baseline]| {
        let wanted =
            Taken { left: *left, top: baseline - above, right: left + width, bottom: baseline + below };
        let free = taken.iter().all(|held| !held.hits(&wanted));
        if free {
            taken.push(wanted);
        }
        free
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_move_aside_and_then_give_way() {
        let mut taken = Vec::new();
        // Names beside a point reach 5.9 below it; with a smaller gap the name under it would hit them.
        let places: Vec<_> = (0..5).map(|_| place(&mut taken, "Pokrovsk", [0.0, 0.0], 6.0, 10.0)).collect();
        assert!(places[..4].iter().all(Option::is_some), "{places:?}");
        assert_eq!(places[4], None);
        assert_eq!(taken.len(), 4, "a name without room takes none");
    }
}
