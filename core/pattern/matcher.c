/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-pattern"

#include "config.h"

#include "pattern/finder.h"
#include "pattern/matcher-private.h"

/* So many new rules are asked one by one before they become a segment. */
#define MAX_LOOSE 3
/* A segment takes in those behind it unless it is more than so many times as large. So there are few of
 * them, and a rule is compiled again only a few times, however many are added. */
#define GROWTH 4
/* Once as many rules as are there were removed, and some more, all are compiled anew. */
#define MIN_REMOVED 64

struct _PostureMatcher
{
  GMutex lock; /* of all that follows but the finders */
  guint64 version; /* counts the changes; atomic */
  guint64 next_number;
  GHashTable *by_name; /* (element-type utf8 MatcherRule) */
  PatternSteps steps;
  GPtrArray *segments; /* (element-type MatcherSegment), the largest first */
  GPtrArray *loose;    /* (element-type MatcherRule): what is in no segment */
  MatcherSnapshot *snapshot; /* the last one … */
  gboolean current;          /* … and whether it has all rules */
  gboolean watched;          /* whether somebody took one since the last change */
  guint n_removed;           /* rules of segments that are gone */
  gboolean has_old_steps;    /* whether a rule was removed since the steps were begun */
  GMutex finders_lock;
  GPtrArray *finders; /* (element-type PostureFinder): that nobody uses just now */
};

/**
 * posture_matcher_new:
 *
 * Makes a matcher of many rules, without any yet. It may be used by several
 * threads at once, which do not wait for one another while they match.
 *
 * Returns: (transfer full): a new matcher
 */
PostureMatcher *
posture_matcher_new (void)
{
  PostureMatcher *self = g_new0 (PostureMatcher, 1);

  g_mutex_init (&self->lock);
  g_mutex_init (&self->finders_lock);
  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                         (GDestroyNotify) posture_matcher_rule_unref);
  self->segments = g_ptr_array_new_with_free_func ((GDestroyNotify) posture_matcher_segment_unref);
  self->loose = g_ptr_array_new_with_free_func ((GDestroyNotify) posture_matcher_rule_unref);
  self->finders = g_ptr_array_new_with_free_func ((GDestroyNotify) posture_finder_free);
  return self;
}

/**
 * posture_matcher_free:
 * @self: (transfer full): a matcher that no thread uses any longer
 *
 * Frees the matcher and gives its patterns back.
 */
void
posture_matcher_free (PostureMatcher *self)
{
  g_ptr_array_unref (self->finders);
  g_clear_pointer (&self->snapshot, posture_matcher_snapshot_unref);
  g_ptr_array_unref (self->loose);
  g_ptr_array_unref (self->segments);
  posture_pattern_steps_clear (&self->steps);
  g_hash_table_unref (self->by_name);
  g_mutex_clear (&self->finders_lock);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static void
add_new (PostureMatcher *self,
         MatcherRule    *rule)
{
  g_ptr_array_add (self->loose, posture_matcher_rule_ref (rule));
  rule->place = self->loose->len;
}

/* Says whether @rule was one of the new ones. The last one takes its place, so that many rules can be changed
 * before they are compiled; the order of rules is that of their numbers. */
static gboolean
remove_new (PostureMatcher *self,
            MatcherRule    *rule)
{
  guint place = rule->place;

  if (place == 0)
    return FALSE;
  g_ptr_array_remove_index_fast (self->loose, place - 1);
  if (place <= self->loose->len)
    ((MatcherRule *) g_ptr_array_index (self->loose, place - 1))->place = place;
  return TRUE;
}

/* Adds the rules of @from that are still there to @into, and gives how many are not. */
static guint
collect (GPtrArray *into,
         GPtrArray *from)
{
  guint before = into->len;

  for (guint i = 0; i < from->len; i++)
    {
      MatcherRule *rule = g_ptr_array_index (from, i);

      if (rule->removed == G_MAXUINT64)
        g_ptr_array_add (into, posture_matcher_rule_ref (rule));
      rule->place = 0;
    }
  return from->len - (into->len - before);
}

/* Begins the steps anew, without paths that no rule has any more. */
static void
renew_steps (PostureMatcher *self)
{
  PatternSteps old = self->steps;

  self->steps = (PatternSteps) { .edition = old.edition + 1 };
  self->has_old_steps = FALSE;
  if (self->snapshot != NULL)
    self->snapshot->waste->tree = old;
  else
    posture_pattern_steps_clear (&old);
}

static gboolean
has_much_waste (PostureMatcher *self)
{
  return self->n_removed > g_hash_table_size (self->by_name) + MIN_REMOVED;
}

/* Makes one segment of the new rules and of those segments that it would soon be as large as. */
static void
merge (PostureMatcher *self)
{
  g_autoptr (GPtrArray) rules =
    g_ptr_array_new_with_free_func ((GDestroyNotify) posture_matcher_rule_unref);
  gboolean all = has_much_waste (self);

  collect (rules, self->loose);
  g_ptr_array_set_size (self->loose, 0);
  while (self->segments->len > 0)
    {
      MatcherSegment *last = g_ptr_array_index (self->segments, self->segments->len - 1);

      if (!all && last->rules->len > (gsize) GROWTH * rules->len)
        break;
      self->n_removed -= collect (rules, last->rules);
      g_ptr_array_set_size (self->segments, (int) self->segments->len - 1);
    }
  if (self->segments->len == 0 && self->has_old_steps)
    renew_steps (self);
  if (rules->len > 0)
    g_ptr_array_add (self->segments, posture_matcher_segment_new (rules, &self->steps));
}

static void
add_loose (PostureMatcher  *self,
           MatcherSnapshot *snapshot,
           MatcherRule     *rule)
{
  GPtrArray *paths = rule->pattern->paths;
  MatcherLoose loose = { posture_matcher_rule_ref (rule), g_new (guint32, paths->len) };

  for (guint i = 0; i < paths->len; i++)
    loose.paths[i] = posture_pattern_steps_add (&self->steps, g_ptr_array_index (paths, i));
  g_array_append_val (snapshot->loose, loose);
}

/* Makes a snapshot of the rules as they are. Steps that it does not have any more go once nobody looks at an
 * earlier one. */
static void
publish (PostureMatcher *self)
{
  MatcherSnapshot *snapshot = posture_matcher_snapshot_new ();

  if (self->loose->len > MAX_LOOSE || has_much_waste (self))
    merge (self);
  for (guint i = 0; i < self->segments->len; i++)
    g_ptr_array_add (snapshot->segments,
                     posture_matcher_segment_ref (g_ptr_array_index (self->segments, i)));
  for (guint i = 0; i < self->loose->len; i++)
    add_loose (self, snapshot, g_ptr_array_index (self->loose, i));
  snapshot->root = self->steps.root;
  snapshot->n_paths = self->steps.n_paths;
  self->steps.edition++;
  if (self->snapshot != NULL)
    {
      self->snapshot->waste->steps = g_steal_pointer (&self->steps.replaced);
      self->snapshot->waste->next = snapshot->waste;
      g_atomic_ref_count_inc (&snapshot->waste->references);
      posture_matcher_snapshot_unref (self->snapshot);
    }
  self->snapshot = snapshot;
  self->current = TRUE;
}

/* Lets everybody know of a change. Whoever changes also compiles, if somebody matches meanwhile; if nobody
 * does, many changes are compiled at once when the first event comes. */
static void
tell_change (PostureMatcher *self)
{
  if (self->watched && !self->current)
    {
      publish (self);
      self->watched = FALSE;
    }
  __atomic_store_n (&self->version, self->version + 1, __ATOMIC_RELEASE);
}

/* How many changes there were; says whether a snapshot has all of them. */
guint64
posture_matcher_get_version (PostureMatcher *self)
{
  return __atomic_load_n (&self->version, __ATOMIC_ACQUIRE);
}

/* Gives the rules as they are now. Of those in it that were removed, all with a later version are still
 * there. */
MatcherSnapshot *
posture_matcher_dup_snapshot (PostureMatcher *self,
                              guint64        *ret_version)
{
  MatcherSnapshot *snapshot;

  g_mutex_lock (&self->lock);
  if (!self->current)
    publish (self);
  self->watched = TRUE;
  snapshot = posture_matcher_snapshot_ref (self->snapshot);
  *ret_version = self->version;
  g_mutex_unlock (&self->lock);
  return snapshot;
}

/* Takes a rule out, if it is there. With the next version it is gone. */
static void
take_out (PostureMatcher *self,
          MatcherRule    *rule)
{
  __atomic_store_n (&rule->removed, self->version + 1, __ATOMIC_RELAXED);
  self->has_old_steps = TRUE;
  if (remove_new (self, rule))
    self->current = FALSE;
  else
    {
      self->n_removed++;
      self->current = self->current && !has_much_waste (self);
    }
}

/**
 * posture_matcher_add:
 * @self: a matcher
 * @name: the rule's name
 * @pattern: what its events look like; the matcher takes a reference
 *
 * Adds a rule. One that is there under the name gets the new pattern and keeps
 * its place in the order. Every event that is matched from now on sees it.
 *
 * Returns: %TRUE if the name is new, %FALSE if its pattern was replaced
 */
gboolean
posture_matcher_add (PostureMatcher *self,
                     const char     *name,
                     PosturePattern *pattern)
{
  MatcherRule *old;
  MatcherRule *rule;
  gboolean added;

  g_return_val_if_fail (name != NULL && pattern != NULL, FALSE);

  rule = g_new0 (MatcherRule, 1);
  g_atomic_ref_count_init (&rule->references);
  rule->name = g_strdup (name);
  rule->removed = G_MAXUINT64;
  rule->pattern = posture_pattern_ref (pattern);

  g_mutex_lock (&self->lock);
  old = g_hash_table_lookup (self->by_name, name);
  added = old == NULL;
  rule->number = added ? self->next_number++ : old->number;
  if (!added)
    take_out (self, old);
  g_hash_table_replace (self->by_name, rule->name, rule);
  add_new (self, rule);
  self->current = FALSE;
  tell_change (self);
  g_mutex_unlock (&self->lock);
  return added;
}

/**
 * posture_matcher_remove:
 * @self: a matcher
 * @name: a rule's name
 *
 * Removes a rule. No event that is matched from now on sees it.
 *
 * Returns: whether there was one of that name
 */
gboolean
posture_matcher_remove (PostureMatcher *self,
                        const char     *name)
{
  MatcherRule *rule;
  gboolean found;

  g_mutex_lock (&self->lock);
  rule = g_hash_table_lookup (self->by_name, name);
  found = rule != NULL;
  if (found)
    {
      take_out (self, rule);
      g_hash_table_remove (self->by_name, name);
      tell_change (self);
    }
  g_mutex_unlock (&self->lock);
  return found;
}

static PostureFinder *
take_finder (PostureMatcher *self)
{
  PostureFinder *finder = NULL;

  g_mutex_lock (&self->finders_lock);
  if (self->finders->len > 0)
    finder = g_ptr_array_steal_index (self->finders, 0);
  g_mutex_unlock (&self->finders_lock);
  return finder != NULL ? finder : posture_finder_new (self);
}

/* The one that has rested longest is taken next, so that none holds on to rules that have long gone. */
static void
give_finder (PostureMatcher *self,
             PostureFinder  *finder)
{
  g_mutex_lock (&self->finders_lock);
  g_ptr_array_add (self->finders, finder);
  g_mutex_unlock (&self->finders_lock);
}

static char **
dup_names (PostureFinder *finder)
{
  guint length = posture_finder_get_length (finder);
  char **names = g_new (char *, length + 1);

  for (guint i = 0; i < length; i++)
    names[i] = g_strdup (posture_finder_get_name (finder, i));
  names[length] = NULL;
  return names;
}

/**
 * posture_matcher_match:
 * @self: a matcher
 * @event: (array length=length): the event, a JSON object as UTF-8 text
 * @length: how many bytes it has
 * @trust: what is known of them; if it is not true, nothing worse comes of it than
 *   names that mean nothing
 * @error: return location for an error of [error@PatternError]
 *
 * Finds the rules whose patterns an event matches. Whoever matches much has a
 * #PostureFinder.
 *
 * Returns: (transfer full) (nullable) (array zero-terminated=1): their names in
 *   the order of adding; %NULL with %POSTURE_PATTERN_ERROR_EVENT if the event is
 *   not a JSON object, or a rule cannot be decided in reasonable time
 */
char **
posture_matcher_match (PostureMatcher *self,
                       const char     *event,
                       gsize           length,
                       PostureEventTrust trust,
                       GError        **error)
{
  PostureFinder *finder = take_finder (self);
  char **names = NULL;

  if (posture_finder_find (finder, event, length, trust, error))
    names = dup_names (finder);
  give_finder (self, finder);
  return names;
}

/**
 * posture_matcher_match_node:
 * @self: a matcher
 * @event: the event
 *
 * Like posture_matcher_match() with an event that was read already. A rule that
 * cannot be decided is left out.
 *
 * Returns: (transfer full) (array zero-terminated=1): the names of the rules
 *   that match, in the order of adding
 */
char **
posture_matcher_match_node (PostureMatcher        *self,
                            const PostureJsonNode *event)
{
  PostureFinder *finder;
  char **names;

  g_return_val_if_fail (event != NULL, NULL);

  finder = take_finder (self);
  posture_finder_find_node (finder, event, NULL);
  names = dup_names (finder);
  give_finder (self, finder);
  return names;
}
