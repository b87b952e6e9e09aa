"""Several workers over one database: each keeps pages, and none tells what is no longer true."""

import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask.testing import FlaskClient
from tests import scene
from tests.conftest import NOON
from tests.scene import WHY
from tests.site.test_label import page, put_on_shelf, ring

from zuofang.storage.acts import Office
from zuofang.traceability.acts import recalls
from zuofang.traceability.codes import mint

WORKER = textwrap.dedent("""
    import sys
    from datetime import datetime
    from pathlib import Path
    from zuofang.site.wsgi import open_public_site
    from zuofang.storage.settings import Settings
    data, now = Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2])
    site = open_public_site(Settings(data=data, base_url="https://zf.example.cn"), clock=lambda: now)
    for line in sys.stdin:
        print(site.test_client().get(line.strip()).get_data(as_text=True).count(sys.argv[3]), flush=True)
""")
RECALLED = "检出沙门氏菌"


class Worker:
    """A process of its own that answers."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def tells_of_the_recall(self, code: str) -> bool:
        assert self.process.stdin
        assert self.process.stdout
        print(f"/t/{code}", file=self.process.stdin, flush=True)
        return int(self.process.stdout.readline()) > 0


@contextmanager
def worker(data: Path) -> Iterator[Worker]:
    command = [sys.executable, "-c", WORKER, str(data), NOON.isoformat(), RECALLED]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Worker(process)


def test_after_an_act_the_next_answer_of_every_worker_is_new(
    reader: FlaskClient, writer: Office, tmp_path: Path
) -> None:
    with writer.writing("lab") as desk:
        made = scene.released(desk)
        put_on_shelf(desk, made)
        code = mint(ring(desk), made.batch.id)
    with worker(tmp_path) as other:

        def told() -> list[bool]:
            return [RECALLED in page(reader, code), other.tells_of_the_recall(code)]

        assert [told() for _ in range(3)] == [[False, False]] * 3, "the second and third answer come from memory"
        with writer.writing("officer") as desk:
            recalls.recall(desk, desk.session.merge(made.batch), 1, RECALLED, NOON, WHY)
        assert told() == [True, True]
