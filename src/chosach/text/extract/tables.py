"""The extractors' knowledge as data: prefixes of phones, banks, provinces, offices that give out barcode prefixes."""

import csv
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import NamedTuple


class Prefix(NamedTuple):
    """What a phone number may begin with. ``now``: the prefix that took its place on ``since``; "" and None where it still serves."""

    prefix: str
    line: str
    operator: str
    now: str
    since: date | None


class Province(NamedTuple):
    """``name`` until 30 June 2025, ``now`` the province it belongs to since; ``area``: code of its landlines, and the one before."""

    code: str
    name: str
    spellings: tuple[str, ...]
    now: str
    area: str
    area_was: str
    area_since: date | None


class Bank(NamedTuple):
    code: str
    name: str
    spellings: tuple[str, ...]


class Office(NamedTuple):
    """An office of GS1: ``country`` is ISO 3166, "" for prefixes that belong to no country (books, coupons, a shop's own codes)."""

    first: str
    last: str
    country: str
    name: str


def _rows(name: str) -> list[dict[str, str]]:
    text = resources.files("chosach.text.extract").joinpath(f"data/{name}").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@lru_cache(maxsize=1)
def prefixes() -> dict[str, Prefix]:
    """Mobile and service numbers by their first digits (three or four)."""
    return {
        row["prefix"]: Prefix(row["prefix"], row["line"], row["operator"], row["now"], _day(row["since"])) for row in _rows("phones.csv")
    }


@lru_cache(maxsize=1)
def provinces() -> tuple[Province, ...]:
    """The 63 provinces before July 2025, by the code of the General Statistics Office."""
    return tuple(
        Province(
            row["code"], row["name"], tuple(filter(None, row["spellings"].split("|"))), row["since_july_2025"],
            row["area"], row["area_was"], _day(row["area_since"]),
        )
        for row in _rows("provinces.csv")
    )  # fmt: skip


@lru_cache(maxsize=1)
def areas() -> dict[str, Province]:
    """Area code of landlines in use, and before 2017, to its province."""
    return {code: province for province in provinces() for code in (province.area, province.area_was) if code}


@lru_cache(maxsize=1)
def banks() -> tuple[Bank, ...]:
    return tuple(Bank(row["code"], row["name"], tuple(row["spellings"].split("|"))) for row in _rows("banks.csv"))


@lru_cache(maxsize=1)
def _offices() -> tuple[Office, ...]:
    return tuple(Office(row["first"], row["last"], row["country"], row["office"]) for row in _rows("gs1.csv"))


@lru_cache(maxsize=1024)
def office(prefix: str) -> Office | None:
    """Who gave out a barcode's first three digits; None for a prefix that nobody has."""
    return next((one for one in _offices() if one.first <= prefix <= one.last), None)
