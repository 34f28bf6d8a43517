//! Tables that instructions refer to by row, counted from 1: colours, dashes, pens, line styles, outlines.

use super::instruction::{end, tag};
use crate::error::{Error, Result};
use crate::format::painting::Pen;
use crate::scene::{Cap, Join};
use crate::wire::record::Little;

/// Units in a millimetre.
pub const UNITS: f64 = 10_000.0;

/// The rows of all tables.
#[derive(Default)]
pub struct Tables {
    colors: Vec<[u8; 3]>,
    dashes: Vec<Vec<u16>>,
    pens: Vec<i32>,
    styles: Vec<[u8; 2]>,
    outlines: Vec<[u16; 6]>,
}

/// The row of a thing, which is there from now on.
fn row<T: PartialEq>(list: &mut Vec<T>, thing: T) -> Result<u16> {
    let row = list.iter().position(|known| *known == thing).unwrap_or_else(|| {
        list.push(thing);
        list.len() - 1
    });
    u16::try_from(row + 1).map_err(|_| Error::TooLarge("CMX has at most 65,535 colours and pens".into()))
}

impl Tables {
    /// The row of a colour.
    pub fn color(&mut self, color: [u8; 3]) -> Result<u16> {
        row(&mut self.colors, color)
    }

    /// The row of an outline.
    pub fn outline(&mut self, pen: &Pen) -> Result<u16> {
        let dashes = dashes(pen);
        let cap = match pen.cap {
            Cap::Butt => 0,
            Cap::Round => 1,
            Cap::Square => 2,
        };
        let join = match pen.join {
            Join::Miter => 0,
            Join::Round => 1,
            Join::Bevel => 2,
        };
        let spec = if dashes.is_empty() { 2 } else { 4 };
        let style = row(&mut self.styles, [spec, cap | join << 4])?;
        let color = self.color(pen.color)?;
        let width = (libm::round(pen.width * UNITS) as i32).max(1);
        let pen = row(&mut self.pens, width)?;
        let dash = row(&mut self.dashes, dashes)?;
        row(&mut self.outlines, [style, 1, color, 1, pen, dash])
    }

    /// Names and bytes of the chunks, with the numbers under which the index has them.
    pub fn chunks(&self) -> Result<Vec<([u8; 4], u16, Little)>> {
        let colors = table(&self.colors, |out, color| {
            tag(out, 1, |tag| Ok(_ = tag.u8(5).u8(5)))?;
            tag(out, 2, |tag| Ok(_ = tag.put(color)))
        })?;
        let dashes = table(&self.dashes, |out, dashes| {
            tag(out, 1, |tag| {
                tag.u16(dashes.len() as u16);
                dashes.iter().for_each(|&dash| {
                    tag.u16(dash);
                });
                Ok(())
            })
        })?;
        let pens = table(&self.pens, |out, &width| tag(out, 1, |tag| Ok(_ = tag.i32(width).u16(100).i32(0).u16(1))))?;
        let styles = table(&self.styles, |out, style| tag(out, 1, |tag| Ok(_ = tag.put(style))))?;
        let outlines = table(&self.outlines, |out, outline| {
            tag(out, 1, |tag| {
                outline.iter().for_each(|&row| {
                    tag.u16(row);
                });
                Ok(())
            })
        })?;
        let arrows = table(&[()], |out, ()| tag(out, 1, |tag| Ok(_ = tag.u16(0).u16(0))))?;
        let screens = table(&[()], |out, ()| tag(out, 1, |tag| Ok(_ = tag.u16(0))))?;
        Ok(vec![
            (*b"rotl", 15, outlines),
            (*b"rott", 16, styles),
            (*b"rpen", 19, pens),
            (*b"rdot", 20, dashes),
            (*b"rota", 17, arrows),
            (*b"rclr", 21, colors),
            (*b"rscr", 18, screens),
        ])
    }
}

/// Dashes as multiples of the line's width, as programs of Corel count them.
pub fn dashes(pen: &Pen) -> Vec<u16> {
    let times = |&dash: &f64| libm::round(dash / pen.width.max(1e-3)).clamp(1.0, 60_000.0) as u16;
    pen.pattern().iter().map(times).take(10).collect()
}

fn table<T>(rows: &[T], mut write: impl FnMut(&mut Little, &T) -> Result<()>) -> Result<Little> {
    let mut out = Little::new();
    out.u16(rows.len() as u16);
    for row in rows {
        write(&mut out, row)?;
        end(&mut out);
    }
    Ok(out)
}
