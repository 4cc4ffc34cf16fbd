//! What QGIS says in words: labels, the attribute form with its aliases, the map tip.

use super::super::xml::Xml;
use crate::feature::{Column, LayerKind};
use std::io::{self, Write};

/// One label a place: labels of claims at one point lie on each other exactly, and of those that would overlap QGIS draws one.
pub(super) fn labels<W: Write>(xml: &mut Xml<W>, kind: LayerKind) -> io::Result<()> {
    let expression = match kind {
        LayerKind::Claims => {
            "CASE WHEN \"relation\" = 'dir' AND \"rel_bearing\" IS NOT NULL \
             THEN \"rel_bearing\" || ' of ' || \"place_name\" ELSE \"place_name\" END"
        }
        LayerKind::Mentions | LayerKind::Events | LayerKind::Ladder | LayerKind::Changes => "\"place_name\"",
        LayerKind::Places => "\"place_name\" || ' ' || to_string(\"n_claims\")",
        LayerKind::Areas | LayerKind::Documents | LayerKind::Unlocated => return Ok(()),
    };
    let text = [
        ("fieldName", expression),
        ("isExpression", "1"),
        ("fontFamily", "Sans"),
        ("fontSize", "8"),
        ("fontSizeUnit", "Point"),
        ("textColor", "35,35,35,255"),
        ("textOpacity", "1"),
    ];
    let buffer = [
        ("bufferDraw", "1"),
        ("bufferSize", "0.8"),
        ("bufferSizeUnits", "MM"),
        ("bufferColor", "255,255,255,255"),
        ("bufferOpacity", "0.85"),
    ];
    // Placement 1 with quadrant 7 is centred below the point.
    let placement = [
        ("placement", "1"),
        ("quadOffset", "7"),
        ("xOffset", "0"),
        ("yOffset", "2.6"),
        ("offsetUnits", "MM"),
        ("offsetType", "0"),
        ("priority", "5"),
    ];
    let rendering = [("drawLabels", "1"), ("displayAll", "0"), ("obstacle", "0"), ("scaleVisibility", "0")];
    xml.tag("labeling", &[("type", "simple")], |xml| {
        xml.tag("settings", &[("calloutType", "simple")], |xml| {
            xml.tag("text-style", &text, |xml| xml.empty("text-buffer", &buffer))?;
            xml.empty("placement", &placement)?;
            xml.empty("rendering", &rendering)
        })
    })
}

/// Tabs of the attribute form for claims; the columns that none names come last.
const TABS: [(&str, &[&str]); 4] = [
    (
        "Claim",
        &[
            "claim_type",
            "actor_side",
            "actor",
            "target_side",
            "unit",
            "status",
            "claimed_by",
            "claimed_by_kind",
            "hedge",
            "sentence",
            "source",
            "title",
            "url",
        ],
    ),
    (
        "Date",
        &[
            "event_date",
            "end_date",
            "date_text",
            "date_basis",
            "date_prec",
            "as_of",
            "report_date",
            "start",
            "end",
        ],
    ),
    (
        "Place",
        &[
            "place_name",
            "place_text",
            "adm1",
            "adm2",
            "country",
            "place_class",
            "relation",
            "anchor",
            "rel_bearing",
            "rel_distance_km",
            "axis",
            "uncertainty_m",
            "geo_prec",
            "geo_conf",
            "geo_margin",
            "geo_why",
            "alternatives",
            "place_lon",
            "place_lat",
            "place_id",
            "mention_kind",
        ],
    ),
    ("More", &[]),
];

/// Aliases, widgets and, for claims, the tabs of the form.
pub(super) fn attributes<W: Write>(xml: &mut Xml<W>, kind: LayerKind) -> io::Result<()> {
    let columns = kind.columns();
    xml.tag("fieldConfiguration", &[], |xml| {
        for column in columns {
            match column.name {
                "url" => widget(
                    xml,
                    column,
                    "ExternalResource",
                    &[("UseLink", "bool", "true"), ("FullUrl", "bool", "true")],
                )?,
                "sentence" | "geo_why" | "alternatives" | "warnings" | "daily" => {
                    widget(xml, column, "TextEdit", &[("IsMultiline", "bool", "true")])?;
                }
                _ => {}
            }
        }
        Ok(())
    })?;
    xml.tag("aliases", &[], |xml| {
        for (at, column) in columns.iter().enumerate() {
            let at = at.to_string();
            xml.empty("alias", &[("field", column.name), ("name", column.alias), ("index", &at)])?;
        }
        Ok(())
    })?;
    if !matches!(kind, LayerKind::Claims | LayerKind::Areas | LayerKind::Unlocated) {
        return Ok(());
    }
    xml.leaf("editorlayout", &[], "tablayout")?;
    xml.tag("attributeEditorForm", &[], |xml| {
        for (tab, names) in TABS {
            let in_tab = |column: &&Column| match names {
                [] => TABS.iter().all(|(_, names)| !names.contains(&column.name)),
                names => names.contains(&column.name),
            };
            let head = [
                ("name", tab),
                ("groupBox", "0"),
                ("columnCount", "1"),
                ("showLabel", "1"),
                ("visibilityExpressionEnabled", "0"),
            ];
            xml.tag("attributeEditorContainer", &head, |xml| {
                let mut named: Vec<&Column> = columns.iter().filter(in_tab).collect();
                named.sort_by_key(|column| names.iter().position(|name| *name == column.name));
                for column in named {
                    let at =
                        columns.iter().position(|other| other.name == column.name).unwrap_or(0).to_string();
                    xml.empty(
                        "attributeEditorField",
                        &[("name", column.name), ("index", &at), ("showLabel", "1")],
                    )?;
                }
                Ok(())
            })?;
        }
        Ok(())
    })
}

fn widget<W: Write>(
    xml: &mut Xml<W>,
    column: &Column,
    widget: &str,
    options: &[(&str, &str, &str)],
) -> io::Result<()> {
    xml.tag("field", &[("name", column.name), ("configurationFlags", "None")], |xml| {
        xml.tag("editWidget", &[("type", widget)], |xml| {
            xml.tag("config", &[], |xml| {
                xml.tag("Option", &[("type", "Map")], |xml| {
                    for (name, kind, value) in options {
                        xml.empty("Option", &[("name", name), ("type", kind), ("value", value)])?;
                    }
                    Ok(())
                })
            })
        })
    })
}

/// What stands for a row in lists.
pub(super) fn preview(kind: LayerKind) -> &'static str {
    match kind {
        LayerKind::Claims | LayerKind::Areas | LayerKind::Unlocated => {
            "coalesce(\"place_name\", \"place_text\") || ' ' || \"claim_type\" || ' ' || format_date(\"start\", 'yyyy-MM-dd')"
        }
        LayerKind::Mentions => "\"place_text\"",
        LayerKind::Places => "\"place_name\"",
        LayerKind::Documents => "\"doc_id\"",
        LayerKind::Events => {
            "\"place_name\" || ' ' || \"claim_type\" || ' ' || format_date(\"start\", 'yyyy-MM-dd')"
        }
        LayerKind::Ladder => "\"place_name\" || ' ' || \"actor_side\" || ' ' || \"rung\"",
        LayerKind::Changes => "\"place_name\" || ' ' || \"change\"",
    }
}

/// The map tip is a small web page, so what comes from reports is escaped in it.
pub(super) fn map_tip(kind: LayerKind) -> String {
    let safe = |expression: &str| {
        format!(
            "[% replace(replace(replace(coalesce({expression}, ''), '&', '&amp;'), '<', '&lt;'), '\"', '&quot;') %]"
        )
    };
    match kind {
        LayerKind::Claims | LayerKind::Areas | LayerKind::Unlocated => format!(
            "<div style=\"max-width:360px\"><b>{}</b> &middot; {} {} &middot; {}<br>{}<br><i>{}</i><br><small>{} \
             &middot; &plusmn; [% round(coalesce(\"uncertainty_m\", 0) / 1000.0, 1) %] km</small></div>",
            safe("\"place_name\""),
            safe("\"actor_side\""),
            safe("\"claim_type\""),
            safe("\"status\""),
            safe(
                "format_date(\"start\", 'yyyy-MM-dd') || if(\"end_date\" > \"event_date\", ' to ' || format_date(\"end\", 'yyyy-MM-dd'), '')"
            ),
            safe("left(\"sentence\", 400)"),
            safe("coalesce(\"source\", \"doc_id\")"),
        ),
        LayerKind::Mentions => {
            format!("<b>{}</b><br><i>{}</i>", safe("\"place_name\""), safe("left(\"sentence\", 400)"))
        }
        LayerKind::Places => format!(
            "<b>{}</b><br>[% \"n_claims\" %] claims, [% \"n_ru\" %] Russian, [% \"n_ua\" %] Ukrainian<br>{} to {}",
            safe("\"place_name\""),
            safe("format_date(\"start\", 'yyyy-MM-dd')"),
            safe("format_date(\"end\", 'yyyy-MM-dd')"),
        ),
        LayerKind::Documents => safe("\"title\""),
        LayerKind::Events => format!(
            "<div style=\"max-width:360px\"><b>{}</b> &middot; {} {} &middot; {}<br>{} to {}, [% \"n_reports\" %] reports<br>\
             <i>{}</i></div>",
            safe("\"place_name\""),
            safe("\"actor_side\""),
            safe("\"claim_type\""),
            safe("\"status\""),
            safe("format_date(\"start\", 'yyyy-MM-dd')"),
            safe("format_date(\"end\", 'yyyy-MM-dd')"),
            safe("left(\"sentence\", 400)"),
        ),
        LayerKind::Ladder => {
            format!(
                "<b>{}</b> &middot; {} &middot; {}",
                safe("\"place_name\""),
                safe("\"actor_side\""),
                safe("\"rung\"")
            )
        }
        LayerKind::Changes => format!(
            "<div style=\"max-width:360px\"><b>{}</b> &middot; {} &middot; {} {} &middot; {}<br><i>{}</i></div>",
            safe("\"place_name\""),
            safe("\"change\""),
            safe("\"actor_side\""),
            safe("\"claim_type\""),
            safe("\"status\""),
            safe("left(\"sentence\", 400)"),
        ),
    }
}
