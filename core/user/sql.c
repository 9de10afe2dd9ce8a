/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "user/user-private.h"

/* Every row that a person can see carries the operation that wrote it and that operation's clock; an
 * operation stays in the history with the one whose outcome the person saw. `rev` is the revision
 * that a remote service gave a row, none as long as there is no such service. */
static const char *const migrations[] = {
  "CREATE TABLE user_space ("
  "  one INTEGER PRIMARY KEY CHECK (one = 1),"
  "  space TEXT NOT NULL,"
  "  device TEXT NOT NULL,"
  "  clock_ms INTEGER NOT NULL,"
  "  clock_counter INTEGER NOT NULL"
  ") STRICT;"
  "CREATE TABLE user_questionnaire ("
  "  digest TEXT PRIMARY KEY,"
  "  id TEXT NOT NULL,"
  "  version TEXT NOT NULL,"
  "  structure BLOB NOT NULL"
  ") STRICT;"
  "CREATE TABLE user_words ("
  "  digest TEXT NOT NULL REFERENCES user_questionnaire (digest) ON DELETE CASCADE,"
  "  language TEXT NOT NULL,"
  "  words BLOB NOT NULL,"
  "  PRIMARY KEY (digest, language)"
  ") STRICT;"
  "CREATE TABLE user_assessment ("
  "  id TEXT PRIMARY KEY,"
  "  space TEXT NOT NULL,"
  "  questionnaire TEXT NOT NULL,"
  "  digest TEXT NOT NULL REFERENCES user_questionnaire (digest),"
  "  name TEXT NOT NULL,"
  "  archived INTEGER NOT NULL DEFAULT 0,"
  "  created INTEGER NOT NULL,"
  "  changed INTEGER NOT NULL,"
  "  op_id TEXT NOT NULL,"
  "  clock_ms INTEGER NOT NULL,"
  "  clock_counter INTEGER NOT NULL,"
  "  clock_device TEXT NOT NULL,"
  "  rev INTEGER"
  ") STRICT;"
  "CREATE INDEX user_assessment_changed ON user_assessment (archived, id);"
  "CREATE TABLE user_answer ("
  "  assessment TEXT NOT NULL REFERENCES user_assessment (id) ON DELETE CASCADE,"
  "  question TEXT NOT NULL,"
  "  answer TEXT,"
  "  flagged INTEGER NOT NULL DEFAULT 0,"
  "  author TEXT NOT NULL,"
  "  time INTEGER NOT NULL,"
  "  op_id TEXT NOT NULL,"
  "  clock_ms INTEGER NOT NULL,"
  "  clock_counter INTEGER NOT NULL,"
  "  clock_device TEXT NOT NULL,"
  "  rev INTEGER,"
  "  PRIMARY KEY (assessment, question)"
  ") STRICT;"
  "CREATE TABLE user_revision ("
  "  id TEXT PRIMARY KEY,"
  "  assessment TEXT NOT NULL REFERENCES user_assessment (id) ON DELETE CASCADE,"
  "  parent TEXT,"
  "  number INTEGER NOT NULL,"
  "  submitted INTEGER NOT NULL,"
  "  answers TEXT NOT NULL,"
  "  op_id TEXT NOT NULL,"
  "  UNIQUE (assessment, number)"
  ") STRICT;"
  "CREATE TABLE user_report ("
  "  number INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  id TEXT NOT NULL UNIQUE,"
  "  assessment TEXT NOT NULL REFERENCES user_assessment (id) ON DELETE CASCADE,"
  "  revision TEXT NOT NULL,"
  "  questionnaire TEXT NOT NULL,"
  "  submitted INTEGER NOT NULL,"
  "  score TEXT NOT NULL,"
  "  level TEXT,"
  "  report TEXT NOT NULL"
  ") STRICT;"
  "CREATE INDEX user_report_assessment ON user_report (assessment, number);"
  "CREATE INDEX user_report_revision ON user_report (revision);"
  "CREATE TABLE user_operation ("
  "  sequence INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  op_id TEXT NOT NULL UNIQUE,"
  "  space TEXT NOT NULL,"
  "  kind TEXT NOT NULL,"
  "  assessment TEXT NOT NULL,"
  "  question TEXT,"
  "  parent_op TEXT,"
  "  clock_ms INTEGER NOT NULL,"
  "  clock_counter INTEGER NOT NULL,"
  "  clock_device TEXT NOT NULL,"
  "  time INTEGER NOT NULL,"
  "  payload_hash TEXT NOT NULL,"
  "  payload TEXT,"
  "  outcome TEXT NOT NULL"
  ") STRICT;"
  "CREATE INDEX user_operation_assessment ON user_operation (assessment);"
  "CREATE TABLE user_change ("
  "  sequence INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  time INTEGER NOT NULL,"
  "  event TEXT NOT NULL CHECK (event IN ('INSERT', 'MODIFY', 'REMOVE')),"
  "  row TEXT NOT NULL,"
  "  assessment TEXT NOT NULL,"
  "  key TEXT NOT NULL,"
  "  old_image TEXT,"
  "  new_image TEXT"
  ") STRICT;"
  "CREATE INDEX user_change_assessment ON user_change (assessment);"
  "CREATE TABLE user_cursor ("
  "  reader TEXT PRIMARY KEY,"
  "  sequence INTEGER NOT NULL"
  ") STRICT;",
  /* `pushed` is the last operation that a remote service was told of, none as long as there is no
   * account; `swept` the last one that was looked at for what can go. */
  "ALTER TABLE user_space ADD COLUMN pushed INTEGER;"
  "ALTER TABLE user_space ADD COLUMN swept INTEGER NOT NULL DEFAULT 0;",
  "CREATE TABLE user_plan ("
  "  assessment TEXT NOT NULL REFERENCES user_assessment (id) ON DELETE CASCADE,"
  "  question TEXT NOT NULL,"
  "  owner TEXT,"
  "  due TEXT,"
  "  done INTEGER NOT NULL,"
  "  time INTEGER NOT NULL,"
  "  op_id TEXT NOT NULL,"
  "  clock_ms INTEGER NOT NULL,"
  "  clock_counter INTEGER NOT NULL,"
  "  clock_device TEXT NOT NULL,"
  "  rev INTEGER,"
  "  PRIMARY KEY (assessment, question)"
  ") STRICT;",
  /* When a person was last told that answers are due; it is of this device alone. */
  "CREATE TABLE user_reminder ("
  "  assessment TEXT PRIMARY KEY REFERENCES user_assessment (id) ON DELETE CASCADE,"
  "  time INTEGER NOT NULL"
  ") STRICT;",
  NULL
};

const PostureStoreModule posture_user_store_module = {
  .name = "user",
  .migrations = migrations,
};

const char posture_user_sql_space[] = "SELECT space, device FROM user_space";
const char posture_user_sql_insert_space[] =
  "INSERT INTO user_space (one, space, device, clock_ms, clock_counter) VALUES (1, ?1, ?2, ?3, 0)";
const char posture_user_sql_read_clock[] = "SELECT clock_ms, clock_counter FROM user_space";
const char posture_user_sql_tick[] = "UPDATE user_space SET clock_ms = ?1, clock_counter = ?2";

const char posture_user_sql_find_operation[] =
  "SELECT payload_hash FROM user_operation WHERE op_id = ?1";
const char posture_user_sql_insert_operation[] =
  "INSERT INTO user_operation (op_id, space, kind, assessment, question, parent_op, clock_ms,"
  " clock_counter, clock_device, time, payload_hash, payload, outcome)"
  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";

const char posture_user_sql_plan_sweep[] =
  "SELECT swept, coalesce(max(sequence), swept), count(sequence) FROM user_space LEFT JOIN"
  " (SELECT sequence FROM (SELECT sequence, clock_ms FROM user_operation"
  "   WHERE sequence > (SELECT swept FROM user_space) ORDER BY sequence LIMIT ?3)"
  "  WHERE (clock_ms < ?1 OR sequence <= (SELECT max(sequence) FROM user_operation) - ?2)"
  "  AND sequence <= (SELECT coalesce(pushed, 9223372036854775807) FROM user_space))";
/* An answer goes when its question has a later one, a name when there is a newer one; whatever it was,
 * when the assessment is gone. */
const char posture_user_sql_prune_operations[] =
  "DELETE FROM user_operation WHERE sequence IN (SELECT sequence FROM user_operation AS o"
  " WHERE sequence > ?1 AND sequence <= ?2 AND (CASE"
  "  WHEN NOT EXISTS (SELECT 1 FROM user_assessment WHERE id = o.assessment) THEN 1"
  "  WHEN kind = 'answer' THEN NOT EXISTS (SELECT 1 FROM user_answer"
  "   WHERE assessment = o.assessment AND question = o.question AND op_id = o.op_id)"
  "  WHEN kind = 'plan' THEN NOT EXISTS (SELECT 1 FROM user_plan"
  "   WHERE assessment = o.assessment AND question = o.question AND op_id = o.op_id)"
  "  WHEN kind IN ('rename', 'archive') THEN EXISTS (SELECT 1 FROM user_operation AS n"
  "   WHERE n.assessment = o.assessment AND n.kind = o.kind AND n.sequence > o.sequence)"
  "  ELSE 0 END))";
const char posture_user_sql_move_sweep[] = "UPDATE user_space SET swept = ?1";

const char posture_user_sql_assessment[] =
  "SELECT a.questionnaire, a.digest, a.name, a.archived, a.op_id, a.changed, q.version"
  " FROM user_assessment AS a JOIN user_questionnaire AS q ON q.digest = a.digest WHERE a.id = ?1";
const char posture_user_sql_insert_assessment[] =
  "INSERT INTO user_assessment (id, space, questionnaire, digest, name, created, changed, op_id,"
  " clock_ms, clock_counter, clock_device) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7, ?8, ?9, ?10)";
const char posture_user_sql_rename_assessment[] =
  "UPDATE user_assessment SET name = ?2, changed = ?3, op_id = ?4, clock_ms = ?5,"
  " clock_counter = ?6, clock_device = ?7 WHERE id = ?1";
const char posture_user_sql_archive_assessment[] =
  "UPDATE user_assessment SET archived = ?2, changed = ?3, op_id = ?4, clock_ms = ?5,"
  " clock_counter = ?6, clock_device = ?7 WHERE id = ?1";
const char posture_user_sql_touch_assessment[] =
  "UPDATE user_assessment SET changed = ?2 WHERE id = ?1";

const char posture_user_sql_answer[] =
  "SELECT answer, flagged, op_id FROM user_answer WHERE assessment = ?1 AND question = ?2";
const char posture_user_sql_put_answer[] =
  "INSERT INTO user_answer (assessment, question, answer, flagged, author, time, op_id, clock_ms,"
  " clock_counter, clock_device) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
  " ON CONFLICT (assessment, question) DO UPDATE SET answer = excluded.answer,"
  " flagged = excluded.flagged, author = excluded.author, time = excluded.time,"
  " op_id = excluded.op_id, clock_ms = excluded.clock_ms, clock_counter = excluded.clock_counter,"
  " clock_device = excluded.clock_device, rev = NULL";
const char posture_user_sql_answers[] =
  "SELECT question, answer FROM user_answer WHERE assessment = ?1 AND answer IS NOT NULL"
  " ORDER BY question";

const char posture_user_sql_flags[] =
  "SELECT question FROM user_answer WHERE assessment = ?1 AND flagged <> 0";
const char posture_user_sql_plan_of[] =
  "SELECT owner, due, done, op_id FROM user_plan WHERE assessment = ?1 AND question = ?2";
const char posture_user_sql_put_plan[] =
  "INSERT INTO user_plan (assessment, question, owner, due, done, time, clock_ms, op_id,"
  " clock_counter, clock_device) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
  " ON CONFLICT (assessment, question) DO UPDATE SET owner = excluded.owner, due = excluded.due,"
  " done = excluded.done, time = excluded.time, op_id = excluded.op_id,"
  " clock_ms = excluded.clock_ms, clock_counter = excluded.clock_counter,"
  " clock_device = excluded.clock_device, rev = NULL";
const char posture_user_sql_plan[] =
  "SELECT p.assessment, p.question, p.owner, p.due, p.done, p.time FROM user_plan AS p"
  " JOIN user_assessment AS a ON a.id = p.assessment"
  " WHERE (p.assessment = ?1 OR (?1 IS NULL AND a.archived = 0))"
  " AND (p.owner IS NOT NULL OR p.due IS NOT NULL OR p.done)"
  " ORDER BY p.done, p.due IS NULL, p.due, p.assessment, p.question";

const char posture_user_sql_answers_with_times[] =
  "SELECT question, answer, time FROM user_answer WHERE assessment = ?1 AND answer IS NOT NULL";
const char posture_user_sql_open_assessments[] =
  "SELECT id, name, digest FROM user_assessment WHERE archived = 0 ORDER BY id DESC LIMIT ?1";

const char posture_user_sql_last_revision[] =
  "SELECT id, number, answers, op_id FROM user_revision WHERE assessment = ?1 ORDER BY number DESC LIMIT 1";
const char posture_user_sql_insert_revision[] =
  "INSERT INTO user_revision (id, assessment, parent, number, submitted, answers, op_id)"
  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
const char posture_user_sql_revision[] =
  "SELECT r.assessment, r.parent, r.submitted, r.answers, a.questionnaire, a.digest, q.version"
  " FROM user_revision AS r JOIN user_assessment AS a ON a.id = r.assessment"
  " JOIN user_questionnaire AS q ON q.digest = a.digest WHERE r.id = ?1";

/* A report of an assessment that was deleted meanwhile has nowhere to go. */
const char posture_user_sql_insert_report[] =
  "INSERT INTO user_report (id, assessment, revision, questionnaire, submitted, score, level, report)"
  " SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8"
  " WHERE EXISTS (SELECT 1 FROM user_revision WHERE id = ?3 AND assessment = ?2)"
  " ON CONFLICT (id) DO NOTHING";
const char posture_user_sql_report[] = "SELECT report, assessment FROM user_report WHERE id = ?1";
#define STORED_REPORT                                                                             \
  "SELECT p.number, p.id, p.report, r.id, r.assessment, r.parent, r.submitted, r.answers,"        \
  " a.questionnaire, a.digest, q.version FROM user_report AS p"                                  \
  " JOIN user_revision AS r ON r.id = p.revision JOIN user_assessment AS a ON a.id = r.assessment" \
  " JOIN user_questionnaire AS q ON q.digest = a.digest"
const char posture_user_sql_stored_report[] = STORED_REPORT " WHERE p.id = ?1";
const char posture_user_sql_stored_reports[] =
  STORED_REPORT " WHERE p.number > ?1 ORDER BY p.number LIMIT ?2";
/* When a question was last answered up to a moment, as far as the history goes. */
const char posture_user_sql_answer_times[] =
  "SELECT question, max(time) FROM user_operation WHERE assessment = ?1 AND kind = 'answer'"
  " AND question IS NOT NULL AND time <= ?2 GROUP BY question";
const char posture_user_sql_report_of_revision[] =
  "SELECT p.id FROM user_revision AS r LEFT JOIN user_report AS p ON p.revision = r.id WHERE r.id = ?1";

/* No row if the assessment is gone, the beginning of time if nothing was said yet. */
const char posture_user_sql_reminder[] =
  "SELECT coalesce(r.time, 0) FROM user_assessment AS a LEFT JOIN user_reminder AS r ON r.assessment = a.id"
  " WHERE a.id = ?1";
const char posture_user_sql_put_reminder[] =
  "INSERT INTO user_reminder (assessment, time) VALUES (?1, ?2)"
  " ON CONFLICT (assessment) DO UPDATE SET time = excluded.time";

const char posture_user_sql_insert_change[] =
  "INSERT INTO user_change (time, event, row, assessment, key, old_image, new_image)"
  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
const char posture_user_sql_changes[] =
  "SELECT sequence, event, row, assessment, key, old_image FROM user_change WHERE sequence > ?1"
  " ORDER BY sequence LIMIT ?2";
const char posture_user_sql_cursor[] = "SELECT sequence FROM user_cursor WHERE reader = ?1";
const char posture_user_sql_move_cursor[] =
  "INSERT INTO user_cursor (reader, sequence) VALUES (?1, ?2)"
  " ON CONFLICT (reader) DO UPDATE SET sequence = excluded.sequence";
const char posture_user_sql_prune_changes[] =
  "DELETE FROM user_change WHERE sequence IN (SELECT sequence FROM"
  " (SELECT sequence, time FROM user_change ORDER BY sequence LIMIT ?3)"
  " WHERE (time < ?1 OR sequence <= ?2) AND sequence <= (SELECT min(sequence) FROM user_cursor))";

const char posture_user_sql_insert_questionnaire[] =
  "INSERT INTO user_questionnaire (digest, id, version, structure) VALUES (?1, ?2, ?3, ?4)"
  " ON CONFLICT (digest) DO NOTHING";
const char posture_user_sql_insert_words[] =
  "INSERT INTO user_words (digest, language, words) VALUES (?1, ?2, ?3)"
  " ON CONFLICT (digest, language) DO UPDATE SET words = excluded.words WHERE words <> excluded.words";
const char posture_user_sql_questionnaires[] = "SELECT digest, structure FROM user_questionnaire";
/* English first: other languages fall back to it. */
const char posture_user_sql_words[] =
  "SELECT language, words FROM user_words WHERE digest = ?1 ORDER BY language <> 'en', language";

const char posture_user_sql_delete_report[] = "DELETE FROM user_report WHERE id = ?1";
/* Answers, revisions and reports go with their assessment. */
const char posture_user_sql_delete_assessment[] = "DELETE FROM user_assessment WHERE id = ?1";
/* What is left of an operation is that it was there, so that it cannot be done again. Its hash goes, too:
 * a yes or a no could be guessed from it. */
const char posture_user_sql_forget_operations[] =
  "UPDATE user_operation SET payload = NULL, payload_hash = '', question = NULL WHERE assessment = ?1";
const char posture_user_sql_forget_changes[] = "DELETE FROM user_change WHERE assessment = ?1";

#define ASSESSMENT_COLUMNS                                                                        \
  "a.id, a.name, a.questionnaire, a.digest, a.archived, a.created, a.changed,"                    \
  " (SELECT count(*) FROM user_answer WHERE assessment = a.id AND answer IS NOT NULL),"           \
  " r.id, r.number, p.id, r.submitted, p.level, p.score,"                                         \
  /* the row's own clock, not a person's: answers and submission can come in one millisecond */   \
  " EXISTS (SELECT 1 FROM user_answer AS w JOIN user_operation AS o ON o.op_id = r.op_id"         \
  "  WHERE w.assessment = a.id AND (w.clock_ms, w.clock_counter) > (o.clock_ms, o.clock_counter))" \
  " FROM user_assessment AS a LEFT JOIN user_revision AS r ON r.assessment = a.id"                \
  " AND r.number = (SELECT max(number) FROM user_revision WHERE assessment = a.id)"               \
  " LEFT JOIN user_report AS p ON p.number ="                                                     \
  " (SELECT max(number) FROM user_report WHERE assessment = a.id)"
#define REPORT_COLUMNS                                                                            \
  "p.number, p.id, p.assessment, a.name, p.questionnaire, p.revision, p.submitted, p.level, p.score" \
  " FROM user_report AS p JOIN user_assessment AS a ON a.id = p.assessment"

/* Newest first, from below a key down to another one: ids of assessments grow with the time, and so do reports' numbers. */
const char posture_user_sql_list_assessments[] =
  "SELECT " ASSESSMENT_COLUMNS
  " WHERE a.archived = ?1 AND a.id < ?2 AND a.id >= ?3 ORDER BY a.id DESC LIMIT ?4";
const char posture_user_sql_list_assessment[] = "SELECT " ASSESSMENT_COLUMNS " WHERE a.id = ?1";
const char posture_user_sql_list_reports[] =
  "SELECT " REPORT_COLUMNS
  " WHERE p.number < ?1 AND p.number >= ?2 ORDER BY p.number DESC LIMIT ?3";
const char posture_user_sql_list_reports_of[] =
  "SELECT " REPORT_COLUMNS
  " WHERE p.assessment = ?4 AND p.number < ?1 AND p.number >= ?2 ORDER BY p.number DESC LIMIT ?3";
const char posture_user_sql_list_report[] = "SELECT " REPORT_COLUMNS " WHERE p.id = ?1";
