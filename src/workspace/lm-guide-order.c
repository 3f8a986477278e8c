/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/lm-json.h"
#include "workspace/lm-guide-order.h"
#include "workspace/lm-workspace-private.h"

/* Which guides there are, in which order, and which are hidden. What the person chose is kept in
 * the settings record of each computer; of several, the latest counts. */

#define GUIDES  "guides"
#define ORDER   "order"
#define HIDDEN  "hidden"
#define CHANGED "changed"

/* In the order of the gallery. */
static const struct
{
  const char *group;
  const char *title;
} groups[] = {
  { "relationships", N_ ("Between you and others") },
  { "feelings", N_ ("Feelings") },
  { "session", N_ ("Around the session") },
  { "free", N_ ("Writing freely") },
  { "past", N_ ("Then and now") },
  { "review", N_ ("Looking back") },
  { "own", N_ ("Your own guides") },
};

static guint
position_of (const char *group)
{
  guint i = 0;

  while (i < G_N_ELEMENTS (groups) - 1 && g_strcmp0 (groups[i].group, group) != 0)
    i++;
  return i;
}

/* Returns: what a group of guides is called */
const char *
lm_guide_group_title (const char *group)
{
  return _ (groups[position_of (group)].title);
}

/* What was chosen ------------------------------------------------------------------------------ */

/* Returns: (transfer full) (nullable): the latest choice */
static JsonObject *
chosen (LmWorkspace *workspace)
{
  /* What is still on its way to the disk counts already. */
  g_autoptr (JsonObject) latest =
      workspace->guide_choice != NULL ? lm_json_copy (workspace->guide_choice) : NULL;
  GListModel *others = G_LIST_MODEL (workspace->others);

  for (guint i = 0; i < g_list_model_get_n_items (others); i++)
    {
      g_autoptr (LmEntry) entry = g_list_model_get_item (others, i);
      LmRecord *record = lm_entry_get_record (entry);
      g_autoptr (LmContent) content =
          record->kind == LM_RECORD_SETTINGS ? lm_record_content (record) : NULL;
      JsonObject *object =
          content != NULL ? lm_json_get_object (lm_content_json (content), GUIDES) : NULL;

      if (object == NULL ||
          (latest != NULL && g_strcmp0 (lm_json_get_string (object, CHANGED),
                                        lm_json_get_string (latest, CHANGED)) <= 0))
        continue;
      g_clear_pointer (&latest, json_object_unref);
      latest = lm_json_copy (object);
    }
  return g_steal_pointer (&latest);
}

static int
place_in (JsonObject *object, const char *key, const char *id)
{
  JsonArray *array = object != NULL ? lm_json_get_array (object, key) : NULL;

  for (guint i = 0; i < lm_json_array_size (array); i++)
    if (g_strcmp0 (lm_json_at_string (array, i), id) == 0)
      return (int) i;
  return -1;
}

gboolean
lm_guide_order_is_hidden (LmWorkspace *workspace, const char *id)
{
  g_autoptr (JsonObject) object = chosen (workspace);

  return place_in (object, HIDDEN, id) >= 0;
}

/* What was put into an order comes in that order, the rest behind it by groups. */
static int
compare (gconstpointer a, gconstpointer b, gpointer data)
{
  LmGuide *x = *(LmGuide *const *) a, *y = *(LmGuide *const *) b;
  guint group_x = position_of (lm_guide_get_group (x)),
        group_y = position_of (lm_guide_get_group (y));
  int place_x = place_in (data, ORDER, lm_guide_get_id (x));
  int place_y = place_in (data, ORDER, lm_guide_get_id (y));

  if (group_x != group_y)
    return group_x < group_y ? -1 : 1;
  if (place_x >= 0 && place_y >= 0)
    return place_x - place_y;
  if (place_x >= 0 || place_y >= 0)
    return place_x >= 0 ? -1 : 1;
  return g_utf8_collate (lm_guide_get_title (x), lm_guide_get_title (y));
}

/**
 * lm_guide_order_list:
 * @hidden: whether to take those that are hidden instead of those that are not
 *
 * Returns: (transfer full) (element-type LmGuide): the guides, by groups
 */
GPtrArray *
lm_guide_order_list (LmWorkspace *workspace, LmLibrary *library, gboolean hidden)
{
  GListModel *all = lm_library_get_guides (library);
  g_autoptr (JsonObject) object = chosen (workspace);
  GPtrArray *guides = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (LmGuide) guide = g_list_model_get_item (all, i);

      if ((place_in (object, HIDDEN, lm_guide_get_id (guide)) >= 0) == hidden)
        g_ptr_array_add (guides, g_steal_pointer (&guide));
    }
  g_ptr_array_sort_with_data (guides, compare, object);
  return guides;
}

/* Choosing --------------------------------------------------------------------------------------
 */

typedef struct
{
  LmIdText device;
  JsonObject *guides;
} Choice;

static void
choice_free (gpointer data)
{
  Choice *choice = data;

  json_object_unref (choice->guides);
  g_free (choice);
}

static void
set_choice (LmContent *content, gpointer data)
{
  Choice *choice = data;

  lm_content_set_string (content, "computer", choice->device.digits);
  json_object_set_object_member (lm_content_json (content), GUIDES, lm_json_copy (choice->guides));
}

/* Takes @object. */
static void
choose (LmWorkspace *workspace, JsonObject *object)
{
  g_autoptr (GDateTime) now = lm_clock_now (workspace->clock);
  g_autoptr (GDateTime) utc = g_date_time_to_utc (now);
  g_autofree char *changed = lm_time_to_rfc3339 (utc);
  Choice *choice = g_new (Choice, 1);

  json_object_set_string_member (object, CHANGED, changed);
  *choice = (Choice) { lm_id_format (&workspace->device), object };
  g_clear_pointer (&workspace->guide_choice, json_object_unref);
  workspace->guide_choice = lm_json_copy (object);
  lm_workspace_change_own (workspace,
                           lm_workspace_own_settings (workspace),
                           "settings",
                           set_choice,
                           choice,
                           choice_free);
}

static JsonObject *
choice_to_change (LmWorkspace *workspace)
{
  JsonObject *object = chosen (workspace);

  return object != NULL ? object : json_object_new ();
}

/* Hides a guide from the gallery and from Today, or shows it again. */
void
lm_guide_order_set_hidden (LmWorkspace *workspace, const char *id, gboolean hidden)
{
  JsonObject *object = choice_to_change (workspace);
  JsonArray *array = json_array_new ();
  JsonArray *before = lm_json_get_array (object, HIDDEN);

  for (guint i = 0; i < lm_json_array_size (before); i++)
    if (lm_json_at_string (before, i) != NULL && g_strcmp0 (lm_json_at_string (before, i), id) != 0)
      json_array_add_string_element (array, lm_json_at_string (before, i));
  if (hidden)
    json_array_add_string_element (array, id);
  json_object_set_array_member (object, HIDDEN, array);
  choose (workspace, object);
}

/* Moves a guide within its group, by one place up (-1) or down (1). */
void
lm_guide_order_move (LmWorkspace *workspace, LmLibrary *library, const char *id, int by)
{
  g_autoptr (GPtrArray) guides = lm_guide_order_list (workspace, library, FALSE);
  JsonObject *object;
  JsonArray *array = json_array_new ();
  guint at = 0, to;

  while (at < guides->len && g_strcmp0 (lm_guide_get_id (guides->pdata[at]), id) != 0)
    at++;
  to = (guint) ((int) at + by);
  if (at < guides->len && to < guides->len &&
      g_strcmp0 (lm_guide_get_group (guides->pdata[at]), lm_guide_get_group (guides->pdata[to])) ==
          0)
    {
      gpointer moved = guides->pdata[at];

      guides->pdata[at] = guides->pdata[to];
      guides->pdata[to] = moved;
    }
  for (guint i = 0; i < guides->len; i++)
    json_array_add_string_element (array, lm_guide_get_id (guides->pdata[i]));
  object = choice_to_change (workspace);
  json_object_set_array_member (object, ORDER, array);
  choose (workspace, object);
}
