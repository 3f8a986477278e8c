/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/lm-json.h"
#include "workspace/lm-workspace-private.h"
#include "workspace/lm-workspace-reading.h"

/* What was read in the library. What somebody reads says much about them: it is kept in the
 * journal, encrypted, in one record for each computer, and united when it is looked at. */

#define COMPUTER "computer"
#define ARTICLES "articles"
#define READ     "read"
#define BOOKMARK "bookmark"
#define PLACE    "place"
#define CHANGED  "changed"

static LmRecord *
record_at (LmWorkspace *self, guint i)
{
  g_autoptr (LmEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->others), i);
  LmRecord *record = lm_entry_get_record (entry); /* the list keeps it */

  return record->kind == LM_RECORD_READING ? record : NULL;
}

/* Takes @more into @reading. @latest is the time of what is known; of the place and the bookmark
 * the latest counts, as a person can take a bookmark away. */
static void
unite (LmReading *reading, JsonObject *more, GDateTime **latest)
{
  const char *changed = lm_json_get_string (more, CHANGED);
  g_autoptr (GDateTime) when =
      changed != NULL ? g_date_time_new_from_iso8601 (changed, NULL) : NULL;
  gint64 place = 0;

  reading->read |= lm_json_get_boolean (more, READ);
  if (*latest != NULL && (when == NULL || g_date_time_compare (when, *latest) <= 0))
    return;
  reading->bookmark = lm_json_get_boolean (more, BOOKMARK);
  lm_json_get_integer (more, PLACE, &place);
  reading->place = (guint) CLAMP (place, 0, 1000);
  g_clear_pointer (latest, g_date_time_unref);
  *latest = g_steal_pointer (&when);
}

/* Returns: what is known of the article with the id @article, from all computers */
LmReading
lm_workspace_get_reading (LmWorkspace *self, const char *article)
{
  LmReading reading = { 0 };
  g_autoptr (GDateTime) latest = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->others)); i++)
    {
      LmRecord *record = record_at (self, i);
      g_autoptr (LmContent) content = record != NULL ? lm_record_content (record) : NULL;
      JsonObject *articles =
          content != NULL ? lm_json_get_object (lm_content_json (content), ARTICLES) : NULL;
      JsonObject *object = articles != NULL ? lm_json_get_object (articles, article) : NULL;

      if (object != NULL)
        unite (&reading, object, &latest);
    }
  return reading;
}

/* The id of this computer's record, which may not exist yet. */
static const LmId *
own_reading (LmWorkspace *self)
{
  LmIdText device = lm_id_format (&self->device);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->others)); i++)
    {
      LmRecord *record = record_at (self, i);
      g_autoptr (LmContent) content = record != NULL ? lm_record_content (record) : NULL;

      if (content != NULL && g_str_equal (lm_content_get_string (content, COMPUTER), device.digits))
        self->own_reading = record->id;
    }
  if (lm_id_is_null (&self->own_reading))
    self->own_reading = lm_id_new_random ();
  return &self->own_reading;
}

typedef struct
{
  LmIdText device;
  char *article;
  char *now;
  LmReading reading;
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  g_free (change->article);
  g_free (change->now);
  g_free (change);
}

static JsonObject *
object_in (JsonObject *parent, const char *key)
{
  if (lm_json_get_object (parent, key) == NULL)
    json_object_set_object_member (parent, key, json_object_new ());
  return lm_json_get_object (parent, key);
}

/* In the writer's thread. */
static void
set_reading (LmContent *content, gpointer data)
{
  Change *change = data;
  JsonObject *object = object_in (object_in (lm_content_json (content), ARTICLES), change->article);

  lm_content_set_string (content, COMPUTER, change->device.digits);
  if (change->reading.read)
    json_object_set_boolean_member (object, READ, TRUE);
  json_object_set_boolean_member (object, BOOKMARK, change->reading.bookmark);
  json_object_set_int_member (object, PLACE, change->reading.place);
  json_object_set_string_member (object, CHANGED, change->now);
}

/**
 * lm_workspace_set_reading:
 * @article: its id
 *
 * Keeps what became of an article; nothing happens where nothing can be kept. That an article was
 * read stays.
 */
void
lm_workspace_set_reading (LmWorkspace *self, const char *article, const LmReading *reading)
{
  LmReading known = lm_workspace_get_reading (self, article);
  g_autoptr (GDateTime) now = NULL;
  Change *change;

  if (lm_workspace_get_state (self) != LM_WORKSPACE_OPEN || lm_workspace_get_read_only (self) ||
      (known.read >= reading->read && known.bookmark == reading->bookmark &&
       known.place == reading->place))
    return;
  now = lm_clock_now (self->clock);
  change = g_new (Change, 1);
  *change = (Change) { lm_id_format (&self->device),
                       g_strdup (article),
                       g_date_time_format_iso8601 (now),
                       *reading };
  lm_workspace_change_own (self, own_reading (self), "reading", set_reading, change, change_free);
}
