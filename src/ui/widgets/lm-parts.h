/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

GtkWidget *lm_calendar_new (const char *label);
GtkWidget *lm_calendar_scroller (GtkWidget *calendar);
GtkWidget *lm_header_bar_new (void);
GtkWidget *lm_reading_list_new (GtkWidget **box);
GtkWidget *lm_spoken_button (GtkWidget *button, const char *text, const char *spoken);
GtkWidget *lm_doi_link_new (const char *doi);
GtkWidget *lm_model_group_new (const char *title,
                               const char *description,
                               GListModel *model,
                               GtkListBoxCreateWidgetFunc make_row,
                               gpointer data);
void lm_button_wrap (GtkButton *button);
void lm_menu_when_wanted (GtkMenuButton *button, GMenuModel *menu);
GtkWidget *lm_place_row_new (const char *title, const char *icon);
GtkWidget *lm_link_row_new (const char *title,
                            const char *subtitle,
                            const char *icon,
                            const char *action,
                            const char *target);

G_END_DECLS
