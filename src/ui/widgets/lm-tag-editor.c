/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "base/lm-fold.h"
#include "base/lm-text.h"
#include "ui/widgets/lm-tag-editor.h"

struct _LmTagEditor
{
  AdwBin parent_instance;

  AdwWrapBox *box;
  GtkEntry *entry;
  GPtrArray *tags;     /* of char */
  guint split_handler; /* 0 if there is nothing to be split */
};

G_DEFINE_FINAL_TYPE (LmTagEditor, lm_tag_editor, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void show_tags (LmTagEditor *self);

static void
remove_cb (GtkButton *button, LmTagEditor *self)
{
  const char *tag = gtk_widget_get_name (GTK_WIDGET (button));

  for (guint i = 0; i < self->tags->len; i++)
    if (g_str_equal (self->tags->pdata[i], tag))
      {
        g_ptr_array_remove_index (self->tags, i);
        break;
      }
  show_tags (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static GtkWidget *
make_pill (LmTagEditor *self, const char *tag)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  /* Translators: %s is a tag */
  g_autofree char *label = g_strdup_printf (_ ("Remove tag %s"), tag);
  GtkWidget *words = gtk_label_new (tag);

  gtk_label_set_ellipsize (GTK_LABEL (words), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("window-close-symbolic"));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_set_name (button, tag);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label,
                                  -1);
  gtk_widget_add_css_class (button, "lm-pill");
  g_signal_connect (button, "clicked", G_CALLBACK (remove_cb), self);
  return button;
}

static void
show_tags (LmTagEditor *self)
{
  GtkWidget *child;

  g_object_ref (self->entry);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    adw_wrap_box_remove (self->box, child);
  for (guint i = 0; i < self->tags->len; i++)
    adw_wrap_box_append (self->box, make_pill (self, self->tags->pdata[i]));
  adw_wrap_box_append (self->box, GTK_WIDGET (self->entry));
  g_object_unref (self->entry);
}

/* However it is written. */
static gboolean
has_tag (LmTagEditor *self, const char *tag)
{
  g_autofree char *folded = lm_fold (tag);

  for (guint i = 0; i < self->tags->len; i++)
    {
      g_autofree char *other = lm_fold (self->tags->pdata[i]);

      if (g_str_equal (folded, other))
        return TRUE;
    }
  return FALSE;
}

/* Makes a tag of each of @parts. Returns: whether there is another one now */
static gboolean
take_parts (LmTagEditor *self, char *const *parts)
{
  gboolean any = FALSE;

  for (; *parts != NULL; parts++)
    {
      g_autofree char *tag = lm_text_clean_tag (*parts);

      if (tag[0] == '\0' || has_tag (self, tag))
        continue;
      g_ptr_array_add (self->tags, g_steal_pointer (&tag));
      any = TRUE;
    }
  return any;
}

/* Makes tags of what is in the field. */
static void
take_entry (LmTagEditor *self)
{
  g_auto (GStrv) parts = g_strsplit (gtk_editable_get_text (GTK_EDITABLE (self->entry)), ",", -1);

  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  if (!take_parts (self, parts))
    return;
  show_tags (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* What stands before the last comma; the rest is still being typed. */
static void
split_cb (gpointer data)
{
  LmTagEditor *self = data;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  guint n = g_strv_length (parts);
  g_autofree char *rest = n > 0 ? g_steal_pointer (&parts[n - 1]) : g_strdup ("");

  self->split_handler = 0;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), rest);
  if (take_parts (self, parts))
    show_tags (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* A comma ends a tag, as in lists. The field is not to be changed while it tells of a change. */
static void
text_changed_cb (LmTagEditor *self)
{
  if (strchr (gtk_editable_get_text (GTK_EDITABLE (self->entry)), ',') == NULL)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  else if (self->split_handler == 0)
    self->split_handler = g_idle_add_once (split_cb, self);
}

/* Shows @tags. */
void
lm_tag_editor_set_tags (LmTagEditor *self, const char *const *tags)
{
  g_ptr_array_set_size (self->tags, 0);
  for (; *tags != NULL; tags++)
    g_ptr_array_add (self->tags, g_strdup (*tags));
  show_tags (self);
}

/* Returns: (transfer full): the tags, with the one that is still being typed: it is to be there
 * too when the window is closed now */
GStrv
lm_tag_editor_get_tags (LmTagEditor *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) parts = g_strsplit (gtk_editable_get_text (GTK_EDITABLE (self->entry)), ",", -1);

  for (guint i = 0; i < self->tags->len; i++)
    g_strv_builder_add (builder, self->tags->pdata[i]);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *typed = lm_text_clean_tag (parts[i]);

      if (typed[0] != '\0' && !has_tag (self, typed))
        g_strv_builder_add (builder, typed);
    }
  return g_strv_builder_end (builder);
}

static void
focus_left_cb (GtkEventControllerFocus *focus, LmTagEditor *self)
{
  /* What was typed and not confirmed is not lost. */
  if (gtk_editable_get_text (GTK_EDITABLE (self->entry))[0] != '\0')
    take_entry (self);
}

static void
lm_tag_editor_dispose (GObject *object)
{
  g_clear_handle_id (&LM_TAG_EDITOR (object)->split_handler, g_source_remove);
  G_OBJECT_CLASS (lm_tag_editor_parent_class)->dispose (object);
}

static void
lm_tag_editor_finalize (GObject *object)
{
  g_ptr_array_unref (LM_TAG_EDITOR (object)->tags);
  G_OBJECT_CLASS (lm_tag_editor_parent_class)->finalize (object);
}

static void
lm_tag_editor_class_init (LmTagEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lm_tag_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = lm_tag_editor_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed",
                                          G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          0);
}

static void
lm_tag_editor_init (LmTagEditor *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->tags = g_ptr_array_new_with_free_func (g_free);
  self->box = ADW_WRAP_BOX (adw_wrap_box_new ());
  adw_wrap_box_set_child_spacing (self->box, 6);
  adw_wrap_box_set_line_spacing (self->box, 6);
  self->entry = GTK_ENTRY (gtk_entry_new ());
  gtk_entry_set_placeholder_text (self->entry, _ ("Add a tag"));
  gtk_entry_set_input_hints (self->entry, GTK_INPUT_HINT_PRIVATE);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Add a tag"),
                                  -1);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (take_entry), self);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (text_changed_cb), self);
  g_signal_connect (focus, "leave", G_CALLBACK (focus_left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), focus);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
  show_tags (self);
}
