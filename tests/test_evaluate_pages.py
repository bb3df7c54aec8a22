"""Scores of extracted text: the metric by hand, its laws, the files, and the command."""

import gzip
import html
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import ClassVar

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

import cleancorpus
from cleancorpus import evaluate
from cleancorpus.cli import main
from cleancorpus.errors import (
    GoldError,
    MissingExtra,
    OutputError,
    OutputExists,
    UnknownMedia,
    WeightsError,
)
from cleancorpus.evaluate import (
    Answers,
    GoldPage,
    PageScore,
    PageScores,
    Snippets,
    WordScore,
    WorstPage,
    diff_page,
    find_snippets,
    read_pages,
    score_page,
    score_pages,
    word_score,
)
from cleancorpus.filters import MainContent
from cleancorpus.runner.pages import check_folder, cleaner, write_diffs

STORY = "The ferry is back, and it carries cars again."
MENU = "Home\nContact\nAbout us"
PAGE = {"id": "a", "main_content": STORY, "text": f"{MENU}\n{STORY}\n"}

texts = st.text(max_size=60) | st.lists(
    st.sampled_from(["the", "The", "ferry", "été", "木", "—", "\n", "İ", "ß", "x_1", "\ud800"]),
    max_size=12,
).map(" ".join)


def write(path: Path, lines: Iterable[object]) -> Path:
    text = "".join(
        f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines
    ).encode()
    if path.suffix == ".gz":
        text = gzip.compress(text)
    elif path.suffix == ".zst":
        text = zstandard.compress(text)
    path.write_bytes(text)
    return path


def worst_page(gold: str, answer: str, page_id: str = "a", url: str | None = None) -> WorstPage:
    return WorstPage(score_page(GoldPage(page_id, gold, url=url), answer), gold, answer)


@pytest.mark.parametrize(
    ("gold", "answer", "expected"),
    [
        ("the cat and the dog", "The dog. The menu!", (3 / 4, 3 / 5, 6 / 9)),
        ("a b c d", "a b", (1.0, 0.5, 2 / 3)),
        ("a b", "a b c d", (0.5, 1.0, 2 / 3)),
        ("a a b", "a b b", (2 / 3, 2 / 3, 2 / 3)),
        ("a", "b", (0.0, 0.0, 0.0)),
        ("It's", "it s", (1.0, 1.0, 1.0)),
        ("ÉTÉ Straße", "été straße", (1.0, 1.0, 1.0)),
        ("渡船 已经 恢复", "渡船 恢复", (1.0, 2 / 3, 0.8)),
        ("", "", (1.0, 1.0, 1.0)),
        ("—", "…", (1.0, 1.0, 1.0)),
        ("a", "", (0.0, 0.0, 0.0)),
        ("", "a", (0.0, 0.0, 0.0)),
    ],
)
def test_words_are_compared_as_by_hand(
    gold: str, answer: str, expected: tuple[float, float, float]
) -> None:
    score = word_score(gold, answer)
    assert (score.precision, score.recall, score.f1) == pytest.approx(expected)


@given(texts)
def test_equal_texts_agree_wholly(text: str) -> None:
    assert word_score(text, text) == WordScore(1.0, 1.0, 1.0)


@given(texts, st.lists(st.sampled_from("abcd")), st.data())
def test_the_order_of_words_does_not_matter(
    gold: str, words: list[str], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(words))
    assert word_score(gold, " ".join(words)) == word_score(gold, " ".join(shuffled))


@given(texts, texts)
def test_precision_and_recall_change_places_with_the_texts(one: str, other: str) -> None:
    there, back = word_score(one, other), word_score(other, one)
    assert (there.precision, there.recall, there.f1) == (back.recall, back.precision, back.f1)


@given(texts, texts)
def test_f1_lies_between_precision_and_recall(gold: str, answer: str) -> None:
    score = word_score(gold, answer)
    low, high = sorted((score.precision, score.recall))
    assert 0 <= low <= score.f1 + 1e-12
    assert score.f1 <= high + 1e-12 <= 1 + 1e-9


@pytest.mark.parametrize(
    ("snippets", "text", "expected"),
    [
        (["Log in"], "please LOG\n\t IN here", Snippets(1, 1)),
        (["log  in", "sign up"], "Log in", Snippets(1, 2)),
        (["straße"], "STRASSE", Snippets(1, 1)),
        (["", "  "], "anything", Snippets(0, 0)),
        ([], "anything", Snippets(0, 0)),
        (["a"], "", Snippets(0, 1)),
    ],
)
def test_snippets_are_found_whatever_case_and_space(
    snippets: list[str], text: str, expected: Snippets
) -> None:
    assert find_snippets(snippets, text) == expected


def test_no_snippets_have_no_share() -> None:
    assert (Snippets().share, Snippets(1, 4).share) == (None, 0.25)


def test_means_are_over_pages_and_by_type() -> None:
    pages = [
        GoldPage("a", "x y", page_type="forum", must_contain=("x", "q")),
        GoldPage("b", "x y", page_type="forum", must_not_contain=("menu",)),
        GoldPage("c", "x " * 1000, page_type="article", must_contain=("x",)),
        GoldPage("d", None, page_type="article"),
    ]
    answers = {"a": "x y", "b": "menu", "c": None}
    scores = score_pages(pages, lambda page: answers[page.id])
    assert (scores.overall.pages, scores.left_out, scores.unanswered) == (3, 1, 1)
    assert scores.overall.f1 == pytest.approx(1 / 3)
    assert scores.overall.required == Snippets(1, 3)
    assert scores.overall.forbidden == Snippets(1, 1)
    assert {name: means.f1 for name, means in scores.by_type.items()} == {
        "forum": 0.5,
        "article": 0.0,
    }
    assert (PageScores().overall.f1, PageScores().overall.pages) == (None, 0)


def test_the_worst_pages_come_first_and_in_the_file_s_order() -> None:
    pages = [GoldPage(str(at), "x y") for at in range(6)]
    answers = ["x", "", "x y", "q", "x", "x y"]
    scores = score_pages(pages, lambda page: answers[int(page.id)], worst=3)
    assert [page.score.id for page in scores.worst] == ["1", "3", "0"]
    assert (scores.worst[2].gold, scores.worst[2].answer) == ("x y", "x")
    assert score_pages(pages, lambda _: "", worst=0).worst == []


@pytest.mark.parametrize("suffix", ["", ".gz", ".zst"])
def test_pages_are_read_from_packed_files_too(tmp_path: Path, suffix: str) -> None:
    fields = {
        "url": "https://example.org/",
        "page_type": "forum",
        "must_contain": ["x"],
        "must_not_contain": None,
    }
    path = write(tmp_path / f"gold.jsonl{suffix}", [{**PAGE, **fields}, "", {**PAGE, "id": 7}])
    read: list[int] = []
    first, second = read_pages(path, on_read=read.append)
    assert first == GoldPage(
        id="a",
        gold=STORY,
        content=PAGE["text"],
        url="https://example.org/",
        page_type="forum",
        must_contain=("x",),
        place=f"{path}, line 1",
    )
    assert (second.id, second.place) == ("7", f"{path}, line 3")
    assert len(read) == 2
    assert sum(read) <= path.stat().st_size


def test_several_zstd_frames_are_one_file(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl.zst"
    lines = [json.dumps({**PAGE, "id": at}).encode() + b"\n" for at in range(3)]
    path.write_bytes(b"".join(map(zstandard.compress, lines)))
    assert [page.id for page in read_pages(path)] == ["0", "1", "2"]


def test_labelled_lines_are_read_from_packed_files_too(tmp_path: Path) -> None:
    page = {"id": "a", "lines": [{"text": STORY, "label": "content"}]}
    path = write(tmp_path / "lines.jsonl.gz", [page])
    assert [one.lines for one in evaluate.read_labelled(path)] == [(STORY,)]


def test_the_page_is_in_the_field_that_is_named_or_in_html_or_text(tmp_path: Path) -> None:
    page = {"id": "a", "main_content": "", "html": "<p>x", "text": "y", "body": "z"}
    path = write(tmp_path / "gold.jsonl", [page])
    for field, found in {None: ("<p>x", "html"), "text": ("y", None), "body": ("z", None)}.items():
        (one,) = read_pages(path, field)
        assert (one.content, one.media) == found
    (one,) = read_pages(write(path, [{**page, "html": None}]))
    assert (one.content, one.media) == ("y", None)
    (one,) = read_pages(path, "nowhere")
    assert one.content is None


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "not a page: it cannot be read as JSON"),
        ("[1]", "not a page: it is no JSON object"),
        ("[" * 100_000, "not a page: it cannot be read as JSON"),
        ('{"id": "b"}', "there is no field 'main_content'"),
        ('{"main_content": "x"}', "there is no 'id'"),
        ('{"id": true, "main_content": "x"}', "there is no 'id'"),
        ('{"id": "b", "main_content": 3}', "the field 'main_content' holds no text"),
        ('{"id": "b", "main_content": "x", "html": []}', "the field 'html' holds no text"),
        (
            '{"id": "b", "main_content": "x", "must_contain": "y"}',
            "the field 'must_contain' is no list of texts",
        ),
        ('{"id": "a", "main_content": "x"}', "the id 'a' stands in an earlier line too"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, line: str, said: str) -> None:
    path = write(tmp_path / "gold.jsonl", [PAGE, line])
    with pytest.raises(GoldError) as error:
        list(read_pages(path))
    assert str(error.value).startswith(f"{path}, line 2: {said}")


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_a_file_that_cannot_be_unpacked_is_named(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"gold.jsonl{suffix}"
    path.write_text("no such thing", encoding="utf-8")
    with pytest.raises(GoldError, match=r"after line 0: the file cannot be unpacked"):
        list(read_pages(path))


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_of_a_packed_file_that_breaks_off_the_last_line_is_named(
    tmp_path: Path, suffix: str
) -> None:
    first = write(tmp_path / f"one.jsonl{suffix}", [PAGE]).read_bytes()
    path = tmp_path / f"gold.jsonl{suffix}"
    path.write_bytes(first + first[:20])
    pages = read_pages(path)
    assert next(pages).id == PAGE["id"]
    with pytest.raises(GoldError, match=r"after line 1: the file cannot be unpacked"):
        next(pages)


def test_without_zstandard_the_message_names_the_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "gold.jsonl.zst", [PAGE])
    monkeypatch.setitem(sys.modules, "zstandard", None)
    with pytest.raises(MissingExtra, match=r"cleancorpus\[corpus\]"):
        list(read_pages(path))


@given(st.permutations(range(5)), st.permutations(range(5)))
def test_answers_find_their_pages_in_any_order(
    tmp_path_factory: pytest.TempPathFactory, pages: list[int], answers: list[int]
) -> None:
    folder = tmp_path_factory.getbasetemp()
    lines = [{"id": at, "text": f"text {at}"} for at in answers]
    found = Answers(write(folder / "answers.jsonl", lines))
    assert [found(GoldPage(str(at), "")) for at in pages] == [f"text {at}" for at in pages]


def test_a_page_without_an_answer_has_none(tmp_path: Path) -> None:
    path = write(tmp_path / "answers.jsonl.zst", [{"id": "b", "text": None}, {"id": 1, "text": ""}])
    found = Answers(path)
    assert [found(GoldPage(page_id, "x")) for page_id in ("a", "b", "1", "1")] == [
        None,
        "",
        "",
        None,
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"text": "x"}', "there is no 'id'"),
        ('{"id": "b"}', "there is no field 'text'"),
        ('{"id": "b", "text": 1}', "the field 'text' holds no text"),
        ('{"id": "a", "text": "x"}', "the id 'a' stands in an earlier line too"),
        ("x", "not an answer"),
    ],
)
def test_a_broken_answer_is_named(tmp_path: Path, line: str, said: str) -> None:
    path = write(tmp_path / "answers.jsonl", [{"id": "a", "text": "x"}, line])
    with pytest.raises(GoldError) as error:
        Answers(path)(GoldPage("z", "x"))
    assert str(error.value).startswith(f"{path}, line 2: {said}")


def test_a_page_is_cleaned_as_by_the_front_door() -> None:
    page = GoldPage("a", STORY, content=str(PAGE["text"]))
    assert cleaner()(page) == cleancorpus.clean(str(PAGE["text"])).text
    chain = cleancorpus.preset("none")
    assert (
        cleaner(chain, "markdown")(page) == cleancorpus.clean(page.content or "", chain=chain).text
    )
    with pytest.raises(UnknownMedia):
        cleaner(media="markdwon")(page)
    with pytest.raises(GoldError, match=r"^gold, line 2: there is no page to clean: --field"):
        cleaner()(GoldPage("a", "x", place="gold, line 2"))


@pytest.mark.parametrize("media", ["html", None])
def test_html_is_cleaned(media: str | None) -> None:
    source = f"<html><body><p>{STORY}</p></body></html>"
    assert cleaner()(GoldPage("a", STORY, content=source, media=media)) == f"{STORY}\n"


def test_a_page_that_cannot_be_cleaned_is_told_of() -> None:
    class Broken:
        name: ClassVar[str] = "broken"

        def judge(self, document: cleancorpus.Document) -> Iterable[cleancorpus.Removal]:
            yield cleancorpus.Removal(len(document.blocks), "broken", "no such block")

    told: list[str] = []
    page = GoldPage("a", STORY, content=STORY, place="gold, line 1")
    assert cleaner(cleancorpus.Chain((Broken(),)), trouble=told.append)(page) is None
    assert len(told) == 1
    assert told[0].startswith("gold, line 1: ")


def test_weights_that_cannot_be_read_end_the_scoring(tmp_path: Path) -> None:
    told: list[str] = []
    chain = cleancorpus.Chain((MainContent(weights=str(tmp_path / "nowhere"), min_blocks=1),))
    page = GoldPage("a", STORY, content=STORY, place="gold, line 1")
    with pytest.raises(WeightsError, match="nowhere"):
        cleaner(chain, trouble=told.append)(page)
    assert not told


def test_a_comparison_marks_what_differs_and_escapes_everything() -> None:
    evil = "<script>alert(1)</script>"
    page = worst_page(
        f"kept line\n{evil} gone here", f"kept line\nhere new {evil}<img src=x>", evil, f'x"{evil}'
    )
    shown = diff_page(page)
    assert "<script" not in shown
    assert "<img" not in shown
    assert html.escape(evil) in shown
    assert "<del>gone here</del>" in shown
    assert "<ins>here new</ins>" in shown
    assert '<td><p dir="auto">kept line</p></td><td><p dir="auto">kept line</p></td>' in shown


@given(texts, texts)
def test_a_comparison_shows_every_word_of_both_texts(gold: str, answer: str) -> None:
    shown = diff_page(worst_page(gold, answer)).partition("<table>")[2]
    cells = "".join(shown.split("<td>")[1::2]), "".join(shown.split("<td>")[2::2])
    for cell, text in zip(cells, (gold, answer), strict=True):
        shown_text = re.sub("</?(?:del|ins)>", "", cell)
        assert all(html.escape(word) in shown_text for word in text.split())


def test_equal_texts_have_nothing_marked() -> None:
    text = "One line.\nAnother — with a dash.\n—\nİstanbul"
    shown = diff_page(worst_page(text, text)).partition("<table>")[2]
    assert "<del>" not in shown
    assert "<ins>" not in shown
    assert "apart" not in shown


def test_a_comparison_of_long_texts_is_bounded() -> None:
    one = "\n".join(f"a{at % 97} b{at % 89} c{at % 83}" for at in range(100_000))
    other = " ".join(f"a{at % 79} d{at}" for at in range(100_000))
    shown = diff_page(worst_page(one, other))
    assert "at most 100,000 characters" in shown
    assert len(shown) < 2_000_000


def test_comparisons_are_written_under_names_that_cannot_meet(tmp_path: Path) -> None:
    pages = [worst_page("x", "\ud800", page_id) for page_id in ("a/../b", "a?..?b", "///")]
    paths = write_diffs(pages, tmp_path / "new")
    assert [path.name for path in paths] == ["1-a-b.html", "2-a-b.html", "3-page.html"]
    assert all(path.read_text(encoding="utf-8").endswith("</html>\n") for path in paths)
    with pytest.raises(OutputExists, match="--force"):
        check_folder(tmp_path / "new")
    check_folder(tmp_path / "new", force=True)
    check_folder(tmp_path / "absent")
    with pytest.raises(OutputError):
        check_folder(paths[0])


def test_scores_can_be_handed_over_page_by_page() -> None:
    scores = PageScores()
    score = score_page(GoldPage("a", "x y", page_type="forum"), "x")
    assert isinstance(score, PageScore)
    scores.add(score)
    assert scores.overall.recall == 0.5
    assert scores.overall.precision == scores.by_type["forum"].precision == 1.0


Command = Callable[..., tuple[object, str, str]]


@pytest.fixture
def command(
    capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Command:
    """Runs `evaluate pages` in an empty folder: exit code, and what it printed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)

    def run(*arguments: str) -> tuple[object, str, str]:
        with pytest.raises(SystemExit) as exit_code:
            main(["evaluate", "pages", *arguments])
        out, err = capfd.readouterr()
        return exit_code.value.code, out, err

    return run


def rows(out: str) -> list[list[str]]:
    return [line.split() for line in out.splitlines()]


def test_the_command_scores_its_own_cleaning(command: Command) -> None:
    snippets = {"must_contain": ["it carries"], "must_not_contain": ["Contact"]}
    pages = [
        {**PAGE, **snippets, "page_type": "article"},
        {"id": "b", "main_content": None, "text": "x"},
    ]
    write(Path("gold.jsonl.gz"), pages)
    code, out, err = command("gold.jsonl.gz")
    assert (code, err) == (0, "")
    assert ["article", "1", "1.000", "1.000", "1.000", "100.0%", "0.0%"] in rows(out)
    assert ["all", "pages", "1", "1.000", "1.000", "1.000", "100.0%", "0.0%"] in rows(out)
    assert "pages without a gold text, left out: 1" in out
    _, out, _ = command("gold.jsonl.gz", "--chain", "none")
    assert ["article", "1", "0.818", "0.692", "1.000", "100.0%", "100.0%"] in rows(out)


def test_the_command_scores_answers_and_compares_the_worst(command: Command) -> None:
    long = "https://example.org/" + "x" * 200
    pages = [
        {"id": "a", "main_content": STORY, "url": long},
        {"id": "b", "main_content": STORY, "html": "<p>"},
    ]
    write(Path("gold.jsonl"), pages)
    write(Path("answers.jsonl.zst"), [{"id": "b", "text": STORY}])
    arguments = ("gold.jsonl", "--answers", "answers.jsonl.zst", "--worst", "1", "--diff", "worst")
    code, out, _ = command(*arguments)
    assert code == 0
    assert ["all", "pages", "2", "0.500", "0.500", "0.500", "–", "–"] in rows(out)
    assert "no page type" not in out
    assert "pages without an answer, counted as empty texts: 1" in out
    path = Path("worst") / "1-a.html"
    assert f"0.000  a  {long}  {path}\n" in out
    assert "<del>The ferry is back</del>" in path.read_text(encoding="utf-8")
    assert "answers" not in out.replace("without an answer", "")
    code, _, err = command(*arguments)
    assert (code, "is not empty" in err) == (2, True)
    assert command(*arguments, "--force")[0] == 0


def test_answers_to_other_pages_are_told_of(command: Command) -> None:
    write(Path("gold.jsonl"), [{"id": "a", "main_content": STORY}])
    write(Path("answers.jsonl"), [{"id": "b", "text": STORY}, {"id": "c", "text": ""}])
    code, out, err = command("gold.jsonl", "--answers", "answers.jsonl")
    assert (code, out) == (2, "")
    assert "answers.jsonl: no answer has the id of a scored page in gold.jsonl" in err
    write(Path("answers.jsonl"), [{"id": "b", "text": STORY}, {"id": "a", "text": STORY}])
    code, out, _ = command("gold.jsonl", "--answers", "answers.jsonl")
    assert (code, "answers whose id no scored page has: 1" in out) == (0, True)


def test_the_command_says_what_is_wrong(command: Command) -> None:
    write(Path("gold.jsonl"), [PAGE, "{"])
    code, _, err = command("gold.jsonl")
    assert (code, "gold.jsonl, line 2: not a page" in err) == (2, True)
    code, _, err = command("gold.jsonl", "--answers", "gold.jsonl", "--chain", "none")
    assert (code, "leave out what says how to clean" in err) == (2, True)
    write(Path("gold.jsonl"), [{"id": "a", "main_content": STORY}])
    code, _, err = command("gold.jsonl")
    assert (code, "gold.jsonl, line 1: there is no page to clean" in err) == (2, True)
    write(Path("gold.jsonl"), [])
    assert ["all", "pages", "0", "–", "–", "–", "–", "–"] in rows(command("gold.jsonl")[1])


def test_scoring_loads_no_extra() -> None:
    code = "import sys, cleancorpus.cli; sys.exit('zstandard' in sys.modules)"
    done = subprocess.run(  # noqa: S603 - our own interpreter and our own code
        [sys.executable, "-c", code], check=False, env=dict(os.environ)
    )
    assert done.returncode == 0
