//! Files of Arrow (arrow.apache.org, columnar format 1.5, IPC): a schema, batches of rows, and at the end where they are.

use crate::error::Result;
use crate::sink::Sink;
use crate::wire::flatbuffers::{self, Table, Value};

const MAGIC: &[u8] = b"ARROW1";
/// Everything begins at a multiple of this.
const STEP: usize = 8;
/// Before a message that has its length behind this.
const GOES_ON: [u8; 4] = [0xff; 4];
/// The version of messages (`V5` of Schema.fbs).
const VERSION: Value = Value::U16(4);
/// Rows of the union `MessageHeader` in Message.fbs.
const SCHEMA: u8 = 1;
const RECORD_BATCH: u8 = 3;

/// Types of columns: rows of the union `Type` in Schema.fbs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    Int64 = 2,
    Float64 = 3,
    Binary = 4,
    Utf8 = 5,
    Bool = 6,
    Struct = 13,
    Map = 17,
}

/// A column of the schema.
pub struct Field {
    pub name: String,
    pub kind: Type,
    /// Whether a row may have no value.
    pub nullable: bool,
    pub children: Vec<Field>,
    pub metadata: Vec<(&'static str, String)>,
}

impl Field {
    /// A column without more to say of it.
    pub fn new(name: impl Into<String>, kind: Type, nullable: bool) -> Self {
        Self { name: name.into(), kind, nullable, children: Vec::new(), metadata: Vec::new() }
    }

    fn table(&self) -> Table<'_> {
        let kind = match self.kind {
            Type::Int64 => Table::default().with(0, Value::I32(64)).with(1, Value::U8(1)),
            // The precision of 64 bits.
            Type::Float64 => Table::default().with(0, Value::U16(2)),
            _ => Table::default(),
        };
        Table::default()
            .with(0, Value::Text(&self.name))
            .with(1, Value::U8(self.nullable.into()))
            .with(2, Value::U8(self.kind as u8))
            .with(3, Value::Table(kind))
            .with(5, Value::Tables(self.children.iter().map(Self::table).collect()))
            .maybe(6, (!self.metadata.is_empty()).then(|| pairs(&self.metadata)))
    }
}

fn pairs<'a>(metadata: &'a [(&'static str, String)]) -> Value<'a> {
    let pair = |(key, value): &'a (&'static str, String)| {
        Table::default().with(0, Value::Text(key)).with(1, Value::Text(value))
    };
    Value::Tables(metadata.iter().map(pair).collect())
}

/// Some rows: columns one after the other, each its own buffers.
pub struct Batch {
    rows: u64,
    /// Of each column and of those within it: values, and how many of them are none.
    nodes: Vec<u64>,
    /// Of each buffer: where it begins, how long it is.
    buffers: Vec<u64>,
    body: Vec<u8>,
}

impl Batch {
    /// An empty one for so many rows.
    pub fn new(rows: usize) -> Self {
        Self { rows: rows as u64, nodes: Vec::new(), buffers: Vec::new(), body: Vec::new() }
    }

    /// Begins a column of some values, of which these are there; its first buffer says which, or is empty where all are.
    pub fn column(&mut self, there: impl ExactSizeIterator<Item = bool> + Clone) {
        let (count, none) = (there.len(), there.clone().filter(|there| !there).count());
        self.nodes.extend([count as u64, none as u64]);
        self.bits(there.take(if none > 0 { count } else { 0 }));
    }

    /// Appends a buffer of bits, the lowest first.
    pub fn bits(&mut self, bits: impl Iterator<Item = bool>) {
        let mut bytes = Vec::new();
        for (row, bit) in bits.enumerate() {
            if row % 8 == 0 {
                bytes.push(0);
            }
            if let Some(last) = bytes.last_mut() {
                *last |= u8::from(bit) << (row % 8);
            }
        }
        self.buffer(&bytes);
    }

    /// Appends a buffer.
    pub fn buffer(&mut self, bytes: &[u8]) {
        self.buffers.extend([self.body.len() as u64, bytes.len() as u64]);
        self.body.extend_from_slice(bytes);
        self.body.resize(self.body.len().next_multiple_of(STEP), 0);
    }
}

/// A file in the making.
pub struct File {
    fields: Vec<Field>,
    metadata: Vec<(&'static str, String)>,
    /// Of each batch: where it begins, how long it is without its body, how long that is.
    blocks: Vec<u64>,
}

impl File {
    /// Writes the head of a file.
    ///
    /// # Errors
    /// Those of the sink.
    pub fn new(fields: Vec<Field>, metadata: Vec<(&'static str, String)>, sink: &mut dyn Sink) -> Result<Self> {
        let file = Self { fields, metadata, blocks: Vec::new() };
        sink.put(MAGIC)?;
        sink.put(&[0; STEP - MAGIC.len()])?;
        sink.put(&message(SCHEMA, file.schema(), 0)?)?;
        Ok(file)
    }

    /// Writes some rows.
    ///
    /// # Errors
    /// Those of the sink.
    pub fn batch(&mut self, batch: Batch, sink: &mut dyn Sink) -> Result<()> {
        let Batch { rows, nodes, buffers, body } = batch;
        let header = Table::default()
            .with(0, Value::U64(rows))
            .with(1, Value::Longs(&nodes, 2))
            .with(2, Value::Longs(&buffers, 2));
        let head = message(RECORD_BATCH, header, body.len() as u64)?;
        self.blocks.extend([sink.position(), head.len() as u64, body.len() as u64]);
        sink.put(&head)?;
        sink.put(&body)
    }

    /// Writes the end: the schema again, and where the batches are.
    ///
    /// # Errors
    /// Those of the sink.
    pub fn finish(self, sink: &mut dyn Sink) -> Result<()> {
        let footer = Table::default()
            .with(0, VERSION)
            .with(1, Value::Table(self.schema()))
            .with(3, Value::Longs(&self.blocks, 3));
        let footer = flatbuffers::plain(&footer)?;
        sink.put(&GOES_ON)?;
        sink.put(&0_u32.to_le_bytes())?;
        sink.put(&footer)?;
        sink.put(&(footer.len() as u32).to_le_bytes())?;
        sink.put(MAGIC)
    }

    fn schema(&self) -> Table<'_> {
        Table::default()
            .with(1, Value::Tables(self.fields.iter().map(Field::table).collect()))
            .with(2, pairs(&self.metadata))
    }
}

/// A message with its length before it.
fn message(kind: u8, header: Table, body: u64) -> Result<Vec<u8>> {
    let message = Table::default()
        .with(0, VERSION)
        .with(1, Value::U8(kind))
        .with(2, Value::Table(header))
        .with(3, Value::U64(body));
    let bytes = flatbuffers::plain(&message)?;
    Ok([&GOES_ON[..], &(bytes.len() as u32).to_le_bytes(), &bytes].concat())
}
