"""Ready departments without Odoo: what their files say, what is wrong with them, what is made of them."""

from .check import problems
from .nodes import Node, nodes
from .reader import LANGUAGES, pack, packs, text_in

__all__ = ["LANGUAGES", "Node", "nodes", "pack", "packs", "problems", "text_in"]
