/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "base/lm-text.h"
#include "ui/session/lm-session-print.h"
#include "ui/session/lm-tray-list.h"
#include "ui/widgets/lm-parts.h"
#include "ui/widgets/lm-undo-toast.h"
#include "workspace/lm-phrases.h"
#include "workspace/lm-workspace-session.h"

/* What is to be brought to the session, one card each. */

struct _LmTrayList
{
  AdwBin parent_instance;

  GtkListBox *list;
  GtkWidget *empty_label;
  GtkWidget *print_button;

  LmWorkspace *workspace;
  GListModel *tray; /* of LmEntry */
};

G_DEFINE_FINAL_TYPE (LmTrayList, lm_tray_list, ADW_TYPE_BIN)

/* Marking -------------------------------------------------------------------------------------- */

static const char *
what_was_done (LmTray tray)
{
  switch (tray)
    {
    case LM_TRAY_BRING:
      return _ ("It is in the tray for the session");
    case LM_TRAY_NOT_YET:
      return _ ("It stays for the next session");
    case LM_TRAY_TALKED:
      return _ ("Marked as talked about");
    case LM_TRAY_LET_GO:
      /* Translators: tells that the entry was marked as let go */
      return C_ ("what was done", "Let go");
    case LM_TRAY_NONE:
    default:
      return _ ("It is not in the tray any more");
    }
}

/**
 * lm_tray_mark:
 * @widget: where that is told
 * @entries: (element-type LmEntry): which
 * @tray: where they stand from now on
 */
void
lm_tray_mark (GtkWidget *widget, LmWorkspace *workspace, GPtrArray *entries, LmTray tray)
{
  lm_workspace_set_tray_async (
      workspace,
      entries,
      tray,
      lm_undo_tell,
      lm_undo_telling_new (widget, what_was_done (tray), lm_workspace_change_session_finish));
}

/* @target is the id of an entry and "bring" or "none", separated by a space. */
void
lm_tray_mark_target (GtkWidget *widget, LmWorkspace *workspace, const char *target)
{
  g_auto (GStrv) parts = g_strsplit (target, " ", 2);
  g_autoptr (GPtrArray) entries = g_ptr_array_new ();
  LmId id;
  LmEntry *entry =
      lm_id_parse (parts[0], -1, &id) ? lm_workspace_find_entry (workspace, &id) : NULL;

  if (entry == NULL)
    return;
  g_ptr_array_add (entries, entry);
  lm_tray_mark (widget,
                workspace,
                entries,
                g_strcmp0 (parts[1], "bring") == 0 ? LM_TRAY_BRING : LM_TRAY_NONE);
}

static void
mark_cb (GtkWidget *button, LmTrayList *self)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new ();

  g_ptr_array_add (entries, g_object_get_data (G_OBJECT (button), "entry"));
  lm_tray_mark (GTK_WIDGET (self),
                self->workspace,
                entries,
                (LmTray) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "tray")));
}

/* Cards ------------------------------------------------------------------------------------------
 */

static const char *
title_of (LmEntry *entry)
{
  const char *title = lm_entry_get_title (entry);

  return lm_text_is_blank (title) ? lm_entry_get_excerpt (entry) : title;
}

static void
add_button (LmTrayList *self, GtkWidget *box, LmEntry *entry, LmTray tray, const char *label)
{
  g_autofree char *title = lm_text_excerpt (title_of (entry), 60);
  /* Translators: what is marked, and how it is; for screen readers */
  g_autofree char *spoken = g_strdup_printf (C_ ("tray", "%1$s: “%2$s”"), label, title);
  GtkWidget *button = lm_spoken_button (gtk_button_new (), label, spoken);

  g_object_set_data_full (G_OBJECT (button), "entry", g_object_ref (entry), g_object_unref);
  g_object_set_data (G_OBJECT (button), "tray", GINT_TO_POINTER (tray));
  g_signal_connect_object (button, "clicked", G_CALLBACK (mark_cb), self, 0);
  adw_wrap_box_append (ADW_WRAP_BOX (box), button);
}

static GtkWidget *
make_label (const char *text, const char *css)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css);
  return label;
}

static GtkWidget *
make_card (gpointer item, gpointer data)
{
  LmTrayList *self = data;
  LmEntry *entry = item;
  LmTray tray = lm_entry_get_record (entry)->tray;
  g_autofree char *day =
      lm_text_capitalize (lm_phrase_day_with_year (lm_entry_get_created (entry)));
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *buttons = adw_wrap_box_new ();

  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (buttons), 8);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (buttons), 8);
  gtk_widget_set_margin_top (buttons, 6);
  gtk_box_append (GTK_BOX (box), make_label (day, "dimmed"));
  gtk_box_append (GTK_BOX (box), make_label (title_of (entry), "lm-large"));
  if (!lm_text_is_blank (lm_entry_get_title (entry)) &&
      !lm_text_is_blank (lm_entry_get_excerpt (entry)))
    gtk_box_append (GTK_BOX (box), make_label (lm_entry_get_excerpt (entry), "lm-large-text"));
  if (tray == LM_TRAY_NOT_YET)
    gtk_box_append (GTK_BOX (box), make_label (_ ("Not yet spoken about"), "dimmed"));
  /* Translators: a button: an entry was talked about in the session */
  add_button (self, buttons, entry, LM_TRAY_TALKED, _ ("Talked about"));
  if (tray != LM_TRAY_NOT_YET)
    /* Translators: a button: an entry was not yet talked about in the session */
    add_button (self, buttons, entry, LM_TRAY_NOT_YET, _ ("Not yet"));
  /* Translators: a button: an entry will not be brought to a session any more */
  add_button (self, buttons, entry, LM_TRAY_LET_GO, C_ ("mark", "Let go"));
  gtk_box_append (GTK_BOX (box), buttons);
  gtk_widget_add_css_class (box, "lm-card");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open-entry");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row),
                                    "s",
                                    lm_id_format (lm_entry_get_id (entry)).digits);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title_of (entry),
                                  -1);
  return row;
}

/* The list ---------------------------------------------------------------------------------------
 */

static gboolean
is_in_tray (gpointer item, gpointer data)
{
  return !lm_entry_get_deleted (item) && lm_entry_get_record (item)->in_tray;
}

static int
oldest_first (gconstpointer a, gconstpointer b, gpointer data)
{
  return g_date_time_compare (lm_entry_get_created ((LmEntry *) a),
                              lm_entry_get_created ((LmEntry *) b));
}

static void
show_empty (LmTrayList *self)
{
  guint n = g_list_model_get_n_items (self->tray);

  gtk_widget_set_visible (GTK_WIDGET (self->list), n > 0);
  gtk_widget_set_visible (self->empty_label, n == 0);
  gtk_widget_set_visible (self->print_button, n > 0);
}

static void
print_cb (LmTrayList *self)
{
  adw_dialog_present (ADW_DIALOG (lm_session_print_new (self->workspace, self->tray)),
                      GTK_WIDGET (self));
}

static void
lm_tray_list_dispose (GObject *object)
{
  LmTrayList *self = LM_TRAY_LIST (object);

  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  self->list = NULL;
  g_clear_object (&self->tray);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (lm_tray_list_parent_class)->dispose (object);
}

static void
lm_tray_list_class_init (LmTrayListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lm_tray_list_dispose;
}

static void
lm_tray_list_init (LmTrayList *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list-separate");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("To bring"),
                                  -1);
  self->empty_label =
      make_label (_ ("The tray is empty. “Bring to the session” on an entry puts it here."),
                  "dimmed");
  self->print_button = gtk_button_new_with_mnemonic (_ ("_Print…"));
  gtk_widget_set_halign (self->print_button, GTK_ALIGN_START);
  g_signal_connect_object (self->print_button,
                           "clicked",
                           G_CALLBACK (print_cb),
                           self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), make_label (_ ("To bring"), "heading"));
  gtk_box_append (GTK_BOX (box), self->empty_label);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (box), self->print_button);
  adw_bin_set_child (ADW_BIN (self), box);
}

GtkWidget *
lm_tray_list_new (LmWorkspace *workspace)
{
  LmTrayList *self = g_object_new (LM_TYPE_TRAY_LIST, NULL);
  GtkFilter *filter = GTK_FILTER (gtk_custom_filter_new (is_in_tray, NULL, NULL));
  GtkSorter *sorter = GTK_SORTER (gtk_custom_sorter_new (oldest_first, NULL, NULL));
  GtkFilterListModel *filtered =
      gtk_filter_list_model_new (g_object_ref (lm_workspace_get_entries (workspace)), filter);

  self->workspace = g_object_ref (workspace);
  self->tray = G_LIST_MODEL (gtk_sort_list_model_new (G_LIST_MODEL (filtered), sorter));
  g_signal_connect_object (self->tray,
                           "items-changed",
                           G_CALLBACK (show_empty),
                           self,
                           G_CONNECT_SWAPPED);
  gtk_list_box_bind_model (self->list, self->tray, make_card, self, NULL);
  show_empty (self);
  return GTK_WIDGET (self);
}
