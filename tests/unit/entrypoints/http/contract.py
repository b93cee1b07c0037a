"""The contract of the API, row by row: what clients that exist rely on, written by hand and not made from the code.

A row says who may call, which status success has and which fields an answer always has. More fields may be there.
"""

from dataclasses import dataclass

from lms_domain.accounts.roles import LEARNER_ROLES, Role

ANYBODY: frozenset[Role] = frozenset()
"""Public: no token is asked for."""
SIGNED_IN = frozenset(Role)
OPERATOR = frozenset({Role.SUPER_ADMIN})
ADMIN = frozenset({Role.SCHOOL_ADMIN})
LEARNER = LEARNER_ROLES
LEADER = frozenset({Role.HOD, Role.IB_COORDINATOR})
SCHOOL = frozenset(Role) - OPERATOR
"""Everybody with a profile: of operators there is nothing but a name."""

USER = (
    "id email first_name last_name role tenant_id employee_id subjects grades department designation bio "
    "profile_picture_url date_of_joining is_active email_verified must_change_password created_at"
)
TENANT = (
    "id name subdomain status is_active is_trial trial_ends_on plan limits.teachers limits.courses "
    "limits.storage_bytes limits.video_seconds features usage admin_email teacher_count course_count suspension_reason "
    "created_at"
)
COURSE_LIST = (
    "id title slug description thumbnail_url is_mandatory deadline estimated_hours is_published assigned_to_all "
    "assigned_groups assigned_teachers module_count content_count assigned_teacher_count completion_rate version "
    "created_at updated_at"
)
CONTENT = (
    "id title content_type order is_mandatory url file_url text duration_seconds required_coverage video_status "
    "created_at updated_at"
)
MODULE = "id title description order " + " ".join(f"contents[].{name}" for name in CONTENT.split())
COURSE = COURSE_LIST + " " + " ".join(f"modules[].{name}" for name in MODULE.split())
STEP = "name state attempt progress started_at finished_at error"
VIDEO = "id status playable duration_seconds width height error " + " ".join(f"steps[].{n}" for n in STEP.split())
VIDEO_STATUS = "content transcript assignments playback " + " ".join(f"video_asset.{name}" for name in VIDEO.split())
PROGRESS = "progress.completed_content_count progress.total_content_count progress.percentage progress.is_complete"
LEARNED = "status coverage watched resume_seconds hls_url captions_url thumbnail_url storyboard_url playback_expires_at"
TEACHER_COURSE = f"{COURSE_LIST} {PROGRESS} " + " ".join(
    f"modules[].contents[].{name}" for name in (CONTENT + " " + LEARNED).split()
)
STATS = (
    "total_tenants active_tenants trial_tenants suspended_tenants total_users total_teachers storage_bytes "
    "video_seconds plan_distribution recent_onboards schools_near_limits activity[].date pipeline.queued "
    "pipeline.running pipeline.failed"
)
THEME = "name subdomain logo_url primary_color secondary_color font_family"
ASSIGNMENT = (
    "id course_id course_title content_id title instructions kind due_date is_mandatory max_score passing_score "
    "submission_status score feedback is_quiz is_late"
)
QUIZ = (
    "assignment_id quiz_id attempts_allowed attempts_used best_score passing_score time_limit_seconds attempt.id "
    "attempt.started_at attempt.expires_at attempt.draft questions[].id questions[].order questions[].kind "
    "questions[].prompt questions[].points"
)
ITEM_STATISTICS = (
    "quiz_id version people questions[].question_id questions[].prompt questions[].answered questions[].correct "
    "questions[].difficulty questions[].discrimination questions[].options[].id questions[].options[].text "
    "questions[].options[].is_correct questions[].options[].chosen questions[].options[].share "
    "questions[].unused_option_ids questions[].advice"
)
JOB = "id kind status progress result_url error"
CAMPAIGN = "id kind created_at counts.queued counts.sent counts.failed"
NOTIFICATION = "id kind title message link is_read created_at"
COMPLETION_ROW = (
    "teacher_id teacher_name teacher_email department course_id course_title deadline status percentage completed_at"
)
TRANSCRIPT = "content_id language full_text segments[].start segments[].end segments[].text vtt_url generated_at"
DASHBOARD = (
    "stats.overall_progress stats.total_courses stats.completed_courses stats.pending_assignments continue_learning "
    "deadlines[].type deadlines[].id deadlines[].title deadlines[].due deadlines[].days_left"
)
FILE = "file_id url"

PAGED = "page page_size"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One operation."""

    method: str
    path: str
    operation_id: str
    roles: frozenset[Role]
    status: int = 200
    fields: str = ""
    """What an answer has; of a list, what each result has. ``a.b`` is a field of a field, ``a[].b`` of each entry."""
    is_list: bool = False
    is_cursored: bool = False
    """A list that is read on from a mark, without counting."""
    is_file_too: bool = False
    """The list comes as a file as well, or as a job that makes it."""
    parameters: str = ""
    body: str = ""
    """Fields that a JSON body may have."""
    required: str = ""
    """Those of them without which it is refused."""


def _row(method: str, path: str, operation_id: str, roles: frozenset[Role], status: int = 200, **more: object) -> Row:
    return Row(method=method, path=path, operation_id=operation_id, roles=roles, status=status, **more)  # type: ignore[arg-type]  # fields of Row, checked by its constructor


def _list(path: str, operation_id: str, roles: frozenset[Role], fields: str, parameters: str = "") -> Row:
    return _row(
        "GET", path, operation_id, roles, fields=fields, is_list=True, parameters=f"{PAGED} {parameters}".strip()
    )


def _report(name: str, operation_id: str, fields: str) -> Row:
    filters = f"{PAGED} format course group department status"
    path = f"/api/reports/{name}"
    return _row("GET", path, operation_id, ADMIN, fields=fields, is_list=True, is_file_too=True, parameters=filters)


AUTH = "/api/users/auth"
ONE_MODULE = "/api/courses/{course_id}/modules/{module_id}"
ONE_CONTENT = ONE_MODULE + "/contents/{content_id}"
ONE_TENANT = "/api/super-admin/tenants/{tenant_id}"
QUESTIONS = "/api/assignments/{assignment_id}/questions"
ATTEMPT = (
    "id teacher.id teacher.name teacher.email quiz_version number state started_at submitted_at graded_at score passed "
    "waiting_answers is_late"
)
QUIZ_KEY = " ".join(
    f"questions[].{name}"
    for name in [
        "id",
        "kind",
        "prompt",
        "options[].id",
        "options[].text",
        "options[].is_correct",
        "accepted_answers",
        "points",
        "explanation",
        "evidence",
        "origin",
        "review",
    ]
)
TEACHER_BODY = (
    "email first_name last_name role password password_confirm employee_id subjects grades department designation "
    "date_of_joining group_ids"
)
COURSE_BODY = (
    "title description is_mandatory deadline estimated_hours assigned_to_all assigned_groups assigned_teachers "
    "thumbnail"
)

ROWS = (
    # Signing in
    _row(
        "POST",
        f"{AUTH}/login",
        "login",
        ANYBODY,
        fields="user tokens.access tokens.refresh " + " ".join(f"user.{n}" for n in USER.split()),
        body="email password portal session",
        required="email password",
    ),
    _row("POST", f"{AUTH}/refresh", "refresh", ANYBODY, fields="access refresh", body="refresh_token"),
    _row("POST", f"{AUTH}/logout", "logout", ANYBODY, 204, body="refresh_token"),
    _row(
        "POST", f"{AUTH}/request-password-reset", "requestPasswordReset", ANYBODY, 202, body="email", required="email"
    ),
    _row(
        "POST",
        f"{AUTH}/confirm-password-reset",
        "confirmPasswordReset",
        ANYBODY,
        204,
        body="uid token new_password",
        required="uid token new_password",
    ),
    _row("POST", f"{AUTH}/verify-email", "verifyEmail", ANYBODY, 204),
    _row("POST", f"{AUTH}/resend-verification", "resendVerification", ANYBODY, 202),
    _row("POST", f"{AUTH}/accept-invitation", "acceptInvitation", ANYBODY),
    _row("GET", f"{AUTH}/me", "getMe", SIGNED_IN, fields=USER),
    _row("PATCH", f"{AUTH}/me", "editMe", SIGNED_IN, fields=USER),
    _row(
        "POST",
        f"{AUTH}/change-password",
        "changePassword",
        SIGNED_IN,
        fields="tokens.access tokens.refresh",
        body="current_password new_password",
        required="current_password new_password",
    ),
    _row("GET", f"{AUTH}/preferences", "getPreferences", SIGNED_IN),
    _row("PATCH", f"{AUTH}/preferences", "editPreferences", SCHOOL),
    _list(f"{AUTH}/sessions", "listSessions", SIGNED_IN, "id"),
    _row("DELETE", f"{AUTH}/sessions", "endOtherSessions", SIGNED_IN, 204),
    _row("DELETE", f"{AUTH}/sessions/{{session_id}}", "endSession", SIGNED_IN, 204),
    _row("GET", f"{AUTH}/otp", "getSecondFactor", SIGNED_IN),
    _row("POST", f"{AUTH}/otp/enrol", "enrolSecondFactor", SIGNED_IN, fields="secret uri"),
    _row(
        "POST",
        f"{AUTH}/otp/confirm",
        "confirmSecondFactor",
        SIGNED_IN,
        fields="recovery_codes",
        body="code",
        required="code",
    ),
    _row("POST", f"{AUTH}/otp/disable", "disableSecondFactor", SIGNED_IN, 204, body="code", required="code"),
    _row("POST", f"{AUTH}/step-up", "stepUp", SIGNED_IN),
    _row(
        "POST",
        f"{AUTH}/exchange",
        "exchangeCode",
        ANYBODY,
        fields="access user impersonation",
        body="code",
        required="code",
    ),
    _row("GET", "/api/tenants/theme", "getTheme", ANYBODY, fields=THEME),
    # Command Center
    _row("GET", "/api/super-admin/stats", "getPlatformStats", OPERATOR, fields=STATS),
    _list("/api/super-admin/tenants", "listSchools", OPERATOR, TENANT, "is_active is_trial plan search ordering"),
    _row(
        "POST",
        "/api/super-admin/tenants",
        "onboardSchool",
        OPERATOR,
        201,
        fields="tenant admin_email subdomain",
        body="school_name admin_email admin_first_name admin_last_name admin_password subdomain plan trial_days",
        required="school_name admin_email admin_first_name admin_last_name",
    ),
    _row(
        "GET",
        "/api/super-admin/plans",
        "listPlans",
        OPERATOR,
        fields="plans[].plan plans[].limits.teachers plans[].features",
    ),
    _row(
        "GET",
        "/api/super-admin/school-addresses",
        "adviseAddress",
        OPERATOR,
        fields="subdomain problem message suggestion",
        parameters="school_name subdomain",
    ),
    _row("GET", ONE_TENANT, "getSchool", OPERATOR, fields=TENANT),
    _row(
        "PATCH",
        ONE_TENANT,
        "editSchool",
        OPERATOR,
        fields=TENANT,
        body="is_active suspension_reason plan limits features notes",
    ),
    _row("DELETE", ONE_TENANT, "requestErasure", OPERATOR, 202),
    _row("POST", f"{ONE_TENANT}/erase", "confirmErasure", OPERATOR, 204),
    _row(
        "POST",
        f"{ONE_TENANT}/impersonate",
        "impersonate",
        OPERATOR,
        201,
        fields="url code expires_at",
        body="reason",
        required="reason",
    ),
    _row("GET", f"{ONE_TENANT}/usage", "getSchoolUsage", OPERATOR),
    _row(
        "GET",
        f"{ONE_TENANT}/administrators",
        "listAdministrators",
        OPERATOR,
        fields="administrators[].id administrators[].email administrators[].first_name administrators[].last_name "
        "administrators[].is_active administrators[].has_joined administrators[].invited_at "
        "administrators[].last_sign_in_at",
    ),
    _row("POST", f"{ONE_TENANT}/administrators/{{teacher_id}}/invite", "inviteAdministrator", OPERATOR, 204),
    _row("GET", f"{ONE_TENANT}/export", "exportSchool", OPERATOR, 202, fields=JOB),
    _list("/api/super-admin/audit", "listPlatformAudit", OPERATOR, "id at actor_id action before after"),
    _list("/api/super-admin/pipeline", "listTroubledSteps", OPERATOR, "id tenant_id name state error"),
    _row("POST", "/api/super-admin/pipeline/retry", "retryStep", OPERATOR, 204),
    # School admin: the school itself
    _row("GET", "/api/tenants/stats", "getSchoolStats", ADMIN),
    _row("GET", "/api/tenants/analytics", "getAnalytics", ADMIN, parameters="months course_id"),
    _row("GET", "/api/tenants/settings", "getSettings", ADMIN, fields=THEME),
    _row("PATCH", "/api/tenants/settings", "updateSettings", ADMIN, fields=THEME),
    _list("/api/tenants/domains", "listDomains", ADMIN, "id hostname status"),
    _row(
        "POST",
        "/api/tenants/domains",
        "addDomain",
        ADMIN,
        201,
        fields="id hostname status",
        body="hostname",
        required="hostname",
    ),
    _row("DELETE", "/api/tenants/domains/{domain_id}", "removeDomain", ADMIN, 204),
    _row("POST", "/api/tenants/domains/{domain_id}/verify", "verifyDomain", ADMIN, fields="id hostname status"),
    # Courses
    _list("/api/courses", "listCourses", ADMIN, COURSE_LIST, "is_published is_mandatory search"),
    _row("POST", "/api/courses", "createCourse", ADMIN, 201, fields=COURSE, body=COURSE_BODY, required="title"),
    _row("GET", "/api/courses/{course_id}", "getCourse", ADMIN, fields=COURSE),
    _row(
        "PATCH",
        "/api/courses/{course_id}",
        "updateCourse",
        ADMIN,
        fields=COURSE,
        body=COURSE_BODY,
        parameters="If-Match",
    ),
    _row("DELETE", "/api/courses/{course_id}", "deleteCourse", ADMIN, 204),
    _row(
        "POST",
        "/api/courses/{course_id}/publish",
        "publishCourse",
        ADMIN,
        fields=COURSE,
        body="action",
        required="action",
    ),
    _row("POST", "/api/courses/{course_id}/duplicate", "duplicateCourse", ADMIN, 201, fields=COURSE),
    _row("POST", "/api/courses/{course_id}/restore", "restoreCourse", ADMIN, fields=COURSE),
    _row(
        "PUT",
        "/api/courses/{course_id}/outline",
        "setOutline",
        ADMIN,
        fields=COURSE,
        body="modules",
        required="modules",
    ),
    _list("/api/courses/{course_id}/modules", "listModules", ADMIN, MODULE),
    _row(
        "POST",
        "/api/courses/{course_id}/modules",
        "createModule",
        ADMIN,
        201,
        fields=MODULE,
        body="title description",
        required="title",
    ),
    _row("GET", ONE_MODULE, "getModule", ADMIN, fields=MODULE),
    _row("PATCH", ONE_MODULE, "updateModule", ADMIN, fields=MODULE, body="title description"),
    _row("DELETE", ONE_MODULE, "deleteModule", ADMIN, 204),
    _list(f"{ONE_MODULE}/contents", "listContents", ADMIN, CONTENT),
    _row(
        "POST",
        f"{ONE_MODULE}/contents",
        "createContent",
        ADMIN,
        201,
        fields=CONTENT,
        body="title content_type is_mandatory url file_id text required_coverage",
        required="title content_type",
    ),
    _row("GET", ONE_CONTENT, "getContent", ADMIN, fields=CONTENT),
    _row("PATCH", ONE_CONTENT, "updateContent", ADMIN, fields=CONTENT),
    _row("DELETE", ONE_CONTENT, "deleteContent", ADMIN, 204),
    _row(
        "POST",
        f"{ONE_MODULE}/contents/video-upload",
        "uploadVideo",
        ADMIN,
        201,
        fields="content.id " + " ".join(f"video_asset.{n}" for n in VIDEO.split()),
    ),
    _row("GET", f"{ONE_CONTENT}/video-status", "getVideoStatus", ADMIN, fields=VIDEO_STATUS),
    _row("GET", f"{ONE_CONTENT}/video-events", "watchVideo", ADMIN),
    _row("POST", f"{ONE_CONTENT}/video/rerun", "rerunVideo", ADMIN, 202, body="from_step only", required="from_step"),
    _row("GET", f"{ONE_CONTENT}/captions", "getCaptions", ADMIN),
    _row("PUT", f"{ONE_CONTENT}/captions", "setCaptions", ADMIN),
    # Assignments and grading
    _list("/api/assignments", "listAssignments", ADMIN, "id title"),
    _row(
        "POST",
        "/api/assignments",
        "createAssignment",
        ADMIN,
        201,
        body="course_id module_id content_id title instructions due_date max_score passing_score is_mandatory",
        required="course_id title instructions",
    ),
    _row("GET", "/api/assignments/{assignment_id}", "getAssignment", ADMIN),
    _list("/api/assignments/{assignment_id}/submissions", "listSubmissions", ADMIN, "id score feedback"),
    _row(
        "POST",
        "/api/submissions/{submission_id}/grade",
        "gradeSubmission",
        ADMIN,
        body="score feedback",
        required="score",
    ),
    _row("PATCH", "/api/assignments/{assignment_id}", "updateAssignment", ADMIN),
    _row("DELETE", "/api/assignments/{assignment_id}", "deleteAssignment", ADMIN, 204),
    _list(
        "/api/assignments/{assignment_id}/attempts",
        "listAttempts",
        ADMIN,
        ATTEMPT,
        "state waiting search ordering",
    ),
    _row(
        "GET",
        "/api/attempts/{attempt_id}",
        "getAttempt",
        ADMIN,
        fields=f"{ATTEMPT} assignment_id assignment_title course_title passing_score "
        + " ".join(
            f"questions[].{name}"
            for name in [
                "id",
                "order",
                "kind",
                "prompt",
                "points",
                "options",
                "accepted_answers",
                "explanation",
                "evidence",
                "is_withdrawn",
                "answer",
                "verdict",
                "decided_by",
            ]
        ),
    ),
    _list(
        "/api/quiz-answers/waiting",
        "listWaitingAnswers",
        ADMIN,
        "question_id assignment_id assignment_title course_title prompt points explanation evidence accepted_answers "
        "waiting waiting_since answers[].attempt_id answers[].teacher_name answers[].text answers[].submitted_at",
    ),
    _row(
        "POST",
        "/api/attempts/{attempt_id}/answers/{question_id}/decide",
        "decideAnswer",
        ADMIN,
        fields="attempt_id state score passed waiting_answers decided attempts_regraded newly_graded scores_raised "
        "newly_passed",
        body="is_right same_answers accept_for_all overrule",
        required="is_right",
    ),
    _row(
        "POST",
        f"{QUESTIONS}/{{question_id}}/mend",
        "mendQuestion",
        ADMIN,
        fields="attempts_regraded people newly_graded scores_raised newly_passed",
        body="correct_option_id accepted_answers tolerance is_withdrawn reason dry_run",
    ),
    _row("GET", QUESTIONS, "listQuestions", ADMIN, fields=QUIZ_KEY),
    _row("POST", QUESTIONS, "createQuestion", ADMIN, 201, fields=QUIZ_KEY),
    _row("PATCH", f"{QUESTIONS}/{{question_id}}", "updateQuestion", ADMIN, fields=QUIZ_KEY),
    _row("DELETE", f"{QUESTIONS}/{{question_id}}", "deleteQuestion", ADMIN, 204),
    _row("POST", f"{QUESTIONS}/{{question_id}}/review", "reviewQuestion", ADMIN, fields=QUIZ_KEY),
    _row(
        "GET",
        "/api/assignments/{assignment_id}/item-statistics",
        "getItemStatistics",
        ADMIN,
        fields=ITEM_STATISTICS,
    ),
    _list(
        "/api/assignments/{assignment_id}/extensions",
        "listExtensions",
        ADMIN,
        "teacher.id teacher.name teacher.email extra_seconds extra_percent extra_attempts reason given_at open_until",
        "search",
    ),
    _row(
        "PUT",
        "/api/assignments/{assignment_id}/extensions/{user_id}",
        "extendQuiz",
        ADMIN,
        fields="teacher.id extra_seconds extra_percent extra_attempts reason given_at open_until",
        body="extra_seconds extra_percent extra_attempts reason",
        required="reason",
    ),
    _row("DELETE", "/api/assignments/{assignment_id}/extensions/{user_id}", "endExtension", ADMIN, 204),
    _row(
        "GET",
        "/api/assignments/{assignment_id}/question-flags",
        "listQuestionFlags",
        ADMIN,
        fields="flags[].question_ids flags[].teacher_id flags[].teacher_name flags[].reason flags[].created_at",
    ),
    _row("DELETE", f"{QUESTIONS}/{{question_id}}/flags", "settleQuestionFlags", ADMIN, 204),
    _row(
        "POST",
        "/api/teacher/quizzes/{assignment_id}/questions/{question_id}/flag",
        "flagQuestion",
        LEARNER,
        204,
        body="reason",
        required="reason",
    ),
    _row(
        "GET",
        "/api/reports/question-rules",
        "reportQuestionRules",
        ADMIN,
        fields="rules[].rule rules[].proposed rules[].accepted rules[].edited rules[].rejected rules[].stale "
        "rules[].reasons[].reason rules[].reasons[].count",
    ),
    # People
    _list("/api/teachers", "listTeachers", ADMIN, USER, "role department group is_active search"),
    _row(
        "POST",
        "/api/teachers",
        "createTeacher",
        ADMIN,
        201,
        fields=USER,
        body=TEACHER_BODY,
        required="email first_name last_name",
    ),
    _row("GET", "/api/teachers/{teacher_id}", "getTeacher", ADMIN, fields=USER),
    _row("PATCH", "/api/teachers/{teacher_id}", "updateTeacher", ADMIN, fields=USER),
    _row("DELETE", "/api/teachers/{teacher_id}", "deactivateTeacher", ADMIN, 204),
    _row("POST", "/api/teachers/import", "importTeachers", ADMIN),
    _row("GET", "/api/teachers/import/{import_id}", "getTeacherImport", ADMIN),
    _row("POST", "/api/teachers/import/{import_id}/undo", "undoTeacherImport", ADMIN),
    _row(
        "POST",
        f"{AUTH}/register-teacher",
        "registerTeacher",
        ADMIN,
        201,
        fields=USER,
        body=TEACHER_BODY,
        required="email first_name last_name",
    ),
    _row("POST", "/api/teachers/{teacher_id}/invite", "inviteTeacher", ADMIN, 204),
    _row("GET", "/api/teachers/{teacher_id}/export", "exportTeacher", ADMIN),
    _row("POST", "/api/teachers/{teacher_id}/erase", "eraseTeacher", ADMIN, 204),
    _list("/api/teacher-groups", "listGroups", ADMIN, "id name", "search"),
    _row("POST", "/api/teacher-groups", "createGroup", ADMIN, 201, fields="id name", body="name", required="name"),
    _row("GET", "/api/teacher-groups/{group_id}", "getGroup", ADMIN, fields="id name"),
    _row("PATCH", "/api/teacher-groups/{group_id}", "updateGroup", ADMIN, fields="id name"),
    _row("DELETE", "/api/teacher-groups/{group_id}", "deleteGroup", ADMIN, 204),
    _list("/api/teacher-groups/{group_id}/members", "listGroupMembers", ADMIN, "id email"),
    _row(
        "PUT",
        "/api/teacher-groups/{group_id}/members",
        "setGroupMembers",
        ADMIN,
        body="teacher_ids",
        required="teacher_ids",
    ),
    _row(
        "POST",
        "/api/teacher-groups/{group_id}/members",
        "addGroupMembers",
        ADMIN,
        body="teacher_ids",
        required="teacher_ids",
    ),
    _row("DELETE", "/api/teacher-groups/{group_id}/members/{teacher_id}", "removeGroupMember", ADMIN, 204),
    # Reports, reminders, audit, files
    _report("course-completion", "reportCourseCompletion", COMPLETION_ROW),
    _report(
        "assignment-status", "reportAssignmentStatus", "teacher_id teacher_name assignment_id due_date status score"
    ),
    _report("engagement", "reportEngagement", "teacher_id teacher_name"),
    _list("/api/reminders", "listReminders", ADMIN, CAMPAIGN),
    _row(
        "POST",
        "/api/reminders",
        "sendReminder",
        ADMIN,
        201,
        fields=CAMPAIGN,
        body="kind course_id assignment_id teacher_ids subject message",
        required="kind",
    ),
    _row(
        "POST",
        "/api/reminders/preview",
        "previewReminder",
        ADMIN,
        fields="recipient_count recipients subject message",
        body="kind course_id assignment_id teacher_ids subject message",
        required="kind",
    ),
    _list("/api/reminders/{reminder_id}", "listReminderDeliveries", ADMIN, "id"),
    _row("POST", "/api/reminders/{reminder_id}/deliveries/retry", "retryReminder", ADMIN, fields="retried"),
    _row("POST", "/api/announcements", "announce", ADMIN, 201, body="title message", required="title message"),
    _list("/api/audit", "listSchoolAudit", ADMIN, "id at actor_id action before after"),
    _row("POST", "/api/uploads", "createUpload", ADMIN, 201),
    _row("POST", "/api/uploads/tenant-logo", "uploadTenantLogo", ADMIN, 201, fields=FILE),
    _row("POST", "/api/uploads/course-thumbnail", "uploadCourseThumbnail", ADMIN, 201, fields=FILE),
    _row("POST", "/api/uploads/content-file", "uploadContentFile", ADMIN, 201, fields=FILE),
    _row("POST", "/api/uploads/submission-file", "uploadSubmissionFile", LEARNER, 201, fields=FILE),
    _row("POST", "/api/uploads/profile-picture", "uploadProfilePicture", SCHOOL, 201, fields=FILE),
    # Teacher portal
    _row("GET", "/api/teacher/dashboard", "getDashboard", LEARNER, fields=DASHBOARD),
    _list("/api/teacher/courses", "listTeacherCourses", LEARNER, f"{COURSE_LIST} {PROGRESS}"),
    _row("GET", "/api/teacher/courses/{course_id}", "getTeacherCourse", LEARNER, fields=TEACHER_COURSE),
    _row(
        "GET",
        "/api/teacher/courses/{course_id}/completion",
        "getCompletion",
        LEARNER,
        fields="is_complete percentage missing[].type missing[].id missing[].title missing[].reason",
    ),
    _row("POST", "/api/teacher/progress/content/{content_id}/start", "startContent", LEARNER),
    _row(
        "PATCH",
        "/api/teacher/progress/content/{content_id}",
        "reportProgress",
        LEARNER,
        fields="content_id status coverage watched position_seconds credited rejected completed_at",
        body="watched position_seconds playback_rate video_progress_seconds",
    ),
    _row("POST", "/api/teacher/progress/content/{content_id}/complete", "completeContent", LEARNER),
    _row("GET", "/api/teacher/videos/{content_id}/transcript", "getTranscript", LEARNER, fields=TRANSCRIPT),
    _row(
        "GET",
        "/api/teacher/search",
        "search",
        LEARNER,
        fields="courses[].id courses[].title contents[].id contents[].course_id transcripts[].content_id "
        "transcripts[].start transcripts[].parts[].text transcripts[].parts[].is_match",
        parameters="q limit",
    ),
    _list("/api/teacher/assignments", "listTeacherAssignments", LEARNER, ASSIGNMENT, "status"),
    _row("GET", "/api/teacher/assignments/{assignment_id}", "getTeacherAssignment", LEARNER, fields=ASSIGNMENT),
    _row(
        "POST",
        "/api/teacher/assignments/{assignment_id}/submit",
        "submitAssignment",
        LEARNER,
        body="submission_text file_ids",
    ),
    _row("GET", "/api/teacher/quizzes/{assignment_id}", "getQuiz", LEARNER, fields=QUIZ),
    _row("POST", "/api/teacher/quizzes/{assignment_id}/start", "startQuiz", LEARNER),
    _row(
        "POST", "/api/teacher/quizzes/{assignment_id}/submit", "submitQuiz", LEARNER, body="answers", required="answers"
    ),
    _row("PUT", "/api/teacher/quizzes/{assignment_id}/draft", "saveQuizDraft", LEARNER),
    _list(
        "/api/teacher/certificates",
        "listCertificates",
        LEARNER,
        "id course_id course_title code issued_at verify_url file_url",
    ),
    _row(
        "GET",
        "/api/certificates/{code}",
        "verifyCertificate",
        ANYBODY,
        fields="code school_name holder_name course_title issued_at",
    ),
    _list("/api/teacher/team", "listTeam", LEADER, "id email first_name last_name overall_progress"),
    # Notifications
    _row("GET", "/api/notifications", "listNotifications", SCHOOL, fields=NOTIFICATION, is_list=True, is_cursored=True),
    _row("GET", "/api/notifications/unread-count", "countUnread", SCHOOL),
    _row("GET", "/api/notifications/stream", "streamNotifications", SCHOOL),
    _row("POST", "/api/notifications/{notification_id}/read", "readNotification", SCHOOL),
    _row("POST", "/api/notifications/mark-all-read", "readAllNotifications", SCHOOL),
    # Jobs and operations
    _row("GET", "/api/jobs/{job_id}", "getJob", SIGNED_IN, fields=JOB),
    _row("GET", "/health/live", "liveness", ANYBODY),
    _row("GET", "/health/ready", "readiness", ANYBODY),
)

_PIPELINE = "resumable uploads, live step events and captions editing come with the pipeline"
NOT_YET = {
    "createUpload": _PIPELINE,
    "watchVideo": _PIPELINE,
    "getCaptions": _PIPELINE,
    "setCaptions": _PIPELINE,
}
"""Rows that are not due: each issue takes its own out."""
