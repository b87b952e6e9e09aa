"""The configuration of one server, to be written where its daemon reads it."""

from __future__ import annotations

from pathlib import Path

from zuofang.search.sphinx.layout import SLOTS, STATE, Layout, table
from zuofang.search.sphinx.servers import Address

TABLE = """index {name}
{{
    type = rt
    path = {folder}/{name}
    rt_field = names
    rt_field = rest
    rt_field = heard
    rt_field = initials
    rt_attr_bigint = rank
    rt_attr_multi = has
    charset_table = 0..9, a..z, _
    dict = keywords
    min_prefix_len = 2
    rt_mem_limit = {memory}M
}}
"""
NOTES = """index {name}
{{
    type = rt
    path = {folder}/{name}
    rt_field = nothing
    rt_attr_bigint = generation
    rt_attr_bigint = step
}}
"""
DAEMON = """searchd
{{
    listen = {address}:mysql41
    log = {folder}/searchd.log
    pid_file = {folder}/searchd.pid
    binlog_path =
    workers = threads
    thread_stack = 4M
    dist_threads = 2
    preopen_indexes = 1
    rt_flush_period = 3600
}}
"""


def configuration(number: int, servers: int, address: Address, folder: Path, memory: int = 128) -> str:
    """The configuration of a server, counted from 1: the tables that it holds, a table of notes, and where it listens.

    ``memory`` is how many megabytes of a table stay in memory until they are written to its disk.
    """
    held = Layout(0, SLOTS[0], servers).held_by(number - 1)
    tables = (TABLE.format(name=table(slot, shard), folder=folder, memory=memory) for slot in SLOTS for shard in held)
    return "\n".join((*tables, NOTES.format(name=STATE, folder=folder), DAEMON.format(address=address, folder=folder)))
