/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <gtk/gtkimmodule.h>

#include "base/lm-json.h"
#include "lm-test-workspace.h"
#include "ui/stream/lm-stream-area.h"
#include "ui/stream/lm-stream-view.h"

/* Writing without deleting, before an input method of the test's own: what is committed stays,
 * whatever an input method, the clipboard or a drag asks for; what is being composed changes as it
 * likes. And the program may end in the middle of it. */

/* An input method that does what it is told --------------------------------------------------- */

#define LM_TYPE_TEST_INPUT (lm_test_input_get_type ())
G_DECLARE_FINAL_TYPE (LmTestInput, lm_test_input, LM, TEST_INPUT, GtkIMContext)

struct _LmTestInput
{
  GtkIMContext parent_instance;

  char *composing;
  char *around; /* what it was last told to stand around the cursor */
  int cursor;   /* in that, in bytes */
};

G_DEFINE_FINAL_TYPE (LmTestInput, lm_test_input, GTK_TYPE_IM_CONTEXT)

static LmTestInput *input; /* the last one that was made */

static void
lm_test_input_get_preedit_string (GtkIMContext *context,
                                  char **text,
                                  PangoAttrList **attributes,
                                  int *cursor)
{
  LmTestInput *self = LM_TEST_INPUT (context);

  if (text != NULL)
    *text = g_strdup (self->composing);
  if (attributes != NULL)
    *attributes = pango_attr_list_new ();
  if (cursor != NULL)
    *cursor = (int) g_utf8_strlen (self->composing, -1);
}

static void
lm_test_input_set_surrounding (
    GtkIMContext *context, const char *text, int length, int cursor, int anchor)
{
  LmTestInput *self = LM_TEST_INPUT (context);

  g_free (self->around);
  self->around = length < 0 ? g_strdup (text) : g_strndup (text, (gsize) length);
  self->cursor = cursor;
}

static void
lm_test_input_finalize (GObject *object)
{
  LmTestInput *self = LM_TEST_INPUT (object);

  g_free (self->composing);
  g_free (self->around);
  if (input == self)
    input = NULL;
  G_OBJECT_CLASS (lm_test_input_parent_class)->finalize (object);
}

static void
lm_test_input_class_init (LmTestInputClass *klass)
{
  GtkIMContextClass *context_class = GTK_IM_CONTEXT_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = lm_test_input_finalize;
  context_class->get_preedit_string = lm_test_input_get_preedit_string;
  context_class->set_surrounding_with_selection = lm_test_input_set_surrounding;
}

static void
lm_test_input_init (LmTestInput *self)
{
  self->composing = g_strdup ("");
  input = self;
}

static void
compose (const char *text)
{
  gboolean was_nothing = input->composing[0] == '\0';

  g_free (input->composing);
  input->composing = g_strdup (text);
  if (was_nothing)
    g_signal_emit_by_name (input, "preedit-start");
  g_signal_emit_by_name (input, "preedit-changed");
  if (text[0] == '\0')
    g_signal_emit_by_name (input, "preedit-end");
}

static void
commit (const char *text)
{
  if (input->composing[0] != '\0')
    compose ("");
  g_signal_emit_by_name (input, "commit", text);
}

/* Asks for @n characters to go, from @offset from the cursor on. */
static void
take_back (int offset, int n)
{
  gboolean done;

  g_signal_emit_by_name (input, "delete-surrounding", offset, n, &done);
}

/* What stands before the cursor, as far as the input method was told. */
static char *
before_cursor (void)
{
  gboolean done;

  g_signal_emit_by_name (input, "retrieve-surrounding", &done);
  g_assert_true (done);
  return g_strndup (input->around, (gsize) input->cursor);
}

/* The text that only grows -------------------------------------------------------------------- */

typedef struct
{
  GtkWidget *window;
  LmStreamArea *area;
  GString *shown; /* what was being composed, one after the other, as the text shows it */
} Test;

static void
composing_cb (GtkTextView *view, const char *text, Test *test)
{
  g_string_append_printf (test->shown, "%s|", text);
}

static void
set_up (Test *test, gconstpointer data)
{
  test->window = gtk_window_new ();
  test->area = g_object_new (LM_TYPE_STREAM_AREA, "im-module", "lm-test", NULL);
  test->shown = g_string_new (NULL);
  g_signal_connect (test->area, "preedit-changed", G_CALLBACK (composing_cb), test);
  gtk_window_set_child (GTK_WINDOW (test->window), GTK_WIDGET (test->area));
  gtk_window_set_default_size (GTK_WINDOW (test->window), 400, 300);
  gtk_window_present (GTK_WINDOW (test->window));
  gtk_widget_grab_focus (GTK_WIDGET (test->area));
  /* GTK makes the input method when it is first needed. */
  lm_test_until (gtk_widget_get_mapped (GTK_WIDGET (test->area)) && input != NULL);
}

static void
tear_down (Test *test, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (test->window));
  g_string_free (test->shown, TRUE);
}

static GtkTextBuffer *
buffer_of (Test *test)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (test->area));
}

static void
assert_text (Test *test, const char *text)
{
  g_autofree char *all = lm_stream_buffer_get_all (lm_stream_area_get_buffer (test->area));
  GtkTextIter cursor;

  g_assert_cmpstr (all, ==, text);
  gtk_text_buffer_get_iter_at_mark (buffer_of (test),
                                    &cursor,
                                    gtk_text_buffer_get_insert (buffer_of (test)));
  g_assert_true (gtk_text_iter_is_end (&cursor));
  g_assert_false (gtk_text_buffer_get_has_selection (buffer_of (test)));
}

/* Many input methods take back what they gave, to put something better in its place. */
static void
test_taking_back (Test *test, gconstpointer data)
{
  g_autofree char *around = NULL;

  commit ("한");
  take_back (-1, 1);
  assert_text (test, "한");
  commit ("하늘은 파랗다");
  assert_text (test, "한하늘은 파랗다");
  take_back (-3, 3);
  take_back (-100, 100);
  take_back (-100, 200);
  take_back (0, 1);
  assert_text (test, "한하늘은 파랗다");
  around = before_cursor ();
  g_assert_cmpstr (around, ==, "한하늘은 파랗다");
  /* In the middle of a character that is being composed. */
  compose ("ㄱ");
  take_back (-1, 1);
  commit ("가");
  assert_text (test, "한하늘은 파랗다가");
}

/* With the cursor and a selection where they cannot be, for that moment. */
static void
test_taking_back_a_selection (Test *test, gconstpointer data)
{
  GtkTextIter start, end;

  commit ("The bowl is blue");
  gtk_text_buffer_get_bounds (buffer_of (test), &start, &end);
  gtk_text_buffer_select_range (buffer_of (test), &start, &end);
  take_back (0, 4);
  commit (".");
  assert_text (test, "The bowl is blue.");
  gtk_text_view_set_overwrite (GTK_TEXT_VIEW (test->area), TRUE);
  gtk_text_buffer_get_start_iter (buffer_of (test), &start);
  gtk_text_buffer_place_cursor (buffer_of (test), &start);
  commit ("Or ");
  assert_text (test, "The bowl is blue.Or ");
}

/* A dead key: two keys, one character. */
static void
test_dead_keys (Test *test, gconstpointer data)
{
  commit ("caf");
  compose ("´");
  assert_text (test, "caf");
  commit ("é");
  assert_text (test, "café");
  /* Begun, and taken away again: nothing was written yet. */
  compose ("´");
  compose ("");
  assert_text (test, "café");
  commit ("s");
  assert_text (test, "cafés");
  g_assert_cmpstr (test->shown->str, ==, "´||´||");
}

/* Pinyin: letters come and go until one of the offers is taken. */
static void
test_chinese (Test *test, gconstpointer data)
{
  commit ("我");
  compose ("z");
  compose ("zu");
  compose ("zuotiam");
  compose ("zuotia"); /* Backspace */
  compose ("zuotian");
  assert_text (test, "我");
  commit ("昨天");
  assert_text (test, "我昨天");
  g_assert_cmpstr (test->shown->str, ==, "z|zu|zuotiam|zuotia|zuotian||");
}

/* Kana, turned into characters, and back, and otherwise. */
static void
test_japanese (Test *test, gconstpointer data)
{
  commit ("それは");
  compose ("k");
  compose ("き");
  compose ("きのう");
  compose ("昨日");
  compose ("きのう");
  compose ("機能");
  compose ("昨日");
  assert_text (test, "それは");
  commit ("昨日");
  assert_text (test, "それは昨日");
  take_back (-2, 2); /* "convert again" */
  compose ("きのう");
  commit ("きのう");
  assert_text (test, "それは昨日きのう");
  g_assert_cmpstr (test->shown->str, ==, "k|き|きのう|昨日|きのう|機能|昨日||きのう||");
}

/* What is composed where nothing was written yet. */
static void
test_composing_first (Test *test, gconstpointer data)
{
  compose ("ni");
  compose ("");
  assert_text (test, "");
  compose ("nihao");
  commit ("你好");
  assert_text (test, "你好");
}

static void
clipboard_text (const char *text)
{
  GdkClipboard *clipboard = gdk_display_get_clipboard (gdk_display_get_default ());

  gdk_clipboard_set_text (clipboard, text);
}

static void
test_clipboard (Test *test, gconstpointer data)
{
  GtkTextBuffer *buffer = buffer_of (test);
  GdkClipboard *clipboard = gdk_display_get_clipboard (gdk_display_get_default ());
  GtkTextIter start, end;

  commit ("The bowl");
  clipboard_text ("pasted");
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_select_range (buffer, &start, &end);
  g_signal_emit_by_name (test->area, "cut-clipboard");
  gtk_text_buffer_cut_clipboard (buffer, clipboard, TRUE);
  gtk_text_buffer_cut_clipboard (buffer, clipboard, FALSE);
  assert_text (test, "The bowl");
  clipboard_text ("pasted");
  gtk_text_buffer_select_range (buffer, &start, &end);
  g_signal_emit_by_name (test->area, "paste-clipboard");
  lm_test_until (gtk_text_buffer_get_char_count (buffer) > 8);
  assert_text (test, "The bowlpasted");
  /* Over a place in the middle. */
  gtk_text_buffer_get_iter_at_offset (buffer, &start, 4);
  gtk_text_buffer_paste_clipboard (buffer, clipboard, &start, TRUE);
  for (guint i = 0; i < 20; i++)
    lm_test_turn (g_get_monotonic_time (), "nothing");
  assert_text (test, "The bowlpasted");
}

/* What a drag does: it puts the words where they are let go, and takes them away where they were.
 * And what any tool may ask of a text. */
static void
test_dragging (Test *test, gconstpointer data)
{
  GtkTextBuffer *buffer = buffer_of (test);
  GtkTextIter start, middle, end;

  commit ("The bowl is blue");
  gtk_text_buffer_get_iter_at_offset (buffer, &start, 4);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, 8);
  gtk_text_buffer_get_iter_at_offset (buffer, &middle, 12);
  g_assert_false (gtk_text_buffer_insert_interactive (buffer, &middle, "bowl", -1, TRUE));
  g_assert_false (gtk_text_buffer_insert_range_interactive (buffer, &middle, &start, &end, TRUE));
  g_assert_false (gtk_text_buffer_delete_interactive (buffer, &start, &end, TRUE));
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_get_end_iter (buffer, &end);
  g_assert_false (gtk_text_buffer_backspace (buffer, &end, TRUE, TRUE));
  gtk_text_buffer_delete_selection (buffer, TRUE, TRUE);
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_insert (buffer, &start, "No", -1);
  gtk_text_buffer_set_text (buffer, "", -1);
  gtk_text_buffer_set_text (buffer, "Nothing", -1);
  gtk_text_buffer_undo (buffer);
  gtk_text_buffer_redo (buffer);
  g_signal_emit_by_name (test->area, "backspace");
  g_signal_emit_by_name (test->area, "delete-from-cursor", GTK_DELETE_PARAGRAPHS, 1);
  g_signal_emit_by_name (test->area, "delete-from-cursor", GTK_DELETE_CHARS, -4);
  assert_text (test, "The bowl is blue");
}

/* For who needs it: then an input method may do its work. */
static void
test_correcting (Test *test, gconstpointer data)
{
  lm_stream_buffer_set_correcting (lm_stream_area_get_buffer (test->area), TRUE);
  commit ("한");
  take_back (-1, 1);
  commit ("하늘");
  assert_text (test, "하늘");
  lm_stream_buffer_set_correcting (lm_stream_area_get_buffer (test->area), FALSE);
  take_back (-1, 1);
  assert_text (test, "하늘");
}

/* Ending in the middle ------------------------------------------------------------------------ */

typedef struct
{
  LmTestWorkspace base;
  LmLibrary *library;
  GtkWidget *window;
  LmGuideRun *run;
} Sitting;

static GtkTextView *
find_area (GtkWidget *widget)
{
  GtkTextView *found = LM_IS_STREAM_AREA (widget) ? GTK_TEXT_VIEW (widget) : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_area (child);
  return found;
}

static void
show_run (Sitting *sitting)
{
  GtkWidget *view = lm_stream_view_new (sitting->base.workspace, sitting->library, sitting->run);

  sitting->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (sitting->window), view);
  gtk_window_present (GTK_WINDOW (sitting->window));
  lm_test_until (gtk_widget_get_mapped (GTK_WIDGET (find_area (view))));
}

/* Nobody types for a while; a minute of the stream lasts 60 milliseconds. */
static void
rest (void)
{
  gint64 began = g_get_monotonic_time ();

  while (g_get_monotonic_time () - began < 40000)
    lm_test_turn (began, "a rest");
}

static void
type_words (Sitting *sitting, const char *text)
{
  GtkTextBuffer *buffer =
      gtk_text_view_get_buffer (find_area (gtk_window_get_child (GTK_WINDOW (sitting->window))));

  gtk_text_buffer_insert_at_cursor (buffer, text, -1);
}

static void
begin_sitting (Sitting *sitting, gconstpointer data)
{
  g_autoptr (LmStream) stream = NULL;
  g_autoptr (LmDraft) draft = NULL;

  g_setenv ("LEITMOTIF_MINUTE", "60", TRUE);
  lm_test_workspace_set_up (&sitting->base, data);
  sitting->library = lm_library_new ((const char *const[]) { NULL }, NULL);
  draft = lm_workspace_begin (sitting->base.workspace, NULL);
  sitting->run =
      lm_guide_run_new (lm_library_find_guide (sitting->library, "free-association"), draft, FALSE);
  while (lm_guide_run_get_step (sitting->run) == NULL ||
         lm_guide_run_get_step (sitting->run)->input != LM_INPUT_STREAM)
    lm_guide_run_next (sitting->run);
  stream = lm_stream_new (lm_draft_get_content (draft),
                          lm_guide_run_get_step (sitting->run)->id,
                          lm_guide_run_get_question (sitting->run),
                          lm_stream_system_time,
                          NULL);
  lm_stream_begin (stream, 0);
  show_run (sitting);
  type_words (sitting, "The bowl.");
  rest ();
  type_words (sitting, " It was blue.");
}

static void
end_sitting (Sitting *sitting, gconstpointer data)
{
  g_object_unref (sitting->library);
  lm_test_workspace_tear_down (&sitting->base, data);
}

/* The page goes, as it does when the program ends or the journal is locked. */
static void
leave (Sitting *sitting)
{
  gtk_window_destroy (GTK_WINDOW (sitting->window));
  lm_draft_close (lm_guide_run_get_draft (sitting->run));
  g_clear_object (&sitting->run);
}

static guint
seconds_at (JsonObject *stream, gint64 place)
{
  JsonArray *pauses = lm_json_get_array (stream, "pauses");

  for (guint i = 0; i < lm_json_array_size (pauses); i++)
    {
      gint64 at, seconds;

      if (lm_json_get_integer (lm_json_at_object (pauses, i), "at", &at) && at == place &&
          lm_json_get_integer (lm_json_at_object (pauses, i), "seconds", &seconds))
        return (guint) seconds;
    }
  return 0;
}

/* The text, both silences and how long it took are there again; and it goes on. */
static void
assert_there_again (Sitting *sitting)
{
  LmWorkspace *workspace = sitting->base.workspace;
  g_autoptr (LmDraft) draft =
      lm_workspace_continue (workspace, lm_test_only (lm_workspace_get_drafts (workspace)));
  LmContent *content = lm_draft_get_content (draft);
  JsonObject *stream = lm_json_get_object (lm_content_json (content), "stream");

  g_assert_cmpstr (lm_content_stream_text (content), ==, "The bowl. It was blue.");
  g_assert_true (lm_content_stream_is_running (content));
  g_assert_cmpuint (seconds_at (stream, 9), >=, 30);
  g_assert_cmpuint (seconds_at (stream, 22), >=, 30);
  g_assert_cmpuint (lm_content_stream_seconds (content), >=, 60);
  sitting->run =
      lm_guide_run_resume (lm_library_find_guide (sitting->library, "free-association"), draft);
  g_assert_cmpint (lm_guide_run_get_step (sitting->run)->input, ==, LM_INPUT_STREAM);
  show_run (sitting);
  type_words (sitting, " Or");
  g_assert_cmpstr (lm_content_stream_text (content), ==, "The bowl. It was blue. Or");
  leave (sitting);
}

static void
test_quitting (Sitting *sitting, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  rest ();
  error = lm_test_workspace_close (&sitting->base);
  g_assert_no_error (error);
  leave (sitting);
  lm_test_workspace_restart (&sitting->base);
  assert_there_again (sitting);
}

static void
test_locking (Sitting *sitting, gconstpointer data)
{
  rest ();
  lm_workspace_lock (sitting->base.workspace);
  leave (sitting);
  lm_test_until (!lm_workspace_is_settling (sitting->base.workspace));
  lm_test_workspace_unlock (&sitting->base);
  assert_there_again (sitting);
}

/* Escape: the page goes first. */
static void
test_leaving (Sitting *sitting, gconstpointer data)
{
  rest ();
  leave (sitting);
  lm_test_workspace_restart (&sitting->base);
  assert_there_again (sitting);
}

/* Looking into another window for a moment, again and again, breaks no silence into pieces. */
static void
test_looking_away (Sitting *sitting, gconstpointer data)
{
  LmContent *content = lm_draft_get_content (lm_guide_run_get_draft (sitting->run));
  JsonObject *stream = lm_json_get_object (lm_content_json (content), "stream");
  gint64 began = g_get_monotonic_time ();
  guint most;

  while (g_get_monotonic_time () - began < 60000)
    {
      lm_workspace_flush (sitting->base.workspace);
      lm_test_turn (began, "a rest");
    }
  type_words (sitting, " Or");
  most = (guint) ((g_get_monotonic_time () - began) / 1000);
  g_assert_cmpuint (seconds_at (stream, 22), >=, 59);
  g_assert_cmpuint (seconds_at (stream, 22), <=, most + 1);
  leave (sitting);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/stream-input/" name, Test, NULL, set_up, function, tear_down)
#define ADD_SITTING(name, function)                                                                \
  g_test_add ("/stream-input/" name, Sitting, NULL, begin_sitting, function, end_sitting)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  adw_init ();
  g_io_extension_point_implement (GTK_IM_MODULE_EXTENSION_POINT_NAME,
                                  LM_TYPE_TEST_INPUT,
                                  "lm-test",
                                  0);
  ADD ("taking-back", test_taking_back);
  ADD ("taking-back-a-selection", test_taking_back_a_selection);
  ADD ("dead-keys", test_dead_keys);
  ADD ("chinese", test_chinese);
  ADD ("japanese", test_japanese);
  ADD ("composing-first", test_composing_first);
  ADD ("clipboard", test_clipboard);
  ADD ("dragging", test_dragging);
  ADD ("correcting", test_correcting);
  ADD_SITTING ("quitting", test_quitting);
  ADD_SITTING ("locking", test_locking);
  ADD_SITTING ("leaving", test_leaving);
  ADD_SITTING ("looking-away", test_looking_away);
  return g_test_run ();
}
