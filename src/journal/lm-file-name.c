/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the name of a file in a journal says about it (docs/journal-format.md). What is in it says
 * the rest.
 */
#include "config.h"

#include <string.h>

#include "journal/lm-file-name.h"

/* Whether a record, a version, a draft or a key slot may be in it, under whatever name a sync tool
 * gave it. */
gboolean
lm_file_name_is_json (const char *name)
{
  return name[0] != '.' && g_str_has_suffix (name, ".json");
}

/* Whether it was being written when its program ended. */
gboolean
lm_file_name_is_part (const char *name)
{
  return g_str_has_prefix (name, ".~") && g_str_has_suffix (name, ".part");
}

/* Whether it is a folder of records whose ids begin so. */
gboolean
lm_file_name_is_shard (const char *name)
{
  return strlen (name) == 2 && strspn (name, "0123456789abcdef") == 2;
}

/**
 * lm_file_name_parse:
 * @ending: such as ".json"
 * @id: (out): the id that the name promises
 *
 * Returns: whether the name is that of an id and nothing more, as this program names files
 */
gboolean
lm_file_name_parse (const char *name, const char *ending, LmId *id)
{
  return strlen (name) == LM_ID_DIGITS + strlen (ending) && g_str_has_suffix (name, ending) &&
         lm_id_parse (name, LM_ID_DIGITS, id);
}
