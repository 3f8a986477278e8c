/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/journal/lm-sealed-page.h"
#include "ui/lm-toast.h"
#include "workspace/lm-phrases.h"
#include "workspace/lm-workspace-sealed.h"

struct _LmSealedPage
{
  AdwNavigationPage parent_instance;

  GtkStack *stack;
  GtkListBox *list;
  GListModel *sealed; /* the first to open at the top */
};

G_DEFINE_FINAL_TYPE (LmSealedPage, lm_sealed_page, ADW_TYPE_NAVIGATION_PAGE)

static int
first_to_open (gconstpointer a, gconstpointer b, gpointer data)
{
  LmRecord *x = lm_entry_get_record ((LmEntry *) a), *y = lm_entry_get_record ((LmEntry *) b);
  int order = g_date_time_compare (x->sealed_until, y->sealed_until);

  return order != 0 ? order : lm_id_compare (&x->id, &y->id);
}

static char *
until_text (LmEntry *entry)
{
  return lm_phrase_sealed_until (lm_entry_get_record (entry)->sealed_until);
}

static GtkWidget *
make_row (gpointer item, gpointer data)
{
  LmEntry *entry = item;
  GtkWidget *row = adw_action_row_new ();
  LmIdText id = lm_id_format (lm_entry_get_id (entry));
  g_autofree char *title = until_text (entry);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open-sealed");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", id.digits);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  return row;
}

static void
show_state (LmSealedPage *self)
{
  gtk_stack_set_visible_child_name (self->stack,
                                    g_list_model_get_n_items (self->sealed) > 0 ? "list" : "empty");
}

static void
lm_sealed_page_dispose (GObject *object)
{
  g_clear_object (&LM_SEALED_PAGE (object)->sealed);
  G_OBJECT_CLASS (lm_sealed_page_parent_class)->dispose (object);
}

static void
lm_sealed_page_class_init (LmSealedPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lm_sealed_page_dispose;
}

static GtkWidget *
make_list (LmSealedPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *label =
      gtk_label_new (_ ("What is sealed stays out of sight until its day, and then it is back in "
                        "the journal. The seal is a courtesy, not a second lock: whoever can open "
                        "the journal can open it."));

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "dimmed");
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_set_valign (GTK_WIDGET (self->list), GTK_ALIGN_START);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Sealed entries"),
                                  -1);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 620);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_widget_set_margin_top (clamp, 18);
  gtk_widget_set_margin_bottom (clamp, 36);
  gtk_widget_set_margin_start (clamp, 16);
  gtk_widget_set_margin_end (clamp, 16);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled),
                                  GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  return scrolled;
}

static void
lm_sealed_page_init (LmSealedPage *self)
{
  GtkWidget *toolbar = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *help = gtk_button_new_from_icon_name ("lm-help-symbolic");
  GtkWidget *empty = adw_status_page_new ();

  gtk_widget_set_tooltip_text (help, _ ("Help now"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (help), "win.help-now");
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), help);
  adw_status_page_set_title (ADW_STATUS_PAGE (empty), _ ("Nothing is sealed"));
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (empty), "lm-journal-symbolic");
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, empty, "empty");
  gtk_stack_add_named (self->stack, make_list (self), "list");
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (toolbar), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (toolbar), GTK_WIDGET (self->stack));
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), toolbar);
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), _ ("Sealed entries"));
}

AdwNavigationPage *
lm_sealed_page_new (LmWorkspace *workspace)
{
  LmSealedPage *self = g_object_new (LM_TYPE_SEALED_PAGE, NULL);

  self->sealed = G_LIST_MODEL (
      gtk_sort_list_model_new (g_object_ref (lm_workspace_get_sealed (workspace)),
                               GTK_SORTER (gtk_custom_sorter_new (first_to_open, NULL, NULL))));
  gtk_list_box_bind_model (self->list, self->sealed, make_row, NULL, NULL);
  g_signal_connect_object (self->sealed,
                           "items-changed",
                           G_CALLBACK (show_state),
                           self,
                           G_CONNECT_SWAPPED);
  show_state (self);
  return ADW_NAVIGATION_PAGE (self);
}

/* The way here ------------------------------------------------------------------------ */

static void
count_cb (GListModel *sealed, guint position, guint removed, guint added, GtkWidget *button)
{
  guint n = g_list_model_get_n_items (sealed);
  g_autofree char *label =
      g_strdup_printf (ngettext ("%u sealed entry", "%u sealed entries", n), n);

  gtk_button_set_label (GTK_BUTTON (button), label);
  gtk_widget_set_visible (button, n > 0);
}

/* Says that there is something sealed; does not show if there is nothing. */
GtkWidget *
lm_sealed_button_new (LmWorkspace *workspace)
{
  GtkWidget *button = gtk_button_new ();
  GListModel *sealed = lm_workspace_get_sealed (workspace);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.sealed");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (sealed, "items-changed", G_CALLBACK (count_cb), button, 0);
  count_cb (sealed, 0, 0, 0, button);
  return button;
}

/* Opening early ----------------------------------------------------------------------- */

typedef struct
{
  GtkWidget *parent;
  LmWorkspace *workspace;
  LmEntry *entry;
} Opening;

static void
opening_free (gpointer data, GClosure *closure)
{
  Opening *opening = data;

  g_object_unref (opening->parent);
  g_object_unref (opening->workspace);
  g_object_unref (opening->entry);
  g_free (opening);
}

static void
unsealed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Opening *opening = data;
  g_autoptr (GError) error = NULL;

  if (!lm_workspace_unseal_finish (LM_WORKSPACE (source), result, &error))
    lm_toast_error (opening->parent, error);
  else
    gtk_widget_activate_action (opening->parent,
                                "win.open-entry",
                                "s",
                                lm_id_format (lm_entry_get_id (opening->entry)).digits);
  opening_free (opening, NULL);
}

static void
answered_cb (AdwAlertDialog *dialog, const char *response, gpointer data)
{
  Opening *asked = data, *opening;

  if (!g_str_equal (response, "open"))
    return;
  opening = g_new (Opening, 1);
  *opening = (Opening) { g_object_ref (asked->parent),
                         g_object_ref (asked->workspace),
                         g_object_ref (asked->entry) };
  lm_workspace_unseal_async (asked->workspace, asked->entry, unsealed_cb, opening);
}

static void
ask_open (GtkWidget *parent, LmWorkspace *workspace, LmEntry *entry)
{
  g_autofree char *until = until_text (entry);
  /* Translators: %s is a sentence like "Sealed until 24 December 2026" */
  g_autofree char *body = g_strdup_printf (_ ("%s. That was your wish when you wrote it. Opened "
                                              "now, it is back in the journal for good."),
                                           until);
  AdwDialog *dialog = adw_alert_dialog_new (_ ("Open it before its day?"), body);
  Opening *asked = g_new (Opening, 1);

  *asked = (Opening) { g_object_ref (parent), g_object_ref (workspace), g_object_ref (entry) };
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog),
                                  "keep",
                                  _ ("_Keep it sealed"),
                                  "open",
                                  _ ("_Open it now"),
                                  NULL);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "keep");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "keep");
  g_signal_connect_data (dialog, "response", G_CALLBACK (answered_cb), asked, opening_free, 0);
  adw_dialog_present (dialog, parent);
}

/* Asks once, and opens the entry with the id @id before its day. */
void
lm_sealed_ask_open (GtkWidget *parent, LmWorkspace *workspace, const char *id)
{
  LmId parsed;
  LmEntry *entry =
      lm_id_parse (id, -1, &parsed) ? lm_workspace_find_sealed (workspace, &parsed) : NULL;

  if (entry != NULL)
    ask_open (parent, workspace, entry);
}
