# `textwrap`.


def wrap(text, width=70, initial_indent="", subsequent_indent="", **options):
    lines, line, indent = [], "", initial_indent
    for word in text.split():
        while len(indent) + len(word) > width and not line:
            room = max(1, width - len(indent))
            lines.append(indent + word[:room])
            word, indent = word[room:], subsequent_indent
        if not line:
            line = word
        elif len(indent) + len(line) + 1 + len(word) <= width:
            line += " " + word
        else:
            lines.append(indent + line)
            line, indent = word, subsequent_indent
    if line:
        lines.append(indent + line)
    return lines


def fill(text, width=70, **options):
    return "\n".join(wrap(text, width, **options))


def shorten(text, width, placeholder=" [...]", **options):
    words = text.split()
    if len(" ".join(words)) <= width:
        return " ".join(words)
    while words and len(" ".join(words)) + len(placeholder) > width:
        words.pop()
    return " ".join(words) + placeholder if words else placeholder.strip()


def dedent(text):
    lines = text.split("\n")
    margins = [line[:len(line) - len(line.lstrip())] for line in lines if line.strip()]
    margin = min(margins, key=len) if margins else ""
    while margin and not all(m.startswith(margin) for m in margins):
        margin = margin[:-1]
    return "\n".join([line[len(margin):] if line.strip() else "" for line in lines])


def indent(text, prefix, predicate=None):
    lines = text.splitlines(True)
    return "".join([prefix + line if (line.strip() if predicate is None else predicate(line)) else line for line in lines])
