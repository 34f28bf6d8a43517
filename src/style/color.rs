//! Colours as CSS writes them (CSS Color 4, the part MapLibre styles use): names, hex, `rgb()`, `hsl()`.

/// sRGB with opacity, 0 to 1 each, not premultiplied.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rgba {
    /// Red.
    pub r: f64,
    /// Green.
    pub g: f64,
    /// Blue.
    pub b: f64,
    /// Opacity.
    pub a: f64,
}

impl Rgba {
    /// From channels of 0 to 255 and an opacity of 0 to 1.
    pub fn of(r: f64, g: f64, b: f64, a: f64) -> Self {
        Self { r: r / 255.0, g: g / 255.0, b: b / 255.0, a }
    }

    /// Part `t` (0 to 1) of the way to `other`, channel by channel.
    pub fn mix(self, other: Self, t: f64) -> Self {
        let mix = |from: f64, to: f64| from + (to - from) * t;
        Self { r: mix(self.r, other.r), g: mix(self.g, other.g), b: mix(self.b, other.b), a: mix(self.a, other.a) }
    }

    /// Reads a CSS colour; none for what is not one.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_lowercase();
        if let Some(hex) = text.strip_prefix('#') {
            return from_hex(hex);
        }
        if text == "transparent" {
            return Some(Self::of(0.0, 0.0, 0.0, 0.0));
        }
        if let Some((head, rest)) = text.split_once('(') {
            let (numbers, marks) = arguments(rest.strip_suffix(')')?)?;
            return match head.trim_end_matches('a') {
                "rgb" => from_rgb(&numbers, &marks),
                "hsl" => from_hsl(&numbers, &marks),
                _ => None,
            };
        }
        let row = NAMES.binary_search_by_key(&text.as_str(), |(name, _)| name).ok()?;
        let [_, r, g, b] = NAMES.get(row)?.1.to_be_bytes().map(f64::from);
        Some(Self::of(r, g, b, 1.0))
    }
}

impl std::fmt::Display for Rgba {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let byte = |share: f64| libm::round(share * 255.0) as u8;
        write!(out, "rgba({},{},{},{})", byte(self.r), byte(self.g), byte(self.b), self.a)
    }
}

/// `rgb`, `rgba`, `rrggbb`, `rrggbbaa`.
fn from_hex(hex: &str) -> Option<Rgba> {
    let digits: Vec<f64> = hex.chars().map(|c| c.to_digit(16).map(f64::from)).collect::<Option<_>>()?;
    let bytes: Vec<f64> = match digits.len() {
        3 | 4 => digits.iter().map(|digit| digit * 17.0).collect(),
        6 | 8 => digits.chunks_exact(2).filter_map(|pair| Some(pair.first()? * 16.0 + pair.last()?)).collect(),
        _ => return None,
    };
    match *bytes.as_slice() {
        [r, g, b] => Some(Rgba::of(r, g, b, 1.0)),
        [r, g, b, a] => Some(Rgba::of(r, g, b, a / 255.0)),
        _ => None,
    }
}

/// The three or four numbers between the brackets, each with whether it is a percentage: by commas or by spaces with `/`.
fn arguments(text: &str) -> Option<(Vec<f64>, Vec<bool>)> {
    let commas = text.contains(',');
    let parts: Vec<&str> = if commas {
        text.split(',').map(str::trim).collect()
    } else {
        text.split('/').flat_map(str::split_whitespace).collect()
    };
    let slashes = text.matches('/').count();
    if !(3..=4).contains(&parts.len()) || (commas && slashes > 0) || (!commas && slashes != parts.len() - 3) {
        return None;
    }
    let read = |part: &&str| {
        let number = part.strip_suffix('%').or_else(|| part.strip_suffix("deg")).unwrap_or(part);
        let plain = number.bytes().all(|c| c.is_ascii_digit() || b"+-.e".contains(&c));
        Some((number.parse::<f64>().ok().filter(|_| plain)?, part.ends_with('%')))
    };
    Some(parts.iter().map(read).collect::<Option<Vec<_>>>()?.into_iter().unzip())
}

fn opacity(numbers: &[f64], marks: &[bool]) -> f64 {
    match (numbers.get(3), marks.get(3)) {
        (Some(share), Some(true)) => (share / 100.0).clamp(0.0, 1.0),
        (Some(share), _) => share.clamp(0.0, 1.0),
        _ => 1.0,
    }
}

fn from_rgb(numbers: &[f64], marks: &[bool]) -> Option<Rgba> {
    let (&[r, g, b], &[mr, mg, mb]) = (numbers.get(..3)?, marks.get(..3)?) else { return None };
    if mr != mg || mg != mb {
        return None;
    }
    let [r, g, b] = [r, g, b].map(|n| if mr { (n * 2.55).clamp(0.0, 255.0) } else { n.clamp(0.0, 255.0) });
    Some(Rgba::of(r, g, b, opacity(numbers, marks)))
}

/// CSS Color 4 §7.1: hue in degrees, saturation and lightness in percent.
fn from_hsl(numbers: &[f64], marks: &[bool]) -> Option<Rgba> {
    let (&[hue, s, l], &[false, true, true]) = (numbers.get(..3)?, marks.get(..3)?) else { return None };
    let hue = hue - libm::floor(hue / 360.0) * 360.0;
    let (s, l) = (s.clamp(0.0, 100.0) / 100.0, l.clamp(0.0, 100.0) / 100.0);
    let channel = |offset: f64| {
        let sector = (offset + hue / 30.0) % 12.0;
        l - s * l.min(1.0 - l) * (sector - 3.0).min(9.0 - sector).clamp(-1.0, 1.0)
    };
    Some(Rgba { r: channel(0.0), g: channel(8.0), b: channel(4.0), a: opacity(numbers, marks) })
}

/// The named colours of CSS, sorted.
#[rustfmt::skip]
static NAMES: &[(&str, u32)] = &[
    ("aliceblue", 0xf0f8ff), ("antiquewhite", 0xfaebd7), ("aqua", 0x00ffff), ("aquamarine", 0x7fffd4),
    ("azure", 0xf0ffff), ("beige", 0xf5f5dc), ("bisque", 0xffe4c4), ("black", 0x000000),
    ("blanchedalmond", 0xffebcd), ("blue", 0x0000ff), ("blueviolet", 0x8a2be2), ("brown", 0xa52a2a),
    ("burlywood", 0xdeb887), ("cadetblue", 0x5f9ea0), ("chartreuse", 0x7fff00), ("chocolate", 0xd2691e),
    ("coral", 0xff7f50), ("cornflowerblue", 0x6495ed), ("cornsilk", 0xfff8dc), ("crimson", 0xdc143c),
    ("cyan", 0x00ffff), ("darkblue", 0x00008b), ("darkcyan", 0x008b8b), ("darkgoldenrod", 0xb8860b),
    ("darkgray", 0xa9a9a9), ("darkgreen", 0x006400), ("darkgrey", 0xa9a9a9), ("darkkhaki", 0xbdb76b),
    ("darkmagenta", 0x8b008b), ("darkolivegreen", 0x556b2f), ("darkorange", 0xff8c00), ("darkorchid", 0x9932cc),
    ("darkred", 0x8b0000), ("darksalmon", 0xe9967a), ("darkseagreen", 0x8fbc8f), ("darkslateblue", 0x483d8b),
    ("darkslategray", 0x2f4f4f), ("darkslategrey", 0x2f4f4f), ("darkturquoise", 0x00ced1), ("darkviolet", 0x9400d3),
    ("deeppink", 0xff1493), ("deepskyblue", 0x00bfff), ("dimgray", 0x696969), ("dimgrey", 0x696969),
    ("dodgerblue", 0x1e90ff), ("firebrick", 0xb22222), ("floralwhite", 0xfffaf0), ("forestgreen", 0x228b22),
    ("fuchsia", 0xff00ff), ("gainsboro", 0xdcdcdc), ("ghostwhite", 0xf8f8ff), ("gold", 0xffd700),
    ("goldenrod", 0xdaa520), ("gray", 0x808080), ("green", 0x008000), ("greenyellow", 0xadff2f), ("grey", 0x808080),
    ("honeydew", 0xf0fff0), ("hotpink", 0xff69b4), ("indianred", 0xcd5c5c), ("indigo", 0x4b0082),
    ("ivory", 0xfffff0), ("khaki", 0xf0e68c), ("lavender", 0xe6e6fa), ("lavenderblush", 0xfff0f5),
    ("lawngreen", 0x7cfc00), ("lemonchiffon", 0xfffacd), ("lightblue", 0xadd8e6), ("lightcoral", 0xf08080),
    ("lightcyan", 0xe0ffff), ("lightgoldenrodyellow", 0xfafad2), ("lightgray", 0xd3d3d3), ("lightgreen", 0x90ee90),
    ("lightgrey", 0xd3d3d3), ("lightpink", 0xffb6c1), ("lightsalmon", 0xffa07a), ("lightseagreen", 0x20b2aa),
    ("lightskyblue", 0x87cefa), ("lightslategray", 0x778899), ("lightslategrey", 0x778899),
    ("lightsteelblue", 0xb0c4de), ("lightyellow", 0xffffe0), ("lime", 0x00ff00), ("limegreen", 0x32cd32),
    ("linen", 0xfaf0e6), ("magenta", 0xff00ff), ("maroon", 0x800000), ("mediumaquamarine", 0x66cdaa),
    ("mediumblue", 0x0000cd), ("mediumorchid", 0xba55d3), ("mediumpurple", 0x9370db), ("mediumseagreen", 0x3cb371),
    ("mediumslateblue", 0x7b68ee), ("mediumspringgreen", 0x00fa9a), ("mediumturquoise", 0x48d1cc),
    ("mediumvioletred", 0xc71585), ("midnightblue", 0x191970), ("mintcream", 0xf5fffa), ("mistyrose", 0xffe4e1),
    ("moccasin", 0xffe4b5), ("navajowhite", 0xffdead), ("navy", 0x000080), ("oldlace", 0xfdf5e6),
    ("olive", 0x808000), ("olivedrab", 0x6b8e23), ("orange", 0xffa500), ("orangered", 0xff4500),
    ("orchid", 0xda70d6), ("palegoldenrod", 0xeee8aa), ("palegreen", 0x98fb98), ("paleturquoise", 0xafeeee),
    ("palevioletred", 0xdb7093), ("papayawhip", 0xffefd5), ("peachpuff", 0xffdab9), ("peru", 0xcd853f),
    ("pink", 0xffc0cb), ("plum", 0xdda0dd), ("powderblue", 0xb0e0e6), ("purple", 0x800080),
    ("rebeccapurple", 0x663399), ("red", 0xff0000), ("rosybrown", 0xbc8f8f), ("royalblue", 0x4169e1),
    ("saddlebrown", 0x8b4513), ("salmon", 0xfa8072), ("sandybrown", 0xf4a460), ("seagreen", 0x2e8b57),
    ("seashell", 0xfff5ee), ("sienna", 0xa0522d), ("silver", 0xc0c0c0), ("skyblue", 0x87ceeb),
    ("slateblue", 0x6a5acd), ("slategray", 0x708090), ("slategrey", 0x708090), ("snow", 0xfffafa),
    ("springgreen", 0x00ff7f), ("steelblue", 0x4682b4), ("tan", 0xd2b48c), ("teal", 0x008080),
    ("thistle", 0xd8bfd8), ("tomato", 0xff6347), ("turquoise", 0x40e0d0), ("violet", 0xee82ee), ("wheat", 0xf5deb3),
    ("white", 0xffffff), ("whitesmoke", 0xf5f5f5), ("yellow", 0xffff00), ("yellowgreen", 0x9acd32),
];
