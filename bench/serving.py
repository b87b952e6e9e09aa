"""The label page in production beside nginx and beside Datasette: answers a second, and processor time for each.

Run: ``make bench BENCH=bench/serving.py``. All servers answer over the loop-back; rounds take turns.

* unchanged: one page again and again, by granian as ``docs/operations.md`` starts it; beside it nginx with the very
  bytes of that answer in a file.
* built anew: pages of many packets, each of which tells how often it was scanned and is therefore never kept; beside
  them Datasette's page of a row of the same database, for as many batches.
"""

import getpass
import statistics
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from measure import (
    HOST,
    Installation,
    Load,
    free_port,
    granian,
    in_turns,
    install,
    load,
    processor_time,
    program,
    ratio,
    running,
    server,
    tell,
)
from sqlalchemy import select

from zuofang.traceability.models import Batch

ROUNDS, SECONDS, PACKETS = 5, 3, 8_000
RATE_LIMIT, PROCESSOR_LIMIT = 0.45, 0.4
"""Targets: share of nginx's answers a second, share of Datasette's processor time for an answer."""
HEADERS = {"Host": HOST, "Accept-Encoding": "gzip"}
NGINX = """
daemon off; {user} worker_processes 2; pid {folder}/nginx.pid; error_log stderr;
events {{ worker_connections 256; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000;
  client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
  uwsgi_temp_path {folder}; scgi_temp_path {folder};
  upstream site {{ server 127.0.0.1:{site}; keepalive 16; }}
  server {{
    listen 127.0.0.1:{port};
    location /file/ {{ root {folder}; default_type "text/html; charset=utf-8"; add_header Content-Encoding gzip; }}
    location / {{
      proxy_pass http://site; proxy_http_version 1.1; proxy_set_header Host $host; proxy_set_header Connection "";
    }}
  }}
}}
"""


@contextmanager
def nginx(folder: Path, answer: bytes, site: int) -> Iterator[int]:
    """nginx with the bytes of an answer in a file, and in front of the site as in production; answers its port."""
    port, file = free_port(), folder / "file" / "label"
    file.parent.mkdir()
    file.write_bytes(answer)
    user = "user root;" if getpass.getuser() == "root" else ""
    written = folder / "nginx.conf"
    written.write_text(NGINX.format(folder=folder, port=port, site=site, user=user))
    command = [program("nginx", "nginx-light"), "-c", str(written), "-p", str(folder)]
    with running(command, f"http://127.0.0.1:{port}/file/label"):
        yield port


def fetch(port: int, path: str) -> bytes:
    """An answer as it is sent."""
    with urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=HEADERS)) as answer:
        body: bytes = answer.read()
        return body


def unchanged(city: Installation, site: int, folder: Path) -> None:
    """The page of a code that all packets of a batch share."""
    path = f"/t/{city.released}"
    with nginx(folder, fetch(site, path), site) as web:
        asked = partial(load, seconds=SECONDS, headers=HEADERS, folder=folder)
        found = in_turns(
            {
                "nginx, the same bytes from a file": lambda: asked(web, ["/file/label"]).rate,
                "label page by granian": lambda: asked(site, [path]).rate,
                "label page by nginx before granian": lambda: asked(web, [path]).rate,
            },
            ROUNDS,
        )
    beside, own, _ = found.values()
    for way, rates in found.items():
        print(f"{way:36} {statistics.median(rates):8.0f} a second   {ratio(rates, beside):5.2f} × nginx")
    share = ratio(own, beside)
    tell(f"unchanged, at least {RATE_LIMIT} of nginx with the same bytes", f"{share:.2f}", share >= RATE_LIMIT)


def built(city: Installation, site: int, server_process: int, folder: Path) -> None:
    """Pages of packets, and rows of the table of batches."""
    packets = [f"/t/{code}" for code in city.packets(PACKETS)]
    with city.office.database.read.connect() as connection:
        rows = [f"/zuofang/batch/{batch}" for (batch,) in connection.execute(select(Batch.id))]
    port = free_port()
    file = str(city.settings.data / "zuofang.db")
    command = [server("datasette"), "serve", file, "--port", str(port), "--setting", "default_cache_ttl", "0"]
    with running(command, f"http://127.0.0.1:{port}{rows[0]}") as datasette:
        asked = partial(load, seconds=SECONDS, headers=HEADERS, folder=folder)
        found = in_turns(
            {
                "Datasette, page of a row": lambda: each(datasette, partial(asked, port, rows)),
                "label page from the database": lambda: each(server_process, partial(asked, site, packets)),
            },
            ROUNDS,
        )
    beside, own = found.values()
    for way, costs in found.items():
        print(f"{way:36} {statistics.median(costs):8.0f} µs an answer   {ratio(costs, beside):5.2f} × Datasette")
    share = ratio(own, beside)
    tell(f"built anew, at most {PROCESSOR_LIMIT} of a row of Datasette", f"{share:.2f}", share <= PROCESSOR_LIMIT)


def each(process: int, bear: partial[Load]) -> float:
    """Microseconds of processor time, of the server and all its workers, for one answer."""
    began = processor_time(process)
    answers = bear().answers
    return (processor_time(process) - began) / answers * 1e6


def main() -> None:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.chmod(0o755)
        city = install(folder / "city")
        site = free_port()
        process = stack.enter_context(running(*granian(city, site)))
        unchanged(city, site, folder)
        built(city, site, process, folder)


if __name__ == "__main__":
    main()
