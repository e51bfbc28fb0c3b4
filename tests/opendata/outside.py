"""Hold releases against lib-cove-ocds, the Open Contracting Partnership's own checker:
`outside.py SCHEMA RELEASES`, run by a Python that has it (requirements-ocds.txt) and nothing of ours.

It asks for the standard as an archive, so that no network is needed: the stored schema of releases,
and around it what a package of releases must have. Prints what it finds; ends with 1 where it finds
something.
"""

import json
import pathlib
import sys
import tempfile
import zipfile

from libcoveocds.api import ocds_json_output
from libcoveocds.config import LibCoveOCDSConfig

BASE = "https://standard.open-contracting.org/schema/1__1__5"
PACKAGE = {
    "$schema": "http://json-schema.org/draft-04/schema#",
    "type": "object",
    "required": ["uri", "publisher", "publishedDate", "releases", "version"],
    "properties": {
        "uri": {"type": "string", "format": "uri"},
        "version": {"type": "string"},
        "publishedDate": {"type": "string", "format": "date-time"},
        "publisher": {"type": "object", "required": ["name"]},
        "releases": {
            "type": "array",
            "minItems": 1,
            "items": {"$ref": f"{BASE}/release-schema.json"},
            "uniqueItems": True,
        },
    },
}
RECORDS = {"$schema": PACKAGE["$schema"], "type": "object"}  # of records, which it is not given
TROUBLES = (
    "validation_errors",
    "conformance_errors",
    "additional_checks",
    "json_deref_error",
    "additional_closed_codelist_values",
    "deprecated_fields",
)


def codelists(schema):
    """(name, codes) of each closed list that the schema of releases says whole."""
    if isinstance(schema, list):
        for each in schema:
            yield from codelists(each)
    if not isinstance(schema, dict):
        return
    codes = schema.get("enum") or (schema.get("items") or {}).get("enum")
    if codes and "codelist" in schema:
        yield schema["codelist"], [code for code in codes if code]
    for each in schema.values():
        yield from codelists(each)


def main(schema: str, releases: str) -> int:
    with tempfile.TemporaryDirectory() as folder:
        archive = pathlib.Path(folder) / "standard.zip"
        with zipfile.ZipFile(archive, "w") as standard:
            here = "standard/schema"
            standard.writestr("standard/", "")
            standard.write(schema, f"{here}/release-schema.json")
            standard.writestr(f"{here}/release-package-schema.json", json.dumps(PACKAGE))
            standard.writestr(
                f"{here}/versioned-release-validation-schema.json", json.dumps(RECORDS)
            )
            for name, codes in dict(
                codelists(json.loads(pathlib.Path(schema).read_text()))
            ).items():
                standard.writestr(f"{here}/codelists/{name}", "\n".join(["Code", *codes]))
        asked = {"context": "api", "standard_zip": archive.as_uri()}
        package = {
            "uri": "https://zjcs.example/api/v1/ocds/releases",
            "version": "1.1",
            "publishedDate": "2026-03-05T00:00:00+08:00",
            "publisher": {"name": "zjcs"},
            "releases": [
                json.loads(line) for line in pathlib.Path(releases).read_text().splitlines()
            ],
        }
        found = ocds_json_output(
            folder, json_data=package, lib_cove_ocds_config=LibCoveOCDSConfig(asked)
        )
    troubles = {name: found[name] for name in TROUBLES if found.get(name)}
    print(json.dumps({"releases": len(package["releases"]), **troubles}, default=str))
    return 1 if troubles else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
