"""What `pip install .` brings works from any folder: data, migrations, templates and newsroom included."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_the_wheel_runs_from_another_folder(tmp_path: Path) -> None:
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"),
            *("--disable-pip-version-check", "--no-index", "--wheel-dir", str(tmp_path), str(ROOT)),
        ],
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    installed = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        archive.extractall(installed)
    assert {"briefing/data/fonts/execbrief-gothic.ttf", "briefing/data/fonts/OFL.txt"} <= set(names)
    assert not [name for name in names if name.startswith(("tests/", "docs/", "benchmarks/"))]
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("EXECBRIEF_", "PYTHON"))
    }
    # -S would lose the dependencies; a path in front wins over the checkout's editable install
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import bot; print(bot.__file__); import bot.__main__ as m; m.main()",
            "try",
            "/list",
        ],
        check=False,
        cwd=elsewhere,
        env={**clean, "PYTHONPATH": str(installed), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(str(installed)), "the installed package, not the checkout"
    assert "구독" in done.stdout
