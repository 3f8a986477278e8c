/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "base/lm-text.h"
#include "ui/widgets/lm-date-entry.h"

/* A field for a date. What cannot be read stays there, with a line on how it could be. */

struct _LmDateEntry
{
  GtkBox parent_instance;

  GtkWidget *row;
  GtkWidget *entry;
  GtkWidget *hint;
  LmClock *clock;
};

enum
{
  SIGNAL_ENTERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LmDateEntry, lm_date_entry, GTK_TYPE_BOX)

static GDate
today_of (LmDateEntry *self)
{
  g_autoptr (GDateTime) now = lm_clock_now (self->clock);
  GDate today;
  int year, month, day;

  g_date_time_get_ymd (now, &year, &month, &day);
  g_date_clear (&today, 1);
  g_date_set_dmy (&today, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return today;
}

static void
set_wrong (LmDateEntry *self, gboolean wrong)
{
  gtk_widget_set_visible (self->hint, wrong);
  if (wrong)
    gtk_widget_add_css_class (self->entry, "error");
  else
    gtk_widget_remove_css_class (self->entry, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry),
                               GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

static void
show_hint (LmDateEntry *self)
{
  GDate today = today_of (self);
  g_autofree char *here = lm_typed_date_write (&today);
  g_autofree char *text = NULL;
  char anywhere[16];

  g_date_strftime (anywhere, sizeof anywhere, "%Y-%m-%d", &today);
  if (g_str_equal (here, anywhere))
    text =
        /* Translators: %s is an example of a date */
        g_strdup_printf (_ ("That could not be read as a date. It can be written like %s."), here);
  else
    text = g_strdup_printf (
        /* Translators: both are examples of a date */
        _ ("That could not be read as a date. It can be written like %1$s or %2$s."),
        here,
        anywhere);
  gtk_label_set_label (GTK_LABEL (self->hint), text);
  set_wrong (self, TRUE);
  gtk_accessible_announce (GTK_ACCESSIBLE (self),
                           text,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
activate_cb (LmDateEntry *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  GDate today = today_of (self), day;
  LmTypedDate read = lm_typed_date_read (typed, &today, &day);

  if (read == LM_TYPED_DATE_NONE && !lm_text_is_blank (typed))
    {
      show_hint (self);
      return;
    }
  set_wrong (self, FALSE);
  g_signal_emit (self, signals[SIGNAL_ENTERED], 0, read, read != LM_TYPED_DATE_NONE ? &day : NULL);
}

static void
changed_cb (LmDateEntry *self)
{
  set_wrong (self, FALSE);
}

static void
lm_date_entry_dispose (GObject *object)
{
  g_clear_pointer (&LM_DATE_ENTRY (object)->clock, lm_clock_unref);
  G_OBJECT_CLASS (lm_date_entry_parent_class)->dispose (object);
}

static void
lm_date_entry_class_init (LmDateEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lm_date_entry_dispose;
  /* With how much of a date it is, as #LmTypedDate, and the date; none if the field is empty. */
  signals[SIGNAL_ENTERED] = g_signal_new ("entered",
                                          G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          2,
                                          G_TYPE_UINT,
                                          G_TYPE_DATE);
}

static void
lm_date_entry_init (LmDateEntry *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  self->row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->entry = gtk_entry_new ();
  gtk_widget_set_hexpand (self->entry, TRUE);
  gtk_entry_set_icon_from_icon_name (GTK_ENTRY (self->entry),
                                     GTK_ENTRY_ICON_SECONDARY,
                                     "object-select-symbolic");
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (activate_cb), self);
  g_signal_connect_swapped (self->entry, "icon-press", G_CALLBACK (activate_cb), self);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (changed_cb), self);
  self->hint = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->hint), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->hint), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (self->hint), 30);
  gtk_widget_add_css_class (self->hint, "caption");
  gtk_widget_set_visible (self->hint, FALSE);
  gtk_box_append (GTK_BOX (self->row), self->entry);
  gtk_box_append (GTK_BOX (self), self->row);
  gtk_box_append (GTK_BOX (self), self->hint);
}

/* Shows @text, whatever was there. */
void
lm_date_entry_set_text (LmDateEntry *self, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  set_wrong (self, FALSE);
}

/* @label: what the date is for; @beside: whether it is to be read beside the field, also when that
 * is filled, or only within it */
GtkWidget *
lm_date_entry_new (LmClock *clock, const char *label, gboolean beside)
{
  LmDateEntry *self = g_object_new (LM_TYPE_DATE_ENTRY, NULL);
  GDate today;
  g_autofree char *example = NULL, *placeholder = NULL;

  self->clock = lm_clock_ref (clock);
  today = today_of (self);
  example = lm_typed_date_write (&today);
  /* Translators: in an empty field: what the date is for, as in "Go to a date", and an example */
  placeholder = g_strdup_printf (_ ("%1$s: %2$s"), label, example);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), beside ? example : placeholder);
  if (beside)
    {
      GtkWidget *name = gtk_label_new (label);

      gtk_label_set_xalign (GTK_LABEL (name), 0);
      gtk_widget_set_hexpand (name, TRUE);
      gtk_widget_set_hexpand (self->entry, FALSE);
      gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 13);
      gtk_box_prepend (GTK_BOX (self->row), name);
    }
  gtk_entry_set_icon_tooltip_text (GTK_ENTRY (self->entry), GTK_ENTRY_ICON_SECONDARY, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label,
                                  -1);
  return GTK_WIDGET (self);
}
