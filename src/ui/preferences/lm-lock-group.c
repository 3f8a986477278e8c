/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/preferences/lm-lock-group.h"
#include "workspace/lm-settings.h"

struct _LmLockGroup
{
  AdwPreferencesGroup parent_instance;

  /* Template widgets */
  AdwComboRow *idle_row;
  AdwSwitchRow *screen_row;
  AdwSwitchRow *sleep_row;

  GSettings *settings;
};

G_DEFINE_FINAL_TYPE (LmLockGroup, lm_lock_group, ADW_TYPE_PREFERENCES_GROUP)

/* There is no "never": a screen that locks is not everywhere, and who is there needs only to touch
 * a key. */
static const int minutes[] = { 1, 2, 5, 10, 15, 30 };

static void
idle_cb (LmLockGroup *self)
{
  guint selected = adw_combo_row_get_selected (self->idle_row);

  if (self->settings != NULL && selected < G_N_ELEMENTS (minutes))
    g_settings_set_int (self->settings, LM_SETTING_LOCK_IDLE, minutes[selected]);
}

static void
lm_lock_group_dispose (GObject *object)
{
  LmLockGroup *self = LM_LOCK_GROUP (object);

  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (object), LM_TYPE_LOCK_GROUP);
  G_OBJECT_CLASS (lm_lock_group_parent_class)->dispose (object);
}

static void
lm_lock_group_class_init (LmLockGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lm_lock_group_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/io/github/leitmotif_journal/Leitmotif/ui/preferences/lm-lock-group.ui");
  gtk_widget_class_bind_template_child (widget_class, LmLockGroup, idle_row);
  gtk_widget_class_bind_template_child (widget_class, LmLockGroup, screen_row);
  gtk_widget_class_bind_template_child (widget_class, LmLockGroup, sleep_row);
  gtk_widget_class_bind_template_callback (widget_class, idle_cb);
}

static void
lm_lock_group_init (LmLockGroup *self)
{
  g_autoptr (GtkStringList) times = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (minutes); i++)
    {
      g_autofree char *time = g_strdup_printf (
          /* Translators: beside “When nobody is here”; with a space that does not break */
          ngettext ("After %d minute", "After %d minutes", (gulong) minutes[i]),
          minutes[i]);

      gtk_string_list_append (times, time);
    }
  adw_combo_row_set_model (self->idle_row, G_LIST_MODEL (times));
}

/* Shows and changes @settings. To be called once. */
void
lm_lock_group_set_settings (LmLockGroup *self, GSettings *settings)
{
  int now = g_settings_get_int (settings, LM_SETTING_LOCK_IDLE);
  guint selected = 0;

  while (selected + 1 < G_N_ELEMENTS (minutes) && minutes[selected] < now)
    selected++;
  adw_combo_row_set_selected (self->idle_row, selected);
  self->settings = g_object_ref (settings);
  g_settings_bind (settings,
                   LM_SETTING_LOCK_SCREEN,
                   self->screen_row,
                   "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings,
                   LM_SETTING_LOCK_SUSPEND,
                   self->sleep_row,
                   "active",
                   G_SETTINGS_BIND_DEFAULT);
}
