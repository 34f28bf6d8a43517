//! Positions of well-known text.

use super::number;

/// Points on a grid of decimals; neighbours that fall together are one, a line keeps at least two.
pub fn trace(points: &[[f64; 2]], digits: u32) -> Vec<[i64; 2]> {
    let mut trace: Vec<_> = points.iter().map(|point| point.map(|value| number::quantise(value, digits))).collect();
    let last = trace.last().copied();
    trace.dedup();
    if points.len() > 1 && trace.len() == 1 {
        trace.extend(last);
    }
    trace
}

/// `(x y,x y,…)`.
pub fn positions(trace: &[[i64; 2]], digits: u32) -> String {
    let mut out = Vec::with_capacity(trace.len() * 22 + 2);
    for (row, &[x, y]) in trace.iter().enumerate() {
        out.push(if row == 0 { b'(' } else { b',' });
        number::fixed(&mut out, x, digits);
        out.push(b' ');
        number::fixed(&mut out, y, digits);
    }
    out.push(b')');
    out.into_iter().map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_on_the_grid() {
        let line = trace(&[[7.42, 43.7], [7.420_000_01, 43.7], [-0.5, 43.0]], 7);
        assert_eq!(positions(&line, 7), "(7.42 43.7,-0.5 43)");
        assert_eq!(positions(&trace(&[[1.0, 1.0], [1.1, 1.1]], 0), 0), "(1 1,1 1)");
    }
}
