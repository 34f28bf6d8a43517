"""Asks QGIS, in its own Python, what a file holds."""

import json

MODULE = "/usr/lib/python3/dist-packages/qgis/core/__init__.py"
VERSION = ("/usr/bin/python3", "-c", "from qgis.core import Qgis; print(Qgis.QGIS_VERSION)")
SCRIPT = """
import json, sys
from qgis.core import QgsApplication, QgsProject, QgsProviderRegistry, QgsProviderSublayerDetails, QgsWkbTypes
application = QgsApplication([], False)
application.initQgis()
options = QgsProviderSublayerDetails.LayerOptions(QgsProject.instance().transformContext())
rows = []
for details in QgsProviderRegistry.instance().querySublayers(sys.argv[1]):
    layer = details.toLayer(options)
    shapes = [feature.geometry() for feature in layer.getFeatures()]
    rows.append({
        "name": layer.name(),
        "kinds": sorted({QgsWkbTypes.displayString(shape.wkbType()) for shape in shapes}),
        "features": len(shapes),
        "invalid": sum(not shape.isGeosValid() for shape in shapes),
        "fields": [field.name() for field in layer.fields()],
        "crs": layer.crs().authid(),
    })
print(json.dumps(rows))
"""


def ask(read, path):
    """Layers of a file: name, kinds of geometry, features, invalid geometries, fields, CRS."""
    return json.loads(read("/usr/bin/python3", "-c", SCRIPT, path).splitlines()[-1])


PROJECT = """
import json, sys
from qgis.core import QgsApplication, QgsLayoutExporter, QgsLayoutItemMap, QgsMapRendererSequentialJob, QgsMapSettings, QgsProject
from qgis.PyQt.QtCore import QSize
application = QgsApplication([], False)
application.initQgis()
project = QgsProject.instance()
assert project.read(sys.argv[1])
layers = [node.layer() for node in project.layerTreeRoot().findLayers()]
(layout,) = project.layoutManager().printLayouts()
(item,) = [item for item in layout.items() if isinstance(item, QgsLayoutItemMap)]
settings = QgsMapSettings()
settings.setLayers(layers)
settings.setBackgroundColor(project.backgroundColor())
settings.setDestinationCrs(project.crs())
settings.setExtent(item.extent())
settings.setOutputDpi(96)
size = item.sizeWithUnits()
settings.setOutputSize(QSize(round(size.width() / 25.4 * 96), round(size.height() / 25.4 * 96)))
settings.setFlag(QgsMapSettings.Antialiasing, True)
job = QgsMapRendererSequentialJob(settings)
job.start()
job.waitForFinished()
job.renderedImage().save(sys.argv[2])
print(json.dumps({
    "crs": project.crs().authid(),
    "scale": round(item.scale()),
    "layers": [layer.name() for layer in layers],
    "invalid": [layer.name() for layer in layers if not layer.isValid()],
    "rules": sum(len(layer.renderer().rootRule().children()) for layer in layers),
    "labelled": sum(layer.labelsEnabled() for layer in layers),
}))
"""
STYLES = """
import json, sys, pathlib
from qgis.core import QgsApplication, QgsVectorLayer
application = QgsApplication([], False)
application.initQgis()
data, folder = sys.argv[1], pathlib.Path(sys.argv[2])
rows = {}
for style in sorted(folder.iterdir()):
    name, ending = style.stem, style.suffix
    if name == "map" or ending not in (".qml", ".sld"):
        continue
    layer = QgsVectorLayer(f"{data}|layername={name}", name, "ogr")
    load = layer.loadNamedStyle if ending == ".qml" else layer.loadSldStyle
    message, good = load(str(style))
    renderer = layer.renderer()
    # A style of one rule without a condition is a single symbol.
    rules = renderer.rootRule().children() if renderer.type() == "RuleRenderer" else []
    colours = sorted({rule.symbol().color().name() for rule in rules if rule.symbol()})
    rows[name] = {"valid": layer.isValid(), "loaded": good, "rules": len(rules), "colours": colours}
print(json.dumps(rows))
"""


def draw(read, project, picture):
    """Draws a project at the scale of its layout: system, scale, layers, rules."""
    return json.loads(read("/usr/bin/python3", "-c", PROJECT, project, picture).splitlines()[-1])


def styles(read, data, folder):
    """Loads the styles of a folder onto the layers of a GeoPackage: by layer its rules and colours."""
    return json.loads(read("/usr/bin/python3", "-c", STYLES, data, folder).splitlines()[-1])
