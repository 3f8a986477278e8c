/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "base/lm-secret.h"

G_BEGIN_DECLS

LmSecret *lm_secret_entry_take (GtkEditable *entry);
LmSecret *lm_secret_entry_peek (GtkEditable *entry);
void lm_secret_entry_clear (GtkEditable *entry);

G_END_DECLS
