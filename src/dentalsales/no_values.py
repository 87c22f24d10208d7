"""An error told without the values it met: a customer's name, a phone number or a password may be among them."""

import re
import traceback

WORDS = frozenset(
    "a an and argument arguments attribute attributes be because been before bytes call callable can cannot changed "
    "closed column constraint could critical data database deleted descriptor dict did directory disk divide division "
    "does empty error expected failed file for found from full function get given got group has have import in index "
    "int integer invalid is it item items iterable iteration key keyword list local locked long lock match maximum "
    "memory method missing module more must name no none nonetype not null object of on one only open operand "
    "operation option or permission positional range read readonly recursion required sequence server set signal size "
    "slot sqlite str string subscriptable such support supported syntax table takes than that the thread timeout to "
    "too transaction tuple type types unexpected unhashable unique unknown unpack unsupported value values variable "
    "was were when where while widget window with without write zero".split()
)
"""What Python, the database and Qt say about errors; all other words of a message may be somebody's data."""
MOST_LETTERS, MOST_FRAMES, MOST_LINKS = 400, 40, 5
_WORD = re.compile(r"\w+")
_PLACE = re.compile(r".*(?:site-packages|dist-packages|src|lib)[/\\]")


def without_values(error: BaseException) -> str:
    """Return kind, place and shape of an error and of those that led to it; only the program's own words are left."""
    told, seen = list[str](), set[int]()
    one: BaseException | None = error
    while one is not None and id(one) not in seen and len(seen) < MOST_LINKS:
        seen.add(id(one))
        frames = traceback.extract_tb(one.__traceback__)[-MOST_FRAMES:]
        known = WORDS.union(*(_WORD.findall(f"{frame.line} {frame.name}") for frame in frames))
        told.append(f"{type(one).__module__}.{type(one).__qualname__}: {known_words(str(one), known)}")
        for frame in frames:
            told.append(f"  {_PLACE.sub('', frame.filename)}:{frame.lineno} {frame.name}\n    {frame.line}")
        one = one.__cause__ or one.__context__
    return "\n".join(told)


def known_words(message: str, known: frozenset[str] = WORDS) -> str:
    """Return a message in which every word that is not known is a dot."""
    return _WORD.sub(lambda word: word.group() if _is_known(word.group(), known) else "·", message[:MOST_LETTERS])


def _is_known(word: str, known: frozenset[str]) -> bool:
    return not any(letter.isdigit() for letter in word) and (word in known or word.lower() in WORDS)
