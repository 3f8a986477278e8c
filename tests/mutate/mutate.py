# SPDX-License-Identifier: GPL-3.0-or-later
"""Breaks the core in known ways, one at a time, in a copy: its tests must notice each.

usage: mutate.py [PART-OF-A-NAME]...
"""

import os
import pathlib
import shutil
import subprocess
import sys

SOURCE = pathlib.Path(os.environ.get("LEITMOTIF_SOURCE", pathlib.Path(__file__).resolve().parents[2]))
COPY = SOURCE / "_build" / "mutate" / "source"
BUILD = SOURCE / "_build" / "mutate" / "build"

VAULT, SLOT, KDF = "src/vault/lm-vault.c", "src/vault/lm-key-slot.c", "src/vault/lm-kdf.c"
FILE, SAVE, SAVES = "src/journal/lm-file.c", "src/journal/lm-store-save.c", "src/journal/lm-saves.c"
DRAFTS, SLOTS = "src/journal/lm-store-drafts.c", "src/journal/lm-folder-slots.c"
ATTACHMENT, ENVELOPE, JSON = "src/vault/lm-attachment.c", "src/vault/lm-envelope.c", "src/base/lm-json-check.c"

# Name, file, what stands there, what is put in its place, the tests that should notice. Each text must stand there once.
MUTATIONS = [
    # What is authenticated
    ("entry: journal not authenticated", VAULT, "  memcpy (at, envelope->journal.bytes, LM_ID_BYTES);", "  memset (at, 0, LM_ID_BYTES);", "vault"),
    ("entry: id not authenticated", VAULT, "  memcpy (at + LM_ID_BYTES, envelope->id.bytes, LM_ID_BYTES);", "  memset (at + LM_ID_BYTES, 0, LM_ID_BYTES);", "vault"),
    ("entry: key not authenticated", VAULT, "  memcpy (at + 2 * LM_ID_BYTES, envelope->key.bytes, LM_ID_BYTES);", "  memset (at + 2 * LM_ID_BYTES, 0, LM_ID_BYTES);", "vault"),
    ("entry: version not authenticated", VAULT, "  *at++ = envelope->version;", "  *at++ = 0;", "vault"),
    ("entry: another journal's file is tried", VAULT, "  if (!lm_id_equal (&envelope.journal, &vault->journal))", "  if (FALSE)", "vault"),
    ("entry: padding not looked at", VAULT, "length - SIZE_BYTES - size))", "0))", "vault"),
    ("entry: only the first byte of the padding", VAULT, "memcmp (bytes, bytes + 1, length - 1) == 0", "TRUE", "vault"),
    ("entry: too large a payload is sealed", VAULT, "  if (size > LM_PAYLOAD_BYTES_MAX)", "  if (FALSE)", "vault"),
    ("entry: a short box is opened", VAULT, "  if (envelope->box_length < SIZE_BYTES + TAG_BYTES)", "  if (FALSE)", "vault"),
    ("entry: one nonce for all", VAULT, "  randombytes_buf (envelope.nonce, sizeof envelope.nonce);", "", "vault"),
    ("entry: too large a file is read", ENVELOPE, "  if (length > LM_SEALED_BYTES_MAX)", "  if (FALSE)", "envelope"),
    ("entry: a newer version is opened", ENVELOPE, "  if (version > LM_ENVELOPE_VERSION)", "  if (FALSE)", "envelope"),
    ("slot: journal not authenticated", SLOT, "  g_byte_array_append (data, slot->journal.bytes, LM_ID_BYTES);", "", "key-slot"),
    ("slot: id not authenticated", SLOT, "  g_byte_array_append (data, slot->id.bytes, LM_ID_BYTES);", "", "key-slot"),
    ("slot: kind not authenticated", SLOT, "  g_byte_array_append (data, &kind, 1);", "", "key-slot"),
    ("slot: passes not authenticated", SLOT, "  append_u32 (data, slot->cost.opslimit);", "", "key-slot"),
    ("slot: memory not authenticated", SLOT, "  append_u32 (data, slot->cost.memlimit_kib);", "", "key-slot"),
    ("slot: salt not authenticated", SLOT, "  g_byte_array_append (data, slot->salt, sizeof slot->salt);", "", "key-slot"),
    ("slot: commitment not compared", SLOT, "      sodium_memcmp (expected, slot->commit, sizeof expected) != 0)", "      FALSE)", "key-slot key-slot-damage"),
    ("slot: a large key file is read", SLOT, "  if (length > LM_KEY_SLOT_BYTES_MAX)", "  if (FALSE)", "hostile"),
    ("slot: any cost is taken", SLOT, "  if (!lm_kdf_cost_check ((guint64) opslimit, (guint64) memlimit, error))", "  if (FALSE)", "key-slot key-slot-damage kdf"),
    ("cost: few passes", KDF, "#define OPSLIMIT_MIN 2", "#define OPSLIMIT_MIN 1", "kdf"),
    ("cost: many passes", KDF, "#define OPSLIMIT_MAX 16", "#define OPSLIMIT_MAX 17", "kdf"),
    ("cost: little memory", KDF, "#define MEMLIMIT_MIN (64 * MIB)", "#define MEMLIMIT_MIN (63 * MIB)", "kdf"),
    ("cost: much memory", KDF, "#define MEMLIMIT_MAX (1024 * MIB)", "#define MEMLIMIT_MAX (1025 * MIB)", "kdf"),
    ("cost: both together", KDF, " && opslimit * memlimit_kib <= PRODUCT_MAX", "", "kdf"),
    ("code: checksum not compared", "src/vault/lm-recovery-code.c", "  if (!lm_secret_equal (code, expected))", "  if (FALSE)", "recovery-code"),
    ("keys: what follows is taken", "src/vault/lm-master-keys.c", " || at != end)", ")", "master-keys"),
    ("settle: a copy that was changed meanwhile goes", "src/journal/lm-store-settle.c", "  if (now != NULL && g_bytes_equal (now, bytes))", "  if (now != NULL)", "store-settle"),
    ("seal anew: what came meanwhile is replaced", "src/journal/lm-reseal-file.c", "      if (!is_old (folder, temporary, data))", "      if (FALSE)", "reseal"),
    ("read-only: never", "src/journal/lm-store.c", "  if (!store->read_only)\n    return TRUE;\n  g_set_error (error,", "  if (TRUE)\n    return TRUE;\n  g_set_error (error,", "read-only"),
    ("passphrase: any length", "src/vault/lm-passphrase.c", "  if (length > LM_PASSPHRASE_BYTES_MAX)", "  if (FALSE)", "passphrase"),
    ("passphrase: control characters", "src/vault/lm-passphrase.c", "    if (g_unichar_iscntrl (g_utf8_get_char (at)))", "    if (FALSE)", "passphrase"),
    ("attachment: number of the chunk not in the nonce", ATTACHMENT, "  memcpy (nonce, &little, sizeof little);", "", "attachment"),
    ("attachment: last chunk not marked", ATTACHMENT, "  nonce[8] = last ? 1 : 0;", "", "attachment"),
    ("attachment: hash not compared", ATTACHMENT, "  if (hash != NULL && sodium_memcmp (found.bytes, hash->bytes, sizeof found.bytes) != 0)", "  if (FALSE)", "attachment"),
    ("attachment: another's file is opened", ATTACHMENT, "  if (!lm_id_equal (&head.id, id))", "  if (FALSE)", "attachment hostile"),
    ("attachment: size not compared", ATTACHMENT, "  if (total != expected)", "  if (FALSE)", "attachment hostile"),
    # What is read at all
    ("base64: bits left over", "src/base/lm-base64.c", "(pad > 0 && end[2] != 0)", "FALSE", "base64"),
    ("base64: any character", "src/base/lm-base64.c", "  if (((all | bits) & BAD) != 0 || ", "  if (", "base64"),
    ("base64: only the last four characters", "src/base/lm-base64.c", "(all | bits) & BAD", "bits & BAD", "base64"),
    ("json: one key twice", JSON, '    return refuse (scan, LM_JSON_ERROR_DUPLICATE, "one key twice in an object");', "    return TRUE;", "json-check"),
    ("json: 33 deep", "src/base/lm-json.h", "#define LM_JSON_DEPTH_MAX 32", "#define LM_JSON_DEPTH_MAX 33", "json-check"),
    # What is on the disk
    ("file: not synced", FILE, "  if (!write_all (file, bytes) || fsync (file) != 0)", "  if (!write_all (file, bytes))", "store-faults crash"),
    ("file: a failed fsync is tried again", FILE, "  if (!write_all (file, bytes) || fsync (file) != 0)", "  if (!write_all (file, bytes) || (fsync (file) != 0 && fsync (file) != 0))", "store-faults"),
    ("file: folder not synced", FILE, "  if (fsync (folder) == 0 || errno == EINVAL", "  if (TRUE || errno == EINVAL", "store-faults crash"),
    ("file: a failed sync of the folder is passed over", FILE, "  if (fsync (folder) == 0 || errno == EINVAL", "  if (fsync (folder) == 0 || TRUE || errno == EINVAL", "store-faults crash"),
    ("file: written over", FILE, "O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600", "O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600", "file"),
    ("file: links are followed", FILE, "  int file = openat (folder, name, flags | O_NOFOLLOW);", "  int file = openat (folder, name, flags);", "file"),
    ("file: readable by all", FILE, "O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600", "O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644", "file store"),
    ("file: any size is read", FILE, "  if (info.st_size < 0 || (guint64) info.st_size > limit)", "  if (FALSE)", "file"),
    ("file: what is there is replaced", FILE, "  if (renameat2 (folder, temporary, folder, name, RENAME_NOREPLACE) == 0)", "  if (renameat2 (folder, temporary, folder, name, 0) == 0)", "file store-save"),
    ("file: exchanged without exchange", FILE, "  if (renameat2 (folder, temporary, folder, name, RENAME_EXCHANGE) == 0)", "  if (renameat2 (folder, temporary, folder, name, 0) == 0)", "file store-save crash"),
    ("save: the folder is not synced", SAVE, "  if (!lm_file_sync_folder (entries, save->name, error))", "  if (FALSE)", "store-faults crash"),
    ("save: no version is kept", SAVE, "  if (unkept == NULL && !lm_store_keep_version (store, id, &record->hash, file, error))", "  if (FALSE)", "store-save crash"),
    ("save: no version is kept behind it", SAVE, "  return lm_store_keep_version (store, &record->id, &record->hash, file, error);", "  return TRUE;", "store-save crash"),
    ("save: what was displaced is not looked at", SAVE, "      if (!is_expected (save, save->temporary))", "      if (FALSE)", "store-save"),
    ("save: a failed write leaves its temporary file", SAVE, "      if (!save->conflict && !save->displaced)", "      if (FALSE)", "store-faults"),
    ("save: another text counts as the one begun from", SAVE, "lm_id_equal (&hash, &save->base->hash)", "TRUE", "store-save"),
    ("drafts: dropped whatever they say", DRAFTS, "      else if (is_safe_elsewhere (store, draft->record))", "      else if (TRUE)", "store-drafts"),
    ("drafts: a save that failed counts", DRAFTS, "found = version != NULL && is_in_history (version, entry) && ", "found = version != NULL && ", "store-drafts"),
    ("drafts: a version that is missing is not made up for", DRAFTS, "  if (entry != NULL && says (entry, &wanted))", "  if (FALSE)", "store-drafts"),
    ("saves: diverged counts as newer", SAVES, "  if (more && less)", "  if (FALSE)", "saves copy"),
    ("seen: written over when it cannot be read", "src/journal/lm-seen.c", "  if (seen->in_doubt)", "  if (FALSE)", "seen"),
    ("seen: what is gone is packed as there", "src/journal/lm-seen-states.c", " << 1 | (known->gone ? 1 : 0));", " << 1);", "seen"),
    ("seen: packed without who saved it", "src/journal/lm-seen-states.c", "      number >>= 1;", "      number = 0;", "seen"),
    ("lock: not taken", "src/journal/lm-local.c", "      set_lock (local, F_WRLCK, KEEPER, FALSE))", "      TRUE)", "local store"),
    ("folder: keys of another journal are tried", SLOTS, "  else if (lm_id_equal (lm_key_slot_journal (slot), &folder->journal))", "  else if (TRUE)", "folder folder-unlock"),
    ("folder: any number of slots is tried", "src/journal/lm-folder.h", "#define LM_FOLDER_TRIES_MAX 8", "#define LM_FOLDER_TRIES_MAX 9", "folder-unlock"),
]


def copy():
    """Only what changed gets a new time, so that little is built anew."""
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=SOURCE, capture_output=True, text=True,
                            check=True).stdout.splitlines()
    for name in listed:
        if (SOURCE / name).is_file():
            there = COPY / name
            there.parent.mkdir(parents=True, exist_ok=True)
            if not there.exists() or there.read_bytes() != (SOURCE / name).read_bytes():
                shutil.copyfile(SOURCE / name, there)


def run(*command, **options):
    return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          errors="replace", check=False, **options)


def program(test):
    for folder in ("base", "vault", "journal", "crash"):
        if (COPY / "tests" / folder / f"test-{test}.c").exists():
            return f"tests/{folder}/test-{test}"
    raise SystemExit(f"mutate: there is no test {test}")


def mutate(text, old, new):
    """The text with the change, or None if what is to be changed does not stand there once."""
    return text.replace(old, new) if text.count(old) == 1 else None


def is_noticed(tests):
    programs = [program(test) for test in tests]
    built = run("ninja", "-C", BUILD, *programs)
    if built.returncode != 0:
        raise SystemExit(built.stdout)
    for path in programs:
        # The quick half of the crash tests is enough to notice.
        some = ["-p", "/crash/fail/save", "-p", "/crash/power/save", "-p", "/crash/fail/unlock-and-close"]
        result = run(BUILD / path, *(some if path.endswith("crash") else []), timeout=600,
                     env={**os.environ, "G_TEST_SRCDIR": str(COPY / "tests"), "G_TEST_BUILDDIR": str(BUILD / "tests"),
                          "G_DEBUG": "gc-friendly,fatal-warnings", "TZ": "Europe/Berlin"})
        if result.returncode != 0:
            return path.rsplit("/", 1)[1]
    return None


def main():
    copy()
    if not (BUILD / "build.ninja").exists():
        result = run("meson", "setup", "-Dprofile=devel", "-Dtests=headless", BUILD, COPY)
        if result.returncode != 0:
            raise SystemExit(result.stdout)
    wanted = [m for m in MUTATIONS if not sys.argv[1:] or any(word in m[0] for word in sys.argv[1:])]
    left = 0
    for name, path, old, new, tests in wanted:
        file = COPY / path
        whole = file.read_text()
        changed = mutate(whole, old, new)
        if changed is None or changed == whole:
            print(f"stale   {name}: {path} no longer says this", flush=True)
            left += 1
            continue
        file.write_text(changed)
        try:
            noticed = is_noticed(tests.split())
        except subprocess.TimeoutExpired:
            noticed = "no end"
        finally:
            file.write_text(whole)
        print(f"{'killed ' if noticed else 'ALIVE  '} {name}{f' ({noticed})' if noticed else ''}", flush=True)
        left += noticed is None
    print(f"{len(wanted) - left} of {len(wanted)} mutations killed")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
