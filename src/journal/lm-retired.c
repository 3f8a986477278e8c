/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/lm-json.h"
#include "journal/lm-file.h"
#include "journal/lm-local.h"
#include "journal/lm-retired.h"

/* The key slots that this computer gave up. "seen" has them too, but it is sealed: this list is for
 * the time before the journal is open, so that no slot of it is tried. The ids are no secret, they
 * were names of files. */

#define FILE_NAME  "retired.json"
#define FORMAT     "leitmotif-retired"
#define BYTES_MAX  (1024 * 1024)
#define FIRST_PART "{\"format\":\"" FORMAT "\",\"version\":1,\"slots\":["

static int
open_local (const LmId *journal, GError **error)
{
  g_autofree char *path = lm_local_path (journal);

  return lm_file_open_folder (AT_FDCWD, path, error);
}

/**
 * lm_retired_read:
 *
 * Returns: (transfer full) (element-type LmId): the slots of @journal that are not tried any more;
 *   empty where nothing is known
 */
GPtrArray *
lm_retired_read (const LmId *journal)
{
  GPtrArray *slots = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GBytes) file = NULL;
  g_autoptr (JsonObject) root = NULL;
  JsonArray *listed;
  int folder = open_local (journal, NULL);
  gsize length;
  const char *text;
  LmId slot;

  if (folder < 0)
    return slots;
  file = lm_file_read (folder, FILE_NAME, BYTES_MAX, NULL);
  close (folder);
  if (file == NULL)
    return slots;
  text = g_bytes_get_data (file, &length);
  root = lm_json_parse (text, length, NULL);
  listed = root != NULL ? lm_json_get_array (root, "slots") : NULL;
  for (guint i = 0; listed != NULL && i < lm_json_array_size (listed); i++)
    {
      const char *digits = lm_json_at_string (listed, i);

      if (digits != NULL && lm_id_parse (digits, -1, &slot))
        g_ptr_array_add (slots, lm_id_copy (&slot));
    }
  return slots;
}

/* Adds @slot, durably. */
gboolean
lm_retired_add (const LmId *journal, const LmId *slot, GError **error)
{
  g_autoptr (GPtrArray) slots = lm_retired_read (journal);
  g_autoptr (GString) text = g_string_new (FIRST_PART);
  g_autoptr (GBytes) file = NULL;
  int folder;
  gboolean good;

  if (g_ptr_array_find_with_equal_func (slots, slot, lm_id_equal, NULL))
    return TRUE;
  g_ptr_array_add (slots, lm_id_copy (slot));
  for (guint i = 0; i < slots->len; i++)
    g_string_append_printf (text,
                            "%s\"%s\"",
                            i > 0 ? "," : "",
                            lm_id_format (slots->pdata[i]).digits);
  g_string_append (text, "]}\n");
  file = g_bytes_new (text->str, text->len);
  folder = open_local (journal, error);
  if (folder < 0)
    return FALSE;
  good = lm_file_write_local (folder, FILE_NAME, file, error);
  close (folder);
  return good;
}
