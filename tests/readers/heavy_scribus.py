"""Run by Scribus: lays a drawing on its page as large as fits, keeps the document and a picture of the page.

scribus -g -ns -py heavy_scribus.py DRAWING WIDTH HEIGHT DOCUMENT PICTURE DOTS_PER_INCH
"""

import sys

import scribus

drawing, width, height, document, picture, dots = sys.argv[1:]
scribus.newDocument(scribus.PAPER_A4, (0, 0, 0, 0), scribus.PORTRAIT, 1, scribus.UNIT_MILLIMETERS, scribus.PAGE_1, 0, 1)
scribus.placeVectorFile(drawing, 0, 0)
(group,) = scribus.getAllObjects()
scribus.moveObjectAbs(0, 0, group)
scribus.sizeObject(float(width), float(height), group)
image = scribus.ImageExport()
image.type = "PNG"
image.dpi = int(dots)
image.saveAs(picture)
scribus.saveDocAs(document)
