"""The desks served on a day that stands in a file: ``python turned.py DATA``; the test writes ``DATA/now``."""

from __future__ import annotations

import socket
import sys
from datetime import datetime
from pathlib import Path

from werkzeug.serving import make_server

from zuofang.site.console.wsgi import open_desks
from zuofang.storage.settings import Settings


def main() -> None:
    """Serve until the process is ended; the address is the first line that is printed."""
    data = Path(sys.argv[1])
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen(32)
        address = f"http://127.0.0.1:{door.getsockname()[1]}"
        settings = Settings(data=data, console_url=address, bureau="清溪县市场监督管理局")
        desks = open_desks(settings, lambda: datetime.fromisoformat((data / "now").read_text()), demonstration=True)
        print(address, flush=True)
        make_server("127.0.0.1", 0, desks, threaded=True, fd=door.fileno()).serve_forever()


if __name__ == "__main__":
    main()
