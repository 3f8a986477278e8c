/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/session/lm-tray-list.h"
#include "ui/today/lm-suggestion-card.h"
#include "ui/widgets/lm-focus.h"
#include "ui/widgets/lm-undo-toast.h"
#include "workspace/lm-guide-order.h"
#include "workspace/lm-phrases.h"

/* The one guide that Today suggests, and why; after hard entries, rest first. */

struct _LmSuggestionCard
{
  AdwBin parent_instance;

  LmWorkspace *workspace;
  LmLibrary *library;
  GArray *suggestions; /* nullable; of LmSuggestion */
  GPtrArray *guides;   /* nullable; keeps those of the suggestions */
  GPtrArray *rising;   /* nullable; of LmEntry: the entries that could be brought */
  gboolean rest;
  guint turn;
  gboolean quiet;
};

G_DEFINE_FINAL_TYPE (LmSuggestionCard, lm_suggestion_card, ADW_TYPE_BIN)

static void show (LmSuggestionCard *self, gboolean focus);

/* What can be said to it ------------------------------------------------------------------------
 */

static void
keep (LmSuggestionCard *self)
{
  lm_workspace_set_turn (self->workspace, self->turn, self->quiet);
}

static void
another_cb (LmSuggestionCard *self)
{
  self->turn++;
  keep (self);
  show (self, TRUE);
}

static void
not_today_undone_cb (LmSuggestionCard *self)
{
  self->quiet = FALSE;
  keep (self);
  show (self, TRUE);
}

static void
not_today_cb (LmSuggestionCard *self)
{
  AdwToast *toast = adw_toast_new (_ ("Nothing more is suggested today"));

  self->quiet = TRUE;
  keep (self);
  lm_focus_leave (GTK_WIDGET (self));
  show (self, FALSE);
  g_signal_connect_object (toast,
                           "button-clicked",
                           G_CALLBACK (not_today_undone_cb),
                           self,
                           G_CONNECT_SWAPPED);
  lm_undo_toast_show (GTK_WIDGET (self), toast);
}

static void
bring_cb (LmSuggestionCard *self)
{
  lm_tray_mark (GTK_WIDGET (self), self->workspace, self->rising, LM_TRAY_BRING);
  g_clear_pointer (&self->rising, g_ptr_array_unref);
  show (self, TRUE);
}

/* Showing ----------------------------------------------------------------------------------------
 */

static const char *
reason_text (LmSuggestionReason reason)
{
  switch (reason)
    {
    case LM_REASON_SESSION_AHEAD:
      return _ ("Your next session is near.");
    case LM_REASON_SESSION_BEHIND:
      return _ ("Your last session was not long ago.");
    case LM_REASON_EPISODES:
      return _ ("There are some new episodes to look back on.");
    case LM_REASON_TURN:
    default:
      return _ ("You could write this today.");
    }
}

static GtkWidget *
add_label (GtkWidget *box, const char *text, const char *css)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static GtkWidget *
add_buttons (GtkWidget *box)
{
  GtkWidget *buttons = adw_wrap_box_new ();

  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (buttons), 8);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (buttons), 8);
  gtk_widget_set_margin_top (buttons, 6);
  gtk_box_append (GTK_BOX (box), buttons);
  return buttons;
}

static GtkWidget *
add_button (LmSuggestionCard *self, GtkWidget *buttons, const char *label, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  if (callback != NULL)
    g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  adw_wrap_box_append (ADW_WRAP_BOX (buttons), button);
  return button;
}

static GtkWidget *
add_usual_buttons (LmSuggestionCard *self, GtkWidget *buttons)
{
  GtkWidget *another = NULL;

  if (self->suggestions->len + self->rest > 1)
    /* Translators: another suggestion */
    another = add_button (self, buttons, _ ("_Another"), G_CALLBACK (another_cb));
  add_button (self, buttons, _ ("Not t_oday"), G_CALLBACK (not_today_cb));
  return another;
}

static GtkWidget *
add_rest (LmSuggestionCard *self, GtkWidget *box)
{
  GtkWidget *buttons;
  GtkWidget *ground;

  add_label (box, _ ("The last entries were hard"), "title-3");
  add_label (box,
             _ ("Rest may be better than writing today: something warm, some air, a person you "
                "like to be with. Nothing here runs away."),
             "body");
  buttons = add_buttons (box);
  ground = add_button (self, buttons, _ ("Grounding, and people to _call"), NULL);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (ground), "win.help-now");
  return add_usual_buttons (self, buttons);
}

static GtkWidget *
add_guide (LmSuggestionCard *self, GtkWidget *box, const LmSuggestion *suggestion)
{
  LmGuide *guide = suggestion->guide;
  g_autofree char *summary = lm_phrase_guide (lm_guide_get_summary (guide),
                                              lm_guide_get_minutes (guide),
                                              lm_guide_get_language (guide));
  GtkWidget *buttons, *begin;

  add_label (box, reason_text (suggestion->reason), "dimmed");
  add_label (box, lm_guide_get_title (guide), "title-3");
  add_label (box, summary, "body");
  buttons = add_buttons (box);
  begin = add_button (self, buttons, _ ("_Look at it"), NULL);
  gtk_widget_add_css_class (begin, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (begin), "win.open-guide");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (begin), "s", lm_guide_get_id (guide));
  return add_usual_buttons (self, buttons);
}

static void
add_bring (LmSuggestionCard *self, GtkWidget *box)
{
  add_label (box,
             _ ("The last three ended stronger than they began. It may help to bring them to your "
                "session."),
             "body");
  /* Translators: to put the last three entries into the tray for the session */
  add_button (self, add_buttons (box), _ ("_Bring them"), G_CALLBACK (bring_cb));
}

/* @focus: what had it is gone; the keyboard goes on with the same button. */
static void
show (LmSuggestionCard *self, gboolean focus)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *another = NULL;
  guint n = self->suggestions->len + self->rest;
  guint at = n > 0 ? self->turn % n : 0;

  gtk_widget_set_visible (GTK_WIDGET (self), n > 0 && !self->quiet);
  if (n == 0 || self->quiet)
    {
      adw_bin_set_child (ADW_BIN (self), NULL);
      return;
    }
  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "lm-card");
  if (self->rest && at == 0)
    another = add_rest (self, box);
  else
    another =
        add_guide (self, box, &g_array_index (self->suggestions, LmSuggestion, at - self->rest));
  if (self->rising != NULL)
    add_bring (self, box);
  adw_bin_set_child (ADW_BIN (self), box);
  if (focus && another != NULL)
    gtk_widget_grab_focus (another);
}

/* The last entries, if each ended stronger than it began and they are not in the tray yet. */
static GPtrArray *
find_rising (LmSuggestionCard *self, const LmToday *today)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; lm_suggest_bring (&today->facts) && i < today->n_strong; i++)
    {
      LmEntry *entry = lm_workspace_find_entry (self->workspace, &today->strong[i]->id);

      if (entry != NULL && lm_entry_get_record (entry)->tray == LM_TRAY_NONE)
        g_ptr_array_add (entries, g_object_ref (entry));
    }
  if (entries->len == LM_HARD_IN_A_ROW)
    return entries;
  g_ptr_array_unref (entries);
  return NULL;
}

/* Shows what fits @today. */
void
lm_suggestion_card_show (LmSuggestionCard *self,
                         LmWorkspace *workspace,
                         LmLibrary *library,
                         const LmToday *today)
{
  gboolean first = self->workspace == NULL;

  g_set_object (&self->workspace, workspace);
  g_set_object (&self->library, library);
  g_clear_pointer (&self->suggestions, g_array_unref);
  g_clear_pointer (&self->guides, g_ptr_array_unref);
  g_clear_pointer (&self->rising, g_ptr_array_unref);
  self->guides = lm_guide_order_list (workspace, library, FALSE);
  self->suggestions = lm_suggest (&today->facts, self->guides);
  self->rest = lm_suggest_rest (&today->facts);
  self->rising = find_rising (self, today);
  if (first)
    self->turn = lm_workspace_get_turn (workspace, &self->quiet);
  show (self, FALSE);
}

static void
lm_suggestion_card_dispose (GObject *object)
{
  LmSuggestionCard *self = LM_SUGGESTION_CARD (object);

  g_clear_pointer (&self->suggestions, g_array_unref);
  g_clear_pointer (&self->guides, g_ptr_array_unref);
  g_clear_pointer (&self->rising, g_ptr_array_unref);
  g_clear_object (&self->workspace);
  g_clear_object (&self->library);
  G_OBJECT_CLASS (lm_suggestion_card_parent_class)->dispose (object);
}

static void
lm_suggestion_card_class_init (LmSuggestionCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lm_suggestion_card_dispose;
}

static void
lm_suggestion_card_init (LmSuggestionCard *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("A suggestion"),
                                  -1);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
