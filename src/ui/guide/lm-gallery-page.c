/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "base/lm-json.h"
#include "base/lm-text.h"
#include "ui/guide/lm-gallery-page.h"
#include "ui/guide/lm-guide-editor.h"
#include "ui/guide/lm-guide-files.h"
#include "ui/lm-toast.h"
#include "ui/widgets/lm-focus.h"
#include "ui/widgets/lm-parts.h"
#include "ui/widgets/lm-titles.h"
#include "ui/widgets/lm-undo-toast.h"
#include "workspace/lm-guide-order.h"
#include "workspace/lm-own-guides.h"
#include "workspace/lm-phrases.h"

/* All the guides, by groups, and what can be done with them: each opens with its purpose, why it
 * may help, and when not to use it. */

struct _LmGalleryPage
{
  AdwNavigationPage parent_instance;

  GtkBox *box;

  LmWorkspace *workspace;
  LmLibrary *library;
  GPtrArray *groups; /* of GtkWidget, borrowed from the box */
  GPtrArray *rows;   /* the same, of all groups */
  char *wanted;      /* nullable: the id of the guide whose row is to have the keyboard */
  gboolean stays;    /* the keyboard, at its place in the list */
  guint idle;
};

G_DEFINE_FINAL_TYPE (LmGalleryPage, lm_gallery_page, ADW_TYPE_NAVIGATION_PAGE)

#define ID   "lm-id"
#define MENU "lm-menu"

static void show (LmGalleryPage *self);

/* Rows ---------------------------------------------------------------------------------------- */

static void
add_item (GMenu *menu, const char *label, const char *action, const char *id)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", id);
  g_menu_append_item (menu, item);
}

static GMenuModel *
make_menu (LmGalleryPage *self, LmGuide *guide, gboolean hidden)
{
  const char *id = lm_guide_get_id (guide);
  gboolean own = lm_workspace_find_own_guide (self->workspace, id) != NULL;
  GMenu *menu = g_menu_new ();

  if (hidden)
    {
      add_item (menu, C_ ("guide", "_Show again"), "gallery.show", id);
      return G_MENU_MODEL (menu);
    }
  if (own)
    add_item (menu, C_ ("guide", "_Change"), "gallery.edit", id);
  add_item (menu, _ ("_Make my own version"), "gallery.duplicate", id);
  add_item (menu, _ ("Move _up"), "gallery.up", id);
  add_item (menu, _ ("Move _down"), "gallery.down", id);
  add_item (menu, C_ ("guide", "_Hide"), "gallery.hide", id);
  if (own)
    {
      add_item (menu, _ ("Save as a _file…"), "gallery.save", id);
      add_item (menu, C_ ("guide", "_Remove"), "gallery.remove", id);
    }
  return G_MENU_MODEL (menu);
}

static void
add_menu (GtkWidget *row, const char *id, const char *title, GMenuModel *menu)
{
  /* Translators: %s is the title of a guide */
  g_autofree char *more = g_strdup_printf (_ ("More about “%s”"), title);
  GtkWidget *button = gtk_menu_button_new ();

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), menu);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, more);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  g_object_set_data_full (G_OBJECT (row), ID, g_strdup (id), g_free);
  g_object_set_data (G_OBJECT (row), MENU, button);
}

static GtkWidget *
make_row (LmGalleryPage *self, LmGuide *guide, gboolean hidden)
{
  g_autofree char *subtitle = lm_phrase_guide (lm_guide_get_summary (guide),
                                               lm_guide_get_minutes (guide),
                                               lm_guide_get_language (guide));
  GtkWidget *row = lm_link_row_new (lm_guide_get_title (guide),
                                    subtitle,
                                    "lm-guide-symbolic",
                                    "win.open-guide",
                                    lm_guide_get_id (guide));
  g_autoptr (GMenuModel) menu = make_menu (self, guide, hidden);

  add_menu (row, lm_guide_get_id (guide), lm_guide_get_title (guide), menu);
  g_ptr_array_add (self->rows, row);
  return row;
}

/* What is being made and cannot be used yet. */
static void
add_unfinished (LmGalleryPage *self, GtkWidget *group)
{
  GListModel *records = lm_workspace_get_own_guides (self->workspace);

  for (guint i = 0; i < g_list_model_get_n_items (records); i++)
    {
      g_autoptr (LmEntry) record = g_list_model_get_item (records, i);
      gboolean unfinished;
      g_autoptr (JsonObject) json = lm_workspace_get_own_guide (record, &unfinished);
      const char *title = json != NULL ? lm_json_get_string (json, "title") : NULL;
      const char *id = json != NULL ? lm_json_get_string (json, "id") : NULL;
      g_autoptr (GMenu) menu = g_menu_new ();
      GtkWidget *row;

      if (lm_entry_get_deleted (record) || !unfinished || json == NULL ||
          lm_library_find_guide (self->library, id) != NULL)
        continue;
      if (lm_text_is_blank (title))
        title = _ ("Without a name");
      row =
          lm_link_row_new (title, _ ("Not finished yet"), "lm-write-symbolic", "gallery.edit", id);
      add_item (menu, C_ ("guide", "_Remove"), "gallery.remove", id);
      add_menu (row, id, title, G_MENU_MODEL (menu));
      g_ptr_array_add (self->rows, row);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
}

static GtkWidget *
add_group (LmGalleryPage *self, const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  gtk_box_append (self->box, group);
  g_ptr_array_add (self->groups, group);
  return group;
}

static GtkWidget *
add_own_buttons (LmGalleryPage *self)
{
  GtkWidget *buttons = adw_wrap_box_new ();
  GtkWidget *create = gtk_button_new_with_mnemonic (_ ("_New guide"));
  GtkWidget *import = gtk_button_new_with_mnemonic (_ ("_From a file…"));

  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (buttons), 8);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (buttons), 8);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (create), "gallery.new");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (import), "gallery.import");
  adw_wrap_box_append (ADW_WRAP_BOX (buttons), create);
  adw_wrap_box_append (ADW_WRAP_BOX (buttons), import);
  gtk_box_append (self->box, buttons);
  g_ptr_array_add (self->groups, buttons);
  return buttons;
}

/* The keyboard --------------------------------------------------------------------------------- */

static const char *
id_of (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), ID);
}

/* Returns: (nullable): the row that has the keyboard, with its place
 * @in_menu: (out): whether its menu has it */
static GtkWidget *
find_focus (LmGalleryPage *self, guint *place, gboolean *in_menu)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, ADW_TYPE_ACTION_ROW) : NULL;

  *in_menu = focus != row;
  return row != NULL && g_ptr_array_find (self->rows, row, place) ? row : NULL;
}

/* Gives it to the row of the guide with the id @id, or else to that at @place. */
static void
give_focus (LmGalleryPage *self, const char *id, guint place, gboolean to_menu)
{
  GtkWidget *row = NULL;

  for (guint i = 0; i < self->rows->len && row == NULL; i++)
    if (g_strcmp0 (id_of (self->rows->pdata[i]), id) == 0)
      row = self->rows->pdata[i];
  if (row == NULL && self->rows->len > 0 && place != G_MAXUINT)
    row = self->rows->pdata[MIN (place, self->rows->len - 1)];
  if (row != NULL)
    lm_focus_give (to_menu ? g_object_get_data (G_OBJECT (row), MENU) : row);
}

/* To the guide that was on the page above this one. Its row may be there only when it is saved. */
static void
give_wanted (LmGalleryPage *self)
{
  guint place;
  gboolean in_menu;

  if (self->wanted == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  give_focus (self, self->wanted, G_MAXUINT, FALSE);
  if (find_focus (self, &place, &in_menu) != NULL &&
      g_str_equal (id_of (self->rows->pdata[place]), self->wanted))
    g_clear_pointer (&self->wanted, g_free);
}

static void
show (LmGalleryPage *self)
{
  g_autoptr (GPtrArray) guides = lm_guide_order_list (self->workspace, self->library, FALSE);
  g_autoptr (GPtrArray) hidden = lm_guide_order_list (self->workspace, self->library, TRUE);
  const char *group_id = NULL;
  GtkWidget *group = NULL;
  guint place;
  gboolean in_menu;
  GtkWidget *focus = find_focus (self, &place, &in_menu);
  g_autofree char *id = NULL;

  /* A guide that is moved takes the keyboard with it; one that is hidden leaves it to the next. */
  if (focus != NULL)
    id = g_strdup (self->stays ? NULL : id_of (focus));
  self->stays = FALSE;
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < self->groups->len; i++)
    gtk_box_remove (self->box, self->groups->pdata[i]);
  g_ptr_array_set_size (self->groups, 0);
  for (guint i = 0; i < guides->len; i++)
    {
      LmGuide *guide = guides->pdata[i];

      if (g_strcmp0 (group_id, lm_guide_get_group (guide)) != 0)
        {
          group_id = lm_guide_get_group (guide);
          group = add_group (self, lm_guide_group_title (group_id));
        }
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), make_row (self, guide, FALSE));
    }
  if (group == NULL || g_strcmp0 (group_id, "own") != 0)
    group = add_group (self, lm_guide_group_title ("own"));
  add_unfinished (self, group);
  add_own_buttons (self);
  if (hidden->len > 0)
    /* Translators: a heading over guides that are hidden */
    group = add_group (self, _ ("Hidden"));
  for (guint i = 0; i < hidden->len; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                               make_row (self, hidden->pdata[i], TRUE));
  if (focus != NULL)
    give_focus (self, id, place, in_menu);
  give_wanted (self);
}

static gboolean
show_cb (gpointer data)
{
  LmGalleryPage *self = data;

  self->idle = 0;
  show (self);
  return G_SOURCE_REMOVE;
}

/* Not while a menu of a row is still closing. */
static void
show_soon (LmGalleryPage *self)
{
  if (self->idle == 0)
    self->idle = g_idle_add (show_cb, self);
}

/* Actions ------------------------------------------------------------------------------------- */

static void
edit (LmGalleryPage *self, const LmId *id, JsonObject *json)
{
  GtkWidget *pages = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);

  g_set_str (&self->wanted, lm_json_get_string (json, "id"));
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (pages),
                            lm_guide_editor_new (self->workspace, self->library, id, json));
}

static void
new_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autoptr (JsonObject) json = lm_own_guide_new_json ();
  LmId id = lm_id_new_random ();

  edit (LM_GALLERY_PAGE (widget), &id, json);
}

static void
edit_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LmGalleryPage *self = LM_GALLERY_PAGE (widget);
  LmEntry *record =
      lm_workspace_find_own_guide (self->workspace, g_variant_get_string (parameter, NULL));
  gboolean unfinished;
  g_autoptr (JsonObject) json =
      record != NULL ? lm_workspace_get_own_guide (record, &unfinished) : NULL;

  if (json != NULL)
    edit (self, lm_entry_get_id (record), json);
}

static void
told (LmGalleryPage *self, GAsyncResult *result, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LmUndo) undo = lm_workspace_save_guide_finish (self->workspace, result, &error);

  if (undo != NULL)
    lm_undo_toast (GTK_WIDGET (self), self->workspace, text, undo);
  else
    lm_toast_error (GTK_WIDGET (self), error);
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LmGalleryPage) self = data;

  told (self, result, _ ("It is among your own guides now"));
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LmGalleryPage) self = data;

  told (self, result, _ ("The guide is removed. Entries stay as they are."));
}

static void
add_own (LmGalleryPage *self, JsonObject *json)
{
  LmId id = lm_id_new_random ();

  lm_workspace_save_guide_async (self->workspace, &id, json, FALSE, made_cb, g_object_ref (self));
}

static void
duplicate_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LmGalleryPage *self = LM_GALLERY_PAGE (widget);
  LmGuide *guide = lm_library_find_guide (self->library, g_variant_get_string (parameter, NULL));
  g_autoptr (JsonObject) json = guide != NULL ? lm_own_guide_duplicate (guide) : NULL;

  if (json != NULL)
    add_own (self, json);
}

static void
remove_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LmGalleryPage *self = LM_GALLERY_PAGE (widget);
  LmEntry *record =
      lm_workspace_find_own_guide (self->workspace, g_variant_get_string (parameter, NULL));

  if (record != NULL)
    lm_workspace_remove_guide_async (self->workspace, record, removed_cb, g_object_ref (self));
}

static void
move_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LmGalleryPage *self = LM_GALLERY_PAGE (widget);

  lm_guide_order_move (self->workspace,
                       self->library,
                       g_variant_get_string (parameter, NULL),
                       g_str_equal (action, "gallery.up") ? -1 : 1);
  show_soon (self);
}

static void
hide_undone_cb (AdwToast *toast, LmGalleryPage *self)
{
  lm_guide_order_set_hidden (self->workspace, g_object_get_data (G_OBJECT (toast), "id"), FALSE);
  show_soon (self);
}

static void
hide_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LmGalleryPage *self = LM_GALLERY_PAGE (widget);
  const char *id = g_variant_get_string (parameter, NULL);
  gboolean hide = g_str_equal (action, "gallery.hide");
  AdwToast *toast;

  lm_guide_order_set_hidden (self->workspace, id, hide);
  self->stays = TRUE;
  show_soon (self);
  if (!hide)
    return;
  toast = adw_toast_new (_ ("Hidden here, and not suggested"));
  g_object_set_data_full (G_OBJECT (toast), "id", g_strdup (id), g_free);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (hide_undone_cb), self, 0);
  lm_undo_toast_show (widget, toast);
}

static void
imported_cb (GtkWidget *widget, const char *name, GBytes *bytes)
{
  LmGalleryPage *self = LM_GALLERY_PAGE (widget);
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) json =
      lm_own_guide_import (self->library, name, text != NULL ? text : "", length, &error);

  if (json != NULL)
    add_own (self, json);
  else
    lm_toast_error (widget, error);
}

static void
import_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  lm_guide_files_open (widget, imported_cb);
}

static void
save_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LmGalleryPage *self = LM_GALLERY_PAGE (widget);
  LmGuide *guide = lm_library_find_guide (self->library, g_variant_get_string (parameter, NULL));
  g_autofree char *text = NULL;
  gsize length;

  if (guide == NULL)
    return;
  text = lm_own_guide_export (guide, &length);
  lm_guide_files_save (widget, lm_guide_get_title (guide), text, length);
}

/* The page ------------------------------------------------------------------------------------- */

static void
lm_gallery_page_shown (AdwNavigationPage *page)
{
  give_wanted (LM_GALLERY_PAGE (page));
}

static void
lm_gallery_page_dispose (GObject *object)
{
  LmGalleryPage *self = LM_GALLERY_PAGE (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->wanted, g_free);
  g_clear_object (&self->library);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (lm_gallery_page_parent_class)->dispose (object);
}

static void
lm_gallery_page_class_init (LmGalleryPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lm_gallery_page_dispose;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = lm_gallery_page_shown;
  gtk_widget_class_install_action (widget_class, "gallery.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "gallery.import", NULL, import_action);
  gtk_widget_class_install_action (widget_class, "gallery.edit", "s", edit_action);
  gtk_widget_class_install_action (widget_class, "gallery.duplicate", "s", duplicate_action);
  gtk_widget_class_install_action (widget_class, "gallery.up", "s", move_action);
  gtk_widget_class_install_action (widget_class, "gallery.down", "s", move_action);
  gtk_widget_class_install_action (widget_class, "gallery.hide", "s", hide_action);
  gtk_widget_class_install_action (widget_class, "gallery.show", "s", hide_action);
  gtk_widget_class_install_action (widget_class, "gallery.save", "s", save_action);
  gtk_widget_class_install_action (widget_class, "gallery.remove", "s", remove_action);
}

static void
lm_gallery_page_init (LmGalleryPage *self)
{
  self->groups = g_ptr_array_new ();
  self->rows = g_ptr_array_new ();
}

AdwNavigationPage *
lm_gallery_page_new (LmWorkspace *workspace, LmLibrary *library)
{
  LmGalleryPage *self = g_object_new (LM_TYPE_GALLERY_PAGE, NULL);
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *box, *scroller = lm_reading_list_new (&box);

  self->workspace = g_object_ref (workspace);
  self->library = g_object_ref (library);
  self->box = GTK_BOX (box);
  show (self);
  g_signal_connect_object (lm_library_get_guides (library),
                           "items-changed",
                           G_CALLBACK (show_soon),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (lm_workspace_get_own_guides (workspace),
                           "items-changed",
                           G_CALLBACK (show_soon),
                           self,
                           G_CONNECT_SWAPPED);
  lm_titles_follow (lm_workspace_get_own_guides (workspace), G_CALLBACK (show_soon), self);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), lm_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), scroller);
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), view);
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), _ ("All guides"));
  return ADW_NAVIGATION_PAGE (self);
}
