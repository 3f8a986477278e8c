/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LmTagEditor:
 *
 * Tags as pills, with a field for one more. Signal "changed" when the person changed them.
 */
#define LM_TYPE_TAG_EDITOR (lm_tag_editor_get_type ())
G_DECLARE_FINAL_TYPE (LmTagEditor, lm_tag_editor, LM, TAG_EDITOR, AdwBin)

void lm_tag_editor_set_tags (LmTagEditor *self, const char *const *tags);
GStrv lm_tag_editor_get_tags (LmTagEditor *self);

G_END_DECLS
