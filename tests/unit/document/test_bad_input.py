"""A file that cannot be read at all says what was found, what was expected and what to do; everything else is read."""

from pathlib import Path

import pytest

from luodi.document import read
from luodi.document.decode import MAX_CHARACTERS, decode
from luodi.errors import ContentError

BINARY = {
    "doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00", "doc"),
    "png": (b"\x89PNG\r\n\x1a\n\x00", "PNG"),
    "rar": (b"Rar!\x1a\x07\x00", "RAR"),
    "unknown": (bytes(range(256)) * 40, "不是文本文件"),
}


@pytest.mark.parametrize(("data", "named"), BINARY.values(), ids=BINARY)
def test_a_binary_file_is_refused_by_its_kind_whatever_its_name(tmp_path: Path, data: bytes, named: str):
    path = tmp_path / "政策.txt"
    path.write_bytes(data)
    with pytest.raises(ContentError, match=named) as refusal:
        read(path)
    assert "政策.txt" in str(refusal.value)
    assert "另存为" in str(refusal.value)


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n", b"\xef\xbb\xbf", b"\xff\xfe", "\u3000\n".encode()])
def test_an_empty_file_is_named(data: bytes):
    with pytest.raises(ContentError, match=r"空.txt.*(空文件|只有空白)"):
        decode(data, "空.txt")


def test_twenty_megabytes_are_refused_with_the_limit_before_they_are_read(tmp_path: Path):
    path = tmp_path / "大.txt"
    path.write_bytes("一、政策。\n".encode() * 1_250_000)
    with pytest.raises(ContentError, match=r"大.txt 有 20.0 MB，超过.*200 万字.*拆开"):
        read(path)
    with path.open("r+b") as file:
        file.truncate(2_000_000_000)
    with pytest.raises(ContentError, match=r"大.txt 有 2000.0 MB，超过"):
        read(path)


def test_the_limit_in_characters_holds_below_the_limit_in_bytes():
    with pytest.raises(ContentError, match=f"{MAX_CHARACTERS + 1} 字"):
        decode(b"a" * (MAX_CHARACTERS + 1), "长.txt")


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path):
    with pytest.raises(ContentError, match="没有这个文件"):
        read(tmp_path / "无.txt")
    with pytest.raises(ContentError, match="是文件夹"):
        read(tmp_path)


def test_an_unknown_extension_is_read_by_its_content(tmp_path: Path):
    path = tmp_path / "政策.xyz"
    path.write_text("云州市关于支持创新的若干政策\n一、奖励\n给予奖励。", encoding="utf-8")
    assert [article.id for article in read(path).articles] == ["一"]


def test_a_text_without_any_known_clause_is_a_document_without_articles(tmp_path: Path):
    path = tmp_path / "poem.txt"
    path.write_text("白日依山尽，黄河入海流。", encoding="utf-8")
    document = read(path)
    assert document.articles == ()
    assert document.article_at(3) == "0"
