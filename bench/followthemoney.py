"""What we export, held to the package followthemoney itself, and how fast it goes out and comes back.

    python bench/followthemoney.py [--records 20000] [--followthemoney PYTHON ...]

Made-up sellers (bench/sellers.py), linked, with listings, ties and a ring. PYTHON: interpreters that have the package (it wants a C++
compiler where there is no wheel of PyICU, so it is none of this project's dependencies). There its own model is loaded with our
extension beside its schemata, and every entity is asked: does its schema exist, is every property one of the schema's, does its type
clean the value to the very same text, is everything that is required there, does every link lead to an entity of the right kind.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow as pa
from bench.sellers import make

from chosach.formats import followthemoney as ftm
from chosach.linking import link

_ASK = r"""
import json, os, pathlib, shutil, sys
from importlib.metadata import version
from importlib.util import find_spec

folder = pathlib.Path(sys.argv[2])
stock = pathlib.Path(find_spec("followthemoney").origin).parent / "schema"
shutil.copytree(stock, folder, dirs_exist_ok=True)
os.environ["FTM_MODEL_PATH"] = str(folder)
from followthemoney import model
from followthemoney.types import registry

wrong, entities = [], {}
for name, (parents, abstract, properties) in json.loads(sys.argv[3]).items():
    schema = model.get(name)
    if schema is None or not set(parents) <= schema.names or bool(schema.abstract) != abstract:
        wrong.append(f"schema {name}")
        continue
    for prop, kind in properties.items():
        if schema.get(prop) is None or schema.get(prop).type.name != kind:
            wrong.append(f"schema {name}.{prop}")
for line in open(sys.argv[1], encoding="utf-8"):
    item = json.loads(line)
    entities[item["id"]] = item
for item in entities.values():
    schema = model.get(item["schema"])
    if schema is None or schema.abstract:
        wrong.append(f"entity {item['schema']}")
        continue
    schema.validate(item)
    wrong += [f"missing {schema.name}.{name}" for name in schema.required if not item["properties"].get(name)]
    proxy = model.get_proxy(item)
    for name, values in item["properties"].items():
        prop = schema.get(name)
        if prop is None:
            wrong.append(f"unknown {schema.name}.{name}")
        elif prop.type == registry.entity:
            bad = [v for v in values if v not in entities or not model.get(entities[v]["schema"]).is_a(prop.range)]
            wrong += [f"link {schema.name}.{name}"] * len(bad)
        else:
            cleaned = [prop.type.clean(v, proxy=proxy) for v in values]
            wrong += [f"value {schema.name}.{name}: {v!r} -> {c!r}" for v, c in zip(values, cleaned) if v != c]
print(version("followthemoney"), len(entities), "entities,", len(wrong), "refused")
for told in sorted(set(wrong))[:20]:
    print("   ", told)
sys.exit(bool(wrong))
"""


def tables(records: int) -> ftm.Tables:
    """Sellers, linked, and something in every other table."""
    made, _ = make(records)
    linked = link(made)
    clusters = linked.clusters
    traders = clusters["cluster_id"].unique().to_pylist()[:50]
    first = dict(zip(clusters["cluster_id"].to_pylist(), clusters["record_id"].to_pylist(), strict=True))
    ties = [
        {
            "cluster_id_l": traders[0], "cluster_id_r": other, "kind": "address", "weight": 3.5, "value": "12 Lê Lợi", "shared_by": 50,
            "record_id_l": first[traders[0]], "record_id_r": first[other], "sentence": "Cùng địa chỉ.",
        }
        for other in traders[1:]
    ]  # fmt: skip
    members = [{"ring_id": "R1", "cluster_id": one, "role": "member", "score": 0.5, "sentence": "Cùng địa chỉ."} for one in traders]
    listings = [
        {"listing_id": f"{record}-1", "seller_id": record, "title": "Giày thể thao", "price": 250_000, "url": "https://shopee.vn/a"}
        for record in made["record_id"].to_pylist()[:5_000]
    ]
    return ftm.Tables(
        records=made,
        clusters=clusters,
        edges=linked.edges,
        ties=pa.Table.from_pylist(ties),
        rings=pa.Table.from_pylist([{"ring_id": "R1", "traders": 50, "records": 80, "strength": 3.5, "sentence": "Cùng địa chỉ."}]),
        members=pa.Table.from_pylist(members),
        listings=pa.Table.from_pylist(listings),
    )


def main() -> int:
    """Export in both forms, read back, ask each package."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--records", type=int, default=20_000)
    asked.add_argument("--followthemoney", nargs="*", default=[], metavar="PYTHON")
    given = asked.parse_args()
    made = tables(given.records)
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for plain in (False, True):
            path = Path(folder) / ("plain.json" if plain else "entities.json")
            start = time.process_time()
            with path.open("w", encoding="utf-8") as file:
                count = sum(bool(file.write(entity.line())) for entity in ftm.entities(made, plain=plain))
            spent = time.process_time() - start
            print(f"{path.name}: {count:,} entities, {path.stat().st_size / 1e6:.0f} MB, {spent:.1f} s of processor")
            if not plain:
                start = time.process_time()
                read = ftm.read(path)
                same = all(getattr(read.tables, name).num_rows == getattr(made, name).num_rows for name in ("records", "edges", "ties"))
                print(f"read back: {time.process_time() - start:.1f} s of processor, the same rows: {same}")
            for python in given.followthemoney:
                model = Path(folder) / f"model-{len(list(Path(folder).iterdir()))}"
                model.mkdir()
                (model / "chosach.yaml").write_text(ftm.extension(), encoding="utf-8")
                used = {
                    name: (schema.ancestors, schema.abstract, {key: one.type for key, one in schema.properties.items()})
                    for name, schema in ftm.MODEL.schemata.items()
                }
                failed |= subprocess.run([python, "-c", _ASK, str(path), str(model), json.dumps(used)], check=False).returncode
    return failed


if __name__ == "__main__":
    sys.exit(main())
