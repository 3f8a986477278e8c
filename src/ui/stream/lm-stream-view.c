/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/guide/lm-passage-pane.h"
#include "ui/stream/lm-screen-reader.h"
#include "ui/stream/lm-stream-area.h"
#include "ui/stream/lm-stream-view.h"
#include "ui/widgets/lm-text-area.h"
#include "workspace/lm-phrases.h"
#include "workspace/lm-settings.h"

#define TICK_MS         500
#define USUAL_MINUTES   10
#define MINUTE_MS       60000
#define PROGRESS_MAX    1000
#define MINUTES_OF_LIST "minutes"

struct _LmStreamView
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkStack *stack;
  GtkLabel *question_label;
  GtkLabel *help_label;
  GtkListBox *minutes_list;
  GtkWidget *correcting_row;
  AdwBin *passage_bin;
  GtkProgressBar *time_bar;
  LmStreamArea *area;
  GtkWidget *held_label;
  GtkRevealer *time_up;
  GtkLabel *time_up_label;
  GtkWidget *correcting_button;
  GtkLabel *after_question_label;
  GtkLabel *summary_label;
  LmTextArea *after_area;

  LmWorkspace *workspace;
  LmLibrary *library;
  LmGuideRun *run;
  const LmGuideStep *step; /* the guide has it */
  LmStream *stream;
  GtkCheckButton *first_choice; /* borrowed; leads the group */
  gint64 minute;                /* in milliseconds; shorter in tests */
  guint timer;
  gboolean filling; /* what changes now is not the person's doing */
};

G_DEFINE_FINAL_TYPE (LmStreamView, lm_stream_view, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_ENDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static LmContent *
content_of (LmStreamView *self)
{
  return lm_draft_get_content (lm_guide_run_get_draft (self->run));
}

/* Whether the run is still at this step; it is too late otherwise. */
static gboolean
is_current (LmStreamView *self)
{
  return lm_guide_run_get_step (self->run) == self->step;
}

/* Returns: whether it was begun, and ended */
LmStreamState
lm_stream_view_get_state (LmStreamView *self)
{
  return lm_stream_check (self->stream);
}

/* A minute of this clock may be shorter, in tests. */
static gint64
time_cb (gpointer data)
{
  LmStreamView *self = data;

  return lm_stream_system_time (NULL) * MINUTE_MS / self->minute;
}

/* While it runs ------------------------------------------------------------------------------ */

static void
show_time_up (LmStreamView *self, gboolean shown)
{
  if (gtk_revealer_get_reveal_child (self->time_up) == shown)
    return;
  gtk_revealer_set_reveal_child (self->time_up, shown);
  if (shown)
    gtk_accessible_announce (GTK_ACCESSIBLE (self),
                             gtk_label_get_label (self->time_up_label),
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
look (LmStreamView *self)
{
  LmStreamState state = lm_stream_check (self->stream);
  int progress = lm_stream_get_progress (self->stream);

  gtk_widget_set_visible (GTK_WIDGET (self->time_bar), progress >= 0);
  gtk_progress_bar_set_fraction (self->time_bar, MAX (progress, 0) / (double) PROGRESS_MAX);
  lm_stream_area_set_resting (self->area, lm_stream_is_resting (self->stream));
  show_time_up (self, state == LM_STREAM_TIME_UP);
}

static gboolean
tick_cb (gpointer data)
{
  look (data);
  return G_SOURCE_CONTINUE;
}

static gboolean
is_running (LmStreamView *self)
{
  return lm_content_stream_is_running (content_of (self));
}

/* The time goes on while somebody can see the page. */
static void
start_time (LmStreamView *self)
{
  if (!is_running (self) || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  lm_stream_resume (self->stream);
  if (self->timer == 0)
    self->timer = g_timeout_add (TICK_MS, tick_cb, self);
  look (self);
}

/* Everything is to be saved now: the silence until here as well. */
static void
keep_time (LmStreamView *self)
{
  if (!is_running (self) || !is_current (self))
    return;
  lm_stream_keep (self->stream);
  lm_guide_run_changed (self->run);
}

static void
stop_time (LmStreamView *self)
{
  keep_time (self);
  g_clear_handle_id (&self->timer, g_source_remove);
  lm_stream_suspend (self->stream);
}

static void
typed_cb (LmStreamView *self)
{
  g_autofree char *text = NULL;

  if (self->filling || !is_current (self))
    return;
  text = lm_stream_buffer_get_all (lm_stream_area_get_buffer (self->area));
  lm_stream_set_text (self->stream, text);
  lm_guide_run_changed (self->run);
  lm_stream_area_set_resting (self->area, FALSE);
  gtk_widget_set_visible (self->held_label, FALSE);
}

static void
composing_cb (LmStreamView *self)
{
  if (is_running (self))
    lm_stream_composing (self->stream);
}

static void
held_cb (LmStreamView *self)
{
  gtk_widget_set_visible (self->held_label, TRUE);
}

static void
correcting_cb (LmStreamView *self)
{
  gboolean correcting =
      g_settings_get_boolean (lm_workspace_get_settings (self->workspace), LM_SETTING_CORRECTING);

  lm_stream_buffer_set_correcting (lm_stream_area_get_buffer (self->area), correcting);
  gtk_widget_set_visible (self->held_label, FALSE);
}

/* Which part shows ---------------------------------------------------------------------------- */

static void
show_summary (LmStreamView *self)
{
  g_autoptr (GArray) pauses = lm_content_pauses (content_of (self));
  g_autofree char *text =
      lm_phrase_wrote (lm_content_stream_seconds (content_of (self)), pauses->len);

  gtk_label_set_label (self->summary_label, text);
}

static void
show_part (LmStreamView *self)
{
  LmContent *content = content_of (self);

  self->filling = TRUE;
  switch (lm_stream_check (self->stream))
    {
    case LM_STREAM_RUNNING:
    case LM_STREAM_TIME_UP:
      lm_stream_buffer_load (lm_stream_area_get_buffer (self->area),
                             lm_content_stream_text (content));
      correcting_cb (self);
      gtk_stack_set_visible_child_name (self->stack, "running");
      break;
    case LM_STREAM_ENDED:
      show_summary (self);
      lm_text_area_set_text (self->after_area, lm_content_stream_text (content));
      gtk_stack_set_visible_child_name (self->stack, "after");
      break;
    case LM_STREAM_NEW:
    default:
      gtk_stack_set_visible_child_name (self->stack, "before");
      break;
    }
  self->filling = FALSE;
  start_time (self);
}

/* Shows what has begun, with the cursor in it. */
static void
show_running (LmStreamView *self)
{
  lm_guide_run_changed (self->run);
  show_part (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  gtk_widget_grab_focus (GTK_WIDGET (self->area));
}

static guint
chosen_minutes (LmStreamView *self)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->minutes_list)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *button = adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row));

      if (gtk_check_button_get_active (GTK_CHECK_BUTTON (button)))
        return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), MINUTES_OF_LIST));
    }
  return 0;
}

static void
begin_cb (LmStreamView *self)
{
  if (!is_current (self))
    return;
  lm_stream_begin (self->stream, chosen_minutes (self));
  show_running (self);
}

static void
go_on_cb (LmStreamView *self)
{
  lm_stream_go_on (self->stream);
  lm_guide_run_changed (self->run);
  look (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->area));
}

static void
write_on_cb (LmStreamView *self)
{
  if (!is_current (self))
    return;
  lm_stream_go_on (self->stream);
  show_running (self);
}

static void
end_cb (LmStreamView *self)
{
  if (!is_current (self))
    return;
  lm_stream_end (self->stream);
  g_clear_handle_id (&self->timer, g_source_remove);
  lm_guide_run_changed (self->run);
  g_signal_emit (self, signals[SIGNAL_ENDED], 0);
}

static void
after_changed_cb (LmStreamView *self)
{
  g_autofree char *text = NULL;

  if (self->filling || !is_current (self))
    return;
  text = lm_text_area_get_text (self->after_area);
  lm_content_set_stream_text (content_of (self), text, NULL);
  lm_guide_run_changed (self->run);
}

/* The parts themselves ------------------------------------------------------------------------ */

static void
add_minutes (LmStreamView *self, guint minutes, gboolean chosen)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_check_button_new ();
  g_autofree char *label =
      minutes > 0 ? lm_phrase_minutes (minutes) : g_strdup (_ ("Without an end, until I stop"));

  g_object_set_data (G_OBJECT (button), MINUTES_OF_LIST, GUINT_TO_POINTER (minutes));
  if (self->first_choice == NULL)
    self->first_choice = GTK_CHECK_BUTTON (button);
  else
    gtk_check_button_set_group (GTK_CHECK_BUTTON (button), self->first_choice);
  if (chosen)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (button), TRUE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label,
                                  -1);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  gtk_list_box_append (self->minutes_list, row);
}

static void
fill_minutes (LmStreamView *self)
{
  guint chosen = self->step->minutes[0];

  for (guint i = 0; self->step->minutes[i] != 0; i++)
    if (self->step->minutes[i] == USUAL_MINUTES)
      chosen = USUAL_MINUTES;
  for (guint i = 0; self->step->minutes[i] != 0; i++)
    add_minutes (self, self->step->minutes[i], self->step->minutes[i] == chosen);
  if (self->step->open)
    add_minutes (self, 0, chosen == 0);
}

static void
fill (LmStreamView *self)
{
  const LmGuideStep *step = self->step;

  gtk_label_set_label (self->question_label, step->question);
  gtk_label_set_label (self->after_question_label, step->question);
  if (step->help != NULL)
    gtk_label_set_label (self->help_label, step->help);
  gtk_widget_set_visible (GTK_WIDGET (self->help_label), step->help != NULL);
  if (step->article != NULL)
    adw_bin_set_child (self->passage_bin,
                       lm_passage_button_new (self->library, step->article, step->section));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->area),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  step->question,
                                  -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->after_area),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  step->question,
                                  -1);
  fill_minutes (self);
}

static void
lm_stream_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lm_stream_view_parent_class)->map (widget);
  start_time (LM_STREAM_VIEW (widget));
}

static void
lm_stream_view_unmap (GtkWidget *widget)
{
  stop_time (LM_STREAM_VIEW (widget));
  GTK_WIDGET_CLASS (lm_stream_view_parent_class)->unmap (widget);
}

static void
lm_stream_view_dispose (GObject *object)
{
  LmStreamView *self = LM_STREAM_VIEW (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  /* The bin must let go of its child before the template does. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), LM_TYPE_STREAM_VIEW);
  g_clear_object (&self->workspace);
  g_clear_object (&self->library);
  g_clear_object (&self->run);
  G_OBJECT_CLASS (lm_stream_view_parent_class)->dispose (object);
}

static void
lm_stream_view_finalize (GObject *object)
{
  lm_stream_free (LM_STREAM_VIEW (object)->stream);
  G_OBJECT_CLASS (lm_stream_view_parent_class)->finalize (object);
}

static guint
new_signal (GType type, const char *name)
{
  return g_signal_new (name, type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lm_stream_view_class_init (LmStreamViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lm_stream_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = lm_stream_view_finalize;
  widget_class->map = lm_stream_view_map;
  widget_class->unmap = lm_stream_view_unmap;
  g_type_ensure (LM_TYPE_STREAM_AREA);
  g_type_ensure (LM_TYPE_TEXT_AREA);
  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/io/github/leitmotif_journal/Leitmotif/ui/stream/lm-stream-view.ui");
  gtk_widget_class_bind_template_child (widget_class, LmStreamView, stack);
  gtk_widget_class_bind_template_child (widget_class, LmStreamView, question_label);
  gtk_widget_class_bind_template_child (widget_class, LmStreamView, help_label);
  gtk_widget_class_bind_template_child (widget_class, LmStreamView, minutes_list);
  gtk_widget_class_bind_template_child (widget_class, LmStreamView, correcting_row);
  gtk_widget_class_bind_template_child (widget_class, LmStreamView, passage_bin);
  gtk_widget_class_bind_template_child (widget_class, LmStreamView, time_bar);
  gtk_widget_class_bind_template_child (widget_class, LmStreamView, area);
  gtk_widget_class_bind_template_child (widget_class, LmStreamView, held_label);
  gtk_widget_class_bind_template_child (widget_class, LmStreamView, time_up);
  gtk_widget_class_bind_template_child (widget_class, LmStreamView, time_up_label);
  gtk_widget_class_bind_template_child (widget_class, LmStreamView, correcting_button);
  gtk_widget_class_bind_template_child (widget_class, LmStreamView, after_question_label);
  gtk_widget_class_bind_template_child (widget_class, LmStreamView, summary_label);
  gtk_widget_class_bind_template_child (widget_class, LmStreamView, after_area);
  gtk_widget_class_bind_template_callback (widget_class, begin_cb);
  gtk_widget_class_bind_template_callback (widget_class, go_on_cb);
  gtk_widget_class_bind_template_callback (widget_class, write_on_cb);
  gtk_widget_class_bind_template_callback (widget_class, end_cb);
  signals[SIGNAL_CHANGED] = new_signal (G_TYPE_FROM_CLASS (klass), "changed");
  signals[SIGNAL_ENDED] = new_signal (G_TYPE_FROM_CLASS (klass), "ended");
}

static void
lm_stream_view_init (LmStreamView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  lm_screen_reader_look ();
  self->minute = MINUTE_MS;
#if LM_DEVEL
  if (g_getenv ("LEITMOTIF_MINUTE") != NULL)
    self->minute = MAX (g_ascii_strtoll (g_getenv ("LEITMOTIF_MINUTE"), NULL, 10), 1);
#endif
}

static void
connect (LmStreamView *self)
{
  GSettings *settings = lm_workspace_get_settings (self->workspace);

  g_settings_bind (settings,
                   LM_SETTING_CORRECTING,
                   self->correcting_row,
                   "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings,
                   LM_SETTING_CORRECTING,
                   self->correcting_button,
                   "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (settings,
                           "changed::" LM_SETTING_CORRECTING,
                           G_CALLBACK (correcting_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->workspace,
                           "flush",
                           G_CALLBACK (keep_time),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (lm_stream_area_get_buffer (self->area),
                           "changed",
                           G_CALLBACK (typed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->area,
                           "preedit-changed",
                           G_CALLBACK (composing_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->area, "held", G_CALLBACK (held_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->after_area)),
                           "changed",
                           G_CALLBACK (after_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
}

/* Shows the step that @run is at, as far as it has come. */
GtkWidget *
lm_stream_view_new (LmWorkspace *workspace, LmLibrary *library, LmGuideRun *run)
{
  LmStreamView *self = g_object_new (LM_TYPE_STREAM_VIEW, NULL);

  self->workspace = g_object_ref (workspace);
  self->library = g_object_ref (library);
  self->run = g_object_ref (run);
  self->step = lm_guide_run_get_step (run);
  self->stream =
      lm_stream_new (content_of (self), self->step->id, self->step->question, time_cb, self);
  lm_text_area_set_workspace (self->after_area, workspace);
  fill (self);
  connect (self);
  show_part (self);
  return GTK_WIDGET (self);
}
