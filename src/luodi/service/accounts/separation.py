"""Which roles one person may not hold together (不相容岗位), as data that the pages show as well."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from luodi.errors import UsageError
from luodi.service.accounts.models import Membership
from luodi.service.accounts.roles import ROLES

ADMINISTRATORS = ("system_admin", "security_admin", "audit_admin")
CLAIM_STEPS = ("first_review", "second_review", "final_approval", "payment")


class Clash(UsageError):
    """A right was refused because it does not go with another one, or with who gives it."""


@dataclass(frozen=True)
class Exclusion:
    """Nobody holds a role of ``these`` beside another one of ``those``."""

    name: str
    these: frozenset[str]
    those: frozenset[str]
    words: str

    def between(self, one: str, other: str) -> bool:
        """Whether it speaks of these two roles."""
        if one == other:
            return False
        return (one in self.these and other in self.those) or (other in self.these and one in self.those)


EXCLUSIONS = (
    Exclusion("三员分立", frozenset(ADMINISTRATORS), frozenset(ADMINISTRATORS),
              "系统管理员、安全管理员、审计管理员须由三个人分别担任。"),
    Exclusion("管理员不办业务", frozenset(ADMINISTRATORS), frozenset(ROLES) - frozenset(ADMINISTRATORS),
              "三类管理员都不兼任业务身份，业务人员也不兼任管理员。"),
    Exclusion("审核与拨付分开", frozenset(CLAIM_STEPS), frozenset(CLAIM_STEPS),
              "初审、复核、审定、财务拨付须由不同的人担任。"),
)  # fmt: skip
BY_STEP = (
    ("起草与发布分开", "核对、确认过某一版政策的人，不能审核、签发、发布这一版；办理时逐版核对。"),
    ("填报与确认分开", "填报进展、节点、目标完成值的人，不能自己采用、认可、确认；办理时逐件核对。"),
)
"""What is looked at when the step is taken, since one person may hold both roles for different papers."""


def refuse_clash(role: str, held: Iterable[Membership]) -> None:
    """Refuse a role that does not go with one held.

    Raises:
        Clash: which two and by which rule.
    """
    for membership in held:
        for rule in EXCLUSIONS:
            if rule.between(role, membership.role):
                raise Clash(
                    f"{membership.user}是{membership.organisation}的{membership.as_role.name}，"
                    f"不能再任{ROLES[role].name}（{rule.name}：{rule.words.rstrip('。')}）。"
                    "请另选一人，或先撤销原有身份。"
                )


def refuse_clash_within(roles: Collection[str]) -> None:
    """Refuse roles chosen together that exclude each other.

    Raises:
        Clash: which two and by which rule.
    """
    chosen = list(roles)
    for place, one in enumerate(chosen):
        for other in chosen[place + 1 :]:
            for rule in EXCLUSIONS:
                if rule.between(one, other):
                    raise Clash(
                        f"{ROLES[one].name}和{ROLES[other].name}不能是同一人（{rule.name}：{rule.words.rstrip('。')}）。"
                    )


def lasting(memberships: Iterable[Membership], begins: dt.date | None, ends: dt.date | None) -> list[Membership]:
    """Those memberships, withdrawn ones apart, that are in force on some day of a period (None: open)."""
    return [
        m
        for m in memberships
        if m.withdrawn_at is None
        and not (m.valid_to and begins and m.valid_to < begins)
        and not (m.valid_from and ends and m.valid_from > ends)
    ]
