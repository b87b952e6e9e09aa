"""One person holds at most one of the roles that open reports

A migration must leave a database that the previous release can still read, and take only short locks.
"""

from collections.abc import Sequence

from alembic import op

revision: str = "0024"
down_revision: str | None = "0023"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

# Who knows what was reported must not know by whom, nor where the money goes; whoever writes to the database is refused.
ROLES = "('case_officer', 'custodian', 'finance')"
TAKEN = f"""NEW.role IN {ROLES} AND EXISTS (SELECT 1 FROM account_grant AS held WHERE held.account_id = NEW.account_id
AND held.id <> NEW.id AND held.role IN {ROLES} AND held.role <> NEW.role)"""  # noqa: S608 - constants
WHY = "one person must not hold two of the roles that open reports"
SQLITE = tuple(
    f"CREATE TRIGGER account_grant_one_seal_{verb.lower()} AFTER {verb} ON account_grant WHEN {TAKEN} "
    f"BEGIN SELECT RAISE(ABORT, '{WHY}'); END"
    for verb in ("INSERT", "UPDATE")
)
POSTGRESQL = (
    "CREATE FUNCTION account_grant_one_seal() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN IF {TAKEN} THEN RAISE EXCEPTION '{WHY}'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER account_grant_one_seal AFTER INSERT OR UPDATE ON account_grant "
    "FOR EACH ROW EXECUTE FUNCTION account_grant_one_seal()",
)


def upgrade() -> None:
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER account_grant_one_seal ON account_grant")
        op.execute("DROP FUNCTION account_grant_one_seal()")
    else:
        for verb in ("insert", "update"):
            op.execute(f"DROP TRIGGER account_grant_one_seal_{verb}")
