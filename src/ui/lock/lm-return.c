/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/guide/lm-guide-page.h"
#include "ui/journal/lm-row-focus.h"
#include "ui/journal/lm-write-page.h"
#include "ui/lock/lm-return.h"

/* Where somebody was when the journal was locked. No word of theirs is in it: names of places and
 * of guides, ids, and numbers. What was typed into a search is not come back to. */

/* The place, whether its pages show, and each page above its first: action, target, guide, step,
 * short version, which field (from 1; 0 for none), how many characters are before the cursor. Then
 * the entry whose row has the keyboard; "" if none has. */
#define WHERE G_VARIANT_TYPE ("(sba(sssubuu)s)")
#define DRAFT "draft"

#define NOTE "lm-return-note"
#define SLOW "lm-return-slow"
#define GO   "lm-return-go"

typedef struct
{
  char *action; /* nullable */
  char *target;
  char *draft; /* nullable: an id */
  char *guide;
  guint step;
  gboolean is_short;
} Note;

static void
note_free (gpointer data)
{
  Note *note = data;

  g_free (note->action);
  g_free (note->target);
  g_free (note->draft);
  g_free (note->guide);
  g_free (note);
}

static Note *
note_of (AdwNavigationPage *page)
{
  Note *note = g_object_get_data (G_OBJECT (page), NOTE);

  if (note == NULL)
    {
      note = g_new0 (Note, 1);
      g_object_set_data_full (G_OBJECT (page), NOTE, note, note_free);
    }
  return note;
}

/* The page came of the main view's @action with @target. */
void
lm_return_note_action (AdwNavigationPage *page, const char *action, const char *target)
{
  Note *note = note_of (page);

  g_set_str (&note->action, action);
  g_set_str (&note->target, target);
}

/* The page writes in @draft, whatever opened it. */
void
lm_return_note_draft (AdwNavigationPage *page, LmDraft *draft)
{
  g_set_str (&note_of (page)->draft, lm_id_format (lm_draft_get_id (draft)).digits);
}

/* The page is at a step of a guide. */
void
lm_return_note_step (AdwNavigationPage *page, const char *guide, guint step, gboolean is_short)
{
  Note *note = note_of (page);

  g_set_str (&note->guide, guide);
  note->step = step;
  note->is_short = is_short;
}

void
lm_return_set_slow (GtkWidget *page, gboolean slow)
{
  g_object_set_data (G_OBJECT (page), SLOW, GINT_TO_POINTER (slow));
}

/* Whether the page that shows is one on which people think for long. */
gboolean
lm_return_is_slow (LmMainView *view)
{
  AdwNavigationPage *page = adw_navigation_view_get_visible_page (lm_main_view_get_pages (view));

  return page != NULL && g_object_get_data (G_OBJECT (page), SLOW) != NULL;
}

/* The cursor --------------------------------------------------------------------------------- */

static void
collect_fields (GtkWidget *widget, GPtrArray *fields)
{
  if (GTK_IS_TEXT_VIEW (widget) || GTK_IS_TEXT (widget))
    {
      g_ptr_array_add (fields, widget);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_visible (child))
      collect_fields (child, fields);
}

/* Where the cursor is: in the field that has it, or else in the page's first text. */
static void
find_cursor (AdwNavigationPage *page, guint *field, guint *offset)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *found = NULL;

  *field = *offset = 0;
  collect_fields (GTK_WIDGET (page), fields);
  for (guint i = 0; i < fields->len; i++)
    if (fields->pdata[i] == focus || (found == NULL && GTK_IS_TEXT_VIEW (fields->pdata[i])))
      {
        found = fields->pdata[i];
        *field = i + 1;
        if (found == focus)
          break;
      }
  if (GTK_IS_TEXT_VIEW (found))
    {
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (found));
      GtkTextIter at;

      gtk_text_buffer_get_iter_at_mark (buffer, &at, gtk_text_buffer_get_insert (buffer));
      *offset = (guint) gtk_text_iter_get_offset (&at);
    }
  else if (found != NULL)
    *offset = (guint) gtk_editable_get_position (GTK_EDITABLE (found));
}

static void
set_cursor (AdwNavigationPage *page, guint field, guint offset)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  GtkWidget *found;

  collect_fields (GTK_WIDGET (page), fields);
  if (field == 0 || field > fields->len)
    return;
  found = fields->pdata[field - 1];
  gtk_widget_grab_focus (found);
  if (GTK_IS_TEXT_VIEW (found))
    {
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (found));
      GtkTextIter at;

      gtk_text_buffer_get_iter_at_offset (buffer, &at, (int) MIN (offset, G_MAXINT));
      gtk_text_buffer_place_cursor (buffer, &at);
      gtk_text_view_scroll_mark_onscreen (GTK_TEXT_VIEW (found),
                                          gtk_text_buffer_get_insert (buffer));
    }
  else
    gtk_editable_set_position (GTK_EDITABLE (found), (int) MIN (offset, G_MAXINT));
}

/* Noting -------------------------------------------------------------------------------------- */

/* Returns: (transfer full): where @view is */
GVariant *
lm_return_where (LmMainView *view)
{
  g_autoptr (GListModel) stack =
      adw_navigation_view_get_navigation_stack (lm_main_view_get_pages (view));
  GVariantBuilder pages = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(sssubuu)"));
  LmEntry *row = lm_row_focus_get (GTK_WIDGET (lm_main_view_get_pages (view)));

  for (guint i = 1; i < g_list_model_get_n_items (stack); i++)
    {
      g_autoptr (AdwNavigationPage) page = g_list_model_get_item (stack, i);
      Note *note = note_of (page);
      guint field, offset;

      /* A page that cannot be found again: the one before it will do. */
      if (note->action == NULL && note->draft == NULL)
        break;
      find_cursor (page, &field, &offset);
      g_variant_builder_add (&pages,
                             "(sssubuu)",
                             note->draft != NULL ? DRAFT : note->action,
                             note->draft != NULL    ? note->draft
                             : note->target != NULL ? note->target
                                                    : "",
                             note->guide != NULL ? note->guide : "",
                             note->step,
                             note->is_short,
                             field,
                             offset);
    }
  return g_variant_ref_sink (
      g_variant_new ("(sb@a(sssubuu)s)",
                     lm_main_view_get_place (view),
                     lm_main_view_get_show_content (view),
                     g_variant_builder_end (&pages),
                     row != NULL ? lm_id_format (lm_entry_get_id (row)).digits : ""));
}

/* Returns: (transfer full) (nullable): what lm_return_where () noted in another process; %NULL if
 * @bytes are something else */
GVariant *
lm_return_read (GBytes *bytes)
{
  g_autoptr (GVariant) where = g_variant_ref_sink (g_variant_new_from_bytes (WHERE, bytes, FALSE));

  return g_variant_is_normal_form (where) ? g_steal_pointer (&where) : NULL;
}

/* Going back ----------------------------------------------------------------------------------- */

typedef struct
{
  guint field;
  guint offset;
} Cursor;

static void
shown_cb (AdwNavigationPage *page, Cursor *cursor)
{
  Cursor at = *cursor;

  g_signal_handlers_disconnect_by_func (page, shown_cb, cursor);
  set_cursor (page, at.field, at.offset);
}

static void
cursor_free (gpointer data, GClosure *closure)
{
  g_free (data);
}

static LmEntry *
find_draft (LmWorkspace *workspace, const LmId *id)
{
  GListModel *drafts = lm_workspace_get_drafts (workspace);

  for (guint i = 0; i < g_list_model_get_n_items (drafts); i++)
    {
      g_autoptr (LmEntry) draft = g_list_model_get_item (drafts, i);

      if (lm_id_equal (lm_entry_get_id (draft), id))
        return draft; /* the list keeps it */
    }
  return NULL;
}

/* Returns: (transfer full): what was written under @id: what could not be saved, or what is in a
 * draft, or in an entry; something new if nothing was written yet */
static LmDraft *
open_draft (LmWorkspace *workspace, const LmId *id, gboolean in_guide)
{
  LmDraft *draft = lm_workspace_take_back (workspace, id);
  LmEntry *entry;

  if (draft != NULL)
    return draft;
  entry = find_draft (workspace, id);
  if (entry == NULL)
    return lm_workspace_begin (workspace, lm_workspace_find_entry (workspace, id));
  draft = lm_workspace_continue (workspace, entry);
  /* What was left over becomes an entry now. */
  if (!in_guide)
    lm_draft_changed (draft);
  return draft;
}

static AdwNavigationPage *
make_writing (LmWorkspace *workspace,
              LmLibrary *library,
              const char *target,
              const char *guide_id,
              guint step,
              gboolean is_short)
{
  LmGuide *guide = guide_id[0] != '\0' ? lm_library_find_guide (library, guide_id) : NULL;
  g_autoptr (LmDraft) draft = NULL;
  LmId id;

  if (!lm_id_parse (target, -1, &id))
    return NULL;
  draft = open_draft (workspace, &id, guide != NULL);
  if (guide != NULL)
    return ADW_NAVIGATION_PAGE (
        lm_guide_page_new_at_step (workspace, library, guide, draft, step, is_short));
  return ADW_NAVIGATION_PAGE (lm_write_page_new (workspace, draft));
}

/* The keyboard goes to the row that had it, if nobody has begun to use it elsewhere meanwhile: the
 * list of places is where it begins. */
static void
go_to_row (LmMainView *view, const char *digits)
{
  GtkWidget *pages = GTK_WIDGET (lm_main_view_get_pages (view));
  AdwNavigationPage *page = adw_navigation_view_get_visible_page (ADW_NAVIGATION_VIEW (pages));
  GtkRoot *root = gtk_widget_get_root (pages);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  LmId id;

  if (focus != NULL &&
      (!gtk_widget_is_ancestor (focus, GTK_WIDGET (view)) || gtk_widget_is_ancestor (focus, pages)))
    return;
  if (lm_id_parse (digits, -1, &id))
    lm_row_focus_set (GTK_WIDGET (page), &id);
}

static void
go (LmMainView *view, LmWorkspace *workspace, LmLibrary *library, GVariant *where)
{
  AdwNavigationView *pages = lm_main_view_get_pages (view);
  g_autoptr (GListModel) stack = adw_navigation_view_get_navigation_stack (pages);
  g_autoptr (GVariantIter) iter = NULL;
  const char *place, *action, *target, *guide, *row;
  guint step, field, offset;
  gboolean show_content, is_short;

  g_variant_get (where, "(&sba(sssubuu)&s)", &place, &show_content, &iter, &row);
  /* The person went elsewhere meanwhile. */
  if (g_strcmp0 (lm_main_view_get_place (view), place) != 0 || g_list_model_get_n_items (stack) > 1)
    return;
  adw_navigation_view_set_animate_transitions (pages, FALSE);
  while (g_variant_iter_next (iter,
                              "(&s&s&subuu)",
                              &action,
                              &target,
                              &guide,
                              &step,
                              &is_short,
                              &field,
                              &offset))
    {
      AdwNavigationPage *before = adw_navigation_view_get_visible_page (pages), *page;
      Cursor *cursor;

      if (g_str_equal (action, DRAFT))
        {
          page = make_writing (workspace, library, target, guide, step, is_short);
          if (page != NULL)
            adw_navigation_view_push (pages, page);
        }
      else
        lm_main_view_activate (view, action, target);
      page = adw_navigation_view_get_visible_page (pages);
      /* It is not there any more. */
      if (page == before)
        break;
      cursor = g_new (Cursor, 1);
      *cursor = (Cursor) { field, offset };
      g_signal_connect_data (page,
                             "shown",
                             G_CALLBACK (shown_cb),
                             cursor,
                             cursor_free,
                             G_CONNECT_AFTER);
      if (gtk_widget_get_mapped (GTK_WIDGET (page)))
        set_cursor (page, field, offset);
    }
  adw_navigation_view_set_animate_transitions (pages, TRUE);
  lm_main_view_set_show_content (view, show_content);
  go_to_row (view, row);
}

typedef struct
{
  LmWorkspace *workspace;
  LmLibrary *library;
  GVariant *where;
} Go;

static void
go_free (gpointer data, GClosure *closure)
{
  Go *later = data;

  g_object_unref (later->workspace);
  g_object_unref (later->library);
  g_variant_unref (later->where);
  g_free (later);
}

static void
loaded_cb (LmMainView *view)
{
  Go *later = g_object_get_data (G_OBJECT (view), GO);
  g_autoptr (LmMainView) kept = g_object_ref (view);

  if (later == NULL || lm_workspace_get_loading (later->workspace))
    return;
  g_object_steal_data (G_OBJECT (view), GO);
  go (view, later->workspace, later->library, later->where);
  go_free (later, NULL);
}

static void
drop_go (gpointer data)
{
  go_free (data, NULL);
}

/**
 * lm_return_go:
 * @where: from lm_return_where () or lm_return_read ()
 *
 * Goes back there; to the pages when everything has arrived.
 */
void
lm_return_go (LmMainView *view, LmWorkspace *workspace, LmLibrary *library, GVariant *where)
{
  Go *later = g_new (Go, 1);
  const char *place;

  *later = (Go) { g_object_ref (workspace), g_object_ref (library), g_variant_ref (where) };
  g_variant_get_child (where, 0, "&s", &place);
  lm_main_view_activate (view, "place", place);
  g_object_set_data_full (G_OBJECT (view), GO, later, drop_go);
  g_signal_connect_object (workspace,
                           "notify::loading",
                           G_CALLBACK (loaded_cb),
                           view,
                           G_CONNECT_SWAPPED);
  loaded_cb (view);
}
