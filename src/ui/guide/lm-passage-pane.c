/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/guide/lm-passage-pane.h"
#include "ui/library/lm-article-view.h"
#include "workspace/lm-phrases.h"

/* Below this width the article lies over the page. In sp, so that larger text needs more room. */
#define NARROW "max-width: 860sp"
/* Below this one it lies over nearly all of it. */
#define TIGHT "max-width: 400sp"

struct _LmPassagePane
{
  AdwBin parent_instance;

  AdwOverlaySplitView *split; /* borrowed */
  AdwToolbarView *sidebar;    /* borrowed */
  AdwWindowTitle *title;      /* borrowed */
  GtkWidget *close_button;    /* borrowed */
  GWeakRef asked_from;        /* the widget that had the focus */
};

G_DEFINE_FINAL_TYPE (LmPassagePane, lm_passage_pane, ADW_TYPE_BIN)

enum
{
  PROP_CONTENT = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
lm_passage_pane_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LmPassagePane *self = LM_PASSAGE_PANE (object);

  if (id == PROP_CONTENT)
    g_value_set_object (value, adw_overlay_split_view_get_content (self->split));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
lm_passage_pane_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LmPassagePane *self = LM_PASSAGE_PANE (object);

  if (id == PROP_CONTENT)
    adw_overlay_split_view_set_content (self->split, g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
lm_passage_pane_dispose (GObject *object)
{
  g_weak_ref_clear (&LM_PASSAGE_PANE (object)->asked_from);
  G_OBJECT_CLASS (lm_passage_pane_parent_class)->dispose (object);
}

/* However it was closed: by its button, by Escape, or by a swipe. */
static void
shown_cb (LmPassagePane *self)
{
  g_autoptr (GtkWidget) asked_from = NULL;

  if (adw_overlay_split_view_get_show_sidebar (self->split))
    return;
  asked_from = g_weak_ref_get (&self->asked_from);
  if (asked_from != NULL && gtk_widget_get_mapped (asked_from))
    gtk_widget_grab_focus (asked_from);
  g_weak_ref_set (&self->asked_from, NULL);
}

static gboolean
escape_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  LmPassagePane *self = LM_PASSAGE_PANE (widget);

  /* Without an article the key means what it means on the page. */
  if (!adw_overlay_split_view_get_show_sidebar (self->split))
    return GDK_EVENT_PROPAGATE;
  lm_passage_pane_close (self);
  return GDK_EVENT_STOP;
}

static void
lm_passage_pane_class_init (LmPassagePaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = lm_passage_pane_get_property;
  object_class->set_property = lm_passage_pane_set_property;
  object_class->dispose = lm_passage_pane_dispose;
  properties[PROP_CONTENT] = g_param_spec_object ("content",
                                                  NULL,
                                                  NULL,
                                                  GTK_TYPE_WIDGET,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, escape_cb, NULL);
}

static GtkWidget *
make_sidebar (LmPassagePane *self)
{
  GtkWidget *sidebar = adw_toolbar_view_new (), *header = adw_header_bar_new ();

  self->sidebar = ADW_TOOLBAR_VIEW (sidebar);
  self->title = ADW_WINDOW_TITLE (adw_window_title_new ("", NULL));
  self->close_button = gtk_button_new_from_icon_name ("window-close-symbolic");
  gtk_widget_set_tooltip_text (self->close_button, _ ("Back to the question"));
  g_signal_connect_object (self->close_button,
                           "clicked",
                           G_CALLBACK (lm_passage_pane_close),
                           self,
                           G_CONNECT_SWAPPED);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_back_button (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), GTK_WIDGET (self->title));
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->close_button);
  adw_toolbar_view_add_top_bar (self->sidebar, header);
  return sidebar;
}

static void
lm_passage_pane_init (LmPassagePane *self)
{
  GtkWidget *bin = adw_breakpoint_bin_new (), *split = adw_overlay_split_view_new ();
  AdwBreakpoint *narrow = adw_breakpoint_new (adw_breakpoint_condition_parse (NARROW));
  AdwBreakpoint *tight = adw_breakpoint_new (adw_breakpoint_condition_parse (TIGHT));

  g_weak_ref_init (&self->asked_from, NULL);
  self->split = ADW_OVERLAY_SPLIT_VIEW (split);
  adw_overlay_split_view_set_sidebar_position (self->split, GTK_PACK_END);
  adw_overlay_split_view_set_show_sidebar (self->split, FALSE);
  adw_overlay_split_view_set_min_sidebar_width (self->split, 320);
  adw_overlay_split_view_set_max_sidebar_width (self->split, 460);
  adw_overlay_split_view_set_sidebar_width_fraction (self->split, 0.45);
  /* It comes when asked for only, however wide the window becomes. */
  adw_overlay_split_view_set_pin_sidebar (self->split, TRUE);
  adw_overlay_split_view_set_enable_show_gesture (self->split, FALSE);
  adw_overlay_split_view_set_sidebar (self->split, make_sidebar (self));
  g_signal_connect_object (split,
                           "notify::show-sidebar",
                           G_CALLBACK (shown_cb),
                           self,
                           G_CONNECT_SWAPPED);
  adw_breakpoint_add_setters (narrow, G_OBJECT (split), "collapsed", TRUE, NULL);
  /* The least width counts even while no article is there, and grows with the text. */
  adw_breakpoint_add_setters (tight,
                              G_OBJECT (split),
                              "collapsed",
                              TRUE,
                              G_OBJECT (split),
                              "min-sidebar-width",
                              0.0,
                              G_OBJECT (split),
                              "sidebar-width-fraction",
                              0.9,
                              NULL);
  gtk_widget_set_size_request (bin, 320, 200);
  adw_breakpoint_bin_add_breakpoint (ADW_BREAKPOINT_BIN (bin), narrow);
  adw_breakpoint_bin_add_breakpoint (ADW_BREAKPOINT_BIN (bin), tight);
  adw_breakpoint_bin_set_child (ADW_BREAKPOINT_BIN (bin), split);
  adw_bin_set_child (ADW_BIN (self), bin);
}

/**
 * lm_passage_pane_show:
 * @section: (nullable): the heading to begin with
 *
 * Slides the article in. The widget that has the focus gets it back afterwards.
 */
void
lm_passage_pane_show (LmPassagePane *self,
                      LmLibrary *library,
                      LmArticle *article,
                      const char *section)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *title =
      lm_phrase_title (lm_article_get_title (article), lm_article_get_language (article));

  if (root != NULL && !adw_overlay_split_view_get_show_sidebar (self->split))
    g_weak_ref_set (&self->asked_from, gtk_root_get_focus (root));
  adw_window_title_set_title (self->title, title);
  adw_toolbar_view_set_content (self->sidebar,
                                lm_article_view_new (library, article, section, FALSE));
  adw_overlay_split_view_set_show_sidebar (self->split, TRUE);
  gtk_widget_grab_focus (self->close_button);
}

/* Slides the article out, if one is there. */
void
lm_passage_pane_close (LmPassagePane *self)
{
  adw_overlay_split_view_set_show_sidebar (self->split, FALSE);
}

/* The button ------------------------------------------------------------------------------------
 */

typedef struct
{
  LmLibrary *library;
  LmArticle *article;
  char *section;
} Passage;

static void
passage_free (gpointer data, GClosure *closure)
{
  Passage *passage = data;

  g_object_unref (passage->library);
  g_object_unref (passage->article);
  g_free (passage->section);
  g_free (passage);
}

static void
button_cb (GtkWidget *button, Passage *passage)
{
  GtkWidget *pane = gtk_widget_get_ancestor (button, LM_TYPE_PASSAGE_PANE);

  lm_passage_pane_show (LM_PASSAGE_PANE (pane),
                        passage->library,
                        passage->article,
                        passage->section);
}

/**
 * lm_passage_button_new:
 * @article: the id of an article that @library has
 * @section: (nullable): the heading to begin with
 *
 * Returns: "What is this?", for a place inside of a #LmPassagePane
 */
GtkWidget *
lm_passage_button_new (LmLibrary *library, const char *article, const char *section)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_What is this?"));
  LmArticle *found = lm_library_find_article (library, article);
  Passage *passage;

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_visible (button, found != NULL);
  if (found == NULL)
    return button;
  passage = g_new (Passage, 1);
  *passage = (Passage) { g_object_ref (library), g_object_ref (found), g_strdup (section) };
  g_signal_connect_data (button, "clicked", G_CALLBACK (button_cb), passage, passage_free, 0);
  return button;
}
