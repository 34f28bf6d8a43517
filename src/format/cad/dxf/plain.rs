//! The version before handles, R12: tables, then entities that go out while they are made.

use super::pairs::Pairs;
use crate::error::Result;
use crate::format::autocad::{APPLICATION, ATTRIBUTES, CODE_PAGE, Version, attributes, coded, drawn, index};
use crate::format::drafting::{Block, Encoder, Filling, Head, Insert, Layer, Line, On, Words};
use crate::sink::{Sink, spill};
use std::collections::BTreeMap;

/// The line type without dashes.
const CONTINUOUS: &str = "CONTINUOUS";
/// $PDMODE: a circle with a cross, so that points can be seen.
const CROSS: i64 = 34;
/// Size of points on paper, mm.
const POINT_MM: f64 = 1.0;
/// Flag of an attribute: it is not shown.
const HIDDEN: i64 = 1;
/// Flag of a table's row: something in the drawing uses it.
const USED: i64 = 64;

/// A drawing that goes out.
pub(super) struct Plain<'s> {
    pairs: Pairs,
    sink: &'s mut dyn Sink,
}

impl<'s> Plain<'s> {
    /// Everything before the entities: these are the layers that they may lie on.
    pub(super) fn new(
        version: &Version,
        head: &Head,
        (layers, blocks): &(Vec<Layer>, Vec<Block>),
        sink: &'s mut dyn Sink,
    ) -> Result<Self> {
        let mut plain = Self { pairs: Pairs::new(), sink };
        for line in head.comments() {
            plain.pairs.text(999, &line);
        }
        plain.header(version, head);
        plain.tables(head, layers);
        plain.section("BLOCKS");
        blocks.iter().for_each(|block| plain.block(block));
        plain.pairs.text(0, "ENDSEC");
        plain.section("ENTITIES");
        spill(&mut plain.pairs.out, plain.sink)?;
        Ok(plain)
    }

    /// Ends the file.
    pub(super) fn end(mut self) -> Result<()> {
        self.pairs.text(0, "ENDSEC");
        self.pairs.text(0, "EOF");
        self.sink.put(&self.pairs.out)
    }

    fn section(&mut self, name: &str) {
        self.pairs.text(0, "SECTION");
        self.pairs.text(2, name);
    }

    fn header(&mut self, version: &Version, head: &Head) {
        let [left, bottom, right, top] = head.extent;
        self.section("HEADER");
        let pairs = &mut self.pairs;
        pairs.text(9, "$ACADVER");
        pairs.text(1, version.code.as_str());
        pairs.text(9, "$DWGCODEPAGE");
        pairs.text(3, CODE_PAGE);
        pairs.text(9, "$INSBASE");
        pairs.place(10, [0.0, 0.0]);
        pairs.text(9, "$EXTMIN");
        pairs.place(10, [left, bottom]);
        pairs.text(9, "$EXTMAX");
        pairs.place(10, [right, top]);
        pairs.text(9, "$LIMMIN");
        pairs.flat(10, [left, bottom]);
        pairs.text(9, "$LIMMAX");
        pairs.flat(10, [right, top]);
        // Decimal, to the millimetre; dashes are in metres.
        for (name, value) in [("$LUNITS", 2), ("$LUPREC", 3), ("$AUNITS", 0), ("$PDMODE", CROSS)] {
            pairs.text(9, name);
            pairs.whole(70, value);
        }
        for (name, value) in [("$LTSCALE", 1.0), ("$PDSIZE", POINT_MM * head.mm)] {
            pairs.text(9, name);
            pairs.real(40, value);
        }
        pairs.text(0, "ENDSEC");
    }

    fn tables(&mut self, head: &Head, layers: &[Layer]) {
        self.section("TABLES");
        self.table("VPORT", 1);
        self.viewport(head);
        let dashed = layers.iter().filter_map(|layer| layer.dashes.as_ref()).map(|dashes| (&dashes.name, dashes));
        let dashed: BTreeMap<_, _> = dashed.collect();
        self.table("LTYPE", dashed.len() + 1);
        self.line_type(CONTINUOUS, "Solid line", &[]);
        dashed.values().for_each(|dashes| self.line_type(&dashes.name, "", &dashes.lengths));
        self.table("LAYER", layers.len() + 1);
        self.row("0", 7, CONTINUOUS);
        for layer in layers {
            let line = layer.dashes.as_ref().map_or(CONTINUOUS, |dashes| &dashes.name);
            self.row(&layer.name, index(layer.color).into(), line);
        }
        self.table("STYLE", 1);
        self.style();
        for name in ["VIEW", "UCS"] {
            self.table(name, 0);
        }
        self.table("APPID", 2);
        for name in ["ACAD", APPLICATION] {
            self.pairs.text(0, "APPID");
            self.pairs.text(2, name);
            self.pairs.whole(70, USED);
        }
        self.table("DIMSTYLE", 0);
        self.pairs.text(0, "ENDTAB");
        self.pairs.text(0, "ENDSEC");
    }

    /// Begins a table, and ends the one before.
    fn table(&mut self, name: &str, rows: usize) {
        if name != "VPORT" {
            self.pairs.text(0, "ENDTAB");
        }
        self.pairs.text(0, "TABLE");
        self.pairs.text(2, name);
        self.pairs.whole(70, rows as i64);
    }

    /// What is shown when the file is opened: all of it, from above.
    fn viewport(&mut self, head: &Head) {
        let [left, bottom, right, top] = head.extent;
        let [width, height] = [right - left, top - bottom];
        let pairs = &mut self.pairs;
        pairs.text(0, "VPORT");
        pairs.text(2, "*ACTIVE");
        pairs.whole(70, 0);
        pairs.flat(10, [0.0, 0.0]);
        pairs.flat(11, [1.0, 1.0]);
        pairs.flat(12, [left + width / 2.0, bottom + height / 2.0]);
        pairs.flat(13, [0.0, 0.0]);
        for code in [14, 15] {
            pairs.flat(code, [10.0, 10.0]);
        }
        pairs.flat(16, [0.0, 0.0]);
        pairs.real(36, 1.0);
        pairs.place(17, [0.0, 0.0]);
        pairs.real(40, height * 1.1);
        pairs.real(41, if height > 0.0 { width / height } else { 1.0 });
        for (code, value) in [(42, 50.0), (43, 0.0), (44, 0.0), (50, 0.0), (51, 0.0)] {
            pairs.real(code, value);
        }
        // Neither snap nor grid; circles in a hundred pieces.
        for (code, value) in [(71, 0), (72, 100), (73, 1), (74, 1), (75, 0), (76, 0), (77, 0), (78, 0)] {
            pairs.whole(code, value);
        }
    }

    fn line_type(&mut self, name: &str, about: &str, dashes: &[f64]) {
        let pairs = &mut self.pairs;
        pairs.text(0, "LTYPE");
        pairs.text(2, name);
        pairs.whole(70, USED);
        pairs.text(3, about);
        pairs.whole(72, i64::from(b'A'));
        pairs.whole(73, dashes.len() as i64);
        pairs.real(40, dashes.iter().sum());
        for (row, length) in dashes.iter().enumerate() {
            pairs.real(49, if row.is_multiple_of(2) { *length } else { -length });
        }
    }

    fn row(&mut self, name: &str, color: i64, line_type: &str) {
        self.pairs.text(0, "LAYER");
        self.pairs.text(2, name);
        self.pairs.whole(70, USED);
        self.pairs.whole(62, color);
        self.pairs.text(6, line_type);
    }

    /// Rings on layer 0, which look as where they are inserted.
    fn block(&mut self, block: &Block) {
        let pairs = &mut self.pairs;
        pairs.text(0, "BLOCK");
        pairs.text(8, "0");
        pairs.text(2, &block.name);
        pairs.whole(70, 0);
        pairs.place(10, [0.0, 0.0]);
        for ring in &block.rings {
            self.ring("0", ring);
        }
        self.pairs.text(0, "ENDBLK");
        self.pairs.text(8, "0");
    }

    fn ring(&mut self, layer: &str, ring: &[[f64; 2]]) {
        self.pairs.text(0, "POLYLINE");
        self.pairs.text(8, layer);
        self.pairs.whole(66, 1);
        self.pairs.place(10, [0.0, 0.0]);
        self.pairs.whole(70, 1);
        self.vertices(layer, ring, 0.0);
    }

    /// The points of a line, and its end.
    fn vertices(&mut self, layer: &str, points: &[[f64; 2]], elevation: f64) {
        for point in points {
            self.pairs.text(0, "VERTEX");
            self.pairs.text(8, layer);
            self.pairs.flat(10, *point);
            self.pairs.real(30, elevation);
        }
        self.pairs.text(0, "SEQEND");
        self.pairs.text(8, layer);
    }

    fn style(&mut self) {
        let pairs = &mut self.pairs;
        pairs.text(0, "STYLE");
        pairs.text(2, "STANDARD");
        pairs.whole(70, USED);
        for (code, value) in [(40, 0.0), (41, 1.0), (50, 0.0)] {
            pairs.real(code, value);
        }
        pairs.whole(71, 0);
        pairs.real(42, 1.0);
        pairs.text(3, "txt");
        pairs.text(4, "");
    }

    fn data(&mut self, on: &On) {
        if let Some(object) = on.object {
            self.pairs.text(1001, APPLICATION);
            object.data.iter().for_each(|text| self.pairs.text(1000, &coded(text)));
        }
    }
}

impl Encoder for Plain<'_> {
    fn layer(&mut self, _: &Layer) -> Result<()> {
        // It is in the table.
        Ok(())
    }

    fn block(&mut self, _: &Block) -> Result<()> {
        // It stands before the entities.
        Ok(())
    }

    fn point(&mut self, on: &On, at: [f64; 2]) -> Result<()> {
        self.pairs.text(0, "POINT");
        self.pairs.text(8, on.layer);
        self.pairs.place(10, at);
        self.data(on);
        spill(&mut self.pairs.out, self.sink)
    }

    fn insert(&mut self, on: &On, insert: &Insert) -> Result<()> {
        let pairs = &mut self.pairs;
        pairs.text(0, "INSERT");
        pairs.text(8, on.layer);
        pairs.whole(66, i64::from(on.object.is_some()));
        pairs.text(2, insert.block);
        pairs.place(10, insert.at);
        for code in [41, 42, 43] {
            pairs.real(code, insert.scale);
        }
        self.data(on);
        if let Some(object) = on.object {
            for (tag, value) in ATTRIBUTES.into_iter().zip(attributes(object)) {
                let pairs = &mut self.pairs;
                pairs.text(0, "ATTRIB");
                pairs.text(8, on.layer);
                pairs.place(10, insert.at);
                pairs.real(40, insert.scale);
                pairs.text(1, &value);
                pairs.text(2, tag);
                pairs.whole(70, HIDDEN);
            }
            self.pairs.text(0, "SEQEND");
            self.pairs.text(8, on.layer);
        }
        spill(&mut self.pairs.out, self.sink)
    }

    fn line(&mut self, on: &On, line: &Line) -> Result<()> {
        let pairs = &mut self.pairs;
        pairs.text(0, "POLYLINE");
        pairs.text(8, on.layer);
        pairs.whole(66, 1);
        pairs.flat(10, [0.0, 0.0]);
        pairs.real(30, line.elevation);
        if line.thickness > 0.0 {
            pairs.real(39, line.thickness);
        }
        // Dashes run on over the corners (128).
        pairs.whole(70, 128 + i64::from(line.closed));
        self.data(on);
        self.vertices(on.layer, line.points, line.elevation);
        spill(&mut self.pairs.out, self.sink)
    }

    fn filling(&mut self, _: &On, _: &Filling) -> Result<()> {
        // There is none in this version, and it is not asked for.
        Ok(())
    }

    fn text(&mut self, on: &On, words: &Words) -> Result<()> {
        let pairs = &mut self.pairs;
        pairs.text(0, "TEXT");
        pairs.text(8, on.layer);
        pairs.place(10, words.at);
        pairs.real(40, words.height);
        pairs.text(1, &drawn(words.lines.first().copied().unwrap_or_default()));
        pairs.real(50, words.angle);
        pairs.whole(72, i64::from(words.centred));
        // The place is that of the middle of its height.
        pairs.place(11, words.at);
        pairs.whole(73, 2);
        self.data(on);
        spill(&mut self.pairs.out, self.sink)
    }
}
