/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "base/lm-text.h"
#include "ui/journal/lm-answer-text.h"
#include "ui/journal/lm-tellings-page.h"
#include "workspace/lm-phrases.h"
#include "workspace/lm-workspace-tellings.h"

/* The same, told at different times: under each question what was said then, and then, beside each
 * other where there is room. Nothing is marked as different: no telling is the right one. */

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
make_heading (const char *text)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL,
                                   "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_HEADING,
                                   "label",
                                   text,
                                   NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  return label;
}

/* What was said at one time. */
static GtkWidget *
make_telling (LmEntry *entry, const char *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autofree char *day =
      lm_text_capitalize (lm_phrase_day_with_year (lm_entry_get_created (entry)));
  GtkWidget *words = make_label (lm_text_is_blank (text) ? "–" : text, "lm-reading");

  gtk_label_set_selectable (GTK_LABEL (words), !lm_text_is_blank (text));
  gtk_box_append (GTK_BOX (box), make_label (day, "caption-heading"));
  gtk_box_append (GTK_BOX (box), words);
  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "lm-card");
  return box;
}

static void
add_question (GtkBox *page, LmWorkspace *workspace, GPtrArray *tellings, LmAnswer *asked)
{
  GtkWidget *flow = gtk_flow_box_new ();
  const char *question = lm_answer_get_question (asked);

  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_homogeneous (GTK_FLOW_BOX (flow), TRUE);
  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (flow), 1);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (flow), 2);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (flow), 12);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (flow), 12);
  for (guint i = 0; i < tellings->len; i++)
    {
      LmEntry *entry = tellings->pdata[i];
      g_autoptr (LmContent) content = lm_record_content (lm_entry_get_record (entry));
      LmAnswer *answer = lm_content_find_answer (content, lm_answer_get_step (asked));
      g_autofree char *text = lm_answer_to_text (workspace, answer);
      GtkWidget *child = gtk_flow_box_child_new ();

      /* There is nothing to choose here. */
      gtk_widget_set_focusable (child, FALSE);
      gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), make_telling (entry, text));
      gtk_widget_set_size_request (child, 280, -1);
      gtk_flow_box_append (GTK_FLOW_BOX (flow), child);
    }
  gtk_box_append (page, make_heading (question != NULL ? question : ""));
  gtk_box_append (page, flow);
}

/* Each question that was answered at any time, once, in the order in which they were asked. */
static void
fill (GtkBox *page, LmWorkspace *workspace, GPtrArray *tellings)
{
  g_autoptr (GHashTable) done = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < tellings->len; i++)
    {
      g_autoptr (LmContent) content = lm_record_content (lm_entry_get_record (tellings->pdata[i]));

      for (guint k = 0; k < lm_content_n_answers (content); k++)
        {
          LmAnswer *answer = lm_content_get_answer (content, k);
          const char *step = answer != NULL ? lm_answer_get_step (answer) : NULL;

          if (step != NULL && !lm_answer_is_empty (answer) &&
              g_hash_table_add (done, g_strdup (step)))
            add_question (page, workspace, tellings, answer);
        }
    }
}

/* Shows all that tell the same as @entry, as they are now. */
AdwNavigationPage *
lm_tellings_page_new (LmWorkspace *workspace, LmEntry *entry)
{
  g_autoptr (GPtrArray) tellings = lm_workspace_list_tellings (workspace, entry);
  GtkWidget *toolbar = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *help = gtk_button_new_from_icon_name ("lm-help-symbolic");
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  gtk_widget_set_tooltip_text (help, _ ("Help now"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (help), "win.help-now");
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), help);
  gtk_box_append (GTK_BOX (box),
                  make_label (_ ("What was told each time. Memory builds a scene anew, so it may "
                                 "differ. No telling is more right than another."),
                              "lm-reading"));
  fill (GTK_BOX (box), workspace, tellings);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 860);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_widget_set_margin_top (clamp, 18);
  gtk_widget_set_margin_bottom (clamp, 48);
  gtk_widget_set_margin_start (clamp, 20);
  gtk_widget_set_margin_end (clamp, 20);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled),
                                  GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (toolbar), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (toolbar), scrolled);
  return adw_navigation_page_new (toolbar, _ ("Side by side"));
}
