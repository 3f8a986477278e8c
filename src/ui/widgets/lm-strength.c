/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/widgets/lm-strength.h"
#include "vault/lm-passphrase.h"

/* Words for how many guesses, as a power of two, somebody needs who can try without limit. Each try
 * costs them as much time as opening the journal does. */
static const struct
{
  double bits;
  const char *words;
} strengths[LM_STRENGTH_STEPS] = {
  { 0, N_ ("Very easy to guess") },  { 20, N_ ("Easy to guess") },
  { 30, N_ ("Could be guessed") },   { 42, N_ ("Hard to guess") },
  { 55, N_ ("Very hard to guess") },
};

/* Shows how hard @passphrase is to guess; it forbids nothing. */
void
lm_strength_show (GtkLevelBar *bar, GtkLabel *label, LmSecret *passphrase)
{
  double bits = lm_secret_length (passphrase) > 0 ? lm_passphrase_guesses (passphrase) : 0;
  guint step = 0;

  for (guint i = 0; i < G_N_ELEMENTS (strengths); i++)
    if (bits >= strengths[i].bits)
      step = i + 1;
  if (lm_secret_length (passphrase) == 0)
    step = 0;
  gtk_level_bar_set_value (bar, step);
  gtk_label_set_label (label, step > 0 ? _ (strengths[step - 1].words) : "");
}
