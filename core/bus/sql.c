/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "bus/bus-private.h"

/* Around the new form of a table: the rows move there. */
#define BEFORE(table) "ALTER TABLE " table " RENAME TO " table "_before;"
#define AFTER(table, columns) \
  "INSERT INTO " table " (" columns ") SELECT " columns " FROM " table "_before;" \
  "DROP TABLE " table "_before;"

/* The same for a long table, part by part, so that the file need not hold it twice: @n more parts are there. */
#define PART(table, columns, key, n) \
  "INSERT INTO " table " (" columns ") SELECT " columns " FROM " table "_before ORDER BY " key \
  "  LIMIT (SELECT count(*) / " #n " + 1 FROM " table "_before);" \
  "DELETE FROM " table "_before WHERE " key " <= (SELECT max(" key ") FROM " table ");"

#define EVENT_COLUMNS "sequence, id, put, envelope, archived, event_group"
#define DELIVERY_COLUMNS "id, event, rule, target, attempts, due, event_group, replay, since"
#define DELIVERY_INDEXES \
  "CREATE INDEX bus_delivery_new ON bus_delivery (target) WHERE attempts = 0;" \
  "CREATE INDEX bus_delivery_retry ON bus_delivery (target, due) WHERE attempts > 0;" \
  "CREATE INDEX bus_delivery_event ON bus_delivery (event);" \
  "CREATE INDEX bus_delivery_group ON bus_delivery (event_group, target) WHERE event_group IS NOT NULL;" \
  "CREATE INDEX bus_delivery_replay ON bus_delivery (replay) WHERE replay IS NOT NULL;"

static const char *const migrations[] = {
  /* The journal holds what was put. Sequence numbers are not given twice: the state remembers the last
   * one when events go. (AUTOINCREMENT would do the same, at half the price of the event for each.)
   * A delivery is what still has to arrive. One that was never tried is due at once, whatever becomes of
   * the clock, and found by its target; one that failed is found by its time. */
  "CREATE TABLE bus_event ("
  "  sequence INTEGER PRIMARY KEY,"
  "  id TEXT NOT NULL UNIQUE,"
  "  put INTEGER NOT NULL,"
  "  envelope TEXT NOT NULL"
  ") STRICT;"
  "CREATE TABLE bus_resource ("
  "  resource TEXT NOT NULL,"
  "  event INTEGER NOT NULL REFERENCES bus_event (sequence) ON DELETE CASCADE,"
  "  PRIMARY KEY (resource, event)"
  ") STRICT, WITHOUT ROWID;"
  "CREATE INDEX bus_resource_event ON bus_resource (event);"
  "CREATE TABLE bus_delivery ("
  "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  event INTEGER NOT NULL REFERENCES bus_event (sequence) ON DELETE CASCADE,"
  "  rule TEXT NOT NULL,"
  "  target TEXT NOT NULL,"
  "  attempts INTEGER NOT NULL DEFAULT 0,"
  "  due INTEGER NOT NULL DEFAULT 0"
  ") STRICT;"
  "CREATE INDEX bus_delivery_new ON bus_delivery (target) WHERE attempts = 0;"
  "CREATE INDEX bus_delivery_retry ON bus_delivery (due) WHERE attempts > 0;"
  "CREATE INDEX bus_delivery_event ON bus_delivery (event);"
  "CREATE TABLE bus_dead_letter ("
  "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  event INTEGER NOT NULL REFERENCES bus_event (sequence) ON DELETE CASCADE,"
  "  rule TEXT NOT NULL,"
  "  target TEXT NOT NULL,"
  "  attempts INTEGER NOT NULL,"
  "  reason TEXT NOT NULL,"
  "  time INTEGER NOT NULL"
  ") STRICT;"
  "CREATE INDEX bus_dead_letter_event ON bus_dead_letter (event);"
  "CREATE TABLE bus_rule ("
  "  name TEXT PRIMARY KEY,"
  "  pattern TEXT NOT NULL,"
  "  targets TEXT NOT NULL"
  ") STRICT;"
  "CREATE TABLE bus_state ("
  "  one INTEGER PRIMARY KEY CHECK (one = 1),"
  "  rules_version INTEGER NOT NULL,"
  "  last_sequence INTEGER NOT NULL"
  ") STRICT;"
  "INSERT INTO bus_state (one, rules_version, last_sequence) VALUES (1, 1, 0);",
  /* Details that their envelopes name by their digest. */
  "CREATE TABLE bus_detail ("
  "  event INTEGER PRIMARY KEY REFERENCES bus_event (sequence) ON DELETE CASCADE,"
  "  body TEXT NOT NULL"
  ") STRICT;",
  /* Groups, keys, schedules, states of rules, targets that a person set up, archive and replays. A
   * replay is named in its deliveries, since the event itself stays as it was. */
  "ALTER TABLE bus_rule ADD COLUMN schedule TEXT NOT NULL DEFAULT '';"
  "ALTER TABLE bus_rule ADD COLUMN state TEXT NOT NULL DEFAULT 'enabled'"
  "  CHECK (state IN ('enabled', 'disabled', 'paused'));"
  "ALTER TABLE bus_rule ADD COLUMN managed INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE bus_rule ADD COLUMN begun INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE bus_rule ADD COLUMN next INTEGER NOT NULL DEFAULT -1;"
  "CREATE INDEX bus_rule_paused ON bus_rule (name) WHERE state = 'paused';"
  "CREATE INDEX bus_rule_next ON bus_rule (next) WHERE next >= 0;"
  "ALTER TABLE bus_delivery ADD COLUMN event_group TEXT;"
  "ALTER TABLE bus_delivery ADD COLUMN replay TEXT;"
  "CREATE INDEX bus_delivery_group ON bus_delivery (event_group, target)"
  "  WHERE event_group IS NOT NULL;"
  "CREATE INDEX bus_delivery_replay ON bus_delivery (replay) WHERE replay IS NOT NULL;"
  "ALTER TABLE bus_dead_letter ADD COLUMN event_group TEXT;"
  "ALTER TABLE bus_dead_letter ADD COLUMN replay TEXT;"
  "CREATE TABLE bus_key ("
  "  key TEXT PRIMARY KEY,"
  "  event INTEGER NOT NULL REFERENCES bus_event (sequence) ON DELETE CASCADE,"
  "  put INTEGER NOT NULL"
  ") STRICT, WITHOUT ROWID;"
  "CREATE INDEX bus_key_event ON bus_key (event);"
  "CREATE INDEX bus_key_put ON bus_key (put);"
  "CREATE TABLE bus_target ("
  "  name TEXT PRIMARY KEY,"
  "  settings TEXT NOT NULL"
  ") STRICT;"
  "ALTER TABLE bus_event ADD COLUMN archived INTEGER NOT NULL DEFAULT 0;"
  "CREATE INDEX bus_event_archived ON bus_event (sequence) WHERE archived > 0;"
  "CREATE TABLE bus_archive ("
  "  one INTEGER PRIMARY KEY CHECK (one = 1),"
  "  enabled INTEGER NOT NULL,"
  "  pattern TEXT NOT NULL,"
  "  max_age INTEGER NOT NULL,"
  "  max_size INTEGER NOT NULL"
  ") STRICT;"
  "INSERT INTO bus_archive (one, enabled, pattern, max_age, max_size) VALUES (1, 0, '', 0, 67108864);"
  "CREATE TABLE bus_replay ("
  "  name TEXT PRIMARY KEY,"
  "  begin INTEGER NOT NULL,"
  "  end INTEGER NOT NULL,"
  "  rules TEXT NOT NULL,"
  "  state TEXT NOT NULL CHECK (state IN ('running', 'completed', 'cancelled')),"
  "  last INTEGER NOT NULL,"
  "  cursor INTEGER NOT NULL,"
  "  events INTEGER NOT NULL DEFAULT 0,"
  "  deliveries INTEGER NOT NULL DEFAULT 0,"
  "  started INTEGER NOT NULL,"
  "  ended INTEGER NOT NULL DEFAULT 0"
  ") STRICT;"
  "ALTER TABLE bus_state ADD COLUMN retried INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE bus_state ADD COLUMN dropped INTEGER NOT NULL DEFAULT 0;",
  /* The index holds all that is asked of the archive, so that nothing long is read for it. What stands at
   * or below the floor has left the archive, and goes with the journal. A replay keeps the order of groups,
   * so the event knows its group. What is replayed is as old as its delivery, not as its event. */
  "DROP INDEX bus_event_archived;"
  "CREATE INDEX bus_event_archived ON bus_event (sequence, put, archived) WHERE archived > 0;"
  "ALTER TABLE bus_archive ADD COLUMN floor INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE bus_event ADD COLUMN event_group TEXT;"
  "ALTER TABLE bus_delivery ADD COLUMN since INTEGER;",
  /* What failed is found by its target and its time, so that what waits for one need not be passed to find what is
   * due for another. */
  "DROP INDEX bus_delivery_retry;"
  "CREATE INDEX bus_delivery_retry ON bus_delivery (target, due) WHERE attempts > 0;",
  /* The number of a delivery is given by the bus, since few deliveries become rows; the state remembers the last
   * one. */
  "ALTER TABLE bus_state ADD COLUMN last_delivery INTEGER NOT NULL DEFAULT 0;"
  "UPDATE bus_state SET last_delivery ="
  "  coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'bus_delivery'), 0);"
  BEFORE ("bus_delivery")
  "CREATE TABLE bus_delivery ("
  "  id INTEGER PRIMARY KEY,"
  "  event INTEGER NOT NULL REFERENCES bus_event (sequence) ON DELETE CASCADE,"
  "  rule TEXT NOT NULL,"
  "  target TEXT NOT NULL,"
  "  attempts INTEGER NOT NULL DEFAULT 0,"
  "  due INTEGER NOT NULL DEFAULT 0,"
  "  event_group TEXT,"
  "  replay TEXT,"
  "  since INTEGER"
  ") STRICT;"
  AFTER ("bus_delivery", DELIVERY_COLUMNS)
  DELIVERY_INDEXES,
  /* What hangs on an event does not refer to it any more: the engine would look into each table for each event that
   * goes, which takes four times as long as the rest. It goes by ranges, and the checks below see to it. */
  BEFORE ("bus_resource")
  "CREATE TABLE bus_resource ("
  "  resource TEXT NOT NULL,"
  "  event INTEGER NOT NULL,"
  "  PRIMARY KEY (resource, event)"
  ") STRICT, WITHOUT ROWID;"
  AFTER ("bus_resource", "resource, event")
  "CREATE INDEX bus_resource_event ON bus_resource (event);"
  BEFORE ("bus_detail")
  "CREATE TABLE bus_detail ("
  "  event INTEGER PRIMARY KEY,"
  "  body TEXT NOT NULL"
  ") STRICT;"
  AFTER ("bus_detail", "event, body")
  BEFORE ("bus_key")
  "CREATE TABLE bus_key ("
  "  key TEXT PRIMARY KEY,"
  "  event INTEGER NOT NULL,"
  "  put INTEGER NOT NULL"
  ") STRICT, WITHOUT ROWID;"
  AFTER ("bus_key", "key, event, put")
  "CREATE INDEX bus_key_event ON bus_key (event);"
  "CREATE INDEX bus_key_put ON bus_key (put);"
  BEFORE ("bus_delivery")
  "CREATE TABLE bus_delivery ("
  "  id INTEGER PRIMARY KEY,"
  "  event INTEGER NOT NULL,"
  "  rule TEXT NOT NULL,"
  "  target TEXT NOT NULL,"
  "  attempts INTEGER NOT NULL DEFAULT 0,"
  "  due INTEGER NOT NULL DEFAULT 0,"
  "  event_group TEXT,"
  "  replay TEXT,"
  "  since INTEGER"
  ") STRICT;"
  AFTER ("bus_delivery", DELIVERY_COLUMNS)
  DELIVERY_INDEXES
  BEFORE ("bus_dead_letter")
  "CREATE TABLE bus_dead_letter ("
  "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  event INTEGER NOT NULL,"
  "  rule TEXT NOT NULL,"
  "  target TEXT NOT NULL,"
  "  attempts INTEGER NOT NULL,"
  "  reason TEXT NOT NULL,"
  "  time INTEGER NOT NULL,"
  "  event_group TEXT,"
  "  replay TEXT"
  ") STRICT;"
  "INSERT INTO sqlite_sequence (name, seq)"
  "  SELECT 'bus_dead_letter', seq FROM sqlite_sequence WHERE name = 'bus_dead_letter_before';"
  AFTER ("bus_dead_letter", "id, event, rule, target, attempts, reason, time, event_group, replay")
  "CREATE INDEX bus_dead_letter_event ON bus_dead_letter (event);",
  /* Ids are not in an index any more. It took each event as many pages as its row, and whoever asks for one event by
   * its id, which is a person, hardly notices that the journal is looked through. */
  BEFORE ("bus_event")
  "CREATE TABLE bus_event ("
  "  sequence INTEGER PRIMARY KEY,"
  "  id TEXT NOT NULL,"
  "  put INTEGER NOT NULL,"
  "  envelope TEXT NOT NULL,"
  "  archived INTEGER NOT NULL DEFAULT 0,"
  "  event_group TEXT"
  ") STRICT;"
  PART ("bus_event", EVENT_COLUMNS, "sequence", 8) PART ("bus_event", EVENT_COLUMNS, "sequence", 7)
  PART ("bus_event", EVENT_COLUMNS, "sequence", 6) PART ("bus_event", EVENT_COLUMNS, "sequence", 5)
  PART ("bus_event", EVENT_COLUMNS, "sequence", 4) PART ("bus_event", EVENT_COLUMNS, "sequence", 3)
  PART ("bus_event", EVENT_COLUMNS, "sequence", 2)
  AFTER ("bus_event", EVENT_COLUMNS)
  "CREATE INDEX bus_event_archived ON bus_event (sequence, put, archived) WHERE archived > 0;"
  /* What waits for a rule that is paused need not be passed to find what is due for another. */
  "DROP INDEX bus_delivery_new;"
  "DROP INDEX bus_delivery_retry;"
  "CREATE INDEX bus_delivery_new ON bus_delivery (target, rule) WHERE attempts = 0;"
  "CREATE INDEX bus_delivery_retry ON bus_delivery (target, rule, due) WHERE attempts > 0;",
  NULL
};

/* What names an event that is not there. */
#define ORPHANS(table, row) \
  "SELECT 'row ' || " row " || ' of " table " names a row of bus_event that is gone' FROM " table \
  " WHERE event NOT IN (SELECT sequence FROM bus_event)"
static const char *const checks[] = {
  ORPHANS ("bus_resource", "event"), ORPHANS ("bus_detail", "event"), ORPHANS ("bus_key", "event"),
  ORPHANS ("bus_delivery", "id"), ORPHANS ("bus_dead_letter", "id"), NULL
};

/* What waits for a paused rule is left out. */
#define NOT_PAUSED(rule) rule " NOT IN (SELECT name FROM bus_rule WHERE state = 'paused')"

const PostureStoreModule posture_bus_store_module = {
  .name = "bus",
  .migrations = migrations,
  .checks = checks,
};

/* An event that is archived or in a group. */
const char posture_bus_sql_insert_event[] =
  "INSERT INTO bus_event (sequence, id, put, envelope, archived, event_group) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
/* Other events that follow one another: ?1 is the sequence number of the first one, ?2 when they were put; then
 * come the id and the envelope of each. For the engine, ten rows in a statement cost as much as six. If one
 * fails, so does the put, which takes the others back; so the engine need not prepare to do that itself,
 * by copying pages (FAIL). */
#define EVENTS_1 "INSERT OR FAIL INTO bus_event (sequence, put, id, envelope) VALUES (?1, ?2, ?3, ?4)"
#define EVENTS_2 EVENTS_1 ", (?1 + 1, ?2, ?5, ?6)"
#define EVENTS_3 EVENTS_2 ", (?1 + 2, ?2, ?7, ?8)"
#define EVENTS_4 EVENTS_3 ", (?1 + 3, ?2, ?9, ?10)"
#define EVENTS_5 EVENTS_4 ", (?1 + 4, ?2, ?11, ?12)"
#define EVENTS_6 EVENTS_5 ", (?1 + 5, ?2, ?13, ?14)"
#define EVENTS_7 EVENTS_6 ", (?1 + 6, ?2, ?15, ?16)"
#define EVENTS_8 EVENTS_7 ", (?1 + 7, ?2, ?17, ?18)"
#define EVENTS_9 EVENTS_8 ", (?1 + 8, ?2, ?19, ?20)"
#define EVENTS_10 EVENTS_9 ", (?1 + 9, ?2, ?21, ?22)"

const char *const posture_bus_sql_insert_events[POSTURE_BUS_MAX_ENTRIES] = {
  EVENTS_1, EVENTS_2, EVENTS_3, EVENTS_4, EVENTS_5, EVENTS_6, EVENTS_7, EVENTS_8, EVENTS_9, EVENTS_10,
};
const char posture_bus_sql_insert_detail[] = "INSERT INTO bus_detail (event, body) VALUES (?1, ?2)";
const char posture_bus_sql_insert_resource[] =
  "INSERT OR IGNORE INTO bus_resource (resource, event) VALUES (?1, ?2)";
const char posture_bus_sql_insert_delivery[] =
  "INSERT INTO bus_delivery (id, event, rule, target, event_group) VALUES (?1, ?2, ?3, ?4, ?5)";
#define LAST_DELIVERY "max(last_delivery, coalesce((SELECT max(id) FROM bus_delivery), 0))"
const char posture_bus_sql_last_delivery[] = "SELECT " LAST_DELIVERY " FROM bus_state";
const char posture_bus_sql_set_last_delivery[] = "UPDATE bus_state SET last_delivery = ?1";

/* A key says for a while which event was put with it. */
const char posture_bus_sql_key[] =
  "SELECT e.id FROM bus_key AS k JOIN bus_event AS e ON e.sequence = k.event"
  " WHERE k.key = ?1 AND k.put > ?2";
const char posture_bus_sql_put_key[] =
  "INSERT INTO bus_key (key, event, put) VALUES (?1, ?2, ?3)"
  " ON CONFLICT (key) DO UPDATE SET event = excluded.event, put = excluded.put";
const char posture_bus_sql_prune_keys[] =
  "DELETE FROM bus_key WHERE key IN (SELECT key FROM bus_key WHERE put <= ?1 LIMIT ?2)";

/* Of a delivery. Its event is read by itself: most of what is passed is under way already. */
#define DELIVERY "SELECT d.id, d.event, d.rule, d.target, d.attempts, d.event_group, d.replay, d.since"
const char posture_bus_sql_event_of_delivery[] =
  "SELECT put, envelope, body FROM bus_event LEFT JOIN bus_detail ON event = sequence WHERE sequence = ?1";
/* Nothing that was put earlier in its group holds it up. */
#define FIRST(d) \
  "NOT EXISTS (SELECT 1 FROM bus_delivery AS p WHERE p.event_group = " d ".event_group" \
  " AND p.target = " d ".target AND p.id < " d ".id AND " NOT_PAUSED ("p.rule") ")"
#define NOT_FULL(target) "(?3 = '[]' OR " target " NOT IN (SELECT value FROM json_each (?3)))"
/* The targets of deliveries with the rules that bring them there, one step in their index for each, as @name. */
#define WAYS(name, which) \
  name " (target, rule) AS (SELECT * FROM (SELECT target, rule FROM bus_delivery WHERE " which \
  "   ORDER BY target, rule LIMIT 1)" \
  "  UNION ALL SELECT n.target, n.rule FROM " name " AS p CROSS JOIN bus_delivery AS n ON n.id = coalesce (" \
  "   (SELECT id FROM bus_delivery WHERE " which " AND target = p.target AND rule > p.rule ORDER BY rule LIMIT 1)," \
  "   (SELECT id FROM bus_delivery WHERE " which " AND target > p.target ORDER BY target, rule LIMIT 1)))"
#define ON_WAY(d, way) d ".target = " way ".target AND " d ".rule = " way ".rule"

/* What is due of the oldest deliveries, up to the one that the bound names. They are passed in their order, which
 * costs least as long as most of them are due. */
const char posture_bus_sql_due_bound[] =
  "SELECT coalesce((SELECT id FROM bus_delivery ORDER BY id LIMIT 1 OFFSET ?1), 0)";
const char posture_bus_sql_due[] =
  DELIVERY " FROM bus_delivery AS d WHERE +d.due <= ?1 AND d.id <= ?4 AND " NOT_FULL ("d.target")
  " AND " NOT_PAUSED ("d.rule") " AND " FIRST ("d") " ORDER BY d.id LIMIT ?2";
/* What is due behind it, found by target and rule: however much waits for a target that cannot be called, for a rule
 * that is paused, or for its next attempt, is not passed. */
const char posture_bus_sql_due_behind[] =
  "WITH RECURSIVE " WAYS ("untried", "attempts = 0") ", " WAYS ("tried", "attempts > 0") ","
  " found (id) AS (SELECT d.id FROM untried CROSS JOIN bus_delivery AS d ON d.id IN ("
  "   SELECT n.id FROM bus_delivery AS n WHERE " ON_WAY ("n", "untried") " AND n.attempts = 0 AND n.id > ?4"
  "   AND " FIRST ("n") " ORDER BY n.id LIMIT ?2)"
  "  WHERE " NOT_FULL ("untried.target") " AND " NOT_PAUSED ("untried.rule")
  "  UNION ALL SELECT d.id FROM tried CROSS JOIN bus_delivery AS d ON d.id IN ("
  "   SELECT n.id FROM bus_delivery AS n WHERE " ON_WAY ("n", "tried") " AND n.attempts > 0 AND n.due <= ?1"
  "   AND n.id > ?4 AND " FIRST ("n") " ORDER BY n.due LIMIT ?2)"
  "  WHERE " NOT_FULL ("tried.target") " AND " NOT_PAUSED ("tried.rule") ")"
  DELIVERY " FROM found CROSS JOIN bus_delivery AS d ON d.id = found.id ORDER BY d.id LIMIT ?2";
const char posture_bus_sql_is_first[] =
  "SELECT NOT EXISTS (SELECT 1 FROM bus_delivery AS p WHERE p.event_group = ?1 AND p.target = ?2"
  " AND p.id < ?3 AND " NOT_PAUSED ("p.rule") ")";
/* Whether something is on its way to a target that was put earlier and was never tried. What a group holds up for long
 * is not looked through. */
const char posture_bus_sql_is_behind[] =
  "WITH RECURSIVE " WAYS ("untried", "attempts = 0 AND target = ?1")
  " SELECT EXISTS (SELECT 1 FROM untried WHERE " NOT_PAUSED ("untried.rule")
  "  AND EXISTS (SELECT 1 FROM (SELECT id, target, event_group FROM bus_delivery WHERE " ON_WAY ("bus_delivery", "untried")
  "   AND attempts = 0 ORDER BY id LIMIT 64) AS d WHERE " FIRST ("d") "))";
const char posture_bus_sql_next_due[] =
  "WITH RECURSIVE " WAYS ("tried", "attempts > 0")
  " SELECT min((SELECT min(due) FROM bus_delivery AS d WHERE attempts > 0 AND " ON_WAY ("d", "tried") " AND due > ?1))"
  " FROM tried WHERE " NOT_PAUSED ("tried.rule");
const char posture_bus_sql_delete_delivery[] = "DELETE FROM bus_delivery WHERE id = ?1";
const char posture_bus_sql_delay_delivery[] =
  "UPDATE bus_delivery SET attempts = ?2, due = ?3 WHERE id = ?1";
const char posture_bus_sql_insert_dead[] =
  "INSERT INTO bus_dead_letter (event, rule, target, attempts, reason, time, event_group, replay)"
  " SELECT event, rule, target, ?2, ?3, ?4, event_group, replay FROM bus_delivery WHERE id = ?1";
const char posture_bus_sql_count_retry[] = "UPDATE bus_state SET retried = retried + 1";
const char posture_bus_sql_count_dropped[] = "UPDATE bus_state SET dropped = dropped + ?1";

/* 0 means all of them. */
const char posture_bus_sql_revivable[] =
  "SELECT l.event, l.rule, l.target, l.event_group, l.replay, e.put, e.envelope, b.body,"
  " l.rule IN (SELECT name FROM bus_rule WHERE state = 'paused')"
  " FROM bus_dead_letter AS l JOIN bus_event AS e ON e.sequence = l.event"
  " LEFT JOIN bus_detail AS b ON b.event = l.event WHERE ?1 IN (0, l.id) ORDER BY l.id";
const char posture_bus_sql_delete_dead[] = "DELETE FROM bus_dead_letter WHERE ?1 IN (0, id)";

const char posture_bus_sql_state[] =
  "SELECT rules_version, max(last_sequence, coalesce((SELECT max(sequence) FROM bus_event), 0)),"
  " " LAST_DELIVERY " FROM bus_state";
const char posture_bus_sql_last_sequence[] =
  "SELECT max(last_sequence, coalesce((SELECT max(sequence) FROM bus_event), 0)) FROM bus_state";
const char posture_bus_sql_keep_sequence[] =
  "UPDATE bus_state SET last_sequence = (SELECT max(sequence) FROM bus_event)"
  " WHERE last_sequence < (SELECT max(sequence) FROM bus_event)";

const char posture_bus_sql_rules[] = "SELECT name, pattern, targets, schedule, state, managed, begun, next FROM bus_rule ORDER BY name";
const char posture_bus_sql_put_rule[] =
  "INSERT INTO bus_rule (name, pattern, targets, schedule, managed, begun, next)"
  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
  " ON CONFLICT (name) DO UPDATE SET pattern = excluded.pattern, targets = excluded.targets,"
  "   schedule = excluded.schedule, managed = excluded.managed, begun = excluded.begun, next = excluded.next"
  " WHERE pattern <> excluded.pattern OR targets <> excluded.targets OR schedule <> excluded.schedule"
  "   OR managed <> excluded.managed";
const char posture_bus_sql_remove_rule[] = "DELETE FROM bus_rule WHERE name = ?1";
const char posture_bus_sql_rule[] =
  "SELECT name, pattern, targets, schedule, state, managed, begun, next FROM bus_rule WHERE name = ?1";
const char posture_bus_sql_set_rule_state[] =
  "UPDATE bus_rule SET state = ?2, next = ?3 WHERE name = ?1 AND state <> ?2";
const char posture_bus_sql_scheduled[] =
  "SELECT name, pattern, targets, schedule, state, managed, begun, next FROM bus_rule"
  " WHERE next >= 0 AND next <= ?1 AND state = 'enabled' ORDER BY next, name";
const char posture_bus_sql_set_next[] = "UPDATE bus_rule SET next = ?2 WHERE name = ?1";
const char posture_bus_sql_next_scheduled[] =
  "SELECT coalesce(min(next), -1) FROM bus_rule WHERE next >= 0 AND state = 'enabled'";
const char posture_bus_sql_targets[] = "SELECT name, settings FROM bus_target ORDER BY name";
const char posture_bus_sql_put_target[] =
  "INSERT INTO bus_target (name, settings) VALUES (?1, ?2)"
  " ON CONFLICT (name) DO UPDATE SET settings = excluded.settings";
const char posture_bus_sql_remove_target[] = "DELETE FROM bus_target WHERE name = ?1";
const char posture_bus_sql_raise_version[] =
  "UPDATE bus_state SET rules_version = rules_version + 1";

const char posture_bus_sql_events[] =
  "SELECT sequence, envelope, body FROM bus_event LEFT JOIN bus_detail ON event = sequence"
  " WHERE sequence > ?1 ORDER BY sequence LIMIT ?2";
const char posture_bus_sql_event[] =
  "SELECT sequence, envelope, body FROM bus_event LEFT JOIN bus_detail ON event = sequence"
  " WHERE id = ?1 ORDER BY sequence DESC LIMIT 1";
const char posture_bus_sql_dead[] =
  "SELECT l.id, l.rule, l.target, l.attempts, l.reason, l.time, e.envelope, b.body, l.replay"
  " FROM bus_dead_letter AS l JOIN bus_event AS e ON e.sequence = l.event"
  " LEFT JOIN bus_detail AS b ON b.event = l.event"
  " WHERE l.id > ?1 ORDER BY l.id LIMIT ?2";
const char posture_bus_sql_figures[] =
  "SELECT (SELECT count(*) FROM bus_event),"
  " (SELECT count(*) FROM bus_delivery),"
  " (SELECT count(*) FROM bus_delivery WHERE attempts > 0),"
  " (SELECT count(*) FROM bus_dead_letter),"
  " coalesce((SELECT coalesce(d.since, e.put) FROM bus_delivery AS d JOIN bus_event AS e ON e.sequence = d.event"
  "  ORDER BY d.id LIMIT 1), 0),"
  " max(last_sequence, coalesce((SELECT max(sequence) FROM bus_event), 0)),"
  " " LAST_DELIVERY ", retried, dropped FROM bus_state";
/* The newest events below ?1, with what has not come of them. */
const char posture_bus_sql_activity[] =
  "SELECT sequence, put, envelope, (SELECT count(*) FROM bus_delivery WHERE event = sequence),"
  " (SELECT count(*) FROM bus_dead_letter WHERE event = sequence)"
  " FROM bus_event WHERE sequence < ?1 ORDER BY sequence DESC LIMIT ?2";

/* Of the archive: how it is set, what is in it, and what is beyond its bounds (at most ?1 bytes, none that
 * was put before ?2). */
const char posture_bus_sql_archive[] =
  "SELECT enabled, pattern, max_age, max_size, floor FROM bus_archive";
const char posture_bus_sql_archive_figures[] =
  "SELECT count(*), coalesce(sum(archived), 0), coalesce(min(put), 0) FROM bus_event"
  " WHERE archived > 0 AND sequence > (SELECT floor FROM bus_archive)";
const char posture_bus_sql_set_archive[] =
  "UPDATE bus_archive SET enabled = ?1, pattern = ?2, max_age = ?3, max_size = ?4";
const char posture_bus_sql_archive_excess[] =
  "SELECT coalesce(max(sequence), 0) FROM (SELECT sequence, put, sum(archived)"
  "  OVER (ORDER BY sequence DESC) AS total FROM bus_event"
  "  WHERE archived > 0 AND sequence > (SELECT floor FROM bus_archive))"
  " WHERE total > ?1 OR put < ?2";
const char posture_bus_sql_raise_floor[] = "UPDATE bus_archive SET floor = ?1 WHERE floor < ?1";

#define REPLAY_COLUMNS                                                                                      \
  "SELECT name, begin, end, rules, state, last, cursor, events, deliveries, started, ended,"                \
  " (SELECT count(*) FROM bus_delivery WHERE replay = name),"                                               \
  " (SELECT count(*) FROM bus_event WHERE archived > 0 AND sequence > cursor AND sequence <= last"          \
  "  AND sequence > (SELECT floor FROM bus_archive) AND put >= begin AND put < end AND state = 'running')"  \
  " FROM bus_replay"
const char posture_bus_sql_replays[] = REPLAY_COLUMNS " ORDER BY started DESC, name";
const char posture_bus_sql_replay[] = REPLAY_COLUMNS " WHERE name = ?1";
const char posture_bus_sql_running_replays[] =
  "SELECT name, begin, end, rules, last, cursor FROM bus_replay WHERE state = 'running' ORDER BY started, name";
const char posture_bus_sql_count_running[] = "SELECT count(*) FROM bus_replay WHERE state = 'running'";
const char posture_bus_sql_insert_replay[] =
  "INSERT INTO bus_replay (name, begin, end, rules, state, last, cursor, started)"
  " VALUES (?1, ?2, ?3, ?4, 'running', ?5, 0, ?6)";
const char posture_bus_sql_end_replay[] =
  "UPDATE bus_replay SET state = ?2, ended = ?3 WHERE name = ?1 AND state = 'running'";
const char posture_bus_sql_drop_replayed[] = "DELETE FROM bus_delivery WHERE replay = ?1";
const char posture_bus_sql_replayable[] =
  "SELECT sequence FROM bus_event WHERE archived > 0 AND sequence > max(?1, (SELECT floor FROM bus_archive))"
  " AND sequence <= ?2 AND put >= ?3 AND put < ?4 ORDER BY sequence LIMIT ?5";
const char posture_bus_sql_archived_event[] = "SELECT envelope, event_group FROM bus_event WHERE sequence = ?1";
const char posture_bus_sql_insert_replayed[] =
  "INSERT INTO bus_delivery (id, event, rule, target, event_group, replay, since)"
  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
const char posture_bus_sql_move_replay[] =
  "UPDATE bus_replay SET cursor = ?2, events = events + ?3, deliveries = deliveries + ?4 WHERE name = ?1";
const char posture_bus_sql_count_replayed[] =
  "SELECT count(*) FILTER (WHERE attempts = 0 AND " NOT_PAUSED ("rule") "), count(*)"
  " FROM bus_delivery WHERE replay = ?1";
const char posture_bus_sql_has_replayed[] = "SELECT EXISTS (SELECT 1 FROM bus_delivery WHERE replay = ?1)";
const char posture_bus_sql_prune_replays[] =
  "DELETE FROM bus_replay WHERE state <> 'running' AND (ended < ?1 OR name NOT IN"
  " (SELECT name FROM bus_replay ORDER BY started DESC, name LIMIT ?2))";

#define SIZE "length(CAST(envelope AS BLOB)) + coalesce(length(CAST(body AS BLOB)), 0)"
const char posture_bus_sql_sizes[] =
  "SELECT sequence, " SIZE " FROM bus_event LEFT JOIN bus_detail ON event = sequence ORDER BY sequence DESC";
/* From the oldest event after ?1 up: when it was put, and its size. */
const char posture_bus_sql_oldest[] =
  "SELECT sequence, put, " SIZE
  " FROM bus_event LEFT JOIN bus_detail ON event = sequence WHERE sequence > ?1 ORDER BY sequence";
/* Those from ?1 to ?2 that have to stay, since they are in the archive, something waits for them or a dead letter tells
 * of them: from the oldest on, some twice. */
const char posture_bus_sql_kept[] =
  "SELECT event FROM bus_delivery WHERE event BETWEEN ?1 AND ?2"
  " UNION ALL SELECT event FROM bus_dead_letter WHERE event BETWEEN ?1 AND ?2"
  " UNION ALL SELECT sequence FROM bus_event INDEXED BY bus_event_archived WHERE archived > 0"
  "  AND sequence BETWEEN max(?1, 1 + (SELECT floor FROM bus_archive)) AND ?2"
  " ORDER BY 1";
/* Events from ?1 to ?2, after what hangs on them. */
const char *const posture_bus_sql_delete_events[] = {
  "DELETE FROM bus_delivery WHERE event BETWEEN ?1 AND ?2",
  "DELETE FROM bus_dead_letter WHERE event BETWEEN ?1 AND ?2",
  "DELETE FROM bus_resource WHERE event BETWEEN ?1 AND ?2",
  "DELETE FROM bus_detail WHERE event BETWEEN ?1 AND ?2",
  "DELETE FROM bus_key WHERE event BETWEEN ?1 AND ?2",
  "DELETE FROM bus_event WHERE sequence BETWEEN ?1 AND ?2",
  NULL
};
/* What damage has left without its event can neither be delivered nor shown, and would be in the way of others. */
const char *const posture_bus_sql_prune_orphans[] = {
  "DELETE FROM bus_delivery WHERE event NOT IN (SELECT sequence FROM bus_event)",
  "DELETE FROM bus_dead_letter WHERE event NOT IN (SELECT sequence FROM bus_event)",
  NULL
};
const char posture_bus_sql_prune_dead[] =
  "DELETE FROM bus_dead_letter WHERE id IN ("
  "  SELECT id FROM bus_dead_letter"
  "  WHERE time < ?1 OR id <= (SELECT max(id) FROM bus_dead_letter) - ?2 ORDER BY id LIMIT ?3)";

/* Deliveries that end although they did not arrive. */
const char posture_bus_sql_count_forgotten[] =
  "UPDATE bus_state SET dropped = dropped + (SELECT count(*) FROM bus_delivery"
  " WHERE event IN (SELECT event FROM bus_resource WHERE resource = ?1))";
const char posture_bus_sql_about[] = "SELECT event FROM bus_resource WHERE resource = ?1 ORDER BY event";
