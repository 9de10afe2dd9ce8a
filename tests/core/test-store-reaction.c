/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store-fixture.h"
#include "test-vfs.h"

/* What a reaction did and is to do. */
typedef struct
{
  guint runs;
  guint says;        /* so many times at most it says @topic */
  const char *topic;
  const char *sql;   /* what it runs, if anything */
  gboolean fails;    /* without an error */
} Reaction;

static gboolean
react (PostureTransaction *transaction,
       gpointer            data,
       GError            **error)
{
  Reaction *reaction = data;

  reaction->runs++;
  if (reaction->says > 0)
    {
      reaction->says--;
      posture_transaction_notify (transaction, reaction->topic, NULL);
    }
  if (reaction->sql != NULL &&
      !posture_transaction_execute (transaction, error, reaction->sql, NULL))
    return FALSE;
  return !reaction->fails;
}

static void
failed_cb (PostureStore *store,
           const char   *topic,
           const GError *error,
           GString      *log)
{
  g_string_append_printf (log, "%s:%s%d ", topic,
                          error->domain == POSTURE_STORE_ERROR ? "" : "strange", error->code);
}

static void
elsewhere_cb (PostureStore *store,
              guint        *count)
{
  ++*count;
}

static void
write_note (StoreFixture *fixture,
            const char   *text)
{
  Answer answer = { 0 };

  posture_store_write_async (fixture->store, note_work, (gpointer) text, NULL, NULL, answer_cb,
                             &answer);
  answer_wait (&answer);
  g_assert_no_error (answer.error);
}

/* Once for all that was said, with their rows before it, and on disk with them. */
static void
test_once (StoreFixture *fixture,
           gconstpointer data)
{
  Reaction copy = { .sql = "INSERT INTO note (text) SELECT text || ' copied' FROM note" };
  Reaction other = { 0 };
  Answer answers[10] = { 0 };
  Answer blocked = { 0 };
  Gate gate = { 0 };
  PostureStoreStatistics statistics;

  posture_store_add_reaction (fixture->store, "note", react, &copy);
  posture_store_add_reaction (fixture->store, "other", react, &other);
  posture_store_write_async (fixture->store, gate_work, &gate, NULL, NULL, answer_cb, &blocked);
  gate_wait (&gate);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    posture_store_write_async (fixture->store, note_work, g_strdup_printf ("%u", i), g_free, NULL,
                               answer_cb, &answers[i]);
  gate_open (&gate);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    answer_wait (&answers[i]);
  g_assert_cmpuint (copy.runs, ==, 1);
  g_assert_cmpuint (other.runs, ==, 0);
  g_assert_cmpint (store_number (fixture->store, "SELECT count(*) FROM note"), ==, 20);
  posture_store_get_statistics (fixture->store, &statistics);
  g_assert_cmpuint (statistics.commits, ==, 2);
}

static void
count_changed_cb (PostureStore *store,
                  const char   *topic,
                  const char   *key,
                  guint        *count)
{
  ++*count;
}

/* note sets off a, a sets off b; what b heard in its round it does not hear again in the next. */
static void
test_rounds (StoreFixture *fixture,
             gconstpointer data)
{
  Reaction first = { .says = 1, .topic = "a" };
  Reaction second = { .says = 1, .topic = "b" };
  Reaction third = { 0 };
  guint told = 0;

  posture_store_add_reaction (fixture->store, "note", react, &first);
  posture_store_add_reaction (fixture->store, "a", react, &second);
  posture_store_add_reaction (fixture->store, "b", react, &third);
  g_signal_connect (fixture->store, "changed", G_CALLBACK (count_changed_cb), &told);
  write_note (fixture, "x");
  g_assert_cmpuint (first.runs, ==, 1);
  g_assert_cmpuint (second.runs, ==, 1);
  g_assert_cmpuint (third.runs, ==, 1);
  g_assert_cmpuint (told, ==, 3);
}

static void
test_bounded (StoreFixture *fixture,
              gconstpointer data)
{
  Reaction endless = { .says = G_MAXUINT, .topic = "note" };

  posture_store_add_reaction (fixture->store, "note", react, &endless);
  write_note (fixture, "x");
  g_assert_cmpuint (endless.runs, ==, 16);
}

/* The change stays, the reaction's own rows and notices do not, other reactions do. */
static void
test_failure (StoreFixture *fixture,
              gconstpointer data)
{
  g_autoptr (GString) log = g_string_new (NULL);
  Reaction failing = { .says = 1, .topic = "a", .sql = "INSERT INTO note (text) VALUES (NULL)" };
  Reaction silent = { .fails = TRUE, .sql = "INSERT INTO note (text) VALUES ('silent')" };
  Reaction good = { .sql = "INSERT INTO note (text) VALUES ('good')" };
  Reaction never = { 0 };
  guint elsewhere = 0;

  posture_store_add_reaction (fixture->store, "note", react, &failing);
  posture_store_add_reaction (fixture->store, "a", react, &never);
  g_signal_connect (fixture->store, "reaction-failed", G_CALLBACK (failed_cb), log);
  g_signal_connect (fixture->store, "changed-elsewhere", G_CALLBACK (elsewhere_cb), &elsewhere);
  write_note (fixture, "x");
  g_assert_cmpstr (log->str, ==, "note:7 ");
  g_assert_cmpint (POSTURE_STORE_ERROR_CONSTRAINT, ==, 7);
  g_string_truncate (log, 0);

  posture_store_add_reaction (fixture->store, "note", react, &good);
  posture_store_add_reaction (fixture->store, "note", react, &silent);
  write_note (fixture, "y");
  g_assert_cmpstr (log->str, ==, "note:0 ");
  g_assert_cmpuint (never.runs, ==, 0);
  g_assert_cmpuint (elsewhere, ==, 0);
  g_assert_cmpint (store_number (fixture->store, "SELECT count(*) FROM note"), ==, 3);
  g_assert_cmpint (store_number (fixture->store, "SELECT count(*) FROM note WHERE text = 'good'"),
                   ==, 1);
}

/* A reaction that takes the whole transaction with it is tried once more and then left out, and
 * that is told. */
static void
test_costs_transaction (StoreFixture *fixture,
                        gconstpointer data)
{
  g_autoptr (GString) log = g_string_new (NULL);
  Reaction ruinous = { .sql = "INSERT OR ROLLBACK INTO note (text) VALUES ('first')" };
  PostureStoreStatistics statistics;

  store_run (fixture->store, "INSERT INTO note (text) VALUES ('first')");
  posture_store_add_reaction (fixture->store, "note", react, &ruinous);
  g_signal_connect (fixture->store, "reaction-failed", G_CALLBACK (failed_cb), log);
  write_note (fixture, "x");
  g_assert_cmpuint (ruinous.runs, ==, 2);
  g_assert_cmpstr (log->str, ==, "note:7 ");
  g_assert_cmpint (store_number (fixture->store, "SELECT count(*) FROM note"), ==, 2);
  posture_store_get_statistics (fixture->store, &statistics);
  g_assert_cmpuint (statistics.reruns, ==, 1);
  g_assert_cmpuint (statistics.works, ==, 2);
}

/* There is room for the change, but not for what the reaction writes. */
static void
test_no_room (StoreFixture *fixture,
              gconstpointer data)
{
  g_autoptr (GString) log = g_string_new (NULL);
  Reaction large = { .sql = "INSERT INTO note (text, data) VALUES ('large', zeroblob (3000000))" };

  posture_store_add_reaction (fixture->store, "note", react, &large);
  g_signal_connect (fixture->store, "reaction-failed", G_CALLBACK (failed_cb), log);
  test_vfs_limit_size (1000000);
  write_note (fixture, "x");
  g_assert_cmpstr (log->str, ==, "note:3 ");
  g_assert_cmpint (POSTURE_STORE_ERROR_FULL, ==, 3);
  g_assert_cmpint (store_number (fixture->store, "SELECT count(*) FROM note"), ==, 1);
  test_vfs_limit_size (-1);
  write_note (fixture, "y");
  g_assert_cmpint (store_number (fixture->store, "SELECT count(*) FROM note"), ==, 3);
}

static gboolean
silent_failure (PostureTransaction *transaction,
                gpointer            data,
                GError            **error)
{
  return FALSE;
}

/* Who fails has said nothing. */
static void
test_failed_work (StoreFixture *fixture,
                  gconstpointer data)
{
  Reaction reaction = { 0 };

  posture_store_add_reaction (fixture->store, "note", react, &reaction);
  g_assert_false (posture_store_write (fixture->store, silent_failure, NULL, NULL, NULL));
  store_run (fixture->store, "INSERT INTO note (text) VALUES ('x')");
  g_assert_false (posture_store_write (fixture->store, note_work, (gpointer) "x", NULL, NULL));
  g_assert_cmpuint (reaction.runs, ==, 0);
}

/* What runs at the end belongs to the works: it comes after the reactions, also after one that fails, and if it
 * fails, nothing is there. */
static void
test_closing (StoreFixture *fixture,
              gconstpointer data)
{
  Reaction fails = { .sql = "INSERT INTO note (text) VALUES ('reaction')", .fails = TRUE };
  Reaction closing = { .sql = "INSERT INTO note (text) SELECT 'closing ' || count(*) FROM note" };
  g_autoptr (GError) error = NULL;

  posture_store_add_reaction (fixture->store, "note", react, &fails);
  posture_store_add_closing (fixture->store, react, &closing);
  write_note (fixture, "x");
  g_assert_cmpuint (fails.runs, ==, 1);
  g_assert_cmpuint (closing.runs, ==, 1);
  g_assert_cmpint (store_number (fixture->store, "SELECT count(*) FROM note WHERE text = 'closing 1'"), ==, 1);

  closing.sql = "INSERT INTO note (text) VALUES (NULL)";
  g_assert_false (posture_store_write (fixture->store, note_work, (gpointer) "y", NULL, &error));
  g_assert_error (error, POSTURE_STORE_ERROR, POSTURE_STORE_ERROR_CONSTRAINT);
  g_assert_cmpint (store_number (fixture->store, "SELECT count(*) FROM note"), ==, 2);
  closing.sql = NULL;
  write_note (fixture, "z");
  g_assert_cmpint (store_number (fixture->store, "SELECT count(*) FROM note"), ==, 3);
}

static const char *const things[] = { "outer", "kept", "taken back", "after" };
static GString *ended;

static void
end_thing (gpointer thing)
{
  g_string_append_printf (ended, "%s, ", (const char *) thing);
}

static void
commit_thing (gpointer thing)
{
  g_string_append_printf (ended, "on disk: %s, ", (const char *) thing);
}

static void
keep_thing (PostureTransaction *transaction,
            guint               number)
{
  posture_transaction_keep_thing (transaction, things, (gpointer) things[number], end_thing, commit_thing);
}

static gboolean
keep_work (PostureTransaction *transaction,
           gpointer            data,
           GError            **error)
{
  guint place = 0;

  keep_thing (transaction, 0);
  g_assert_true (posture_transaction_save (transaction, error));
  keep_thing (transaction, 1);
  posture_transaction_notify (transaction, "things", "kept");
  g_assert_true (posture_transaction_keep (transaction, error));
  g_assert_true (posture_transaction_save (transaction, error));
  keep_thing (transaction, 2);
  posture_transaction_notify (transaction, "things", "taken back");
  posture_transaction_take_back (transaction);
  g_assert_cmpstr (ended->str, ==, "taken back, ");
  keep_thing (transaction, 3);
  g_assert_null (posture_transaction_get_thing (transaction, "somebody else", &place));
  place = 0;
  g_assert_cmpstr (posture_transaction_get_thing (transaction, things, &place), ==, "outer");
  g_assert_cmpstr (posture_transaction_get_thing (transaction, things, &place), ==, "kept");
  g_assert_cmpstr (posture_transaction_get_thing (transaction, things, &place), ==, "after");
  g_assert_null (posture_transaction_get_thing (transaction, things, &place));
  return data == NULL;
}

static void
said_cb (PostureStore *store,
         const char   *topic,
         const char   *key,
         GString      *said)
{
  g_string_append_printf (said, "%s, ", key);
}

/* What is kept goes with the part that it was kept in, with a work that fails, and else with the transaction; what
 * is said in them, too. What is left when the transaction is on disk hears of it before it goes. */
static void
test_things (StoreFixture *fixture,
             gconstpointer data)
{
  g_autoptr (GString) said = g_string_new (NULL);

  g_signal_connect (fixture->store, "changed::things", G_CALLBACK (said_cb), said);
  ended = g_string_new (NULL);
  store_run (fixture->store, "INSERT INTO note (text) VALUES ('x')");
  g_assert_true (posture_store_write (fixture->store, keep_work, NULL, NULL, NULL));
  g_assert_cmpstr (ended->str, ==,
                   "taken back, on disk: outer, on disk: kept, on disk: after, outer, kept, after, ");
  g_string_truncate (ended, 0);
  g_assert_false (posture_store_write (fixture->store, keep_work, (gpointer) "fails", NULL, NULL));
  g_assert_cmpstr (ended->str, ==, "taken back, outer, kept, after, ");
  g_string_free (ended, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpstr (said->str, ==, "kept, ");
  g_signal_handlers_disconnect_by_data (fixture->store, said);
}

#define FIXTURE_TEST(path, func) \
  g_test_add (path, StoreFixture, NULL, store_fixture_set_up, func, store_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  FIXTURE_TEST ("/store/reaction/once", test_once);
  FIXTURE_TEST ("/store/reaction/rounds", test_rounds);
  FIXTURE_TEST ("/store/reaction/bounded", test_bounded);
  FIXTURE_TEST ("/store/reaction/failure", test_failure);
  FIXTURE_TEST ("/store/reaction/costs-transaction", test_costs_transaction);
  FIXTURE_TEST ("/store/reaction/no-room", test_no_room);
  FIXTURE_TEST ("/store/reaction/failed-work", test_failed_work);
  FIXTURE_TEST ("/store/reaction/closing", test_closing);
  FIXTURE_TEST ("/store/reaction/things", test_things);

  return g_test_run ();
}
