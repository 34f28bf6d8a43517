//! [`Expr`] + feature + zoom → [`Value`].

use super::apply::{apply, fault};
use super::curve::blend;
use super::operator::Op;
use super::{Expr, Fault, Piece, Subject, Value};
use std::borrow::Cow;
use std::sync::Arc;

type Result<'a> = std::result::Result<Value<'a>, Fault>;

impl Expr {
    /// Its value for a feature at a zoom level.
    ///
    /// # Errors
    /// [`Fault`] where a value is not of the kind an operator needs.
    pub fn eval<'a>(&'a self, subject: &'a dyn Subject, zoom: f64) -> Result<'a> {
        Evaluator { subject, zoom, scope: Vec::new() }.eval(self)
    }

    /// Whether its value is the same for all features.
    pub fn constant(&self) -> bool {
        let asks = [Op::GetNamed, Op::HasNamed, Op::Properties, Op::Id, Op::GeometryType];
        match self {
            Self::Get(_) | Self::Has(_) => false,
            Self::Call(op, _) if asks.contains(op) => false,
            _ => self.operands().into_iter().all(Self::constant),
        }
    }

    /// The expressions that it is made of.
    pub fn operands(&self) -> Vec<&Self> {
        match self {
            Self::Literal(_) | Self::Var(_) | Self::Get(_) | Self::Has(_) => Vec::new(),
            Self::Call(_, list) | Self::Every(_, list) | Self::Coalesce(list) => list.iter().collect(),
            Self::Case(pairs, last) => pairs.iter().flat_map(|(when, then)| [when, then]).chain([&**last]).collect(),
            Self::Match(input, arms, last) => arms.iter().map(|(_, value)| value).chain([&**input, &**last]).collect(),
            Self::Let(values, body) => values.iter().chain([&**body]).collect(),
            Self::Step(input, first, stops) => {
                stops.iter().map(|(_, value)| value).chain([&**input, &**first]).collect()
            }
            Self::Interpolate(_, input, stops) => stops.iter().map(|(_, value)| value).chain([&**input]).collect(),
            Self::Format(pieces) => pieces
                .iter()
                .flat_map(|(text, scale, color)| [Some(text), scale.as_ref(), color.as_ref()])
                .flatten()
                .collect(),
        }
    }
}

struct Evaluator<'a> {
    subject: &'a dyn Subject,
    zoom: f64,
    scope: Vec<Value<'a>>,
}

impl<'a> Evaluator<'a> {
    fn eval(&mut self, expr: &'a Expr) -> Result<'a> {
        match expr {
            Expr::Literal(value) => Ok(value.borrowed()),
            Expr::Get(key) => Ok(self.subject.get(*key)),
            Expr::Has(key) => Ok(Value::Bool(self.subject.get(*key) != Value::Null)),
            Expr::Call(op, operands) => self.call(*op, operands),
            Expr::Case(pairs, last) => {
                for (when, then) in pairs {
                    match self.eval(when)? {
                        Value::Bool(true) => return self.eval(then),
                        Value::Bool(false) => {}
                        other => return fault(format!("a condition is {} instead of boolean", other.kind())),
                    }
                }
                self.eval(last)
            }
            Expr::Match(input, arms, last) => {
                let input = self.eval(input)?;
                let arm = arms.iter().find(|(labels, _)| labels.contains(&input));
                self.eval(arm.map_or(last, |(_, value)| value))
            }
            Expr::Every(all, list) => {
                for condition in list {
                    if self.eval(condition)?.truth() != *all {
                        return Ok(Value::Bool(!all));
                    }
                }
                Ok(Value::Bool(*all))
            }
            Expr::Coalesce(list) => {
                for expr in list {
                    let value = self.eval(expr)?;
                    if value != Value::Null {
                        return Ok(value);
                    }
                }
                Ok(Value::Null)
            }
            Expr::Let(values, body) => {
                let outer = self.scope.len();
                // All values are computed before any is bound: they do not see each other.
                let values: Vec<_> =
                    values.iter().map(|value| self.eval(value)).collect::<std::result::Result<_, _>>()?;
                self.scope.extend(values);
                let result = self.eval(body);
                self.scope.truncate(outer);
                result
            }
            Expr::Var(slot) => Ok(self.scope.get(*slot).cloned().unwrap_or(Value::Null)),
            Expr::Step(input, first, stops) => {
                let x = self.number(input)?;
                let stop = stops.iter().rev().find(|(at, _)| x >= *at);
                self.eval(stop.map_or(first, |(_, value)| value))
            }
            Expr::Interpolate(curve, input, stops) => {
                let x = self.number(input)?;
                let next = stops.iter().position(|(at, _)| x < *at).unwrap_or(stops.len());
                let before = next.checked_sub(1).and_then(|row| stops.get(row));
                match (before, stops.get(next)) {
                    (Some((low, from)), Some((high, to))) => {
                        blend(&self.eval(from)?, &self.eval(to)?, curve.share(x, *low, *high))
                    }
                    (Some((_, only)), None) | (None, Some((_, only))) => self.eval(only),
                    (None, None) => fault("an interpolation has no stops"),
                }
            }
            Expr::Format(pieces) => {
                let mut out = Vec::with_capacity(pieces.len());
                for (text, scale, color) in pieces {
                    let text = self.eval(text)?;
                    // Images in text are not drawn.
                    let text = if matches!(text, Value::Image(_)) { Cow::Borrowed("") } else { text.to_text() };
                    let scale = scale.as_ref().map(|scale| self.number(scale)).transpose()?;
                    let color = color.as_ref().map(|color| self.eval(color)).transpose()?;
                    out.push(Piece { text, scale, color: color.and_then(|color| color.color()) });
                }
                Ok(Value::Formatted(Arc::new(out)))
            }
        }
    }

    fn number(&mut self, expr: &'a Expr) -> std::result::Result<f64, Fault> {
        let value = self.eval(expr)?;
        value.number().ok_or_else(|| Fault(format!("expected number, found {}", value.kind())))
    }

    fn call(&mut self, op: Op, operands: &'a [Expr]) -> Result<'a> {
        let mut values = Vec::with_capacity(operands.len());
        for operand in operands {
            values.push(self.eval(operand)?);
        }
        match (op, values.as_slice()) {
            (Op::Zoom, _) => Ok(self.zoom.into()),
            (Op::Id, _) => Ok(self.subject.id()),
            (Op::GeometryType, _) => Ok(self.subject.geometry().into()),
            (Op::Properties, _) => Ok(self.subject.all()),
            (Op::GetNamed, [Value::Text(name)]) => Ok(self.subject.named(name)),
            (Op::HasNamed, [Value::Text(name)]) => Ok((self.subject.named(name) != Value::Null).into()),
            (op, values) => apply(op, values),
        }
    }
}
