//! A QGIS project over a GeoPackage beside it: opened, it shows the claims with the Temporal Controller's range and step set.

use super::cell::Extent;
use super::geopackage;
use super::output::Output;
use super::span::Days;
use super::style::qml::{self, DOCTYPE, Rings};
use super::xml::{Xml, document};
use super::{ExportError, Options, Sink, Target, Written};
use crate::feature::{Feature, Geometry, GeometryKind, LayerKind};
use jiff::civil::DateTime;
use std::io::{self, Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A project being written.
pub(super) struct Project {
    output: Output,
    package: geopackage::File,
    title: String,
    days: Days,
    points: Vec<[f64; 2]>,
}

impl Project {
    /// Opens the project and the GeoPackage beside it.
    pub(super) fn create(target: &Target, options: &Options) -> Result<Project, ExportError> {
        let Target::File(path) = target else {
            return Err(ExportError::NeedsFile { what: "a QGIS project" });
        };
        Ok(Project {
            output: Output::open(target)?,
            package: geopackage::File::create(&Target::File(path.with_extension("gpkg")), options)?,
            title: options.title.clone(),
            days: Days::default(),
            points: Vec::new(),
        })
    }
}

impl Sink for Project {
    fn layers(&self) -> &[LayerKind] {
        self.package.layers()
    }

    fn write(&mut self, layer: LayerKind, features: &[Feature]) -> Result<(), ExportError> {
        if layer == LayerKind::Claims {
            for feature in features {
                self.days.add(layer, feature);
                if let Some(Geometry::Point(point)) = feature.geometry {
                    self.points.push(point);
                }
            }
        }
        self.package.write(layer, features)
    }

    fn finish(self: Box<Self>) -> Result<Written, ExportError> {
        let Project { mut output, package, title, days, points } = *self;
        let kinds = package.layers().to_vec();
        let (package, rows) = package.complete()?;
        let name = package.path().file_name().unwrap_or_default().to_string_lossy().into_owned();
        let span = days.span().map(|(first, last)| (first.at(0, 0, 0, 0), last.at(23, 59, 59, 0)));
        let extent = Extent::of_most(&points);
        let project = Described { title: &title, package: &name, kinds: &kinds, span, extent };
        let stem = output.path().file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let archive = zipped(&format!("{stem}.qgs"), project.document().as_bytes());
        archive.and_then(|archive| output.write_all(&archive)).map_err(|error| output.error(error))?;
        // The GeoPackage first: the project must never point to nothing.
        let package = package.commit()?;
        let files = output.commit()?.into_iter().chain(package).collect();
        Ok(Written { files, rows })
    }
}

fn zipped(name: &str, content: &[u8]) -> io::Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file(name, SimpleFileOptions::default())?;
    zip.write_all(content)?;
    Ok(zip.finish()?.into_inner())
}

/// What the project says.
struct Described<'a> {
    title: &'a str,
    package: &'a str,
    kinds: &'a [LayerKind],
    span: Option<(DateTime, DateTime)>,
    extent: Extent,
}

/// Authority code, QGIS's own number, and whether it counts degrees.
const WEB_MERCATOR: (&str, &str) = ("EPSG:3857", "3857");
const WGS84: (&str, &str) = ("EPSG:4326", "3452");

impl Described<'_> {
    fn document(&self) -> String {
        document(DOCTYPE, |xml| {
            xml.tag("qgis", &[("version", "3.22.0"), ("projectname", self.title)], |xml| {
                xml.leaf("title", &[], self.title)?;
                xml.tag("projectCrs", &[], |xml| reference_system(xml, WEB_MERCATOR))?;
                self.layer_tree(xml)?;
                self.canvas(xml)?;
                xml.tag("projectlayers", &[], |xml| {
                    self.kinds.iter().try_for_each(|kind| self.layer(xml, *kind))
                })?;
                self.time(xml)?;
                self.properties(xml)
            })
        })
    }

    /// Claims over their areas are shown; the other layers wait for a tick.
    fn layer_tree<W: Write>(&self, xml: &mut Xml<W>) -> io::Result<()> {
        xml.tag("layer-tree-group", &[], |xml| {
            for kind in self.kinds {
                let shown = matches!(kind, LayerKind::Claims | LayerKind::Areas);
                let expanded = if *kind == LayerKind::Claims { "1" } else { "0" };
                let head = [
                    ("id", layer_id(*kind)),
                    ("name", kind.name().to_owned()),
                    ("providerKey", "ogr".to_owned()),
                    ("source", self.source(*kind)),
                    ("checked", if shown { "Qt::Checked" } else { "Qt::Unchecked" }.to_owned()),
                    ("expanded", expanded.to_owned()),
                ];
                let head: Vec<(&str, &str)> =
                    head.iter().map(|(name, value)| (*name, value.as_str())).collect();
                xml.empty("layer-tree-layer", &head)?;
            }
            Ok(())
        })
    }

    fn canvas<W: Write>(&self, xml: &mut Xml<W>) -> io::Result<()> {
        let extent = self.extent;
        let [west, south] = mercator(extent.west, extent.south);
        let [east, north] = mercator(extent.east, extent.north);
        let sides = [("xmin", west), ("ymin", south), ("xmax", east), ("ymax", north)];
        xml.tag("mapcanvas", &[("name", "theMapCanvas"), ("annotationsVisible", "1")], |xml| {
            xml.leaf("units", &[], "meters")?;
            xml.tag("extent", &[], |xml| {
                sides.into_iter().try_for_each(|(side, value)| xml.leaf(side, &[], &format!("{value:.1}")))
            })?;
            xml.tag("destinationsrs", &[], |xml| reference_system(xml, WEB_MERCATOR))
        })
    }

    fn layer<W: Write>(&self, xml: &mut Xml<W>, kind: LayerKind) -> io::Result<()> {
        let geometry = match kind.geometry() {
            GeometryKind::Point => "Point",
            GeometryKind::MultiPolygon => "Polygon",
            GeometryKind::None => "No geometry",
        };
        let labels = if kind == LayerKind::Claims || kind == LayerKind::Places { "1" } else { "0" };
        xml.tag("maplayer", &[("type", "vector"), ("geometry", geometry), ("labelsEnabled", labels)], |xml| {
            xml.leaf("id", &[], &layer_id(kind))?;
            xml.leaf("datasource", &[], &self.source(kind))?;
            xml.leaf("layername", &[], kind.name())?;
            if kind.geometry() != GeometryKind::None {
                xml.tag("srs", &[], |xml| reference_system(xml, WGS84))?;
            }
            xml.leaf("provider", &[("encoding", "UTF-8")], "ogr")?;
            qml::body(xml, kind, Rings::InAreas)
        })
    }

    fn source(&self, kind: LayerKind) -> String {
        format!("./{}|layername={}", self.package, kind.name())
    }

    /// Steps of a day, two a second.
    fn time<W: Write>(&self, xml: &mut Xml<W>) -> io::Result<()> {
        let Some((start, end)) = self.span else { return Ok(()) };
        xml.tag(
            "ProjectTimeSettings",
            &[("timeStep", "1"), ("timeStepUnit", "d"), ("frameRate", "2"), ("cumulativeTemporalRange", "0")],
            |xml| {
                xml.tag("TemporalRange", &[], |xml| {
                    xml.leaf("start", &[], &format!("{start}Z"))?;
                    xml.leaf("end", &[], &format!("{end}Z"))
                })
            },
        )
    }

    fn properties<W: Write>(&self, xml: &mut Xml<W>) -> io::Result<()> {
        xml.tag("properties", &[], |xml| {
            xml.tag("SpatialRefSys", &[], |xml| xml.leaf("ProjectionsEnabled", &[("type", "int")], "1"))?;
            xml.tag("Paths", &[], |xml| xml.leaf("Absolute", &[("type", "bool")], "false"))?;
            let Some((start, end)) = self.span else { return Ok(()) };
            xml.tag("TemporalControllerWidget", &[], |xml| {
                // Mode 0 opens with everything shown and the range ready; mode 1 would open to a blank map.
                xml.leaf("NavigationMode", &[("type", "int")], "0")?;
                xml.leaf("StartDateTime", &[("type", "QString")], &format!("{start}Z"))?;
                xml.leaf("EndDateTime", &[("type", "QString")], &format!("{end}Z"))
            })
        })
    }
}

/// QGIS makes up ids of its own for those of ten characters or fewer.
fn layer_id(kind: LayerKind) -> String {
    format!("frontmap_layer_{}", kind.name())
}

fn reference_system<W: Write>(xml: &mut Xml<W>, (code, number): (&str, &str)) -> io::Result<()> {
    xml.tag("spatialrefsys", &[], |xml| {
        xml.leaf("srsid", &[], number)?;
        xml.leaf("authid", &[], code)
    })
}

/// Metres in Web Mercator.
fn mercator(lon: f64, lat: f64) -> [f64; 2] {
    const RADIUS_M: f64 = 6_378_137.0;
    let up = (std::f64::consts::FRAC_PI_4 + lat.to_radians() / 2.0).tan().ln();
    [RADIUS_M * lon.to_radians(), RADIUS_M * up]
}
