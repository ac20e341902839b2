"""A week of an invented agent, with all that a calendar item can hold."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from brokernotes.features.calendar import Alarm, CalendarItem

SHANGHAI = ZoneInfo("Asia/Shanghai")
TODAY = date(2026, 11, 20)
NAME = "带看·期限（林晓）"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026 in Shanghai."""
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


def sample_items() -> list[CalendarItem]:
    return [
        CalendarItem(
            key="C-9F3DWA/promise/3afq6m4x9",
            start=date(2026, 11, 21),
            summary="回电 李女士：学区与首付",
            description=(
                "想要：三房，450 万以内，望湖一小\n"
                "上次：11-18 带看，孩子喜欢阳台；担心西晒\n"
                "路径：D:\\Notes\\客户；电话 138****6621, 晚八点后"
            ),
            url="obsidian://open?vault=vault&file=clients%2F%E6%9D%8E%E6%95%8F.md",
            categories=("跟进", "A级"),
            alarms=(Alarm(minutes_before=-570, text="回电 李女士"),),
        ),
        CalendarItem(
            key="C-9F3DWA/planned/8k2m4x9qa",
            start=at(21, 14, 30),
            end=at(21, 16, 0),
            summary="带看 14:30 李女士→阳光花园3-1801",
            description=(
                "☐ 鞋套 ☐ 名片 ☐ 量尺\n☐ 业主已同意；钥匙在店\n"
                "路线：地铁 2 号线 → 东门 → 3 幢\nobsidian://open?vault=vault&file=clients"
            ),
            location="阳光花园3幢1801, 湖滨路18号",
            url="obsidian://open?vault=vault&file=clients%2F%E6%9D%8E%E6%95%8F.md",
            geo=(31.230416, 121.473701),
            categories=("带看",),
            alarms=(
                Alarm(minutes_before=60, text="一小时后带看：阳光花园3-1801"),
                Alarm(at=at(20, 20, 30), text="今晚确认客户、业主、钥匙"),
            ),
        ),
        CalendarItem(
            key="D-4T7KQM/signing/sign_by-1",
            start=date(2026, 11, 28),
            summary="签约期限 望湖苑5-602（定金 10 万）",
            description="逾期定金罚则：先问业主，再问买方 👨‍👩‍👧 家人是否到场",
            categories=("期限",),
            alarms=(
                Alarm(minutes_before=3 * 1440 - 540),
                Alarm(minutes_before=1440 - 540),
                Alarm(minutes_before=-540),
            ),
        ),
        CalendarItem(
            key="L-7K2PQM/entrustment_end/entrusted_until-1-14",
            start=date(2026, 11, 30),
            summary="委托还有 14 天：翠堤湾12-301",
            categories=("期限", "业主回访"),
        ),
        CalendarItem(
            key="C-2M8XQA/planned/20261122T1000",
            start=at(22, 10),
            end=at(22, 11),
            summary="带看 10:00 王先生→翠堤湾12-301（取消）",
            location="翠堤湾12幢301",
            categories=("带看",),
            cancelled=True,
        ),
        CalendarItem(
            key="A-LINXIA/festival/2027",
            start=date(2027, 2, 6),
            summary="春节问候：12 位老客户（农历正月初一）",
            categories=("节日",),
        ),
    ]
