/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * A helper process and the line to it: a SOCK_SEQPACKET socketpair on the helper's file
 * descriptor 3. A message is one packet holding a serialised GVariant "(usa{sv})" (generation,
 * verb, details), at most 64 KiB, with at most one file descriptor (a sealed or mapped memfd that
 * carries pictures). Both sides treat the other's bytes as untrusted: wrong type, size or verb is
 * PROTOCOL.
 */

typedef struct {
  guint32 generation;
  char *verb;
  GVariant *details; /* a{sv} */
  int fd;            /* -1 if none; owned */
} YzHelperMessage;

void yz_helper_message_free (YzHelperMessage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YzHelperMessage, yz_helper_message_free)

#define YZ_HELPER_FD 3
#define YZ_HELPER_MESSAGE_MAX 65536

/* Blocking, EINTR-safe. @details is sunk when floating. @fd -1 for none, not consumed. */
gboolean yz_helper_send (
    int socket, guint32 generation, const char *verb, GVariant *details, int fd, GError **error);
/* NULL with LOST when the other side is gone, TIMEOUT after @timeout_ms (-1: for ever). */
YzHelperMessage *yz_helper_receive (int socket, int timeout_ms, GError **error);
/* The parser alone: for receive and for the fuzzer. */
YzHelperMessage *yz_helper_message_parse (const guint8 *data, gsize length, GError **error);

/* Starts @program (looked up in YIZHAN_LIBEXECDIR, then the installed place) with the other end as
 * fd 3; the child dies with its parent (PR_SET_PDEATHSIG). out_socket is close-on-exec. */
gboolean yz_helper_spawn (const char *program,
                          const char *const *arguments,
                          GPid *out_pid,
                          int *out_socket,
                          GError **error);

/**
 * yz_helper_memfd_new:
 * @size: bytes
 *
 * Memory that two processes share and that keeps its size for ever (sealed against shrinking and
 * growing), so that no side can make the other fault by cutting it off.
 *
 * Returns: a file descriptor, close-on-exec, or -1 with PROTOCOL
 */
int yz_helper_memfd_new (gsize size, GError **error);
/* Maps memory that came over the line; munmap() it. Anything but a memfd of exactly @size bytes
 * that cannot shrink is PROTOCOL. */
void *yz_helper_map (int fd, gsize size, gboolean writable, GError **error);
/* A picture as a memfd that nobody can change any more, the sender neither. */
int yz_helper_seal_bytes (const void *data, gsize length, GError **error);
/**
 * yz_helper_map_bytes:
 * @fd: from yz_helper_seal_bytes() of the other side; stays the caller's
 * @max: more bytes than this are PROTOCOL
 *
 * Returns: (transfer full): the bytes, mapped and not copied, or NULL with PROTOCOL when the memory
 * is empty, too large or could still change
 */
GBytes *yz_helper_map_bytes (int fd, gsize max, GError **error);

/* GError ↔ message details, so that errors cross the line with their code. */
GVariant *yz_helper_pack_error (const GError *error);
void yz_helper_unpack_error (GVariant *details, GError **error);

G_END_DECLS
