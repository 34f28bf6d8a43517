//! The layout and paint properties that are drawn: name, kind of value, default. Lengths are CSS pixels of 1/96 inch.

/// What values a property takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A number; has values between stops.
    Number,
    /// A colour; has values between stops.
    Color,
    /// True or false.
    Flag,
    /// A word.
    Word,
    /// Text for people, with `{tokens}`.
    Text,
    /// A list, or one item that stands for a list.
    List,
}

macro_rules! properties {
    ($($prop:ident $id:literal $kind:ident $default:literal)*) => {
        /// A property.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[allow(missing_docs)]
        pub enum Prop { $($prop),* }
        /// Every property in the order of [`Prop`]: id, kind, default as JSON (empty for none).
        pub const PROPERTIES: &[(Prop, &str, Kind, &str)] = &[$((Prop::$prop, $id, Kind::$kind, $default)),*];
    };
}

properties! {
    BackgroundColor "background-color" Color "\"#000000\""
    BackgroundOpacity "background-opacity" Number "1"
    FillColor "fill-color" Color "\"#000000\""
    FillOpacity "fill-opacity" Number "1"
    FillOutlineColor "fill-outline-color" Color ""
    FillPattern "fill-pattern" Word ""
    FillSortKey "fill-sort-key" Number ""
    LineColor "line-color" Color "\"#000000\""
    LineOpacity "line-opacity" Number "1"
    LineWidth "line-width" Number "1"
    LineGapWidth "line-gap-width" Number "0"
    LineOffset "line-offset" Number "0"
    LineDasharray "line-dasharray" List ""
    LineCap "line-cap" Word "\"butt\""
    LineJoin "line-join" Word "\"miter\""
    LineSortKey "line-sort-key" Number ""
    CircleColor "circle-color" Color "\"#000000\""
    CircleOpacity "circle-opacity" Number "1"
    CircleRadius "circle-radius" Number "5"
    CircleStrokeColor "circle-stroke-color" Color "\"#000000\""
    CircleStrokeOpacity "circle-stroke-opacity" Number "1"
    CircleStrokeWidth "circle-stroke-width" Number "0"
    CircleSortKey "circle-sort-key" Number ""
    FillExtrusionColor "fill-extrusion-color" Color "\"#000000\""
    FillExtrusionOpacity "fill-extrusion-opacity" Number "1"
    SymbolPlacement "symbol-placement" Word "\"point\""
    SymbolSpacing "symbol-spacing" Number "250"
    SymbolSortKey "symbol-sort-key" Number ""
    IconImage "icon-image" Text "\"\""
    IconSize "icon-size" Number "1"
    IconColor "icon-color" Color "\"#000000\""
    IconOpacity "icon-opacity" Number "1"
    IconHaloColor "icon-halo-color" Color "\"transparent\""
    IconHaloWidth "icon-halo-width" Number "0"
    IconOffset "icon-offset" List "[0,0]"
    IconRotate "icon-rotate" Number "0"
    IconAllowOverlap "icon-allow-overlap" Flag "false"
    TextField "text-field" Text "\"\""
    TextFont "text-font" List ""
    TextSize "text-size" Number "16"
    TextColor "text-color" Color "\"#000000\""
    TextOpacity "text-opacity" Number "1"
    TextHaloColor "text-halo-color" Color "\"transparent\""
    TextHaloWidth "text-halo-width" Number "0"
    TextAnchor "text-anchor" Word "\"center\""
    TextVariableAnchor "text-variable-anchor" List ""
    TextOffset "text-offset" List "[0,0]"
    TextRadialOffset "text-radial-offset" Number "0"
    TextLetterSpacing "text-letter-spacing" Number "0"
    TextLineHeight "text-line-height" Number "1.2"
    TextMaxWidth "text-max-width" Number "10"
    TextMaxAngle "text-max-angle" Number "45"
    TextRotationAlignment "text-rotation-alignment" Word "\"auto\""
    TextRotate "text-rotate" Number "0"
    TextPadding "text-padding" Number "2"
    TextTransform "text-transform" Word "\"none\""
    TextAllowOverlap "text-allow-overlap" Flag "false"
    TextOverlap "text-overlap" Word "\"never\""
}

/// Properties that change nothing on paper, or whose default is how everything is drawn here: passed over in silence.
pub const MEANINGLESS: &[&str] = &[
    "visibility",
    "fill-antialias",
    "fill-extrusion-height",
    "fill-extrusion-base",
    "fill-extrusion-vertical-gradient",
    "fill-translate-anchor",
    "line-miter-limit",
    "line-round-limit",
    "line-translate-anchor",
    "circle-pitch-alignment",
    "circle-pitch-scale",
    "circle-translate-anchor",
    "symbol-avoid-edges",
    "symbol-z-order",
    "text-ignore-placement",
    "text-optional",
    "text-keep-upright",
    "text-pitch-alignment",
    "text-justify",
    "text-translate-anchor",
    "icon-anchor",
    "icon-halo-blur",
    "icon-ignore-placement",
    "icon-keep-upright",
    "icon-optional",
    "icon-overlap",
    "icon-padding",
    "icon-pitch-alignment",
    "icon-rotation-alignment",
    "icon-translate",
    "icon-translate-anchor",
];
