/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "journal/lm-content-stream.h"

G_BEGIN_DECLS

GtkWidget *lm_stream_note_new (LmContent *content, const LmId *entry);

G_END_DECLS
