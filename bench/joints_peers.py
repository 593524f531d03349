"""What others make of the same pictures and texts; run by `bench/joints.py` with the Python that has them.

python joints_peers.py images FOLDER       # needs imagehash: JSON {"seconds": …, "phash": {name: hex}, "dhash": {name: hex}}
python joints_peers.py texts FILE.json     # needs datasketch: JSON {"seconds": …, "pairs": [[i, j], …]}
"""

import json
import sys
import time
from pathlib import Path


def images(folder: Path) -> dict[str, object]:
    import imagehash
    from PIL import Image

    told: dict[str, dict[str, str]] = {"phash": {}, "dhash": {}}
    begun = time.process_time()
    for path in sorted(folder.glob("*.jpg")):
        with Image.open(path) as picture:
            told["phash"][path.stem] = str(imagehash.phash(picture))
            told["dhash"][path.stem] = str(imagehash.dhash(picture))
    return {"seconds": time.process_time() - begun, **told}


def texts(file: Path) -> dict[str, object]:
    from datasketch import MinHash, MinHashLSH

    read = json.loads(file.read_text(encoding="utf-8"))
    begun = time.process_time()
    index = MinHashLSH(threshold=0.7, num_perm=128)
    made = []
    for place, text in enumerate(read):
        plain = text.lower()
        sketch = MinHash(num_perm=128)
        sketch.update_batch([plain[k : k + 9].encode() for k in range(max(1, len(plain) - 8))])
        made.append(sketch)
        index.insert(place, sketch)
    pairs = []
    for place, sketch in enumerate(made):
        pairs += [(place, other) for other in index.query(sketch) if other > place and made[other].jaccard(sketch) >= 0.7]
    return {"seconds": time.process_time() - begun, "pairs": pairs}


if __name__ == "__main__":
    json.dump({"images": images, "texts": texts}[sys.argv[1]](Path(sys.argv[2])), sys.stdout)
