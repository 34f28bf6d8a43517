"""What the standard library says of packages that tests/wire/package.rs wrote."""

import struct
import sys
import zipfile


def wanted(count):
    return bytes(7 if at % 3 == 0 else (at * at >> 5) & 255 for at in range(count))


def starts(file, entry):
    """Where the data of an entry begin, by its own head."""
    file.seek(entry.header_offset)
    head = struct.unpack("<4s5H3I2H", file.read(30))
    return entry.header_offset + 30 + head[9] + head[10], head


def everything(file, package):
    names = package.namelist()
    assert names[0] == "mimetype" and names[4] == "карта/Zürich 東京.txt"
    read = {name: package.read(name) for name in names}
    assert read["mimetype"] == b"application/vnd.oasis.opendocument.text"
    assert read["folder/packed.bin"] == wanted(200_000) and read["empty"] == read["empty packed"] == b""
    assert read["карта/Zürich 東京.txt"].decode() == "Здравствуй"
    assert read["pieces"] == wanted(3_000_000) and read["stored pieces"] == wanted(100)
    for step in (2, 64, 4096):
        assert read[f"at {step}"] == wanted(step + 5)
    for entry in package.infolist():
        start, head = starts(file, entry)
        stored = entry.filename.startswith(("at ", "mimetype", "stored")) or entry.filename == "empty"
        assert entry.compress_type == (zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED), entry.filename
        if "at " in entry.filename:
            assert start % int(entry.filename.split(" ")[-1]) == 0, entry.filename
        # Names that are not ASCII are marked as UTF-8; no sizes behind the data.
        assert entry.flag_bits == (0 if entry.filename.isascii() else 0x800), entry.filename
        assert head[2] == entry.flag_bits and head[4:6] == (0, 0x21)
        if entry.filename == "pieces":
            assert head[7:9] == (0xFFFFFFFF, 0xFFFFFFFF) and head[10] == 20
        else:
            assert head[6:9] == (entry.CRC, entry.compress_size, entry.file_size)
    start, head = starts(file, package.getinfo("mimetype"))
    assert (start, head[10]) == (38, 0)
    assert package.getinfo("folder/packed.bin").compress_size < 150_000


path = sys.argv[1]
with zipfile.ZipFile(path) as package, open(path, "rb") as file:
    assert package.testzip() is None
    for entry in package.infolist():
        assert entry.date_time == (1980, 1, 1, 0, 0, 0) and entry.create_system == 3
        assert entry.external_attr >> 16 & 0o777 == 0o644
    if len(package.namelist()) < 100:
        everything(file, package)
    else:
        assert package.namelist() == [f"{row % 100}/{row}" for row in range(70_000)]
        assert all(package.read(f"{row % 100}/{row}") == bytes([row % 256]) for row in range(0, 70_000, 777))
print("ok")
