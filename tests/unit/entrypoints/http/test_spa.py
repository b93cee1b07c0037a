"""The files of the single-page app."""

from pathlib import Path

from entrypoints.http.spa import POLICY, WebFiles


def build(folder: Path) -> Path:
    (folder / "assets").mkdir(parents=True)
    (folder / ".vite").mkdir()
    (folder / "index.html").write_text("<!doctype html>")
    (folder / "favicon.svg").write_text("<svg/>")
    (folder / "assets" / "index-abc123.js").write_text("1")
    (folder / ".vite" / "manifest.json").write_text("{}")
    return folder


def test_files_by_path(tmp_path: Path) -> None:
    files = WebFiles(build(tmp_path))
    script, icon = files.get("/assets/index-abc123.js"), files.get("/favicon.svg")
    assert script is not None
    assert icon is not None
    assert (script.content_type, script.is_immutable) == ("text/javascript", True)
    assert (icon.content_type, icon.is_immutable) == ("image/svg+xml", False)
    assert files.index.body == b"<!doctype html>"
    assert not files.index.is_immutable


def test_nothing_else_can_be_named(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    files = WebFiles(build(tmp_path / "dist"))
    for path in ("/../secret.txt", "/.vite/manifest.json", "/assets", "/assets/", "", "/nope.js", "//index.html"):
        assert files.get(path) is None


def test_without_a_build_a_page_says_how_to_build(tmp_path: Path) -> None:
    for dist in (None, tmp_path, tmp_path / "nope"):
        assert b"npm run build" in WebFiles(dist).index.body


def test_the_policy_lets_no_foreign_script_in() -> None:
    rules = dict(rule.split(" ", 1) for rule in POLICY.split("; "))
    assert rules["script-src"] == "'self'"
    assert rules["default-src"] == "'none'"
    assert rules["frame-ancestors"] == "'none'"
    assert rules["base-uri"] == "'none'"
