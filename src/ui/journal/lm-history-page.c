/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "base/lm-diff.h"
#include "base/lm-text.h"
#include "ui/journal/lm-history-page.h"
#include "ui/lm-toast.h"
#include "ui/widgets/lm-parts.h"
#include "ui/widgets/lm-undo-toast.h"
#include "workspace/lm-phrases.h"
#include "workspace/lm-workspace-history.h"

/* The earlier versions of an entry: a list, and each of them beside the present one with the words
 * that differ marked. Marked by signs and lines, so that no colour is needed to tell them. */

typedef struct
{
  LmWorkspace *workspace;
  LmEntry *entry;
} History;

static void
history_free (gpointer data, GClosure *closure)
{
  History *history = data;

  g_object_unref (history->workspace);
  g_object_unref (history->entry);
  g_free (history);
}

static AdwNavigationPage *
make_page (const char *title, GtkWidget *content)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 640);
  adw_clamp_set_child (ADW_CLAMP (clamp), content);
  gtk_widget_set_margin_top (content, 18);
  gtk_widget_set_margin_bottom (content, 48);
  gtk_widget_set_margin_start (content, 16);
  gtk_widget_set_margin_end (content, 16);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled),
                                  GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), lm_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), scrolled);
  return adw_navigation_page_new (view, title);
}

static GtkWidget *
make_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

/* One version --------------------------------------------------------------------------------- */

/* A minus before what is only in the old text, and a line through it; a plus before what is only
 * in the new one, and a line under it. */
static char *
mark_differences (const char *old_text, const char *new_text)
{
  g_autoptr (GArray) parts = lm_diff_words (old_text, new_text);
  GString *markup = g_string_new (NULL);

  for (guint i = 0; i < parts->len; i++)
    {
      const LmDiffPart *part = &g_array_index (parts, LmDiffPart, i);
      const char *from =
          part->kind == LM_DIFF_ADDED ? new_text + part->new_start : old_text + part->old_start;
      g_autofree char *words = g_markup_escape_text (from, (gssize) part->length);

      if (part->kind == LM_DIFF_SAME || lm_text_is_blank (words))
        g_string_append (markup, words);
      else if (part->kind == LM_DIFF_REMOVED)
        g_string_append_printf (markup, "<b>−</b><s>%s</s>", words);
      else
        g_string_append_printf (markup, "<b>+</b><u>%s</u>", words);
    }
  return g_string_free (markup, FALSE);
}

static GtkWidget *
make_restore_button (LmEntry *entry, LmRecord *version)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Bring this version back"));
  g_autofree char *target = g_strdup_printf ("%s %s",
                                             lm_id_format (lm_entry_get_id (entry)).digits,
                                             lm_id_format (&version->hash).digits);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.restore-version");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  gtk_widget_add_css_class (button, "pill");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  return button;
}

static char *
time_of (LmRecord *version)
{
  return version->modified != NULL ? lm_text_capitalize (lm_phrase_day_and_time (version->modified))
                                   : g_strdup (_ ("At an unknown time"));
}

static AdwNavigationPage *
version_page_new (LmWorkspace *workspace, LmEntry *entry, LmRecord *version)
{
  LmRecord *present = lm_entry_get_record (entry);
  g_autofree char *old_text = lm_workspace_describe (workspace, version);
  g_autofree char *new_text = lm_workspace_describe (workspace, present);
  g_autofree char *time = time_of (version);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  AdwNavigationPage *page;
  GtkWidget *text;

  gtk_box_append (GTK_BOX (box), make_label (time, "title-2"));
  if (g_str_equal (old_text, new_text))
    {
      gtk_box_append (GTK_BOX (box),
                      make_label (_ ("It says the same as the present version."), "dimmed"));
      text = make_label (old_text, NULL);
    }
  else
    {
      g_autofree char *markup = mark_differences (old_text, new_text);

      gtk_box_append (
          GTK_BOX (box),
          make_label (_ ("Words with − are in this version only, words with + in the present one."),
                      "dimmed"));
      gtk_box_append (GTK_BOX (box), make_restore_button (entry, version));
      text = make_label (NULL, NULL);
      gtk_label_set_markup (GTK_LABEL (text), markup);
    }
  gtk_label_set_selectable (GTK_LABEL (text), TRUE);
  gtk_box_append (GTK_BOX (box), text);
  page = make_page (_ ("Version"), box);
  adw_navigation_page_set_tag (page, "version");
  return page;
}

/* The list ------------------------------------------------------------------------------------ */

static GtkWidget *
make_row (History *history, LmRecord *version)
{
  LmRecord *present = lm_entry_get_record (history->entry);
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *time = time_of (version);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), time);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                               lm_text_is_blank (version->excerpt) ? version->title
                                                                   : version->excerpt);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  if (lm_id_equal (&version->hash, &present->hash))
    {
      GtkWidget *label = make_label (_ ("Present version"), "dimmed");

      /* In one line where there is room for it. */
      gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row),
                          "version",
                          lm_record_ref (version),
                          (GDestroyNotify) lm_record_unref);
  return row;
}

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, History *history)
{
  GtkWidget *pages = gtk_widget_get_ancestor (GTK_WIDGET (list), ADW_TYPE_NAVIGATION_VIEW);
  LmRecord *version = g_object_get_data (G_OBJECT (row), "version");

  adw_navigation_view_push (ADW_NAVIGATION_VIEW (pages),
                            version_page_new (history->workspace, history->entry, version));
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) list = data;
  History *history = g_object_get_data (G_OBJECT (list), "history");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) versions =
      lm_workspace_list_versions_finish (LM_WORKSPACE (source), result, &error);

  if (versions == NULL)
    {
      if (gtk_widget_get_root (list) != NULL)
        lm_toast_error (list, error);
      return;
    }
  gtk_list_box_remove_all (GTK_LIST_BOX (list));
  for (guint i = 0; i < versions->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (list), make_row (history, versions->pdata[i]));
}

static void
refresh (GtkWidget *list)
{
  History *history = g_object_get_data (G_OBJECT (list), "history");

  lm_workspace_list_versions_async (history->workspace,
                                    history->entry,
                                    listed_cb,
                                    g_object_ref (list));
}

static GtkWidget *
make_placeholder (void)
{
  GtkWidget *label = make_label (_ ("This computer keeps no version of this entry yet."), "dimmed");

  gtk_widget_set_margin_top (label, 18);
  gtk_widget_set_margin_bottom (label, 18);
  gtk_widget_set_margin_start (label, 18);
  gtk_widget_set_margin_end (label, 18);
  return label;
}

/* The versions of @entry that this computer keeps. */
AdwNavigationPage *
lm_history_page_new (LmWorkspace *workspace, LmEntry *entry)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *list = gtk_list_box_new ();
  History *history = g_new0 (History, 1);

  history->workspace = g_object_ref (workspace);
  history->entry = g_object_ref (entry);
  g_object_set_data (G_OBJECT (list), "history", history);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_list_box_set_placeholder (GTK_LIST_BOX (list), make_placeholder ());
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Versions"),
                                  -1);
  g_signal_connect_data (list,
                         "row-activated",
                         G_CALLBACK (row_activated_cb),
                         history,
                         history_free,
                         0);
  g_signal_connect_object (entry, "notify::excerpt", G_CALLBACK (refresh), list, G_CONNECT_SWAPPED);
  gtk_box_append (
      GTK_BOX (box),
      make_label (_ ("How the entry was when it was saved on this computer, newest first. Older "
                     "versions become fewer with time."),
                  "dimmed"));
  gtk_box_append (GTK_BOX (box), list);
  refresh (list);
  return make_page (_ ("Earlier versions"), box);
}

/* Bringing back ---------------------------------------------------------------------------------
 */

typedef struct
{
  GtkWidget *widget;
  LmId id;
} Restore;

static void
restored_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Restore *restore = data;
  g_autoptr (GtkWidget) widget = restore->widget;
  g_autoptr (GError) error = NULL;
  g_autofree char *target = NULL;
  AdwToast *toast;
  LmId before;

  if (lm_workspace_restore_version_finish (LM_WORKSPACE (source), result, &before, &error))
    {
      target = g_strdup_printf ("%s %s",
                                lm_id_format (&restore->id).digits,
                                lm_id_format (&before).digits);
      toast = adw_toast_new (_ ("The version is back"));
      adw_toast_set_action_name (toast, "win.restore-version");
      adw_toast_set_action_target_value (toast, g_variant_new_string (target));
      lm_undo_toast_show (widget, toast);
    }
  else
    lm_toast_error (widget, error);
  g_free (restore);
}

/* Brings the version @hash back, with a way to undo it. A page that shows it is left. */
void
lm_history_restore (GtkWidget *widget, LmWorkspace *workspace, LmEntry *entry, const LmId *hash)
{
  Restore *restore = g_new (Restore, 1);

  *restore = (Restore) { g_object_ref (widget), *lm_entry_get_id (entry) };
  lm_workspace_restore_version_async (workspace, entry, hash, restored_cb, restore);
}
