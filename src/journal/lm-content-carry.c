/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "journal/lm-content.h"

/* Carrying what was changed on a page over to what the record has become meanwhile. */

#define NOTES "notes"

/* Returns: (nullable): the text of the note that was begun at @created */
static const char *
note_at (LmContent *content, const char *created)
{
  for (guint i = 0; i < lm_content_n_notes (content); i++)
    {
      const char *other;
      const char *text = lm_content_get_note (content, i, &other);

      if (text != NULL && g_str_equal (other, created))
        return text;
    }
  return NULL;
}

/* Each note by itself: another may have been written, or removed, elsewhere. */
static gboolean
carry_notes (LmContent *to, LmContent *from, LmContent *ours)
{
  LmContent *sides[] = { ours, from };
  gboolean changed = FALSE;

  for (guint side = 0; side < G_N_ELEMENTS (sides); side++)
    for (guint i = 0; i < lm_content_n_notes (sides[side]); i++)
      {
        const char *created, *text;

        lm_content_get_note (sides[side], i, &created);
        text = note_at (ours, created);
        if (g_strcmp0 (text, note_at (from, created)) == 0 ||
            g_strcmp0 (text, note_at (to, created)) == 0)
          continue;
        lm_content_set_note (to, created, text);
        changed = TRUE;
      }
  return changed;
}

static gboolean
is_equal (JsonNode *a, JsonNode *b)
{
  return a == b || (a != NULL && b != NULL && json_node_equal (a, b));
}

static gboolean
carry_member (LmContent *to, LmContent *from, LmContent *ours, const char *key)
{
  JsonObject *root = lm_content_json (to);
  JsonNode *node = json_object_get_member (lm_content_json (ours), key);

  if (is_equal (node, json_object_get_member (lm_content_json (from), key)))
    return FALSE;
  if (g_str_equal (key, NOTES))
    return carry_notes (to, from, ours);
  if (is_equal (node, json_object_get_member (root, key)))
    return FALSE;
  if (node != NULL)
    json_object_set_member (root, key, json_node_copy (node));
  else
    json_object_remove_member (root, key);
  return TRUE;
}

/**
 * lm_content_carry:
 * @to: what the record is now
 * @from: what it was when the change began
 * @ours: what was made of @from
 *
 * Makes the same changes to @to: each member of the payload, and each note in the margin, that
 * differs between @from and @ours becomes that of @ours. Everything else stays.
 *
 * Returns: whether @to was changed
 */
gboolean
lm_content_carry (LmContent *to, LmContent *from, LmContent *ours)
{
  LmContent *sides[] = { ours, from };
  gboolean changed = FALSE;

  for (guint side = 0; side < G_N_ELEMENTS (sides); side++)
    {
      g_autoptr (GList) keys = json_object_get_members (lm_content_json (sides[side]));

      for (GList *each = keys; each != NULL; each = each->next)
        changed |= carry_member (to, from, ours, each->data);
    }
  return changed;
}
