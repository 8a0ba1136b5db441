"""Nodes to plain Python values, with what is wrong on the way."""

from __future__ import annotations

import unicodedata

from ruamel.yaml.constructor import SafeConstructor
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from cchc_gforms.errors import Problem
from cchc_gforms.yaml_file.nodes import name_of, place_of

_CORE = "tag:yaml.org,2002:"
_KNOWN = {
    _CORE + tag
    for tag in ("map", "seq", "str", "int", "float", "bool", "null", "timestamp", "merge")
}


class Builder:
    """Builds the value of a document; `problems` holds what it could not build as written."""

    def __init__(self, file: str, constructor: SafeConstructor) -> None:
        self.problems: list[Problem] = []
        self._file = file
        self._constructor = constructor
        self._built: dict[int, object] = {}
        self._open: set[int] = set()

    def build(self, node: Node | None) -> object:
        """The value of a node; an aliased node is built once and shared."""
        if node is None:
            return None
        known = id(node)
        if known in self._open:
            self._report(node, "YAML-CYCLE", "bí danh (*) trỏ về chính nó", "bỏ bí danh này")
            return None
        if known not in self._built:
            self._open.add(known)
            self._built[known] = self._value(node)
            self._open.discard(known)
        return self._built[known]

    def _value(self, node: Node) -> object:
        if str(node.tag) not in _KNOWN:
            self._report(node, "YAML-TAG", f"không dùng thẻ {node.tag} ở đây", "bỏ thẻ này")
            return None
        if isinstance(node, MappingNode):
            return self._mapping(node)
        if isinstance(node, SequenceNode):
            return [self.build(item) for item in node.value]
        assert isinstance(node, ScalarNode)
        return self._scalar(node)

    def _mapping(self, node: MappingNode) -> dict[str, object]:
        values: dict[str, object] = {}
        for key, value in node.value:
            name = name_of(key)
            if name is None:
                fix = "viết khóa là một từ, không phải danh sách hay nhóm"
                self._report(key, "YAML-WRONG-TYPE", "khóa phải là chữ", fix)
            elif name in values:
                fix = "giữ lại một dòng, hoặc gộp nội dung hai chỗ làm một"
                self._report(key, "YAML-DUPLICATE-KEY", f"khóa '{name}' xuất hiện lần nữa", fix)
            else:
                values[name] = self.build(value)
        return values

    def _scalar(self, node: ScalarNode) -> object:
        try:
            value = self._constructor.construct_object(node)
        except ValueError:  # 2022-02-30: stays text, and whoever wants a date says so
            value = node.value
        return unicodedata.normalize("NFC", value) if isinstance(value, str) else value

    def _report(self, node: Node, code: str, message: str, fix: str) -> None:
        self.problems.append(Problem(code, place_of(node, self._file), message, fix))
