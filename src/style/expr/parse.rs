//! JSON → [`Expr`].

use super::apply::fault;
use super::curve::Curve;
use super::operator::{OPERATORS, Op};
use super::{Expr, FIELDS, Fault, Key, Value};
use serde_json::Value as Json;

/// The tags that a style asks for; [`Key::Tag`] is the row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keys(Vec<String>);

impl Keys {
    /// All tags, in rows.
    pub fn list(&self) -> &[String] {
        &self.0
    }

    /// The key of a property name.
    pub fn key(&mut self, name: &str) -> Key {
        if let Some((_, field)) = FIELDS.iter().find(|(known, _)| *known == name) {
            return Key::Field(*field);
        }
        let row = self.0.iter().position(|known| known == name).unwrap_or_else(|| {
            self.0.push(name.to_owned());
            self.0.len() - 1
        });
        Key::Tag(row as u16)
    }
}

/// Most nested expressions; deeper ones are refused before the stack is.
const DEEPEST: usize = 64;

/// Compiles an expression; `keys` learns the tags it asks for.
///
/// # Errors
/// [`Fault`] for an operator that is not supported or wrong operands.
pub fn parse(json: &Json, keys: &mut Keys) -> Result<Expr, Fault> {
    Parser { keys, scope: Vec::new(), depth: 0 }.expr(json)
}

struct Parser<'k> {
    keys: &'k mut Keys,
    scope: Vec<String>,
    depth: usize,
}

impl Parser<'_> {
    fn expr(&mut self, json: &Json) -> Result<Expr, Fault> {
        let list = match json {
            Json::Array(list) => list,
            Json::Object(_) => return fault("an object is no expression; [\"literal\", {…}] is"),
            plain => return Ok(Expr::Literal(Value::of(plain))),
        };
        let Some(head) = list.first().and_then(Json::as_str) else {
            return fault("an expression starts with the name of its operator");
        };
        self.depth += 1;
        if self.depth > DEEPEST {
            return fault("an expression is nested too deep");
        }
        let result = self.call(head, list.get(1..).unwrap_or_default());
        self.depth -= 1;
        result
    }

    fn all(&mut self, list: &[Json]) -> Result<Vec<Expr>, Fault> {
        list.iter().map(|json| self.expr(json)).collect()
    }

    fn boxed(&mut self, json: &Json) -> Result<Box<Expr>, Fault> {
        self.expr(json).map(Box::new)
    }

    fn call(&mut self, head: &str, rest: &[Json]) -> Result<Expr, Fault> {
        match (head, rest) {
            ("literal", [value]) => Ok(Expr::Literal(Value::of(value))),
            ("get", [Json::String(name)]) => Ok(Expr::Get(self.keys.key(name))),
            ("has", [Json::String(name)]) => Ok(Expr::Has(self.keys.key(name))),
            ("get", [_]) => Ok(Expr::Call(Op::GetNamed, self.all(rest)?)),
            ("has", [_]) => Ok(Expr::Call(Op::HasNamed, self.all(rest)?)),
            ("get", [_, _]) => Ok(Expr::Call(Op::GetIn, self.all(rest)?)),
            ("has", [_, _]) => Ok(Expr::Call(Op::HasIn, self.all(rest)?)),
            ("!has", _) => self.not("has", rest),
            ("!in", _) => self.not("in", rest),
            ("all", _) => Ok(Expr::Every(true, self.all(rest)?)),
            ("any", _) => Ok(Expr::Every(false, self.all(rest)?)),
            ("none", _) => self.not("any", rest),
            ("coalesce", [_, ..]) => Ok(Expr::Coalesce(self.all(rest)?)),
            ("case", [pairs @ .., last]) if pairs.len() >= 2 && pairs.len() % 2 == 0 => {
                let pairs = pairs.chunks_exact(2).filter_map(<[Json]>::as_array::<2>);
                let pairs = pairs.map(|[when, then]| Ok((self.expr(when)?, self.expr(then)?)));
                let pairs = pairs.collect::<Result<_, Fault>>()?;
                Ok(Expr::Case(pairs, self.boxed(last)?))
            }
            ("match", [input, arms @ .., last]) if arms.len() >= 2 && arms.len() % 2 == 0 => {
                let input = self.boxed(input)?;
                let arms = arms.chunks_exact(2).filter_map(<[Json]>::as_array::<2>);
                let arms = arms.map(|[label, value]| Ok((labels(label), self.expr(value)?)));
                let arms = arms.collect::<Result<_, Fault>>()?;
                Ok(Expr::Match(input, arms, self.boxed(last)?))
            }
            ("let", [pairs @ .., body]) if pairs.len() % 2 == 0 => self.bind(pairs, body),
            ("var", [Json::String(name)]) => match self.scope.iter().rposition(|known| known == name) {
                Some(slot) => Ok(Expr::Var(slot)),
                None => fault(format!("\"{name}\" is bound by no \"let\" around it")),
            },
            ("step", [input, first, stops @ ..]) if stops.len() % 2 == 0 => {
                Ok(Expr::Step(self.boxed(input)?, self.boxed(first)?, self.stops(stops)?))
            }
            ("interpolate" | "interpolate-hcl" | "interpolate-lab", [shape, input, stops @ ..])
                if stops.len() >= 2 && stops.len() % 2 == 0 =>
            {
                Ok(Expr::Interpolate(curve(shape)?, self.boxed(input)?, self.stops(stops)?))
            }
            ("format", _) => self.format(rest),
            _ => self.operator(head, rest),
        }
    }

    fn operator(&mut self, head: &str, rest: &[Json]) -> Result<Expr, Fault> {
        let Some((_, op, fewest, most)) = OPERATORS.iter().find(|(name, ..)| *name == head) else {
            return match super::operator::known(head) {
                true => fault(format!("\"{head}\" does not take these operands")),
                false => fault(format!("the operator \"{head}\" is not supported")),
            };
        };
        if !(*fewest..=*most).contains(&rest.len()) {
            return fault(format!("\"{head}\" does not take {} operands", rest.len()));
        }
        Ok(Expr::Call(*op, self.all(rest)?))
    }

    fn not(&mut self, head: &str, rest: &[Json]) -> Result<Expr, Fault> {
        Ok(Expr::Call(Op::Not, vec![self.call(head, rest)?]))
    }

    fn bind(&mut self, pairs: &[Json], body: &Json) -> Result<Expr, Fault> {
        let outer = self.scope.len();
        let (mut names, mut values) = (Vec::new(), Vec::new());
        for pair in pairs.chunks_exact(2) {
            let [Json::String(name), value] = pair else { return fault("\"let\" binds names to values") };
            values.push(self.expr(value)?);
            names.push(name.clone());
        }
        self.scope.extend(names);
        let body = self.boxed(body);
        self.scope.truncate(outer);
        Ok(Expr::Let(values, body?))
    }

    fn stops(&mut self, list: &[Json]) -> Result<Vec<(f64, Expr)>, Fault> {
        let mut stops: Vec<(f64, Expr)> = Vec::with_capacity(list.len() / 2);
        for pair in list.chunks_exact(2) {
            let [at, value] = pair else { continue };
            let Some(at) = at.as_f64() else { return fault("stops are numbers") };
            if stops.last().is_some_and(|(before, _)| *before >= at) {
                return fault("stops must ascend");
            }
            stops.push((at, self.expr(value)?));
        }
        Ok(stops)
    }

    fn format(&mut self, list: &[Json]) -> Result<Expr, Fault> {
        let mut pieces: Vec<(Expr, Option<Expr>, Option<Expr>)> = Vec::new();
        for json in list {
            match (json, pieces.last_mut()) {
                (Json::Object(look), Some((_, scale, color))) => {
                    *scale = look.get("font-scale").map(|json| self.expr(json)).transpose()?;
                    *color = look.get("text-color").map(|json| self.expr(json)).transpose()?;
                }
                _ => pieces.push((self.expr(json)?, None, None)),
            }
        }
        Ok(Expr::Format(pieces))
    }
}

fn labels(json: &Json) -> Vec<Value<'static>> {
    match json {
        Json::Array(list) => list.iter().map(Value::of).collect(),
        one => vec![Value::of(one)],
    }
}

fn curve(json: &Json) -> Result<Curve, Fault> {
    let list = json.as_array().map(Vec::as_slice).unwrap_or_default();
    let numbers: Vec<f64> = list.iter().skip(1).filter_map(Json::as_f64).collect();
    match (list.first().and_then(Json::as_str), numbers.as_slice()) {
        (Some("linear"), []) => Ok(Curve::Exponential(1.0)),
        (Some("exponential"), &[base]) => Ok(Curve::Exponential(base)),
        (Some("cubic-bezier"), &[a, b, c, d]) => Ok(Curve::Bezier([a, b, c, d])),
        _ => fault("interpolation is linear, exponential or cubic-bezier"),
    }
}
