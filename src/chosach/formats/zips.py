"""Zip containers whose bytes depend on their content alone."""

import io
import zipfile

#: The earliest time a zip can hold: every member gets it, so that the same content gives the same bytes on any day.
EPOCH = (1980, 1, 1, 0, 0, 0)


def repack(data: bytes) -> bytes:
    """The same members in the same order, with fixed times, rights and compression.

    Office writers stamp the time of writing on each member; a document rebuilt later would differ by that alone.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target:
        for member in source.infolist():
            info = zipfile.ZipInfo(member.filename, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            info.create_system = 3
            target.writestr(info, source.read(member))
    return out.getvalue()
