/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "library/lm-library.h"
#include "workspace/lm-guide-run.h"
#include "workspace/lm-stream.h"
#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

/**
 * LmStreamView:
 *
 * A step of a guide on which somebody writes without deleting: how long, the writing itself, and
 * what has become of it. Emits "changed" when it goes from one of these to another, and "ended"
 * when the person has finished.
 */
#define LM_TYPE_STREAM_VIEW (lm_stream_view_get_type ())
G_DECLARE_FINAL_TYPE (LmStreamView, lm_stream_view, LM, STREAM_VIEW, AdwBin)

GtkWidget *lm_stream_view_new (LmWorkspace *workspace, LmLibrary *library, LmGuideRun *run);
LmStreamState lm_stream_view_get_state (LmStreamView *self);

G_END_DECLS
