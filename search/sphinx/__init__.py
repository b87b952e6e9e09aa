"""The engine for a province: documents spread over several servers that speak SphinxQL, each document on two of them.

Sphinx and its successor Manticore speak it. :mod:`layout` says what lies where, :mod:`spelling` how documents and words
are spelt there, :mod:`servers` speaks to them, :mod:`engine` writes and :mod:`reader` asks.
"""
