"""Toponym files (config/toponyms/<language>.toml): read, checked and compiled into the cues of place names."""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from bot.lexicon.toponyms import (
    TOKEN,
    AirportCues,
    AsideCues,
    KnownName,
    KnownNames,
    NameCues,
    Runs,
    SceneCues,
    Sort,
    ToponymCues,
    inflected,
)
from bot.model.errors import ConfigError, Fault
from bot.model.text import fold

Word = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Area = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}(\.[A-Z0-9]+)?$")]
Home = Annotated[str, StringConstraints(pattern=r"^([A-Z]{2}|world)$")]
Words = tuple[Word, ...]

_File = TypeVar("_File", bound=BaseModel)

_ABBREVIATION = 6  # a name as short as "U.S.A." must be written exactly so


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Names(_Table):
    common: Words = ()
    given: Words = ()
    namesakes: Words = ()
    open: Words = ()
    titles: Words = ()
    storms: Words = ()
    ailments: Words = ()
    months_and_days: Words = ()
    never: Words = ()
    particles: Words = ()
    areas: Words = ()


class _Organisations(_Table):
    after: Words = ()
    before: Words = ()
    teams: Words = ()


class _Scene(_Table):
    fillers: Words = ()
    locatives: Words = ()
    strikes: Words = ()
    onto: Words = ()
    bound: Words = ()
    suffers: Words = ()
    borders: Words = ()
    joiners: Words = ()
    local: Words = ()
    facilities: Words = ()
    settlements: Words = ()
    landforms: Words = ()
    links: Words = ()
    aims: Words = ()
    beside: Words = ()


class _Asides(_Table):
    speech: Words = ()
    leads: Words = ()
    sayings: Words = ()
    sources: Words = ()
    addressed: Words = ()
    powers: Words = ()
    fired: Words = ()
    launched: Words = ()
    own: Words = ()
    held: Words = ()
    causes: Words = ()
    denounces: Words = ()
    auxiliaries: Words = ()
    according: Words = ()
    actors: Words = ()
    arms: Words = ()
    assails: Words = ()
    missions: Words = ()
    remote: Words = ()
    flights: Words = ()
    arrivals: Words = ()
    refuge: Words = ()
    destination: Words = ()
    entry: Words = ()
    origin: Words = ()
    people: Words = ()
    comparisons: Words = ()
    earlier: Words = ()
    profiles: Words = ()
    calm: Words = ()
    topics: Words = ()
    themes: Words = ()
    fronts: Words = ()
    authorities: Words = ()
    vessels: Words = ()
    protests: Words = ()
    grievances: Words = ()
    tolls: Words = ()
    wages: Words = ()
    meanwhile: Words = ()
    accuses: Words = ()
    defends: Words = ()
    effects: Words = ()
    dwellers: Words = ()
    trades: Words = ()


class _Airports(_Table):
    nouns: Words = ()
    of: Words = ()
    signs: Words = ()


class _ToponymFile(_Table):
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
    lower_demonyms: bool = False
    caseless: bool = False
    glued: Words = ()
    demonyms: dict[Code, Words] = Field(default_factory=dict)
    aliases: dict[Word, Code] = Field(default_factory=dict)
    districts: dict[Word, Area] = Field(default_factory=dict)
    institutions: dict[Word, Code] = Field(default_factory=dict)
    agencies: dict[Word, Code] = Field(default_factory=dict)
    spellings: dict[Word, Word] = Field(default_factory=dict)
    marks: dict[Code, Words] = Field(default_factory=dict)
    outlets: dict[Home, Words] = Field(default_factory=dict)
    names: _Names = _Names()
    organisations: _Organisations = _Organisations()
    scene: _Scene = _Scene()
    asides: _Asides = _Asides()
    airports: _Airports = _Airports()


class _PlacesFile(_Table):
    """For all languages with capitals: towns and districts that the gazetteer lacks, by the region that they lie in.

    `usual`: of a city's namesakes, the country of the one that is meant where nothing else tells.
    """

    places: dict[Area, Words] = Field(default_factory=dict)
    usual: dict[Word, Code] = Field(default_factory=dict)


def load_toponyms(path: Path) -> ToponymCues:
    """Return the cues of a file, with the names of `places.toml`; raises ConfigError with every fault."""
    raw = _read(path)
    table = _checked(_ToponymFile, _spelt_out(raw, path.stem), path)
    if table.language != path.stem:
        raise ConfigError((Fault(str(path), "language", f"is {table.language!r}, the file is {path.name!r}"),))
    beside = path.parent.parent / "places.toml"
    if table.caseless or not beside.exists():
        return _compiled(table)
    shared = _checked(_PlacesFile, _read(beside), beside)
    never = _set(table.names.never)
    listed = {name: code for code, names in shared.places.items() for name in names if fold(name) not in never}
    cues = _compiled(table.model_copy(update={"districts": {**listed, **table.districts}}))
    return replace(cues, usual={fold(name): code for name, code in shared.usual.items()})


def _read(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError((Fault(str(path), "", f"cannot be read: {error}"),)) from error


def _checked(model: type[_File], raw: object, path: Path) -> _File:
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        faults = [
            Fault(str(path), ".".join(map(str, each["loc"])), each["msg"]) for each in error.errors(include_url=False)
        ]
        raise ConfigError(tuple(faults)) from error


def _spelt_out(raw: object, language: str) -> object:
    """Put all forms of a word in the place of one that is marked with "~": "город~" stands for город, города, ..."""
    if isinstance(raw, dict):
        return {form: _spelt_out(value, language) for key, value in raw.items() for form in _forms(key, language)}
    if isinstance(raw, list):
        return [form for word in raw for form in (_forms(word, language) if isinstance(word, str) else (word,))]
    return raw


def _forms(word: str, language: str) -> tuple[str, ...]:
    return inflected(language, word.removesuffix("~")) if word.endswith("~") else (word,)


def _compiled(table: _ToponymFile) -> ToponymCues:
    airports = table.airports
    return ToponymCues(
        language=table.language, known=KnownNames(_known(table)), lower_demonyms=table.lower_demonyms,
        outlets=_outlets(table), caseless=table.caseless, glued=_set(table.glued),
        vocabulary=frozenset(_vocabulary(table)) if table.glued else frozenset(), spelt=Runs(table.spellings),
        spellings={" ".join(TOKEN.findall(fold(name))): fold(known) for name, known in table.spellings.items()},
        names=_names(table), scene=_scene(table.scene), asides=_asides(table.asides),
        airports=AirportCues(nouns=Runs(airports.nouns), of=Runs(airports.of), signs=_set(airports.signs)),
    )  # fmt: skip


def _vocabulary(table: _ToponymFile) -> Iterator[str]:
    """Yield every word of the cues and of the names that the file lists."""
    for name in _known(table):
        yield from name.run
    for spelling in table.spellings:
        yield from TOKEN.findall(fold(spelling))
    for part in (table.names, table.organisations, table.scene, table.asides, table.airports):
        for words in part.model_dump().values():
            for phrase in words:
                yield from TOKEN.findall(fold(phrase))


def _known(table: _ToponymFile) -> Iterator[KnownName]:
    for name, code in table.aliases.items():
        yield _name(name, Sort.COUNTRY, code, exact=_as_written(name))
    for name, code in table.districts.items():
        yield _name(name, Sort.DISTRICT, code, exact=name if name.isupper() or name.endswith(".") else None)
    for name, code in table.institutions.items():
        yield _name(name, Sort.INSTITUTION, code)
    for name, code in table.agencies.items():
        yield _name(name, Sort.AGENCY, code, exact=_as_written(name))
    yield from _inflected(table)
    for name in table.names.areas:
        yield _name(name, Sort.AREA, None)
    for name in table.organisations.teams:
        yield _name(name, Sort.TEAM, None)


def _inflected(table: _ToponymFile) -> Iterator[KnownName]:
    for code, words in table.demonyms.items():
        for word in words:
            for form in inflected(table.language, word):
                yield _name(form, Sort.DEMONYM, code)
    for code, words in table.marks.items():
        for word in words:
            for form in inflected(table.language, word):
                yield _name(form, Sort.MARK, code, exact=None if word == word.lower() else form)


def _outlets(table: _ToponymFile) -> dict[str, str | None]:
    return {
        fold(name): None if home == "world" else home
        for home, names in table.outlets.items()
        for name in names
    }  # fmt: skip


def _as_written(name: str) -> str | None:
    """Return a short name that must be written exactly so; the folded forms of a word ("~") need not."""
    return name if len(name) <= _ABBREVIATION and name != name.lower() else None


def _name(name: str, sort: Sort, country: str | None, exact: str | None = None) -> KnownName:
    return KnownName(tuple(TOKEN.findall(fold(name))), sort, country, exact)


def _set(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(fold, words))


def _names(table: _ToponymFile) -> NameCues:
    names, bodies, scene = table.names, table.organisations, table.scene
    return NameCues(
        common=_set(names.common),
        never=_set([*names.months_and_days, *names.never, *names.open, *scene.fillers, *scene.locatives]),
        particles=_set(names.particles), given=_set(names.given),
        namesakes=_set(names.namesakes), open=_set(names.open), titles=_set(names.titles), storms=_set(names.storms),
        ailments=_set(names.ailments),
        after=Runs(bodies.after), before=Runs(bodies.before),
    )  # fmt: skip


def _scene(scene: _Scene) -> SceneCues:
    return SceneCues(
        fillers=_set(scene.fillers), locatives=_set(scene.locatives), strikes=_set(scene.strikes),
        onto=_set(scene.onto), bound=Runs(scene.bound),
        suffers=Runs(scene.suffers), borders=_set(scene.borders), joiners=_set(scene.joiners), local=Runs(scene.local),
        facilities=_set(scene.facilities), settlements=_set(scene.settlements), landforms=_set(scene.landforms),
        links=_set(scene.links), aims=_set(scene.aims), beside=_set(scene.beside),
    )  # fmt: skip


def _asides(asides: _Asides) -> AsideCues:
    return AsideCues(
        speech=_set(asides.speech), leads=_set(asides.leads), sayings=_set(asides.sayings),
        sources=_set(asides.sources),
        addressed=_set(asides.addressed),
        powers=_set(asides.powers), fired=Runs(asides.fired), launched=_set(asides.launched),
        own=Runs(asides.own), held=_set(asides.held), causes=Runs(asides.causes), denounces=Runs(asides.denounces),
        auxiliaries=_set(asides.auxiliaries), according=Runs(asides.according),
        actors=Runs(asides.actors), arms=Runs(asides.arms), assails=Runs(asides.assails),
        missions=Runs(asides.missions), remote=_set(asides.remote), flights=Runs(asides.flights),
        arrivals=Runs(asides.arrivals), refuge=Runs(asides.refuge),
        destination=_set(asides.destination),
        entry=_set(asides.entry), origin=Runs(asides.origin), people=_set(asides.people),
        comparisons=Runs(asides.comparisons), earlier=Runs(asides.earlier), profiles=Runs(asides.profiles),
        calm=Runs(asides.calm), topics=Runs(asides.topics), themes=Runs(asides.themes),
        fronts=Runs(asides.fronts), authorities=Runs(asides.authorities), vessels=_set(asides.vessels),
        protests=_set(asides.protests), grievances=_set(asides.grievances), tolls=_set(asides.tolls),
        wages=Runs(asides.wages), meanwhile=Runs(asides.meanwhile), accuses=Runs(asides.accuses),
        defends=Runs(asides.defends), effects=_set(asides.effects), dwellers=_set(asides.dwellers),
        trades=_set(asides.trades),
    )  # fmt: skip
