"""Use cases: stateless, so one of each serves the whole process."""

from dishka import Provider, Scope, provide

from lms_app.accounts.accept_invitation import AcceptInvitation
from lms_app.accounts.account_mail import AccountMail
from lms_app.accounts.asked_mail import AskedMail
from lms_app.accounts.change_password import ChangePassword
from lms_app.accounts.confirm_password_reset import ConfirmPasswordReset
from lms_app.accounts.confirm_second_factor import ConfirmSecondFactor
from lms_app.accounts.create_operator import CreateOperator
from lms_app.accounts.disable_second_factor import DisableSecondFactor
from lms_app.accounts.edit_me import EditMe
from lms_app.accounts.end_sessions import EndOtherSessions, EndSession
from lms_app.accounts.enrol_second_factor import EnrolSecondFactor
from lms_app.accounts.enter_school import EnterSchool
from lms_app.accounts.invite_teacher import InviteTeacher
from lms_app.accounts.list_sessions import ListSessions
from lms_app.accounts.mailed_links import LinkedPassword
from lms_app.accounts.own_password import OwnPassword
from lms_app.accounts.preferences import EditPreferences, ShowPreferences
from lms_app.accounts.refresh_session import RefreshSession
from lms_app.accounts.register_teacher import RegisterTeacher
from lms_app.accounts.request_password_reset import RequestPasswordReset
from lms_app.accounts.resend_verification import ResendVerification
from lms_app.accounts.set_password import SetPassword
from lms_app.accounts.show_me import ShowMe
from lms_app.accounts.show_second_factor import ShowSecondFactor
from lms_app.accounts.sign_in import SignIn
from lms_app.accounts.sign_out import SignOut
from lms_app.accounts.step_up import StepUp
from lms_app.accounts.tries import Turns
from lms_app.accounts.unlock_account import UnlockAccount
from lms_app.accounts.verify_email import VerifyEmail
from lms_app.audit.audit_trail import AuditTrail
from lms_app.courses.add_link import AddLink
from lms_app.courses.add_module import AddModule
from lms_app.courses.edit_course import CreateCourse, EditCourse
from lms_app.courses.publish_course import PublishCourse
from lms_app.jobs.run_job import JobHandlers, RunJob
from lms_app.jobs.show_job import OpenJobResult, ShowJob
from lms_app.learning.show_course import ListMyCourses, ShowMyCourse, ShowTranscript
from lms_app.notices.send_mail import SendMail
from lms_app.operations.answer_once import AnswerOnce
from lms_app.operations.check_invariants import CheckInvariants
from lms_app.operations.check_media import CheckMedia
from lms_app.operations.check_storage import CheckStorage
from lms_app.schools.erase_school import EraseSchool
from lms_app.schools.onboard_school import OnboardSchool
from lms_app.schools.open_demo_school import OpenDemoSchool
from lms_app.video.cancel_pipeline import CancelPipeline
from lms_app.video.collect_garbage import CollectGarbage
from lms_app.video.list_pipeline import ListPipeline
from lms_app.video.open_media import OpenMedia
from lms_app.video.relay_outbox import RelayOutbox
from lms_app.video.rerun_pipeline import RerunPipeline
from lms_app.video.ring_due_steps import RingDueSteps
from lms_app.video.run_step import RunStep
from lms_app.video.show_video import ShowVideo
from lms_app.video.upload_video import UploadVideo

_USE_CASES = (
    AcceptInvitation,
    AccountMail,
    AddLink,
    AddModule,
    AnswerOnce,
    AskedMail,
    AuditTrail,
    CancelPipeline,
    ChangePassword,
    CheckInvariants,
    CheckMedia,
    CheckStorage,
    CollectGarbage,
    ConfirmPasswordReset,
    ConfirmSecondFactor,
    CreateCourse,
    CreateOperator,
    DisableSecondFactor,
    EditCourse,
    EditMe,
    EditPreferences,
    EndOtherSessions,
    EndSession,
    EnrolSecondFactor,
    EnterSchool,
    EraseSchool,
    InviteTeacher,
    LinkedPassword,
    ListMyCourses,
    ListPipeline,
    ListSessions,
    OnboardSchool,
    OpenDemoSchool,
    OpenJobResult,
    OpenMedia,
    OwnPassword,
    PublishCourse,
    RefreshSession,
    RegisterTeacher,
    RelayOutbox,
    RequestPasswordReset,
    RerunPipeline,
    ResendVerification,
    RingDueSteps,
    RunJob,
    RunStep,
    SendMail,
    SetPassword,
    ShowJob,
    ShowMe,
    ShowMyCourse,
    ShowPreferences,
    ShowSecondFactor,
    ShowTranscript,
    ShowVideo,
    SignIn,
    SignOut,
    StepUp,
    Turns,
    UnlockAccount,
    UploadVideo,
    VerifyEmail,
)


class UseCaseProvider(Provider):
    """Binds every use case to itself; its ports come from the other providers."""

    scope = Scope.APP

    def __init__(self) -> None:
        super().__init__()
        for use_case in _USE_CASES:
            self.provide(use_case)

    @provide
    def job_handlers(self) -> JobHandlers:
        """What does each kind of job."""
        return {}
