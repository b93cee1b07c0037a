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
from lms_app.accounts.edit_teacher import DeactivateTeacher, EditTeacher
from lms_app.accounts.end_sessions import EndOtherSessions, EndSession
from lms_app.accounts.enrol_second_factor import EnrolSecondFactor
from lms_app.accounts.enter_school import EnterSchool
from lms_app.accounts.erase_teacher import EraseTeacher
from lms_app.accounts.export_teacher import ExportTeacher
from lms_app.accounts.impersonate import Impersonate
from lms_app.accounts.import_teachers import ImportTeachers
from lms_app.accounts.invite_teacher import InviteTeacher
from lms_app.accounts.list_sessions import ListSessions
from lms_app.accounts.mailed_links import LinkedPassword
from lms_app.accounts.own_password import OwnPassword
from lms_app.accounts.preferences import EditPreferences, ShowPreferences
from lms_app.accounts.record_visit import RecordVisit
from lms_app.accounts.refresh_session import RefreshSession
from lms_app.accounts.register_teacher import RegisterTeacher
from lms_app.accounts.request_password_reset import RequestPasswordReset
from lms_app.accounts.resend_verification import ResendVerification
from lms_app.accounts.set_password import SetPassword
from lms_app.accounts.show_me import ShowMe
from lms_app.accounts.show_second_factor import ShowSecondFactor
from lms_app.accounts.shown_imports import ShowImport
from lms_app.accounts.sign_in import SignIn
from lms_app.accounts.sign_out import SignOut
from lms_app.accounts.step_up import StepUp
from lms_app.accounts.tries import Turns
from lms_app.accounts.undo_import import UndoImport
from lms_app.accounts.unlock_account import UnlockAccount
from lms_app.accounts.verify_email import VerifyEmail
from lms_app.audit.audit_trail import AuditTrail
from lms_app.audit.list_audit import ListPlatformAudit, ListSchoolAudit
from lms_app.courses.add_module import AddModule
from lms_app.courses.delete_course import DeleteCourse, RestoreCourse
from lms_app.courses.duplicate_course import DuplicateCourse
from lms_app.courses.edit_content import AddContent, EditContent, RemoveContent
from lms_app.courses.edit_course import CreateCourse, EditCourse
from lms_app.courses.edit_group import CreateGroup, DeleteGroup, EditGroup
from lms_app.courses.edit_module import EditModule, RemoveModule
from lms_app.courses.group_members import AddGroupMembers, RemoveGroupMember, SetGroupMembers
from lms_app.courses.publish_course import PublishCourse
from lms_app.courses.purge_courses import PurgeDeletedCourses
from lms_app.courses.set_outline import SetOutline
from lms_app.courses.show_course import ShowCourse
from lms_app.files.addresses import FileAddresses
from lms_app.files.logo import SchoolLogos
from lms_app.files.open_file import OpenFile
from lms_app.files.remove_unused_files import RemoveUnusedFiles
from lms_app.files.upload_file import UploadFile
from lms_app.jobs.run_job import JobHandlers, RunJob
from lms_app.jobs.show_job import OpenJobResult, ShowJob
from lms_app.learning.certificates import ListCertificates, PrintCertificate, VerifyCertificate
from lms_app.learning.decide_answer import DecideAnswer
from lms_app.learning.edit_assignment import CreateAssignment, DeleteAssignment, EditAssignment
from lms_app.learning.edit_questions import (
    AddQuestion,
    EditQuestion,
    ListQuestions,
    QuestionDesk,
    RemoveQuestion,
    ReviewQuestion,
)
from lms_app.learning.explain_completion import ExplainCompletion
from lms_app.learning.extend_quiz import EndExtension, ExtendQuiz, ListExtensions
from lms_app.learning.flag_question import FlagQuestion, ListFlags, SettleFlags
from lms_app.learning.follow_captions import FollowCaptions
from lms_app.learning.follow_content import CompleteContent, ReportWatched, StartContent
from lms_app.learning.grade_submission import GradeSubmission
from lms_app.learning.list_question_rules import ListQuestionRules
from lms_app.learning.mend_question import MendQuestion
from lms_app.learning.print_questions import PrintQuestions
from lms_app.learning.regrade import MarkingDesk
from lms_app.learning.search import Search
from lms_app.learning.show_assignment import ListAssignments, ListSubmissions, ShowAssignment
from lms_app.learning.show_attempts import ListAttempts, ListWaitingAnswers, ShowAttempt
from lms_app.learning.show_course import ListMyCourses, ShowMyCourse, ShowTranscript
from lms_app.learning.show_dashboard import ShowDashboard
from lms_app.learning.show_item_statistics import ShowItemStatistics
from lms_app.learning.submit_assignment import ListMyAssignments, ShowMyAssignment, SubmitAssignment
from lms_app.learning.take_quiz import QuizDesk, SaveQuizDraft, ShowQuiz, StartQuiz, SubmitQuiz
from lms_app.notices.announce import Announce
from lms_app.notices.end_mails import EndMails
from lms_app.notices.morning_round import MorningRound
from lms_app.notices.remind import Remind, RetryReminder, ShowReminders
from lms_app.notices.send_mail import SendMail
from lms_app.notices.show_notifications import ReadNotifications, ShowNotifications
from lms_app.notices.tell import Tell
from lms_app.notices.tell_of_attempts import TellOfAttempts
from lms_app.notices.tell_of_captions import TellOfCaptions
from lms_app.notices.tell_of_courses import TellOfCourses
from lms_app.notices.tell_of_extensions import TellOfExtensions
from lms_app.notices.tell_of_flags import TellOfFlags
from lms_app.notices.tell_of_work import TellOfWork
from lms_app.operations.answer_once import AnswerOnce
from lms_app.operations.check_invariants import CheckInvariants
from lms_app.operations.check_media import CheckMedia
from lms_app.operations.check_storage import CheckStorage
from lms_app.operations.tidy_up import TidyUp
from lms_app.reports.make_report import (
    ExportReport,
    ReportDesk,
    ShowCompletion,
    ShowEngagement,
    ShowWork,
    WriteReport,
)
from lms_app.reports.show_analytics import ShowAnalytics
from lms_app.schools.advise_address import AdviseAddress
from lms_app.schools.custom_domains import AddDomain, ListDomains, RemoveDomain, VerifyDomain
from lms_app.schools.edit_school import EditSchool
from lms_app.schools.erase_school import ConfirmErasure, EraseSchool, RequestErasure
from lms_app.schools.export_school import ExportSchool, RequestExport
from lms_app.schools.invite_administrator import InviteAdministrator
from lms_app.schools.onboard_school import OnboardSchool
from lms_app.schools.open_demo_school import OpenDemoSchool
from lms_app.schools.prove_domains_again import ProveDomainsAgain
from lms_app.schools.school_settings import EditSettings, ShowSettings
from lms_app.schools.warn_of_trial_ends import WarnOfTrialEnds
from lms_app.video.cancel_pipeline import CancelPipeline
from lms_app.video.collect_garbage import CollectGarbage
from lms_app.video.list_pipeline import ListPipeline
from lms_app.video.open_media import OpenMedia
from lms_app.video.relay_outbox import RelayOutbox
from lms_app.video.rerun_pipeline import RerunPipeline
from lms_app.video.retry_step import RetryStep
from lms_app.video.ring_due_steps import RingDueSteps
from lms_app.video.run_step import RunStep
from lms_app.video.show_video import ShowVideo
from lms_app.video.upload_video import UploadVideo
from lms_domain.jobs.job import JobKind

_USE_CASES = (
    AcceptInvitation,
    AccountMail,
    AddContent,
    AddDomain,
    AddGroupMembers,
    AddModule,
    AddQuestion,
    AdviseAddress,
    Announce,
    AnswerOnce,
    AskedMail,
    AuditTrail,
    CancelPipeline,
    ChangePassword,
    CheckInvariants,
    CheckMedia,
    CheckStorage,
    CollectGarbage,
    CompleteContent,
    ConfirmErasure,
    ConfirmPasswordReset,
    ConfirmSecondFactor,
    CreateAssignment,
    CreateCourse,
    CreateGroup,
    CreateOperator,
    DeactivateTeacher,
    DecideAnswer,
    DeleteAssignment,
    DeleteCourse,
    DeleteGroup,
    DisableSecondFactor,
    DuplicateCourse,
    EditAssignment,
    EditContent,
    EditCourse,
    EditGroup,
    EditMe,
    EditModule,
    EditPreferences,
    EditQuestion,
    EditSchool,
    InviteAdministrator,
    EditSettings,
    EditTeacher,
    EndExtension,
    EndMails,
    EndOtherSessions,
    EndSession,
    EnrolSecondFactor,
    EnterSchool,
    EraseSchool,
    EraseTeacher,
    ExplainCompletion,
    ExportReport,
    ExportSchool,
    ExportTeacher,
    ExtendQuiz,
    FlagQuestion,
    FileAddresses,
    FollowCaptions,
    GradeSubmission,
    Impersonate,
    ImportTeachers,
    InviteTeacher,
    LinkedPassword,
    ListAssignments,
    ListAttempts,
    ListCertificates,
    ListDomains,
    ListExtensions,
    ListFlags,
    ListMyAssignments,
    ListMyCourses,
    ListPipeline,
    ListPlatformAudit,
    ListQuestionRules,
    ListQuestions,
    ListSchoolAudit,
    ListSessions,
    ListSubmissions,
    ListWaitingAnswers,
    MarkingDesk,
    MendQuestion,
    MorningRound,
    OnboardSchool,
    OpenDemoSchool,
    OpenFile,
    OpenJobResult,
    OpenMedia,
    OwnPassword,
    PrintCertificate,
    PrintQuestions,
    ProveDomainsAgain,
    PublishCourse,
    PurgeDeletedCourses,
    QuestionDesk,
    QuizDesk,
    ReadNotifications,
    RecordVisit,
    RefreshSession,
    RegisterTeacher,
    RelayOutbox,
    Remind,
    RemoveContent,
    RemoveDomain,
    RemoveGroupMember,
    RemoveModule,
    RemoveQuestion,
    RemoveUnusedFiles,
    ReportDesk,
    ReportWatched,
    RequestErasure,
    RequestExport,
    RequestPasswordReset,
    RerunPipeline,
    ResendVerification,
    RestoreCourse,
    RetryReminder,
    RetryStep,
    ReviewQuestion,
    RingDueSteps,
    RunJob,
    RunStep,
    SaveQuizDraft,
    SchoolLogos,
    Search,
    SendMail,
    SetGroupMembers,
    SetOutline,
    SetPassword,
    SettleFlags,
    ShowAnalytics,
    ShowAssignment,
    ShowAttempt,
    ShowCompletion,
    ShowCourse,
    ShowDashboard,
    ShowEngagement,
    ShowImport,
    ShowItemStatistics,
    ShowJob,
    ShowMe,
    ShowMyAssignment,
    ShowMyCourse,
    ShowNotifications,
    ShowPreferences,
    ShowQuiz,
    ShowReminders,
    ShowSecondFactor,
    ShowSettings,
    ShowTranscript,
    ShowVideo,
    ShowWork,
    SignIn,
    SignOut,
    StartContent,
    StartQuiz,
    StepUp,
    SubmitAssignment,
    SubmitQuiz,
    Tell,
    TellOfAttempts,
    TellOfCaptions,
    TellOfCourses,
    TellOfExtensions,
    TellOfFlags,
    TellOfWork,
    TidyUp,
    Turns,
    UndoImport,
    UnlockAccount,
    UploadFile,
    UploadVideo,
    VerifyCertificate,
    VerifyDomain,
    VerifyEmail,
    WarnOfTrialEnds,
    WriteReport,
)


class UseCaseProvider(Provider):
    """Binds every use case to itself; its ports come from the other providers."""

    scope = Scope.APP

    def __init__(self) -> None:
        super().__init__()
        for use_case in _USE_CASES:
            self.provide(use_case)

    @provide
    def job_handlers(self, export_school: ExportSchool, write_report: WriteReport) -> JobHandlers:
        """What does each kind of job."""
        return {JobKind.SCHOOL_EXPORT: export_school, JobKind.REPORT: write_report}
