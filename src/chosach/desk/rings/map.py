"""The province as a schematic map: districts shaded by a number, ready for the template.

Drawn by hand for this project (`data/map-PROVINCE.csv`), so that no map service and no foreign data is needed: positions, neighbours and
rough shapes are right, borders are not. A province without such a file has the table alone.
"""

import csv
import functools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from chosach.desk.registry.places import HOME_PROVINCE, unit_name

#: Units of the drawing for a degree of latitude; its margin; how far the lines of a label stand apart.
DEGREE, MARGIN, LINE = 800.0, 14.0, 30.0
#: Shades from none to the most.
SHADES = 4

Point = tuple[float, float]


@dataclass(frozen=True)
class Shape:
    """A district as it is drawn: its label's lines, where they stand, and its border."""

    code: str
    label: Sequence[str]
    middle: Point
    border: Sequence[Point]


@dataclass(frozen=True)
class Sheet:
    """The blank map: `width` and `height` in units of the drawing."""

    shapes: Sequence[Shape]
    width: int
    height: int


@dataclass(frozen=True)
class Area:
    """A district on the map. `shade`: 0 none to `SHADES` the most. `lines`: the label's lines with their heights."""

    code: str
    name: str
    number: int
    shade: int
    points: str
    x: float
    lines: Sequence[tuple[str, float]]
    number_y: float
    chosen: bool = False
    marked: bool = False


@dataclass(frozen=True)
class Map:
    areas: Sequence[Area]
    width: int
    height: int


def shaded(numbers: Mapping[str, int], *, chosen: str = "", marked: Iterable[str] = ()) -> Map | None:
    """The map with a number for each district (code → number). `chosen` is framed, `marked` have a star. None where no map is drawn."""
    found = sheet(HOME_PROVINCE)
    if found is None:
        return None
    most, stars = max((numbers.get(shape.code, 0) for shape in found.shapes), default=0), set(marked)
    areas = [_area(shape, numbers.get(shape.code, 0), most, shape.code == chosen, shape.code in stars) for shape in found.shapes]
    # drawn last, so that no neighbour's border lies over its frame
    return Map(sorted(areas, key=lambda area: area.chosen), found.width, found.height)


def _area(shape: Shape, number: int, most: int, chosen: bool, marked: bool) -> Area:
    x, y = shape.middle
    # the number stands below the name, and both are centred on the middle together
    top = y - LINE * len(shape.label) / 2 + 8
    lines = [(line, round(top + LINE * at, 1)) for at, line in enumerate(shape.label)]
    # up to so many each number has a shade of its own: one of one is not much
    shade = math.ceil(SHADES * number / max(most, SHADES))
    points = " ".join(f"{across:.1f},{down:.1f}" for across, down in shape.border)
    return Area(
        shape.code, unit_name(shape.code), number, shade, points, round(x, 1), lines, round(top + LINE * len(lines) + 4, 1), chosen, marked
    )


@functools.lru_cache(maxsize=4)
def sheet(province: str) -> Sheet | None:
    """The blank map of a province."""
    path = files("chosach.desk.rings").joinpath(f"data/map-{province}.csv")
    if not path.is_file():
        return None
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    borders = [[_degrees(text) for text in row["border"].split(";")] for row in rows]
    everywhere = [point for border in borders for point in border]
    west, east = min(lon for lon, _ in everywhere), max(lon for lon, _ in everywhere)
    south, north = min(lat for _, lat in everywhere), max(lat for _, lat in everywhere)
    narrow = math.cos(math.radians((south + north) / 2))  # a degree of longitude is so much shorter

    def drawn(point: Point) -> Point:
        return MARGIN + (point[0] - west) * narrow * DEGREE, MARGIN + (north - point[1]) * DEGREE

    shapes = []
    for row, border in zip(rows, borders, strict=True):
        points = [drawn(point) for point in border]
        shapes.append(Shape(row["unit"], row["label"].split("|"), drawn(_degrees(row["middle"])), points))
    return Sheet(shapes, round(2 * MARGIN + (east - west) * narrow * DEGREE), round(2 * MARGIN + (north - south) * DEGREE))


def _degrees(text: str) -> Point:
    longitude, latitude = text.split()
    return float(longitude), float(latitude)
