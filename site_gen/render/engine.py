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
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer

from site_gen.render.messages import html_of

_OF_DICTIONARIES = frozenset(dir(dict))
"""Attributes of every dictionary, which come before its keys."""


class _Words(NodeTransformer):
    """Puts in the place of words of ours without a hole what the language makes of them."""

    def __init__(self, environment: jinja2.Environment) -> None:
        self.environment = environment
        self.say: Callable[[str], str] = environment.globals["_"]  # type: ignore[assignment]

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        """``_("words")`` as its markup."""
        words = node.args[0] if len(node.args) == 1 else None
        if (
            not isinstance(node.node, nodes.Name)
            or node.node.name != "_"
            or not isinstance(words, nodes.Const)
            or node.kwargs
            or node.dyn_args
            or node.dyn_kwargs
        ):
            return self.generic_visit(node)
        return nodes.Const(self.say(words.value), lineno=node.lineno, environment=self.environment)


class _Code(CodeGenerator):
    """The Python that a template becomes."""

    def write_commons(self) -> None:
        """The names that every function begins with."""
        super().write_commons()
        self.writeline("shown = environment.shown")
        self.writeline("attribute = environment.getattr")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        """``a.b``."""
        self.write("attribute(")
        self.visit(node.node, frame)
        self.write(f", {node.attr!r})")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        """``f(a, b=c)``; nothing that templates of ours are given asks for the context."""
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

    def _generate(self, source: nodes.Template, *args: Any, **named: Any) -> str:
        return super()._generate(_Words(self).visit(source), *args, **named)
