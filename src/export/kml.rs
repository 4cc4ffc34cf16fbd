//! KML, and KMZ with the symbols in it. Every placemark has a TimeSpan, so that globes play the layer; all text is escaped.

use super::cell::{self, rings, round6};
use super::one_layer::LayerWriter;
use super::output::Output;
use super::picture::symbol;
use super::style::{self, qmd};
use super::xml::Xml;
use super::{ExportError, Options, Target};
use crate::claim::{ClaimType, Side, Status};
use crate::feature::{ColumnKind, Feature, Geometry, LayerKind, Value};
use geo::Polygon;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::PathBuf;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A `.kml` being written.
pub(super) struct Kml {
    document: Document<Output>,
}

/// A `.kmz` being written: `doc.kml`, then the symbols that it names.
pub(super) struct Kmz {
    document: Document<ZipWriter<Output>>,
    path: PathBuf,
}

/// Side, type and status: what a symbol is made of.
type Look = (Side, ClaimType, Status);

struct Document<W: Write> {
    xml: Xml<W>,
    kind: LayerKind,
    icons: Icons,
}

/// Where the symbols are.
enum Icons {
    /// A lone file has none: the globe's own pin, in the colour of the side.
    Pins,
    /// In the archive; these are used.
    InArchive(BTreeSet<String>),
}

impl Kml {
    /// Opens the file and writes what comes first.
    pub(super) fn create(target: &Target, kind: LayerKind, options: &Options) -> Result<Kml, ExportError> {
        let output = Output::open(target)?;
        let path = output.path().to_owned();
        let document = Document::open(output, kind, options, Icons::Pins);
        Ok(Kml { document: document.map_err(|error| ExportError::Io { path, error })? })
    }
}

impl LayerWriter for Kml {
    fn write(&mut self, features: &[Feature]) -> Result<u64, ExportError> {
        let written = features.iter().try_for_each(|feature| self.document.placemark(feature));
        written.map_err(|error| self.document.xml.0.get_mut().error(error))?;
        Ok(features.len() as u64)
    }

    fn finish(mut self: Box<Self>) -> Result<Vec<Output>, ExportError> {
        self.document.close().map_err(|error| self.document.xml.0.get_mut().error(error))?;
        Ok(vec![self.document.xml.0.into_inner()])
    }
}

impl Kmz {
    /// Opens the archive and writes what comes first.
    pub(super) fn create(target: &Target, kind: LayerKind, options: &Options) -> Result<Kmz, ExportError> {
        let output = Output::open(target)?;
        let path = output.path().to_owned();
        if output.file().is_none() {
            return Err(ExportError::NeedsFile { what: "KMZ" });
        }
        // Readers of KMZ do not know archives that were written as a stream.
        let mut zip = ZipWriter::new(output);
        let document = zip
            .start_file("doc.kml", SimpleFileOptions::default())
            .map_err(io::Error::from)
            .and_then(|()| Document::open(zip, kind, options, Icons::InArchive(BTreeSet::new())));
        match document {
            Ok(document) => Ok(Kmz { document, path }),
            Err(error) => Err(ExportError::Io { path, error }),
        }
    }

    fn archive(mut self) -> io::Result<Output> {
        self.document.close()?;
        let mut zip = self.document.xml.0.into_inner();
        if let Icons::InArchive(used) = self.document.icons {
            for (side, claim_type, status) in looks() {
                let name = look_id((side, claim_type, status));
                if used.contains(&name) {
                    zip.start_file(format!("symbols/{name}.png"), SimpleFileOptions::default())?;
                    zip.write_all(&symbol::png(side, claim_type, status, 48))?;
                }
            }
        }
        Ok(zip.finish()?)
    }
}

impl LayerWriter for Kmz {
    fn write(&mut self, features: &[Feature]) -> Result<u64, ExportError> {
        let written = features.iter().try_for_each(|feature| self.document.placemark(feature));
        written.map_err(|error| ExportError::Io { path: self.path.clone(), error })?;
        Ok(features.len() as u64)
    }

    fn finish(self: Box<Self>) -> Result<Vec<Output>, ExportError> {
        let path = self.path.clone();
        Ok(vec![self.archive().map_err(|error| ExportError::Io { path, error })?])
    }
}

fn looks() -> impl Iterator<Item = Look> {
    Side::ALL.iter().flat_map(|&side| {
        ClaimType::ALL
            .iter()
            .flat_map(move |&claim_type| Status::ALL.iter().map(move |&status| (side, claim_type, status)))
    })
}

fn look_id((side, claim_type, status): Look) -> String {
    format!("{}-{}-{}", side.as_str(), claim_type.as_str(), status.as_str())
}

impl<W: Write> Document<W> {
    fn open(to: W, kind: LayerKind, options: &Options, icons: Icons) -> io::Result<Document<W>> {
        let mut xml = Xml(Writer::new(to));
        xml.0.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        xml.start("kml", &[("xmlns", "http://www.opengis.net/kml/2.2")])?;
        xml.start("Document", &[])?;
        xml.leaf("name", &[], &qmd::title(kind, options))?;
        xml.leaf("description", &[], &format!("{} {}", options.attribution, options.license))?;
        for look in looks() {
            xml.tag("Style", &[("id", &look_id(look))], |xml| style_of(xml, look, &icons))?;
        }
        xml.tag("Schema", &[("name", kind.name()), ("id", kind.name())], |xml| {
            for column in kind.columns() {
                let simple_type = match column.kind {
                    // KML has no type for days.
                    ColumnKind::Text | ColumnKind::Date | ColumnKind::DateTime => "string",
                    ColumnKind::Integer => "int",
                    ColumnKind::Real => "double",
                };
                xml.tag("SimpleField", &[("type", simple_type), ("name", column.name)], |xml| {
                    xml.leaf("displayName", &[], column.alias)
                })?;
            }
            Ok(())
        })?;
        Ok(Document { xml, kind, icons })
    }

    fn placemark(&mut self, feature: &Feature) -> io::Result<()> {
        let kind = self.kind;
        let get = |name| feature.get(kind, name);
        let look = look_of(kind, feature);
        let style = look_id(look);
        let id = feature.id.as_deref().map(|id| format!("{}-{id}", kind.name()));
        let head: Vec<(&str, &str)> = id.as_deref().map(|id| ("id", id)).into_iter().collect();
        self.xml.tag("Placemark", &head, |xml| {
            let name = get("place_name").as_str().or(get("place_text").as_str()).or(get("doc_id").as_str());
            xml.leaf("name", &[], name.unwrap_or("no place"))?;
            xml.leaf("description", &[], &balloon(kind, feature))?;
            if let (Value::DateTime(start), Value::DateTime(end)) = (get("start"), get("end")) {
                xml.tag("TimeSpan", &[], |xml| {
                    xml.leaf("begin", &[], &format!("{start}Z"))?;
                    xml.leaf("end", &[], &format!("{end}Z"))
                })?;
            }
            xml.leaf("styleUrl", &[], &format!("#{style}"))?;
            xml.tag("ExtendedData", &[], |xml| {
                xml.tag("SchemaData", &[("schemaUrl", &format!("#{}", kind.name()))], |xml| {
                    for (column, value) in kind.columns().iter().zip(&feature.values) {
                        if let Some(text) = cell::text(value) {
                            xml.leaf("SimpleData", &[("name", column.name)], &text)?;
                        }
                    }
                    Ok(())
                })
            })?;
            match &feature.geometry {
                None => Ok(()),
                Some(Geometry::Point([lon, lat])) => xml.tag("Point", &[], |xml| {
                    xml.leaf("coordinates", &[], &format!("{},{}", round6(*lon), round6(*lat)))
                }),
                Some(Geometry::MultiPolygon(area)) => xml.tag("MultiGeometry", &[], |xml| {
                    area.iter().try_for_each(|polygon| write_polygon(xml, polygon))
                }),
            }
        })?;
        self.xml.0.write_event(Event::Text(BytesText::new("\n")))?;
        if let Icons::InArchive(used) = &mut self.icons {
            used.insert(style);
        }
        Ok(())
    }

    fn close(&mut self) -> io::Result<()> {
        self.xml.end("Document")?;
        self.xml.end("kml")
    }
}

/// The look of a row; layers without claims take that of presence.
fn look_of(kind: LayerKind, feature: &Feature) -> Look {
    let get = |name| feature.get(kind, name).as_str();
    (
        get("actor_side").and_then(|word| word.parse().ok()).unwrap_or(Side::Unknown),
        get("claim_type").and_then(|word| word.parse().ok()).unwrap_or(ClaimType::Control),
        get("status").and_then(|word| word.parse().ok()).unwrap_or(Status::Asserted),
    )
}

fn style_of<W: Write>(xml: &mut Xml<W>, look: Look, icons: &Icons) -> io::Result<()> {
    let (side, _, status) = look;
    let color = style::side(side).color;
    // KML writes colours as alpha, blue, green, red.
    let with_alpha = |alpha: u8| format!("{alpha:02x}{:02x}{:02x}{:02x}", color.2, color.1, color.0);
    xml.tag("IconStyle", &[], |xml| match icons {
        Icons::Pins => {
            let alpha = 0x60 + (style::status(status).fill * f64::from(0x9f_u8)) as u8;
            xml.leaf("color", &[], &with_alpha(alpha))?;
            xml.leaf("scale", &[], "0.8")
        }
        Icons::InArchive(_) => {
            xml.leaf("scale", &[], "0.7")?;
            xml.tag("Icon", &[], |xml| xml.leaf("href", &[], &format!("symbols/{}.png", look_id(look))))?;
            xml.empty(
                "hotSpot",
                &[("x", "0.5"), ("y", "0.5"), ("xunits", "fraction"), ("yunits", "fraction")],
            )
        }
    })?;
    xml.tag("LabelStyle", &[], |xml| xml.leaf("scale", &[], "0.7"))?;
    xml.tag("LineStyle", &[], |xml| xml.leaf("color", &[], &with_alpha(0xb0)))?;
    xml.tag("PolyStyle", &[], |xml| xml.leaf("color", &[], &with_alpha(0x28)))
}

/// What the balloon shows. It is HTML inside XML: text is escaped once here and once more as XML.
fn balloon(kind: LayerKind, feature: &Feature) -> String {
    let text = |name| feature.get(kind, name).as_str().unwrap_or_default();
    let escaped = |text: &str| quick_xml::escape::escape(text).into_owned();
    let head: Vec<&str> = ["actor_side", "claim_type", "status"]
        .into_iter()
        .map(text)
        .filter(|text| !text.is_empty())
        .collect();
    let source = [text("source"), text("url")].into_iter().find(|text| !text.is_empty()).unwrap_or_default();
    let parts = [escaped(&head.join(" · ")), escaped(text("sentence")), escaped(source)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("<br>")
}

fn write_polygon<W: Write>(xml: &mut Xml<W>, polygon: &Polygon) -> io::Result<()> {
    xml.tag("Polygon", &[], |xml| {
        for (at, ring) in rings(polygon).enumerate() {
            let side = if at == 0 { "outerBoundaryIs" } else { "innerBoundaryIs" };
            let corners: Vec<String> =
                ring.coords().map(|corner| format!("{},{}", round6(corner.x), round6(corner.y))).collect();
            xml.tag(side, &[], |xml| {
                xml.tag("LinearRing", &[], |xml| xml.leaf("coordinates", &[], &corners.join(" ")))
            })?;
        }
        Ok(())
    })
}
