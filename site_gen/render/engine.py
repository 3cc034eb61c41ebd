"""The engine of the templates: Jinja, with code that does less for the same bytes.

Jinja makes an object of each piece of text that a template shows, asks each thing that is called
whether it wants the context, and looks for an attribute before it looks for a key. Here a piece is
text, what is called is called, a dictionary is asked for its keys, and what a language makes of
words without a hole is found once, when a template is read. What templates may say is the same.
"""

from __future__ import annotations

import keyword
from collections.abc import Callable
from typing import Any

import jinja2
from jinja2 import nodes, runtime
from jinja2.compiler import CodeGenerator, Frame
from jinja2.utils import missing
from markupsafe import Markup

from site_gen.render.messages import html_of

_OF_DICTIONARIES = frozenset(dir(dict))
"""Attributes of every dictionary, which come before its keys."""


def _words(node: nodes.Node) -> str | None:
    """The words of ``_("words")``, where they have no hole."""
    if (
        isinstance(node, nodes.Call)
        and isinstance(node.node, nodes.Name)
        and node.node.name == "_"
        and len(node.args) == 1
        and isinstance(node.args[0], nodes.Const)
        and not (node.kwargs or node.dyn_args or node.dyn_kwargs)
    ):
        return str(node.args[0].value)
    return None


class _Macro(runtime.Macro):
    """A macro, which is called most often with no names before its values."""

    def __init__(self, environment: jinja2.Environment, func: Callable[..., str], *told: Any):
        super().__init__(environment, func, *told)
        _, arguments, catches_names, catches_values, caller, autoescape = told
        simple = autoescape and not (catches_names or catches_values or caller)
        self.quick = func if simple else None
        self.most = len(arguments)

    def __call__(self, *args: Any, **named: Any) -> str:
        """Its markup."""
        if self.quick is None or named or len(args) > self.most:
            return super().__call__(*args, **named)
        return Markup(self.quick(*args, *(missing,) * (self.most - len(args))))


class _Code(CodeGenerator):
    """The Python that a template becomes."""

    environment: Environment

    def write_commons(self) -> None:
        """The names that every function begins with."""
        super().write_commons()
        self.writeline("shown = environment.shown")
        self.writeline("attribute = environment.getattr")
        self.writeline("Macro = environment.macro")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        """``a.b``."""
        self.write("attribute(")
        self.visit(node.node, frame)
        self.write(f", {node.attr!r})")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        """``f(a, b=c)``; nothing that templates of ours are given asks for the context."""
        words = _words(node)
        if words is not None:
            self.write(repr(self.environment.said(words)))
            return
        names = [k.key for k in node.kwargs]
        if forward_caller or node.dyn_args or node.dyn_kwargs or any(map(keyword.iskeyword, names)):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for part in (*node.args, *node.kwargs):
            self.visit(part, frame)
            self.write(", ")
        self.write(")")

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:
        words = _words(node)
        if words is not None:
            return self.environment.said(words)
        return super()._output_child_to_const(node, frame, finalize)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
            return
        self.write("shown(")
        if finalize.src is not None:
            self.write(finalize.src)


class Environment(jinja2.Environment):
    """Jinja's environment with that code."""

    code_generator_class = _Code
    shown = staticmethod(html_of)
    macro = _Macro

    def said(self, words: str) -> Markup:
        """What the language of the site makes of words of ours."""
        say: Callable[[str], Markup] = self.globals["_"]  # type: ignore[assignment]
        return say(words)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """``obj.attribute``: of a dictionary most often a key."""
        if type(obj) is dict and attribute not in _OF_DICTIONARIES:
            try:
                return obj[attribute]
            except KeyError:
                return self.undefined(obj=obj, name=attribute)
        try:
            return getattr(obj, attribute)
        except AttributeError:
            return super().getattr(obj, attribute)
