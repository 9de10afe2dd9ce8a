/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posturectl"

#include "config.h"

#include "app/ctl-input.h"

#include "app/ctl-output.h"
#include "input-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_LINE (16 * 1024)

/**
 * ctl_read_file:
 * @path: (type filename): a file; `-` is stdin
 * @name: what to call it
 * @ret_status: what to end with if it cannot be read
 *
 * Reads a file of at most 16 MiB. Anything that could keep the program waiting
 * is refused.
 *
 * Returns: (transfer full) (nullable): its bytes, or %NULL with the reason printed
 */
GBytes *
ctl_read_file (const char *path,
               const char *name,
               CtlStatus  *ret_status)
{
  gboolean is_stdin = g_str_equal (path, "-");
  g_autoptr (GError) error = NULL;
  GBytes *bytes = is_stdin ? posture_input_read_stream (STDIN_FILENO, /* pipe = */ TRUE, &error)
                           : posture_input_read (path, &error);

  if (bytes == NULL)
    *ret_status = ctl_error (CTL_FAULTS, "%s: %s", name, error->message);
  return bytes;
}

/**
 * ctl_read_text:
 * @path: (type filename): a file; `-` is stdin
 * @ret_status: what to end with if it cannot be read
 *
 * Reads a text as ctl_read_file() reads bytes.
 *
 * Returns: (transfer full) (nullable): the text, or %NULL with the reason printed
 */
char *
ctl_read_text (const char *path,
               CtlStatus  *ret_status)
{
  g_autoptr (GBytes) bytes = ctl_read_file (path, path, ret_status);
  const char *text;
  gsize size;

  if (bytes == NULL)
    return NULL;
  text = g_bytes_get_data (bytes, &size);
  if (text != NULL && g_utf8_validate_len (text, size, NULL))
    return g_strndup (text, size);
  *ret_status = ctl_error (CTL_FAULTS, _("%s is not valid UTF-8."), path);
  return NULL;
}

/* Lines of a terminal or a pipe. While it waits, the main context runs, since this process may be
 * the one that delivers events. */
struct _CtlLines
{
  int fd;
  GByteArray *buffer;
  gboolean dropping; /* the rest of a line that was too long */
  gboolean ended;
  gboolean ready;
  gboolean interrupted;
  guint signal_ids[3];
};

static gboolean
interrupted_cb (gpointer data)
{
  CtlLines *self = data;

  self->interrupted = TRUE;
  return G_SOURCE_CONTINUE;
}

/**
 * ctl_lines_new:
 * @fd: what to read; it is not closed
 *
 * Begins to read lines, and to notice signals that ask the program to end.
 *
 * Returns: (transfer full): the reader
 */
CtlLines *
ctl_lines_new (int fd)
{
  static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
  CtlLines *self = g_new0 (CtlLines, 1);

  self->fd = fd;
  self->buffer = g_byte_array_new ();
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    self->signal_ids[i] = g_unix_signal_add (numbers[i], interrupted_cb, self);
  return self;
}

/**
 * ctl_lines_free:
 * @self: (transfer full): a reader
 *
 * Frees it.
 */
void
ctl_lines_free (CtlLines *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->signal_ids); i++)
    g_source_remove (self->signal_ids[i]);
  g_byte_array_unref (self->buffer);
  g_free (self);
}

static gboolean
ready_cb (int          fd,
          GIOCondition condition,
          gpointer     data)
{
  CtlLines *self = data;

  self->ready = TRUE;
  return G_SOURCE_REMOVE;
}

static void
fill (CtlLines *self)
{
  guint8 bytes[4096];
  gssize length;
  guint id;

  self->ready = FALSE;
  id = g_unix_fd_add (self->fd, G_IO_IN | G_IO_HUP | G_IO_ERR | G_IO_NVAL, ready_cb, self);
  while (!self->ready && !self->interrupted)
    g_main_context_iteration (NULL, /* may_block = */ TRUE);
  if (!self->ready)
    {
      g_source_remove (id);
      return;
    }
  length = read (self->fd, bytes, sizeof bytes);
  if (length > 0)
    g_byte_array_append (self->buffer, bytes, (guint) length);
  else if (length == 0 || (errno != EINTR && errno != EAGAIN))
    self->ended = TRUE; /* a terminal that is gone says EIO */
}

/* Takes the first @length bytes and the line break behind them. */
static CtlLine
take_line (CtlLines *self,
           guint     length,
           char    **ret_line)
{
  g_autofree char *line = g_strndup ((const char *) self->buffer->data, length);
  gboolean dropped = self->dropping;
  gboolean whole = memchr (self->buffer->data, '\0', length) == NULL;

  g_byte_array_remove_range (self->buffer, 0, MIN (length + 1, self->buffer->len));
  self->dropping = FALSE;
  if (dropped)
    return CTL_LINE_TOO_LONG;
  if (!whole || !g_utf8_validate (line, -1, NULL))
    return CTL_LINE_NO_TEXT;
  *ret_line = g_steal_pointer (&line);
  return CTL_LINE_TEXT;
}

/**
 * ctl_lines_read:
 * @self: a reader
 * @ret_line: (out) (transfer full): the line, without its end
 *
 * Waits for a line. The last one needs no line break.
 *
 * Returns: what came
 */
CtlLine
ctl_lines_read (CtlLines *self,
                char    **ret_line)
{
  for (;;)
    {
      guint8 *end = self->buffer->len > 0 ? memchr (self->buffer->data, '\n', self->buffer->len)
                                          : NULL;

      if (end != NULL)
        {
          self->dropping = self->dropping || end - self->buffer->data > MAX_LINE;
          return take_line (self, (guint) (end - self->buffer->data), ret_line);
        }
      if (self->buffer->len > MAX_LINE)
        {
          self->dropping = TRUE;
          g_byte_array_set_size (self->buffer, 0);
        }
      if (self->ended && (self->buffer->len > 0 || self->dropping))
        return take_line (self, self->buffer->len, ret_line);
      if (self->ended)
        return CTL_LINE_END;
      if (self->interrupted)
        return CTL_LINE_INTERRUPTED;
      fill (self);
    }
}
