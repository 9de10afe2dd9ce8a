/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "helper-process.h"

#include <signal.h>

struct _HelperProcess
{
  GSubprocess *process;
  GDataInputStream *output;
};

HelperProcess *
helper_process_new_with (const char        *folder,
                         const char *const *environment,
                         const char *const *arguments)
{
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  HelperProcess *self = g_new0 (HelperProcess, 1);

  g_ptr_array_add (argv, (gpointer) g_test_get_filename (G_TEST_BUILT, "store-helper", NULL));
  g_ptr_array_add (argv, (gpointer) folder);
  for (guint i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer) arguments[i]);
  g_ptr_array_add (argv, NULL);
  for (guint i = 0; environment != NULL && environment[i] != NULL; i += 2)
    g_subprocess_launcher_setenv (launcher, environment[i], environment[i + 1],
                                  /* overwrite = */ TRUE);
  self->process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, &error);
  g_assert_no_error (error);
  self->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  return self;
}

HelperProcess *
helper_process_new (const char *folder,
                    const char *command,
                    ...)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  const char *argument;
  va_list args;

  g_ptr_array_add (arguments, (gpointer) command);
  va_start (args, command);
  do
    {
      argument = va_arg (args, const char *);
      g_ptr_array_add (arguments, (gpointer) argument);
    }
  while (argument != NULL);
  va_end (args);
  return helper_process_new_with (folder, NULL, (const char *const *) arguments->pdata);
}

char *
helper_process_read (HelperProcess *self)
{
  g_autoptr (GError) error = NULL;
  char *line = g_data_input_stream_read_line (self->output, NULL, NULL, &error);

  g_assert_no_error (error);
  return line;
}

void
helper_process_expect (HelperProcess *self,
                       const char    *line)
{
  g_autofree char *said = helper_process_read (self);

  g_assert_cmpstr (said, ==, line);
}

void
helper_process_go_on (HelperProcess *self)
{
  GOutputStream *input = g_subprocess_get_stdin_pipe (self->process);
  g_autoptr (GError) error = NULL;

  g_output_stream_write_all (input, "\n", 1, NULL, NULL, &error);
  g_assert_no_error (error);
}

void
helper_process_kill (HelperProcess *self)
{
  g_subprocess_send_signal (self->process, SIGKILL);
  g_assert_cmpint (helper_process_wait (self), ==, -SIGKILL);
}

int
helper_process_wait (HelperProcess *self)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_wait (self->process, NULL, &error);
  g_assert_no_error (error);
  if (g_subprocess_get_if_signaled (self->process))
    return -g_subprocess_get_term_sig (self->process);
  return g_subprocess_get_exit_status (self->process);
}

/* Who waits for a line gets the end of its input instead, and ends. */
void
helper_process_free (HelperProcess *self)
{
  g_output_stream_close (g_subprocess_get_stdin_pipe (self->process), NULL, NULL);
  g_subprocess_wait (self->process, NULL, NULL);
  g_object_unref (self->output);
  g_object_unref (self->process);
  g_free (self);
}
