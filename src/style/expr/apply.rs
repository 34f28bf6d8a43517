//! What the operators compute.

use super::operator::Op;
use super::{Fault, Value};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::sync::Arc;

type Result<'a> = std::result::Result<Value<'a>, Fault>;

/// A fault with a message.
pub fn fault<T>(message: impl Into<String>) -> std::result::Result<T, Fault> {
    Err(Fault(message.into()))
}

/// An operator on its operands.
pub fn apply<'a>(op: Op, values: &[Value<'a>]) -> Result<'a> {
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
