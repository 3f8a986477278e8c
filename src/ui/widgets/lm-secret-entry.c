/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "ui/widgets/lm-secret-entry.h"

/* Secrets out of entries. GTK's password entries hold their text in locked memory; what keys, input
 * methods and the accessibility bus keep is beyond us (docs/threat-model.md). */

/* Returns: (transfer full): a copy of what is in @entry */
LmSecret *
lm_secret_entry_peek (GtkEditable *entry)
{
  const char *text = gtk_editable_get_text (entry);
  gsize length = strlen (text);
  LmSecret *secret = lm_secret_new (length);

  memcpy (lm_secret_bytes (secret), text, length);
  return secret;
}

/* Returns: (transfer full): what was in @entry, which is empty afterwards */
LmSecret *
lm_secret_entry_take (GtkEditable *entry)
{
  LmSecret *secret = lm_secret_entry_peek (entry);

  lm_secret_entry_clear (entry);
  return secret;
}

/* Empties @entry, also for its undo. */
void
lm_secret_entry_clear (GtkEditable *entry)
{
  gtk_editable_set_enable_undo (entry, FALSE);
  gtk_editable_set_text (entry, "");
  gtk_editable_set_enable_undo (entry, TRUE);
}
