"""``luodi remove``: an installation's data go, whole and only on purpose; nobody else's do."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from luodi.cli import app
from luodi.service import embedded


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("LUODI_HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


def remove(*arguments: str):
    return CliRunner().invoke(app, ["remove", *arguments])


def test_database_and_files_go_together_but_not_while_it_runs(home):
    (home / "secret-key").write_text("k")
    (home / "别人的.txt").write_text("x")
    with embedded.running() as where:
        assert where.data.is_dir() and embedded.folder() in where.data.parents
        refused = remove("--yes")
        assert "正在运行" in str(refused.exception) and (home / "secret-key").exists()
        assert all("删除 /" not in told.stderr and "正在运行" in str(told.exception) for told in (refused, remove()))
    listed = remove()
    assert listed.exit_code == 0 and f"将删除 {embedded.folder()}" in listed.stderr and "--yes" in listed.stderr
    assert where.data.is_dir()
    assert "已删除" in remove("--yes").stderr
    assert not embedded.folder().exists() and [each.name for each in home.iterdir()] == ["别人的.txt"]
    again = remove("--yes")
    assert again.exit_code == 1 and "不用删除" in again.stderr


def test_only_databases_whose_folder_is_gone_are_left_over(home, tmp_path, monkeypatch):
    monkeypatch.setattr(embedded, "ROOT_STATE", tmp_path / "state")
    for name, owner in (("gone", tmp_path / "gone"), ("kept", home)):
        (tmp_path / "state" / name).mkdir(parents=True)
        (tmp_path / "state" / name / embedded.BELONGS).write_text(str(owner))
    listed = remove("--leftover")
    assert f"{tmp_path / 'gone'}，已不在" in listed.stderr and "kept" not in listed.stderr
    assert remove("--leftover", "--yes").exit_code == 0
    assert [each.name for each in (tmp_path / "state").iterdir()] == ["kept"]
    assert remove("--leftover").exit_code == 1


def test_data_on_another_server_are_not_ours_to_remove(home, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://db/luodi")
    assert "自己的数据库服务器" in str(remove("--yes").exception)
