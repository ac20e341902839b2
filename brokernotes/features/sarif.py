"""Problems as SARIF 2.1.0, which code hosts show beside a change, and as workflow commands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote

from brokernotes.language import Language
from brokernotes.model.problems import PROBLEMS

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "hint": "note"}
_COMMANDS = {"error": "error", "warning": "warning", "hint": "notice"}
_ROOT = "%SRCROOT%"
_PLACE = re.compile(r"\{\w+\}")  # of a message that is about no problem yet

Shape = Mapping[str, object]


def to_sarif(
    shapes: Sequence[Shape], language: Language, version: str, prefix: str = ""
) -> dict[str, object]:
    """One run as a SARIF log.

    Args:
        shapes: problems as `check --json` tells them.
        language: of the descriptions.
        version: of this program.
        prefix: what stands before a vault path in the repository's: empty, or `some/folder/`.

    Source: OASIS, Static Analysis Results Interchange Format 2.1.0.
    """
    codes = list(dict.fromkeys(str(shape["code"]) for shape in shapes))
    driver = {
        "name": "brokernotes",
        "semanticVersion": _semantic(version),
        "rules": [_rule(code, language) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The repository's root."}}},
        "results": [_result(shape, codes, prefix) for shape in shapes],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _semantic(version: str) -> str:
    """A version as semver writes it; Python's own forms differ behind the numbers."""
    numbers = []
    for part in version.split(".")[:3]:
        digits = "".join(letter for letter in part if letter.isdigit())
        numbers.append(digits if part.isdigit() else "0")
    return ".".join([*numbers, "0", "0"][:3])


def _rule(code: str, language: Language) -> dict[str, object]:
    kind = PROBLEMS[code]
    about = (kind.about, kind.origin)
    return {
        "id": code,
        "shortDescription": {"text": _PLACE.sub("…", language.text(kind.message))},
        "fullDescription": {"text": " ".join(map(language.text, filter(None, about)))},
        "defaultConfiguration": {"level": _LEVELS[kind.severity.value]},
    }


def _result(shape: Shape, codes: Sequence[str], prefix: str) -> dict[str, object]:
    code = str(shape["code"])
    region = {"startLine": shape["line"], "startColumn": shape["column"]}
    if "end_column" in shape:
        region["endColumn"] = shape["end_column"]
    hint = shape.get("hint")
    message = str(shape["message"])
    uri = quote(f"{prefix}{shape['path']}", safe="/")
    location = {
        "artifactLocation": {"uri": uri, "uriBaseId": _ROOT},
        "region": region,
    }
    return {
        "ruleId": code,
        "ruleIndex": codes.index(code),
        "level": _LEVELS[str(shape["severity"])],
        "message": {"text": f"{message}\n{hint}" if hint else message},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {"brokernotes/v1": _fingerprint(shape)},
        "properties": {"params": shape["params"], "fixable": shape["fixable"]},
    }


def _fingerprint(shape: Shape) -> str:
    """What stays the same when lines above move: a host then knows the problem again."""
    import json
    from hashlib import blake2b

    told = json.dumps([shape["path"], shape["code"], shape["params"]], default=str, sort_keys=True)
    return blake2b(told.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def to_workflow_commands(shapes: Sequence[Shape], prefix: str = "") -> Iterator[str]:
    """Problems as commands of a GitHub workflow, which shows them beside the lines.

    Args:
        shapes: problems as `check --json` tells them.
        prefix: what stands before a vault path in the repository's.

    Source: GitHub, Workflow commands for GitHub Actions; actions/toolkit, `command.ts`.
    """
    for shape in shapes:
        properties = {"file": f"{prefix}{shape['path']}", "line": shape["line"],
                      "col": shape["column"]}  # fmt: skip
        if "end_column" in shape:
            properties["endColumn"] = shape["end_column"]
        properties["title"] = f"brokernotes: {shape['code']}"
        told = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
        hint = shape.get("hint")
        message = f"{shape['message']}\n{hint}" if hint else str(shape["message"])
        yield f"::{_COMMANDS[str(shape['severity'])]} {told}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
