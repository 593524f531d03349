"""FollowTheMoney, the format of investigators' tools (Aleph, OpenSanctions, nomenklatura): our tables → entities as JSON lines, and back.

    from chosach.formats import followthemoney as ftm

    for entity in ftm.entities(ftm.Tables(records=records, clusters=clusters)):
        file.write(entity.line())
    read = ftm.read(Path("export.ftm.json"))     # raises Unreadable
    read.tables.records, read.problems

Shop, listing, domain, match, tie and ring are an extension of its model (`extension()`), each standing on one of its own schemata.
docs/followthemoney.md.
"""

from chosach.formats.followthemoney.entity import Entity
from chosach.formats.followthemoney.export import Cut, entities
from chosach.formats.followthemoney.gather import Read, read
from chosach.formats.followthemoney.model import MODEL, extension
from chosach.formats.followthemoney.tables import Tables

__all__ = ["MODEL", "Cut", "Entity", "Read", "Tables", "entities", "extension", "read"]
