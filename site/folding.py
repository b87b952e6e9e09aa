"""Templates made ready for one language when they are compiled.

Sentences become constants of the language, and a component is written out where a page uses it. The bytes are the same;
a page costs a fraction of what it costs to look up every sentence and to call every macro.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any, TypeVar

from babel.support import NullTranslations
from flask.sansio.app import App
from flask.templating import Environment
from jinja2 import Template, nodes
from jinja2.environment import TemplateModule
from jinja2.meta import find_undeclared_variables
from jinja2.visitor import NodeTransformer
from markupsafe import escape

from zuofang.site.catalogue import PLACE

_Node = TypeVar("_Node", bound=nodes.Node)


class _Sentences(NodeTransformer):
    """Replaces each call ``_('literal', name=…)`` by its translation with the values in their places."""

    def __init__(self, messages: NullTranslations) -> None:
        self._messages = messages

    def visit_Call(self, call: nodes.Call) -> nodes.Node:  # noqa: N802 - the name Jinja's visitor looks for
        self.generic_visit(call)
        ours = isinstance(call.node, nodes.Name) and call.node.name == "_"
        if not ours or len(call.args) != 1 or not isinstance(call.args[0], nodes.Const):
            return call
        text = self._messages.ugettext(call.args[0].value)
        if not call.kwargs:
            return nodes.Const(text, lineno=call.lineno)
        values = {keyword.key: keyword.value for keyword in call.kwargs}
        parts = enumerate(PLACE.split(text))  # text, name, text, name … text
        return nodes.Concat([values[part] if place % 2 else _text(part) for place, part in parts], lineno=call.lineno)

    def visit_Output(self, output: nodes.Output) -> nodes.Node:  # noqa: N802
        self.generic_visit(output)
        parts = (node.nodes if isinstance(node, nodes.Concat) else [node] for node in output.nodes)
        output.nodes = [node for part in parts for node in part]
        return output


def _text(text: str) -> nodes.TemplateData:
    """A part of a translation that has places: ``%%`` stands in it for ``%``."""
    return nodes.TemplateData(str(escape(text.replace("%%", "%"))))


@dataclass(frozen=True, slots=True)
class Component:
    """A macro that can stand by itself: beside its arguments it uses nothing but what every template knows."""

    macro: nodes.Macro
    arguments: tuple[str, ...]
    uses: frozenset[str]
    """The names it looks up outside."""

    @classmethod
    def of(cls, macro: nodes.Macro) -> Component | None:
        """The component a macro is, or nothing where its body says something only by itself or its module knows."""
        arguments = tuple(argument.name for argument in macro.args)
        uses = frozenset(_used([macro]) - set(arguments))
        if uses & {"varargs", "kwargs", macro.name} or find_undeclared_variables(
            nodes.Template([macro], environment=macro.environment)
        ):
            return None
        return cls(macro, arguments, uses)

    def given(self, call: nodes.Call) -> Mapping[str, nodes.Expr] | None:
        """The value of every argument in a call, or nothing where they cannot be told apart before it happens."""
        defaults = zip(reversed(self.arguments), reversed(self.macro.defaults), strict=False)
        positions = zip(self.arguments, call.args, strict=False)
        given = {**dict(defaults), **dict(positions), **{keyword.key: keyword.value for keyword in call.kwargs}}
        plain = call.dyn_args is None and call.dyn_kwargs is None and len(call.args) <= len(self.arguments)
        return given if plain and given.keys() == set(self.arguments) else None


class _Components(NodeTransformer):
    """Writes the body of a component where it is called by itself: ``{{ name(…) }}`` or ``{% call name(…) %}``."""

    def __init__(self, known: Mapping[str, Component], taken: Iterable[str]) -> None:
        self._known = known
        self._taken = frozenset(taken)
        """Names the page gives values to; a component that looks one of them up means something else by it."""

    def visit_Output(self, output: nodes.Output) -> list[nodes.Node]:  # noqa: N802
        self.generic_visit(output)
        parts: list[nodes.Node] = []
        for node in output.nodes:
            written = self._write(node, None) if isinstance(node, nodes.Call) else None
            if written is not None:
                parts.append(written)
            elif parts and isinstance(parts[-1], nodes.Output):
                parts[-1].nodes.append(node)
            else:
                parts.append(nodes.Output([node], lineno=output.lineno))
        return parts

    def visit_CallBlock(self, block: nodes.CallBlock) -> nodes.Node:  # noqa: N802
        self.generic_visit(block)
        return (None if block.args else self._write(block.call, block.body)) or block

    def _write(self, call: nodes.Call, inside: list[nodes.Node] | None) -> nodes.With | None:
        component = self._known.get(call.node.name) if isinstance(call.node, nodes.Name) else None
        given = component.given(call) if component else None
        if component is None or given is None or component.uses & self._taken:
            return None
        body = [_copy(node) for node in component.macro.body]
        if inside is not None and not _used(inside) & set(component.arguments):
            body = _with_caller(body, inside)
        if "caller" in _used(body):
            return None
        names = [nodes.Name(name, "param", lineno=call.lineno) for name in given]
        return nodes.With(names, [_copy(value) for value in given.values()], body, lineno=call.lineno)


def _with_caller(body: list[nodes.Node], inside: list[nodes.Node]) -> list[nodes.Node]:
    """A body in which ``{{ caller() }}`` is what stands between ``{% call %}`` and ``{% endcall %}``."""
    caller = Component(nodes.Macro("caller", [], [], inside), (), frozenset())
    template = nodes.Template(body)
    _Components({"caller": caller}, ()).visit(template)
    return template.body


def write_out(template: nodes.Template, imported: Mapping[str, Component]) -> dict[str, Component]:
    """Write the components out in a template; answers the ones it defines itself."""
    known, own = dict(imported), {}
    transformer = _Components(known, _given(template))
    for macro in template.body:
        if isinstance(macro, nodes.Macro):
            transformer.visit(macro)
            if (component := Component.of(macro)) is not None:
                known[macro.name] = own[macro.name] = component
    transformer.visit(template)
    _drop_unused_imports(template)
    return own


def imports(template: nodes.Template) -> Iterator[tuple[str, str, str]]:
    """What a template imports by name: the other template, the name there, the name here."""
    for statement in template.find_all(nodes.FromImport):
        if isinstance(statement.template, nodes.Const):
            for name in statement.names:
                there, here = name if isinstance(name, tuple) else (name, name)
                yield statement.template.value, there, here


def _drop_unused_imports(template: nodes.Template) -> None:
    used = _used(template.body)
    for statement in list(template.body):
        if isinstance(statement, nodes.FromImport):
            statement.names = [name for name in statement.names if (name if isinstance(name, str) else name[1]) in used]
            if not statement.names:
                template.body.remove(statement)


def _used(body: Iterable[nodes.Node]) -> set[str]:
    return {name.name for name in _names(body) if name.ctx == "load"}


def _given(template: nodes.Template) -> set[str]:
    return {name.name for name in _names([template]) if name.ctx != "load"}


def _names(body: Iterable[nodes.Node]) -> Iterator[nodes.Name]:
    return nodes.Template(list(body)).find_all(nodes.Name)


def _copy(node: _Node) -> _Node:
    fields = (_copied(getattr(node, field)) for field in node.fields)
    return type(node)(*fields, lineno=node.lineno, environment=node.environment)


def _copied(value: object) -> object:
    if isinstance(value, list | tuple):
        return type(value)(map(_copied, value))
    return _copy(value) if isinstance(value, nodes.Node) else value


class _SharedTemplate(Template):
    """A template whose macros are made once: every template knows the same names, so no page can change them."""

    def _get_default_module(self, _context: object = None) -> TemplateModule:
        return super()._get_default_module()


class FoldingEnvironment(Environment):
    """A template environment that speaks one language; without :attr:`messages` templates stay as they are written."""

    messages: NullTranslations | None = None
    template_class = _SharedTemplate

    def __init__(self, app: App, **options: Any) -> None:
        super().__init__(app, **options)
        self._components: dict[str, dict[str, Component]] = {}

    def overlay(self, *arguments: Any, **options: Any) -> FoldingEnvironment:
        """A copy with other options; it knows no component yet, as its templates may be others."""
        other = super().overlay(*arguments, **options)
        assert isinstance(other, FoldingEnvironment)  # noqa: S101 - a copy is of the same class
        other._components = {}
        return other

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The names a template knows: those set by the time it is first used, together in one place."""
        return {**self.globals, **(d or {})}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        template = super()._parse(source, name, filename)
        if self.messages is None:
            return template
        _Sentences(self.messages).visit(template)
        if not self.auto_reload:  # a page would not be made anew when the file of a component changes
            known = {here: self._components_in(other).get(there) for other, there, here in imports(template)}
            own = write_out(template, {here: component for here, component in known.items() if component})
            self._components[name or ""] = own
        template.set_environment(self)
        return template

    def _components_in(self, name: str) -> dict[str, Component]:
        if name not in self._components and self.loader is not None:
            source, filename, _ = self.loader.get_source(self, name)
            self._parse(source, name, filename)
        return self._components[name]
