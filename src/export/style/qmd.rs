//! QGIS layer metadata: title, abstract, licence, credit. It stands beside a file as `.qmd` and in a GeoPackage's metadata.

use super::super::Options;
use super::super::xml::document;
use super::qml::DOCTYPE;
use crate::feature::LayerKind;

/// The metadata document of one layer.
pub(in crate::export) fn metadata(kind: LayerKind, options: &Options) -> String {
    document(DOCTYPE, |xml| {
        xml.tag("qgis", &[("version", "3.22.0")], |xml| {
            xml.leaf("identifier", &[], kind.name())?;
            xml.leaf("type", &[], "dataset")?;
            xml.leaf("title", &[], &title(kind, options))?;
            xml.leaf("abstract", &[], about(kind))?;
            xml.leaf("fees", &[], "")?;
            xml.leaf("rights", &[], &options.attribution)?;
            xml.leaf("license", &[], &options.license)?;
            xml.leaf("encoding", &[], "UTF-8")?;
            xml.tag("crs", &[], |xml| {
                xml.tag("spatialrefsys", &[], |xml| {
                    xml.leaf("srid", &[], "4326")?;
                    xml.leaf("authid", &[], "EPSG:4326")
                })
            })
        })
    })
}

/// The layer's title for people.
pub(in crate::export) fn title(kind: LayerKind, options: &Options) -> String {
    format!("{}: {}", options.title, kind.name())
}

/// What the layer holds.
pub(in crate::export) fn about(kind: LayerKind) -> &'static str {
    match kind {
        LayerKind::Claims => {
            "Who is said to have done what where: one point a claim, dated, with its sentence and source."
        }
        LayerKind::Areas => "The ground that holds the truth of each claim in nine of ten cases.",
        LayerKind::Mentions => "Every place named in the reports.",
        LayerKind::Places => "One row a place, with counts of claims by side and type.",
        LayerKind::Documents => "The reports that were read.",
        LayerKind::Unlocated => "Claims that could not be placed, with the reason.",
        LayerKind::Events => "What claims of several sentences, reports and sources tell of together.",
        LayerKind::Ladder => "How claims on a settlement harden: one row a settlement and side, with dates.",
        LayerKind::Changes => "What some days say otherwise than those before.",
    }
}
