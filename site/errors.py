"""What a reader sees when a page cannot be shown: what happened, and what to do next. Never a trace."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from io import BytesIO
from typing import IO, NoReturn, cast
from urllib.parse import unquote_to_bytes

from flask import Flask, Request, Response, abort, make_response, render_template, request
from flask_babel import force_locale
from werkzeug.exceptions import BadRequest, HTTPException, InternalServerError
from werkzeug.formparser import FormDataParser

from zuofang.rules.sentences import Sentence, say
from zuofang.site.locales import LANGUAGES, current_language

TITLES = {
    HTTPStatus.BAD_REQUEST: say("这个请求读不懂"),
    HTTPStatus.FORBIDDEN: say("这一页不对外开放"),
    HTTPStatus.NOT_FOUND: say("没有这一页"),
    HTTPStatus.METHOD_NOT_ALLOWED: say("这一页不能这样用"),
    HTTPStatus.GONE: say("这一页已经撤下"),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: say("发来的内容太大"),
    HTTPStatus.REQUEST_URI_TOO_LONG: say("地址太长"),
    HTTPStatus.TOO_MANY_REQUESTS: say("请稍等一会儿"),
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: say("请求头太大"),
    HTTPStatus.SERVICE_UNAVAILABLE: say("网站暂时不能用"),
}
ADVICE = {
    HTTPStatus.BAD_REQUEST: say("地址或表单里有无法识别的字符。请从首页重新进入，或者检查粘贴的内容。"),
    HTTPStatus.FORBIDDEN: say("如果您应当能看到它，请联系市场监督管理局。"),
    HTTPStatus.NOT_FOUND: say("地址可能抄错了。如果是标签上的码，请在下面重新输入。"),
    HTTPStatus.METHOD_NOT_ALLOWED: say("请返回上一页，用页面上的按钮重新操作。"),
    HTTPStatus.GONE: say("它曾经公示，现已依法撤下。"),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: say("请减少文件的数量，或者把照片、视频压缩后再发。已经填写的文字没有保存。"),
    HTTPStatus.REQUEST_URI_TOO_LONG: say("请减少查询条件后再试。"),
    HTTPStatus.TOO_MANY_REQUESTS: say("短时间内的请求太多。请过几分钟再试，您不需要重新填写什么。"),
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: say("请关闭浏览器后重新打开本页，或者换一个浏览器。"),
    HTTPStatus.SERVICE_UNAVAILABLE: say("请过几分钟再试。"),
}

FAILURE = "zuofang.failure"
"""Where an application keeps its pages of status 500, by language."""


class Refusal(HTTPException):
    """An answer other than 200 with a sentence of its own; made by :func:`refuse`."""

    def __init__(self, status: HTTPStatus, sentence: Sentence) -> None:
        super().__init__()
        self.code = status
        self.sentence = sentence


def refuse(status: HTTPStatus, sentence: Sentence) -> NoReturn:
    """End the request with an error page that says ``sentence`` in the reader's language."""
    raise Refusal(status, sentence)


class StrictFormParser(FormDataParser):
    """Refuses a form whose bytes are not UTF-8, where Werkzeug would hand the view an empty form."""

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **{**options, "silent": False})  # type: ignore[arg-type]

    def parse(self, *args: object, **options: object) -> object:  # type: ignore[override]
        """Parse as Werkzeug does.

        Raises:
            BadRequest: the form cannot be read.
        """
        try:
            return super().parse(*args, **options)  # type: ignore[arg-type]
        except ValueError as failure:
            raise BadRequest from failure


class StrictRequest(Request):
    """A request whose forms are read strictly."""

    form_data_parser_class = StrictFormParser
    files_in_memory = False
    """Set before the form is read, it keeps the files of the form out of the file system."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        if self.files_in_memory:
            return BytesIO()
        return super()._get_file_stream(total_content_length, content_type, filename, content_length)


def held_in_memory(most: int, fields: int | None = None) -> StrictRequest:
    """This request, whose form may be ``most`` bytes large, its texts ``fields``; no file of it is written down."""
    sent = cast(StrictRequest, request)
    sent.files_in_memory = True
    sent.max_content_length = most
    if fields is not None:
        sent.max_form_memory_size = fields
    return sent


def explain_errors(app: Flask, template: str = "errors/error.html") -> None:
    """Give an application its error pages and the check of what cannot be read at all."""
    app.request_class = StrictRequest
    make_failure_pages(app)
    app.before_request(_refuse_unreadable)
    app.register_error_handler(HTTPException, partial(_explain, template))

    @app.errorhandler(InternalServerError)
    def _fail(_: InternalServerError) -> Response:
        return make_response(app.extensions[FAILURE][current_language().code], HTTPStatus.INTERNAL_SERVER_ERROR)


def make_failure_pages(app: Flask) -> None:
    """Make the page of status 500 in each language beforehand: when it is needed, nothing else may work."""
    pages = {}
    for language in LANGUAGES:
        with app.app_context(), force_locale(language.code):
            pages[language.code] = app.jinja_env.get_template("errors/500.html").render()
    app.extensions[FAILURE] = pages


def _explain(template: str, error: HTTPException) -> Response:
    """The page of an error that has one; an answer without a page, such as a redirect, passes as it is."""
    status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    if status < HTTPStatus.BAD_REQUEST:
        return make_response(error.get_response())
    advice = error.sentence if isinstance(error, Refusal) else ADVICE.get(status, ADVICE[HTTPStatus.BAD_REQUEST])
    page = render_template(
        template, heading=TITLES.get(status, TITLES[HTTPStatus.BAD_REQUEST]), advice=advice, status=status
    )
    response = make_response(page, status)
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def _refuse_unreadable() -> None:
    """End a request whose path or query is not text: broken UTF-8, or a NUL, which no database stores."""
    path = request.environ.get("PATH_INFO", "").encode("latin-1", "replace")
    for part in (path, unquote_to_bytes(request.query_string)):
        if b"\0" in part or not _is_text(part):
            abort(HTTPStatus.BAD_REQUEST)


def _is_text(part: bytes) -> bool:
    try:
        part.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
