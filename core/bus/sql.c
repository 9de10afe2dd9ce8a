/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "bus/bus-private.h"

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
  NULL
};

const PostureStoreModule posture_bus_store_module = {
  .name = "bus",
  .migrations = migrations,
};

const char posture_bus_sql_insert_event[] =
  "INSERT INTO bus_event (sequence, id, put, envelope) VALUES (?1, ?2, ?3, ?4)";
const char posture_bus_sql_insert_detail[] = "INSERT INTO bus_detail (event, body) VALUES (?1, ?2)";
const char posture_bus_sql_insert_resource[] =
  "INSERT OR IGNORE INTO bus_resource (resource, event) VALUES (?1, ?2)";
const char posture_bus_sql_insert_delivery[] =
  "INSERT INTO bus_delivery (event, rule, target) VALUES (?1, ?2, ?3)";

const char posture_bus_sql_due[] =
  "SELECT d.id, d.rule, d.target, d.attempts, e.put, e.id, e.envelope, b.body"
  " FROM bus_delivery AS d JOIN bus_event AS e ON e.sequence = d.event"
  " LEFT JOIN bus_detail AS b ON b.event = d.event"
  " WHERE +d.due <= ?1 ORDER BY d.id LIMIT ?2";
const char posture_bus_sql_new_of_target[] =
  "SELECT d.id, d.rule, d.target, d.attempts, e.put, e.id, e.envelope, b.body"
  " FROM bus_delivery AS d JOIN bus_event AS e ON e.sequence = d.event"
  " LEFT JOIN bus_detail AS b ON b.event = d.event"
  " WHERE d.target = ?1 AND d.attempts = 0 ORDER BY d.id LIMIT ?2";
const char posture_bus_sql_next_due[] =
  "SELECT min(due) FROM bus_delivery WHERE attempts > 0 AND due > ?1";
const char posture_bus_sql_delete_delivery[] = "DELETE FROM bus_delivery WHERE id = ?1";
const char posture_bus_sql_delay_delivery[] =
  "UPDATE bus_delivery SET attempts = ?2, due = ?3 WHERE id = ?1";
const char posture_bus_sql_insert_dead[] =
  "INSERT INTO bus_dead_letter (event, rule, target, attempts, reason, time)"
  " SELECT event, rule, target, ?2, ?3, ?4 FROM bus_delivery WHERE id = ?1";

const char posture_bus_sql_state[] =
  "SELECT rules_version, max(last_sequence, coalesce((SELECT max(sequence) FROM bus_event), 0))"
  " FROM bus_state";
const char posture_bus_sql_keep_sequence[] =
  "UPDATE bus_state SET last_sequence = (SELECT max(sequence) FROM bus_event)"
  " WHERE last_sequence < (SELECT max(sequence) FROM bus_event)";

const char posture_bus_sql_rules[] = "SELECT name, pattern, targets FROM bus_rule ORDER BY name";
const char posture_bus_sql_put_rule[] =
  "INSERT INTO bus_rule (name, pattern, targets) VALUES (?1, ?2, ?3)"
  " ON CONFLICT (name) DO UPDATE SET pattern = excluded.pattern, targets = excluded.targets"
  " WHERE pattern <> excluded.pattern OR targets <> excluded.targets";
const char posture_bus_sql_remove_rule[] = "DELETE FROM bus_rule WHERE name = ?1";
const char posture_bus_sql_raise_version[] =
  "UPDATE bus_state SET rules_version = rules_version + 1";

const char posture_bus_sql_events[] =
  "SELECT sequence, envelope, body FROM bus_event LEFT JOIN bus_detail ON event = sequence"
  " WHERE sequence > ?1 ORDER BY sequence LIMIT ?2";
const char posture_bus_sql_event[] =
  "SELECT sequence, envelope, body FROM bus_event LEFT JOIN bus_detail ON event = sequence"
  " WHERE id = ?1";
const char posture_bus_sql_dead[] =
  "SELECT l.id, l.rule, l.target, l.attempts, l.reason, l.time, e.envelope, b.body"
  " FROM bus_dead_letter AS l JOIN bus_event AS e ON e.sequence = l.event"
  " LEFT JOIN bus_detail AS b ON b.event = l.event"
  " WHERE l.id > ?1 ORDER BY l.id LIMIT ?2";
const char posture_bus_sql_figures[] =
  "SELECT (SELECT count(*) FROM bus_event),"
  " (SELECT count(*) FROM bus_delivery),"
  " (SELECT count(*) FROM bus_delivery WHERE attempts > 0),"
  " (SELECT count(*) FROM bus_dead_letter),"
  " (SELECT coalesce(min(e.put), 0) FROM bus_delivery AS d JOIN bus_event AS e ON e.sequence = d.event)";

/* What nobody waits for any more goes when it is too old, or when newer events need its place. */
const char posture_bus_sql_prune_events[] =
  "DELETE FROM bus_event WHERE sequence IN ("
  "  SELECT sequence FROM bus_event AS e"
  "  WHERE (put < ?1 OR sequence <= (SELECT max(sequence) FROM bus_event) - ?2)"
  "  AND NOT EXISTS (SELECT 1 FROM bus_delivery WHERE event = e.sequence)"
  "  AND NOT EXISTS (SELECT 1 FROM bus_dead_letter WHERE event = e.sequence)"
  "  ORDER BY sequence LIMIT ?3)";
const char posture_bus_sql_prune_dead[] =
  "DELETE FROM bus_dead_letter WHERE id IN ("
  "  SELECT id FROM bus_dead_letter"
  "  WHERE time < ?1 OR id <= (SELECT max(id) FROM bus_dead_letter) - ?2 ORDER BY id LIMIT ?3)";

/* Deliveries, dead letters and resources go with their event. */
const char posture_bus_sql_forget_events[] =
  "DELETE FROM bus_event WHERE sequence IN (SELECT event FROM bus_resource WHERE resource = ?1)";
