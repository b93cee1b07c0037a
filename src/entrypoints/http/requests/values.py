"""What requests are made of. Every value has limits: without them a NUL or 2**70 would reach the database."""

from typing import Annotated

import msgspec
from msgspec import Meta

_NO_NUL = r"^[^\x00]*$"
NO_CONTROL = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"


class Request(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a client sends. Fields that we do not know are refused."""


Line = Annotated[str, Meta(max_length=200, pattern=NO_CONTROL)]
"""A name or a title. Whether it is empty the domain says."""
ShortLine = Annotated[str, Meta(max_length=120, pattern=NO_CONTROL)]
Text = Annotated[str, Meta(max_length=10_000, pattern=NO_CONTROL)]
Email = Annotated[str, Meta(max_length=254, pattern=NO_CONTROL, examples=["admin@demo.com"])]
Password = Annotated[str, Meta(max_length=1024, pattern=_NO_NUL)]
Token = Annotated[str, Meta(max_length=512, pattern=r"^[\x21-\x7e]*$")]
Code = Annotated[str, Meta(max_length=64, pattern=r"^[0-9A-Za-z -]*$", examples=["492039"])]
"""Six digits of an authenticator app, or a recovery code."""
Url = Annotated[str, Meta(max_length=2000, pattern=NO_CONTROL)]
Label = Annotated[str, Meta(max_length=100, pattern=NO_CONTROL, examples=["north-hill"])]
"""A subdomain. What it may look like the domain says, in words for people."""
ZoneName = Annotated[str, Meta(max_length=60, pattern=r"^[A-Za-z0-9_+/-]*$", examples=["Europe/Zurich"])]
