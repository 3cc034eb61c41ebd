"""The engine of the templates: what plain Jinja makes of a template, it makes too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import jinja2
import pytest
from markupsafe import Markup, escape

from site_gen.model.message import say
from site_gen.render.engine import Environment
from site_gen.render.messages import html_of, say_html

AWKWARD = "<b title='a \"b\"'>Q & A</b>"


@dataclass(frozen=True, slots=True)
class Record:
    """A record with a name."""

    name: str = AWKWARD


def translate(words: str, **values: Any) -> Markup:
    """Words as a catalogue gives them."""
    return escape(words.format(**values).upper())


TEMPLATES = {
    "values": "{{ text }} {{ number }} {{ half }} {{ nothing }} {{ html }} {{ yes }} {{ said }}",
    "attributes": "{{ record.name }} {{ given.name }} {{ given['items'] }} {{ given.get('no') }}",
    "methods": "{% for k, v in given.items() %}{{ k }}={{ v }};{% endfor %}",
    "missing": "{{ given.other is defined }} {{ record.other is defined }}",
    "words": "{{ _('Q & A') }}{{ _('as {x}', x=text) }}<a title='{{ _('no' ) if yes }}'>",
    "loops": "{% for x in many %}{{ loop.index }}{{ x }}{{ ', ' if not loop.last }}{% endfor %}",
    "macro": "{% macro m(a, b='<') %}{{ a }}{{ b }}{% endmacro %}{{ m(text) }}{{ m(1, b=2) }}"
    "{{ m(1, 2) }}",
    "caller": "{% macro m(a) %}[{{ caller() }}{{ a }}]{% endmacro %}"
    "{% call m(text) %}{{ text }}{% endcall %}",
    "several": "{% macro m() %}{{ varargs|join('+') }}{{ kwargs.z }}{% endmacro %}"
    "{{ m(1, text, z=3) }}",
    "spread": "{{ _(*['{x}'], **{'x': text}) }}",
    "not escaped": "{% autoescape false %}{{ text }}{{ _('<i>') }}{% endautoescape %}{{ text }}",
    "set": "{% set x %}<p>{{ text }}</p>{% endset %}{{ x }}{{ x ~ text }}",
}


def shown(kind: type[jinja2.Environment], template: str) -> str:
    """A template with every kind of value."""
    env = kind(autoescape=True, undefined=jinja2.StrictUndefined)
    env.globals["_"] = translate
    return env.from_string(template).render(
        text=AWKWARD,
        number=3,
        half=0.5,
        nothing=None,
        yes=True,
        html=Markup("<br>"),
        said=say_html("<i>{x}</i>", x=AWKWARD),
        record=Record(),
        given={"name": AWKWARD, "items": 2},
        many=["<", say("a & b"), 3],
    )


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_says_what_it_says_with_plain_jinja(name: str) -> None:
    """Every way to say something in a template."""
    assert shown(Environment, TEMPLATES[name]) == shown(jinja2.Environment, TEMPLATES[name])


@pytest.mark.parametrize("template", ["{{ other }}", "{{ given.other }}", "{{ other() }}"])
def test_what_is_not_there_is_asked_for_in_vain(template: str) -> None:
    """Both refuse it, in the same words."""
    told = []
    for kind in (Environment, jinja2.Environment):
        with pytest.raises(jinja2.UndefinedError) as fault:
            shown(kind, template)
        told.append(str(fault.value))
    assert told[0] == told[1]


@pytest.mark.parametrize("value", [AWKWARD, say(AWKWARD), Markup(AWKWARD), 3, 0.5, None, True])
def test_a_value_is_escaped_as_markupsafe_does(value: Any) -> None:
    """The same characters."""
    assert str(html_of(value)) == str(escape(value))
