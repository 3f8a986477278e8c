/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "base/lm-text.h"
#include "library/lm-short-read.h"
#include "ui/journal/lm-day-links.h"
#include "ui/today/lm-moment-line.h"
#include "ui/today/lm-suggestion-card.h"
#include "ui/today/lm-today-view.h"
#include "ui/widgets/lm-focus.h"
#include "ui/widgets/lm-parts.h"
#include "ui/widgets/lm-undo-toast.h"
#include "workspace/lm-conflicts.h"
#include "workspace/lm-guide-order.h"
#include "workspace/lm-loss-item.h"
#include "workspace/lm-phrases.h"
#include "workspace/lm-problem-item.h"
#include "workspace/lm-settings.h"
#include "workspace/lm-suggestion.h"
#include "workspace/lm-today.h"
#include "workspace/lm-workspace-session.h"

/* Where an evening begins: a line to type into, the next session, one suggestion, what was left
 * unfinished, a blank page, a short read. The line is there at once, the rest comes below it in
 * steps, one with each frame: rows are the dearest that the window has. */

/* Guides in one step: as many as are to be seen at once. */
#define GUIDES_AT_ONCE 6

struct _LmTodayView
{
  AdwBin parent_instance;

  /* Template widgets */
  AdwBanner *read_only_banner;
  AdwBanner *problems_banner;
  GtkLabel *day_label;
  LmMomentLine *moment_line;
  AdwPreferencesGroup *session_group;
  LmSuggestionCard *suggestion_card;
  AdwPreferencesGroup *code_group;
  AdwPreferencesGroup *drafts_group;
  AdwPreferencesGroup *write_group;
  GtkWidget *rest_box;
  GtkWidget *day_links;
  AdwPreferencesGroup *read_group;

  LmWorkspace *workspace;
  LmLibrary *library;
  GPtrArray *draft_rows;  /* borrowed from the group */
  GPtrArray *guide_rows;  /* the same */
  GPtrArray *guides;      /* to be shown, or shown; nullable until then */
  char *order;            /* of them */
  GtkWidget *code_row;    /* borrowed; nullable until it is to be seen */
  GtkWidget *read_row;    /* borrowed; nullable until everything has arrived */
  GtkWidget *session_row; /* borrowed; nullable */
  guint step;             /* the next */
  guint step_tick;        /* 0 while nothing is made */
};

G_DEFINE_FINAL_TYPE (LmTodayView, lm_today_view, ADW_TYPE_BIN)

/* Drafts ------------------------------------------------------------------------------------ */

static char *
title_of_draft (LmTodayView *self, LmRecord *record)
{
  LmGuide *guide =
      record->guide != NULL ? lm_library_find_guide (self->library, record->guide) : NULL;

  if (!lm_text_is_blank (record->title))
    return g_strdup (record->title);
  /* All moments are of one name: they are known by how they begin. */
  if (guide != NULL &&
      (g_strcmp0 (record->guide, LM_GUIDE_ID_MOMENT) != 0 || lm_text_is_blank (record->excerpt)))
    return g_strdup (lm_guide_get_title (guide));
  return lm_text_is_blank (record->excerpt) ? g_strdup (_ ("Untitled"))
                                            : lm_text_excerpt (record->excerpt, 60);
}

static void
add_draft_row (LmTodayView *self, LmEntry *draft)
{
  LmRecord *record = lm_entry_get_record (draft);
  LmIdText id = lm_id_format (&record->id);
  g_autofree char *title = title_of_draft (self, record);
  g_autofree char *time = lm_phrase_day_and_time (record->created);
  /* Translators: %s is a day and a time */
  g_autofree char *begun = g_strdup_printf (_ ("Begun %s"), time);
  GtkWidget *row =
      lm_link_row_new (title, begun, "lm-write-symbolic", "win.continue-draft", id.digits);
  GtkWidget *discard = gtk_button_new_from_icon_name ("user-trash-symbolic");
  /* Translators: %s is the title of a draft */
  g_autofree char *label = g_strdup_printf (_ ("Discard “%s”"), title);

  gtk_widget_set_valign (discard, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (discard, "flat");
  gtk_widget_set_tooltip_text (discard, label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (discard), "win.discard-draft");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (discard), "s", id.digits);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), discard);
  adw_preferences_group_add (self->drafts_group, row);
  g_ptr_array_add (self->draft_rows, row);
}

static void
show_drafts (LmTodayView *self)
{
  GListModel *drafts;
  guint n;

  /* What stands in the line is offered again as a draft when the page goes. */
  if (self->workspace == NULL)
    return;
  drafts = lm_workspace_get_drafts (self->workspace);
  n = g_list_model_get_n_items (drafts);
  lm_focus_leave (GTK_WIDGET (self->drafts_group));
  for (guint i = 0; i < self->draft_rows->len; i++)
    adw_preferences_group_remove (self->drafts_group, self->draft_rows->pdata[i]);
  g_ptr_array_set_size (self->draft_rows, 0);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LmEntry) draft = g_list_model_get_item (drafts, i);

      add_draft_row (self, draft);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->drafts_group), n > 0);
}

/* Undo beats asking: the draft is dropped only when the toast is gone. */
static void
discard_dismissed_cb (AdwToast *toast, LmWorkspace *workspace)
{
  LmEntry *draft = g_object_get_data (G_OBJECT (toast), "draft");

  if (draft != NULL)
    lm_workspace_discard_draft (workspace, draft);
}

static void
discard_undone_cb (AdwToast *toast, LmWorkspace *workspace)
{
  g_autoptr (LmEntry) draft = g_object_steal_data (G_OBJECT (toast), "draft");

  lm_workspace_hide_draft (workspace, draft, FALSE);
}

/* Takes @draft out of the list, and says so where @widget is. */
void
lm_today_discard_draft (GtkWidget *widget, LmWorkspace *workspace, LmEntry *draft)
{
  AdwToast *toast = adw_toast_new (_ ("Draft discarded"));

  g_object_set_data_full (G_OBJECT (toast), "draft", g_object_ref (draft), g_object_unref);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (discard_undone_cb), workspace, 0);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (discard_dismissed_cb), workspace, 0);
  lm_workspace_hide_draft (workspace, draft, TRUE);
  lm_undo_toast_show (widget, toast);
}

/* The rest ------------------------------------------------------------------------------------ */

/* Files that came back and people with two states. */
static guint
count_questions (LmTodayView *self)
{
  GListModel *problems = lm_workspace_get_problems (self->workspace);
  guint n = g_list_model_get_n_items (lm_workspace_get_disputes (self->workspace));

  for (guint i = 0; i < g_list_model_get_n_items (problems); i++)
    {
      g_autoptr (LmProblemItem) item = g_list_model_get_item (problems, i);

      n += lm_problem_item_asks (item);
    }
  return n;
}

static void
show_problems (LmTodayView *self)
{
  guint n = g_list_model_get_n_items (lm_workspace_get_problems (self->workspace));
  guint lost = g_list_model_get_n_items (lm_workspace_get_losses (self->workspace));
  guint asks = count_questions (self);
  g_autofree char *title = NULL;

  /* What may be lost is more urgent than what is only left alone. */
  if (lost > 0)
    title = g_strdup_printf (ngettext ("%u entry is not as this computer last saw it.",
                                       "%u entries are not as this computer last saw them.",
                                       lost),
                             lost);
  else if (asks > 0)
    title = g_strdup_printf (ngettext ("%u file or change from elsewhere waits for you to decide.",
                                       "%u files or changes from elsewhere wait for you to decide.",
                                       asks),
                             asks);
  else
    title = g_strdup_printf (
        ngettext ("%u file is damaged, foreign or still arriving. It is left alone.",
                  "%u files are damaged, foreign or still arriving. They are left alone.",
                  n),
        n);
  adw_banner_set_title (self->problems_banner, title);
  adw_banner_set_revealed (self->problems_banner, n + lost + asks > 0);
}

static void
show_code_reminder (LmTodayView *self)
{
  GSettings *settings = lm_workspace_get_settings (self->workspace);
  gboolean wanted = !g_settings_get_boolean (settings, LM_SETTING_CODE_CHECKED) &&
                    !lm_workspace_is_demo (self->workspace);

  if (wanted && self->code_row == NULL)
    {
      self->code_row = lm_link_row_new (_ ("Check your recovery code"),
                                        _ ("Type it once, so you know that your copy is right."),
                                        "lm-keyring-symbolic",
                                        "win.check-code",
                                        NULL);
      adw_preferences_group_add (self->code_group, self->code_row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->code_group), wanted);
}

static void
add_write_row (LmTodayView *self, GtkWidget *row)
{
  adw_preferences_group_add (self->write_group, row);
  g_ptr_array_add (self->guide_rows, row);
}

/* Returns: (transfer full): which guides there are, as they are shown */
static char *
order_text (GPtrArray *guides)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < guides->len; i++)
    g_string_append_printf (text,
                            "%s\t%s\t%s\n",
                            lm_guide_get_id (guides->pdata[i]),
                            lm_guide_get_title (guides->pdata[i]),
                            lm_guide_get_summary (guides->pdata[i]));
  return g_string_free (text, FALSE);
}

/* Shows @n more of the guides, and below the last the way to all of them.
 * Returns: whether that is all */
static gboolean
add_guides (LmTodayView *self, guint n)
{
  guint end = MIN (self->guide_rows->len + n, self->guides->len);

  if (self->guide_rows->len > self->guides->len)
    return TRUE;
  for (guint i = self->guide_rows->len; i < end; i++)
    {
      LmGuide *guide = self->guides->pdata[i];
      g_autofree char *subtitle = lm_phrase_guide (lm_guide_get_summary (guide),
                                                   lm_guide_get_minutes (guide),
                                                   lm_guide_get_language (guide));

      add_write_row (self,
                     lm_link_row_new (lm_guide_get_title (guide),
                                      subtitle,
                                      "lm-guide-symbolic",
                                      "win.open-guide",
                                      lm_guide_get_id (guide)));
    }
  if (end < self->guides->len)
    return FALSE;
  add_write_row (self,
                 lm_link_row_new (_ ("All guides"),
                                  _ ("By groups. Hide some, move them, or make your own."),
                                  "lm-guide-symbolic",
                                  "win.guides",
                                  NULL));
  return TRUE;
}

/* The guides that are not hidden, in the person's order. Rows of other guides go.
 * Returns: whether there are others than before */
static gboolean
list_guides (LmTodayView *self)
{
  g_autoptr (GPtrArray) guides = lm_guide_order_list (self->workspace, self->library, FALSE);
  g_autofree char *order = order_text (guides);

  /* What did not change keeps the focus. */
  if (g_strcmp0 (order, self->order) == 0)
    return FALSE;
  g_set_str (&self->order, order);
  for (guint i = 0; i < self->guide_rows->len; i++)
    adw_preferences_group_remove (self->write_group, self->guide_rows->pdata[i]);
  g_ptr_array_set_size (self->guide_rows, 0);
  g_clear_pointer (&self->guides, g_ptr_array_unref);
  self->guides = g_steal_pointer (&guides);
  return TRUE;
}

/* Once they are to be seen. */
static void
show_guides (LmTodayView *self)
{
  if (self->guides != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)) && list_guides (self))
    add_guides (self, G_MAXUINT);
}

/* What fits the last entries, by their guides and tags alone. */
static LmArticle *
choose_article (LmTodayView *self, const LmToday *today)
{
  g_autoptr (GDateTime) now = lm_clock_now (lm_workspace_get_clock (self->workspace));
  guint day = (guint) (g_date_time_to_unix (now) / (24 * 60 * 60));
  LmWritten written[LM_TODAY_LATEST];

  for (guint i = 0; i < today->n_latest; i++)
    {
      LmRecord *record = today->latest[i];

      written[i] = (LmWritten) { record->guide, (const char *const *) record->tags };
    }
  return lm_short_read (self->library, written, today->n_latest, day);
}

static void
show_article (LmTodayView *self, const LmToday *today)
{
  LmArticle *article;
  g_autofree char *subtitle = NULL;

  /* It does not change under the eyes. */
  if (self->read_row != NULL)
    return;
  article = choose_article (self, today);
  subtitle = lm_phrase_article (lm_article_get_summary (article),
                                lm_article_get_minutes (article),
                                lm_article_get_language (article));
  self->read_row = lm_link_row_new (lm_article_get_title (article),
                                    subtitle,
                                    "lm-library-symbolic",
                                    "win.open-article",
                                    lm_article_get_id (article));
  adw_preferences_group_add (self->read_group, self->read_row);
}

/* When the next session is. */
static void
show_session (LmTodayView *self)
{
  g_autoptr (GDateTime) now = lm_clock_now (lm_workspace_get_clock (self->workspace));
  g_autoptr (LmSession) session = lm_workspace_next_session (self->workspace, NULL);
  g_autoptr (GDateTime) starts = session != NULL ? g_date_time_to_local (session->starts) : NULL;
  g_autofree char *when = NULL, *distance = NULL, *title = NULL;

  if (starts != NULL)
    {
      when = lm_text_capitalize (lm_phrase_day_and_time (starts));
      distance = lm_phrase_in_days (now, starts);
      /* Translators: %s is how far away it is, as in "tomorrow" or "in 5 days" */
      title = g_strdup_printf (_ ("Next session %s"), distance);
    }
  if (self->session_row != NULL)
    adw_preferences_group_remove (self->session_group, self->session_row);
  self->session_row = lm_link_row_new (title != NULL ? title : _ ("For the session"),
                                       when != NULL ? when : _ ("Enter when your next session is."),
                                       "lm-tray-symbolic",
                                       "win.place",
                                       "session");
  adw_preferences_group_add (self->session_group, self->session_row);
}

/* What was written on this day in earlier years, closed. */
static void
show_day_links (LmTodayView *self)
{
  g_autoptr (GDateTime) now = lm_clock_now (lm_workspace_get_clock (self->workspace));
  GDate day;

  g_date_clear (&day, 1);
  g_date_set_dmy (&day,
                  (GDateDay) g_date_time_get_day_of_month (now),
                  (GDateMonth) g_date_time_get_month (now),
                  (GDateYear) g_date_time_get_year (now));
  lm_day_links_show (self->day_links, self->workspace, &day);
}

/* Once everything has arrived. */
static void
look (LmTodayView *self)
{
  g_autoptr (LmToday) today = NULL;

  if (self->workspace == NULL || lm_workspace_get_loading (self->workspace) ||
      lm_workspace_get_state (self->workspace) != LM_WORKSPACE_OPEN)
    return;
  /* Out of sight: it looks when it comes back. */
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  today = lm_today_look (self->workspace);
  show_session (self);
  lm_suggestion_card_show (self->suggestion_card, self->workspace, self->library, today);
  show_article (self, today);
  show_day_links (self);
}

static void
appointments_changed_cb (LmTodayView *self)
{
  look (self);
}

/* In steps ------------------------------------------------------------------------------------
 *
 * From the top to the bottom: what is there stays where it is. Each returns whether it is done. */

static gboolean
step_top (LmTodayView *self)
{
  look (self);
  show_drafts (self);
  show_code_reminder (self);
  return TRUE;
}

static gboolean
step_guides (LmTodayView *self)
{
  if (self->guides == NULL)
    list_guides (self);
  gtk_widget_set_visible (GTK_WIDGET (self->write_group), TRUE);
  if (!add_guides (self, GUIDES_AT_ONCE))
    return FALSE;
  gtk_widget_set_visible (self->rest_box, TRUE);
  return TRUE;
}

static gboolean (*const steps[]) (LmTodayView *self) = { step_top, step_guides };

static gboolean
step_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  LmTodayView *self = LM_TODAY_VIEW (widget);

  /* Nobody looks: it goes on when it comes back. */
  if (gtk_widget_get_mapped (widget))
    {
      if (steps[self->step](self))
        self->step++;
      if (self->step < G_N_ELEMENTS (steps))
        return G_SOURCE_CONTINUE;
    }
  self->step_tick = 0;
  return G_SOURCE_REMOVE;
}

/* Another day, another entry, other guides: each time that the page comes back. */
static void
lm_today_view_map (GtkWidget *widget)
{
  LmTodayView *self = LM_TODAY_VIEW (widget);

  GTK_WIDGET_CLASS (lm_today_view_parent_class)->map (widget);
  show_guides (self);
  if (self->step > 0)
    look (self);
  if (self->step < G_N_ELEMENTS (steps) && self->step_tick == 0)
    self->step_tick = gtk_widget_add_tick_callback (widget, step_cb, NULL, NULL);
}

static gboolean
lm_today_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (LM_TODAY_VIEW (widget)->moment_line));
}

static void
lm_today_view_dispose (GObject *object)
{
  LmTodayView *self = LM_TODAY_VIEW (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), LM_TYPE_TODAY_VIEW);
  g_clear_pointer (&self->draft_rows, g_ptr_array_unref);
  g_clear_pointer (&self->guide_rows, g_ptr_array_unref);
  g_clear_pointer (&self->guides, g_ptr_array_unref);
  g_clear_pointer (&self->order, g_free);
  g_clear_object (&self->workspace);
  g_clear_object (&self->library);
  G_OBJECT_CLASS (lm_today_view_parent_class)->dispose (object);
}

static void
lm_today_view_class_init (LmTodayViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lm_today_view_dispose;
  widget_class->map = lm_today_view_map;
  widget_class->grab_focus = lm_today_view_grab_focus;
  g_type_ensure (LM_TYPE_MOMENT_LINE);
  g_type_ensure (LM_TYPE_SUGGESTION_CARD);
  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/io/github/leitmotif_journal/Leitmotif/ui/today/lm-today-view.ui");
  gtk_widget_class_bind_template_child (widget_class, LmTodayView, read_only_banner);
  gtk_widget_class_bind_template_child (widget_class, LmTodayView, problems_banner);
  gtk_widget_class_bind_template_child (widget_class, LmTodayView, day_label);
  gtk_widget_class_bind_template_child (widget_class, LmTodayView, moment_line);
  gtk_widget_class_bind_template_child (widget_class, LmTodayView, session_group);
  gtk_widget_class_bind_template_child (widget_class, LmTodayView, suggestion_card);
  gtk_widget_class_bind_template_child (widget_class, LmTodayView, code_group);
  gtk_widget_class_bind_template_child (widget_class, LmTodayView, drafts_group);
  gtk_widget_class_bind_template_child (widget_class, LmTodayView, write_group);
  gtk_widget_class_bind_template_child (widget_class, LmTodayView, rest_box);
  gtk_widget_class_bind_template_child (widget_class, LmTodayView, day_links);
  gtk_widget_class_bind_template_child (widget_class, LmTodayView, read_group);
}

static void
lm_today_view_init (LmTodayView *self)
{
  self->draft_rows = g_ptr_array_new ();
  self->guide_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
lm_today_view_new (LmWorkspace *workspace, LmLibrary *library)
{
  LmTodayView *self = g_object_new (LM_TYPE_TODAY_VIEW, NULL);
  g_autoptr (GDateTime) now = lm_clock_now (lm_workspace_get_clock (workspace));
  g_autofree char *day = lm_text_capitalize (lm_phrase_day (now));

  self->workspace = g_object_ref (workspace);
  self->library = g_object_ref (library);
  gtk_label_set_label (self->day_label, day);
  g_object_bind_property (workspace,
                          "read-only",
                          self->read_only_banner,
                          "revealed",
                          G_BINDING_SYNC_CREATE);
  g_signal_connect_object (lm_workspace_get_drafts (workspace),
                           "items-changed",
                           G_CALLBACK (show_drafts),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (lm_workspace_get_losses (workspace),
                           "items-changed",
                           G_CALLBACK (show_problems),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (lm_workspace_get_disputes (workspace),
                           "items-changed",
                           G_CALLBACK (show_problems),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (lm_workspace_get_problems (workspace),
                           "items-changed",
                           G_CALLBACK (show_problems),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (lm_workspace_get_settings (workspace),
                           "changed::" LM_SETTING_CODE_CHECKED,
                           G_CALLBACK (show_code_reminder),
                           self,
                           G_CONNECT_SWAPPED);
  show_problems (self);
  lm_moment_line_begin (self->moment_line, workspace, library);
  g_signal_connect_object (workspace,
                           "notify::loading",
                           G_CALLBACK (look),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (lm_workspace_get_appointments (workspace),
                           "items-changed",
                           G_CALLBACK (appointments_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (lm_library_get_guides (library),
                           "items-changed",
                           G_CALLBACK (show_guides),
                           self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
