/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bus/bus.h"
#include "store/profile-lock.h"

G_BEGIN_DECLS

/* A clock that stands still until a test turns it. */
#define BUS_TYPE_TEST_CLOCK (bus_test_clock_get_type ())
G_DECLARE_FINAL_TYPE (BusTestClock, bus_test_clock, BUS, TEST_CLOCK, PostureClock)

#define BUS_TEST_START G_GINT64_CONSTANT (1767225600000) /* 2026-01-01T00:00:00.000Z */

BusTestClock *bus_test_clock_new      (void);
void          bus_test_clock_set      (BusTestClock *self,
                                       gint64        now);
gint64        bus_test_clock_next     (BusTestClock *self);
void          bus_test_clock_advance  (BusTestClock *self,
                                       gint64        delay);

extern const PostureRetryPolicy bus_test_policy;

/* What a target does, besides writing one row of bus_test_effect for each event. */
typedef enum
{
  BUS_TEST_DIRECT = 1 << 0,    /* nothing to prepare */
  BUS_TEST_HELD = 1 << 1,      /* prepares until the test lets it go, or it is cancelled */
  BUS_TEST_DEAF = 1 << 2,      /* does not listen to a cancellation */
  BUS_TEST_PERMANENT = 1 << 3, /* its failures are permanent */
  BUS_TEST_AT_COMMIT = 1 << 4, /* its failures come after it has written its row */
  BUS_TEST_CONSTRAINT = 1 << 5, /* writes a row that contradicts its table */
  BUS_TEST_PUTS = 1 << 6,       /* puts an event of the source test.followup itself */
  BUS_TEST_SELF_CANCEL = 1 << 7, /* its failures are cancellations of its own */
} BusTestFlags;

#define BUS_TYPE_TEST_TARGET (bus_test_target_get_type ())
typedef struct _BusTestTarget BusTestTarget;
GType bus_test_target_get_type (void);

PostureTarget *bus_test_target_new          (const char    *name,
                                             PostureBus    *bus,
                                             BusTestFlags   flags,
                                             guint          failures);
void           bus_test_target_set_failures (PostureTarget *target,
                                             guint          failures);
guint          bus_test_target_get_prepared (PostureTarget *target);
guint          bus_test_target_get_commits  (PostureTarget *target);
guint          bus_test_target_get_held     (PostureTarget *target);
guint          bus_test_target_get_most     (PostureTarget *target);
void           bus_test_target_release      (PostureTarget *target);
char          *bus_test_target_dup_order    (PostureTarget *target);

/* A profile in a folder of its own. */
typedef struct
{
  char *folder;
  PostureStore *store;
  PostureClock *clock;
  PostureBus *bus;
} BusFixture;

void          bus_fixture_open         (BusFixture        *self);
void          bus_fixture_close        (BusFixture        *self);
void          bus_fixture_set_up       (BusFixture        *self,
                                        gconstpointer      data);
void          bus_fixture_tear_down    (BusFixture        *self,
                                        gconstpointer      data);
PostureTarget *bus_fixture_add         (BusFixture        *self,
                                        const char        *name,
                                        BusTestFlags       flags,
                                        guint              failures,
                                        const PostureRetryPolicy *policy);
void          bus_fixture_rule         (BusFixture        *self,
                                        const char        *name,
                                        const char        *pattern,
                                        const char        *targets);
char         *bus_fixture_put          (BusFixture        *self,
                                        const char        *source,
                                        const char        *detail);
GPtrArray    *bus_fixture_put_async    (BusFixture            *self,
                                        const PostureBusEntry *entries,
                                        guint                  n_entries,
                                        GCancellable          *cancellable,
                                        GError               **error);
void          bus_fixture_advance      (BusFixture        *self,
                                        gint64             delay);
void          bus_fixture_pass_pause   (BusFixture        *self);
gint64        bus_fixture_now          (BusFixture        *self);
void          bus_fixture_run          (BusFixture        *self,
                                        const char        *sql);
gint64        bus_fixture_ask          (BusFixture        *self,
                                        const char        *sql);
char         *bus_fixture_ask_text     (BusFixture        *self,
                                        const char        *sql);
gboolean      bus_fixture_forget_func  (PostureTransaction *transaction,
                                        gpointer           bus,
                                        GError           **error);
gint64        bus_fixture_effects      (BusFixture        *self);
void          bus_fixture_settle       (BusFixture        *self);

/* Runs the main context until the condition holds; a hang is ended by the test's timeout. */
#define bus_fixture_wait_until(condition) \
  G_STMT_START \
  { \
    while (!(condition)) \
      bus_fixture_tick (); \
  } \
  G_STMT_END
void          bus_fixture_tick         (void);

/* The child's side of a test that kills a process: the test program calls itself. */
GSubprocess  *bus_fixture_spawn        (BusFixture        *self,
                                        const char        *role,
                                        const char        *failpoint);


G_END_DECLS
