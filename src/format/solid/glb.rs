//! glTF 2.0, binary (Khronos, ISO/IEC 12113): a node for every layer, a primitive for every material, y up, metres.

use crate::error::Error;
use crate::format::{Credit, Format, Job, Memory, Size, Tier, Topic, Write, Written};
use crate::mesh::{Body, Corner, Layer, Mesh, Triangle};
use crate::sink::Sink;
use crate::watch::{Stage, Watch};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The family.
pub const FORMATS: &[Format] = &[GLB];

const GLB: Format = Format {
    id: "glb",
    aliases: &[],
    title: "glTF (GLB)",
    family: "glTF",
    version: "",
    extension: "glb",
    mime: "model/gltf-binary",
    tier: Tier::Free,
    topics: &[Topic::Games, Topic::Web, Topic::Cad],
    about: "3D model in true size with roofs and colours, a named node for every layer.",
    for_whom: "Architects, game and web developers, visualisers, teachers",
    kept: "Heights, roofs, colours and materials of buildings, layers, ids, roads with their widths",
    lost: "Tags other than ids, names as text, terrain, bridges above the ground, tunnels, trees",
    programs: &[
        "Blender",
        "Unity",
        "Unreal Engine",
        "Godot",
        "three.js",
        "Babylon.js",
        "Cesium",
        "Windows 3D Viewer",
        "SketchUp",
        "Rhino",
        "Cinema 4D",
        "Adobe Dimension",
    ],
    specification: "https://registry.khronos.org/glTF/specs/2.0/glTF-2.0.html",
    credit: Credit::Inside("`asset.copyright`"),
    provenance: Some("`asset.extras.mapwright`"),
    size: Size::Elements,
    memory: Memory::File,
    options: &[],
    write: Write::Mesh(write),
};

const ARRAY_BUFFER: u32 = 34962;
const ELEMENT_ARRAY_BUFFER: u32 = 34963;
const FLOAT: u32 = 5126;
const UNSIGNED_INT: u32 = 5125;

fn write(mesh: &Mesh, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let mut file = File::default();
    let (mut meshes, mut nodes) = (Vec::new(), Vec::new());
    let total = mesh.layers.len() as u64;
    for (row, layer) in mesh.layers.iter().enumerate() {
        watch.at(Stage::Write, row as u64, total)?;
        let primitives = file.layer(layer);
        if !primitives.is_empty() {
            nodes.push(json!({ "name": layer.name, "mesh": meshes.len() }));
            meshes.push(json!({ "name": layer.name, "primitives": primitives }));
        }
    }
    watch.at(Stage::Write, total, total)?;
    let materials: Vec<Value> = mesh
        .materials
        .iter()
        .map(|material| {
            let color = [material.color.r, material.color.g, material.color.b].map(linear);
            let factor = [color[0], color[1], color[2], 1.0];
            let look = json!({ "baseColorFactor": factor, "metallicFactor": 0.0, "roughnessFactor": 0.9 });
            json!({ "name": material.name, "pbrMetallicRoughness": look })
        })
        .collect();
    let mut document = json!({
        "asset": {
            "version": "2.0",
            "generator": "mapwright",
            "copyright": crate::osm::ATTRIBUTION,
            "extras": {
                "license": crate::osm::LICENCE,
                "crs": format!("EPSG:{}", mesh.crs.epsg),
                "origin": mesh.origin,
                "size": mesh.size,
                "timestamp": mesh.timestamp,
                "mapwright": job.provenance.value(),
            },
        },
        "scene": 0,
        "scenes": [{ "name": "map" }],
    });
    let lists = [("nodes", nodes), ("meshes", meshes), ("materials", materials)];
    let lists = lists.into_iter().chain([("accessors", file.accessors), ("bufferViews", file.views)]);
    if let Some(object) = document.as_object_mut() {
        // An empty list is not allowed.
        for (name, list) in lists.filter(|(_, list)| !list.is_empty()) {
            if name == "nodes" {
                object
                    .insert("scenes".into(), json!([{ "name": "map", "nodes": (0..list.len()).collect::<Vec<_>>() }]));
            }
            object.insert(name.into(), list.into());
        }
        if !file.data.is_empty() {
            object.insert("buffers".into(), json!([{ "byteLength": file.data.len() }]));
        }
    }
    container(&document, file.data, sink)
}

/// sRGB → linear light, to four decimals.
fn linear(byte: u8) -> f64 {
    let share = f64::from(byte) / 255.0;
    let light = if share <= 0.040_45 { share / 12.92 } else { libm::pow((share + 0.055) / 1.055, 2.4) };
    libm::round(light * 1e4) / 1e4
}

/// Header and chunks.
fn container(document: &Value, mut data: Vec<u8>, sink: &mut dyn Sink) -> Written {
    let mut text = serde_json::to_vec(document).map_err(|fault| Error::Internal(format!("glTF: {fault}")))?;
    text.resize(text.len().next_multiple_of(4), b' ');
    data.resize(data.len().next_multiple_of(4), 0);
    let binary = if data.is_empty() { 0 } else { 8 + data.len() };
    let total = u32::try_from(20 + text.len() + binary);
    let total = total.map_err(|_| Error::Internal("the model is larger than 4 GB, which GLB cannot hold".into()))?;
    for word in [*b"glTF", 2_u32.to_le_bytes(), total.to_le_bytes(), (text.len() as u32).to_le_bytes(), *b"JSON"] {
        sink.put(&word)?;
    }
    sink.put(&text)?;
    if data.is_empty() {
        return Ok(());
    }
    sink.put(&(data.len() as u32).to_le_bytes())?;
    sink.put(b"BIN\0")?;
    sink.put(&data)
}

/// The binary chunk and what describes it.
#[derive(Default)]
struct File {
    data: Vec<u8>,
    views: Vec<Value>,
    accessors: Vec<Value>,
}

impl File {
    /// The primitives of a layer, one for each material.
    fn layer(&mut self, layer: &Layer) -> Vec<Value> {
        let mut groups: BTreeMap<usize, Vec<(&Body, &[Triangle])>> = BTreeMap::new();
        for (body, face) in layer.bodies.iter().flat_map(|body| body.faces.iter().map(move |face| (body, face))) {
            groups.entry(face.material).or_default().push((body, &face.triangles));
        }
        let mut primitives = Vec::new();
        for (material, bodies) in groups {
            primitives.extend(self.primitive(material, &bodies));
        }
        primitives
    }

    /// Flat shaded triangles; `extras` says from which index on which element goes.
    fn primitive(&mut self, material: usize, bodies: &[(&Body, &[Triangle])]) -> Option<Value> {
        let mut corners: Vec<[[f32; 3]; 2]> = Vec::new();
        let mut known: BTreeMap<[[u32; 3]; 2], u32> = BTreeMap::new();
        let (mut rows, mut ids, mut starts) = (Vec::<u32>::new(), Vec::new(), Vec::new());
        for (body, triangles) in bodies {
            if let Some((kind, id)) = body.source {
                ids.push(format!("{kind}{id}"));
                starts.push(rows.len());
            }
            known.clear();
            for triangle in *triangles {
                let Some(normal) = normal(triangle) else { continue };
                for corner in triangle {
                    let vertex = [turned(*corner), turned(normal)];
                    let key = vertex.map(|part| part.map(f32::to_bits));
                    rows.push(*known.entry(key).or_insert_with(|| {
                        corners.push(vertex);
                        corners.len() as u32 - 1
                    }));
                }
            }
        }
        let start = [f32::INFINITY; 3];
        let least = corners.iter().fold(start, |least, [at, _]| [0, 1, 2].map(|axis| at[axis].min(least[axis])));
        let most =
            corners.iter().fold(start.map(|x| -x), |most, [at, _]| [0, 1, 2].map(|axis| at[axis].max(most[axis])));
        if rows.is_empty() {
            return None;
        }
        let bytes = |row: usize| {
            let parts = corners.iter().filter_map(move |vertex| vertex.get(row));
            parts.flatten().flat_map(|value| value.to_le_bytes()).collect::<Vec<u8>>()
        };
        let (places, normals) = (bytes(0), bytes(1));
        let place = self.accessor(
            &places,
            ARRAY_BUFFER,
            json!({ "componentType": FLOAT, "count": corners.len(), "type": "VEC3", "min": least, "max": most }),
        );
        let normal = self.accessor(
            &normals,
            ARRAY_BUFFER,
            json!({ "componentType": FLOAT, "count": corners.len(), "type": "VEC3" }),
        );
        let indices: Vec<u8> = rows.iter().flat_map(|row| row.to_le_bytes()).collect();
        let index = self.accessor(
            &indices,
            ELEMENT_ARRAY_BUFFER,
            json!({ "componentType": UNSIGNED_INT, "count": rows.len(), "type": "SCALAR" }),
        );
        let mut primitive =
            json!({ "attributes": { "POSITION": place, "NORMAL": normal }, "indices": index, "material": material });
        if let Some(object) = primitive.as_object_mut()
            && !ids.is_empty()
        {
            object.insert("extras".into(), json!({ "osm": ids, "first_index": starts }));
        }
        Some(primitive)
    }

    fn accessor(&mut self, bytes: &[u8], target: u32, mut accessor: Value) -> usize {
        let view = json!({ "buffer": 0, "byteOffset": self.data.len(), "byteLength": bytes.len(), "target": target });
        self.data.extend_from_slice(bytes);
        if let Some(object) = accessor.as_object_mut() {
            object.insert("bufferView".into(), self.views.len().into());
        }
        self.views.push(view);
        self.accessors.push(accessor);
        self.accessors.len() - 1
    }
}

/// z up → y up.
fn turned([x, y, z]: Corner) -> [f32; 3] {
    [x as f32, z as f32, -y as f32]
}

/// The direction a triangle faces; none for one without an area.
fn normal([a, b, c]: &Triangle) -> Option<Corner> {
    let (u, v) = ([b[0] - a[0], b[1] - a[1], b[2] - a[2]], [c[0] - a[0], c[1] - a[1], c[2] - a[2]]);
    let cross = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
    let length = libm::sqrt(cross.iter().map(|part| part * part).sum::<f64>());
    (length > 1e-12).then(|| cross.map(|part| part / length))
}
