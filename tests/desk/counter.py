"""What a 服务站代办员 notes at the counter, in the tests that need one."""

from desk.codes import Comer, CounterReason, OrderKind, ReadBack
from desk.intake_rows import CounterForm, OrderForm

COUNTER = CounterForm(
    comer=Comer.FAMILY,
    reason=CounterReason.HEARING,
    reach="侄子李某周三到站取",
    has_consent=True,
    read_back=ReadBack.WITNESSED,
    witness="邻居钟某",
)
MATTER = OrderForm(
    kind=OrderKind.COMPLAINT,
    content="屋后水渠堵了三个月，下雨就漫进灶房",
    name="李老伯",
    area_code="360725100001",
    place="水渠边",
)
