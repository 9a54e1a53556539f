"""The second factor (第二重验证): a code of the phone beside the password (TOTP, RFC 6238), with recovery codes.

Everybody may turn it on; officials must where the deployment demands it (``LUODI_SECOND_FACTOR``, the default without
demo data). The pages are allauth's; here is how it keeps secrets, and for whom a factor is demanded.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from luodi.errors import UsageError
from luodi.service.accounts.models import Membership

TOTP = Authenticator.Type.TOTP


def is_demanded(held: Iterable[Membership]) -> bool:
    """Whether who holds these memberships must have a second factor."""
    return settings.SECOND_FACTOR and any(each.organisation.side == "government" for each in held)


def is_on(user: Any) -> bool:
    """Whether the person has one."""
    return Authenticator.objects.filter(user_id=user.pk, type=TOTP).exists()


class SealedSecrets(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets are kept encrypted with a key made of the installation's secret key."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "验证码不对或已过期。请核对手机时间，输入此刻显示的 6 位数字。",
        "cannot_delete_authenticator": "本单位要求第二重验证，不能关闭。换手机的，请安全管理员撤销后重新开启。",
    }

    def encrypt(self, text: str) -> str:
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Raises UsageError where the installation's secret key has changed since."""
        try:
            return _seal().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as error:
            raise UsageError("系统密钥已更换，原有的第二重验证不能再用。请安全管理员撤销后重新开启。") from error

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        held = authenticator.user.memberships.select_related("organisation").filter(withdrawn_at=None)
        return not is_demanded(held)


def _seal() -> Fernet:
    key = hashlib.sha256(b"second factor:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
