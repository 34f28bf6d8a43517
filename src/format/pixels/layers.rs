//! A sheet as pixel layers: the ground, then a layer for each class, the lowest first. Laid over each other they are the
//! picture of the sheet.

use crate::error::Result;
use crate::scene::raster::{Part, Raster};
use crate::scene::{Cut, Group, Scene};
use crate::watch::Watch;

/// Most layers: more are no help to anybody, and each is as large as what it holds.
const MOST: usize = 60;
/// Most pixels of a sheet with layers: a whole one waits in memory.
pub const PIXELS: u64 = 60_000_000;

/// A layer to be drawn.
pub struct Layer<'s> {
    /// What people see in their list.
    pub name: String,
    /// Layers of one top layer lie together.
    top: &'s str,
    count: usize,
    part: Part<'s>,
}

/// The pixels of a layer, without what is see-through around them.
pub struct Pixels {
    /// Its name.
    pub name: String,
    /// Columns and rows before it.
    pub corner: [u32; 2],
    /// Width and height.
    pub size: [u32; 2],
    /// Straight RGBA.
    pub rgba: Vec<u8>,
}

/// The layers of a scene.
pub fn layers(scene: &Scene) -> Vec<Layer<'_>> {
    let mut layers = vec![Layer { name: "ground".into(), top: "", count: usize::MAX, part: Part::Ground }];
    for group in &scene.groups {
        collect(group, "", (&group.label, scene.cut(group)), &mut layers);
    }
    while layers.len() > MOST {
        // The two neighbours that hold least are joined, those of one top layer before others.
        let joined = |row: &usize| {
            let pair = layers.get(*row).zip(layers.get(row + 1));
            pair.map_or((true, usize::MAX), |(a, b)| (a.top != b.top, a.count.saturating_add(b.count)))
        };
        let Some(row) = (1..layers.len() - 1).min_by_key(joined) else { break };
        let upper = layers.remove(row + 1);
        if let Some(lower) = layers.get_mut(row) {
            lower.join(upper);
        }
    }
    layers
}

fn collect<'s>(group: &'s Group, path: &str, top: (&'s str, Option<&'s Cut>), layers: &mut Vec<Layer<'s>>) {
    let name = if path.is_empty() { group.label.clone() } else { format!("{path} / {}", group.label) };
    if !group.items.is_empty() {
        layers.push(Layer {
            name: name.clone(),
            top: top.0,
            count: group.items.len(),
            part: Part::Groups(vec![(group, top.1)]),
        });
    }
    group.groups.iter().for_each(|inner| collect(inner, &name, top, layers));
}

impl<'s> Layer<'s> {
    fn join(&mut self, upper: Self) {
        let last = upper.name.rsplit(" / ").next().unwrap_or(&upper.name);
        self.name = if self.top == upper.top {
            format!("{}, {last}", self.name)
        } else {
            format!("{}, {}", self.name, upper.name)
        };
        self.count += upper.count;
        if let (Part::Groups(own), Part::Groups(more)) = (&mut self.part, upper.part) {
            own.extend(more);
        }
    }

    /// Draws it; none where it shows nothing. The ground is there in any case.
    ///
    /// # Errors
    /// Those of drawing.
    pub fn draw(self, sheet: &Raster<'s>, watch: &mut Watch) -> Result<Option<Pixels>> {
        let ground = matches!(self.part, Part::Ground);
        let whole = sheet.of(self.part);
        let Some([left, top, right, bottom]) = whole.reach()? else { return Ok(None) };
        let (corner, size) = ([left, top], [right - left, bottom - top]);
        let mut rgba = Vec::with_capacity(size[0] as usize * size[1] as usize * 4);
        whole.window(corner, size).bands(watch, &mut |rows| {
            rgba.extend_from_slice(rows);
            Ok(())
        })?;
        let pixels = Pixels { name: self.name, corner, size, rgba };
        Ok(if ground { Some(pixels) } else { pixels.cropped() })
    }
}

impl Pixels {
    /// Without the rows and columns at its edges that are see-through; none where all are.
    fn cropped(mut self) -> Option<Self> {
        let width = self.size[0] as usize * 4;
        let seen = |row: &[u8]| row.chunks_exact(4).any(|pixel| pixel.get(3).is_some_and(|a| *a > 0));
        let rows = || self.rgba.chunks_exact(width.max(4));
        let top = rows().position(seen)?;
        let bottom = rows().rposition(seen)? + 1;
        let mut sides = [usize::MAX, 0];
        for row in rows().take(bottom).skip(top) {
            let there = |pixel: &[u8]| pixel.get(3).is_some_and(|a| *a > 0);
            let first = row.chunks_exact(4).position(there);
            let last = row.chunks_exact(4).rposition(there);
            sides = [sides[0].min(first.unwrap_or(usize::MAX)), sides[1].max(last.map_or(0, |last| last + 1))];
        }
        let [left, right] = sides;
        let mut at = 0;
        for row in top..bottom {
            let from = row * width + left * 4;
            let length = (right - left) * 4;
            self.rgba.copy_within(from..from + length, at);
            at += length;
        }
        self.rgba.truncate(at);
        self.corner = [self.corner[0] + left as u32, self.corner[1] + top as u32];
        self.size = [(right - left) as u32, (bottom - top) as u32];
        Some(self)
    }
}

/// The whole sheet in a size that has room in a square, straight RGBA.
///
/// # Errors
/// Those of drawing.
pub fn thumbnail(sheet: &Raster, side: u32, watch: &mut Watch) -> Result<([u32; 2], Vec<u8>)> {
    let mut small = sheet.reduced(sheet.width.max(sheet.height).div_ceil(side));
    let mut rgba = Vec::new();
    small.bands(watch, &mut |rows| {
        rgba.extend_from_slice(rows);
        Ok(())
    })?;
    Ok(([small.width, small.height], rgba))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_see_through_around_it_is_cut_off() {
        let mut rgba = vec![0; 4 * 3 * 4];
        rgba[(4 + 1) * 4..(4 + 3) * 4].fill(9);
        let pixels = Pixels { name: "x".into(), corner: [10, 20], size: [4, 3], rgba };
        let cropped = pixels.cropped().unwrap();
        assert_eq!((cropped.corner, cropped.size, cropped.rgba), ([11, 21], [2, 1], vec![9; 8]));
        assert!(Pixels { name: "x".into(), corner: [0; 2], size: [2, 2], rgba: vec![0; 16] }.cropped().is_none());
    }
}
