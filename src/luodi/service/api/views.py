"""The description of the API for people, made from its own schema; no script, nothing from elsewhere."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from luodi.service.api.endpoints import api
from luodi.service.policies.queries import published


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Each call with its parameters, answers and an example to copy."""
    schema = api.get_openapi_schema()
    first = next((version.policy.slug for version in published()), "")
    operations = [
        _operation(method, path, each, schema, first)
        for path, methods in schema["paths"].items()
        for method, each in methods.items()
    ]
    shapes = [(name, _rows(shape, schema)) for name, shape in sorted(schema["components"]["schemas"].items())]
    context = {"info": schema["info"], "operations": operations, "shapes": shapes}
    return render(request, "api/docs.html", context)


_EXAMPLES: dict[str, dict[str, Any]] = {
    "explain": {"unit": {"kind": "enterprise", "facts": {}, "events": []}},
    "determine": {"unit": "00000000-0000-0000-0000-000000000000"},
    "simulate": {"changes": ["规则.字段=60万元"]},
}


def _operation(method: str, path: str, each: dict[str, Any], schema: dict[str, Any], slug: str) -> dict[str, Any]:
    address = path.replace("{slug}", slug)
    body = each.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    example = f"curl -s '{{host}}{address}'"
    if body:
        sent = json.dumps({"policy": slug, **_EXAMPLES.get(each["operationId"], {})}, ensure_ascii=False)
        example = f"curl -s -X POST -H 'Content-Type: application/json' -d '{sent}' '{{host}}{address}'"
    if each.get("security"):
        token = " -H 'X-CSRFToken: …'" if body else ""
        example = example.replace("curl -s", f"curl -s -b 'sessionid=…; csrftoken=…'{token}")
    return {
        "id": each["operationId"], "method": method.upper(), "path": path, "summary": each.get("summary", ""),
        "description": each.get("description", ""), "address": "" if body or "{" in address else address,
        "parameters": [
            {"name": p["name"], "where": {"path": "地址", "query": "查询"}[p["in"]], "required": p.get("required", False),
             "about": p.get("description") or p["schema"].get("description", ""), "type": _type(p["schema"])}
            for p in each.get("parameters", [])
        ],
        "body": _type(body), "example": example,
        "answers": [(status, _type(answer["content"]["application/json"]["schema"]))
                    for status, answer in sorted(each["responses"].items(), key=lambda pair: str(pair[0]))],
    }  # fmt: skip


def _rows(shape: dict[str, Any], schema: dict[str, Any]) -> list[tuple[str, str, bool, str]]:
    needed = set(shape.get("required", ()))
    return [
        (name, _type(each), name in needed, each.get("description", ""))
        for name, each in shape.get("properties", {}).items()
    ]


def _type(shape: dict[str, Any]) -> str:
    """A JSON schema type in a few words."""
    if "$ref" in shape:
        return str(shape["$ref"]).rsplit("/", 1)[-1]
    if "anyOf" in shape:
        return " | ".join(_type(each) for each in shape["anyOf"])
    if "enum" in shape:
        return " | ".join(map(str, shape["enum"]))
    if "const" in shape:
        return str(shape["const"])
    if shape.get("type") == "array":
        return f"[{_type(shape.get('items', {}))}]"
    return str(shape.get("format") or shape.get("type", "")) or "任意"
