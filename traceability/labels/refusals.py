"""What the label room says no to."""

from __future__ import annotations

from zuofang.rules.sentences import Sentence


class LabelRefused(Exception):
    """A label, a sheet or a picture was refused; the sentence says why in words for the person who tried."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence
