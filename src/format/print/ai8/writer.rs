//! A sheet as Illustrator's operators, an operator a line.

use crate::error::Result;
use crate::format::painting::{Contour, Frame, Label, Layer, Page, Painter, Pen, Run, Shape, Step, conventions};
use crate::scene::{Cap, Join, Scene};
use crate::sink::Sink;
use crate::wire::codepage::CodePage;
use crate::wire::number;
use std::collections::BTreeSet;

/// Points (1/72 inch) in a millimetre, and their decimals.
const POINTS: f64 = 72.0 / 25.4;
const DIGITS: u32 = 2;
/// Colours of layers in Illustrator's panel.
const COLORS: [[u8; 3]; 6] =
    [[79, 128, 255], [255, 79, 79], [79, 255, 79], [79, 79, 255], [255, 255, 79], [255, 79, 255]];
/// What draws the operators: paths of a compound path are gathered and drawn at its end; text sets its matrix, then shows.
const PROLOG: &str = "/MapwrightAI8 80 dict def MapwrightAI8 begin/bd{bind def}bind def
/compound false def/last{}def/pend{compound{/last exch def}{exec newpath}ifelse}bd
/Xa{/fb exch def/fg exch def/fr exch def}bd/XA{/sb exch def/sg exch def/sr exch def}bd
/sf{fr fg fb setrgbcolor}bd/ss{sr sg sb setrgbcolor}bd
/m{moveto}bd/L{lineto}bd/l{lineto}bd/C{curveto}bd/c{curveto}bd
/f{closepath{sf eofill}pend}bd/F{{sf eofill}pend}bd/s{closepath{ss stroke}pend}bd/S{{ss stroke}pend}bd
/b{closepath{gsave sf eofill grestore ss stroke}pend}bd/B{{gsave sf eofill grestore ss stroke}pend}bd
/n{closepath{}pend}bd/N{{}pend}bd/W{closepath eoclip}bd/q{gsave}bd/Q{grestore}bd
/*u{/compound true def/last{}def}bd/*U{/compound false def last newpath}bd/u{}bd/U{}bd
/w{setlinewidth}bd/J{setlinecap}bd/j{setlinejoin}bd/M{setmiterlimit}bd/d{setdash}bd/i{pop}bd
/A{pop}bd/O{pop}bd/R{pop}bd/D{pop}bd/XR{pop}bd/Ap{pop}bd/Xw{pop}bd
/Lb{10{pop}repeat}bd/Ln{pop}bd/LB{}bd
/To{pop}bd/TO{}bd/TP{}bd/Tr{pop}bd/Tp{pop 6 array astore/tm exch def}bd/Tf{/ts exch def/tf exch def}bd
/Tx{gsave tm concat 0 0 moveto sf tf findfont ts scalefont setfont show grestore}bd
/TE{counttomark array astore exch pop/en StandardEncoding 256 array copy def/at 0 def
{dup type/integertype eq{/at exch def}{en at 3 -1 roll put/at at 1 add def}ifelse}forall}bd
/TZ{pop pop pop findfont dup length dict begin{1 index/FID ne{def}{pop pop}ifelse}forall/Encoding en def currentdict end
definefont pop pop}bd
";
/// The upper half of Windows-1252 by the names of its glyphs.
const ENCODING: &str =
    "[39/quotesingle 96/grave 128/Euro 130/quotesinglbase/florin/quotedblbase/ellipsis/dagger/daggerdbl/circumflex
/perthousand/Scaron/guilsinglleft/OE 142/Zcaron 145/quoteleft/quoteright/quotedblleft/quotedblright/bullet/endash
/emdash/tilde/trademark/scaron/guilsinglright/oe 158/zcaron/Ydieresis/space/exclamdown/cent/sterling/currency/yen
/brokenbar/section/dieresis/copyright/ordfeminine/guillemotleft/logicalnot/hyphen/registered/macron/degree/plusminus
/twosuperior/threesuperior/acute/mu/paragraph/periodcentered/cedilla/onesuperior/ordmasculine/guillemotright/onequarter
/onehalf/threequarters/questiondown/Agrave/Aacute/Acircumflex/Atilde/Adieresis/Aring/AE/Ccedilla/Egrave/Eacute
/Ecircumflex/Edieresis/Igrave/Iacute/Icircumflex/Idieresis/Eth/Ntilde/Ograve/Oacute/Ocircumflex/Otilde/Odieresis
/multiply/Oslash/Ugrave/Uacute/Ucircumflex/Udieresis/Yacute/Thorn/germandbls/agrave/aacute/acircumflex/atilde/adieresis
/aring/ae/ccedilla/egrave/eacute/ecircumflex/edieresis/igrave/iacute/icircumflex/idieresis/eth/ntilde/ograve/oacute
/ocircumflex/otilde/odieresis/divide/oslash/ugrave/uacute/ucircumflex/udieresis/yacute/thorn/ydieresis
TE
";

/// The drawing while it is written.
pub struct Writer {
    page: Page,
    out: Vec<u8>,
    layers: usize,
    open: bool,
    fonts: BTreeSet<String>,
    fill: Option<[u8; 3]>,
    pen: Option<Pen>,
}

impl Writer {
    /// Of a page.
    pub fn new(page: Page) -> Self {
        Self { page, out: Vec::new(), layers: 0, open: false, fonts: BTreeSet::new(), fill: None, pen: None }
    }

    /// Header, prolog, fonts, drawing.
    pub fn finish(self, scene: &Scene, provenance: &str, sink: &mut dyn Sink) -> Result<()> {
        let [w, h] = [self.page.width, self.page.height].map(|side| number::text(side * POINTS, 4));
        let whole = [self.page.width, self.page.height].map(|side| number::text(libm::ceil(side * POINTS), 0));
        let half = [self.page.width, self.page.height].map(|side| number::text(side * POINTS / 2.0, 2));
        let ([whole_w, whole_h], [half_w, half_h]) = (whole, half);
        let mut head = String::from("%!PS-Adobe-3.0 \n%%Creator: Adobe Illustrator(R) 8.0 (mapwright)\n");
        head.push_str(&conventions::about(scene, provenance));
        head.push_str(&format!(
            "%%BoundingBox: 0 0 {whole_w} {whole_h}\n%%HiResBoundingBox: 0 0 {w} {h}\n%%DocumentData: Clean7Bit\n\
             %%LanguageLevel: 2\n%AI5_FileFormat 4.0\n%AI3_ColorUsage: Color\n%AI3_TemplateBox: {half_w} {half_h} {half_w} {half_h}\n\
             %AI3_TileBox: 0 0 {w} {h}\n%AI3_DocumentPreview: None\n%AI5_ArtSize: {w} {h}\n%AI5_RulerUnits: 1\n\
             %AI5_ArtFlags: 1 0 0 1 0 0 1 1 0\n%AI5_TargetResolution: 800\n%AI5_NumLayers: {}\n%%EndComments\n%%BeginProlog\n{PROLOG}\
             end\n%%EndProlog\n%%BeginSetup\nMapwrightAI8 begin\n",
            self.layers
        ));
        if !self.fonts.is_empty() {
            head.push_str(ENCODING);
            for name in &self.fonts {
                head.push_str(&format!(
                    "%AI3_BeginEncoding: _{name} {name}\n[/_{name}/{name} 0 0 1 TZ\n%AI3_EndEncoding AdobeType\n"
                ));
            }
        }
        head.push_str("%%EndSetup\n");
        sink.put(head.as_bytes())?;
        sink.put(&self.out)?;
        sink.put(b"%%PageTrailer\nend\nshowpage\n%%Trailer\n%%EOF\n")
    }

    fn line(&mut self, line: &str) {
        self.out.extend_from_slice(line.as_bytes());
        self.out.push(b'\n');
    }

    fn point(&mut self, [x, y]: [f64; 2]) {
        for side in [x * POINTS, (self.page.height - y) * POINTS] {
            number::fixed(&mut self.out, number::quantise(side, DIGITS), DIGITS);
            self.out.push(b' ');
        }
    }

    /// The operators of a contour; what draws it follows.
    fn trace(&mut self, contour: &Contour) {
        self.point(contour.start);
        self.out.extend_from_slice(b"m\n");
        for step in &contour.steps {
            match *step {
                Step::Line(end) => {
                    self.point(end);
                    self.out.extend_from_slice(b"L\n");
                }
                Step::Curve(a, b, end) => {
                    [a, b, end].into_iter().for_each(|place| self.point(place));
                    self.out.extend_from_slice(b"C\n");
                }
            }
        }
        if contour.closed {
            self.point(contour.start);
            self.out.extend_from_slice(b"L\n");
        } else if contour.steps.is_empty() {
            // A line of no length still shows its round ends.
            self.point(contour.start);
            self.out.extend_from_slice(b"L\n");
        }
    }

    fn fill(&mut self, color: [u8; 3]) {
        if self.fill.replace(color) != Some(color) {
            let line = format!("{} Xa", shares(color));
            self.line(&line);
        }
    }

    fn pen(&mut self, pen: &Pen) {
        if self.pen.as_ref() == Some(pen) {
            return;
        }
        let length = |mm: f64| number::text(mm * POINTS, DIGITS);
        let ends = match pen.cap {
            Cap::Butt => 0,
            Cap::Round => 1,
            Cap::Square => 2,
        };
        let corners = match pen.join {
            Join::Miter => 0,
            Join::Round => 1,
            Join::Bevel => 2,
        };
        let dashes: Vec<_> = pen.dashes.iter().map(|&dash| length(dash)).collect();
        let (color, width) = (shares(pen.color), length(pen.width));
        let line = format!("{color} XA\n0 i {ends} J {corners} j {width} w 2 M [{}]0 d", dashes.join(" "));
        self.line(&line);
        self.pen = Some(pen.clone());
    }
}

/// Red, green and blue from 0 to 1.
fn shares(color: [u8; 3]) -> String {
    color.map(|part| number::text(f64::from(part) / 255.0, 4)).join(" ")
}

/// Text in parentheses, in ASCII and codes.
fn string(text: &str) -> String {
    let mut bytes = Vec::new();
    CodePage::Western.encode(&mut bytes, text);
    let mut out = String::from("(");
    for byte in bytes.into_iter().take(200) {
        match byte {
            b'(' | b')' | b'\\' => {
                out.push('\\');
                out.push(byte.into());
            }
            b' '..=b'~' => out.push(byte.into()),
            _ => out.push_str(&format!("\\{byte:03o}")),
        }
    }
    out + ")"
}

impl Painter for Writer {
    fn begin(&mut self, layer: &Layer) -> Result<()> {
        self.end()?;
        if layer.objects == 0 {
            return Ok(());
        }
        let [r, g, b] = COLORS.get(self.layers % COLORS.len()).copied().unwrap_or_default();
        let index = self.layers % COLORS.len();
        let line =
            format!("%AI5_BeginLayer\n1 1 1 1 0 0 {index} {r} {g} {b} Lb\n{} Ln\n0 A\n1 XR", string(&layer.name));
        self.line(&line);
        self.layers += 1;
        self.open = true;
        Ok(())
    }

    fn end(&mut self) -> Result<()> {
        if std::mem::take(&mut self.open) {
            self.line("LB\n%AI5_EndLayer--");
        }
        Ok(())
    }

    fn cut(&mut self, frame: &Frame) -> Result<()> {
        self.line("q");
        frame.contours().iter().for_each(|contour| self.trace(contour));
        self.line("W\nn");
        Ok(())
    }

    fn uncut(&mut self) -> Result<()> {
        self.line("Q");
        (self.fill, self.pen) = (None, None);
        Ok(())
    }

    fn shape(&mut self, shape: &Shape) -> Result<()> {
        if let Some(color) = shape.fill {
            self.fill(color);
        }
        if let Some(pen) = &shape.pen {
            self.pen(pen);
        }
        let compound = shape.contours.len() > 1;
        if compound {
            self.line("*u");
        }
        for contour in &shape.contours {
            self.trace(contour);
            self.line(match (shape.fill.is_some(), shape.pen.is_some(), contour.closed) {
                (true, true, true) => "b",
                (true, true, false) => "B",
                (true, false, true) => "f",
                (true, false, false) => "F",
                (false, true, true) => "s",
                (false, true, false) => "S",
                (false, false, _) => "N",
            });
        }
        if compound {
            self.line("*U");
        }
        Ok(())
    }

    fn run(&mut self, run: &Run) -> Result<()> {
        let name = run.face.postscript_name();
        self.fonts.insert(name.clone());
        let (sin, cos) = (libm::sin(run.angle), libm::cos(run.angle));
        self.out.extend_from_slice(b"0 To\n");
        for part in [cos, -sin, sin, cos] {
            number::fixed(&mut self.out, number::quantise(part, 5), 5);
            self.out.push(b' ');
        }
        self.point(run.at);
        self.out.extend_from_slice(b"0 Tp\nTP\n0 Tr\n");
        self.fill(run.color);
        let size = number::text(run.size * POINTS, 2);
        let line = format!("/_{name} {size} Tf\n{} Tx\nTO", string(&run.string));
        self.line(&line);
        Ok(())
    }

    fn group(&mut self, _: &Label) -> Result<()> {
        self.line("u");
        Ok(())
    }

    fn ungroup(&mut self) -> Result<()> {
        self.line("U");
        Ok(())
    }
}
