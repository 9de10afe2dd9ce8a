/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-pattern"

#include "config.h"

#include "pattern/pattern-event-private.h"
#include "pattern/pattern-scan-private.h"

/* No event that core/json accepts nests deeper. */
#define MAX_DEPTH POSTURE_JSON_MAX_DEPTH
/* How many lines of 64 bytes are asked for before they are read. */
#define N_PREFETCHED 6

/* Takes the named fields out of the bytes of an event and passes over everything else. It relies on the
 * bytes being JSON where it does not look, and on nothing where it does: on other bytes it gives up or
 * finds something, but stays within them.
 *
 * Each function is given where to begin and gives where it has come to; %NULL: this is no JSON. */
typedef struct
{
  PatternEvent *event;
  const char *end;
  gboolean once; /* no path stands twice, so that … */
  gboolean done; /* … all has been seen once everything named was there */
  guint depth;
} Reader;

static const char *read_object (Reader            *self,
                                const char        *at,
                                const PatternStep *step,
                                guint32            place,
                                gboolean           last);

static const char *read_array (Reader            *self,
                               const char        *at,
                               const PatternStep *step,
                               guint32            place);

static inline const char *
skip_space (Reader     *self,
            const char *at)
{
  return posture_pattern_skip_space (at, self->end);
}

static inline const char *
skip_value (Reader     *self,
            const char *at)
{
  const char *end = self->end;
  const char *stop;

  if (at == end)
    return NULL;
  if (*at == '"')
    {
      stop = posture_pattern_skip_string (at + 1, end);
      return stop != NULL ? stop + 1 : NULL;
    }
  if (*at == '{' || *at == '[')
    return posture_pattern_skip_container (at + 1, end, *at);
  stop = posture_pattern_skip_word (at, end);
  return stop > at ? stop : NULL;
}

static const char *
unescape (Reader      *self,
          const char  *stop,
          PatternText *text)
{
  stop = posture_pattern_skip_string (stop, self->end);
  if (stop == NULL)
    return NULL;
  text->text = posture_pattern_unescape (text->text, (gsize) (stop - text->text),
                                         &self->event->arena, &text->length);
  return stop + 1;
}

/* Reads a string behind its quote. */
static inline const char *
read_text (Reader      *self,
           const char  *at,
           PatternText *ret_text)
{
  const char *stop = posture_pattern_scan_text (at, self->end);

  *ret_text = (PatternText) { at, (gsize) (stop - at) };
  if (stop == self->end)
    return NULL;
  return *stop == '"' ? stop + 1 : unescape (self, stop, ret_text);
}

/* Reads a string, number or word into a field, if a path ends here. */
static const char *
read_leaf (Reader            *self,
           const char        *at,
           const PatternStep *step,
           guint32            place)
{
  PatternValue *value;
  PatternText text = { at, 0 };
  PostureJsonKind kind = POSTURE_JSON_STRING;
  char first = *at;

  if (step->path < 0)
    return skip_value (self, at);
  if (first == '"')
    at = read_text (self, at + 1, &text);
  else
    {
      at = posture_pattern_skip_word (at, self->end);
      text.length = (gsize) (at - text.text);
      kind = first == 'n'                   ? POSTURE_JSON_NULL
             : first == 't' || first == 'f' ? POSTURE_JSON_BOOLEAN
                                            : POSTURE_JSON_NUMBER;
      at = text.length > 0 ? at : NULL;
    }
  if (at == NULL)
    return NULL;
  value = &posture_pattern_event_add_field (self->event, (guint32) step->path, place)->value;
  value->text = text.text;
  value->length = (guint32) text.length;
  value->kind = (guint8) kind;
  value->truth = first == 't';
  value->known = 0;
  return at;
}

static const char *
read_value (Reader            *self,
            const char        *at,
            const PatternStep *step,
            guint32            place,
            gboolean           last)
{
  if (at == self->end)
    return NULL;
  if (*at != '{' && *at != '[')
    return read_leaf (self, at, step, place);
  if (self->depth == MAX_DEPTH)
    return NULL;
  self->depth++;
  if (*at == '[')
    at = read_array (self, at + 1, step, place);
  else if (step->names.n_items == 0)
    at = posture_pattern_skip_container (at + 1, self->end, '{');
  else
    at = read_object (self, at + 1, step, place, last);
  self->depth--;
  return at;
}

/* Reads what stands between two values: a comma, behind which @ret_more is set, or the end. */
static inline const char *
read_separator (Reader     *self,
                const char *at,
                char        close,
                gboolean   *ret_more)
{
  at = skip_space (self, at);
  if (at == self->end || (*at != ',' && *at != close))
    return NULL;
  *ret_more = *at == ',';
  return *ret_more ? skip_space (self, at + 1) : at + 1;
}

/* The elements that are objects or arrays are places of their own, what else is in an array belongs to
 * where the array stands. */
static const char *
read_array (Reader            *self,
            const char        *at,
            const PatternStep *step,
            guint32            place)
{
  guint32 array = PATTERN_NOTHING;
  gboolean more = TRUE;

  at = skip_space (self, at);
  if (at < self->end && *at == ']')
    return at + 1;
  while (at != NULL && more)
    {
      guint32 inner = place;

      if (at < self->end && (*at == '{' || *at == '['))
        {
          if (array == PATTERN_NOTHING)
            array = posture_pattern_event_add_array (self->event, place);
          inner = posture_pattern_event_add_place (self->event, array);
        }
      at = read_value (self, at, step, inner, /* last */ FALSE);
      if (at != NULL)
        at = read_separator (self, at, ']', &more);
    }
  return at;
}

/* Reads a member's name and goes to its value. */
static inline const char *
read_name (Reader             *self,
           const char         *at,
           const PatternStep  *step,
           const PatternStep **ret_below)
{
  PatternText name;

  if (at == self->end || *at != '"')
    return NULL;
  at = read_text (self, at + 1, &name);
  if (at == NULL)
    return NULL;
  at = skip_space (self, at);
  if (at == self->end || *at != ':')
    return NULL;
  *ret_below = posture_pattern_step_down (step, name.text, name.length);
  if (*ret_below == NULL && !self->once)
    *ret_below = posture_pattern_step_along (step, name.text, name.length);
  return skip_space (self, at + 1);
}

/* Reads an object behind its bracket. @last says that with all of it, all of the event was seen. */
static const char *
read_object (Reader            *self,
             const char        *at,
             const PatternStep *step,
             guint32            place,
             gboolean           last)
{
  guint32 missing = self->once ? step->names.n_items : G_MAXUINT32;
  gboolean more = TRUE;

  at = skip_space (self, at);
  if (at < self->end && *at == '}')
    return at + 1;
  while (at != NULL && more)
    {
      const PatternStep *below;

      at = read_name (self, at, step, &below);
      if (at == NULL)
        return NULL;
      if (below == NULL)
        at = skip_value (self, at);
      else
        {
          missing--;
          at = read_value (self, at, below, place, last && missing == 0);
          if (at == NULL || self->done)
            return at;
          if (missing == 0)
            {
              self->done = last;
              return last ? at : posture_pattern_skip_container (at, self->end, '{');
            }
        }
      if (at != NULL)
        at = read_separator (self, at, '}', &more);
    }
  return at;
}

/* Asks for the first lines of memory at once, since an event is rarely in the cache and the processor would
 * notice only one line after another. */
static void
prefetch (const char *text,
          gsize       length)
{
  for (gsize at = 64; at < MIN (length, N_PREFETCHED * 64); at += 64)
    __builtin_prefetch (text + at);
}

/* Takes out of the bytes of an event, which core/json has accepted, what @root names. With @once it
 * stops as soon as everything that is named was there; then no path may stand twice, and no name in the
 * event may have a dot. Gives %FALSE if it noticed that the bytes are no object. */
gboolean
posture_pattern_event_read (PatternEvent      *self,
                            const PatternStep *root,
                            const char        *text,
                            gsize              length,
                            gboolean           once)
{
  Reader reader = { self, text + length, once, FALSE, 0 };

  if (length > G_MAXINT32)
    return FALSE;
  prefetch (text, length);
  text = skip_space (&reader, text);
  if (text == reader.end || *text != '{')
    return FALSE;
  return root == NULL || read_object (&reader, text + 1, root, PATTERN_TOP, TRUE) != NULL;
}
