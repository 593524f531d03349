"""A picture that is broken, too large or none at all gives an error with a code and a sentence, quickly and in little memory."""

import io
import resource
import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as some
from PIL import Image

from chosach.linking.joints import pictures, qr
from tests.examples import examples
from tests.linking.joints.making import code, jpeg, png, poster, vietqr

WHOLE = jpeg(poster(code(vietqr("970436", "0071000123456"))))


def refused(content: bytes) -> str:
    with pytest.raises(pictures.Unusable) as told:
        qr.codes(content)
    assert told.value.message[0].isupper()
    return told.value.code


def test_what_is_no_picture_is_refused_by_its_reason():
    assert refused(b"") == "picture.empty"
    assert refused(b"<html>not found</html>") == "picture.kind"
    assert refused(b"%PDF-1.7" + bytes(100)) == "picture.kind"
    assert refused(bytes(pictures.MOST_BYTES + 1)) == "picture.too_many_bytes"
    assert refused(WHOLE[: len(WHOLE) // 2]) == "picture.broken"
    assert refused(jpeg(Image.new("RGB", (5, 5)))) == "picture.too_small"


def test_a_small_file_that_opens_into_a_huge_picture_is_refused_at_once():
    bomb = png(20_000, 20_000)
    assert len(bomb) < 500_000
    begun = time.process_time()
    assert refused(bomb) == "picture.too_many_pixels"
    assert time.process_time() - begun < 0.5


def test_a_side_that_is_a_lie_does_not_take_memory():
    lie = png(64, 64).replace((64).to_bytes(4, "big") * 2, (5400).to_bytes(4, "big") * 2, 1)
    assert refused(lie) in {"picture.broken", "picture.kind"}


def test_the_largest_picture_that_is_opened_fits_into_a_quarter_gigabyte_of_its_own():
    program = (
        "import resource, sys\n"
        "from chosach.linking.joints import pictures\n"
        "content = sys.stdin.buffer.read()\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "print(pictures.opened(content).size, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)\n"
    )
    made = subprocess.run([sys.executable, "-c", program], input=png(5400, 5400), capture_output=True, check=True)
    size, kilobytes = made.stdout.decode().rsplit(" ", 1)
    assert size == "(2048, 2048)"
    assert int(kilobytes) < 256 << 10


@examples(50)
@given(some.lists(some.tuples(some.integers(0, len(WHOLE) - 1), some.integers(0, 255)), min_size=1, max_size=20))
def test_changed_bytes_never_crash(changes):
    content = bytearray(WHOLE)
    for place, value in changes:
        content[place] = value
    try:
        qr.codes(bytes(content))
    except pictures.Unusable as told:
        assert told.code.startswith("picture.")


@examples(40)
@given(
    some.sampled_from([b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF\x00\x01\x00\x00WEBPVP8 ", b"BM"]),
    some.binary(max_size=300),
)
def test_any_bytes_after_a_known_head_never_crash(head, rest):
    try:
        pictures.opened(head + rest)
    except pictures.Unusable as told:
        assert told.code.startswith("picture.")


def test_grey_of_sixteen_bits_palettes_and_see_through_parts_are_opened():
    for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK"):
        made = io.BytesIO()
        kind = "JPEG" if mode == "CMYK" else "PNG"
        Image.new(mode, (40, 30)).save(made, kind)
        assert pictures.opened(made.getvalue()).mode in {"L", "RGB"}
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 2 << 20
