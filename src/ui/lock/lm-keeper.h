/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/lm-window.h"

G_BEGIN_DECLS

/**
 * LmKeeper:
 *
 * Locks the window's journal: when the person says so, when nobody is there, when the screen locks,
 * and before the computer sleeps; and leads back to where they were.
 */
#define LM_TYPE_KEEPER (lm_keeper_get_type ())
G_DECLARE_FINAL_TYPE (LmKeeper, lm_keeper, LM, KEEPER, GObject)

LmKeeper *lm_keeper_new (LmWindow *window,
                         LmWorkspace *workspace,
                         LmLibrary *library,
                         AdwBanner *banner);
void lm_keeper_lock (LmKeeper *self);
void lm_keeper_forget_place (LmKeeper *self);
gboolean lm_keeper_show_quietly (GtkWindow *window);

G_END_DECLS
