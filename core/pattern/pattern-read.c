/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posture-pattern"

#include "config.h"

#include "pattern/pattern-event-private.h"
#include "pattern/pattern-scan-private.h"

/* No event that core/json accepts nests deeper. */
#define MAX_DEPTH POSTURE_JSON_MAX_DEPTH

/* Takes the named fields out of the bytes of an event and passes over everything else. It relies on the
 * bytes being JSON where it does not look, and on nothing where it does: on other bytes it gives up or
 * finds something, but stays within them. */
typedef struct
{
  PatternEvent *event;
  const char *at;
  const char *end;
  gboolean once; /* no path stands twice, so that … */
  gboolean done; /* … all has been seen once everything named was there */
  guint depth;
} Reader;

static gboolean read_object (Reader            *self,
                             const PatternStep *step,
                             guint32            place,
                             gboolean           last);

static gboolean read_array (Reader            *self,
                            const PatternStep *step,
                            guint32            place);

static void
skip_space (Reader *self)
{
  self->at = posture_pattern_skip_space (self->at, self->end);
}

static gboolean
skip_container (Reader *self,
                char    open)
{
  const char *at = posture_pattern_skip_container (self->at, self->end, open);

  if (at == NULL)
    return FALSE;
  self->at = at;
  return TRUE;
}

/* Passes over what stands at the reader's place. */
static gboolean
skip_value (Reader *self)
{
  const char *start = self->at;

  if (start == self->end)
    return FALSE;
  switch (*start)
    {
    case '"':
      self->at = posture_pattern_skip_string (start + 1, self->end);
      if (self->at == NULL)
        return FALSE;
      self->at++;
      return TRUE;
    case '{':
    case '[':
      self->at++;
      return skip_container (self, *start);
    default:
      self->at = posture_pattern_skip_word (start, self->end);
      return self->at > start;
    }
}

/* Reads a string behind its quote. */
static gboolean
read_text (Reader      *self,
           const char **ret_text,
           gsize       *ret_length)
{
  const char *start = self->at;
  const char *stop = posture_pattern_scan_text (start, self->end);
  gboolean escaped = stop < self->end && *stop == '\\';

  if (escaped)
    stop = posture_pattern_skip_string (stop, self->end);
  if (stop == NULL || stop == self->end)
    return FALSE;
  self->at = stop + 1;
  *ret_text = start;
  *ret_length = (gsize) (stop - start);
  if (escaped)
    *ret_text = posture_pattern_unescape (start, *ret_length, &self->event->arena, ret_length);
  return TRUE;
}

/* Reads a string, number or word into a field, if a path ends here. */
static gboolean
read_leaf (Reader            *self,
           const PatternStep *step,
           guint32            place)
{
  PatternValue value = { .text = self->at };
  gsize length;
  char first = *self->at;

  if (step->path < 0)
    return skip_value (self);
  if (first == '"')
    {
      self->at++;
      if (!read_text (self, &value.text, &length))
        return FALSE;
      value.kind = POSTURE_JSON_STRING;
    }
  else
    {
      self->at = posture_pattern_skip_word (self->at, self->end);
      length = (gsize) (self->at - value.text);
      if (length == 0)
        return FALSE;
      value.truth = first == 't';
      value.kind = first == 'n'                   ? POSTURE_JSON_NULL
                   : first == 't' || first == 'f' ? POSTURE_JSON_BOOLEAN
                                                  : POSTURE_JSON_NUMBER;
    }
  value.length = (guint32) length;
  posture_pattern_event_add_field (self->event, (guint32) step->path, place)->value = value;
  return TRUE;
}

static gboolean
read_value (Reader            *self,
            const PatternStep *step,
            guint32            place,
            gboolean           last)
{
  gboolean done;

  if (self->at == self->end)
    return FALSE;
  if (*self->at != '{' && *self->at != '[')
    return read_leaf (self, step, place);
  if (self->depth == MAX_DEPTH)
    return FALSE;
  self->depth++;
  if (*self->at++ == '[')
    done = read_array (self, step, place);
  else if (step->names.n_items == 0)
    done = skip_container (self, '{');
  else
    done = read_object (self, step, place, last);
  self->depth--;
  return done;
}

/* Reads what stands between two values: a comma, behind which @ret_more is set, or the end. */
static gboolean
read_separator (Reader   *self,
                char      close,
                gboolean *ret_more)
{
  skip_space (self);
  if (self->at == self->end || (*self->at != ',' && *self->at != close))
    return FALSE;
  *ret_more = *self->at++ == ',';
  if (*ret_more)
    skip_space (self);
  return TRUE;
}

/* The elements that are objects or arrays are places of their own, what else is in an array belongs to
 * where the array stands. */
static gboolean
read_array (Reader            *self,
            const PatternStep *step,
            guint32            place)
{
  guint32 array = PATTERN_NOTHING;
  gboolean more = TRUE;

  skip_space (self);
  if (self->at < self->end && *self->at == ']')
    {
      self->at++;
      return TRUE;
    }
  while (more)
    {
      guint32 inner = place;

      if (self->at < self->end && (*self->at == '{' || *self->at == '['))
        {
          if (array == PATTERN_NOTHING)
            array = posture_pattern_event_add_array (self->event, place);
          inner = posture_pattern_event_add_place (self->event, array);
        }
      if (!read_value (self, step, inner, /* last */ FALSE) || !read_separator (self, ']', &more))
        return FALSE;
    }
  return TRUE;
}

/* Reads a member's name and goes to its value. */
static gboolean
read_name (Reader             *self,
           const PatternStep  *step,
           const PatternStep **ret_below)
{
  const char *name;
  gsize length;

  if (self->at == self->end || *self->at++ != '"' || !read_text (self, &name, &length))
    return FALSE;
  skip_space (self);
  if (self->at == self->end || *self->at++ != ':')
    return FALSE;
  skip_space (self);
  *ret_below = posture_pattern_step_along (step, name, length);
  return TRUE;
}

/* Reads an object behind its bracket. @last says that with all of it, all of the event was seen. */
static gboolean
read_object (Reader            *self,
             const PatternStep *step,
             guint32            place,
             gboolean           last)
{
  guint32 missing = self->once ? step->names.n_items : G_MAXUINT32;
  gboolean more = TRUE;

  skip_space (self);
  if (self->at < self->end && *self->at == '}')
    {
      self->at++;
      return TRUE;
    }
  while (more)
    {
      const PatternStep *below;

      if (!read_name (self, step, &below))
        return FALSE;
      if (below == NULL)
        {
          if (!skip_value (self))
            return FALSE;
        }
      else
        {
          missing--;
          if (!read_value (self, below, place, last && missing == 0))
            return FALSE;
          if (missing == 0)
            {
              self->done = self->done || last;
              return self->done || skip_container (self, '{');
            }
        }
      if (!read_separator (self, '}', &more))
        return FALSE;
    }
  return TRUE;
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
  Reader reader = { self, text, text + length, once, FALSE, 0 };

  if (length > G_MAXINT32)
    return FALSE;
  skip_space (&reader);
  if (reader.at == reader.end || *reader.at++ != '{')
    return FALSE;
  return root == NULL || read_object (&reader, root, PATTERN_TOP, TRUE);
}
