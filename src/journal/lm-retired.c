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

/* Two short lists of key slots, for the time before the journal is open: those that this computer
 * gave up, so that none of them is tried ("seen" has them too, but it is sealed), and those by
 * which it was opened here, so that they are tried first. The ids are no secret, they were names of
 * files. */

#define BYTES_MAX (1024 * 1024)

typedef struct
{
  const char *file;
  const char *format;
} List;

static const List retired = { "retired.json", "leitmotif-retired" };
static const List known = { "slots.json", "leitmotif-slots" };

static int
open_local (const LmId *journal, GError **error)
{
  g_autofree char *path = lm_local_path (journal);

  return lm_file_open_folder (AT_FDCWD, path, error);
}

static GPtrArray *
read_list (const List *list, const LmId *journal)
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
  file = lm_file_read (folder, list->file, BYTES_MAX, NULL);
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

static gboolean
add_to_list (const List *list, const LmId *journal, const LmId *slot, GError **error)
{
  g_autoptr (GPtrArray) slots = read_list (list, journal);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes) file = NULL;
  int folder;
  gboolean good;

  if (g_ptr_array_find_with_equal_func (slots, slot, lm_id_equal, NULL))
    return TRUE;
  g_ptr_array_add (slots, lm_id_copy (slot));
  g_string_append_printf (text, "{\"format\":\"%s\",\"version\":1,\"slots\":[", list->format);
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
  good = lm_file_write_local (folder, list->file, file, error);
  close (folder);
  return good;
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
  return read_list (&retired, journal);
}

/* Adds @slot, durably. */
gboolean
lm_retired_add (const LmId *journal, const LmId *slot, GError **error)
{
  return add_to_list (&retired, journal, slot, error);
}

/* Returns: (transfer full) (element-type LmId): the slots of @journal that opened it here */
GPtrArray *
lm_known_slots_read (const LmId *journal)
{
  return read_list (&known, journal);
}

/* Notes that @slot opened @journal here. */
gboolean
lm_known_slots_add (const LmId *journal, const LmId *slot, GError **error)
{
  return add_to_list (&known, journal, slot, error);
}
