"""Ctrl+C ends a command in order, also where a library makes an error of its own of it."""

import subprocess
import sys

PROGRAM = """
import os, signal, threading
import duckdb
from chosach.commands.running import Interrupted, signals_caught

try:
    with signals_caught():
        threading.Timer(0.5, os.kill, (os.getpid(), signal.{name})).start()
        duckdb.execute("CREATE TABLE many AS SELECT range AS r FROM range(3000000)")
        while True:
            duckdb.execute("SELECT count(DISTINCT hash(r)) FROM many").fetchall()
except Interrupted as stop:
    print("ended in order", stop.code)
"""


def ended(name: str) -> str:
    done = subprocess.run([sys.executable, "-c", PROGRAM.format(name=name)], capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_query_that_is_broken_off_is_a_stop_and_no_error() -> None:
    assert ended("SIGINT") == "ended in order 130"
    assert ended("SIGTERM") == "ended in order 143"
