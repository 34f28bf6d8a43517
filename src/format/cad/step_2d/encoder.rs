//! The lines of a drawing as curves of a wireframe, which go out while they are made.

use super::exchange::{Exchange, list, real, text};
use crate::error::Result;
use crate::format::autocad::rgb;
use crate::format::drafting::{Block, Encoder, Filling, Head, Insert, Layer, Line, On, Pattern, Words};
use crate::sink::{Sink, spill};
use std::collections::BTreeMap;

/// The smallest distance that counts, metres: places are a millimetre apart at least.
const RESOLUTION: f64 = 1e-4;
/// Width of lines for which the style has none, and size of points, mm.
const WIDTH_MM: f64 = 0.25;
const POINT_MM: f64 = 1.0;
/// Black, for what is black on white and white on black.
const INK: [u8; 3] = [0; 3];

/// A drawing that goes out.
pub(super) struct Step<'s> {
    exchange: Exchange,
    sink: &'s mut dyn Sink,
    /// Instances of the whole: the shape of the part, the context of its coordinates, its origin.
    shape: u64,
    context: u64,
    origin: u64,
    /// Units of the drawing for a millimetre on paper.
    mm: f64,
    /// Each layer's style, and what lies on it.
    layers: BTreeMap<String, (u64, Vec<u64>)>,
    /// Curves and points with their styles.
    styled: Vec<u64>,
}

impl<'s> Step<'s> {
    /// Everything before the curves: the part that they are of, its units.
    pub(super) fn new(head: &Head, sink: &'s mut dyn Sink) -> Self {
        let mut exchange = Exchange::default();
        let shape = product(head, &mut exchange);
        let context = context(head, &mut exchange);
        let [place, up, east] =
            ["CARTESIAN_POINT('',(0.,0.,0.))", "DIRECTION('',(0.,0.,1.))", "DIRECTION('',(1.,0.,0.))"]
                .map(|entity| exchange.add(entity));
        let origin = exchange.add(&format!("AXIS2_PLACEMENT_3D('',#{place},#{up},#{east})"));
        Self { exchange, sink, shape, context, origin, mm: head.mm, layers: BTreeMap::new(), styled: Vec::new() }
    }

    /// Everything behind the curves: which of them lie on which layer, and that they are the part's shape.
    pub(super) fn end(mut self) -> Result<()> {
        let (exchange, context) = (&mut self.exchange, self.context);
        let mut sets = vec![self.origin];
        for (name, (_, things)) in self.layers.iter().filter(|(_, (_, things))| !things.is_empty()) {
            let (name, things) = (text(name), list(things));
            sets.push(exchange.add(&format!("GEOMETRIC_CURVE_SET({name},{things})")));
            exchange.add(&format!("PRESENTATION_LAYER_ASSIGNMENT({name},'',{things})"));
            spill(&mut exchange.out, self.sink)?;
        }
        if !self.styled.is_empty() {
            let styled = list(&self.styled);
            exchange.add(&format!("MECHANICAL_DESIGN_GEOMETRIC_PRESENTATION_REPRESENTATION('',{styled},#{context})"));
        }
        let sets = list(&sets);
        let kind = "GEOMETRICALLY_BOUNDED_WIREFRAME_SHAPE_REPRESENTATION";
        let representation = exchange.add(&format!("{kind}('',{sets},#{context})"));
        exchange.add(&format!("SHAPE_DEFINITION_REPRESENTATION(#{},#{representation})", self.shape));
        self.sink.put(&self.exchange.out)
    }

    /// Adds a curve or a point.
    fn add(&mut self, on: &On, entity: &str) -> Result<()> {
        let Some((style, things)) = self.layers.get_mut(on.layer) else { return Ok(()) };
        let thing = self.exchange.add(entity);
        things.push(thing);
        self.styled.push(self.exchange.add(&format!("STYLED_ITEM('',(#{style}),#{thing})")));
        spill(&mut self.exchange.out, self.sink)
    }
}

/// What a thing is called.
fn name(on: &On) -> String {
    text(&on.object.map(|object| object.label()).unwrap_or_default())
}

fn place([x, y]: [f64; 2], z: f64) -> String {
    format!("({},{},{})", real(x), real(y), real(z))
}

/// A part that is called as the sheet is; its shape.
fn product(head: &Head, exchange: &mut Exchange) -> u64 {
    let title = text(&head.layout.title);
    let about = text(&head.about.join("; "));
    let application = exchange.add("APPLICATION_CONTEXT('core data for automotive mechanical design processes')");
    exchange.add(&format!(
        "APPLICATION_PROTOCOL_DEFINITION('international standard','automotive_design',2000,#{application})"
    ));
    let discipline = exchange.add(&format!("PRODUCT_CONTEXT('',#{application},'mechanical')"));
    let product = exchange.add(&format!("PRODUCT({title},{title},{about},(#{discipline}))"));
    exchange.add(&format!("PRODUCT_RELATED_PRODUCT_CATEGORY('part',$,(#{product}))"));
    let version = exchange.add(&format!("PRODUCT_DEFINITION_FORMATION('','',#{product})"));
    let stage = exchange.add(&format!("PRODUCT_DEFINITION_CONTEXT('part definition',#{application},'design')"));
    let definition = exchange.add(&format!("PRODUCT_DEFINITION('design','',#{version},#{stage})"));
    exchange.add(&format!("PRODUCT_DEFINITION_SHAPE('','',#{definition})"))
}

/// Units, and the smallest distance that counts.
fn context(head: &Head, exchange: &mut Exchange) -> u64 {
    let prefix = if head.unit.id == "mm" { ".MILLI." } else { "$" };
    let mut length = exchange.add(&format!("(LENGTH_UNIT() NAMED_UNIT(*) SI_UNIT({prefix},.METRE.))"));
    if !head.unit.metric {
        let (size, name) = (1.0 / head.unit.per_metre, text(&head.unit.id.to_uppercase()));
        let measure = exchange.add(&format!("LENGTH_MEASURE_WITH_UNIT(LENGTH_MEASURE({}),#{length})", real(size)));
        let dimension = exchange.add("DIMENSIONAL_EXPONENTS(1.,0.,0.,0.,0.,0.,0.)");
        length =
            exchange.add(&format!("(CONVERSION_BASED_UNIT({name},#{measure}) LENGTH_UNIT() NAMED_UNIT(#{dimension}))"));
    }
    let angle = exchange.add("(NAMED_UNIT(*) PLANE_ANGLE_UNIT() SI_UNIT($,.RADIAN.))");
    let solid = exchange.add("(NAMED_UNIT(*) SI_UNIT($,.STERADIAN.) SOLID_ANGLE_UNIT())");
    let least = real(RESOLUTION * head.unit.per_metre);
    let measure =
        format!("UNCERTAINTY_MEASURE_WITH_UNIT(LENGTH_MEASURE({least}),#{length},'distance_accuracy_value','')");
    let uncertainty = exchange.add(&measure);
    exchange.add(&format!(
        "(GEOMETRIC_REPRESENTATION_CONTEXT(3) GLOBAL_UNCERTAINTY_ASSIGNED_CONTEXT((#{uncertainty})) \
         GLOBAL_UNIT_ASSIGNED_CONTEXT((#{length},#{angle},#{solid})) REPRESENTATION_CONTEXT('','3D'))"
    ))
}

impl Encoder for Step<'_> {
    fn layer(&mut self, layer: &Layer) -> Result<()> {
        let font = match layer.dashes.as_ref().map(|dashes| Pattern::of(&dashes.lengths)) {
            None => "continuous",
            Some(Pattern::Dashed) => "dashed",
            Some(Pattern::Dotted) => "dotted",
            Some(Pattern::Chain) => "chain",
            Some(Pattern::DoubleChain) => "chain double dash",
        };
        let size = |mm: f64| format!("POSITIVE_LENGTH_MEASURE({})", real(mm * self.mm));
        let (width, dot) = (size(layer.weight.unwrap_or(WIDTH_MM).max(0.01)), size(POINT_MM));
        let [r, g, b] = rgb(layer.color).unwrap_or(INK).map(|part| real(f64::from(part) / 255.0));
        let exchange = &mut self.exchange;
        let color = exchange.add(&format!("COLOUR_RGB('',{r},{g},{b})"));
        let font = exchange.add(&format!("DRAUGHTING_PRE_DEFINED_CURVE_FONT('{font}')"));
        let curve = exchange.add(&format!("CURVE_STYLE('',#{font},{width},#{color})"));
        let point = exchange.add(&format!("POINT_STYLE('',MARKER_TYPE(.PLUS.),{dot},#{color})"));
        let style = exchange.add(&format!("PRESENTATION_STYLE_ASSIGNMENT((#{curve},#{point}))"));
        self.layers.insert(layer.name.clone(), (style, Vec::new()));
        Ok(())
    }

    fn block(&mut self, _: &Block) -> Result<()> {
        // Symbols are points.
        Ok(())
    }

    fn point(&mut self, on: &On, at: [f64; 2]) -> Result<()> {
        self.add(on, &format!("CARTESIAN_POINT({},{})", name(on), place(at, 0.0)))
    }

    fn insert(&mut self, on: &On, insert: &Insert) -> Result<()> {
        self.point(on, insert.at)
    }

    fn line(&mut self, on: &On, line: &Line) -> Result<()> {
        let name = name(on);
        for elevation in line.levels() {
            let point = |at: &[f64; 2]| self.exchange.add(&format!("CARTESIAN_POINT('',{})", place(*at, elevation)));
            let mut points: Vec<u64> = line.points.iter().map(point).collect();
            points.extend(points.first().copied().filter(|_| line.closed));
            self.add(on, &format!("POLYLINE({name},{})", list(&points)))?;
        }
        Ok(())
    }

    fn filling(&mut self, _: &On, _: &Filling) -> Result<()> {
        // It is not asked for.
        Ok(())
    }

    fn text(&mut self, _: &On, _: &Words) -> Result<()> {
        // Names are those of curves and points; the terms stand in the header.
        Ok(())
    }
}
