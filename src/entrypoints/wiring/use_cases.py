"""Use cases: stateless, so one of each serves the whole process."""

from dishka import Provider, Scope, provide

from lms_app.accounts.change_password import ChangePassword
from lms_app.accounts.create_operator import CreateOperator
from lms_app.accounts.refresh_session import RefreshSession
from lms_app.accounts.register_teacher import RegisterTeacher
from lms_app.accounts.show_me import ShowMe
from lms_app.accounts.sign_in import SignIn
from lms_app.accounts.sign_out import SignOut
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
    AddLink,
    AddModule,
    AnswerOnce,
    CancelPipeline,
    ChangePassword,
    CheckInvariants,
    CheckMedia,
    CheckStorage,
    CollectGarbage,
    CreateCourse,
    CreateOperator,
    EditCourse,
    EraseSchool,
    ListMyCourses,
    ListPipeline,
    OnboardSchool,
    OpenDemoSchool,
    OpenJobResult,
    OpenMedia,
    PublishCourse,
    RefreshSession,
    RegisterTeacher,
    RelayOutbox,
    RerunPipeline,
    RingDueSteps,
    RunJob,
    RunStep,
    SendMail,
    ShowJob,
    ShowMe,
    ShowMyCourse,
    ShowTranscript,
    ShowVideo,
    SignIn,
    SignOut,
    UploadVideo,
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
