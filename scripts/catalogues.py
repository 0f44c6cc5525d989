"""Keep the catalogues of phrases: gather the phrases of the code, merge them into each .po, compile each .mo.

    python scripts/catalogues.py            gather, merge and compile; tells what is untranslated
    python scripts/catalogues.py --check    change nothing; exit 1 if there is anything to change or to translate

How to add a language: docs/adding-a-language.md.
"""

import sys
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ROOT / "bot" / "wording" / "locale"
KEYWORDS: dict[str, object] = {"say": None, "plural": (1, 2), "marked": None, "marked_plural": (1, 2)}


ARABIC_FORMS = "(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5)"
"""Zero, one, two, few, many, other, in gettext's usual order; Babel's own rule swaps the last two."""


class Plain(Catalog):
    """A catalogue whose head holds nothing that changes from day to day or from version to version of Babel."""

    @property
    def plural_expr(self) -> str:
        """Return the rule that chooses the form."""
        return ARABIC_FORMS if str(self.locale) == "ar" else super().plural_expr

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """Return the head's lines."""
        return [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Language", str(self.locale)),
            ("Plural-Forms", self.plural_forms),
        ]


def gathered() -> Catalog:
    """Return all phrases of the code, with the files that they stand in."""
    catalogue = Catalog()
    for room in ("wording", "alerts", "chat"):
        found = extract_from_dir(ROOT / "bot" / room, method_map=[("**.py", "python")], keywords=KEYWORDS)
        for file, _line, phrase, _comments, _context in found:
            catalogue.add(phrase, locations=[(f"bot/{room}/{file}", 0)])
    return catalogue


def merged(language: str, phrases: Catalog) -> Plain:
    """Return the language's catalogue with exactly the phrases of the code, each translation kept."""
    with path_of(language, "po").open("rb") as opened:
        old = read_po(opened, locale=language)
    catalogue = Plain(locale=language, fuzzy=False)
    for message in phrases:
        if message.id:
            known = old.get(message.id)
            translated = known.string if known and known.id == message.id else None
            catalogue.add(message.id, translated, locations=message.locations)
    return catalogue


def untranslated(catalogue: Catalog) -> list[str]:
    """Return the phrases that lack a translation, or one of its plural forms."""
    return [
        message.id if isinstance(message.id, str) else " | ".join(message.id)
        for message in catalogue
        if message.id and not all(message.string if isinstance(message.string, list | tuple) else [message.string])
    ]


def written(catalogue: Plain) -> tuple[bytes, bytes]:
    """Return the bytes of .po and .mo; the same catalogue always gives the same bytes."""
    source, compiled = BytesIO(), BytesIO()
    write_po(source, catalogue, sort_output=True, omit_header=True, include_lineno=False, width=120)
    head = "".join(f'"{name}: {value}\\n"\n' for name, value in catalogue.mime_headers)
    write_mo(compiled, catalogue)
    return f'msgid ""\nmsgstr ""\n{head}\n'.encode() + source.getvalue(), compiled.getvalue()


def path_of(language: str, kind: str) -> Path:
    """Return where the language's .po or .mo stands."""
    return LOCALES / language / "LC_MESSAGES" / f"outrider.{kind}"


def main(*, check: bool) -> int:
    """Bring all catalogues up to date, or tell that they are not; return the exit status."""
    faults = 0
    phrases = gathered()
    for language in sorted(folder.name for folder in LOCALES.iterdir() if folder.is_dir()):
        catalogue = merged(language, phrases)
        missing = untranslated(catalogue)
        for kind, content in zip(("po", "mo"), written(catalogue), strict=True):
            path = path_of(language, kind)
            stale = not path.exists() or path.read_bytes() != content
            if stale and not check:
                path.write_bytes(content)
            if stale:
                print(f"{path.relative_to(ROOT)}: {'is not up to date' if check else 'written'}")
                faults += check
        for phrase in missing:
            print(f"{language}: not translated: {phrase}")
        faults += len(missing)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv[1:]))
