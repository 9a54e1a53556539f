"""The one error format ``{code, message, next_step}`` for everything below ``/api/``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from luodi.errors import ContentError, LuodiError

DOCS = "接口说明见 /api/docs。"
_PLAIN = {
    400: ("bad_request", "请求无法读取。", f"请检查请求正文是否为 JSON。{DOCS}"),
    401: ("login_required", "这个地址要先登录。", f"请在网站登录后，带上会话再请求。{DOCS}"),
    403: (
        "forbidden",
        "当前身份没有这项权限，或请求缺少防伪令牌。",
        f"请换用有权限的身份；POST 要带 X-CSRFToken。{DOCS}",
    ),
    404: ("not_found", "没有这个地址或这项内容。", f"请核对地址；政策标识可从 /api/policies 查到。{DOCS}"),
    405: ("not_allowed", "这个地址不接受这种请求方法。", f"请按说明换用 GET 或 POST。{DOCS}"),
    413: ("too_large", "请求正文太大。", "请减少事项数量，分次请求。"),
    500: ("internal", "服务出错，已记录。", "请稍后再试；一直出错请联系系统管理员。"),
}


def error(status: int, code: str, message: str, next_step: str) -> JsonResponse:
    """An error in the one format."""
    return JsonResponse(
        {"code": code, "message": message, "next_step": next_step}, status=status,
        json_dumps_params={"ensure_ascii": False},
    )  # fmt: skip


def plain(status: int) -> JsonResponse:
    """The standing answer for a status."""
    return error(status, *_PLAIN.get(status, _PLAIN[500]))


def install(api: NinjaAPI) -> None:
    """Answer every exception of the API in the one format."""

    def invalid(request: HttpRequest, exception: Any) -> HttpResponse:
        places = "；".join(
            f"{'.'.join(str(part) for part in each['loc'][1:])}：{each['msg']}" for each in exception.errors[:5]
        )
        return error(422, "invalid", f"请求不符合接口约定：{places}", f"请按说明改正这些字段。{DOCS}")

    def refused(request: HttpRequest, exception: Any) -> HttpResponse:
        status = 422 if isinstance(exception, ContentError) else 400
        return error(status, "refused", str(exception), "请按上面的提示改正后再请求。")

    api.exception_handler(AuthenticationError)(lambda request, exception: plain(401))
    api.exception_handler(ValidationError)(invalid)
    api.exception_handler(LuodiError)(refused)
    api.exception_handler(Http404)(lambda request, exception: plain(404))
    api.exception_handler(RequestDataTooBig)(lambda request, exception: plain(413))
    api.exception_handler(HttpError)(lambda request, exception: plain(exception.status_code))


class OneErrorFormat:
    """Addresses that do not exist, wrong methods and faults below ``/api/`` answer in the one format too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        ours = request.path.startswith("/api/") and response.status_code in _PLAIN
        if not ours or response.headers.get("Content-Type", "").startswith("application/json"):
            return response
        answer = plain(response.status_code)
        if "Allow" in response.headers:
            answer.headers["Allow"] = response.headers["Allow"]
        return answer
