"""Opens one folder's layers with GDAL, and with QGIS where it is installed, as their users would.

usage: open_layers.py FOLDER CLAIMS PLACED PLACED_ON_5_OCTOBER
The folder holds `ENDING_claims.ENDING` for every format. What is not installed is skipped, and said to be.
Ends with the number of checks that failed as its exit code.
"""

import os
import sys
import tempfile

FOLDER, CLAIMS, PLACED, ON_DAY = sys.argv[1], *map(int, sys.argv[2:5])
DAY = "2024-10-05"
failed = 0

# What each format can hold: whether claims without a place keep their row, and the types of day and moment.
FORMATS = {
    "geojson": (True, "Date", "DateTime"),
    "geojsonl": (True, "Date", "DateTime"),
    "geojsons": (True, "Date", "DateTime"),
    "csv": (True, "Date", "DateTime"),
    "fgb": (False, "DateTime", "DateTime"),
    "gpkg": (False, "Date", "DateTime"),
    "kml": (True, None, None),
    "kmz": (True, None, None),
}


def check(what, holds, found=""):
    global failed
    failed += not holds
    print("ok  " if holds else "FAIL", what, found)


def path_of(ending):
    return os.path.join(FOLDER, f"{ending}_claims.{ending}")


def with_gdal(gdal, ogr):
    for ending, (keeps_unplaced, day, moment) in FORMATS.items():
        source = gdal.OpenEx(path_of(ending), gdal.OF_VECTOR)
        if source is None:
            check(f"gdal opens {ending}", False)
            continue
        layer = source.GetLayerByName("claims") or source.GetLayer(0)
        expected = CLAIMS if keeps_unplaced else PLACED
        check(f"gdal counts {ending}", layer.GetFeatureCount() == expected, layer.GetFeatureCount())
        system = layer.GetSpatialRef()
        check(f"gdal {ending} is WGS 84", system is not None and system.GetAuthorityCode(None) == "4326")
        west, east, south, north = layer.GetExtent()
        check(f"gdal {ending} lies in Ukraine", 35 < west < east < 39 and 46 < south < north < 51)
        described = layer.GetLayerDefn()
        types = {described.GetFieldDefn(at).GetName(): described.GetFieldDefn(at).GetTypeName() for at in range(described.GetFieldCount())}
        for field, expected in (("report_date", day), ("start", moment), ("end", moment)):
            if expected:
                check(f"gdal {ending} {field}", types.get(field) == expected, types.get(field))
        if ending in ("kml", "kmz"):
            check(f"gdal {ending} has its time span", types.get("begin") == "DateTime", types.get("begin"))
    package = gdal.OpenEx(path_of("gpkg"), gdal.OF_VECTOR)
    names = [package.GetLayer(at).GetName() for at in range(package.GetLayerCount())]
    wanted = {"claims", "areas", "mentions", "places", "documents", "unlocated"}
    check("gdal finds every layer of the GeoPackage", wanted <= set(names), names)
    unlocated = package.GetLayerByName("unlocated")
    check("gdal counts the unlocated", unlocated.GetFeatureCount() == CLAIMS - PLACED)
    try:
        from osgeo_utils.samples import validate_gpkg

        validate_gpkg.check(path_of("gpkg"))
        check("the GeoPackage is valid", True)
    except ImportError:
        print("skipped: no GeoPackage validator")
    except Exception as error:
        check("the GeoPackage is valid", False, error)


def with_qgis():
    from qgis.core import (
        Qgis,
        QgsApplication,
        QgsDateTimeRange,
        QgsFeatureRequest,
        QgsMapRendererSequentialJob,
        QgsMapSettings,
        QgsProject,
        QgsVectorLayer,
        QgsVectorLayerTemporalContext,
    )
    from qgis.PyQt.QtCore import QDate, QDateTime, QSize, Qt, QTime

    QgsApplication.setPrefixPath("/usr", True)
    application = QgsApplication([], False)
    application.initQgis()

    def opened(path):
        # The style is loaded as the desktop does it; the constructor would switch the temporal part off.
        options = QgsVectorLayer.LayerOptions()
        options.loadDefaultStyle = False
        layer = QgsVectorLayer(path, "layer", "ogr", options)
        layer.loadDefaultStyle()
        return layer

    def frame(layer, first, last):
        temporal = layer.temporalProperties()
        if not temporal.isActive():
            return "temporal is off"
        midnight = QTime(0, 0)
        begin = QDateTime(QDate.fromString(first, "yyyy-MM-dd"), midnight, Qt.UTC)
        end = QDateTime(QDate.fromString(last, "yyyy-MM-dd").addDays(1), midnight, Qt.UTC)
        context = QgsVectorLayerTemporalContext()
        context.setLayer(layer)
        request = QgsFeatureRequest()
        request.setFilterExpression(temporal.createFilterString(context, QgsDateTimeRange(begin, end, True, False)))
        return sum(feature.hasGeometry() for feature in layer.getFeatures(request))

    def drawn_colours(layers, extent, system):
        settings = QgsMapSettings()
        settings.setLayers(layers)
        settings.setOutputSize(QSize(600, 500))
        settings.setDestinationCrs(system)
        extent.scale(1.2)
        settings.setExtent(extent)
        job = QgsMapRendererSequentialJob(settings)
        job.start()
        job.waitForFinished()
        image = job.renderedImage()
        return len({image.pixel(x, y) for x in range(0, 600, 2) for y in range(0, 500, 2)})

    print("QGIS", Qgis.QGIS_VERSION)
    for ending in ("geojson", "geojsonl", "csv", "fgb", "gpkg"):
        path = path_of(ending) + ("|layername=claims" if ending == "gpkg" else "")
        layer = opened(path)
        check(f"qgis opens {ending}", layer.isValid())
        renderer = layer.renderer().type() if layer.renderer() else None
        check(f"qgis {ending} is styled by side", renderer == "categorizedSymbol", renderer)
        check(f"qgis {ending} is labelled", layer.labelsEnabled())
        check(f"qgis {ending} has a map tip", "sentence" in layer.mapTipTemplate())
        check(f"qgis {ending} has aliases", layer.attributeAlias(layer.fields().indexOf("claim_type")) == "Type")
        found = frame(layer, DAY, DAY)
        check(f"qgis {ending} shows one day", found == ON_DAY, found)
        found = frame(layer, "2024-10-01", "2024-10-30")
        check(f"qgis {ending} shows the month", found == PLACED, found)
        colours = drawn_colours([layer], layer.extent(), layer.crs())
        check(f"qgis {ending} draws", colours > 40, colours)

    project = QgsProject.instance()
    check("qgis opens the project", project.read(path_of("qgz")))
    layers = {layer.name(): layer for layer in project.mapLayers().values()}
    check("qgis finds the project's layers", {"claims", "areas", "places"} <= set(layers), sorted(layers))
    check("qgis finds them valid", all(layer.isValid() for layer in layers.values()))
    span = project.timeSettings().temporalRange()
    days = (span.begin().date().toString("yyyy-MM-dd"), span.end().date().toString("yyyy-MM-dd"))
    check("qgis has the time range", days == ("2024-10-01", "2024-10-30"), days)
    check("qgis steps by a day", project.timeSettings().timeStep() == 1)
    check("qgis animates the claims", layers["claims"].temporalProperties().isActive())
    check("qgis reads the project's system", project.crs().authid() == "EPSG:3857", project.crs().authid())


try:
    from osgeo import gdal, ogr

    gdal.UseExceptions()
    with_gdal(gdal, ogr)
except ImportError:
    print("skipped: GDAL for Python is not installed")

os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp())
try:
    import qgis.core  # noqa: F401
except ImportError:
    print("skipped: QGIS for Python is not installed")
else:
    with_qgis()

print(failed, "failed")
sys.stdout.flush()
# QGIS may crash while Python tears down, which would turn a green run red.
os._exit(min(failed, 100))
