/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/guide/lm-guide-page.h"
#include "ui/guide/lm-guide-step-view.h"
#include "ui/guide/lm-passage-pane.h"
#include "ui/lm-main-view.h"
#include "ui/lm-toast.h"
#include "ui/lock/lm-return.h"
#include "ui/widgets/lm-parts.h"
#include "ui/widgets/lm-save-status.h"
#include "workspace/lm-guide-run.h"
#include "workspace/lm-phrases.h"
#include "workspace/lm-workspace-counts.h"
#include "workspace/lm-workspace-session.h"
#include "workspace/lm-workspace-tellings.h"

/* A guide, one calm page a step. What is answered is kept with each step; leaving in the middle
 * keeps a draft that Today offers again. */

struct _LmGuidePage
{
  AdwNavigationPage parent_instance;

  /* Template widgets */
  LmSaveStatus *save_status;
  AdwBanner *problem_banner;
  LmPassagePane *passage_pane;
  GtkStack *stack;
  GtkLabel *intro_title;
  GtkLabel *intro_purpose;
  GtkLabel *intro_why;
  GtkLabel *intro_references;
  GtkLabel *intro_not_when;
  GtkLabel *intro_notice;
  GtkButton *begin_button;
  GtkButton *short_button;
  GtkWidget *keep_button;
  GtkWidget *bottom_bar;
  GtkBox *dots_box;
  GtkWidget *back_button;
  GtkWidget *skip_button;
  GtkButton *next_button;

  /* Owned references */
  LmWorkspace *workspace;
  LmLibrary *library;
  LmGuide *guide;
  LmEntry *told;         /* nullable: what is told again */
  LmGuideRun *run;       /* nullable before the first page */
  GtkWidget *step_view;  /* borrowed from the stack */
  const char *waits_for; /* nullable: the guide that is better now */
  gboolean finished;
  gboolean introduced; /* of a guide that opens ready to type: what it is for was shown */
};

G_DEFINE_FINAL_TYPE (LmGuidePage, lm_guide_page, ADW_TYPE_NAVIGATION_PAGE)

/* Whether what the guide is for shows. */
static gboolean
is_introducing (LmGuidePage *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "intro") == 0;
}

/* Leaving ------------------------------------------------------------------------------------- */

static void
leave (LmGuidePage *self)
{
  GtkWidget *view = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);

  adw_navigation_view_pop (ADW_NAVIGATION_VIEW (view));
}

/* The page is gone by then: the window tells how it went. */
static void
finished_state_cb (LmDraft *draft, GParamSpec *pspec, GtkWidget *window)
{
  g_autofree char *problem = lm_save_status_problem (draft);

  if (lm_draft_get_state (draft) == LM_DRAFT_WRITING)
    return;
  g_signal_handlers_disconnect_by_func (draft, finished_state_cb, window);
  /* Who skipped every question left no entry to look for. */
  lm_toast (window,
            adw_toast_new (problem != NULL ? problem
                           : lm_draft_is_empty (draft)
                               ? _ ("Nothing was written, so nothing was kept.")
                               : _ ("Saved in your journal")));
}

/* Where they went was said when they were chosen. */
static void
carried_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) window = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LmUndo) undo =
      lm_workspace_change_session_finish (LM_WORKSPACE (source), result, &error);

  if (undo == NULL)
    lm_toast_error (window, error);
}

/* Puts those of the entries with these @ids into the tray that are not in it yet. */
static void
carry (LmGuidePage *self, const char *const *ids)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new ();

  for (guint i = 0; ids[i] != NULL; i++)
    {
      LmId id;
      LmEntry *entry =
          lm_id_parse (ids[i], -1, &id) ? lm_workspace_find_entry (self->workspace, &id) : NULL;

      if (entry != NULL && !lm_entry_get_record (entry)->in_tray)
        g_ptr_array_add (entries, entry);
    }
  if (entries->len > 0)
    lm_workspace_set_tray_async (self->workspace,
                                 entries,
                                 LM_TRAY_BRING,
                                 carried_cb,
                                 g_object_ref (gtk_widget_get_root (GTK_WIDGET (self))));
}

static void
finish (LmGuidePage *self)
{
  g_auto (GStrv) carried = lm_guide_run_list_carried (self->run);

  self->finished = TRUE;
  lm_guide_run_finish (self->run);
  carry (self, (const char *const *) carried);
  g_signal_connect_object (lm_guide_run_get_draft (self->run),
                           "notify::state",
                           G_CALLBACK (finished_state_cb),
                           gtk_widget_get_root (GTK_WIDGET (self)),
                           0);
  leave (self);
}

/* Gives the page the whole window, or only its place in it. */
static void
set_full (LmGuidePage *self, gboolean full)
{
  GtkWidget *view = gtk_widget_get_ancestor (GTK_WIDGET (self), LM_TYPE_MAIN_VIEW);

  if (view != NULL)
    lm_main_view_set_full (LM_MAIN_VIEW (view), full);
}

static void
lm_guide_page_shown (AdwNavigationPage *page)
{
  LmGuidePage *self = LM_GUIDE_PAGE (page);
  GtkButton *first = is_introducing (self) ? self->begin_button : self->next_button;

  gtk_widget_grab_focus (GTK_WIDGET (first));
  if (is_introducing (self))
    return;
  set_full (self,
            lm_guide_step_view_get_layout (LM_GUIDE_STEP_VIEW (self->step_view)) ==
                LM_GUIDE_STEP_FULL);
  lm_guide_step_view_focus (LM_GUIDE_STEP_VIEW (self->step_view));
}

/* Who stops early hears that nothing is lost, and of something lighter. */
static AdwToast *
left_toast (LmGuidePage *self)
{
  AdwToast *toast = adw_toast_new (_ ("Kept. You can go on from Today."));
  const char *id = lm_guide_get_stop (self->guide);
  LmGuide *lighter = id != NULL ? lm_library_find_guide (self->library, id) : NULL;

  if (lighter != NULL)
    {
      g_autofree char *title =
          lm_phrase_title (lm_guide_get_title (lighter), lm_guide_get_language (lighter));

      adw_toast_set_button_label (toast, title);
      adw_toast_set_action_name (toast, "win.open-guide");
      adw_toast_set_action_target_value (toast, g_variant_new_string (id));
    }
  return toast;
}

/* Whether another page only covers this one, as an entry that is looked at. */
static gboolean
is_below (LmGuidePage *self)
{
  GtkWidget *view = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);
  g_autoptr (GListModel) stack =
      view != NULL ? adw_navigation_view_get_navigation_stack (ADW_NAVIGATION_VIEW (view)) : NULL;

  for (guint i = 0; stack != NULL && i < g_list_model_get_n_items (stack); i++)
    {
      g_autoptr (AdwNavigationPage) page = g_list_model_get_item (stack, i);

      if (page == ADW_NAVIGATION_PAGE (self))
        return TRUE;
    }
  return FALSE;
}

static void
lm_guide_page_hidden (AdwNavigationPage *page)
{
  LmGuidePage *self = LM_GUIDE_PAGE (page);
  LmDraft *draft;

  set_full (self, FALSE);
  if (self->run == NULL || self->finished || is_below (self))
    return;
  draft = lm_guide_run_get_draft (self->run);
  if (!lm_draft_is_empty (draft))
    lm_toast (GTK_WIDGET (self), left_toast (self));
}

/* Showing a page ------------------------------------------------------------ */

static void
show_dots (LmGuidePage *self)
{
  guint n = lm_guide_run_n_pages (self->run), at = lm_guide_run_get_position (self->run);
  /* Translators: for screen readers */
  g_autofree char *label = g_strdup_printf (_ ("Page %1$u of %2$u"), at + 1, n);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->dots_box))) != NULL)
    gtk_box_remove (self->dots_box, child);
  for (guint i = 0; i < n; i++)
    {
      GtkWidget *dot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

      gtk_widget_add_css_class (dot, "lm-dot");
      if (i == at)
        gtk_widget_add_css_class (dot, "current");
      gtk_widget_set_valign (dot, GTK_ALIGN_CENTER);
      gtk_box_append (self->dots_box, dot);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->dots_box),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label,
                                  -1);
}

static void
show_buttons (LmGuidePage *self)
{
  LmGuideRunPage page = lm_guide_run_get_page (self->run);
  const LmGuideStep *step = lm_guide_run_get_step (self->run);
  gboolean end = page == LM_GUIDE_PAGE_END;
  LmGuideStepLayout layout = lm_guide_step_view_get_layout (LM_GUIDE_STEP_VIEW (self->step_view));

  gtk_widget_set_visible (self->bottom_bar,
                          page != LM_GUIDE_PAGE_GROUNDING && layout != LM_GUIDE_STEP_FULL);
  gtk_widget_set_visible (GTK_WIDGET (self->next_button), layout != LM_GUIDE_STEP_BEGINS);
  gtk_widget_set_sensitive (self->back_button, lm_guide_run_can_go_back (self->run));
  gtk_widget_set_visible (self->skip_button,
                          !end && (step == NULL || step->input != LM_INPUT_PAUSE));
  gtk_button_set_label (self->next_button, end ? _ ("_Finish") : _ ("_Next"));
  set_full (self, layout == LM_GUIDE_STEP_FULL);
}

/* Pages that slid away. */
static void
remove_old_pages (LmGuidePage *self)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->stack));

  if (gtk_stack_get_transition_running (self->stack))
    return;
  while (child != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      if (LM_IS_GUIDE_STEP_VIEW (child) && child != self->step_view)
        gtk_stack_remove (self->stack, child);
      child = next;
    }
}

static void next_cb (LmGuidePage *self);

static void
show_page (LmGuidePage *self, gboolean forward)
{
  lm_passage_pane_close (self->passage_pane);
  self->step_view = lm_guide_step_view_new (self->workspace, self->library, self->run);
  g_signal_connect_object (self->step_view, "go-on", G_CALLBACK (next_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->step_view, "stop", G_CALLBACK (leave), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->step_view,
                           "layout-changed",
                           G_CALLBACK (show_buttons),
                           self,
                           G_CONNECT_SWAPPED);
  gtk_stack_add_child (self->stack, self->step_view);
  gtk_stack_set_transition_type (self->stack,
                                 forward ? GTK_STACK_TRANSITION_TYPE_SLIDE_LEFT
                                         : GTK_STACK_TRANSITION_TYPE_SLIDE_RIGHT);
  gtk_stack_set_visible_child (self->stack, self->step_view);
  remove_old_pages (self);
  show_dots (self);
  show_buttons (self);
  lm_return_note_step (ADW_NAVIGATION_PAGE (self),
                       lm_guide_get_id (self->guide),
                       lm_guide_run_get_position (self->run),
                       lm_guide_run_is_short (self->run));
  lm_guide_step_view_focus (LM_GUIDE_STEP_VIEW (self->step_view));
}

/* Own words that are still being typed are taken when the focus leaves them. */
static void
settle (LmGuidePage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->next_button));
}

/* Whether the page that opened ready to type is done, and what the guide is for comes now. */
static gboolean
introduces (LmGuidePage *self)
{
  const LmGuideStep *step = lm_guide_run_get_step (self->run);

  /* A guide that does not even ask for the strength of feeling needs no introduction. */
  return !self->introduced && lm_guide_get_before (self->guide) != NULL && step != NULL &&
         g_strcmp0 (step->id, lm_guide_get_first (self->guide)) == 0;
}

/* What was caught is safe; now is the time to say what it goes on with, and when not to. */
static void
introduce (LmGuidePage *self)
{
  self->introduced = TRUE;
  gtk_stack_set_transition_type (self->stack, GTK_STACK_TRANSITION_TYPE_SLIDE_LEFT);
  gtk_stack_set_visible_child_name (self->stack, "intro");
  gtk_widget_set_visible (GTK_WIDGET (self->next_button), FALSE);
  gtk_widget_set_visible (self->skip_button, FALSE);
  gtk_widget_set_visible (self->keep_button,
                          !lm_draft_is_empty (lm_guide_run_get_draft (self->run)));
  gtk_widget_set_sensitive (self->back_button, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->begin_button));
}

static void
next_cb (LmGuidePage *self)
{
  settle (self);
  if (introduces (self))
    {
      lm_draft_flush (lm_guide_run_get_draft (self->run));
      introduce (self);
      return;
    }
  if (lm_guide_run_get_page (self->run) == LM_GUIDE_PAGE_END)
    {
      finish (self);
      return;
    }
  lm_guide_run_next (self->run);
  show_page (self, TRUE);
}

static void
skip_cb (LmGuidePage *self)
{
  next_cb (self);
}

static void
back_cb (LmGuidePage *self)
{
  settle (self);
  if (is_introducing (self))
    self->introduced = FALSE;
  else
    lm_guide_run_back (self->run);
  show_page (self, FALSE);
}

/* Beginning
 * ------------------------------------------------------------------------------------------- */

static void
draft_state_cb (LmGuidePage *self)
{
  LmDraft *draft = lm_guide_run_get_draft (self->run);
  g_autofree char *problem = lm_save_status_problem (draft);

  if (problem != NULL)
    adw_banner_set_title (self->problem_banner, problem);
  adw_banner_set_revealed (self->problem_banner, problem != NULL);
}

static void
take_run (LmGuidePage *self, LmGuideRun *run)
{
  LmDraft *draft = lm_guide_run_get_draft (run);

  self->run = run;
  lm_save_status_set_draft (self->save_status, draft);
  lm_return_note_draft (ADW_NAVIGATION_PAGE (self), draft);
  g_signal_connect_object (draft,
                           "notify::state",
                           G_CALLBACK (draft_state_cb),
                           self,
                           G_CONNECT_SWAPPED);
  show_page (self, TRUE);
}

static void
begin (LmGuidePage *self, gboolean is_short)
{
  g_autoptr (LmDraft) draft = self->told != NULL
                                  ? lm_workspace_tell_again (self->workspace, self->told)
                                  : lm_workspace_begin (self->workspace, NULL);

  take_run (self, lm_guide_run_new (self->guide, draft, is_short));
}

/* Goes on behind the page that opened ready to type, in the version that was chosen. */
static void
go_on (LmGuidePage *self, gboolean is_short)
{
  g_autoptr (LmGuideRun) before = self->run;

  self->run = lm_guide_run_new (self->guide, lm_guide_run_get_draft (before), is_short);
  lm_guide_run_go_to (self->run, 1);
  lm_draft_changed (lm_guide_run_get_draft (self->run));
  show_page (self, TRUE);
}

static void
begin_cb (LmGuidePage *self)
{
  if (self->waits_for != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-guide", "s", self->waits_for);
  else if (self->run != NULL)
    go_on (self, FALSE);
  else
    begin (self, FALSE);
}

static void
begin_short_cb (LmGuidePage *self)
{
  if (self->run != NULL)
    go_on (self, TRUE);
  else
    begin (self, TRUE);
}

static void
show_intro (LmGuidePage *self)
{
  g_autoptr (GString) references = g_string_new (NULL);
  const char *const *ids = lm_guide_get_references (self->guide);
  guint minutes = lm_guide_get_minutes (self->guide);
  guint short_minutes = lm_guide_get_short_minutes (self->guide);
  g_autofree char *begin_label = g_strdup_printf (
      /* Translators: how long a guide takes; with a space that does not break */
      ngettext ("Begin, about %u minute", "Begin, about %u minutes", minutes),
      minutes);
  g_autofree char *short_label = g_strdup_printf (
      /* Translators: how long a guide takes in short; with a space that does not break */
      ngettext ("Short version, %u minute", "Short version, %u minutes", short_minutes),
      short_minutes);

  for (guint i = 0; ids[i] != NULL; i++)
    {
      const LmReference *reference = lm_library_find_reference (self->library, ids[i]);
      g_autofree char *text = reference != NULL ? lm_reference_to_text (reference) : NULL;

      if (text != NULL)
        g_string_append_printf (references, "%s%s", i > 0 ? "\n" : "", text);
    }
  gtk_label_set_label (self->intro_title, lm_guide_get_title (self->guide));
  gtk_label_set_label (self->intro_purpose, lm_guide_get_purpose (self->guide));
  gtk_label_set_label (self->intro_why, lm_guide_get_why (self->guide));
  gtk_label_set_label (self->intro_references, references->str);
  gtk_label_set_label (self->intro_not_when, lm_guide_get_not_when (self->guide));
  if (lm_guide_get_notice (self->guide) != NULL)
    gtk_label_set_label (self->intro_notice, lm_guide_get_notice (self->guide));
  gtk_widget_set_visible (GTK_WIDGET (self->intro_notice),
                          lm_guide_get_notice (self->guide) != NULL);
  gtk_button_set_label (self->begin_button, begin_label);
  gtk_button_set_label (self->short_button, short_label);
  lm_button_wrap (self->begin_button);
  lm_button_wrap (self->short_button);
  lm_button_wrap (GTK_BUTTON (self->keep_button));
  gtk_widget_set_visible (GTK_WIDGET (self->short_button),
                          lm_guide_get_short_minutes (self->guide) > 0);
}

/* After hard entries it is better not to look for the thread: rest is, or a person, or something
 * lighter. */
static void
show_waiting (LmGuidePage *self)
{
  const char *id = lm_guide_get_stop (self->guide);
  LmGuide *lighter = id != NULL ? lm_library_find_guide (self->library, id) : NULL;

  if (!lm_workspace_guide_waits (self->workspace, self->guide))
    return;
  gtk_label_set_label (self->intro_notice,
                       _ ("The last three entries were hard. This look can wait, and nothing is "
                          "lost by it. Rest may be better now, or somebody to be with. Help now "
                          "has people and something to feel the ground again."));
  gtk_widget_set_visible (GTK_WIDGET (self->intro_notice), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->short_button), FALSE);
  gtk_button_set_use_underline (self->begin_button, lighter == NULL);
  if (lighter != NULL)
    {
      g_autofree char *label = g_strdup_printf (_ ("“%s” instead"), lm_guide_get_title (lighter));

      gtk_button_set_label (self->begin_button, label);
      self->waits_for = id;
    }
  else
    gtk_widget_set_visible (GTK_WIDGET (self->begin_button), FALSE);
}

static void
lm_guide_page_dispose (GObject *object)
{
  LmGuidePage *self = LM_GUIDE_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), LM_TYPE_GUIDE_PAGE);
  if (self->run != NULL)
    lm_draft_close (lm_guide_run_get_draft (self->run));
  g_clear_object (&self->run);
  g_clear_object (&self->guide);
  g_clear_object (&self->told);
  g_clear_object (&self->workspace);
  g_clear_object (&self->library);
  G_OBJECT_CLASS (lm_guide_page_parent_class)->dispose (object);
}

static void
lm_guide_page_class_init (LmGuidePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lm_guide_page_dispose;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = lm_guide_page_shown;
  ADW_NAVIGATION_PAGE_CLASS (klass)->hidden = lm_guide_page_hidden;
  g_type_ensure (LM_TYPE_SAVE_STATUS);
  g_type_ensure (LM_TYPE_PASSAGE_PANE);
  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/io/github/leitmotif_journal/Leitmotif/ui/guide/lm-guide-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LmGuidePage, save_status);
  gtk_widget_class_bind_template_child (widget_class, LmGuidePage, problem_banner);
  gtk_widget_class_bind_template_child (widget_class, LmGuidePage, passage_pane);
  gtk_widget_class_bind_template_child (widget_class, LmGuidePage, stack);
  gtk_widget_class_bind_template_child (widget_class, LmGuidePage, intro_title);
  gtk_widget_class_bind_template_child (widget_class, LmGuidePage, intro_purpose);
  gtk_widget_class_bind_template_child (widget_class, LmGuidePage, intro_why);
  gtk_widget_class_bind_template_child (widget_class, LmGuidePage, intro_references);
  gtk_widget_class_bind_template_child (widget_class, LmGuidePage, intro_not_when);
  gtk_widget_class_bind_template_child (widget_class, LmGuidePage, intro_notice);
  gtk_widget_class_bind_template_child (widget_class, LmGuidePage, begin_button);
  gtk_widget_class_bind_template_child (widget_class, LmGuidePage, short_button);
  gtk_widget_class_bind_template_child (widget_class, LmGuidePage, keep_button);
  gtk_widget_class_bind_template_child (widget_class, LmGuidePage, bottom_bar);
  gtk_widget_class_bind_template_child (widget_class, LmGuidePage, dots_box);
  gtk_widget_class_bind_template_child (widget_class, LmGuidePage, back_button);
  gtk_widget_class_bind_template_child (widget_class, LmGuidePage, skip_button);
  gtk_widget_class_bind_template_child (widget_class, LmGuidePage, next_button);
  gtk_widget_class_bind_template_callback (widget_class, begin_cb);
  gtk_widget_class_bind_template_callback (widget_class, begin_short_cb);
  gtk_widget_class_bind_template_callback (widget_class, finish);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, skip_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
}

static void
lm_guide_page_init (LmGuidePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->stack,
                           "notify::transition-running",
                           G_CALLBACK (remove_old_pages),
                           self,
                           G_CONNECT_SWAPPED);
}

static LmGuidePage *
page_new (LmWorkspace *workspace, LmLibrary *library, LmGuide *guide)
{
  LmGuidePage *self = g_object_new (LM_TYPE_GUIDE_PAGE, NULL);

  self->workspace = g_object_ref (workspace);
  self->library = g_object_ref (library);
  self->guide = g_object_ref (guide);
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), lm_guide_get_title (guide));
  lm_return_set_slow (GTK_WIDGET (self), TRUE);
  show_intro (self);
  return self;
}

/* Begins with what the guide is for, and when not to use it; or ready to type, where something has
 * to be caught at once. */
LmGuidePage *
lm_guide_page_new (LmWorkspace *workspace, LmLibrary *library, LmGuide *guide)
{
  LmGuidePage *self = page_new (workspace, library, guide);

  if (lm_guide_get_first (guide) != NULL)
    begin (self, FALSE);
  else
    show_waiting (self);
  return self;
}

/* Begins to tell again what was told in @entry, with the guide of then. */
LmGuidePage *
lm_guide_page_new_again (LmWorkspace *workspace, LmLibrary *library, LmEntry *entry)
{
  LmGuide *guide = lm_library_find_guide (library, lm_entry_get_record (entry)->guide);
  LmGuidePage *self = page_new (workspace, library, guide);
  g_autofree char *day = lm_phrase_day_with_year (lm_entry_get_created (entry));
  g_autofree char *notice = g_strdup_printf (
      /* Translators: %s is a day, as in "Monday, 23 November 2026" */
      _ ("You told it on %s. Tell it as it looks today, without looking it up. The "
         "earlier telling stays as it is, and you can see both side by side "
         "afterwards."),
      day);

  self->told = g_object_ref (entry);
  gtk_label_set_label (self->intro_notice, notice);
  gtk_widget_set_visible (GTK_WIDGET (self->intro_notice), TRUE);
  return self;
}

/**
 * lm_guide_page_new_at:
 * @draft: what was answered so far
 * @resume: whether to go on behind the last answer, rather than from the first page
 */
LmGuidePage *
lm_guide_page_new_at (
    LmWorkspace *workspace, LmLibrary *library, LmGuide *guide, LmDraft *draft, gboolean resume)
{
  LmGuidePage *self = page_new (workspace, library, guide);

  LmGuideRun *run =
      resume ? lm_guide_run_resume (guide, draft) : lm_guide_run_new (guide, draft, FALSE);
  gboolean caught = resume && lm_guide_get_first (guide) != NULL &&
                    lm_guide_get_before (guide) != NULL && lm_guide_run_get_position (run) == 1;

  self->introduced = TRUE;
  if (caught)
    lm_guide_run_go_to (run, 0);
  take_run (self, run);
  /* There is nothing yet but what was caught. */
  if (caught)
    introduce (self);
  return self;
}

/**
 * lm_guide_page_new_at_step:
 * @draft: what was answered so far
 * @step: the page to show, from 0
 * @is_short: whether it is the short version
 */
LmGuidePage *
lm_guide_page_new_at_step (LmWorkspace *workspace,
                           LmLibrary *library,
                           LmGuide *guide,
                           LmDraft *draft,
                           guint step,
                           gboolean is_short)
{
  LmGuidePage *self = page_new (workspace, library, guide);
  LmGuideRun *run = lm_guide_run_new (guide, draft, is_short);

  lm_guide_run_go_to (run, step);
  self->introduced = step > 0;
  take_run (self, run);
  return self;
}
