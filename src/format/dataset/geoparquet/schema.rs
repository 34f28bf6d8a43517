//! The schema: a column for every leaf, tags as a map (LogicalTypes.md of Parquet), boxes as a group of four numbers.

use super::column::{Leaf, Source};
use crate::table::ColumnKind;
use parquet::basic::{ConvertedType, LogicalType, Repetition, Type as Physical};
use parquet::errors::Result;
use parquet::schema::types::{Type, TypePtr};
use std::sync::Arc;

/// The sides of a box, as the specification calls them (§ bbox covering encoding).
pub const SIDES: [&str; 4] = ["xmin", "ymin", "xmax", "ymax"];

/// The type of all rows.
pub fn schema(leaves: &[Leaf]) -> Result<Type> {
    let mut fields: Vec<TypePtr> = Vec::new();
    let optional = Repetition::OPTIONAL;
    for leaf in leaves {
        fields.push(Arc::new(match &leaf.source {
            Source::Column(column) => match column.kind {
                ColumnKind::Text => text(&leaf.name, optional)?,
                ColumnKind::Json => primitive(&leaf.name, Physical::BYTE_ARRAY, optional)
                    .with_logical_type(Some(LogicalType::Json))
                    .with_converted_type(ConvertedType::JSON)
                    .build()?,
                ColumnKind::Int => primitive(&leaf.name, Physical::INT64, optional).build()?,
                ColumnKind::Number(_) => primitive(&leaf.name, Physical::DOUBLE, optional).build()?,
                ColumnKind::Flag => primitive(&leaf.name, Physical::BOOLEAN, optional).build()?,
            },
            Source::Keys => {
                let pair =
                    vec![Arc::new(text("key", Repetition::REQUIRED)?), Arc::new(text("value", Repetition::REQUIRED)?)];
                let pairs = Type::group_type_builder("key_value")
                    .with_repetition(Repetition::REPEATED)
                    .with_fields(pair)
                    .build()?;
                Type::group_type_builder(&leaf.name)
                    .with_repetition(Repetition::REQUIRED)
                    .with_logical_type(Some(LogicalType::Map))
                    .with_converted_type(ConvertedType::MAP)
                    .with_fields(vec![Arc::new(pairs)])
                    .build()?
            }
            Source::Side(0) => {
                let side = |name: &&str| Ok(Arc::new(primitive(name, Physical::DOUBLE, Repetition::REQUIRED).build()?));
                let sides = SIDES.iter().map(side).collect::<Result<Vec<TypePtr>>>()?;
                Type::group_type_builder("bbox").with_repetition(optional).with_fields(sides).build()?
            }
            // Told with the first of their group.
            Source::Values | Source::Side(_) => continue,
            Source::Geometry => primitive("geometry", Physical::BYTE_ARRAY, optional).build()?,
        }));
    }
    Type::group_type_builder("schema").with_fields(fields).build()
}

fn primitive(name: &str, kind: Physical, repetition: Repetition) -> parquet::schema::types::PrimitiveTypeBuilder<'_> {
    Type::primitive_type_builder(name, kind).with_repetition(repetition)
}

fn text(name: &str, repetition: Repetition) -> Result<Type> {
    primitive(name, Physical::BYTE_ARRAY, repetition)
        .with_logical_type(Some(LogicalType::String))
        .with_converted_type(ConvertedType::UTF8)
        .build()
}
