"""What is asked for: the words of the REST API, and the body made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees (WGS 84); west > east crosses the antimeridian."""

_CORNERS = ("min_lon", "min_lat", "max_lon", "max_lat")
_TOP = ("map_style", "detail_level", "webhook")
_PLACES = ("area", "place")


class Fields(TypedDict, total=False):
    """Everything a request may say besides its formats."""

    bbox: Box | Sequence[float] | Mapping[str, float]
    """West, south, east, north in degrees, or ``{"min_lon": …, "min_lat": …, "max_lon": …, "max_lat": …}``."""
    area: Mapping[str, Any]
    """What cuts inside the box: a GeoJSON Polygon or MultiPolygon, or ``{"relation": id}``."""
    place: str
    """A name that the server's source resolves, ``"Monte-Carlo"``; instead of ``bbox``."""
    map_style: str | Mapping[str, Any]
    """A style's id, one with other colours (``{"base": …, "colors": {…}}``), or a MapLibre style document."""
    detail_level: int
    """1 (overview) to 6 (everything); 3 is usual."""
    webhook: str
    """An address that the server tells the end of the export, where its operator allows that; see ``verify_webhook``."""
    config: Mapping[str, Any]
    """Every other field: ``crs``, ``layers``, ``filter``, ``page``, ``language``, ``options`` …"""


class _Formats(TypedDict):
    formats: Sequence[str] | str
    """One to five ids, ``["svg", "pdf"]``."""


class Request(_Formats, Fields):
    """A whole request, as ``Client.export`` takes it by name and ``Client.batch`` in a list."""


def body(request: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON body of a request.

    Raises:
        TypeError: for a word that is none of a request; the server checks the rest.
    """
    known = Request.__required_keys__ | Request.__optional_keys__
    unknown = sorted(request.keys() - known)
    if unknown:
        raise TypeError(f"{', '.join(unknown)}: not a field of a request; there are {', '.join(sorted(known))}; all others stand in config")
    if "formats" not in request:
        raise TypeError("formats: name at least one, such as formats=['svg']")
    given = {name: value for name, value in request.items() if value is not None}
    formats = given["formats"]
    whole: dict[str, Any] = {"formats": [formats] if isinstance(formats, str) else list(formats)}
    if "bbox" in given:
        whole["bbox"] = _box(given["bbox"])
    whole |= {name: given[name] for name in _TOP if name in given}
    config = dict(given.get("config", {}))
    for name in _PLACES:
        if name in given:
            if name in config:
                raise TypeError(f"{name}: stands by itself and in config; give it once")
            config[name] = given[name]
    return whole | {"config": config} if config else whole


def _box(given: Sequence[float] | Mapping[str, float]) -> Any:
    """A box as the API spells it; one that is wrong is left to the server, which names what would be right."""
    if isinstance(given, Mapping):
        return dict(given)
    corners = list(given)
    return dict(zip(_CORNERS, corners)) if len(corners) == len(_CORNERS) else corners
