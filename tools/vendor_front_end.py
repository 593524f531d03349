"""Fetch the front-end parts anew: `python tools/vendor_front_end.py` (needs npm; users never do).

Each part is one npm package at one version. Only the files named here are taken, with the package's licence, into
`src/chosach/desk/static/vendor/NAME-VERSION/`; `vendor.toml` lists every file with its SHA-256, and a test holds them together.
Icons are joined into one SVG sprite, fonts get one style sheet: no build step is left for whoever installs the project.
"""

import hashlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

VENDOR = Path(__file__).parent.parent / "src/chosach/desk/static/vendor"
WEIGHTS = [("400", "normal"), ("400", "italic"), ("500", "normal"), ("600", "normal"), ("700", "normal")]
SUBSETS = ["vietnamese", "latin-ext", "latin"]
ICONS = (Path(__file__).parent / "icons.txt").read_text(encoding="utf-8").split()


class Part:
    def __init__(self, name: str, version: str, licence: str, home: str) -> None:
        self.name, self.version, self.licence, self.home = name, version, licence, home
        self.folder = VENDOR / f"{name.rsplit('/', 1)[-1]}-{version}"


PARTS = [
    Part("bootstrap", "5.3.9", "MIT", "https://getbootstrap.com"),
    Part("bootstrap-icons", "1.13.2", "MIT", "https://icons.getbootstrap.com"),
    Part("@fontsource/be-vietnam-pro", "5.3.0", "OFL-1.1", "https://github.com/bettergui/BeVietnamPro"),
]


def unpack(part: Part, scratch: Path) -> Path:
    npm = shutil.which("npm") or sys.exit("npm is not installed; it is needed to fetch front-end parts, not to use them")
    done = subprocess.run([npm, "pack", f"{part.name}@{part.version}"], cwd=scratch, check=True, capture_output=True, text=True)
    target = scratch / part.folder.name
    with tarfile.open(scratch / done.stdout.split()[-1]) as archive:
        archive.extractall(target, filter="data")
    return target / "package"


def take_bootstrap(package: Path, folder: Path) -> None:
    text = (package / "dist/css/bootstrap.min.css").read_text(encoding="utf-8")
    (folder / "bootstrap.min.css").write_text(re.sub(r"/\*# sourceMappingURL=.*?\*/\s*", "", text), encoding="utf-8")


def take_icons(package: Path, folder: Path) -> None:
    symbols = []
    for name in sorted(set(ICONS)):
        svg = (package / f"icons/{name}.svg").read_text(encoding="utf-8")
        inner = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.S)
        if inner is None:
            sys.exit(f"{name}.svg is not what was expected")
        symbols.append(f'<symbol id="{name}" viewBox="0 0 16 16">{" ".join(inner[1].split())}</symbol>')
    sprite = '<svg xmlns="http://www.w3.org/2000/svg" fill="currentColor">\n' + "\n".join(symbols) + "\n</svg>\n"
    (folder / "sprite.svg").write_text(sprite, encoding="utf-8")


def take_fonts(package: Path, folder: Path) -> None:
    faces = []
    for weight, style in WEIGHTS:
        css = (package / f"{weight}{'-italic' if style == 'italic' else ''}.css").read_text(encoding="utf-8")
        for subset in SUBSETS:
            name = f"be-vietnam-pro-{subset}-{weight}-{style}.woff2"
            shutil.copy(package / "files" / name, folder / name)
            places = re.search(re.escape(name) + r".*?unicode-range: ([^;]+);", css, re.S)
            if places is None:
                sys.exit(f"no unicode-range for {name}")
            faces.append(
                "@font-face{font-family:'Be Vietnam Pro';font-display:swap;"
                f"font-style:{style};font-weight:{weight};src:url({name}) format('woff2');unicode-range:{places[1]}}}"
            )
    (folder / "fonts.css").write_text("\n".join(faces) + "\n", encoding="utf-8")


TAKE = {"bootstrap": take_bootstrap, "bootstrap-icons": take_icons, "@fontsource/be-vietnam-pro": take_fonts}


def listing() -> str:
    lines = ["# Made by tools/vendor_front_end.py. Third-party parts of the pages, unchanged but for what that script says.\n"]
    for part in PARTS:
        lines += [
            "[[part]]",
            f'name = "{part.name}"',
            f'version = "{part.version}"',
            f'licence = "{part.licence}"',
            f'home = "{part.home}"',
            "[part.sha256]",
        ]
        for path in sorted(part.folder.iterdir()):
            lines.append(f'"{part.folder.name}/{path.name}" = "{hashlib.sha256(path.read_bytes()).hexdigest()}"')
        lines.append("")
    return "\n".join(lines)


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        for part in PARTS:
            package = unpack(part, Path(scratch))
            shutil.rmtree(part.folder, ignore_errors=True)
            part.folder.mkdir(parents=True)
            shutil.copy(package / "LICENSE", part.folder / "LICENSE")
            TAKE[part.name](package, part.folder)
            print(f"{part.name} {part.version}: {sum(1 for _ in part.folder.iterdir())} files")
    (VENDOR / "vendor.toml").write_text(listing(), encoding="utf-8")


if __name__ == "__main__":
    main()
