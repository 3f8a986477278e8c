/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "base/lm-text.h"
#include "ui/journal/lm-citation-box.h"
#include "ui/restore/lm-past-view.h"
#include "ui/widgets/lm-document-view.h"
#include "workspace/lm-phrases.h"

/* An entry as it once was: a row of a list, and all of it to read. */

/* Returns: (transfer full): its title, or how it begins */
char *
lm_past_title (LmPast *past)
{
  LmRecord *record = lm_past_get_record (past);

  if (lm_past_is_sealed (past))
    return g_strdup (_ ("A sealed entry"));
  if (!lm_text_is_blank (record->title))
    return g_strdup (record->title);
  return g_strdup (lm_text_is_blank (record->excerpt) ? _ ("Untitled") : record->excerpt);
}

static const char *
state_text (LmPast *past)
{
  switch (lm_past_get_state (past))
    {
    case LM_PAST_DIFFERENT:
      return _ ("Different now");
    case LM_PAST_MISSING:
      return _ ("Not in the journal now");
    case LM_PAST_SAME:
    default:
      return "";
    }
}

/* Rows ------------------------------------------------------------------------------------------
 */

static GtkWidget *
make_label (const char *css)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css);
  return label;
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_widget_set_margin_top (box, 8);
  gtk_widget_set_margin_bottom (box, 8);
  gtk_widget_set_margin_start (box, 6);
  gtk_widget_set_margin_end (box, 6);
  gtk_box_append (GTK_BOX (box), make_label ("heading"));
  gtk_box_append (GTK_BOX (box), make_label ("dimmed"));
  gtk_box_append (GTK_BOX (box), make_label ("caption"));
  gtk_list_item_set_child (item, box);
}

static void
show_row (LmPast *past, GParamSpec *pspec, GtkListItem *item)
{
  GtkWidget *title = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *day = gtk_widget_get_next_sibling (title);
  GtkWidget *state = gtk_widget_get_next_sibling (day);
  g_autofree char *text = lm_past_title (past);
  g_autofree char *time = lm_phrase_day_and_time (lm_past_get_record (past)->created);
  const char *how = state_text (past);
  g_autofree char *spoken = how[0] != '\0' ? g_strdup_printf ("%s, %s, %s", text, time, how)
                                           : g_strdup_printf ("%s, %s", text, time);
  g_autofree char *alone = NULL;

  gtk_label_set_label (GTK_LABEL (title), text);
  alone = lm_text_capitalize (g_steal_pointer (&time));
  gtk_label_set_label (GTK_LABEL (day), alone);
  gtk_label_set_label (GTK_LABEL (state), how);
  gtk_widget_set_visible (state, how[0] != '\0');
  gtk_list_item_set_accessible_label (item, spoken);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  LmPast *past = gtk_list_item_get_item (item);

  g_signal_connect_object (past, "notify::state", G_CALLBACK (show_row), item, 0);
  show_row (past, NULL, item);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), show_row, item);
}

/* Returns: (transfer full): makes rows of #LmPast */
GtkListItemFactory *
lm_past_row_factory_new (void)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  return factory;
}

/* The whole --------------------------------------------------------------------------------------
 */

static void
add_heading (GtkBox *box, const char *text, const char *css)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL,
                                   "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_HEADING,
                                   "label",
                                   text,
                                   NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css);
  gtk_box_append (box, label);
}

static void
add_text (GtkBox *box, const char *text)
{
  g_autoptr (LmDocument) document = lm_document_read (text, LM_DOCUMENT_ENTRY);
  GtkWidget *view;

  if (document->blocks->len == 0)
    return;
  view = lm_document_view_new ();
  lm_document_view_show (LM_DOCUMENT_VIEW (view), document);
  gtk_box_append (box, view);
}

/* What was chosen in an answer, a line each. */
static char *
chosen (LmWorkspace *workspace, LmAnswer *answer)
{
  GString *text = g_string_new (NULL);
  g_auto (GStrv) people = lm_answer_get_people (answer);
  const char *intensity = lm_phrase_intensity ((guint) lm_answer_get_scale (answer));

  for (guint i = 0; people != NULL && people[i] != NULL; i++)
    {
      LmEntry *person = lm_workspace_find_person (workspace, people[i]);

      g_string_append_printf (text,
                              "%s\n",
                              person != NULL ? lm_entry_get_title (person) : _ ("Somebody"));
    }
  for (guint i = 0; i < lm_answer_n_choices (answer); i++)
    g_string_append_printf (text, "%s\n", lm_answer_get_choice (answer, i, NULL));
  if (intensity != NULL)
    g_string_append_printf (text, "%s\n", intensity);
  return g_string_free (text, FALSE);
}

/* Brought back it is as it was: out of sight until its day. */
static void
add_seal (GtkBox *box, LmRecord *record)
{
  g_autofree char *text = lm_phrase_sealed_until (record->sealed_until);

  add_heading (box, text, "title-2");
}

/* Returns: (transfer floating): everything in @past, to read; of what is sealed only until when */
GtkWidget *
lm_past_view_new (LmWorkspace *workspace, LmPast *past)
{
  LmRecord *record = lm_past_get_record (past);
  g_autoptr (LmContent) content = lm_record_content (record);
  g_autofree char *time = lm_text_capitalize (lm_phrase_day_and_time (record->created));
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  GtkWidget *citations;

  add_heading (box, time, "dimmed");
  if (lm_past_is_sealed (past))
    {
      add_seal (box, record);
      return GTK_WIDGET (box);
    }
  if (!lm_text_is_blank (record->title))
    add_heading (box, record->title, "title-2");
  citations = g_object_new (LM_TYPE_CITATION_BOX, NULL);
  lm_citation_box_show (LM_CITATION_BOX (citations), content);
  gtk_box_append (box, citations);
  add_text (box, lm_content_get_string (content, "text"));
  for (guint i = 0; i < lm_content_n_answers (content); i++)
    {
      LmAnswer *answer = lm_content_get_answer (content, i);
      g_autofree char *pills = NULL;

      if (answer == NULL || lm_answer_is_empty (answer))
        continue;
      pills = chosen (workspace, answer);
      add_heading (box, lm_answer_get_question (answer), "heading");
      add_text (box, pills);
      add_text (box, lm_answer_get_text (answer));
    }
  return GTK_WIDGET (box);
}
