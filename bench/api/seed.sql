-- Twenty schools of one size: 100 teachers, 25 courses of 4 modules of 5 contents, and a third of the progress there
-- could be. Whoever is measured sees all 25 courses.
-- PASSWORD_HASH is replaced before.

INSERT INTO tenants (id, name, name_folded, subdomain, contact_email, time_zone, locale, primary_color, secondary_color,
    font_family, plan, limit_teachers, limit_courses, limit_storage_bytes, limit_video_seconds, is_converted,
    is_suspended, trial_ends_on, trial_ends_at, created_at)
SELECT uuidv7(), 'School ' || n, 'school ' || n, 'school-' || n, 'head@school-' || n || '.test', 'Asia/Kolkata', 'en',
    '#1a56db', '#0e9f6e', 'Inter', 'PRO', 1000, 1000, 1000000000000, 100000000, true,
    false, '2026-12-31', '2026-12-31T18:30:00Z', now() - n * interval '1 day'
FROM generate_series(1, 20) AS n;

INSERT INTO tenant_usage (tenant_id, stored_bytes) SELECT id, 0 FROM tenants;

INSERT INTO users (id, tenant_id, email, email_folded, first_name, last_name, name_folded, role, employee_id, subjects,
    grades, department, designation, bio, password_hash, must_change_password, is_active, email_verified, created_at)
SELECT uuidv7(), t.id, 'teacher-' || n || '@school.test', 'teacher-' || n || '@school.test', 'Tara', 'Teacher ' || n,
    'tara teacher ' || n, 'TEACHER', 'E-' || n, '{Physics,Chemistry}', '{9,10}', 'Science', 'Teacher', '',
    'PASSWORD_HASH', false, true, true, now()
FROM tenants AS t, generate_series(1, 100) AS n;

INSERT INTO courses (id, tenant_id, title, title_folded, slug, description, is_mandatory, deadline, estimated_hours,
    is_published, assigned_to_all, version, created_at, updated_at)
SELECT uuidv7(), t.id, 'Assessment for learning, part ' || n, 'assessment for learning, part ' || n, 'part-' || n,
    'How to gather evidence of learning during a lesson, and what to do with it on the very next day.', n % 3 = 0,
    CASE WHEN n % 2 = 0 THEN DATE '2027-01-01' + n END, 1.5, true, n % 5 <> 0, 3,
    now() - n * interval '1 hour', now()
FROM tenants AS t, generate_series(1, 25) AS n;

INSERT INTO course_teachers (tenant_id, course_id, user_id, assigned_at)
SELECT c.tenant_id, c.id, u.id, now()
FROM courses AS c JOIN users AS u ON u.tenant_id = c.tenant_id
WHERE NOT c.assigned_to_all AND (u.last_name LIKE '%1' OR u.last_name LIKE '%2');

INSERT INTO modules (id, tenant_id, course_id, title, description, position, created_at)
SELECT uuidv7(), c.tenant_id, c.id, 'Module ' || n, 'What this part is about.', n - 1, now()
FROM courses AS c, generate_series(1, 4) AS n;

INSERT INTO contents (id, tenant_id, course_id, module_id, title, content_type, position, is_mandatory, url,
    text, required_coverage, created_at, updated_at)
SELECT uuidv7(), m.tenant_id, m.course_id, m.id, 'Lecture ' || n || ': questions that make thinking visible',
    (ARRAY['VIDEO', 'VIDEO', 'VIDEO', 'LINK', 'TEXT'])[n], n - 1, n <> 4,
    CASE WHEN n = 4 THEN 'https://library.test/articles/' || n END, CASE WHEN n = 5 THEN '<p>Read this.</p>' END,
    CASE WHEN n <= 3 THEN 90 END, now(), now()
FROM modules AS m, generate_series(1, 5) AS n;

INSERT INTO video_assets (id, tenant_id, content_id, status, playable, source_key, source_bytes, source_name, language,
    duration_seconds, width, height, hls_key, poster_key, captions_key, stored_bytes, created_at)
SELECT uuidv7(), tenant_id, id, 'READY', true, prefix || 'source.bin', 500000000, 'lecture.mp4', 'en', 1799.6, 1920,
    1080, prefix || 'rtranscode/master.m3u8', prefix || 'rthumbnail/poster.jpg', prefix || 'rtranscribe/captions.vtt',
    600000000, now()
FROM (SELECT *, 'tenant/' || tenant_id || '/videos/' || id || '/' AS prefix FROM contents) AS c
WHERE content_type = 'VIDEO';

INSERT INTO content_progress (tenant_id, user_id, content_id, watched, position_seconds, started_at, completed_at)
SELECT c.tenant_id, u.id, c.id, '{[0,600),[720,1100)}', 1100.5, now(), CASE WHEN c.position < 2 THEN now() END
FROM (SELECT *, row_number() OVER (PARTITION BY tenant_id ORDER BY id) AS n FROM contents) AS c
JOIN (SELECT *, row_number() OVER (PARTITION BY tenant_id ORDER BY id) AS n FROM users) AS u
    ON u.tenant_id = c.tenant_id AND (u.n + c.n) % 3 = 0;
