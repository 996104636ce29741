"""Who is like an entry of a list: names are compared by their letters, in any order of words, by rapidfuzz.

The score of two names, 0 to 100, is the highest of three: the likeness of their letters with the words sorted
(`fuzz.ratio`), the same without spaces, and, where they share two words or more, 95 of 100 of the likeness of these
words to either name (`fuzz.token_set_ratio`), so that a middle name hides nobody.
https://rapidfuzz.github.io/RapidFuzz/Usage/fuzz.html
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

import numpy as np
from rapidfuzz import fuzz, process

from hub.screening.model import UNREADABLE, DeniedEntry, Hit, MatchedOn, Subject
from hub.screening.policy.names import compared, plain, readable

_PARTS: Final = 0.95
"""What a likeness in some of the words counts beside one in all of them."""
ADDRESS_FROM: Final = 95
"""Score from which an address alone is a match, or the channel's where that is higher: streets are much alike."""
_STEP: Final = 64
"""Names compared at once; the matrix of scores of a step stays small."""

_SHARED_WORDS: Final = 2

_Named = tuple[str, DeniedEntry]
"""A list and an entry of it."""
_Scored = tuple[int, int, int]
"""A subject, a name or address of the index, both by their number, and the score."""


class DeniedIndex:
    """Entries of lists as they are compared; made once per version of the lists."""

    def __init__(self, lists: Mapping[str, Sequence[DeniedEntry]]) -> None:
        self._lists = lists
        self._names: list[str] = []
        self._named: list[_Named] = []
        self._joined: list[str] = []
        self._joined_of: list[_Named] = []
        self._addresses: list[str] = []
        self._at_address: list[_Named] = []
        for list_name, entries in lists.items():
            for entry in entries:
                for name in dict.fromkeys(filter(None, map(compared, entry.names))):
                    self._names.append(name)
                    self._named.append((list_name, entry))
                for joined in dict.fromkeys(one for name in entry.names for one in _joined(name)):
                    self._joined.append(joined)
                    self._joined_of.append((list_name, entry))
                for address in dict.fromkeys(filter(None, map(plain, entry.addresses))):
                    self._addresses.append(_in_order(address))
                    self._at_address.append((list_name, entry))
        self._sorted = [_in_order(name) for name in self._names]
        self._with_word = defaultdict[str, list[int]](list)
        for column, name in enumerate(self._names):
            for word in set(name.split()):
                self._with_word[word].append(column)

    def part(self, list_name: str, entry_ids: Collection[str]) -> DeniedIndex:
        """Return an index of some entries of one list."""
        return DeniedIndex({list_name: [one for one in self._lists.get(list_name, ()) if one.entry_id in entry_ids]})

    def hits(self, subjects: Sequence[Subject]) -> list[list[Hit]]:
        """Return the hits of each subject, the best first; one per entry. A name that cannot be read is a hit."""
        hits: list[list[Hit]] = []
        for start in range(0, len(subjects), _STEP):
            hits += self._hits(subjects[start : start + _STEP])
        return hits

    def _hits(self, subjects: Sequence[Subject]) -> list[list[Hit]]:
        asked = [
            (number, compared(name)) for number, one in enumerate(subjects) for name in one.names if readable(name)
        ]
        best: list[dict[tuple[str, str], Hit]] = [{} for _ in subjects]
        for number, column, score in self._alike(subjects, asked):
            if score >= subjects[number].least:
                _keep(best[number], _hit(subjects[number], self._named[column], score, MatchedOn.NAME))
        least = min(subject.least for subject in subjects)
        joined = [(number, text.replace(" ", "")) for number, text in asked]
        for number, column, score in _scores(joined, self._joined, least):
            if score >= subjects[number].least:
                _keep(best[number], _hit(subjects[number], self._joined_of[column], score, MatchedOn.NAME))
        for number, column, score in self._near(subjects):
            if score >= subjects[number].least:
                _keep(best[number], _hit(subjects[number], self._at_address[column], score, MatchedOn.ADDRESS))
        found = [sorted(hits.values(), key=lambda hit: (-hit.score, hit.list_name, hit.entry_id)) for hits in best]
        for number, subject in enumerate(subjects):
            if not subject.names or not all(map(readable, subject.names)):
                found[number].append(unreadable(subject))
        return found

    def _alike(self, subjects: Sequence[Subject], asked: Sequence[tuple[int, str]]) -> Iterator[_Scored]:
        """Yield names that are alike."""
        least = min(subject.least for subject in subjects)
        yield from _scores([(number, _in_order(text)) for number, text in asked], self._sorted, least)
        for number, text in asked:
            shared = Counter(column for word in set(text.split()) for column in self._with_word.get(word, ()))
            for column, words in shared.items():
                if words >= _SHARED_WORDS:
                    yield number, column, int(fuzz.token_set_ratio(text, self._names[column]) * _PARTS)

    def _near(self, subjects: Sequence[Subject]) -> Iterator[_Scored]:
        """Yield addresses that are alike."""
        plains = [(number, plain(subject.address)) for number, subject in enumerate(subjects)]
        asked = [(number, _in_order(text)) for number, text in plains if text]
        yield from _scores(asked, self._addresses, ADDRESS_FROM)


def _joined(name: str) -> list[str]:
    """A name without spaces, as it stands, and with what is behind its comma first: `ABU TEIR, Mohammed`."""
    last, _, first = name.partition(",")
    names = [compared(name), compared(f"{first} {last}")]
    return [one.replace(" ", "") for one in names if one]


def _in_order(text: str) -> str:
    return " ".join(sorted(text.split()))


def _scores(asked: Sequence[tuple[int, str]], choices: Sequence[str], least: int) -> Iterator[_Scored]:
    """Yield what is alike by the letters as they stand."""
    if asked and choices:
        texts = [text for _, text in asked]
        matrix = process.cdist(texts, choices, scorer=fuzz.ratio, score_cutoff=least, dtype=np.float32)
        for row, column in zip(*np.nonzero(matrix), strict=True):
            yield asked[row][0], int(column), int(matrix[row, column])


def unreadable(subject: Subject) -> Hit:
    """Return the hit of a party whose name nobody could compare."""
    return Hit(
        party_id=subject.party_id,
        role=subject.role,
        party_key=subject.party_key,
        list_name=UNREADABLE,
        entry_id="-",
        entry_hash="",
        score=0,
        matched_on=MatchedOn.UNREADABLE,
    )


def _hit(subject: Subject, named: _Named, score: int, matched_on: MatchedOn) -> Hit:
    list_name, entry = named
    return Hit(
        party_id=subject.party_id,
        role=subject.role,
        party_key=subject.party_key,
        list_name=list_name,
        entry_id=entry.entry_id,
        entry_hash=entry.content_hash,
        score=score,
        matched_on=matched_on,
    )


def _keep(best: dict[tuple[str, str], Hit], hit: Hit) -> None:
    key = (hit.list_name, hit.entry_id)
    if key not in best or best[key].score < hit.score:
        best[key] = hit
