/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "journal/lm-content-parts.h"
#include "journal/lm-content-stream.h"
#include "lm-test-workspace.h"
#include "ui/guide/lm-guide-page.h"
#include "workspace/lm-guide-run.h"

/* Pictures of every step of every guide, for the eyes of whoever changes one. Run by
 * tests/ui/guide-gallery, with the folder, how the names begin, and the size of the window. */

static struct
{
  const char *folder;
  const char *prefix;
  int width;
  int height;
  const char *guide; /* nullable: only this one */
} wanted;

typedef struct
{
  LmTestWorkspace base;
  LmLibrary *library;
  GtkWidget *window;
  AdwNavigationView *view;
} Pictures;

static gboolean
end_wait (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* What is drawn last has been drawn. */
static void
wait_a_little (void)
{
  gboolean over = FALSE;

  g_timeout_add (100, end_wait, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static void
take_picture (Pictures *pictures, const char *guide, guint number, const char *what)
{
  g_autofree char *name = g_strdup_printf ("%s-%s-%02u-%s.png", wanted.prefix, guide, number, what);
  g_autofree char *path = g_build_filename (wanted.folder, name, NULL);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (pictures->window);
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  int width = 0, height = 0;

  while (node == NULL)
    {
      GtkSnapshot *snapshot = gtk_snapshot_new ();

      wait_a_little ();
      width = gtk_widget_get_width (pictures->window);
      height = gtk_widget_get_height (pictures->window);
      gdk_paintable_snapshot (paintable, snapshot, width, height);
      node = gtk_snapshot_free_to_node (snapshot);
    }
  /* A page that needs more room makes the window wider. */
  if (width > wanted.width)
    g_test_message ("%s: %d points wide", name, width);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (pictures->window)),
                                         node,
                                         &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

static void
show (Pictures *pictures, LmGuidePage *page)
{
  AdwNavigationPage *pages[] = { ADW_NAVIGATION_PAGE (page) };

  adw_navigation_view_replace (pictures->view, pages, G_N_ELEMENTS (pages));
}

/* What the later steps are about. */
static void
fill (Pictures *pictures, LmContent *content, LmGuide *guide)
{
  g_autoptr (GPtrArray) elements =
      g_ptr_array_new_with_free_func ((GDestroyNotify) lm_element_free);
  g_autoptr (LmEntry) person =
      g_list_model_get_item (lm_workspace_get_people (pictures->base.workspace), 0);

  for (guint i = 0; i < lm_guide_n_steps (guide); i++)
    {
      const LmGuideStep *step = lm_guide_get_step (guide, i);
      LmAnswer *answer = lm_content_answer (content, step->id, step->question);

      switch (step->input)
        {
        case LM_INPUT_TEXT:
          lm_answer_set_text (
              answer,
              "We were in a house with many doors. She stood at the window and did "
              "not turn round when I came in. I said something, but no sound came. "
              "Then the house was the school, and I was late, and the corridor went "
              "on and on. All the doors were red.");
          break;
        case LM_INPUT_CHOICES:
          lm_answer_add_choice (answer, NULL, "as if I were not there");
          break;
        case LM_INPUT_SCALE:
          lm_answer_set_scale (answer, 3);
          break;
        case LM_INPUT_ELEMENTS:
          g_ptr_array_add (elements, lm_element_new ("many doors", "The corridor at school"));
          lm_answer_set_elements (answer, elements);
          break;
        case LM_INPUT_MAP:
          {
            g_autoptr (GPtrArray) places =
                g_ptr_array_new_with_free_func ((GDestroyNotify) lm_map_place_free);
            LmIdText id = lm_id_format (lm_entry_get_id (person));

            g_ptr_array_add (places, lm_map_place_new (id.digits, "Grandmother"));
            lm_answer_set_map (answer, places);
            break;
          }
        case LM_INPUT_PERSON:
        case LM_INPUT_PAUSE:
        case LM_INPUT_ENTRY:
        case LM_INPUT_STREAM:
        case LM_INPUT_SEAL:
        case LM_INPUT_COUNTS:
        default:
          break;
        }
    }
}

/* Returns: (transfer full): a draft for a page of its own */
static LmDraft *
make_draft (Pictures *pictures, LmGuide *guide)
{
  LmDraft *draft = lm_workspace_begin (pictures->base.workspace, NULL);

  fill (pictures, lm_draft_get_content (draft), guide);
  return draft;
}

static const char *
name_of (LmGuideRun *run)
{
  switch (lm_guide_run_get_page (run))
    {
    case LM_GUIDE_PAGE_BEFORE:
      return "before";
    case LM_GUIDE_PAGE_AFTER:
      return "after";
    case LM_GUIDE_PAGE_END:
      return "end";
    case LM_GUIDE_PAGE_GROUNDING:
      return "grounding";
    case LM_GUIDE_PAGE_STEP:
    default:
      return lm_guide_run_get_step (run)->id;
    }
}

static void
take_stream (Pictures *pictures, LmGuide *guide, guint number, gboolean running)
{
  g_autoptr (LmDraft) draft = make_draft (pictures, guide);
  LmContent *content = lm_draft_get_content (draft);
  JsonObject *stream = lm_content_stream (content, "stream");

  lm_content_answer (content, "stream", "");
  lm_content_set_stream_text (content,
                              "The bowl was blue, or I wanted it to be. Anyway. There was the "
                              "kitchen, and the tap that would not close.",
                              NULL);
  json_object_set_int_member (stream, "minutes", 10);
  json_object_set_int_member (stream, "seconds", 320);
  lm_content_add_pause (content, 40, 40);
  if (running)
    json_object_set_boolean_member (stream, "running", TRUE);
  show (pictures,
        lm_guide_page_new_at_step (pictures->base.workspace,
                                   pictures->library,
                                   guide,
                                   draft,
                                   number,
                                   FALSE));
  take_picture (pictures,
                lm_guide_get_id (guide),
                number,
                running ? "stream-running" : "stream-after");
}

static void
take_guide (Pictures *pictures, LmGuide *guide)
{
  g_autoptr (LmDraft) scratch = lm_workspace_begin (pictures->base.workspace, NULL);
  g_autoptr (LmGuideRun) run = lm_guide_run_new (guide, scratch, FALSE);
  guint n = lm_guide_run_n_pages (run);

  if (lm_guide_get_first (guide) == NULL)
    {
      show (pictures, lm_guide_page_new (pictures->base.workspace, pictures->library, guide));
      take_picture (pictures, lm_guide_get_id (guide), 0, "0-intro");
    }
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LmDraft) draft = make_draft (pictures, guide);

      lm_guide_run_go_to (run, i);
      show (pictures,
            lm_guide_page_new_at_step (pictures->base.workspace,
                                       pictures->library,
                                       guide,
                                       draft,
                                       i,
                                       FALSE));
      take_picture (pictures, lm_guide_get_id (guide), i, name_of (run));
      if (lm_guide_run_get_step (run) != NULL &&
          lm_guide_run_get_step (run)->input == LM_INPUT_STREAM)
        {
          take_stream (pictures, guide, i, TRUE);
          take_stream (pictures, guide, i, FALSE);
        }
    }
  lm_draft_discard (scratch);
}

static void
add_person (Pictures *pictures, const char *name, const char *circle)
{
  g_autoptr (GAsyncResult) result = NULL;

  lm_workspace_add_person_async (pictures->base.workspace,
                                 name,
                                 circle,
                                 lm_test_take_result,
                                 &result);
  lm_test_wait (result);
  g_assert_nonnull (lm_workspace_add_person_finish (pictures->base.workspace, result, NULL));
}

static void
add_style (void)
{
  const char *base = "/io/github/leitmotif_journal/Leitmotif/";
  g_autofree char *sheet = g_strconcat (base, "style.css", NULL);
  g_autofree char *icons = g_strconcat (base, "icons", NULL);
  GdkDisplay *display = gdk_display_get_default ();
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, sheet);
  gtk_style_context_add_provider_for_display (display,
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (display), icons);
}

static void
take_all (LmTestWorkspace *test, gconstpointer data)
{
  Pictures pictures = { .base = *test };
  GListModel *guides;

  add_person (&pictures, "Grandmother", "then");
  add_person (&pictures, "Jo", "now");
  add_person (&pictures, "My therapist", "therapy");
  lm_test_write_entry (test->workspace, "The phone call that I did not want to end.");
  lm_test_write_entry (test->workspace, "Late again, and nobody had waited.");
  pictures.library = lm_library_new ((const char *const[]) { NULL }, NULL);
  add_style ();
  pictures.window = adw_window_new ();
  pictures.view = ADW_NAVIGATION_VIEW (adw_navigation_view_new ());
  gtk_widget_set_size_request (pictures.window, 360, 200);
  adw_window_set_content (ADW_WINDOW (pictures.window), GTK_WIDGET (pictures.view));
  gtk_window_set_default_size (GTK_WINDOW (pictures.window), wanted.width, wanted.height);
  gtk_window_present (GTK_WINDOW (pictures.window));
  guides = lm_library_get_guides (pictures.library);
  for (guint i = 0; i < g_list_model_get_n_items (guides); i++)
    {
      g_autoptr (LmGuide) guide = g_list_model_get_item (guides, i);

      if (wanted.guide == NULL || g_str_equal (lm_guide_get_id (guide), wanted.guide))
        take_guide (&pictures, guide);
    }
  /* The program ends here: nothing is looked at behind the pictures. */
  exit (0);
}

int
main (int argc, char **argv)
{
  /* In the folders of the desktop made for it: the pictures of the buttons need what is installed.
   */
  g_test_init (&argc, &argv, NULL);
  if (argc < 5)
    {
      g_printerr ("usage: guide-pictures FOLDER PREFIX WIDTH HEIGHT [GUIDE]\n");
      return 2;
    }
  wanted.folder = argv[1];
  wanted.prefix = argv[2];
  wanted.width = atoi (argv[3]);
  wanted.height = atoi (argv[4]);
  wanted.guide = argc > 5 ? argv[5] : NULL;
  lm_hardening_apply ();
  adw_init ();
  LM_TEST_WORKSPACE_ADD ("/guide-pictures", take_all);
  return g_test_run ();
}
