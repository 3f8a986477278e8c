/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "lm-test.h"
#include "vault/lm-vault-error.h"
#include "vault/lm-vault.h"

G_BEGIN_DECLS

/* 000102…, the journal of the tests. */
LmId lm_test_journal (void);
/* The first of two known keys, or both. */
LmMasterKeys *lm_test_keys (guint n);
LmVault *lm_test_vault (guint n_keys);

/* Key files of that journal with both keys, and what the first one's passphrase gives, in hex. */
extern const char lm_test_passphrase_slot[];
extern const char lm_test_passphrase_derived[];
extern const char lm_test_recovery_slot[];

/**
 * LmTestSeal:
 * @key: 1 or 2, of lm_test_keys ()
 *
 * How a file is sealed by hand, after the format's text and not by the code under test.
 */
typedef struct
{
  const char *format;
  const char *magic;
  const char *label;
  LmId journal;
  LmId id;
  guint key;
} LmTestSeal;

LmTestSeal lm_test_seal_entry (const LmId *id);
GBytes *lm_test_plain (GBytes *payload, guint32 n, gsize total);
GBytes *lm_test_box (const LmTestSeal *seal, GBytes *plain);
GBytes *lm_test_file (const LmTestSeal *seal, GBytes *plain);

G_END_DECLS
