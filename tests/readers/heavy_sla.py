"""Run by Scribus: opens a document, keeps a picture of its page and the names of its layers.

scribus -g -ns -py heavy_sla.py DOCUMENT PICTURE NAMES
"""

import json
import sys

import scribus

document, picture, names = sys.argv[1:]
scribus.openDoc(document)
image = scribus.ImageExport()
image.type = "PNG"
image.dpi = 200
image.saveAs(picture)
with open(names, "w", encoding="utf-8") as file:
    json.dump(list(scribus.getLayers()), file)
