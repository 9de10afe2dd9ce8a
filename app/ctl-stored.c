/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "posturectl"

#include "config.h"

#include "app/ctl-output.h"
#include "app/ctl-questionnaires.h"
#include "input-file.h"
#include "json/json-document.h"

#include <glib/gi18n.h>

/* What a file is to the one that is stored under its name. */
typedef enum
{
  FILE_NEW, /* also: nothing that can be read is stored */
  FILE_SAME,
  FILE_OLDER,
  FILE_CHANGED, /* the same version with other content */
} FileAge;

/* Three whole numbers with points between them; what is none is as old as can be. */
static int
compare_versions (const char *a,
                  const char *b)
{
  g_auto (GStrv) x = g_strsplit (a, ".", 3);
  g_auto (GStrv) y = g_strsplit (b, ".", 3);
  int order = 0;

  for (guint i = 0; order == 0 && x[i] != NULL && y[i] != NULL; i++)
    {
      gint64 left = g_ascii_strtoll (x[i], NULL, 10), right = g_ascii_strtoll (y[i], NULL, 10);

      order = (left > right) - (left < right);
    }
  return order;
}

static const char *
get_version (const PostureJsonNode *root)
{
  const char *version = posture_json_node_get_string (posture_json_node_get_member (root, "version"));

  return version != NULL ? version : "";
}

/* @ret_stored and @ret_version: (transfer full): both versions. */
static FileAge
find_age (GBytes *stored_bytes,
          GBytes *bytes,
          char  **ret_stored,
          char  **ret_version)
{
  g_autoptr (PostureJsonDocument) stored = posture_json_document_new (stored_bytes, /* limits = */ NULL,
                                                                      /* error = */ NULL);
  g_autoptr (PostureJsonDocument) document = posture_json_document_new (bytes, /* limits = */ NULL,
                                                                        /* error = */ NULL);
  const PostureJsonNode *old, *new;
  g_autofree char *old_text = NULL;
  g_autofree char *new_text = NULL;
  int order;

  if (stored == NULL || document == NULL)
    return FILE_NEW;
  old = posture_json_document_get_root (stored);
  new = posture_json_document_get_root (document);
  *ret_stored = g_strdup (get_version (old));
  *ret_version = g_strdup (get_version (new));
  order = compare_versions (*ret_version, *ret_stored);
  if (order != 0)
    return order > 0 ? FILE_NEW : FILE_OLDER;
  old_text = posture_json_node_to_text (old);
  new_text = posture_json_node_to_text (new);
  return g_str_equal (old_text, new_text) ? FILE_SAME : FILE_CHANGED;
}

/* Tells what is stored, what the file is, and how to have it all the same. */
static CtlStatus
refuse (const char *name,
        FileAge     age,
        const char *stored,
        const char *version)
{
  if (age == FILE_OLDER)
    return ctl_error (CTL_FAULTS,
                      _("%s has version %s, which is older than version %s that is stored. To put it in "
                        "that one's place, add --replace; reports keep the version that they were made with."),
                      name, version, stored);
  return ctl_error (CTL_FAULTS,
                    _("%s has version %s as what is stored, and other content. Please give it a new version, "
                      "or add --replace to put it in the place of the other; reports keep the one that they "
                      "were made with."),
                    name, version);
}

static CtlStatus
check_file (const char *folder,
            const char *name,
            GBytes     *bytes,
            FileAge    *ret_age)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GBytes) there = posture_input_read (path, /* error = */ NULL);
  g_autofree char *stored = NULL;
  g_autofree char *version = NULL;

  *ret_age = there != NULL ? find_age (there, bytes, &stored, &version) : FILE_NEW;
  return *ret_age == FILE_OLDER || *ret_age == FILE_CHANGED ? refuse (name, *ret_age, stored, version)
                                                            : CTL_OK;
}

/**
 * ctl_check_stored:
 * @folder: the folder with the questionnaires of the profile
 * @files: a questionnaire that is to be put there
 * @id: its id
 *
 * Tells if what is there would be replaced by something older, or by something
 * else that calls itself the same. With a newer structure come the words that
 * belong to it, whatever their version is.
 *
 * Returns: %CTL_OK if nothing is in the way
 */
CtlStatus
ctl_check_stored (const char                *folder,
                  PostureQuestionnaireFiles *files,
                  const char                *id)
{
  g_autofree char *structure = g_strconcat (id, ".json", NULL);
  FileAge age;
  CtlStatus status = check_file (folder, structure, files->structure, &age);

  for (guint i = 0; status == CTL_OK && age == FILE_SAME && i < files->words->len; i++)
    {
      const PostureInspectedWords *words = &g_array_index (files->words, PostureInspectedWords, i);
      g_autofree char *name = g_path_get_basename (words->file_name);
      FileAge words_age;

      status = check_file (folder, name, words->bytes, &words_age);
    }
  return status;
}
