/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "base/lm-text.h"
#include "base/lm-json.h"
#include "ui/journal/lm-disputes-group.h"
#include "ui/lm-toast.h"
#include "ui/widgets/lm-parts.h"
#include "workspace/lm-conflicts.h"
#include "workspace/lm-own-guides.h"

/* People and own guides that were changed on two computers, neither knowing of the other: both
 * states, and which of them stays. */

static const char *
name_of_circle (const char *circle)
{
  if (g_str_equal (circle, "now"))
    return _ ("In my life now");
  if (g_str_equal (circle, "then"))
    return _ ("From earlier");
  return g_str_equal (circle, "therapy") ? _ ("In therapy") : circle;
}

static void
add (GPtrArray *parts, const char *text)
{
  if (!lm_text_is_blank (text))
    g_ptr_array_add (parts, g_strdup (text));
}

static void
add_person (GPtrArray *parts, LmContent *content)
{
  g_auto (GStrv) circles = lm_content_get_strings (content, "circles");

  for (guint i = 0; circles[i] != NULL; i++)
    add (parts, name_of_circle (circles[i]));
  add (parts, lm_content_get_string (content, "relation"));
  add (parts, lm_content_get_string (content, "note"));
}

static void
add_questions (GPtrArray *parts, LmContent *content)
{
  gboolean unfinished;
  g_autoptr (JsonObject) guide = lm_own_guide_get (content, &unfinished);
  JsonArray *steps = guide != NULL ? lm_json_get_array (guide, "steps") : NULL;

  for (guint i = 0; i < lm_json_array_size (steps); i++)
    add (parts, lm_json_get_string (lm_json_at_object (steps, i), "question"));
}

/* Returns: (transfer full): all that is said of a person, or what a guide asks */
static char *
describe (LmRecord *record)
{
  g_autoptr (LmContent) content = lm_record_content (record);
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  if (record->kind == LM_RECORD_GONE || record->deleted)
    /* Translators: a person or a guide is not in the list any more: "There: deleted" */
    return g_strdup (C_ ("person or guide", "deleted"));
  add (parts, record->title);
  if (record->kind == LM_RECORD_GUIDE)
    add_questions (parts, content);
  else
    add_person (parts, content);
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}

static void
decided_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) row = data;
  g_autoptr (GError) error = NULL;

  if (lm_workspace_resolve_finish (LM_WORKSPACE (source), result, &error))
    return;
  gtk_widget_set_sensitive (row, TRUE);
  lm_toast_error (row, error);
}

static void
decide_cb (GtkWidget *button, gpointer resolution)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, ADW_TYPE_ACTION_ROW);
  LmDisputeItem *item = g_object_get_data (G_OBJECT (button), "item");

  gtk_widget_set_sensitive (row, FALSE);
  lm_workspace_resolve_async (g_object_get_data (G_OBJECT (button), "workspace"),
                              lm_dispute_item_get_conflict (item),
                              (LmResolution) GPOINTER_TO_UINT (resolution),
                              NULL,
                              decided_cb,
                              g_object_ref (row));
}

static GtkWidget *
make_button (LmWorkspace *workspace,
             LmDisputeItem *item,
             LmResolution resolution,
             const char *label,
             const char *what)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_object_set_data_full (G_OBJECT (button), "item", g_object_ref (item), g_object_unref);
  g_object_set_data_full (G_OBJECT (button), "workspace", g_object_ref (workspace), g_object_unref);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  /* All buttons would sound alike otherwise. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  what,
                                  -1);
  g_signal_connect (button, "clicked", G_CALLBACK (decide_cb), GUINT_TO_POINTER (resolution));
  return button;
}

static GtkWidget *
make_row (gpointer object, gpointer data)
{
  LmConflict *conflict = lm_dispute_item_get_conflict (object);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autofree char *here = describe (conflict->own), *there = describe (conflict->copy);
  /* Translators: what two computers say of a person or a guide */
  g_autofree char *both = g_strdup_printf (_ ("Here: %1$s\nThere: %2$s"), here, there);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), conflict->own->title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), both);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (
      GTK_BOX (box),
      make_button (data,
                   object,
                   LM_KEEP_OWN,
                   /* Translators: what stands after “Here:” about a person or a guide */
                   C_ ("person or guide", "Keep _this"),
                   here));
  gtk_box_append (
      GTK_BOX (box),
      make_button (data,
                   object,
                   LM_KEEP_COPY,
                   /* Translators: what stands after “There:” about a person or a guide */
                   C_ ("person or guide", "Keep t_hat"),
                   there));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

/* Returns: (transfer floating): a group that is seen only while there is something in it */
GtkWidget *
lm_disputes_group_new (LmWorkspace *workspace)
{
  return lm_model_group_new (_ ("People and guides edited on two computers"),
                             _ ("Neither computer knew of the other’s change. What you "
                                "do not keep stays in the history on "
                                "this computer."),
                             lm_workspace_get_disputes (workspace),
                             make_row,
                             workspace);
}
