#!/usr/bin/env python3
"""Gets a picture from the export form of a mapwright server, as scripts did from openstreetmap.org."""
import os
from urllib.parse import urlencode
from urllib.request import urlopen

HOST = os.environ.get("MAPWRIGHT_HOST", "http://127.0.0.1:8080")
form = {"minlon": 7.424, "minlat": 43.737, "maxlon": 7.430, "maxlat": 43.741,
        "format": "mapnik", "mapnik_format": "png", "mapnik_scale": 5000}
with urlopen(f"{HOST}/export/finish", urlencode(form).encode()) as answer, open("map.png", "wb") as file:
    file.write(answer.read())
