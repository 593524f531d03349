"""The extractors' knowledge as data: prefixes of phones, banks, provinces, offices that give out barcode prefixes.

Sources, compared in November 2026:

- **Mobile prefixes**: the conversion of 11 to 10 digits from 15 September 2018 as the ministry's plan was printed (sggpnews.org.vn
  76279, lawnet.vn 134777; the press of that day has 0186 and 0188 either way round, operators and later lists say 0186 → 056, 0188 →
  058). Operators in use agree with the metadata of libphonenumber for Vietnam; only parts of 089, 052 and 055 are given out there,
  here all of them pass.
- **Area codes**: decision 2036/QĐ-BTTTT, three stages (13, 23 and 23 provinces; Vĩnh Phúc, Phú Thọ, Hòa Bình and Hà Giang kept theirs)
  as told by hungyen.vnpt.vn, nld.com.vn and kienthuc.net.vn (the last 23 by name); all 63 codes in use agree with libphonenumber. The
  codes *before* 2017 are from general knowledge; no list of them was found to compare with.
- **Banks**: names, codes, short names and BINs of the VietQR members in the package vietnam-qr-pay 1.0.0 (MIT); names that changed in
  2023–2025 (PGBank, LPBank, MBV, VCBNeo, Vikki, GPBank), the spellings that people use, and the BINs of wallets, VBSP and Citibank are
  from general knowledge.
- **Barcode prefixes**: GS1's own list of company prefixes as copied in two public packages (Pmigut/GtinValidator and another; both say
  who holds 605–607, 617, 630–632, 680–681, 881) and older copies of it. 390 (Kosovo) stands in some of them only; 623 (Brunei) went
  back to the global office and stays readable here.
"""

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
    """``bins``: the six figures that stand for it in payment codes; some banks have one for each branch, some have none."""

    code: str
    name: str
    spellings: tuple[str, ...]
    bins: tuple[str, ...] = ()


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
    """Mobile and service numbers by their first digits (three or four); ``since`` is the first day of the whole conversion, not the
    operator's own day for that prefix."""
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
    return tuple(
        Bank(row["code"], row["name"], tuple(row["spellings"].split("|")), tuple(filter(None, row["bins"].split("|"))))
        for row in _rows("banks.csv")
    )


@lru_cache(maxsize=1)
def banks_by_bin() -> dict[str, Bank]:
    """Six figures of a payment code to the bank or wallet."""
    return {number: bank for bank in banks() for number in bank.bins}


@lru_cache(maxsize=1)
def offices() -> tuple[Office, ...]:
    """The offices by their first prefix."""
    return tuple(Office(row["first"], row["last"], row["country"], row["office"]) for row in _rows("gs1.csv"))


@lru_cache(maxsize=1024)
def office(prefix: str) -> Office | None:
    """Who gave out a barcode's first three digits; None for a prefix that nobody has. Not where the goods were made."""
    return next((one for one in offices() if one.first <= prefix <= one.last), None)
