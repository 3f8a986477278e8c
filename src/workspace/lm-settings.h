/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LM_SETTING_FOLDER       "journal-folder"
#define LM_SETTING_KEYRING      "keep-in-keyring"
#define LM_SETTING_CODE_CHECKED "recovery-code-checked"
#define LM_SETTING_COUNTRY      "help-country"
#define LM_SETTING_APPEARANCE   "appearance"
#define LM_SETTING_LOCK_IDLE    "lock-idle-minutes"
#define LM_SETTING_LOCK_SCREEN  "lock-with-screen"
#define LM_SETTING_LOCK_SUSPEND "lock-before-sleep"
#define LM_SETTING_TEXT_SIZE    "text-size"
#define LM_SETTING_CORRECTING   "correct-while-writing-freely"
#define LM_SETTING_WIDTH        "window-width"
#define LM_SETTING_HEIGHT       "window-height"
#define LM_SETTING_MAXIMIZED    "window-maximized"

GSettings *lm_settings_new (gboolean in_memory);
char *lm_settings_journal_path (GSettings *settings) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
