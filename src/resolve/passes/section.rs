//! Section: the heading's oblast or axis, and the sector that the paragraph is about.

use crate::resolve::scene::{Degrees, Draft, Scene, km};
use crate::resolve::signal::Signal;

/// The kilometres at which nearness to the axis has fallen to half.
const HALF_KM: f32 = 20.0;

pub(super) fn look(scene: &Scene, mention: usize, drafts: &mut [Draft]) {
    let block = scene.outline.sentences[scene.mentions[mention].sentence].block;
    let heading = scene.outline.blocks[block].heading;
    let mut points: [Option<Degrees>; 6] = [None; 6];
    let mut found = 0;
    let in_heading = heading.map(|heading| scene.mentions_in(heading)).unwrap_or_default();
    for at in in_heading.chain(scene.sectors_in(block)) {
        let Some(settled) = scene.meaning(at) else { continue };
        if scene.name_of[at] == scene.name_of[mention] {
            continue;
        }
        if settled.class.is_unit() {
            for draft in drafts.iter_mut() {
                if draft.facts.lies_in(settled.place) && draft.hit.place != settled.place {
                    draft.signals[Signal::SectionUnit] = 1.0;
                }
            }
        } else if found < points.len() {
            points[found] = settled.point;
            found += 1;
        }
    }
    for draft in drafts {
        let Some(point) = draft.facts.point else { continue };
        let nearest = points.iter().flatten().map(|axis| km(point, *axis)).fold(f32::INFINITY, f32::min);
        if nearest.is_finite() {
            draft.signals[Signal::SectionNear] = 1.0 / (1.0 + (nearest / HALF_KM).powi(2));
        }
    }
}

impl Scene<'_> {
    /// The mentions of a block.
    fn mentions_in(&self, block: usize) -> std::ops::Range<usize> {
        let span = self.outline.blocks[block].span;
        let first = self.mentions.partition_point(|m| m.span.start < span.start);
        let end = self.mentions.partition_point(|m| m.span.start < span.end);
        first..end
    }

    /// The mentions of a block that name its sector.
    fn sectors_in(&self, block: usize) -> impl Iterator<Item = usize> {
        let mentions = self.mentions_in(block);
        let first = self.sectors.partition_point(|&at| at < mentions.start);
        self.sectors[first..].iter().copied().take_while(move |&at| at < mentions.end).take(4)
    }
}
