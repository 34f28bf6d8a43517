"""What operators deploy with: units of systemd, a file of Compose, a dashboard of Grafana."""
import json
import re
import shutil
import subprocess
import tomllib
import urllib.request
from pathlib import Path

import jsonschema
import pytest
import yaml
from live import ROOT, Server

DEPLOY = ROOT / "deploy"


def settings():
    """Every setting that the documentation names, as the environment spells it."""
    return set(re.findall(r"MAPWRIGHT_[A-Z_]+[A-Z]", (ROOT / "docs/server.md").read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", ["mapwright.service", "mapwright-work@.service"])
def test_units_are_what_systemd_takes(name, tmp_path):
    program = shutil.which("systemd-analyze")
    assert program, "systemd-analyze is missing: apt-get install systemd"
    text = (DEPLOY / name).read_text(encoding="utf-8")
    # The program is looked for where the unit says.
    (tmp_path / name).write_text(text.replace("/usr/local/bin/mapwright", "/bin/true"), encoding="utf-8")
    unit = str(tmp_path / name.replace("@", "@1"))
    done = subprocess.run([program, "verify", "--man=no", unit], capture_output=True, text=True)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    assert set(re.findall(r"Environment=(MAPWRIGHT_\w+)=", text)) <= settings()


def test_compose_keeps_to_its_schema():
    text = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
    file = yaml.safe_load(text)
    schema = json.loads((ROOT / "tests/data/compose/compose-spec.json").read_text(encoding="utf-8"))
    rules = jsonschema.Draft7Validator(schema)
    assert [fault.message for fault in rules.iter_errors(file)] == []
    assert not rules.is_valid({**file, "servers": {}})
    services = file["services"]
    for service in services.values():
        assert set(service.get("depends_on", {})) <= set(services)
    for name in ("serve", "work"):
        assert services[name]["command"][0] == name
        named = {setting for setting in services[name]["environment"] if setting.startswith("MAPWRIGHT_")}
        assert named and named <= settings()
    # No password stands in the file.
    assert all("${" in line for line in text.splitlines() if re.search(r"(PASSWORD|SECRET\w*):", line))


def test_image_is_of_this_toolchain():
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    channel = tomllib.loads((ROOT / "rust-toolchain.toml").read_text(encoding="utf-8"))["toolchain"]["channel"]
    assert f"FROM rust:{channel.removesuffix('.0')}-" in text
    assert set(re.findall(r"\b(MAPWRIGHT_\w+)=", text)) <= settings()
    for source in re.findall(r"^COPY --from=built (.*) \S+$", text, re.MULTILINE):
        for path in source.split():
            place = Path(path).relative_to("/mapwright")
            assert place.parts[0] in ("target", "dist") or (ROOT / place).is_file(), path


def test_dashboard_asks_for_what_is_counted(tmp_path):
    board = json.loads((DEPLOY / "grafana.json").read_text(encoding="utf-8"))
    asked = {metric for panel in board["panels"] for target in panel["targets"] for metric in re.findall(r"mapwright_\w+", target["expr"])}
    server = Server(tmp_path, {})
    try:
        with urllib.request.urlopen(f"{server.host}/metrics") as answer:
            told = set(re.findall(r"^# TYPE (\w+)", answer.read().decode(), re.MULTILINE))
    finally:
        server.end()
    assert asked == told
    assert len({panel["id"] for panel in board["panels"]}) == len(board["panels"])
