"""States and steps of a policy version as data (谁可以把一版政策从哪一步办到哪一步)."""

from __future__ import annotations

from dataclasses import dataclass

from django.dispatch import Signal

from luodi.service.accounts.permissions import Permission as P

published = Signal()
"""Sent within the transaction when the workbench publishes a version; what rests on policies follows it."""


@dataclass(frozen=True)
class Move:
    """One office step: its word, from which states to which, who may take it, and what it asks for.

    ``asks`` names the fields of the form: ``note`` (opinion or reason, required where in ``needs``), ``paper`` (number of
    the paper), ``fair_competition`` (公平竞争审查). ``not_by`` names earlier parts whose person may not take this step.
    ``binds``: the step binds the office towards others, so the password is asked for again before it is taken.
    """

    name: str
    label: str
    sources: tuple[str, ...]
    target: str
    permission: P
    asks: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    not_by: tuple[str, ...] = ()
    hint: str = ""
    binds: bool = False


_EDITED = ("confirmed_by_id", "edited_by_id")
MOVES: dict[str, Move] = {
    move.name: move
    for move in (
        Move("submit", "提交合法性审核", ("draft",), "legal_check", P.EDIT_POLICY, ("note",),
             hint="全部事实核对完才能提交；提交后内容不再变动，直到退回。"),
        Move("discard", "作废草稿", ("draft",), "discarded", P.EDIT_POLICY, ("note",), ("note",),
             hint="传错了文件、或不再办理的，作废后不再列为待办，也不能再改；办理经过保留，同一文件以后可以重新上传。"),
        Move("pass", "审核通过", ("legal_check",), "to_sign", P.CHECK_LEGALITY, ("note", "paper", "fair_competition"),
             ("note", "paper", "fair_competition"), _EDITED, "写明审核意见和意见书文号；含奖补的须填公平竞争审查。"),
        Move("sign", "签发", ("to_sign",), "signed", P.SIGN_POLICY, ("note", "paper"), ("paper",), _EDITED,
             "写明签发的文号或签批单编号。", binds=True),
        Move("publish", "发布", ("signed",), "published", P.PUBLISH_POLICY, ("note",), (), _EDITED,
             "发布后即进入政策库、责任看板、目标进展和政策测算；原已发布的版本同时撤回。", binds=True),
        Move("return", "退回修改", ("legal_check",), "draft", P.CHECK_LEGALITY, ("note",), ("note",)),
        Move("return_unsigned", "退回修改", ("to_sign",), "draft", P.SIGN_POLICY, ("note",), ("note",)),
        Move("return_signed", "退回修改", ("signed",), "draft", P.PUBLISH_POLICY, ("note",), ("note",)),
        Move("take_back", "撤回提交", ("legal_check",), "draft", P.EDIT_POLICY, ("note",), ("note",)),
        Move("withdraw", "撤回发布", ("published",), "withdrawn", P.PUBLISH_POLICY, ("note", "paper"), ("note",),
             hint="撤回后不再出现在政策库和测算中；已生成的记录保留。", binds=True),
    )
}  # fmt: skip
ENDED = ("withdrawn", "discarded")
STEPS = (
    ("draft", "核对事实"),
    ("legal_check", "合法性审核"),
    ("to_sign", "签发"),
    ("signed", "发布"),
    ("published", "已发布"),
)
PARTS = {"confirmed_by_id": "确认人", "edited_by_id": "最后编辑人"}
LABELS = {move.name: move.label for move in MOVES.values()} | {"import": "按线下审签结果导入"}


def moves_from(status: str) -> list[Move]:
    """The steps that lead on from a state, in order."""
    return [move for move in MOVES.values() if status in move.sources]
