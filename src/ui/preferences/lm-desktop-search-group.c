/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "search-provider/lm-search-provider.h"
#include "ui/preferences/lm-desktop-search-group.h"

struct _LmDesktopSearchGroup
{
  AdwPreferencesGroup parent_instance;

  /* Template widgets */
  AdwSwitchRow *on_row;
};

G_DEFINE_FINAL_TYPE (LmDesktopSearchGroup, lm_desktop_search_group, ADW_TYPE_PREFERENCES_GROUP)

static void
lm_desktop_search_group_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LM_TYPE_DESKTOP_SEARCH_GROUP);
  G_OBJECT_CLASS (lm_desktop_search_group_parent_class)->dispose (object);
}

static void
lm_desktop_search_group_class_init (LmDesktopSearchGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lm_desktop_search_group_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/io/github/leitmotif_journal/Leitmotif/ui/preferences/lm-desktop-search-group.ui");
  gtk_widget_class_bind_template_child (widget_class, LmDesktopSearchGroup, on_row);
}

static void
lm_desktop_search_group_init (LmDesktopSearchGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Shows and changes @settings. To be called once. */
void
lm_desktop_search_group_set_settings (LmDesktopSearchGroup *self, GSettings *settings)
{
  g_settings_bind (settings,
                   LM_SEARCH_PROVIDER_SETTING,
                   self->on_row,
                   "active",
                   G_SETTINGS_BIND_DEFAULT);
}
