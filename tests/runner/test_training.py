"""The command that trains, on so few small pages that a test can run it for real."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from cleancorpus.cli import main
from cleancorpus.content.corpus import Folders
from cleancorpus.content.judge import load
from cleancorpus.content.names import HTML
from cleancorpus.content.text_names import TEXT
from cleancorpus.errors import GoldError
from cleancorpus.runner.training import Settings, train_weights

STORY = (
    "The ferry came back on Monday after nine days of storms, and it carries cars again.",
    "Passengers queued along the pier before dawn, some of them with bicycles and dogs.",
    "The crossing takes forty minutes when the sea is calm, and an hour when it is not.",
)
PAGES = 6


def _page(number: int) -> dict[str, str]:
    story = [f"{sentence} That was day {number}." for sentence in STORY]
    body = "".join(f"<p>{sentence}</p>" for sentence in story)
    menu = "".join(f"<li><a href='/{at}'>Section {at}</a></li>" for at in range(number + 2))
    return {
        "html": f"<ul>{menu}</ul><main><h1>Ferry</h1>{body}</main><footer>© Harbour Post</footer>",
        "main_content": "\n".join(["Ferry", *story]),
        "domain": f"site{number}.example",
        "page_type": "article" if number % 2 else "forum",
    }


@pytest.fixture
def gold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    lines = [json.dumps(_page(number)) for number in range(PAGES)]
    Path("gold.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return Path("gold.jsonl")


def needs_extra() -> None:
    pytest.importorskip("torch")
    pytest.importorskip("lightgbm")


def ran(capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[object, str, str]:
    with pytest.raises(SystemExit) as exit_code:
        main(["train", *arguments])
    return exit_code.value.code, *capfd.readouterr()


def test_weights_are_trained_and_their_figures_told(
    gold: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    needs_extra()
    settings = (
        "--epochs",
        "2",
        "--channels",
        "4",
        "--trees",
        "2",
        "--seed",
        "3",
        "--cache",
        "read",
    )
    code, out, err = ran(capfd, str(gold), "-o", "weights", *settings)
    assert (code, err) == (0, "")
    card = json.loads(Path("weights/html.json").read_text(encoding="utf-8"))
    plan = {name: card["plan"][name] for name in ("epochs", "channels", "trees", "seed")}
    assert plan == {"epochs": 2, "channels": 4, "trees": 2, "seed": 3}
    assert card["pages"] == PAGES
    assert load(Path("weights"), HTML).network.out.shape == (4,)
    rows = [line.split() for line in out.splitlines()]
    figures = card["cross_validated_word_f1"]
    for name in ("article", "forum", "all pages", "pages with gold text"):
        assert [*name.split(), f"{figures[name]:.3f}"] in rows
    assert out.endswith(
        "written into weights; in a recipe main-content reads them by weights = 'weights'\n"
    )
    assert list(Path("read").glob("pages-*.npz"))
    code, out, err = ran(capfd, str(gold), "-o", "weights", *settings)
    assert (code, out) == (2, "")
    assert err == "cleancorpus: weights is not empty: give another folder, or --force\n"
    first = Path("weights/html.npz").read_bytes()
    assert ran(capfd, str(gold), "-o", "weights", "--force", *settings)[0] == 0
    assert Path("weights/html.npz").read_bytes() == first


def test_each_page_is_told_and_one_that_costs_too_much_teaches_nothing(gold: Path) -> None:
    needs_extra()
    deep = {"html": "<div>" * 100_000, "main_content": "Ferry", "domain": "deep.example"}
    with gold.open("a", encoding="utf-8") as file:
        file.write(json.dumps(deep) + "\n")
    told: list[str] = []
    settings = Settings(epochs=1, channels=4)
    figures = train_weights(gold, Folders(Path("weights")), settings, told.append)
    assert f"{PAGES + 1} pages read" in told
    assert "cross-validation, fold 5 of 5" in told
    assert set(figures) >= {"all pages", "article", "forum"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            "",
            "gold.jsonl: pages with a main_content are wanted from at least 2 domains, not from 0",
        ),
        (f"{json.dumps(_page(0))}\n" * 2, "at least 2 domains, not from 1"),
        (f"{json.dumps(_page(0))}\n{{oops\n", "gold.jsonl, line 2: not a page with gold text"),
        ('{"html": ""}', "gold.jsonl, line 1: there are no html and main_content"),
        ('{"html": null, "main_content": ""}', "gold.jsonl, line 1: there are no html and main"),
    ],
)
def test_a_file_that_teaches_nothing_is_refused(gold: Path, content: str, message: str) -> None:
    needs_extra()
    gold.write_text(content, encoding="utf-8")
    with pytest.raises(GoldError, match=message):
        train_weights(gold, Folders(Path("weights")), Settings(epochs=1, channels=4))
    assert not Path("weights").exists()


def test_texts_are_trained_for_into_weights_of_their_own(gold: Path) -> None:
    needs_extra()
    texts = [
        {**_page(number), "text": f"# Menu\n\n- [Home](/)\n\n{_page(number)['main_content']}"}
        for number in range(PAGES)
    ]
    lines = [json.dumps({**text, "html": None, "media": "markdown"}) for text in texts]
    gold.write_text("\n".join([*lines, json.dumps({**texts[0], "text": " "})]), encoding="utf-8")
    folders = Folders(Path("weights"), Path("folds"))
    figures = train_weights(gold, folders, Settings(epochs=1, channels=4), media="text")
    assert set(figures) >= {"all pages", "article", "forum"}
    card = json.loads(Path("weights/text.json").read_text(encoding="utf-8"))
    assert card["command"] == "cleancorpus train gold.jsonl --media text"
    assert card["pages"] == PAGES + 1
    assert load(Path("weights"), TEXT).network.out.shape == (4,)
    fold = json.loads(Path("folds/0/text.json").read_text(encoding="utf-8"))
    assert 0 < len(fold["domains"]) < PAGES


def test_a_line_without_text_is_refused(gold: Path) -> None:
    needs_extra()
    with pytest.raises(GoldError, match="line 1: there are no text and main_content"):
        train_weights(gold, Folders(Path("weights")), Settings(epochs=1), media="text")


def test_two_domains_are_enough(gold: Path) -> None:
    needs_extra()
    gold.write_text("".join(json.dumps(_page(at)) + "\n" for at in (0, 1)), encoding="utf-8")
    assert (
        train_weights(gold, Folders(Path("weights")), Settings(epochs=1, channels=4))["all pages"]
        >= 0
    )


def test_settings_that_are_left_out_are_the_plan_s() -> None:
    assert Settings(epochs=3).chosen == {"epochs": 3}
    assert Settings(seed=0).chosen == {"seed": 0}


@pytest.mark.parametrize("missing", ["torch", "lightgbm"])
def test_without_the_extra_it_is_named(gold: Path, missing: str) -> None:
    needs_extra()
    script = (
        f"import sys; sys.modules['{missing}'] = None\n"
        "from cleancorpus.cli import main; main(sys.argv[1:])"
    )
    ran = subprocess.run(  # noqa: S603 - our own interpreter and our own code
        [sys.executable, "-c", script, "train", str(gold), "-o", "weights"],
        capture_output=True,
        text=True,
        check=False,
    )
    said = f"cleancorpus: training needs {missing}: pip install 'cleancorpus[train]'\n"
    assert (ran.returncode, ran.stdout, ran.stderr) == (2, "", said)
    assert not Path("weights").exists()
