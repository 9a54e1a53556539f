"""Links and forms of a page, read from its HTML, so that the load sends what a browser would send."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin


@dataclass
class Form:
    """One form: where it goes, what it holds, what may be chosen, and its buttons with a name."""

    address: str
    method: str
    values: dict[str, str] = field(default_factory=dict)
    options: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class Page(HTMLParser):
    """The links and forms of one page, absolute by its own address."""

    def __init__(self, address: str, text: str) -> None:
        super().__init__()
        self.address, self.links, self.forms = address, list[str](), list[Form]()
        self._form: Form | None = None
        self._select = self._area = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and given.get("href"):
            self.links.append(urljoin(self.address, given["href"]).split("#")[0])
        elif tag == "form":
            target = urljoin(self.address, given.get("action", ""))
            self._form = Form(target, given.get("method", "get").lower())
            self.forms.append(self._form)
        elif self._form is not None:
            self._control(self._form, tag, given)

    def _control(self, form: Form, tag: str, given: dict[str, str]) -> None:
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            self._offer(form, self._select, value, "selected" in given)
        elif tag == "textarea":
            self._area = name
            form.values[name] = ""
        elif tag == "button" and name:
            form.buttons.append((name, value))
        elif tag == "input" and name and given.get("type") == "radio":
            self._offer(form, name, value, "checked" in given)
        elif tag == "input" and name and (given.get("type") != "checkbox" or "checked" in given):
            form.values[name] = value

    def _offer(self, form: Form, name: str, value: str, chosen: bool) -> None:
        form.options.setdefault(name, []).append(value)
        if chosen:
            form.values[name] = value

    def handle_data(self, data: str) -> None:
        if self._area and self._form is not None:
            self._form.values[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""
