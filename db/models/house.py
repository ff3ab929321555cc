"""What a desk starts with: the store itself, areas, units, people, categories, the duty list, settings."""

from typing import ClassVar

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel, UniqueConstraint

from db.models.columns import key, later_ref, maybe_moment, maybe_ref, moment, ref, uid


class Store(SQLModel, table=True):
    """The one row that says which store this is; a restored store gets a new `store_uid` and epoch."""

    __tablename__: ClassVar[str] = "store"
    id: int = Field(primary_key=True)
    store_uid: str = Field(max_length=36)
    site: str = Field(max_length=12)
    centre_id: int | None = maybe_ref("units.id")
    epoch: int = 1
    created_at: int = moment()


class Setting(SQLModel, table=True):
    """A limit, threshold or word list of the city; `value` is JSON."""

    __tablename__: ClassVar[str] = "settings"
    key: str = Field(primary_key=True, max_length=80)
    value: str
    title: str = ""
    unit: str = ""
    note: str = ""
    changed_at: int | None = maybe_moment()


class Category(SQLModel, table=True):
    """诉求分类: own codes of 2+2+2 digits in three levels; retired rather than deleted."""

    __tablename__: ClassVar[str] = "categories"
    code: str = Field(primary_key=True, max_length=6)
    name: str
    level: int
    parent: str | None = Field(default=None, max_length=6)
    retired_at: int | None = maybe_moment()


class Area(SQLModel, table=True):
    """An administrative area by its statistical code; village names repeat, so show the township too."""

    __tablename__: ClassVar[str] = "areas"
    code: str = Field(primary_key=True, max_length=12)
    name: str = Field(index=True)
    level: str = Field(max_length=12)
    parent: str | None = Field(default=None, max_length=12, index=True)


class Unit(SQLModel, table=True):
    """A unit in the tree; `path` is `/1/7/`, the keys from the root down to this unit."""

    __tablename__: ClassVar[str] = "units"
    id: int | None = key()
    uid: str = uid()
    code: str = Field(max_length=24, unique=True)
    name: str
    short_name: str
    level: str = Field(max_length=12)
    parent_id: int | None = maybe_ref("units.id", index=True)
    path: str = Field(default="", index=True)
    area_code: str | None = Field(default=None, max_length=12)
    is_centre: bool = False
    department: str = ""
    valid_from: int | None = maybe_moment()
    valid_to: int | None = maybe_moment()


class AreaManager(SQLModel, table=True):
    """Which unit answers for an area, where the unit tree does not say so (开发区, 蓉江新区)."""

    __tablename__: ClassVar[str] = "area_managers"
    area_code: str = Field(primary_key=True, max_length=12)
    unit_id: int = ref("units.id")


class Section(SQLModel, table=True):
    """科室、股室、站所 of a unit."""

    __tablename__: ClassVar[str] = "sections"
    __table_args__ = (UniqueConstraint("unit_id", "code", name="uq_sections_unit_code"),)
    id: int | None = key()
    uid: str = uid()
    unit_id: int = ref("units.id")
    code: str = Field(max_length=24)
    name: str


class DutyItem(SQLModel, table=True):
    """职责清单: one item of one version; lists inside a column are separated by `;`.

    `edition` is the one that brought the row, `ended_edition` the one that put another (or none) in its place.
    """

    __tablename__: ClassVar[str] = "duty_items"
    __table_args__ = (UniqueConstraint("number", "version", name="uq_duty_items_number_version"),)
    id: int | None = key()
    number: int
    version: int = 1
    item: str
    category_code: str = Field(default="", max_length=6)
    keywords: str = ""
    phrases: str = ""
    kinds: str = ""
    area_scope: str = ""
    unit_code: str = Field(max_length=24)
    section_code: str = Field(default="", max_length=24)
    co_unit_codes: str = ""
    legal_basis: str = ""
    valid_from: int | None = maybe_moment()
    valid_to: int | None = maybe_moment()
    list_name: str = Field(default="duty", max_length=20)
    edition: int = 0
    ended_edition: int | None = None


class DutyEdition(SQLModel, table=True):
    """One import of 职责清单: its rows count only from the moment that it is in force, all at once."""

    __tablename__: ClassVar[str] = "duty_editions"
    number: int = Field(primary_key=True)
    uid: str = uid()
    begun_at: int = moment()
    in_force_at: int | None = maybe_moment()


class Staff(SQLModel, table=True):
    """A 工号. Two 工号 of one natural person share `person_uid`: the second person of an act is another person."""

    __tablename__: ClassVar[str] = "staff"
    id: int | None = key()
    uid: str = uid()
    staff_no: str = Field(max_length=12, unique=True)
    name: str
    person_uid: str = Field(max_length=36)
    unit_id: int = ref("units.id", index=True)
    section_id: int | None = maybe_ref("sections.id")
    deputy_id: int | None = maybe_ref("staff.id")
    mobile: str | None = Field(default=None, max_length=32)
    pin_hash: str | None = None
    failures: int = 0
    locked_until: int | None = maybe_moment()
    signed_in_at: int | None = maybe_moment()
    must_change_pin: bool = False
    is_active: bool = True


class StaffRole(SQLModel, table=True):
    """One role of one 工号."""

    __tablename__: ClassVar[str] = "staff_roles"
    staff_id: int = Field(foreign_key="staff.id", primary_key=True)
    role: str = Field(primary_key=True, max_length=20)


class Counter(SQLModel, table=True):
    """The last order number given on one day at one site."""

    __tablename__: ClassVar[str] = "counters"
    site: str = Field(primary_key=True, max_length=12)
    day: int = Field(primary_key=True)
    last: int


class Notice(SQLModel, table=True):
    """公告与口径: what to say about a known matter in an area, from–to; `for_staff`: what the unit's own people must read (P14)."""

    __tablename__: ClassVar[str] = "notices"
    __table_args__ = (
        Index(
            "ix_notices_staff",
            "unit_id",
            sqlite_where=text("for_staff = 1"),
            postgresql_where=text("for_staff"),
        ),
    )
    id: int | None = key()
    uid: str = uid()
    title: str
    sentence: str
    area_code: str | None = Field(default=None, max_length=12)
    unit_id: int | None = maybe_ref("units.id")
    starts_at: int = moment()
    ends_at: int = moment()
    told_count: int = 0
    for_staff: bool = False
    proposed_at: int | None = maybe_moment()
    proposed_by: int | None = later_ref("staff.id", "fk_notices_proposed_by_staff")
    published_at: int | None = maybe_moment()
    published_by: int | None = later_ref("staff.id", "fk_notices_published_by_staff")
    ended_at: int | None = maybe_moment()
    ended_by: int | None = later_ref("staff.id", "fk_notices_ended_by_staff")
    end_reason: str = ""


class NoticeRead(SQLModel, table=True):
    """已阅: who confirmed a notice for staff (practice P14)."""

    __tablename__: ClassVar[str] = "notice_reads"
    notice_id: int = Field(foreign_key="notices.id", primary_key=True)
    staff_id: int = Field(foreign_key="staff.id", primary_key=True)
    read_at: int = moment()


class NoticeOrder(SQLModel, table=True):
    """An order that was registered although its caller was read a notice (practice P14)."""

    __tablename__: ClassVar[str] = "notice_orders"
    notice_id: int = Field(foreign_key="notices.id", primary_key=True)
    order_id: int = Field(foreign_key="work_orders.id", primary_key=True, index=True)
