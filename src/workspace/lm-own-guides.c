/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/lm-json.h"
#include "library/lm-library-error.h"
#include "workspace/lm-changes.h"
#include "workspace/lm-own-guides.h"
#include "workspace/lm-phrases.h"
#include "workspace/lm-workspace-private.h"

/* Guides that a person made. They are in the journal, encrypted, in the form of a guide file; while
 * the journal is open, the library has them beside its own. */

/* In the record: what can be used, and what is being made and cannot be used yet. */
#define GUIDE "guide"
#define DRAFT "draft"

struct _LmOwnGuides
{
  GObject parent_instance;

  LmWorkspace *workspace;
  LmLibrary *library;
};

G_DEFINE_FINAL_TYPE (LmOwnGuides, lm_own_guides, G_TYPE_OBJECT)

/* The library -----------------------------------------------------------------------------------
 */

/* What cannot be read, or used by this version, stays in the journal and is not offered. */
static LmGuide *
read_record (LmLibrary *library, LmRecord *record)
{
  g_autoptr (LmContent) content = lm_record_content (record);
  JsonObject *json = lm_json_get_object (lm_content_json (content), GUIDE);
  g_autofree char *text = NULL;
  gsize length;

  if (json == NULL || record->deleted)
    return NULL;
  text = lm_json_write (json, &length);
  return lm_library_read_guide (library, record->title, text, length, NULL);
}

static void
update_library (LmOwnGuides *self)
{
  GListModel *records = lm_workspace_get_own_guides (self->workspace);
  g_autoptr (GPtrArray) guides = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (records); i++)
    {
      g_autoptr (LmEntry) record = g_list_model_get_item (records, i);
      LmGuide *guide = read_record (self->library, lm_entry_get_record (record));

      if (guide != NULL)
        g_ptr_array_add (guides, guide);
    }
  lm_library_set_own_guides (self->library, guides);
}

static void
records_changed_cb (
    GListModel *records, guint position, guint removed, guint added, LmOwnGuides *self)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (LmEntry) record = g_list_model_get_item (records, i);

      g_signal_handlers_disconnect_by_data (record, self);
      g_signal_connect_object (record,
                               "notify::title",
                               G_CALLBACK (update_library),
                               self,
                               G_CONNECT_SWAPPED);
    }
  update_library (self);
}

static void
lm_own_guides_dispose (GObject *object)
{
  LmOwnGuides *self = LM_OWN_GUIDES (object);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  /* They are the person's words: gone with the lock. */
  if (self->library != NULL)
    lm_library_set_own_guides (self->library, none);
  g_clear_object (&self->library);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (lm_own_guides_parent_class)->dispose (object);
}

static void
lm_own_guides_class_init (LmOwnGuidesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lm_own_guides_dispose;
}

static void
lm_own_guides_init (LmOwnGuides *self)
{
}

/* Returns: (transfer full): has @library show the own guides of @workspace */
LmOwnGuides *
lm_own_guides_new (LmWorkspace *workspace, LmLibrary *library)
{
  LmOwnGuides *self = g_object_new (LM_TYPE_OWN_GUIDES, NULL);
  GListModel *records = lm_workspace_get_own_guides (workspace);

  self->workspace = g_object_ref (workspace);
  self->library = g_object_ref (library);
  g_signal_connect_object (records, "items-changed", G_CALLBACK (records_changed_cb), self, 0);
  records_changed_cb (records, 0, 0, g_list_model_get_n_items (records), self);
  return self;
}

/* The form --------------------------------------------------------------------------------------
 */

static char *
new_id (void)
{
  LmId id = lm_id_new_random ();

  return g_strdup_printf ("own-%.12s", lm_id_format (&id).digits);
}

static JsonObject *
new_step (const char *id, const char *question, const char *type)
{
  JsonObject *step = json_object_new (), *input = json_object_new ();

  json_object_set_string_member (input, "type", type);
  json_object_set_string_member (step, "id", id);
  json_object_set_string_member (step, "question", question);
  json_object_set_object_member (step, "input", input);
  return step;
}

/* The safe end that every guide has. */
static JsonArray *
new_close (void)
{
  JsonArray *close = json_array_new ();
  JsonObject *carry =
      new_step ("carry", _ ("What, if anything, would you like to bring to your session?"), "text");

  json_array_add_object_element (
      close,
      new_step ("landing", _ ("What can you see around you, right now?"), "pause"));
  json_object_set_boolean_member (lm_json_get_object (carry, "input"), "tray", TRUE);
  json_array_add_object_element (close, carry);
  return close;
}

/* Returns: (transfer full): a guide without questions, to be filled in */
JsonObject *
lm_own_guide_new_json (void)
{
  JsonObject *json = json_object_new (), *why = json_object_new ();
  g_autofree char *id = new_id ();

  json_object_set_string_member (json, "format", "leitmotif-guide");
  json_object_set_int_member (json, "version", 1);
  json_object_set_string_member (json, "id", id);
  json_object_set_int_member (json, "edition", 1);
  json_object_set_string_member (json, "language", lm_phrase_language ());
  json_object_set_string_member (json, "title", "");
  json_object_set_string_member (json, "summary", _ ("A guide of your own."));
  json_object_set_int_member (json, "minutes", 10);
  json_object_set_string_member (json, "group", "own");
  json_object_set_boolean_member (json, "deep", FALSE);
  json_object_set_string_member (json, "purpose", _ ("You know best what it is for."));
  json_object_set_string_member (why, "text", _ ("You made it yourself."));
  json_object_set_array_member (why, "references", json_array_new ());
  json_object_set_object_member (json, "why", why);
  json_object_set_string_member (
      json,
      "not_when",
      _ ("Not today, if you are in danger or not safe where you are. Go to Help now first."));
  json_object_set_array_member (json, "articles", json_array_new ());
  json_object_set_array_member (json, "steps", json_array_new ());
  json_object_set_array_member (json, "close", new_close ());
  json_object_set_array_member (json, "safety", json_array_new ());
  return json;
}

/* Returns: (transfer full): the same as @guide, as a guide of one's own */
JsonObject *
lm_own_guide_duplicate (LmGuide *guide)
{
  JsonObject *json = lm_json_copy (lm_guide_get_json (guide));
  g_autofree char *id = new_id ();
  /* Translators: %s is the title of a guide */
  g_autofree char *title = g_strdup_printf (_ ("%s, my version"), lm_guide_get_title (guide));

  json_object_set_string_member (json, "id", id);
  json_object_set_int_member (json, "edition", 1);
  json_object_set_string_member (json, "title", title);
  json_object_set_string_member (json, "group", "own");
  return json;
}

static LmGuide *
read_json (LmLibrary *library, const char *name, JsonObject *json, GError **error)
{
  gsize length;
  g_autofree char *text = lm_json_write (json, &length);

  return lm_library_read_guide (library, name, text, length, error);
}

/**
 * lm_own_guide_check:
 * @json: in the form of a guide file
 * @error: %LM_LIBRARY_ERROR_MALFORMED, with what is missing
 *
 * Returns: whether it can be used
 */
gboolean
lm_own_guide_check (LmLibrary *library, JsonObject *json, GError **error)
{
  g_autoptr (LmGuide) guide = read_json (library, lm_json_get_string (json, "title"), json, error);

  return guide != NULL;
}

/**
 * lm_own_guide_import:
 * @name: of the file
 * @text: what is in it
 * @error: %LM_LIBRARY_ERROR_MALFORMED, naming the file and what is wrong
 *
 * Returns: (transfer full) (nullable): the guide as one's own. It has another id: it stands in the
 *   place of no other
 */
JsonObject *
lm_own_guide_import (
    LmLibrary *library, const char *name, const char *text, gsize length, GError **error)
{
  g_autoptr (LmGuide) guide = lm_library_read_guide (library, name, text, length, error);
  JsonObject *json;
  g_autofree char *id = NULL;

  if (guide == NULL)
    return NULL;
  id = new_id ();
  json = lm_json_copy (lm_guide_get_json (guide));
  json_object_set_string_member (json, "id", id);
  json_object_set_string_member (json, "group", "own");
  return json;
}

/* Returns: (transfer full): @guide as a plain guide file */
char *
lm_own_guide_export (LmGuide *guide, gsize *length)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), lm_guide_get_json (guide));
  g_autoptr (JsonGenerator) generator = json_generator_new ();

  json_generator_set_root (generator, node);
  json_generator_set_pretty (generator, TRUE);
  return json_generator_to_data (generator, length);
}

/* The journal ---------------------------------------------------------------------------------- */

/**
 * lm_workspace_get_own_guide:
 * @unfinished: (out): whether it cannot be used yet
 *
 * Returns: (transfer full) (nullable): what was made last, in the form of a guide file
 */
JsonObject *
lm_workspace_get_own_guide (LmEntry *record, gboolean *unfinished)
{
  g_autoptr (LmContent) content = lm_record_content (lm_entry_get_record (record));

  return lm_own_guide_get (content, unfinished);
}

/* As lm_workspace_get_own_guide (), of what is not saved yet */
JsonObject *
lm_own_guide_get (LmContent *content, gboolean *unfinished)
{
  JsonObject *draft = lm_json_get_object (lm_content_json (content), DRAFT);
  JsonObject *guide = lm_json_get_object (lm_content_json (content), GUIDE);

  *unfinished = draft != NULL;
  if (draft == NULL && guide == NULL)
    return NULL;
  return lm_json_copy (draft != NULL ? draft : guide);
}

/* Returns: (transfer none) (nullable): the record of the own guide with the id @id */
LmEntry *
lm_workspace_find_own_guide (LmWorkspace *self, const char *id)
{
  GListModel *records = G_LIST_MODEL (self->guides);

  for (guint i = 0; i < g_list_model_get_n_items (records); i++)
    {
      g_autoptr (LmEntry) record = g_list_model_get_item (records, i);
      gboolean unfinished;
      g_autoptr (JsonObject) json = lm_workspace_get_own_guide (record, &unfinished);

      if (json != NULL && !lm_entry_get_deleted (record) &&
          g_strcmp0 (lm_json_get_string (json, "id"), id) == 0)
        return record; /* the list keeps it */
    }
  return NULL;
}

typedef struct
{
  JsonObject *json;
  gboolean unfinished;
} Save;

static void
save_free (gpointer data)
{
  Save *save = data;

  json_object_unref (save->json);
  g_free (save);
}

/**
 * lm_own_guide_set:
 * @content: of the record
 * @json: (transfer none): in the form of a guide file
 * @unfinished: whether it cannot be used yet: what could be used before stays in use
 */
void
lm_own_guide_set (LmContent *content, JsonObject *json, gboolean unfinished)
{
  JsonObject *root = lm_content_json (content);

  json_object_set_object_member (root, unfinished ? DRAFT : GUIDE, lm_json_copy (json));
  if (!unfinished && json_object_has_member (root, DRAFT))
    json_object_remove_member (root, DRAFT);
}

static void
set_guide (LmContent *content, gpointer data)
{
  Save *save = data;

  lm_own_guide_set (content, save->json, save->unfinished);
}

/**
 * lm_workspace_save_guide_async:
 * @id: of the record, new or not
 * @json: in the form of a guide file
 * @unfinished: whether it cannot be used yet: what could be used before stays in use
 */
void
lm_workspace_save_guide_async (LmWorkspace *self,
                               const LmId *id,
                               JsonObject *json,
                               gboolean unfinished,
                               GAsyncReadyCallback callback,
                               gpointer data)
{
  Save *save = g_new (Save, 1);

  *save = (Save) { lm_json_copy (json), unfinished };
  lm_workspace_change_one_async (self, id, "guide", set_guide, save, save_free, callback, data);
}

static void
remove_guide (LmContent *content, gpointer data)
{
  lm_content_set_deleted (content, data);
}

static void
unref_time (gpointer data)
{
  g_date_time_unref (data);
}

/* Takes an own guide away. Entries that were written with it stay as they are. */
void
lm_workspace_remove_guide_async (LmWorkspace *self,
                                 LmEntry *record,
                                 GAsyncReadyCallback callback,
                                 gpointer data)
{
  lm_workspace_change_one_async (self,
                                 lm_entry_get_id (record),
                                 NULL,
                                 remove_guide,
                                 lm_clock_now (self->clock),
                                 unref_time,
                                 callback,
                                 data);
}

/* Returns: (transfer full) (nullable): how to take it back; %NULL if it could not be saved */
LmUndo *
lm_workspace_save_guide_finish (LmWorkspace *self, GAsyncResult *result, GError **error)
{
  return lm_workspace_change_finish (self, result, error);
}
