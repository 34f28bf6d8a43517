//! [`Expr`] + feature + zoom → [`Value`].

use super::curve::blend;
use super::operator::Op;
use super::{Expr, Fault, Piece, Subject, Value};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::sync::Arc;

type Result<'a> = std::result::Result<Value<'a>, Fault>;

fn fault<T>(message: impl Into<String>) -> std::result::Result<T, Fault> {
    Err(Fault(message.into()))
}

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
        match self {
            Self::Literal(_) | Self::Var(_) => true,
            Self::Get(_) | Self::Has(_) => false,
            Self::Call(op, operands) => {
                let asks = [Op::GetNamed, Op::HasNamed, Op::Properties, Op::Id, Op::GeometryType];
                !asks.contains(op) && operands.iter().all(Self::constant)
            }
            Self::Case(pairs, last) => pairs.iter().all(|(a, b)| a.constant() && b.constant()) && last.constant(),
            Self::Match(input, arms, last) => {
                input.constant() && last.constant() && arms.iter().all(|(_, value)| value.constant())
            }
            Self::Every(_, list) | Self::Coalesce(list) => list.iter().all(Self::constant),
            Self::Let(values, body) => values.iter().all(Self::constant) && body.constant(),
            Self::Step(input, first, stops) => {
                input.constant() && first.constant() && stops.iter().all(|(_, value)| value.constant())
            }
            Self::Interpolate(_, input, stops) => input.constant() && stops.iter().all(|(_, value)| value.constant()),
            Self::Format(pieces) => pieces.iter().all(|(text, scale, color)| {
                text.constant() && [scale, color].into_iter().flatten().all(Self::constant)
            }),
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

/// An operator on its operands.
fn apply<'a>(op: Op, values: &[Value<'a>]) -> Result<'a> {
    let wrong = || fault(format!("no operation for {}", values.iter().map(Value::kind).collect::<Vec<_>>().join(", ")));
    let kept = |fits: fn(&Value) -> bool| match values.iter().find(|value| fits(value)) {
        Some(value) => Ok(value.clone()),
        None => wrong(),
    };
    match (op, values) {
        (Op::GetIn, [Value::Text(name), Value::Map(map)]) => Ok(map.get(name.as_ref()).cloned().unwrap_or(Value::Null)),
        (Op::HasIn, [Value::Text(name), Value::Map(map)]) => Ok(map.contains_key(name.as_ref()).into()),
        (Op::Equal, [a, b]) => Ok((a == b).into()),
        (Op::Unequal, [a, b]) => Ok((a != b).into()),
        (Op::Less, [a, b]) => Ok((order(a, b)? == Some(Ordering::Less)).into()),
        (Op::Greater, [a, b]) => Ok((order(a, b)? == Some(Ordering::Greater)).into()),
        (Op::LessEqual, [a, b]) => Ok(order(a, b)?.is_some_and(Ordering::is_le).into()),
        (Op::GreaterEqual, [a, b]) => Ok(order(a, b)?.is_some_and(Ordering::is_ge).into()),
        (Op::Not, [value]) => Ok((!value.truth()).into()),
        (Op::E, _) => Ok(std::f64::consts::E.into()),
        (Op::Pi, _) => Ok(std::f64::consts::PI.into()),
        (Op::Ln2, _) => Ok(std::f64::consts::LN_2.into()),
        (Op::Concat, _) => Ok(Value::Text(values.iter().map(Value::to_text).collect::<String>().into())),
        (Op::Upcase, [Value::Text(text)]) => Ok(Value::Text(text.to_uppercase().into())),
        (Op::Downcase, [Value::Text(text)]) => Ok(Value::Text(text.to_lowercase().into())),
        (Op::ToString, [value]) => Ok(Value::Text(value.to_text())),
        (Op::ToBoolean, [value]) => Ok(value.truth().into()),
        (Op::ToNumber, _) => match values.iter().find_map(Value::to_number) {
            Some(number) => Ok(number.into()),
            None => wrong(),
        },
        (Op::ToColor, _) => match values.iter().find_map(Value::color) {
            Some(color) => Ok(Value::Color(color)),
            None => wrong(),
        },
        (Op::ToRgba, [value]) => match value.color() {
            Some(c) => Ok(list([c.r * 255.0, c.g * 255.0, c.b * 255.0, c.a].map(Value::Number))),
            None => wrong(),
        },
        (Op::Rgb | Op::Rgba, _) => match list(values.iter().cloned()).color() {
            Some(color) => Ok(Value::Color(color)),
            None => wrong(),
        },
        (Op::TypeOf, [value]) => Ok(Value::Text(value.kind().into())),
        (Op::IsNumber, _) => kept(|value| matches!(value, Value::Number(_))),
        (Op::IsString, _) => kept(|value| matches!(value, Value::Text(_))),
        (Op::IsBoolean, _) => kept(|value| matches!(value, Value::Bool(_))),
        (Op::IsObject, _) => kept(|value| matches!(value, Value::Map(_))),
        (Op::IsArray, _) => typed_array(values),
        (Op::At, [Value::Number(row), Value::List(list)]) => {
            let whole = *row >= 0.0 && libm::trunc(*row) == *row;
            match list.get(*row as usize).filter(|_| whole) {
                Some(value) => Ok(value.clone()),
                None => fault("a list has no such item"),
            }
        }
        (Op::In, [_, haystack]) if !haystack.truth() => Ok(false.into()),
        (Op::In, [needle, Value::List(list)]) => Ok(list.contains(needle).into()),
        (Op::In, [needle, Value::Text(text)]) => Ok(text.contains(searched(needle)?.as_ref()).into()),
        (Op::IndexOf, [needle, haystack, from @ ..]) => index_of(needle, haystack, from.first()),
        (Op::Length, [Value::Text(text)]) => Ok((text.chars().count() as f64).into()),
        (Op::Length, [Value::List(list)]) => Ok((list.len() as f64).into()),
        (Op::Slice, [value, Value::Number(from), rest @ ..]) => slice(value, *from, rest.first()),
        (Op::Image, [Value::Text(name)]) => Ok(Value::Image(name.clone())),
        (Op::Error, [Value::Text(message)]) => fault(message.as_ref()),
        (Op::ScriptKnown, _) => Ok(true.into()),
        _ => match values.iter().map(Value::number).collect::<Option<Vec<f64>>>() {
            Some(numbers) => arithmetic(op, &numbers).map_or_else(wrong, |number| Ok(number.into())),
            None => wrong(),
        },
    }
}

fn arithmetic(op: Op, numbers: &[f64]) -> Option<f64> {
    Some(match (op, numbers) {
        (Op::Add, _) => numbers.iter().sum::<f64>() + 0.0,
        (Op::Multiply, _) => numbers.iter().product(),
        (Op::Min, _) => numbers.iter().copied().fold(f64::INFINITY, f64::min),
        (Op::Max, _) => numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        (Op::Subtract, &[a]) => -a,
        (Op::Subtract, &[a, b]) => a - b,
        (Op::Divide, &[a, b]) => a / b,
        (Op::Remainder, &[a, b]) => a % b,
        (Op::Power, &[a, b]) => libm::pow(a, b),
        (Op::Abs, &[a]) => a.abs(),
        (Op::Floor, &[a]) => libm::floor(a),
        (Op::Ceil, &[a]) => libm::ceil(a),
        (Op::Round, &[a]) => libm::round(a),
        (Op::Sqrt, &[a]) => libm::sqrt(a),
        (Op::Sin, &[a]) => libm::sin(a),
        (Op::Cos, &[a]) => libm::cos(a),
        (Op::Tan, &[a]) => libm::tan(a),
        (Op::Asin, &[a]) => libm::asin(a),
        (Op::Acos, &[a]) => libm::acos(a),
        (Op::Atan, &[a]) => libm::atan(a),
        (Op::Ln, &[a]) => libm::log(a),
        (Op::Log2, &[a]) => libm::log2(a),
        (Op::Log10, &[a]) => libm::log10(a),
        _ => return None,
    })
}

fn order(a: &Value, b: &Value) -> std::result::Result<Option<Ordering>, Fault> {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => Ok(a.partial_cmp(b)),
        (Value::Text(a), Value::Text(b)) => Ok(Some(a.cmp(b))),
        _ => fault(format!("cannot compare {} with {}", a.kind(), b.kind())),
    }
}

fn list<'a>(items: impl IntoIterator<Item = Value<'a>>) -> Value<'a> {
    Value::List(Arc::new(items.into_iter().collect()))
}

/// `["array", value]`, `["array", kind, value]`, `["array", kind, length, value]`.
fn typed_array<'a>(values: &[Value<'a>]) -> Result<'a> {
    let (kind, length, candidates) = match values {
        [value] => ("value", &Value::Null, std::slice::from_ref(value)),
        [Value::Text(kind), value] => (kind.as_ref(), &Value::Null, std::slice::from_ref(value)),
        [Value::Text(kind), length, rest @ ..] => (kind.as_ref(), length, rest),
        _ => return fault("\"array\" takes a kind, a length and a value"),
    };
    let fits = |value: &&Value| {
        value.list().is_some_and(|items| {
            (kind == "value" || items.iter().all(|item| item.kind() == kind))
                && length.number().is_none_or(|length| items.len() as f64 == length)
        })
    };
    match candidates.iter().find(fits) {
        Some(value) => Ok(value.clone()),
        None => fault(format!("expected a list of {kind}")),
    }
}

/// What is looked for, as text.
fn searched<'a>(needle: &Value<'a>) -> std::result::Result<Cow<'a, str>, Fault> {
    match needle {
        Value::Null => Ok("null".into()),
        Value::Bool(_) | Value::Number(_) | Value::Text(_) => Ok(needle.to_text()),
        other => fault(format!("cannot look for {}", other.kind())),
    }
}

/// Where something begins in text (in characters) or a list; -1 for nowhere.
fn index_of<'a>(needle: &Value, haystack: &Value, from: Option<&Value>) -> Result<'a> {
    let from = from.and_then(Value::number).unwrap_or(0.0);
    let found = match haystack {
        Value::Text(text) => {
            let skip = text.char_indices().nth(from.max(0.0) as usize).map_or(text.len(), |(byte, _)| byte);
            let needle = searched(needle)?;
            let byte = text.get(skip..).and_then(|rest| rest.find(needle.as_ref()));
            byte.and_then(|byte| text.get(..skip + byte)).map(|before| before.chars().count())
        }
        Value::List(list) => {
            let skip = if from < 0.0 { (list.len() as f64 + from).max(0.0) } else { from } as usize;
            list.iter().skip(skip).position(|item| item == needle).map(|row| row + skip)
        }
        other => return fault(format!("cannot look into {}", other.kind())),
    };
    Ok(found.map_or(-1.0, |row| row as f64).into())
}

/// A part of text (in characters) or of a list; negative places count from the end.
fn slice<'a>(value: &Value<'a>, from: f64, to: Option<&Value>) -> Result<'a> {
    let range = |length: usize| {
        let place = |at: f64| (if at < 0.0 { length as f64 + at } else { at }).clamp(0.0, length as f64) as usize;
        let start = place(from);
        let end = to.and_then(Value::number).map_or(length, place);
        (start, end.saturating_sub(start))
    };
    match value {
        Value::Text(text) => {
            let (skip, take) = range(text.chars().count());
            Ok(Value::Text(text.chars().skip(skip).take(take).collect::<String>().into()))
        }
        Value::List(items) => {
            let (skip, take) = range(items.len());
            Ok(list(items.iter().skip(skip).take(take).cloned()))
        }
        other => fault(format!("cannot cut {}", other.kind())),
    }
}
