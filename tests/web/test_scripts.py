"""The scripts behind the face: assets, catalogue, punctuation."""

import json
import pathlib
import subprocess
import sys

import pytest

from scripts import assets, messages, punctuation
from tests.web.specimen import ROOT


def test_assets_are_up_to_date_after_one_run():
    subprocess.run([sys.executable, "scripts/assets.py"], cwd=ROOT, check=True)
    stamp = assets.RECORD.stat().st_mtime_ns
    again = subprocess.run(
        [sys.executable, "scripts/assets.py"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert again.stdout == ""
    assert assets.RECORD.stat().st_mtime_ns == stamp


def test_a_damaged_asset_is_noticed(tmp_path, monkeypatch):
    (tmp_path / "a.css").write_bytes(b"a")
    monkeypatch.setattr(assets, "VENDOR", tmp_path)
    monkeypatch.setattr(assets, "RECORD", tmp_path / "vendor.json")
    assert not assets.up_to_date("lock")
    assets.RECORD.write_text(
        json.dumps({"lock": "lock", "files": {"a.css": assets.integrity(b"a")}})
    )
    assert assets.up_to_date("lock")
    assert not assets.up_to_date("another lock")
    (tmp_path / "a.css").write_bytes(b"b")
    assert not assets.up_to_date("lock")


def test_fonts_and_marks_are_taken_out():
    sheet = "@font-face{font-family:GDS Transport;src:url(x)}.a{font-family:GDS Transport,arial,sans-serif}.b-crown{c:d}.e{f:g}"
    assert assets.without_marks(sheet) == ".a{font-family:var(--font-ui)}.e{f:g}"
    with pytest.raises(SystemExit):
        assets.without_marks(".a{background:url(x)}")


def test_a_catalogue_is_compiled_once(tmp_path, monkeypatch, capsys):
    po = tmp_path / "en" / "LC_MESSAGES" / "messages.po"
    po.parent.mkdir(parents=True)
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    po.write_text(head + 'msgid "投诉"\nmsgstr "Complaints"\n\nmsgid "报名"\nmsgstr ""\n')
    monkeypatch.setattr(messages, "LOCALES", tmp_path)
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    messages.compile_all()
    messages.compile_all()
    assert capsys.readouterr().out.count("compiled") == 1
    assert b"Complaints" in po.with_suffix(".mo").read_bytes()
    assert [message.id for message in messages.untranslated(messages.catalogue(po))] == ["报名"]


COMMA = "\uff0c"
COLON = "\uff1a"
STOP = "\uff1b"
QUESTION = "\uff1f"
OPEN = "\uff08"
CLOSE = "\uff09"
HALF = str.maketrans({COMMA: ",", COLON: ":", STOP: ";", QUESTION: "?", OPEN: "(", CLOSE: ")"})


@pytest.mark.parametrize(
    "right",
    [
        f"已提交{COMMA}待核验",
        f"编号{COLON}%(number)s{COMMA}请保存",
        f"选取失败{OPEN}流选{CLOSE}",
        f"还没有账户{QUESTION}注册",
        f"截止于 17:00{STOP}以后不收",
        "“%(label)s”至少 4 个字",
        "GG-360481-2026-00012",
        f"站内信{OPEN}%(count)s{CLOSE}",
        "还可以写 %%{count} 个字",
    ],
)
def test_chinese_has_chinese_punctuation(right):
    assert punctuation.mended(right.translate(HALF)) == right
    assert punctuation.mended(right) == right


def test_other_text_keeps_its_own():
    for text in ("see (below), then: go", "x.includes('甲')"):
        assert punctuation.mended(text) == text


def test_code_around_chinese_is_left_alone():
    comma = ","  # in a hole of its own, so that the rule does not find it in this file
    code = 'X = ("是", "否{0}有")  # 甲{0}乙\nY = re.compile(r"日?(时|点)")\nZ = {{"a": "中", "b": g("文")}}\n'
    assert punctuation.python(code.format(comma)) == code.format(comma).replace("否,", f"否{COMMA}")
    page = f'{{% if x == "中" %}}<p title="甲{comma}乙">{{{{ _("丙{comma}丁", n=f("戊")) }}}}{comma}己</p>{{% endif %}}'
    script = f'<script>f("庚{comma}辛")</script>'
    assert (
        punctuation.template(page + script)
        == page.replace(",己", f"{COMMA}己")
        .replace("甲,", f"甲{COMMA}")
        .replace("丙,", f"丙{COMMA}")
        + script
    )
    entry = f'msgid "甲{comma}乙"\nmsgstr "A, (乙{comma}丙)"\n'
    assert punctuation.keys(entry) == entry.replace("甲,", f"甲{COMMA}")


def test_the_scripts_say_what_they_can_do():
    done = subprocess.run(
        [sys.executable, str(pathlib.Path("scripts/messages.py"))],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert "compile|extract|missing" in done.stderr
    assert done.returncode
