"""The description of the API for programs (OpenAPI 3.1), written from the table that its routes come
from.
"""

from market.api import rules
from market.kernel.plain import Json
from market.opendata.queries import by_key, is_read_along
from market.opendata.rules import TABLES, Column, Sort, Table
from market.programs.rules import PER_MINUTE

TYPES: dict[Sort, Json] = {
    Sort.TEXT: {"type": ["string", "null"]},
    Sort.WHOLE: {"type": ["integer", "null"]},
    Sort.FEN: {"type": ["integer", "null"]},
    Sort.INSTANT: {"type": ["string", "null"], "format": "date-time"},
    Sort.DATE: {"type": ["string", "null"], "format": "date"},
    Sort.FLAG: {"type": ["boolean", "null"]},
}
PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
    },
}
AFTER = {
    "name": "after",
    "in": "query",
    "description": "Where to read on: the `after` of the page before. Rows come in the order of the "
    "public log; who reads on misses none and meets none twice.",
    "schema": {"type": "integer", "minimum": 0, "maximum": rules.FARTHEST, "default": 0},
}
LIMIT = {
    "name": "limit",
    "in": "query",
    "description": "How many entries of the log a page reads; it has the rows that they brought.",
    "schema": {"type": "integer", "minimum": 1, "maximum": rules.MOST, "default": rules.USUAL},
}
TOKEN = {
    "type": "http",
    "scheme": "bearer",
    "description": "A token of a duty: more requests a minute, nothing else. It is not needed.",
}
BEARER = {"WWW-Authenticate": {"schema": {"type": "string"}}}
RETRY = {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds"}}


def document(title: str, version: str) -> Json:
    """The whole description."""
    paths: Json = {"/api/v1/": _index()}
    for table in TABLES.values():
        paths[f"/api/v1/{table.name}"] = _list(table)
        if table.name in by_key():
            paths[f"/api/v1/{table.name}/{{key}}"] = _one(table)
    paths["/api/v1/changes"] = _changes()
    paths["/api/v1/hotline/orders"] = _orders()
    paths["/api/v1/hotline/orders/{order}"] = _order()
    paths["/api/v1/ocds/releases"] = _releases()
    paths["/api/v1/ocds/records/{ocid}"] = _record()
    schemas = {table.name: _schema(table) for table in TABLES.values()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": title,
            "version": version,
            "description": "Open data of the marketplace. Amounts are in fen; instants are ISO 8601. "
            f"{rules.PER_MINUTE} requests a minute, {PER_MINUTE} with a token; for everything at once take the daily files "
            "at /opendata.",
        },
        "paths": paths,
        "components": {
            "schemas": {
                **schemas,
                "change": CHANGE,
                "order": ORDER,
                "release": RELEASE,
                "problem": PROBLEM,
            },
            "securitySchemes": {"token": TOKEN},
        },
        "security": [{}, {"token": []}],
    }


def _schema(table: Table) -> Json:
    return {
        "type": "object",
        "title": table.title,
        "required": list(table.names),
        "additionalProperties": False,
        "properties": {column.name: _property(column) for column in table.columns},
    }


def _property(column: Column) -> Json:
    return {**TYPES[column.sort], "description": column.title}


def _list(table: Table) -> Json:
    along = is_read_along(table.name)
    return {
        "get": {
            "operationId": table.name,
            "summary": table.title,
            "parameters": [AFTER, LIMIT] if along else [],
            "responses": _answers(_page(table.name), malformed=along),
        }
    }


def _one(table: Table) -> Json:
    key = {
        "name": "key",
        "in": "path",
        "required": True,
        "description": table.key[0],
        "schema": {"type": "string", "minLength": 1, "maxLength": 60},
    }
    answers = _answers({"$ref": f"#/components/schemas/{table.name}"}, malformed=False)
    gone = {"410": _problem("The log knows it, and it is not public, or no more: a tombstone.")}
    return {
        "get": {
            "operationId": f"{table.name}_one",
            "summary": table.title,
            "parameters": [key],
            "responses": {**answers, **gone},
        }
    }


def _changes() -> Json:
    return {
        "get": {
            "operationId": "changes",
            "summary": "What has happened, entry by entry of the log: which rows to fetch anew, and "
            "which are gone.",
            "parameters": [AFTER, LIMIT],
            "responses": _answers(_page("change"), malformed=True),
        }
    }


def _releases() -> Json:
    return {
        "get": {
            "operationId": "ocds_releases",
            "summary": "Releases of the Open Contracting Data Standard 1.1.5, one an entry of the log.",
            "parameters": [AFTER, LIMIT],
            "responses": _answers(_page("release"), malformed=True),
        }
    }


def _record() -> Json:
    ocid = {
        "name": "ocid",
        "in": "path",
        "required": True,
        "schema": {"type": "string", "minLength": 1, "maxLength": 80},
    }
    releases = {"type": "array", "items": {"$ref": "#/components/schemas/release"}}
    schema = {
        "type": "object",
        "required": ["ocid", "releases"],
        "properties": {"ocid": {"type": "string"}, "releases": releases},
    }
    return {
        "get": {
            "operationId": "ocds_record",
            "summary": "A contracting process with all its releases.",
            "parameters": [ocid],
            "responses": _answers(schema, malformed=False),
        }
    }


def _orders() -> Json:
    body = {"required": True, "content": {"application/json": {"schema": SENT_ORDER}}}
    taken = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/order"}}}}
    refused = {
        "403": _problem("The duty of the token does not deal with cases."),
        "422": _problem("A value is missing or wrong, or the caller was not asked."),
    }
    answers = _answers(_page("order"), malformed=True)
    del answers["404"]
    sent = {code: answers[code] for code in ("401", "429", "503")}
    return {
        "get": {
            "operationId": "hotline_orders",
            "summary": "The hotline's orders of the token's body, with reply and closure.",
            "parameters": [AFTER, LIMIT],
            "security": [{"token": []}],
            "responses": {**answers, "403": refused["403"]},
        },
        "post": {
            "operationId": "hotline_order_sent",
            "summary": "Take in an order of the hotline, once by its number there.",
            "requestBody": body,
            "security": [{"token": []}],
            "responses": {
                "201": {"description": "Taken in.", **taken},
                "200": {"description": "It was taken in before; as it stands now.", **taken},
                **sent,
                **refused,
            },
        },
    }


def _order() -> Json:
    number = {
        "name": "order",
        "in": "path",
        "required": True,
        "description": "The number that the hotline gave it.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 40},
    }
    answers = _answers({"$ref": "#/components/schemas/order"}, malformed=False)
    return {
        "get": {
            "operationId": "hotline_order",
            "summary": "One order, with reply and closure.",
            "parameters": [number],
            "security": [{"token": []}],
            "responses": {
                **answers,
                "403": _problem("The duty of the token does not deal with cases."),
            },
        }
    }


SENT_ORDER = {
    "type": "object",
    "required": ["number", "kind", "said", "party", "phone"],
    "properties": {
        "number": {"type": "string", "description": "The hotline's number; kept."},
        "kind": {"enum": ["consult", "help", "complaint", "report", "suggest", "praise"]},
        "complaint": {
            "type": ["boolean", "null"],
            "description": "What the caller answered, asked once, whether it is to be a complaint "
            "with its own times; true is refused here.",
        },
        "said": {"type": "string"},
        "matter": {"type": ["string", "null"], "description": "A number of this site."},
        "party": {"type": "string"},
        "phone": {"type": "string"},
    },
}
ORDER = {
    "type": "object",
    "required": ["number", "case", "kind", "state", "received_at"],
    "properties": {
        "number": {"type": "string"},
        "case": {"type": "string"},
        "kind": {"type": "string"},
        "state": {"enum": ["open", "contacted", "transferred", "rectified", "closed"]},
        "received_at": {"type": "string", "format": "date-time"},
        "contacted_at": {"type": ["string", "null"], "format": "date-time"},
        "answer": {"type": ["string", "null"]},
        "answered_at": {"type": ["string", "null"], "format": "date-time"},
        "result": {"enum": ["solved", "unsolved", "unreached", "verified", None]},
        "called_back_at": {"type": ["string", "null"], "format": "date-time"},
        "closed_at": {"type": ["string", "null"], "format": "date-time"},
    },
}
RELEASE = {
    "type": "object",
    "description": "A release of the Open Contracting Data Standard 1.1.5.",
    "required": ["ocid", "id", "date", "tag", "initiationType"],
}
CHANGE = {
    "type": "object",
    "required": ["log_index", "at", "type", "subject", "table", "url", "gone"],
    "additionalProperties": False,
    "properties": {
        "log_index": {"type": "integer"},
        "at": {"type": "string", "format": "date-time"},
        "type": {"type": "string"},
        "subject": {"type": "string"},
        "table": {"type": ["string", "null"], "description": "The table that has a row of it."},
        "url": {"type": ["string", "null"], "description": "Where its row is to be had."},
        "gone": {"type": "boolean", "description": "A tombstone: take the row out of your copy."},
    },
}


def _index() -> Json:
    schema = {
        "type": "object",
        "required": ["catalogue", "class", "licence", "tables"],
        "properties": {
            "catalogue": {"type": "string"},
            "class": {"type": "string"},
            "licence": {"type": "string"},
            "tables": {"type": "object", "additionalProperties": {"type": "string"}},
        },
    }
    answers = _answers(schema, malformed=False)
    return {
        "get": {"operationId": "index", "summary": "Terms and addresses.", "responses": answers}
    }


def _page(name: str) -> Json:
    return {
        "type": "object",
        "required": ["data", "after", "more"],
        "additionalProperties": False,
        "properties": {
            "data": {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}},
            "after": {"type": "integer", "description": "Where to read on, now or later."},
            "more": {"type": "boolean", "description": "Whether there is more already."},
        },
    }


def _answers(schema: Json, *, malformed: bool) -> Json:
    answers = {
        "200": {"description": "Here it is.", "content": {"application/json": {"schema": schema}}},
        "304": {"description": "As you have it (If-None-Match)."},
        "401": {**_problem("The token is none, or no more."), "headers": BEARER},
        "404": _problem("There is no such thing, or the place has not opened its data."),
        "429": {**_problem("Too often; come again later."), "headers": RETRY},
        "503": {**_problem("The database does not answer; come again soon."), "headers": RETRY},
    }
    if malformed:
        answers["400"] = _problem("`after` or `limit` is no number or out of range.")
    return answers


def _problem(description: str) -> Json:
    schema = {"$ref": "#/components/schemas/problem"}
    return {
        "description": description,
        "content": {"application/problem+json": {"schema": schema}},
    }
