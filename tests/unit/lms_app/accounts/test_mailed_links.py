"""Links that come by mail: invitations, new passwords, proofs of addresses."""

import asyncio
import hashlib
import re
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest

from adapters.memory.tables import Rows
from lms_app.accounts.accept_invitation import AcceptInvitation
from lms_app.accounts.asked_mail import FREE_MAILS, AskedMail, EvenAnswer
from lms_app.accounts.confirm_password_reset import ConfirmPasswordReset
from lms_app.accounts.invite_teacher import InviteTeacher
from lms_app.accounts.mailed_links import LinkedPassword, MailedLink
from lms_app.accounts.request_password_reset import RequestPasswordReset
from lms_app.accounts.resend_verification import ResendVerification
from lms_app.accounts.verify_email import VerifyEmail
from lms_app.scope import TenantScope
from lms_domain.accounts.lockout import NETWORK_FREE_TRIES, TooManyTries
from lms_domain.accounts.one_time_token import LIFETIMES, TokenPurpose
from lms_domain.accounts.person import User
from lms_domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from lms_domain.notices.mail_delivery import MailDelivery, MailKind
from lms_domain.schools.tenant import Tenant
from tests.unit.lms_app.world import World

NEW = "seven herons cross the lake"
HERE = "192.0.2.1"


class Post:
    """A school's people and what they do with their mail."""

    def __init__(self, world: World, tenant: Tenant) -> None:
        self.world = world
        self.tenant = tenant
        passwords = LinkedPassword(world.uow, world.hasher, world.clock)
        asked = AskedMail(world.uow, world.clock, EvenAnswer(seconds=0.0))
        self.accept = AcceptInvitation(world.uow, passwords, world.sessions, world.tell_of_courses, world.clock)
        self.confirm = ConfirmPasswordReset(world.uow, passwords, world.sessions, world.account_mail, world.clock)
        self.verify = VerifyEmail(world.uow, world.clock)
        self.ask_reset = RequestPasswordReset(asked, world.account_mail)
        self.ask_proof = ResendVerification(asked, world.account_mail)
        self.invite = InviteTeacher(world.uow, world.account_mail, world.trail)

    async def newest(self) -> MailDelivery:
        return (await self.world.mails())[-1]

    async def link(self) -> MailedLink:
        """The one in the newest mail."""
        found = re.search(r"https://\S+token=\S+", (await self.newest()).text)
        assert found is not None
        query = parse_qs(urlsplit(found[0]).query)
        return MailedLink(UUID(query["uid"][0]), query["token"][0])

    async def send(self, purpose: TokenPurpose, user: User) -> MailedLink:
        """A link of each kind, in the mail."""
        mail = self.world.account_mail
        send = {
            TokenPurpose.INVITATION: mail.invite,
            TokenPurpose.PASSWORD_RESET: mail.offer_reset,
            TokenPurpose.EMAIL_VERIFICATION: mail.ask_to_verify,
        }[purpose]
        async with self.world.uow.begin(TenantScope(user.tenant_id)) as tx:
            await send(tx, user)
            await tx.commit()
        return await self.link()

    async def use(self, purpose: TokenPurpose, link: MailedLink, tenant: Tenant | None = None) -> None:
        school = await self.world.hosted(tenant or self.tenant)
        match purpose:
            case TokenPurpose.INVITATION:
                await self.accept(school=school, link=link, new_password=NEW)
            case TokenPurpose.PASSWORD_RESET:
                await self.confirm(school=school, link=link, new_password=NEW)
            case _:
                await self.verify(school=school, link=link)

    async def is_worth(self, purpose: TokenPurpose, link: MailedLink, tenant: Tenant | None = None) -> bool:
        try:
            await self.use(purpose, link, tenant)
        except InvalidInput as error:
            if error.code != "token_invalid":
                raise
            return False
        return True


@pytest.fixture
async def post(world: World) -> Post:
    return Post(world, await world.new_school("green"))


@pytest.fixture
async def ada(world: World, post: Post) -> User:
    return await world.new_user(post.tenant)


each_purpose = pytest.mark.parametrize("purpose", [p for p in TokenPurpose if p is not TokenPurpose.EMAIL_CHANGE])


@each_purpose
async def test_a_link_works_once_until_it_ends(world: World, post: Post, ada: User, purpose: TokenPurpose) -> None:
    late = await post.send(purpose, ada)
    world.pass_time(seconds=LIFETIMES[purpose].total_seconds())
    assert not await post.is_worth(purpose, late)
    link = await post.send(purpose, ada)
    world.pass_time(seconds=LIFETIMES[purpose].total_seconds() - 1)
    at_once = await asyncio.gather(*(post.is_worth(purpose, link) for _ in range(10)))
    assert Counter(at_once) == {True: 1, False: 9}
    after = await world.user(ada)
    assert after.email_verified
    if purpose is not TokenPurpose.EMAIL_VERIFICATION:
        assert await world.hasher.verify(after.password_hash, NEW)
        assert not after.must_change_password


@each_purpose
async def test_a_link_is_worth_nothing_for_anything_else(
    world: World, post: Post, ada: User, purpose: TokenPurpose
) -> None:
    link = await post.send(purpose, ada)
    blue, bob = await world.new_school("blue"), await world.new_user(post.tenant, "bob@green.test")
    for other in LIFETIMES:
        if other is not purpose and other is not TokenPurpose.EMAIL_CHANGE:
            assert not await post.is_worth(other, link)
    assert not await post.is_worth(purpose, link, blue)
    assert not await post.is_worth(purpose, replace(link, user_id=bob.id))
    assert not await post.is_worth(purpose, replace(link, token=link.token[:-1]))
    assert not await post.is_worth(purpose, replace(link, token="\ud83d"))
    assert await world.user(ada) == ada
    assert await post.is_worth(purpose, link)


@each_purpose
async def test_nor_after_the_address_changed_or_the_account_was_shut(
    world: World, post: Post, ada: User, purpose: TokenPurpose
) -> None:
    link = await post.send(purpose, ada)
    await world.change_user(ada, email="ada@elsewhere.test")
    assert not await post.is_worth(purpose, link)
    await world.change_user(ada, is_active=False)
    assert not await post.is_worth(purpose, link)
    await world.change_user(ada)
    assert await post.is_worth(purpose, link)


@each_purpose
async def test_only_a_fingerprint_is_kept_and_the_link_leads_to_the_school(
    world: World, post: Post, ada: User, purpose: TokenPurpose
) -> None:
    link = await post.send(purpose, ada)
    mail = await post.newest()
    assert (mail.to, mail.tenant_id, mail.user_id) == (ada.email, post.tenant.id, ada.id)
    assert "https://green.lms.example/" in mail.text
    assert link.token in mail.html
    with world.database.transaction() as tx:
        (kept,) = Rows(world.database.one_time_tokens, tx, post.tenant.id).values()
    assert kept.fingerprint == hashlib.sha256(link.token.encode()).digest()


async def test_a_refused_password_does_not_cost_the_link(post: Post, ada: User) -> None:
    link, school = await post.send(TokenPurpose.PASSWORD_RESET, ada), await post.world.hosted(post.tenant)
    for bad, code in (("short", "too_short"), ("ada@green.test", "too_common"), ("green green ada", "too_common")):
        with pytest.raises(InvalidInput) as refused:
            await post.confirm(school=school, link=link, new_password=bad)
        assert (refused.value.errors[0].field, refused.value.errors[0].code) == ("new_password", code)
    assert await post.is_worth(TokenPurpose.PASSWORD_RESET, link)


async def test_a_new_password_ends_every_session_and_every_other_link(world: World, post: Post, ada: User) -> None:
    signed_in = [await world.sign_in(post.tenant) for _ in range(2)]
    links = [await post.send(TokenPurpose.PASSWORD_RESET, ada) for _ in range(2)]
    invitation = await post.send(TokenPurpose.INVITATION, ada)
    assert await post.is_worth(TokenPurpose.PASSWORD_RESET, links[0])
    assert not await post.is_worth(TokenPurpose.PASSWORD_RESET, links[1])
    assert not await post.is_worth(TokenPurpose.INVITATION, invitation)
    for tokens in signed_in:
        assert not await world.is_live(post.tenant.id, tokens.access)
    told = await post.newest()
    assert (told.kind, told.subject, told.to) == (MailKind.SECURITY, "Your password was changed", ada.email)


async def test_who_joins_finds_their_courses_and_no_mail(world: World, post: Post, ada: User) -> None:
    course = await world.new_course(post.tenant, is_published=True)
    link = await post.send(TokenPurpose.INVITATION, ada)
    before = len(await world.mails())
    await post.accept(school=await world.hosted(post.tenant), link=link, new_password=NEW)
    async with world.uow.begin(TenantScope(post.tenant.id)) as tx:
        told = await tx.notifications.latest(ada.id, before=None, limit=9)
    assert [notification.link for notification in told] == [f"/teacher/courses/{course.id}"]
    assert len(await world.mails()) == before


async def test_on_the_platforms_host_no_link_is_good(post: Post) -> None:
    link = MailedLink(UUID(int=1), "x")
    for use in (
        post.accept(school=None, link=link, new_password=NEW),
        post.confirm(school=None, link=link, new_password=NEW),
        post.verify(school=None, link=link),
    ):
        with pytest.raises(InvalidInput) as refused:
            await use
        assert refused.value.code == "token_invalid"
    await post.ask_reset(school=None, email="olive@lms.test", address=HERE)
    assert await post.world.mails() == []


async def test_who_may_be_invited(world: World, post: Post, ada: User) -> None:
    admin = await world.new_admin(post.tenant)
    foreign = await world.new_admin(await world.new_school("blue"))
    with pytest.raises(NotAllowed):
        await post.invite(world.actor(ada), ada.id)
    for actor, user_id in ((admin, world.ids.new()), (foreign, ada.id)):
        with pytest.raises(NotFound):
            await post.invite(actor, user_id)
    for changes, code in (({}, "already_joined"), ({"is_active": False}, "not_active")):
        await world.change_user(ada, **changes)
        with pytest.raises(Conflict) as refused:
            await post.invite(admin, ada.id)
        assert refused.value.code == code
    assert await world.mails() == []
    await world.change_user(ada, password_hash="")
    await post.invite(admin, ada.id)
    first = await post.link()
    await post.invite(admin, ada.id)
    assert not await post.is_worth(TokenPurpose.INVITATION, first)
    assert await post.is_worth(TokenPurpose.INVITATION, await post.link())


@pytest.mark.parametrize("exists", [True, False])
async def test_mails_to_one_address_come_at_growing_distances(
    world: World, post: Post, ada: User, exists: bool
) -> None:
    school = await world.hosted(post.tenant)
    email = ada.email if exists else "nobody@green.test"

    async def asked(times: int) -> int:
        before = len(await world.mails())
        for number in range(times):
            await post.ask_reset(school=school, email=email, address=f"198.51.100.{number}")
        return len(await world.mails()) - before

    assert await asked(FREE_MAILS + 5) == (FREE_MAILS if exists else 0)
    world.pass_time(seconds=1)
    assert await asked(5) == exists
    world.pass_time(minutes=15)
    assert await asked(5) == exists


async def test_one_network_may_not_ask_without_end(world: World, post: Post) -> None:
    school = await world.hosted(post.tenant)
    for number in range(NETWORK_FREE_TRIES):
        await post.ask_proof(school=school, email=f"t{number}@green.test", address=HERE)
    with pytest.raises(TooManyTries):
        await post.ask_reset(school=school, email="ada@green.test", address=HERE)
    await post.ask_reset(school=school, email="ada@green.test", address="198.51.100.1")


async def test_nothing_is_sent_to_those_who_need_nothing(world: World, post: Post, ada: User) -> None:
    school = await world.hosted(post.tenant)
    await world.change_user(ada, email_verified=True)
    await post.ask_proof(school=school, email=ada.email, address=HERE)
    await world.change_user(ada, is_active=False)
    for ask in (post.ask_proof, post.ask_reset):
        await ask(school=school, email=ada.email, address=HERE)
    assert await world.mails() == []


@pytest.mark.parametrize("email", ["ada@green.test", "nobody@green.test"])
async def test_the_answer_takes_its_time_for_everybody(world: World, post: Post, ada: User, email: str) -> None:
    asked = AskedMail(world.uow, world.clock, EvenAnswer(seconds=0.05))
    loop = asyncio.get_running_loop()
    started = loop.time()
    await RequestPasswordReset(asked, world.account_mail)(
        school=await world.hosted(post.tenant), email=email, address=HERE
    )
    assert loop.time() - started >= timedelta(seconds=0.049).total_seconds()
    assert len(await world.mails()) == (email == ada.email)
