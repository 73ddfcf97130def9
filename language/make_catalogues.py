"""Every marked sentence of the source -> the catalogues of all languages: python -m language.make_catalogues [--check]

Collects the sentences of the Python modules, the templates, the exercises' files and the commands' help, brings each
catalogue (`language/catalogues/CODE.po`, for translators) up to date and compiles it (`CODE.mo`, which the program
reads), and writes how each language writes numbers and dates. With --check it changes nothing, and ends with exit code
1 where something is out of date. It needs Babel, from the extra `test`.
"""

from __future__ import annotations

import argparse
import io
import json
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

from babel import Locale
from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from language import command_texts
from language.current import LANGUAGES, SOURCE
from language.toml_texts import file_sentences

ROOT = Path(__file__).resolve().parents[1]
CATALOGUES = ROOT / "language" / "catalogues"
FORMATS = ROOT / "language" / "formats.json"
#: Name of a function -> which of its arguments are sentences.
_FUNCTIONS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None, "gettext": None, "mark": None, "plural": (1, 2), "ngettext": (1, 2), "in_context": ((1, "c"), 2),
}
#: Stands in every compiled catalogue: the same sentences give the same file on whatever day.
_NO_DAY = datetime(2000, 1, 1, tzinfo=timezone.utc)
_FOLDERS = ("language", "pose", "exercises", "hingecheck")


def collected() -> Catalog:
    """Return every sentence that is marked, in the order of the files."""
    catalogue = Catalog(project="HingeCheck", charset="utf-8")
    for method, path in _sources():
        for _line, message, comments, context in extract_from_file(method, path, keywords=_FUNCTIONS):
            catalogue.add(message, None, [(path.relative_to(ROOT).as_posix(), 0)], auto_comments=comments,
                          context=context)
    for name, text in (*file_sentences(ROOT), *command_texts.docstrings(ROOT)):
        if text not in catalogue:
            catalogue.add(text, None, [(name, 0)])
    return catalogue


def _sources() -> Iterator[tuple[str, Path]]:
    for folder in _FOLDERS:
        yield from (("python", path) for path in sorted((ROOT / folder).rglob("*.py")))
        yield from (("jinja2.ext:babel_extract", path) for path in sorted((ROOT / folder).rglob("*.html")))


def brought_up_to_date(code: str, template: Catalog) -> Catalog:
    """Return a language's catalogue with the sentences of now; what is gone is dropped, what is new stands empty."""
    path = CATALOGUES / f"{code}.po"
    catalogue = read_po(io.BytesIO(path.read_bytes()), locale=code) if path.exists() else Catalog(locale=code)
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    return catalogue


def as_po(catalogue: Catalog) -> bytes:
    """Return what translators edit: the same for the same sentences, on whatever day."""
    stream = io.BytesIO()
    write_po(stream, catalogue, width=110, include_lineno=False, omit_header=True)
    header = (f'msgid ""\nmsgstr ""\n"Language: {catalogue.locale}\\n"\n"MIME-Version: 1.0\\n"\n'
              f'"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
              f'"Plural-Forms: {catalogue.plural_forms}\\n"\n\n')
    return header.encode() + stream.getvalue()


def as_mo(catalogue: Catalog) -> bytes:
    """Return what the program reads."""
    plain = Catalog(locale=catalogue.locale, project="HingeCheck", charset="utf-8", fuzzy=False, creation_date=_NO_DAY,
                    revision_date=_NO_DAY)
    for message in catalogue:
        if message.id and _is_translated(message):
            plain.add(message.id, message.string, context=message.context)
    stream = io.BytesIO()
    write_mo(stream, plain)
    return stream.getvalue()


def _is_translated(message: Message) -> bool:
    given = message.string
    return bool(given) and all(given or ()) and not message.fuzzy


def formats() -> bytes:
    """Return how each language writes numbers and dates, by the Unicode consortium's data that Babel carries."""
    return (json.dumps({code: _formats_of(_locale(code)) for code in LANGUAGES}, ensure_ascii=False, indent=1)
            + "\n").encode()


def _locale(code: str) -> Locale:
    # British English: 27 Nov 2026, as the source writes days.
    return Locale("en", "GB") if code == "en" else Locale(code)


def _formats_of(locale: Locale) -> dict[str, object]:
    symbols = locale.number_symbols.get("latn", locale.number_symbols)
    months, days = locale.months["format"], locale.days["format"]
    return {"decimal": symbols["decimal"], "group": symbols["group"],
            "months": [months["abbreviated"][number] for number in range(1, 13)],
            "months_wide": [months["wide"][number] for number in range(1, 13)],
            "days": [days["abbreviated"][number] for number in range(7)],
            "days_wide": [days["wide"][number] for number in range(7)],
            **{style: locale.date_formats[style].pattern for style in ("medium", "long", "full")}}


def files() -> dict[Path, bytes]:
    """Return each generated file's path and content."""
    template = collected()
    result = {FORMATS: formats()}
    for code in (code for code in LANGUAGES if code != SOURCE):
        catalogue = brought_up_to_date(code, template)
        result[CATALOGUES / f"{code}.po"] = as_po(catalogue)
        result[CATALOGUES / f"{code}.mo"] = as_mo(catalogue)
    return result


def missing(code: str) -> list[str]:
    """Return the sentences that a language's catalogue does not translate."""
    return [str(message.id) for message in brought_up_to_date(code, collected())
            if message.id and not _is_translated(message)]


def main(arguments: list[str] | None = None) -> int:
    """Bring the catalogues up to date, or check them; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; exit code 1 where something is old")
    options = parser.parse_args(arguments)
    old = [path for path, content in files().items() if not path.exists() or path.read_bytes() != content]
    if options.check:
        for path in old:
            print(f"out of date: {path.relative_to(ROOT)}; run python -m language.make_catalogues")
        return int(bool(old))
    CATALOGUES.mkdir(exist_ok=True)
    for path, content in files().items():
        path.write_bytes(content)
    for code in (code for code in LANGUAGES if code != SOURCE):
        print(f"{code}: {len(missing(code))} sentences not translated")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
