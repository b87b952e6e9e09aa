"""Zones and operators

A migration must leave a database that the previous release can still read, and take only short locks.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:

    op.create_table(
        "district",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=6), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_district")),
        sa.UniqueConstraint("code", "since", name=op.f("uq_district_code_since")),
    )
    with op.batch_alter_table("district", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_district_code"), ["code"], unique=False)

    op.create_table(
        "workshop",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "workshop",
                "stall",
                "small_catering",
                name="operator_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("operator", sa.String(length=200), nullable=True, comment="经营者姓名, as the certificate shows it"),
        sa.Column("credit_code", sa.String(length=18), nullable=True),
        sa.Column(
            "identity",
            sa.LargeBinary(length=32),
            nullable=True,
            comment="keyed digest of the identity number, never shown",
        ),
        sa.Column("province", sa.String(length=2), nullable=False),
        sa.Column("district_code", sa.String(length=6), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=100), nullable=True, comment="the contact that stands on the label"),
        sa.Column("permitted_place", sa.String(length=200), nullable=True, comment="stalls: where they may trade"),
        sa.Column("permitted_hours", sa.String(length=100), nullable=True, comment="stalls: when they may trade"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop")),
        sa.UniqueConstraint("credit_code", name=op.f("uq_workshop_credit_code")),
        sa.UniqueConstraint("identity", name=op.f("uq_workshop_identity")),
        sa.UniqueConstraint("name", "address", name=op.f("uq_workshop_name_address")),
    )
    with op.batch_alter_table("workshop", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_workshop_district_code"), ["district_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_workshop_name"), ["name"], unique=False)

    op.create_table(
        "zone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False, comment="the zone's part of its address, for ever"),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("district_code", sa.String(length=6), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("manager", sa.String(length=200), nullable=True, comment="managing body 管理机构"),
        sa.Column("phone", sa.String(length=100), nullable=True, comment="telephone of the managing body's office"),
        sa.Column("area", sa.String(length=32), nullable=True, comment="square metres of floor 建筑面积"),
        sa.Column("map_x", sa.Integer(), nullable=True, comment="place on the schematic map, 0–1000 from the west"),
        sa.Column("map_y", sa.Integer(), nullable=True, comment="place on the schematic map, 0–1000 from the north"),
        sa.Column("brand", sa.String(length=200), nullable=True),
        sa.Column("brand_mark", sa.String(length=4000), nullable=True, comment="SVG path data in a 100 by 100 field"),
        sa.Column("story", sa.String(length=4000), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_zone")),
        sa.UniqueConstraint("slug", name=op.f("uq_zone_slug")),
    )
    with op.batch_alter_table("zone", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_zone_district_code"), ["district_code"], unique=False)

    op.create_table(
        "certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False, comment="key in certificates.csv"),
        sa.Column("number", sa.String(length=100), nullable=False),
        sa.Column("issuer", sa.String(length=200), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True, comment="last day; empty where the province sets no term"),
        sa.Column("scope", sa.String(length=4000), nullable=True, comment="品种明细"),
        sa.Column("revoked_on", sa.Date(), nullable=True),
        sa.CheckConstraint("until IS NULL OR until >= since", name=op.f("ck_certificate_days")),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_certificate_workshop_id_workshop")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("number", name=op.f("uq_certificate_number")),
    )
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_certificate_workshop_id"), ["workshop_id"], unique=False)

    op.create_table(
        "laboratory",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_laboratory_zone_id_zone")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_laboratory")),
        sa.UniqueConstraint("name", "zone_id", name=op.f("uq_laboratory_name_zone_id")),
    )
    op.create_table(
        "product",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "specification", sa.String(length=100), nullable=False, comment="规格; empty where there is one only"
        ),
        sa.Column("category", sa.String(length=40), nullable=False, comment="key in categories.csv"),
        sa.Column(
            "packing",
            sa.Enum("prepacked", "bulk", name="packing", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("net_content", sa.String(length=100), nullable=True, comment="净含量"),
        sa.Column("ingredients", sa.String(length=4000), nullable=True, comment="配料表"),
        sa.Column("shelf_life_days", sa.Integer(), nullable=True, comment="保质期 in days; the day of making is day 0"),
        sa.Column("storage", sa.String(length=200), nullable=True, comment="贮存条件"),
        sa.Column("standard", sa.String(length=100), nullable=True, comment="产品标准代号"),
        sa.Column("allergens", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_product_workshop_id_workshop")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product")),
        sa.UniqueConstraint(
            "workshop_id", "name", "specification", name=op.f("uq_product_workshop_id_name_specification")
        ),
    )
    with op.batch_alter_table("product", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_product_category"), ["category"], unique=False)
        batch_op.create_index(batch_op.f("ix_product_workshop_id"), ["workshop_id"], unique=False)

    op.create_table(
        "restriction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "closed",
                "suspended",
                "rectifying",
                name="restriction_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True, comment="last day; empty while it runs"),
        sa.Column("ground", sa.String(length=200), nullable=False, comment="why, in words that may be public"),
        sa.Column("article", sa.String(length=200), nullable=False, comment="legal basis"),
        sa.Column("document", sa.String(length=100), nullable=True, comment="number of the order"),
        sa.CheckConstraint("until IS NULL OR until >= since", name=op.f("ck_restriction_days")),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_restriction_workshop_id_workshop")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restriction")),
    )
    with op.batch_alter_table("restriction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_restriction_workshop_id"), ["workshop_id"], unique=False)

    op.create_table(
        "zone_standard",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=False),
        sa.Column("standard", sa.String(length=60), nullable=False, comment="key in zone_standards.csv"),
        sa.Column(
            "state",
            sa.Enum(
                "met",
                "not_met",
                "not_recorded",
                "not_yet_read",
                name="standard_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("found", sa.String(length=200), nullable=True, comment="the figure or fact found"),
        sa.Column("evidence", sa.String(length=200), nullable=True, comment="document that shows it"),
        sa.Column("on", sa.Date(), nullable=True, comment="day of the finding"),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_zone_standard_zone_id_zone")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_zone_standard")),
        sa.UniqueConstraint("zone_id", "standard", name=op.f("uq_zone_standard_zone_id_standard")),
    )
    op.create_table(
        "zone_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "applied",
                "built",
                "first_review",
                "accepted",
                "confirmed",
                name="zone_step_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=True, comment="who took it"),
        sa.Column("report", sa.String(length=100), nullable=True, comment="number of the report"),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_zone_step_zone_id_zone")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_zone_step")),
        sa.UniqueConstraint("zone_id", "kind", "on", name=op.f("uq_zone_step_zone_id_kind_on")),
    )
    op.create_table(
        "zone_unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("cameras", sa.Integer(), nullable=True, comment="monitoring points 监控点位; empty is not recorded"),
        sa.CheckConstraint("cameras >= 0", name=op.f("ck_zone_unit_cameras")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_zone_unit_zone_id_zone")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_zone_unit")),
        sa.UniqueConstraint("zone_id", "number", name=op.f("uq_zone_unit_zone_id_number")),
    )
    op.create_table(
        "accreditation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("laboratory_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=100), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("revoked_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["laboratory_id"], ["laboratory.id"], name=op.f("fk_accreditation_laboratory_id_laboratory")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accreditation")),
        sa.UniqueConstraint("number", name=op.f("uq_accreditation_number")),
    )
    with op.batch_alter_table("accreditation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_accreditation_laboratory_id"), ["laboratory_id"], unique=False)

    op.create_table(
        "tenancy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True, comment="last day in the unit"),
        sa.ForeignKeyConstraint(["unit_id"], ["zone_unit.id"], name=op.f("fk_tenancy_unit_id_zone_unit")),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_tenancy_workshop_id_workshop")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tenancy")),
        sa.UniqueConstraint("workshop_id", "unit_id", "since", name=op.f("uq_tenancy_workshop_id_unit_id_since")),
    )
    with op.batch_alter_table("tenancy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tenancy_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_tenancy_workshop_id"), ["workshop_id"], unique=False)

    op.create_table(
        "accredited_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("accreditation_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["accreditation_id"], ["accreditation.id"], name=op.f("fk_accredited_item_accreditation_id_accreditation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accredited_item")),
        sa.UniqueConstraint("accreditation_id", "item", name=op.f("uq_accredited_item_accreditation_id_item")),
    )


def downgrade() -> None:

    op.drop_table("accredited_item")
    with op.batch_alter_table("tenancy", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tenancy_workshop_id"))
        batch_op.drop_index(batch_op.f("ix_tenancy_unit_id"))

    op.drop_table("tenancy")
    with op.batch_alter_table("accreditation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_accreditation_laboratory_id"))

    op.drop_table("accreditation")
    op.drop_table("zone_unit")
    op.drop_table("zone_step")
    op.drop_table("zone_standard")
    with op.batch_alter_table("restriction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_restriction_workshop_id"))

    op.drop_table("restriction")
    with op.batch_alter_table("product", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_product_workshop_id"))
        batch_op.drop_index(batch_op.f("ix_product_category"))

    op.drop_table("product")
    op.drop_table("laboratory")
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_certificate_workshop_id"))

    op.drop_table("certificate")
    with op.batch_alter_table("zone", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_zone_district_code"))

    op.drop_table("zone")
    with op.batch_alter_table("workshop", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_workshop_name"))
        batch_op.drop_index(batch_op.f("ix_workshop_district_code"))

    op.drop_table("workshop")
    with op.batch_alter_table("district", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_district_code"))

    op.drop_table("district")
