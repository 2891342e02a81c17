"""Reads a pattern into a tree of tuples, and names the place where it cannot be read."""

MAX_LENGTH = 500
MAX_REPEAT = 100
MAX_DEPTH = 50
#: What ``\d`` and its like mean: how to tell, and whether the opposite is meant.
CLASSES = {
    "d": (str.isdigit, False),
    "D": (str.isdigit, True),
    "s": (str.isspace, False),
    "S": (str.isspace, True),
    "w": (lambda char: char.isalnum() or char == "_", False),
    "W": (lambda char: char.isalnum() or char == "_", True),
}
CONTROLS = {"t": "\t", "n": "\n", "r": "\r"}
BORDERS = {"b": "border", "B": "no_border"}


class PatternError(ValueError):
    """A pattern that is refused: ``code`` says why, ``position`` where (characters from 1)."""

    def __init__(self, code, position):
        super().__init__(f"{code} at {position}")
        self.code = code
        self.position = position


def parse(pattern):
    """Return the tree of ``pattern``.

    Nodes are ``("char", test)``, ``("border", kind)``, ``("sequence", [nodes])``, ``("choice", [nodes])`` and
    ``("repeat", node, least, most)``; ``most`` is None without an end.

    :raises PatternError: for what cannot be read, or cannot be answered in linear time
    """
    if len(pattern) > MAX_LENGTH:
        raise PatternError("too_long", MAX_LENGTH)
    reader = _Reader(pattern)
    tree = reader.choice()
    if reader.peek() == ")":
        raise reader.error("closing_bracket")
    return tree


def folded(char):
    """Return a letter as texts have it: small, and ё as е."""
    small = char.lower()
    small = small if len(small) == 1 else char
    return "е" if small == "ё" else small


class _Reader:
    def __init__(self, pattern):
        self.pattern = pattern
        self.place = 0
        self.depth = 0

    def peek(self):
        return self.pattern[self.place : self.place + 1]

    def take(self):
        char = self.peek()
        self.place += 1
        return char

    def error(self, code, place=None):
        return PatternError(code, (self.place if place is None else place) + 1)

    # -------------------------------------------------------------- structure
    def choice(self):
        branches = [self.sequence()]
        while self.peek() == "|":
            self.take()
            branches.append(self.sequence())
        return branches[0] if len(branches) == 1 else ("choice", branches)

    def sequence(self):
        nodes = []
        while self.peek() and self.peek() not in "|)":
            nodes.append(self.repeats(self.atom()))
        return ("sequence", nodes)

    def repeats(self, node):
        place = self.place
        bounds = self.bounds()
        if bounds is None:
            return node
        if self.peek() == "?":  # as few as possible: the same for a yes or no
            self.take()
        if self.peek() and self.peek() in "*+?":
            raise self.error("repeat_twice")
        least, most = bounds
        if max(least, most or 0) > MAX_REPEAT:
            raise self.error("repeat_too_often", place)
        if most is not None and most < least:
            raise self.error("repeat_order", place)
        return ("repeat", node, least, most)

    def bounds(self):
        """Return the least and the most number of a repetition that stands here, or None."""
        simple = {"*": (0, None), "+": (1, None), "?": (0, 1)}
        if self.peek() in simple:
            return simple[self.take()]
        if self.peek() != "{":
            return None
        end = self.pattern.find("}", self.place)
        parts = self.pattern[self.place + 1 : max(end, 0)].split(",")
        if end < 0 or len(parts) > 2 or not all(_is_number(part) for part in parts):
            if end >= 0 and len(parts) == 2 and _is_number(parts[0]) and not parts[1]:
                self.place = end + 1
                return int(parts[0]), None
            raise self.error("braces")
        self.place = end + 1
        return int(parts[0]), int(parts[-1])

    # ------------------------------------------------------------------ atoms
    def atom(self):
        place = self.place
        char = self.take()
        if char == "(":
            return self.group(place)
        if char == "[":
            return ("char", self.char_set(place))
        if char == "\\":
            return self.escape(place)
        if char == ".":
            return ("char", _is_no_line_end)
        if char in "^$":
            return ("border", "line_start" if char == "^" else "line_end")
        if char in "*+?{":
            raise self.error("nothing_to_repeat", place)
        return ("char", _same(char))

    def group(self, place):
        if self.peek() == "?":
            self.take()
            if self.take() != ":":
                raise self.error("look_around", place)
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.error("too_deep", place)
        node = self.choice()
        self.depth -= 1
        if self.take() != ")":
            raise self.error("open_bracket", place)
        return node

    def escape(self, place):
        char = self.take()
        if char in BORDERS and char:
            return ("border", BORDERS[char])
        return ("char", self.escaped(char, place))

    def escaped(self, char, place):
        """Return the test of an escaped character."""
        if not char:
            raise self.error("escape_end", place)
        if char in CLASSES:
            return _of_class(*CLASSES[char])
        if char in CONTROLS:
            return _same(CONTROLS[char])
        if char.isdigit():
            raise self.error("back_reference", place)
        if char.isalpha():
            raise self.error("unknown_escape", place)
        return _same(char)

    def char_set(self, place):
        negated = self.peek() == "^"
        if negated:
            self.take()
        tests = []
        while self.peek() != "]" or not tests:
            char = self.take()
            if not char:
                raise self.error("open_set", place)
            tests.append(self.set_item(char, place))
        self.take()
        return _any_of(tests, negated)

    def set_item(self, char, place):
        if char == "\\":
            here = self.place - 1
            char = self.take()
            if char in CLASSES or char in CONTROLS or not char or char.isalnum():
                return self.escaped(char, here)
        if self.peek() != "-" or self.pattern[self.place + 1 : self.place + 2] in ("]", ""):
            return _same(char)
        here = self.place - 1
        self.take()
        last = self.take()
        if last == "\\":
            last = self.take()
        if last < char:
            raise self.error("range_order", here)
        return _between(char, last)


def _is_number(text):
    return text.isascii() and text.isdigit() and len(text) < 7


def _is_no_line_end(char):
    return char != "\n"


def _same(char):
    wanted = folded(char)
    return lambda char: char == wanted


def _of_class(test, negated):
    return lambda char: test(char) != negated


def _between(first, last):
    return lambda char: first <= char <= last or first <= char.upper() <= last


def _any_of(tests, negated):
    return lambda char: any(test(char) for test in tests) != negated
