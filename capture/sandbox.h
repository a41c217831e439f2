/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How closely this process is shut in. */
typedef struct {
  gboolean relaxed; /* built with sanitizers, which need more of the kernel than the work does */
  int landlock;     /* the kernel's Landlock version, 0 when it has none */
} YzSandbox;

/**
 * yz_sandbox_enter:
 * @memory: most address space this process may take, bytes; not limited in a sanitized build
 * @lenient: an attempt to open a file or to start a thread fails instead of ending the process, for
 *   libraries that try and go on without
 * @readable: (nullable) (array zero-terminated=1): folders whose files may still be read, wherever
 *   Landlock keeps everything else closed; without Landlock they are closed too. Needs @lenient
 * @out_sandbox: (out)
 *
 * Shuts this process in for good: from here on it can compute, talk over the descriptors it holds
 * and end. Everything else kills it (seccomp): no file is opened, no program started, no socket
 * made, no memory made executable. Where the kernel has Landlock, the file system is closed a
 * second time. Load what is needed (translations, say) before.
 *
 * Returns: FALSE with UNSUPPORTED when the kernel cannot do it; then do not go on
 */
gboolean yz_sandbox_enter (gsize memory,
                           gboolean lenient,
                           const char *const *readable,
                           YzSandbox *out_sandbox,
                           GError **error);

G_END_DECLS
