"""社保记录 (12333): 身份核验 first, then a look, each one event; nothing of it stays (practice P17)."""

from desk.insurance_rows import IdentityCheck, IdentityClaim, InsuranceRecord
from desk.social_insurance.checking import verify
from desk.social_insurance.looking import look
from desk.social_insurance.sources import has_source, source_line

__all__ = [
    "IdentityCheck",
    "IdentityClaim",
    "InsuranceRecord",
    "has_source",
    "look",
    "source_line",
    "verify",
]
