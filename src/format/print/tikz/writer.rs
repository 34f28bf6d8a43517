//! Paths and nodes of a picture, in millimetres from the top left corner of the page.

use super::tex::escaped;
use crate::error::Result;
use crate::format::painting::{Contour, Frame, Layer, Lettering, Look, Page, Painter, Pen, Run, Shape, Shelf, Step};
use crate::scene::{Cap, Join};
use crate::sink::Sink;
use crate::wire::lines;
use crate::wire::number;

/// Decimals of millimetres.
const DIGITS: u32 = 2;
/// Points of TeX in a millimetre.
const POINTS: f64 = 72.27 / 25.4;
/// Points in a line of source.
const LINE: usize = 12;
/// Points in a part: what pdfTeX, whose memory is of one size, holds at a time.
const PART: usize = 25_000;

/// Parts of a picture, one over the other. pdfTeX writes each at once, as a form of its own, and forgets it.
const PARTS: &str = r"\newbox\mapbox
\ifdefined\pdfxform
  \def\mapput{\immediate\pdfxform resources{\the\pdfpageresources}\mapbox\rlap{\pdfrefxform\pdflastxform}}
\else
  \def\mapput{\rlap{\box\mapbox}}
\fi
\newenvironment{mappart}
  {\global\setbox\mapbox\hbox\bgroup\begin{tikzpicture}[x=1mm,y=-1mm,even odd rule,mapwright]\mapbounds}
  {\end{tikzpicture}\egroup\mapput\ignorespacesafterend}
";

/// Gathers paths, and the styles that stand before them.
pub struct Writer {
    page: Page,
    standalone: bool,
    any: bool,
    out: Vec<u8>,
    colors: Shelf<[u8; 3]>,
    looks: Shelf<Look>,
    letterings: Shelf<Lettering>,
    /// What began the scopes that are open, outermost first.
    scopes: Vec<Vec<u8>>,
    /// Points in this part.
    points: usize,
}

fn text(mm: f64) -> String {
    number::text(mm, 3)
}

fn share(opacity: u8) -> String {
    number::text(f64::from(opacity) / 255.0, 3)
}

impl Writer {
    /// An empty picture; `any` letter can be set.
    pub fn new(page: Page, standalone: bool, any: bool) -> Self {
        let (colors, looks, letterings) = (Shelf::new(usize::MAX), Shelf::new(usize::MAX), Shelf::new(usize::MAX));
        let out = b"\\begin{mappart}\n".to_vec();
        Self { page, standalone, any, out, colors, looks, letterings, scopes: Vec::new(), points: 0 }
    }

    /// The file.
    pub fn finish(mut self, about: [&str; 3], sink: &mut dyn Sink) -> Result<()> {
        let mut head = String::new();
        for line in about {
            head.push_str(&format!("% {}\n", lines::running(line)));
        }
        if self.standalone {
            // A page of the sheet's size without anything around it.
            let sides = [self.page.width, self.page.height].map(text);
            head.push_str(&format!(
                "\\documentclass{{article}}\n\\usepackage[paperwidth={}mm,paperheight={}mm,margin=0mm,noheadfoot]{{geometry}}\n\
                 \\usepackage{{tikz}}\n\\pagestyle{{empty}}\\parindent=0pt\\topskip=0pt\\maxdepth=0pt\n",
                sides[0], sides[1]
            ));
            head.push_str(if self.any {
                "\\usepackage{fontspec}\n\\IfFontExistsTF{Noto Sans}{\\setsansfont{Noto Sans}}{}\n"
            } else {
                "\\usepackage[T1]{fontenc}\n\\usepackage{textcomp}\n\\IfFileExists{helvet.sty}{\\usepackage{helvet}}{}\n"
            });
            head.push_str("\\begin{document}\\offinterlineskip\n");
        } else {
            let engine = if self.any { "fontspec" } else { "[T1]{fontenc}" };
            head.push_str(&format!("% Needs \\usepackage{{tikz}} and {engine}.\n"));
        }
        head.push_str("{%\n");
        head.push_str(PARTS);
        let (width, height) = (text(self.page.width), text(self.page.height));
        head.push_str(&format!("\\def\\mapbounds{{\\useasboundingbox (0,0) rectangle ({width},{height});}}\n"));
        head.push_str("\\tikzset{mapwright/.style={every node/.style={anchor=base,inner sep=0pt,outer sep=0pt,font=\\sffamily}},\n");
        let mut styles = String::new();
        let looks: Vec<Look> = self.looks.things().cloned().collect();
        for (row, look) in looks.iter().enumerate() {
            styles.push_str(&format!("  s{row}/.style={{{}}},\n", self.look(look)));
        }
        let letterings: Vec<Lettering> = self.letterings.things().copied().collect();
        for (row, lettering) in letterings.iter().enumerate() {
            styles.push_str(&format!("  t{row}/.style={{{}}},\n", self.lettering(lettering)));
        }
        head.push_str(&styles);
        head.push_str("}\n");
        for (row, [r, g, b]) in self.colors.things().enumerate() {
            head.push_str(&format!("\\definecolor{{map{row}}}{{RGB}}{{{r},{g},{b}}}\n"));
        }
        head.push_str("\\leavevmode\\hbox{%\n");
        sink.put(head.as_bytes())?;
        sink.put(&self.out)?;
        sink.put(format!("\\end{{mappart}}\\vrule width 0pt height {height}mm\\hskip {width}mm}}}}\n").as_bytes())?;
        if self.standalone { sink.put(b"\\end{document}\n") } else { Ok(()) }
    }

    fn look(&mut self, look: &Look) -> String {
        let mut keys = Vec::new();
        if let Some((fill, opacity)) = look.fill {
            keys.push(format!("fill=map{}", self.colors.row(fill)));
            if opacity < 255 {
                keys.push(format!("fill opacity={}", share(opacity)));
            }
        }
        if let Some(pen) = &look.pen {
            self.pen(pen, &mut keys);
        }
        keys.join(",")
    }

    fn pen(&mut self, pen: &Pen, keys: &mut Vec<String>) {
        keys.push(format!("draw=map{},line width={}mm", self.colors.row(pen.color), text(pen.width)));
        if pen.opacity < 255 {
            keys.push(format!("draw opacity={}", share(pen.opacity)));
        }
        match pen.cap {
            Cap::Butt => {}
            Cap::Round => keys.push("line cap=round".into()),
            Cap::Square => keys.push("line cap=rect".into()),
        }
        match pen.join {
            Join::Miter => keys.push("miter limit=2".into()),
            Join::Round => keys.push("line join=round".into()),
            Join::Bevel => keys.push("line join=bevel".into()),
        }
        if !pen.dashes.is_empty() {
            let lengths = pen.pattern();
            let words = ["on", "off"].into_iter().cycle().zip(&lengths);
            let pattern: Vec<_> = words.map(|(word, &length)| format!("{word} {}mm", text(length))).collect();
            keys.push(format!("dash pattern={}", pattern.join(" ")));
        }
    }

    fn lettering(&mut self, lettering: &Lettering) -> String {
        let Lettering { face, size, color, opacity, .. } = lettering;
        let points = number::text(size * POINTS, 2);
        let bold = if face.weight >= 600 { "\\bfseries" } else { "" };
        let slant = if face.italic { "\\itshape" } else { "" };
        let mut keys = format!(
            "text=map{},font=\\sffamily{bold}{slant}\\fontsize{{{points}}}{{{points}}}\\selectfont",
            self.colors.row(*color)
        );
        if *opacity < 255 {
            keys.push_str(&format!(",text opacity={}", share(*opacity)));
        }
        keys
    }

    fn place(&mut self, [x, y]: [f64; 2]) {
        self.out.push(b'(');
        for (row, value) in [x, y].into_iter().enumerate() {
            if row > 0 {
                self.out.push(b',');
            }
            number::fixed(&mut self.out, number::quantise(value, DIGITS), DIGITS);
        }
        self.out.push(b')');
    }

    fn trace(&mut self, contours: &[Contour]) {
        self.points += contours.iter().map(Contour::count).sum::<usize>();
        for contour in contours {
            self.place(contour.start);
            for (row, step) in contour.steps.iter().enumerate() {
                match *step {
                    Step::Line(end) => {
                        self.out.extend_from_slice(b"--");
                        self.place(end);
                    }
                    Step::Curve(a, b, end) => {
                        self.out.extend_from_slice(b"..controls");
                        self.place(a);
                        self.out.extend_from_slice(b"and");
                        self.place(b);
                        self.out.extend_from_slice(b"..");
                        self.place(end);
                    }
                }
                if row % LINE == LINE - 1 {
                    self.out.push(b'\n');
                }
            }
            if contour.steps.is_empty() {
                self.out.extend_from_slice(b"--");
                self.place(contour.start);
            }
            self.out.extend_from_slice(if contour.closed { b"--cycle\n" } else { b"\n" });
        }
        if self.out.last() == Some(&b'\n') {
            self.out.pop();
        }
        self.out.extend_from_slice(b";\n");
    }

    /// Begins a scope, in this part and in those that follow.
    fn scope(&mut self, begin: Vec<u8>) {
        self.out.extend_from_slice(&begin);
        self.scopes.push(begin);
    }

    fn unscope(&mut self) {
        self.scopes.pop();
        self.out.extend_from_slice(b"\\end{scope}\n");
    }

    /// Goes on in another part where this one is full.
    fn part(&mut self) {
        if self.points < PART {
            return;
        }
        self.points = 0;
        self.out.extend(b"\\end{scope}\n".repeat(self.scopes.len()));
        self.out.extend_from_slice(b"\\end{mappart}%\n\\begin{mappart}\n");
        self.scopes.iter().for_each(|begin| self.out.extend_from_slice(begin));
    }
}

impl Painter for Writer {
    fn begin(&mut self, layer: &Layer) -> Result<()> {
        self.out.extend_from_slice(format!("% layer {}\n", lines::running(&layer.name)).as_bytes());
        self.scope(b"\\begin{scope}\n".to_vec());
        Ok(())
    }

    fn end(&mut self) -> Result<()> {
        self.unscope();
        Ok(())
    }

    fn cut(&mut self, frame: &Frame) -> Result<()> {
        let held = std::mem::replace(&mut self.out, b"\\begin{scope}\\clip ".to_vec());
        self.trace(&frame.contours());
        let begin = std::mem::replace(&mut self.out, held);
        self.scope(begin);
        Ok(())
    }

    fn uncut(&mut self) -> Result<()> {
        self.unscope();
        Ok(())
    }

    fn shape(&mut self, shape: &Shape) -> Result<()> {
        self.part();
        let style = self.looks.row(shape.look());
        self.out.extend_from_slice(format!("\\path[s{style}] ").as_bytes());
        self.trace(&shape.contours);
        Ok(())
    }

    fn run(&mut self, run: &Run) -> Result<()> {
        let style = self.letterings.row(run.lettering());
        self.out.extend_from_slice(format!("\\node[t{style}").as_bytes());
        if run.angle != 0.0 {
            self.out.extend_from_slice(format!(",rotate={}", number::text(-run.angle.to_degrees(), 2)).as_bytes());
        }
        self.out.extend_from_slice(b"] at ");
        self.place(run.base());
        self.out.extend_from_slice(format!(" {{{}}};\n", escaped(&run.string)).as_bytes());
        Ok(())
    }

    fn letters(&mut self, shape: &Shape) -> Result<()> {
        // They are filled by the rule of their fonts.
        self.scope(b"\\begin{scope}[nonzero rule]\n".to_vec());
        self.shape(shape)?;
        self.unscope();
        Ok(())
    }
}
