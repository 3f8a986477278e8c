/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/stream/lm-stream-note.h"
#include "workspace/lm-phrases.h"

/* Below words that were written without deleting: how long it went on, and the way to reading them
 * again. @content has such words. */
GtkWidget *
lm_stream_note_new (LmContent *content, const LmId *entry)
{
  GtkWidget *box = adw_wrap_box_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("Read _again and mark"));
  g_autoptr (GArray) pauses = lm_content_pauses (content);
  g_autofree char *text = lm_phrase_wrote (lm_content_stream_seconds (content), pauses->len);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "dimmed");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.read-stream");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", lm_id_format (entry).digits);
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (box), 12);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (box), 6);
  adw_wrap_box_append (ADW_WRAP_BOX (box), label);
  adw_wrap_box_append (ADW_WRAP_BOX (box), button);
  return box;
}
