"""Templates that an operator changed, and broke."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.test_command_line import TOKEN, execbrief, feeds_file


@pytest.fixture
def broken(tmp_path: Path) -> dict[str, str]:
    """Settings with a template that does not parse."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "brief.html.j2").write_text("LG\n{{ nope\n", encoding="utf-8")
    return {"EXECBRIEF_TEMPLATES_DIR": "mine", "EXECBRIEF_TELEGRAM_TOKEN": TOKEN}


@pytest.mark.parametrize("args", [("brief", "LG전자"), ("run",)], ids=["brief", "run"])
def test_a_template_that_does_not_parse_is_one_line_and_exit_2(
    args: tuple[str, ...], broken: dict[str, str], tmp_path: Path
) -> None:
    # nothing listens there: a bot that starts all the same ends with another trouble
    done = execbrief(*args, cwd=tmp_path, env=broken | {"EXECBRIEF_TELEGRAM_API_URL": "http://127.0.0.1:9"})
    assert done.returncode == 2, done.stderr
    (line,) = done.stderr.splitlines()
    assert line.startswith("execbrief: mine/brief.html.j2:")
    assert "delete the file to have ours again" in line


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("LG\n{{ nope }}\n", "mine/brief.html.j2:2: 'nope' is undefined"),
        ('{% include "none.j2" %}\n', "mine/brief.html.j2:1: none.j2"),
        ("{{ 1 + 'a' }}\n", "mine/brief.html.j2:1: TypeError"),
        (b"\xb4\xeb", "mine/brief.html.j2: is not UTF-8"),
    ],
    ids=["name", "include", "type", "bytes"],
)
def test_a_template_that_cannot_be_filled_is_one_line_and_exit_2(
    template: str | bytes, said: str, tmp_path: Path
) -> None:
    (tmp_path / "mine").mkdir()
    data = template if isinstance(template, bytes) else template.encode()
    (tmp_path / "mine" / "brief.html.j2").write_bytes(data)
    done = execbrief("brief", "LG전자", cwd=tmp_path, env={"EXECBRIEF_TEMPLATES_DIR": "mine"})
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"execbrief: {said}")
    assert len(done.stderr.splitlines()) == 1


def test_doctor_names_the_line_of_a_template_that_does_not_parse(
    broken: dict[str, str], tmp_path: Path
) -> None:
    env = broken | feeds_file(tmp_path, "http://127.0.0.1:9/")
    done = execbrief("doctor", cwd=tmp_path, env=env | {"EXECBRIEF_TELEGRAM_API_URL": "http://127.0.0.1:9"})
    assert "FAIL templates: mine/brief.html.j2:" in done.stdout
    (tmp_path / "mine" / "brief.html.j2").unlink()
    (tmp_path / "mine" / "en").mkdir()
    (tmp_path / "mine" / "en" / "brief.html.j2").write_text("{% for %}", encoding="utf-8")
    done = execbrief("doctor", cwd=tmp_path, env=env | {"EXECBRIEF_TELEGRAM_API_URL": "http://127.0.0.1:9"})
    assert "FAIL templates: mine/en/brief.html.j2:1:" in done.stdout
