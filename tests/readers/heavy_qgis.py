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
