"""Pictures of single programs: each is the PNG of the same sheet, as far as its colours allow."""

import io
import json
import re
import struct
import tempfile
from pathlib import Path

import numpy
import OpenEXR
import pillow_jxl  # noqa: F401: Pillow learns to read JPEG XL
import pyte
import test_drawing as drawing
import tools
from lxml import etree
from PIL import Image, ImageCms
from tools import cache

XMP = "{urn:mapwright:}provenance"


@cache
def shown(path):
    return drawing.pixels(path)


def exactly_the_png(artefact):
    assert numpy.array_equal(shown(artefact.path), shown(artefact.sibling("png").path))


def nearly_the_png(artefact):
    """Bands that begin elsewhere round a few edges another way."""
    off = numpy.abs(shown(artefact.path) - shown(artefact.sibling("png").path))
    assert off.max() <= 1 and (off > 0).mean() < 0.001


def dots(path, places=0.1):
    with Image.open(path) as image:
        assert numpy.allclose([float(side) for side in image.info["dpi"]], drawing.RENDERED_DPI, atol=places)


def xmp(packet):
    root = etree.fromstring(packet)
    assert "© OpenStreetMap contributors, ODbL" in "".join(root.itertext())
    (element,) = root.iter(XMP)
    return json.loads(element.text)


def tiff_tags(path):
    with Image.open(path) as image:
        return dict(image.tag_v2)


def tiff_is_for_print(artefact):
    dots(artefact.path)
    with Image.open(artefact.path) as image:
        assert (image.format, image.mode, image.info["compression"]) == ("TIFF", "RGB", "tiff_adobe_deflate")
        profile = ImageCms.ImageCmsProfile(io.BytesIO(image.info["icc_profile"]))
        assert "sRGB" in ImageCms.getProfileDescription(profile)


def bmp_has_dots(artefact):
    dots(artefact.path)
    with Image.open(artefact.path) as image:
        assert (image.format, image.mode) == ("BMP", "RGB")


def epd_fits_the_panel(artefact):
    """Half of the light of the map stays in dots that are black or white."""
    with Image.open(artefact.path) as image:
        assert (image.mode, image.size) == ("1", (800, 480))
        panel = numpy.asarray(image.convert("L"), dtype=float)
    png = Image.open(artefact.sibling("png").path).convert("L")
    scale = min(800 / png.width, 480 / png.height)
    size = round(png.width * scale), round(png.height * scale)
    left, top = (800 - size[0]) // 2, (480 - size[1]) // 2
    assert panel[:, : max(left - 1, 0)].min(initial=255) == 255, "paper beside the map"
    blurred = lambda pixels: numpy.asarray(Image.fromarray(pixels.astype("uint8")).reduce(16), dtype=float)
    drawn = blurred(panel[top : top + size[1], left : left + size[0]])
    wanted = blurred(numpy.asarray(png.resize(size, Image.Resampling.BOX)))
    assert numpy.abs(drawn - wanted).mean() < 9, numpy.abs(drawn - wanted).mean()


def gif_shows_the_png(artefact):
    with Image.open(artefact.path) as image:
        assert (image.format, image.n_frames) == ("GIF", 1)
        assert len(image.getcolors(256)) > 100
    off = numpy.abs(shown(artefact.path) - shown(artefact.sibling("png").path)).max(axis=2)
    assert off.mean() < 2 and (off > 24).mean() < 0.003, (off.mean(), (off > 24).mean())
    # The most frequent colours are exact.
    found, counts = drawing.colours(shown(artefact.sibling("png").path))
    main = found[numpy.argsort(counts)[-8:]]
    assert set(main) <= set(drawing.colours(shown(artefact.path))[0])


def tga_area(path):
    """The extension area, where the foot says that it is."""
    data = path.read_bytes()
    place, _, mark = struct.unpack("<II18s", data[-26:])
    assert mark == b"TRUEVISION-XFILE.\0" and struct.unpack_from("<H", data, place)[0] == 495
    return data[place + 43 : place + 43 + 162].replace(b"\0", b" ").decode("ascii")


def ppm_head(path):
    return path.read_bytes()[:400_000].split(b"\n255\n")[0].decode("utf-8").splitlines()


def ppm_is_plain(artefact):
    assert ppm_head(artefact.path)[0] == "P6"


def pcx_has_dots(artefact):
    dots(artefact.path)


def icons(path):
    with Image.open(path) as image:
        return {size[0]: image.ico.getimage(size).convert("RGBA") for size in sorted(image.ico.sizes())}


def ico_shows_the_map_in_its_sizes(artefact):
    found = icons(artefact.path)
    assert list(found) == [16, 32, 48, 64, 128, 256]
    png = Image.open(artefact.sibling("png").path).convert("RGB")
    for side, icon in found.items():
        rgba = numpy.asarray(icon, dtype=float)
        assert rgba.shape[:2] == (side, side)
        # In the middle the map, not paper; its mean colour is that of the sheet.
        seen = rgba[..., 3] > 250
        assert 0.3 < seen.mean() <= 1
        mean = numpy.asarray(png.resize((1, 1), Image.Resampling.BOX), dtype=float)[0, 0]
        assert numpy.abs(rgba[seen][:, :3].mean(axis=0) - mean).max() < 10, side


def exr_header(path):
    return OpenEXR.File(str(path)).header()


def exr_is_linear_light(artefact):
    with OpenEXR.File(str(artefact.path)) as file:
        header = file.header()
        assert header["compression"] == OpenEXR.ZIP_COMPRESSION and numpy.isclose(header["xDensity"], drawing.RENDERED_DPI)
        light = numpy.asarray(file.channels()["RGB"].pixels, dtype=float)
    levels = numpy.where(light <= 0.0031308, light * 12.92, 1.055 * numpy.maximum(light, 1e-9) ** (1 / 2.4) - 0.055)
    png = shown(artefact.sibling("png").path)
    # Eight bits come back exactly from sixteen.
    assert numpy.array_equal(numpy.rint(levels * 255).astype("int16"), png)


def jxl_metadata(path):
    with Image.open(path) as image:
        return image.info


def boxes(path):
    """Boxes of the container."""
    data, place, found = path.read_bytes(), 0, {}
    while place < len(data):
        length, kind = struct.unpack_from(">I4s", data, place)
        found[kind] = data[place + 8 : place + length]
        place += length
    return found


def jxl_has_its_metadata(artefact):
    with Image.open(artefact.path) as image:
        assert image.format == "JXL" and image.mode == "RGB"
        assert "OpenStreetMap contributors" in image.getexif()[0x8298]


def sixel_is_drawn_by_libsixel(artefact):
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.png"
        tools.run("sixel2png", "-i", artefact.path, "-o", out)
        found = drawing.pixels(out)
    with Image.open(artefact.sibling("png").path) as image:
        small = image.convert("RGB").resize(found.shape[1::-1], Image.Resampling.BOX)
    assert found.shape[1] == 800
    off = numpy.abs(found - numpy.asarray(small, dtype="int16")).max(axis=2)
    assert (off > 48).mean() < 0.05, (off > 48).mean()


def ansi_is_shown_by_a_terminal(artefact):
    """A terminal emulator shows the map: the colours of both halves of its letters are those of the picture made small."""
    text = artefact.path.read_text(encoding="utf-8")
    lines = text.count("\n")
    screen = pyte.Screen(121, lines + 1)
    pyte.Stream(screen).feed(text.replace("\n", "\r\n"))
    rows = [[screen.buffer[row][column] for column in range(120)] for row in range(lines - 1)]
    assert {cell.data for row in rows for cell in row} == {"▀"}
    colour = lambda text: [int(text[at : at + 2], 16) for at in (0, 2, 4)]
    halves = numpy.array([[[colour(cell.fg), colour(cell.bg)] for cell in row] for row in rows])
    found = halves.transpose(0, 2, 1, 3).reshape(-1, 120, 3)
    with Image.open(artefact.sibling("png").path) as image:
        small = image.convert("RGB").resize((120, len(found)), Image.Resampling.BOX)
    off = numpy.abs(found - numpy.asarray(small, dtype=int))[:-1].max(axis=2)
    assert (off > 64).mean() < 0.12, (off > 64).mean()
    assert "OpenStreetMap contributors" in screen.display[lines - 1]


def tiff_said(path):
    return xmp(tiff_tags(path)[700])


def gif_comment(path):
    with Image.open(path) as image:
        return image.info["comment"].decode("utf-8")


def gif_said(path):
    """Pillow tells where the application's extension begins; the packet stands there as it is."""
    with Image.open(path) as image:
        name, place = image.info["extension"]
    assert name == b"XMP DataXMP"
    data = path.read_bytes()[place:]
    end = b'<?xpacket end="r"?>'
    return xmp(data[: data.index(end) + len(end)])


def ico_texts(path):
    """Pillow hands out no texts of icons: the last picture by itself."""
    data = path.read_bytes()
    count = struct.unpack_from("<H", data, 4)[0]
    length, place = struct.unpack_from("<II", data, 6 + 16 * (count - 1) + 8)
    with Image.open(io.BytesIO(data[place : place + length])) as image:
        image.load()
        return image.text


ROWS = {
    "tiff": (exactly_the_png, tiff_is_for_print),
    "bmp": (nearly_the_png, bmp_has_dots),
    "epd-bmp": (epd_fits_the_panel,),
    "gif": (gif_shows_the_png,),
    "tga": (exactly_the_png,),
    "ppm": (exactly_the_png, ppm_is_plain),
    "qoi": (exactly_the_png,),
    "ico": (ico_shows_the_map_in_its_sizes,),
    "pcx": (exactly_the_png, pcx_has_dots),
    "exr": (exr_is_linear_light,),
    "jxl": (exactly_the_png, jxl_has_its_metadata),
    "sixel": (sixel_is_drawn_by_libsixel,),
    "ansi": (ansi_is_shown_by_a_terminal,),
}

CREDITS = {
    "tiff": lambda path: tiff_tags(path)[33432],
    "gif": gif_comment,
    "tga": tga_area,
    "ppm": lambda path: re.sub("^# ", "", ppm_head(path)[2]),
    "ico": lambda path: ico_texts(path)["Copyright"],
    "exr": lambda path: exr_header(path)["owner"],
    "jxl": lambda path: xmp(boxes(path)[b"xml "]) and "© OpenStreetMap contributors",
    "ansi": lambda path: path.read_text(encoding="utf-8").splitlines()[-1],
}
PLACES = {
    "tiff": tiff_said,
    "gif": gif_said,
    "ppm": lambda path: json.loads(next(line[2:] for line in ppm_head(path) if line.startswith('# {"mapwright"'))),
    "ico": lambda path: json.loads(ico_texts(path)["mapwright"]),
    "exr": lambda path: json.loads(exr_header(path)["mapwright"]),
    "jxl": lambda path: xmp(boxes(path)[b"xml "]),
}
