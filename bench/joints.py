"""Copied texts and pictures: how many are found, how many are wrongly tied, and how fast.

    python bench/joints.py [--pictures 200] [--texts 50000] [--rows 100000] [--peers PYTHON]

Pictures and texts are made up (`bench/pictures.py`; sentences here). `--peers`: a Python with imagehash and datasketch, whose figures are
printed beside ours. `--rows`: listings put into the indices. Seconds of processor; rates of databases are by the clock, as a server works
beside us.
"""

import argparse
import json
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
from bench.pictures import CHANGES, as_jpeg, changed, goods, plain, strip
from tests import postgres

from chosach.linking.joints import images, qr, texts
from chosach.linking.joints.index import Index, LakeIndex

PHRASES = (
    "hàng có sẵn giao trong ngày", "cam kết đúng mô tả", "kiểm tra trước khi nhận", "đổi mới nếu lỗi", "giá tốt cho khách sỉ",
    "ảnh chụp tại kho", "màu sắc có thể lệch do ánh sáng", "liên hệ để chọn cỡ", "tặng túi giấy", "bảo hành mười hai tháng",
    "chất vải mềm thoáng", "đường may chắc", "thành phần từ thảo mộc", "dùng sáng và tối", "không gây bết dính", "mùi hương nhẹ",
    "phù hợp da nhạy cảm", "bảo quản nơi khô ráo", "xuất hóa đơn khi cần", "freeship đơn từ ba trăm nghìn", "số lượng có hạn",
    "nhập từ xưởng quen", "mẫu mới trong tháng", "khách cũ giảm thêm", "pin dùng cả tuần", "kính chống xước", "dây da thay được",
    "chống nước khi rửa tay", "hộp đựng đầy đủ", "quà tặng kèm thiệp",
)  # fmt: skip
DISGUISES: tuple[Callable[[str, random.Random], str], ...] = (
    lambda word, draw: ".".join(word),
    lambda word, draw: word.upper(),
    lambda word, draw: " ".join(word),
    lambda word, draw: word.replace("a", "а").replace("o", "о").replace("e", "е"),
    lambda word, draw: word[:1] + "\u200b" + word[1:],
)


def sentence(draw: random.Random) -> str:
    """A made-up listing's text: phrases in their own order, with numbers of its own."""
    chosen = draw.sample(PHRASES, draw.randint(5, 12))
    chosen.insert(draw.randint(0, 5), f"mã {draw.randint(10_000, 99_999)} cỡ {draw.randint(20, 60)}")
    words = " ".join(chosen).split()
    for _ in range(len(words) // 4):  # nobody else writes it just so
        words.insert(draw.randrange(len(words)), "".join(draw.choice("bcdghklmnpqrstvx") + draw.choice("aeiouyàáảãạ") for _ in range(2)))
    return " ".join(words)


def copied(text: str, draw: random.Random) -> str:
    """The same text as another shop would post it: some words disguised, one changed."""
    words = text.split()
    for place in draw.sample(range(len(words)), max(2, len(words) // 5)):
        words[place] = draw.choice(DISGUISES)(words[place], draw)
    words[draw.randrange(len(words))] = "khác"
    return "✨ " + " ".join(words) + " ✨"


def seconds(work: Callable[[], object]) -> tuple[float, object]:
    begun = time.process_time()
    made = work()
    return time.process_time() - begun, made


def pictures_bench(count: int, peers: str | None) -> None:
    made: dict[str, bytes] = {}
    for k in range(count):
        picture = goods(k)
        made[f"a{k:05}"] = as_jpeg(picture, 90)
        made |= {f"{chr(98 + place)}{k:05}": as_jpeg(changed(picture, name, k), 90) for place, name in enumerate(CHANGES)}
        made[f"y{k:05}"] = as_jpeg(strip(picture), 90)
    made |= {f"z{k:05}": as_jpeg(plain(k), 90) for k in range(100)}
    images.hashes(made["a00000"])
    spent, hashed = seconds(lambda: {name: images.hashes(content) for name, content in made.items()})
    print(f"pictures: {len(made) / spent:.0f} a second and core with decoding;", end=" ")
    spent, _ = seconds(lambda: [qr.codes(content) for content in list(made.values())[:200]])
    print(f"QR codes looked for in {min(200, len(made)) / spent:.0f} a second")
    columns: dict[str, dict[str, list[str]]] = {"ours": hashed}
    if peers:
        with tempfile.TemporaryDirectory() as folder:
            for name, content in made.items():
                Path(folder, f"{name}.jpg").write_bytes(content)
            told = json.loads(_asked(peers, "images", folder))
        print(f"imagehash, phash and dhash together: {len(made) / told['seconds']:.0f} a second")
        columns |= {name: {one: [value] for one, value in told[name].items()} for name in ("phash", "dhash")}
    print(f"{'recall':42}" + "".join(f"{name:>10}" for name in columns))
    found = {name: _near_by_side(told, name) for name, told in columns.items()}
    for place, name in enumerate(CHANGES):
        side = chr(98 + place)
        print(f"{name:42}" + "".join(f"{_recall(one, side) / count:10.3f}" for one in found.values()))
    total = count * (len(CHANGES) + 1)
    print(f"{'wrong pairs of a million, other goods':42}" + "".join(_of_a_million(_wrong(one, "yz"), total) for one in found.values()))
    for side, what, size in (("y", "one strip", count), ("z", "plain", 100)):
        same = [sum(left[0] == side == right[0] for left, right in one) for one in found.values()]
        print(f"{'wrong pairs of a million, ' + what:42}" + "".join(_of_a_million(one, size) for one in same))


def _of_a_million(pairs: int, pictures: int) -> str:
    return f"{pairs / (pictures * (pictures - 1) / 2) * 1e6:10.1f}"


def _near_by_side(hashed: dict[str, list[str]], name: str) -> set[tuple[str, str]]:
    """Ours by `images.near`; the peers' by all pairs up to 10 of 64 bits, the usual bound."""
    ids = sorted(hashed)
    if name == "ours":
        spent, table = seconds(lambda: images.near(ids, [hashed[one] for one in ids]))
        print(f"near: {len(ids)} pictures in {spent:.1f} s")
        return {(row["l"], row["r"]) for row in table.to_pylist()}
    import numpy as np

    numbers = np.array([int(hashed[one][0], 16) for one in ids], np.uint64)
    pairs = set()
    for place in range(len(ids)):
        for other in np.flatnonzero(np.bitwise_count(numbers[place + 1 :] ^ numbers[place]) <= 10):
            pairs.add((ids[place], ids[place + 1 + int(other)]))
    return pairs


def _recall(pairs: set[tuple[str, str]], side: str) -> int:
    return sum(left[0] == "a" and right[0] == side and left[1:] == right[1:] for left, right in pairs)


def _wrong(pairs: set[tuple[str, str]], without: str) -> int:
    return sum(left[1:] != right[1:] and left[0] not in without and right[0] not in without for left, right in pairs)


def texts_bench(count: int, peers: str | None) -> None:
    draw = random.Random(4)
    every = [sentence(draw) for _ in range(count)]
    copies = [copied(text, draw) for text in every[: count // 10]]
    texts.bands(every[:10])
    spent, _ = seconds(lambda: texts.bands(every))
    print(f"texts: bands of {count / spent:,.0f} a second and core")
    ids = [f"a{k}" for k in range(count)] + [f"b{k}" for k in range(len(copies))]
    spent, table = seconds(lambda: texts.near(ids, every + copies))
    pairs = [(row["l"], row["r"]) for row in table.to_pylist()]
    print(f"near: {len(ids):,} in {spent:.1f} s; {_told(pairs, len(copies))}")
    if peers:
        with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
            json.dump(every[: count // 5] + copies, file)
            file.flush()
            told = json.loads(_asked(peers, "texts", file.name))
        names = [f"a{k}" for k in range(count // 5)] + [f"b{k}" for k in range(len(copies))]
        pairs = [(names[left], names[right]) for left, right in told["pairs"]]
        print(f"datasketch, plain lower-case text: {len(names):,} in {told['seconds']:.1f} s; {_told(pairs, len(copies))}")


def _told(pairs: list[tuple[str, str]], copies: int) -> str:
    right = sum(left[0] == "a" and other == f"b{left[1:]}" for left, other in pairs)
    return f"{right / copies:.3f} of the disguised copies found, {len(pairs) - right} other pairs"


def _asked(python: str, *arguments: str) -> str:
    script = Path(__file__).with_name("joints_peers.py")
    return subprocess.run([python, str(script), *arguments], check=True, capture_output=True, text=True).stdout


def _indices(folder: str) -> Iterator[tuple[str, "Index | LakeIndex", Callable[[], object]]]:
    with LakeIndex(Path(folder, "bands.duckdb")) as lake:
        yield "DuckDB file", lake, lambda: None
    lite = sqlite3.connect(Path(folder, "bands.sqlite"))
    yield "SQLite", Index(lite), lite.commit
    with psycopg.connect(postgres.start()) as pg:
        yield "PostgreSQL", Index(pg), pg.commit


def index_bench(count: int) -> None:
    draw = random.Random(5)
    every, ids = [sentence(draw) for _ in range(count)], [f"{k:07}" for k in range(count)]
    batch = 5_000
    with tempfile.TemporaryDirectory() as folder:
        for name, index, commit in _indices(folder):
            rows = count // 4 if name == "SQLite" else count
            index.create()
            clock, used = time.perf_counter(), time.process_time()
            for begin in range(0, rows, batch):
                index.insert(ids[begin : min(rows, begin + batch)], every[begin : min(rows, begin + batch)])
                commit()
            put, used = rows / (time.perf_counter() - clock), rows / (time.process_time() - used)
            clock = time.perf_counter()
            gone = index.delete(ids[: rows // 5])
            commit()
            deleted, clock = gone / (time.perf_counter() - clock), time.perf_counter()
            index.query([f"?{k}" for k in range(300)], every[-300:])
            print(
                f"{name:12} {rows:>9,} put in: {put:>8,.0f} a second ({used:,.0f} a second of our processor); "
                f"{deleted:>9,.0f} deleted a second; {300 / (time.perf_counter() - clock):>6,.0f} asked a second"
            )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--pictures", type=int, default=200)
    options.add_argument("--texts", type=int, default=50_000)
    options.add_argument("--rows", type=int, default=100_000)
    options.add_argument("--peers", metavar="PYTHON")
    told = options.parse_args()
    texts_bench(told.texts, told.peers)
    index_bench(told.rows)
    pictures_bench(told.pictures, told.peers)


if __name__ == "__main__":
    sys.exit(main())
