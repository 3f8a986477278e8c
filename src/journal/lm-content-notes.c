/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/lm-clock.h"
#include "base/lm-json.h"
#include "base/lm-text.h"
#include "journal/lm-content.h"

/* What was noted in the margin when an entry was read again: the member "notes". A note is known by
 * the time at which it was begun. */

#define NOTES   "notes"
#define CREATED "created"
#define TEXT    "text"

guint
lm_content_n_notes (LmContent *content)
{
  return lm_json_array_size (lm_json_get_array (lm_content_json (content), NOTES));
}

/**
 * lm_content_get_note:
 * @created: (out): when it was begun, as it is kept; "" if that is not known
 *
 * Returns: (nullable): its text; %NULL if something else is there
 */
const char *
lm_content_get_note (LmContent *content, guint index, const char **created)
{
  JsonObject *note =
      lm_json_at_object (lm_json_get_array (lm_content_json (content), NOTES), index);
  const char *text = lm_json_get_string (note, TEXT);

  *created = lm_json_get_string (note, CREATED);
  if (*created == NULL)
    *created = "";
  return text;
}

/**
 * lm_content_set_note:
 * @created: when it was begun: which note it is
 * @text: (nullable): what it says; blank if it is to go
 *
 * Writes a note into the margin, or changes one. Nothing else of the entry is touched.
 */
void
lm_content_set_note (LmContent *content, const char *created, const char *text)
{
  JsonObject *root = lm_content_json (content);
  JsonArray *notes = lm_json_get_array (root, NOTES);
  gboolean blank = lm_text_is_blank (text);
  JsonObject *note;

  for (guint i = 0; i < lm_json_array_size (notes); i++)
    {
      note = lm_json_at_object (notes, i);
      if (g_strcmp0 (lm_json_get_string (note, CREATED), created) != 0)
        continue;
      if (!blank)
        {
          json_object_set_string_member (note, TEXT, text);
          return;
        }
      json_array_remove_element (notes, i);
      if (json_array_get_length (notes) == 0)
        json_object_remove_member (root, NOTES);
      return;
    }
  if (blank)
    return;
  if (notes == NULL)
    {
      notes = json_array_new ();
      json_object_set_array_member (root, NOTES, notes);
    }
  note = json_object_new ();
  json_object_set_string_member (note, CREATED, created);
  json_object_set_string_member (note, TEXT, text);
  json_array_add_object_element (notes, note);
}
