"""Every table of the product, gathered for comparison with the migrations."""

from zuofang.credit import models as credit
from zuofang.programmes import models as programmes
from zuofang.reporting import models as reporting
from zuofang.reporting.cases import models as cases
from zuofang.search import models as search
from zuofang.storage import editions, errands, journal, outbox
from zuofang.storage.accounts import models as accounts
from zuofang.storage.base import Base
from zuofang.traceability import models as traceability

ROOMS = (accounts, cases, credit, editions, errands, journal, outbox, programmes, reporting, search, traceability)
METADATA = Base.metadata
