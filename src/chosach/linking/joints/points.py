"""The compiled loops of pictures' points: where a picture has something to hold on to, what it looks like there, and whether two pictures
show the same points in the same arrangement. As SIFT finds points (extrema of differences of Gaussians over place and scale), with a
description of 64 signs. Compiled code in one file, as in ``kernel``.
"""

from typing import NamedTuple, TypeAlias

import numpy as np
from numba import njit
from numpy.typing import NDArray

Grey: TypeAlias = NDArray[np.float32]
Places: TypeAlias = NDArray[np.int64]
Hashes: TypeAlias = NDArray[np.uint64]
Table: TypeAlias = NDArray[np.float32]


class Rule(NamedTuple):
    """When two pictures show the same. The numbers were found on pictures made for it (bench/joints.py)."""

    farthest: int = 12  # bits by which two points may differ
    tolerance: float = 5.0  # pixels by which they may stand apart
    least: int = 6  # points that must agree
    evidence: int = 46  # sum over them of how many bits less than `farthest` they differ by
    overlap: float = 0.3  # share of the smaller picture that both must show
    spread: float = 0.25  # share of width and of height of what both show over which they must reach: a strip or a sign is not the picture
    most_of_strip: float = 0.34  # share of a picture's points that a strip of writing may have: where no more agree, …
    outside: int = 3  # … so many must lie outside the fifth of width and of height that has most, …
    outside_share: float = 0.3  # … and this share of them
    share: float = 0.16  # of the points in what both show that must agree
    full_share: float = 0.25  # below this more evidence is asked for, in proportion


STEPS = 3  # scales an octave
FIRST = 1.6  # sigma of the first scale, in pixels
LEAST_CONTRAST = 2.0  # of a difference of Gaussians, of 255
MOST_EDGE = 10.0  # how much more an edge may curve across than along
SAMPLES = 16  # a side of the patch that is described
SPACING = 0.75  # sigmas between samples
WAVES = 8  # a side of the cosine coefficients whose signs are kept
CELLS = 4  # the picture is divided into CELLS by CELLS, each gives a share of the points


@njit(cache=True, nogil=True)
def blurred(image: Grey, sigma: float) -> Grey:
    """Gaussian blur, edges repeated."""
    radius = int(np.ceil(3 * sigma))
    weights = np.empty(2 * radius + 1, np.float32)
    total = 0.0
    for k in range(-radius, radius + 1):
        weights[k + radius] = np.exp(-0.5 * (k / sigma) ** 2)
        total += weights[k + radius]
    weights /= np.float32(total)
    height, width = image.shape
    half = np.empty((height, width), np.float32)
    for y in range(height):
        for x in range(width):
            value = np.float32(0)
            for k in range(-radius, radius + 1):
                value += weights[k + radius] * image[y, min(max(x + k, 0), width - 1)]
            half[y, x] = value
    out = np.zeros((height, width), np.float32)
    for y in range(height):
        for k in range(-radius, radius + 1):
            row = min(max(y + k, 0), height - 1)
            weight = weights[k + radius]
            for x in range(width):
                out[y, x] += weight * half[row, x]
    return out


@njit(cache=True, nogil=True)
def _peak(before: float, here: float, after: float) -> float:
    """How far from the middle one of three values in a row the top lies, at most half a step."""
    curve = before - 2 * here + after
    if curve == 0:
        return 0.0
    return min(0.5, max(-0.5, 0.5 * (before - after) / curve))


@njit(cache=True, nogil=True)
def _is_extremum(dogs: NDArray[np.float32], level: int, y: int, x: int) -> bool:
    value = dogs[level, y, x]
    for dl in range(-1, 2):
        for dy in range(-1, 2):
            for dx in range(-1, 2):
                if dl == 0 and dy == 0 and dx == 0:
                    continue
                other = dogs[level + dl, y + dy, x + dx]
                if (value > 0 and other >= value) or (value < 0 and other <= value):
                    return False
    return True


@njit(cache=True, nogil=True)
def _on_edge(dog: Grey, y: int, x: int) -> bool:
    dxx = dog[y, x + 1] + dog[y, x - 1] - 2 * dog[y, x]
    dyy = dog[y + 1, x] + dog[y - 1, x] - 2 * dog[y, x]
    dxy = (dog[y + 1, x + 1] - dog[y + 1, x - 1] - dog[y - 1, x + 1] + dog[y - 1, x - 1]) / 4
    determinant = dxx * dyy - dxy * dxy
    return bool(determinant <= 0 or (dxx + dyy) ** 2 * MOST_EDGE >= (MOST_EDGE + 1) ** 2 * determinant)


@njit(cache=True, nogil=True)
def _describe(image: Grey, y: float, x: float, sigma: float, cosines: Table) -> np.uint64:
    """Signs of the patch's cosine coefficients, the evenly waving ones (left to right) in the low bits: a mirror keeps these."""
    height, width = image.shape
    patch = np.empty((SAMPLES, SAMPLES), np.float32)
    for i in range(SAMPLES):
        at_y = min(max(y + (i - (SAMPLES - 1) / 2) * SPACING * sigma, 0.0), height - 1.001)
        row = int(at_y)
        down = np.float32(at_y - row)
        for j in range(SAMPLES):
            at_x = min(max(x + (j - (SAMPLES - 1) / 2) * SPACING * sigma, 0.0), width - 1.001)
            column = int(at_x)
            right = np.float32(at_x - column)
            top = image[row, column] * (1 - right) + image[row, column + 1] * right
            bottom = image[row + 1, column] * (1 - right) + image[row + 1, column + 1] * right
            patch[i, j] = top * (1 - down) + bottom * down
    bits = np.uint64(0)
    even, odd = 0, 32
    for u in range(WAVES):  # left to right
        for v in range(WAVES):
            if u == 0 and v == 0:
                even += 1  # how bright it is says nothing: the lowest bit stays empty
                continue
            value = np.float32(0)
            for i in range(SAMPLES):
                for j in range(SAMPLES):
                    value += patch[i, j] * cosines[v, i] * cosines[u, j]
            place = odd if u % 2 else even
            if value > 0:
                bits |= np.uint64(1) << np.uint64(place)
            if u % 2:
                odd += 1
            else:
                even += 1
    return bits


@njit(cache=True, nogil=True)
def points(image: Grey, most: int, cosines: Table) -> tuple[Table, Hashes]:
    """The picture's points, the strongest of each cell, `most` at most: (x, y, sigma; pixels of `image`) and descriptions."""
    height, width = image.shape
    room = height * width // 8 + 64
    found = np.empty((room, 4), np.float32)  # x, y, sigma, strength
    described = np.empty(room, np.uint64)
    count = 0
    base = blurred(image, np.sqrt(FIRST**2 - 0.25))
    scale = 1.0
    levels = STEPS + 3
    while min(base.shape) >= 20:
        rows, columns = base.shape
        stack = np.empty((levels, rows, columns), np.float32)
        stack[0] = base
        for level in range(1, levels):
            before = FIRST * 2 ** ((level - 1) / STEPS)
            stack[level] = blurred(stack[level - 1], before * np.sqrt(2 ** (2 / STEPS) - 1))
        dogs = stack[1:] - stack[:-1]
        for level in range(1, levels - 2):
            for y in range(2, rows - 2):
                for x in range(2, columns - 2):
                    value = dogs[level, y, x]
                    if abs(value) < LEAST_CONTRAST or count == room:
                        continue
                    if not _is_extremum(dogs, level, y, x) or _on_edge(dogs[level], y, x):
                        continue
                    at_x = x + _peak(dogs[level, y, x - 1], value, dogs[level, y, x + 1])
                    at_y = y + _peak(dogs[level, y - 1, x], value, dogs[level, y + 1, x])
                    step = level + _peak(dogs[level - 1, y, x], value, dogs[level + 1, y, x])
                    sigma = FIRST * 2 ** (step / STEPS)
                    found[count, 0], found[count, 1] = at_x * scale, at_y * scale
                    found[count, 2], found[count, 3] = sigma * scale, abs(value)
                    described[count] = _describe(stack[level], at_y, at_x, sigma, cosines)
                    count += 1
        base = np.ascontiguousarray(stack[STEPS][::2, ::2])
        scale *= 2
    return _chosen(found[:count], described[:count], most, height, width)


@njit(cache=True, nogil=True)
def _chosen(found: Table, described: Hashes, most: int, height: int, width: int) -> tuple[Table, Hashes]:
    """The strongest, no cell giving more than its double share: a strip of writing must not take all."""
    share = max(1, 2 * most // (CELLS * CELLS))
    taken = np.zeros((CELLS, CELLS), np.int64)
    kept = np.empty(min(most, found.shape[0]), np.int64)
    count = 0
    for place in np.argsort(-found[:, 3], kind="mergesort"):
        row = min(CELLS - 1, int(found[place, 1] * CELLS / height))
        column = min(CELLS - 1, int(found[place, 0] * CELLS / width))
        if count < kept.shape[0] and taken[row, column] < share:
            taken[row, column] += 1
            kept[count] = place
            count += 1
    return found[kept[:count], :3], described[kept[:count]]


@njit(cache=True, nogil=True)
def _ones(x: np.uint64) -> int:
    x = x - ((x >> np.uint64(1)) & np.uint64(0x5555555555555555))
    x = (x & np.uint64(0x3333333333333333)) + ((x >> np.uint64(2)) & np.uint64(0x3333333333333333))
    x = (x + (x >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return int((x * np.uint64(0x0101010101010101)) >> np.uint64(56))


@njit(cache=True, nogil=True)
def _matches(left: Hashes, right: Hashes, mask: np.uint64, farthest: int, out: Places) -> int:
    """Rows (left, right, bits between) of points that are each other's nearest, into `out`; returns their number."""
    count = 0
    for i in range(left.shape[0]):
        best, at = 65, -1
        for j in range(right.shape[0]):
            bits = _ones(left[i] ^ right[j] ^ mask)
            if bits < best:
                best, at = bits, j
        if best > farthest:
            continue
        mutual = True
        for k in range(left.shape[0]):
            bits = _ones(left[k] ^ right[at] ^ mask)
            if bits < best or (bits == best and k < i):
                mutual = False
                break
        if mutual:
            out[count, 0], out[count, 1], out[count, 2] = i, at, best
            count += 1
    return count


@njit(cache=True, nogil=True)
def _agreeing(
    one: Table, other: Table, matches: Places, count: int, tolerance: float, among: NDArray[np.bool_]
) -> tuple[int, float, float, float]:
    """The largest set of matches that one scale and one shift bring together: (size, scale, shift x, shift y); marked in `among`."""
    best = 0
    best_scale, best_x, best_y = 1.0, 0.0, 0.0
    for a in range(count):
        for b in range(a + 1, count):
            p, q = matches[a, 0], matches[b, 0]
            s, t = matches[a, 1], matches[b, 1]
            between = np.hypot(one[p, 0] - one[q, 0], one[p, 1] - one[q, 1])
            if between < 8 * tolerance:
                continue  # too near to one another to tell a scale
            scale = np.hypot(other[s, 0] - other[t, 0], other[s, 1] - other[t, 1]) / between
            if scale < 0.25 or scale > 4 or abs(np.log2(other[s, 2] / one[p, 2] / scale)) > 0.5:
                continue
            shift_x = (other[s, 0] + other[t, 0] - scale * (one[p, 0] + one[q, 0])) / 2
            shift_y = (other[s, 1] + other[t, 1] - scale * (one[p, 1] + one[q, 1])) / 2
            reach = tolerance * max(1.0, scale)
            size = 0
            for k in range(count):
                i, j = matches[k, 0], matches[k, 1]
                away_x = abs(scale * one[i, 0] + shift_x - other[j, 0])
                away_y = abs(scale * one[i, 1] + shift_y - other[j, 1])
                size += away_x <= reach and away_y <= reach
            if size > best:
                best, best_scale, best_x, best_y = size, scale, shift_x, shift_y
    reach = tolerance * max(1.0, best_scale)
    for k in range(count):
        i, j = matches[k, 0], matches[k, 1]
        away_x = abs(best_scale * one[i, 0] + best_x - other[j, 0])
        away_y = abs(best_scale * one[i, 1] + best_y - other[j, 1])
        among[k] = away_x <= reach and away_y <= reach
    return best, best_scale, best_x, best_y


@njit(cache=True, nogil=True)
def _spread(points_: Table, matches: Places, among: NDArray[np.bool_], low: float, high: float, axis: int) -> tuple[float, int]:
    """How the agreeing points lie on the stretch from `low` to `high`: the share over which the middle seven tenths of them reach, for the
    whole of them, and how many lie outside the fifth of the stretch that has most."""
    values = np.empty(matches.shape[0], np.float32)
    count = 0
    for k in range(among.shape[0]):
        if among[k]:
            values[count] = points_[matches[k, 1], axis]
            count += 1
    values = np.sort(values[:count])
    last = count - 1
    length = max(1.0, high - low)
    densest = first = 0
    for k in range(count):
        while values[k] - values[first] > length / 5:
            first += 1
        densest = max(densest, k - first + 1)
    return float(values[last - int(0.15 * last)] - values[int(0.15 * last)]) / 0.7 / length, count - densest


@njit(cache=True, nogil=True)
def _alike(
    one: Table, one_hashes: Hashes, one_size: Table, other: Table, other_hashes: Hashes, other_size: Table, mask: np.uint64, rule: Rule
) -> float:
    """Share of the points in the part both show that agree, the smaller of both sides; 0 where the rule is not kept."""
    matches = np.empty((one.shape[0] + 1, 3), np.int64)
    count = _matches(one_hashes, other_hashes, mask, rule.farthest, matches)
    if count < rule.least:
        return 0.0
    among = np.zeros(count, np.bool_)
    size, scale, shift_x, shift_y = _agreeing(one, other, matches, count, rule.tolerance, among)
    evidence = 0
    for k in range(count):
        if among[k]:
            evidence += rule.farthest - matches[k, 2]
    if size < rule.least or evidence < rule.evidence:
        return 0.0
    # the part that both show, in the other's pixels
    left, right = max(0.0, shift_x), min(float(other_size[0]), scale * one_size[0] + shift_x)
    top, bottom = max(0.0, shift_y), min(float(other_size[1]), scale * one_size[1] + shift_y)
    smaller = min(other_size[0] * other_size[1], scale * scale * one_size[0] * one_size[1])
    if right <= left or bottom <= top or (right - left) * (bottom - top) < rule.overlap * smaller:
        return 0.0
    wide, beside = _spread(other, matches, among, left, right, 0)
    high, above = _spread(other, matches, among, top, bottom, 1)
    if min(wide, high) < rule.spread:
        return 0.0
    in_one = in_other = 0
    for k in range(one.shape[0]):
        x, y = scale * one[k, 0] + shift_x, scale * one[k, 1] + shift_y
        in_one += left <= x <= right and top <= y <= bottom
    for k in range(other.shape[0]):
        in_other += left <= other[k, 0] <= right and top <= other[k, 1] <= bottom
    share = size / max(size, min(in_one, in_other))
    if share < rule.most_of_strip and min(beside, above) < max(rule.outside, rule.outside_share * size):
        return 0.0
    # few of many points must agree the better
    return share if share >= rule.share and evidence * min(1.0, share / rule.full_share) >= rule.evidence else 0.0


@njit(cache=True, nogil=True)
def compare(
    starts: Places, table: Table, hashes: Hashes, sizes: Table, left: Places, right: Places, mirror: np.uint64, rule: Rule
) -> Table:
    """For each pair of pictures: share of agreeing points (0 to 1; 0: not alike), and 1 where one is the other's mirror image.

    `starts`: where each picture's points begin in `table` (x, y, sigma) and `hashes`; `sizes`: (pictures, 2) width and height.
    """
    told = np.zeros((left.shape[0], 2), np.float32)
    for k in range(left.shape[0]):
        a, b = left[k], right[k]
        one, other = table[starts[a] : starts[a + 1]], table[starts[b] : starts[b + 1]]
        one_hashes, other_hashes = hashes[starts[a] : starts[a + 1]], hashes[starts[b] : starts[b + 1]]
        told[k, 0] = _alike(one, one_hashes, sizes[a], other, other_hashes, sizes[b], np.uint64(0), rule)
        turned = other.copy()
        turned[:, 0] = sizes[b, 0] - turned[:, 0]
        share = _alike(one, one_hashes, sizes[a], turned, other_hashes, sizes[b], mirror, rule)
        if share > told[k, 0]:
            told[k, 0], told[k, 1] = share, 1
    return told
