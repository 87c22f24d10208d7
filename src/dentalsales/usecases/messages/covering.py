"""How much of what was written a name explains: every letter of it, those that sound like it, or something near."""

from collections.abc import Sequence

from dentalsales.usecases.messages.catalogue import Article, Group, sound_of

SOFT = frozenset("色号码型款装式牌系列")
"""Letters that follow a word and name nothing."""
HALF = 0.5
SOUNDS_ALIKE, NEARLY = 0.92, 0.85
"""What an explanation by sound, and by likeness, is worth."""


def covered(word: str, *texts: str, ends: frozenset[str] = frozenset(), singles: str = "") -> int:
    """Return how many letters of a word stand in the texts, in pieces of two and more; single ones count at `ends`."""
    count = len(word)
    best = [0] * (count + 1)
    for begin in range(count - 1, -1, -1):
        best[begin] = best[begin + 1] + (1 if begin and word[begin] in SOFT else 0)
        if word[begin] in ends or word[begin] in singles:
            best[begin] = max(best[begin], best[begin + 1] + 1)
        for end in range(begin + 2, count + 1):
            piece = word[begin:end]
            if not any(piece in text for text in texts):
                break
            best[begin] = max(best[begin], end - begin + best[end])
    return best[0]


def name_share(words: Sequence[str], group: Group) -> int:
    """Return how many letters the names of a group explain; none when what it is was not said: 通用 is no adhesive."""
    if not any(letter in group.ends for word in words for letter in word):
        return 0
    return max(covered(word, group.text) for word in words)


def unexplained(words: Sequence[str], article: Article) -> list[str]:
    """Return the words of which an article explains less than half, even by their sound."""
    return [word for word in words if word_score([word], article) < HALF]


def potential(words: Sequence[str], group: Group) -> float:
    """Return the share of the letters that the best article of a group can explain."""
    total = sum(map(len, words))
    found = sum(covered(word, group.text, group.told, ends=group.ends, singles=group.told) for word in words)
    return found / total if total else 0.0


def word_score(words: Sequence[str], article: Article) -> float:
    """Return 1.0 when every letter is explained by the article, less when only by sound or likeness."""
    total = sum(map(len, words))
    if not total:
        return 1.0
    group, told = article.group, " ".join(article.words)
    exact = sum(covered(word, group.text, told, ends=group.ends, singles=told) for word in words) / total
    if exact == 1.0:
        return 1.0
    sounds = told_sound = sound_of(told)
    ends = frozenset(map(sound_of, group.ends))
    alike = sum(covered(sound_of(word), group.sound, sounds, ends=ends, singles=told_sound) for word in words) / total
    from rapidfuzz import fuzz

    like = sum(fuzz.partial_ratio(word, f"{group.text} {told}") * len(word) for word in words) / total / 100
    return max(exact, SOUNDS_ALIKE * min(alike, 1.0), NEARLY * like)
