"""notice_for(): whether someone may be in danger or wronged, and what to show them first. helplines(): where to turn.

It reads the words in its own way (`disguise`, `sayings`, `evidence`, `signs`) and runs before matching, inside `match.lookup`,
so that no caller can skip it.
Everything it knows is authored data: `data/safety.toml`.
"""

from __future__ import annotations

from datetime import date

from .model import UNCHECKED, HandbookError, Helpline, Notice
from .signs import Detector

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any, NoReturn

    from .model import Handbook, NoticeKind

WORLD = "world"
DIRECTORY = "directory"
_SHOWN = 7
_ALSO_CALLED = {"uk": "gb", "usa": "us", "eire": "ie"}
_HELPLINE_KINDS = ("crisis", "danger", "assault", "child", "misconduct", "emergency", DIRECTORY)
_TABLES = ("spelling", "put", "groups", "harmless", "other_languages", "sign", "who", "evidence", "regions", "notices", "helplines")
_SIGN_KEYS = {"notice", "about", "say", "unless", "outright", "foreign"}
_NOTICE_KEYS = {"kind", "title", "paragraphs", "lines", "first"}


def notice_for(asked: str, handbook: Handbook, region: str | None = None) -> Notice | None:
    """The notice that `asked` calls for, or none; `region` (as from `region_from`) orders its helplines."""
    if not _checked(handbook):
        return None
    detector = handbook.derived.get("safety") or handbook.derived.setdefault("safety", Detector(handbook.safety, handbook.evidence))
    variant = detector.notice_key(asked)
    if variant is None:
        return None
    safety = handbook.safety
    values = safety["notices"][variant]
    kind: NoticeKind = values["kind"]
    return Notice(kind, variant, values["title"], tuple(values["paragraphs"]), _fitting(safety, values, region))


def helplines(handbook: Handbook, region: str | None = None) -> tuple[Helpline, ...]:
    """Where to turn: the lines of `region`, or of every region, and the world-wide ones last."""
    lines = _lines(_checked(handbook))
    regions = {line.region for line in lines.values()}
    chosen = [line for line in lines.values() if line.region != WORLD and (region == line.region or region is None)]
    if region is not None and region not in regions:
        chosen = []
    return (*chosen, *(line for line in lines.values() if line.region == WORLD))


def region_from(wish: str | None, environ: Mapping[str, str]) -> str | None:
    """The reader's country as a lower-case code: asked for, set in THERAPYCRY_REGION, or said by the locale; never assumed."""
    for said in (wish, environ.get("THERAPYCRY_REGION")):
        if said and said.strip():
            code = said.strip().lower()
            return _ALSO_CALLED.get(code, code)
    locale = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    territory = locale.partition(".")[0].partition("@")[0].partition("_")[2].lower()
    return territory if len(territory) == len("gb") and territory.isalpha() else None


def check(safety: Mapping[str, Any]) -> None:
    """Raise `ValueError`, with what is wrong and what is allowed, unless `safety` can be used."""
    _only(safety, _TABLES, "the file")
    missing = [name for name in _TABLES if name not in safety]
    if missing:
        _fault(f"[{missing[0]}] is missing; required are {', '.join(_TABLES)}")
    for number, sign in enumerate(safety["sign"], 1):
        _only(sign, _SIGN_KEYS, f"sign {number}")
        if sign.get("notice") not in (*safety["notices"], "life") or not sign.get("about") or not sign.get("say"):
            _fault(f"sign {number} needs a notice ({', '.join(safety['notices'])} or life), about and say")
    keys = _check_helplines(safety)
    for name, values in safety["notices"].items():
        _only(values, _NOTICE_KEYS, f"[notices.{name}]")
        lacking = sorted(_NOTICE_KEYS - values.keys())
        if lacking:
            _fault(f"[notices.{name}] lacks {lacking[0]}; required are {', '.join(sorted(_NOTICE_KEYS))}")
        unknown = [key for key in values["first"] if key not in keys]
        if unknown or values["kind"] not in ("crisis", "misconduct"):
            _fault(f"[notices.{name}] names {unknown or values['kind']!r}; allowed are keys of helplines, and crisis or misconduct")
    if not all(isinstance(safety["evidence"].get(name), float) for name in ("crisis", "misconduct", "with_sign", "outright")):
        _fault("[evidence] needs crisis, misconduct, with_sign and outright; allowed are log-odds such as 1.5")
    _check_sayings(safety)


def _check_helplines(safety: Mapping[str, Any]) -> set[str]:
    """The keys of the helplines, each found sound."""
    keys: set[str] = set()
    for values in safety["helplines"]:
        key = values.get("key", "without a key")
        _only(values, Helpline._fields, f"helpline {key}")
        missing = [name for name in Helpline._fields if name not in values and name not in ("url", "serves")]
        if missing or key in keys:
            _fault(
                f"helpline {key} {'lacks ' + missing[0] if missing else 'stands twice'}; a helpline has its own key and all details"
            )
        keys.add(key)
        if values["region"] not in safety["regions"]:
            _fault(f"helpline {key} is in the unknown region {values['region']!r}; allowed are {', '.join(safety['regions'])}")
        if not set(values["kinds"]) <= set(_HELPLINE_KINDS) or not values["kinds"]:
            _fault(f"helpline {key} has the kinds {values['kinds']}; allowed are {', '.join(_HELPLINE_KINDS)}")
        if not values.get("url", "https://").startswith("https://"):
            _fault(f"helpline {key}: a url starts with https://")
        _day(values["last_checked"], key)
    return keys


def _check_sayings(safety: Mapping[str, Any]) -> None:
    """Take every saying apart once: a group that does not exist is found here, not when someone needs help."""
    try:
        detector = Detector(safety, None)
        detector.take_all_apart()
    except KeyError as error:
        _fault(f"a saying names the group <{error.args[0]}>; add it to [groups] or name one that is there")


def _fault(message: str) -> NoReturn:
    raise ValueError(message) from None


def _only(values: Mapping[str, Any], allowed: Iterable[str], where: str) -> None:
    unknown = [key for key in values if key not in set(allowed)]
    if unknown:
        _fault(f"{where} has the unknown key {unknown[0]!r}; allowed are {', '.join(sorted(allowed))}")


def _checked(handbook: Handbook) -> Mapping[str, Any]:
    """The safety data of a handbook; what authors wrote is checked when it is first needed, what was compiled has been."""
    if UNCHECKED in handbook.derived:
        try:
            check(handbook.safety)
        except ValueError as error:
            told = f"safety.toml:1: {error}"
            raise HandbookError(told) from None
        except (AttributeError, LookupError, TypeError) as error:
            wrong = f"a value is missing or of the wrong kind ({type(error).__name__})"
            told = f"safety.toml:1: {wrong}; allowed is what the shipped safety.toml has"
            raise HandbookError(told) from None
        handbook.derived.pop(UNCHECKED, None)
    return handbook.safety


def _lines(safety: Mapping[str, Any]) -> dict[str, Helpline]:
    return {values["key"]: _helpline(values) for values in safety.get("helplines", ())}


def _helpline(values: Mapping[str, Any]) -> Helpline:
    fields: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    return Helpline(**{**fields, "last_checked": _day(values["last_checked"], values["key"])})


def _day(value: object, key: str) -> date:
    """A day from TOML, or from the compiled handbook's JSON."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        _fault(f"helpline {key} was checked on {value!r}; allowed is a date such as 2026-11-23")


def _fitting(safety: Mapping[str, Any], notice: Mapping[str, Any], region: str | None) -> tuple[Helpline, ...]:
    """The helplines of a notice: those of the reader's region, best fit first, else some of several countries; directory last."""
    lines = _lines(safety)
    own = [line for line in lines.values() if line.region == region and region != WORLD]
    if not own:
        keys = [*notice["first"]] if region is None else []
    else:
        keys = [line.key for kind in ("emergency", *notice["lines"]) for line in own if kind in line.kinds]
    keys = list(dict.fromkeys(keys))[: _SHOWN - 1]
    world = [line.key for line in lines.values() if line.region == WORLD and ({DIRECTORY, *notice["lines"]} & set(line.kinds))]
    return tuple(lines[key] for key in (*(key for key in keys if key not in world), *world))
