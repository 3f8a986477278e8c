/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkFileDialog *lm_file_dialog_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
