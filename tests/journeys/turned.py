"""The desks and the public site on a day that stands in a file: ``python -m tests.journeys.turned DATA``."""

from __future__ import annotations

import socket
import sys
from functools import partial
from pathlib import Path
from threading import Thread

from tests.journeys.bureau import moment
from werkzeug.serving import make_server

from zuofang.site.console.wsgi import open_desks
from zuofang.site.rendering import BilingualFlask
from zuofang.site.wsgi import open_public_site
from zuofang.storage.settings import Settings


def main() -> None:
    """Serve until the process is ended; the addresses of the desks and of the public site are the lines printed."""
    data = Path(sys.argv[1])
    (desks, desk_door), (public, public_door) = _door(), _door()
    settings = Settings(data=data, base_url=public, console_url=desks, bureau="清溪县市场监督管理局")
    clock = partial(moment, data / "now")
    Thread(target=_serve, args=(open_public_site(settings, clock), public_door), daemon=True).start()
    print(desks, public, sep="\n", flush=True)
    _serve(open_desks(settings, clock, demonstration=True), desk_door)


def _door() -> tuple[str, socket.socket]:
    door = socket.socket()
    door.bind(("127.0.0.1", 0))
    door.listen(32)
    return f"http://127.0.0.1:{door.getsockname()[1]}", door


def _serve(app: BilingualFlask, door: socket.socket) -> None:
    make_server("127.0.0.1", 0, app, threaded=True, fd=door.fileno()).serve_forever()


if __name__ == "__main__":
    main()
