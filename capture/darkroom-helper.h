/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/helper-line.h"

G_BEGIN_DECLS

/*
 * The process yizhan-darkroom as the desk's worker holds it: its line, and the memory that both
 * have mapped (capture/page-parcel.h says what lies where). One thread at a time.
 */
typedef struct {
  GPid pid; /* 0 when none runs */
  int socket;
  int memory_fd;
  guint8 *memory;
  guint32 generation;
} YzDarkroomHelper;

/* No process yet. */
void yz_darkroom_helper_init (YzDarkroomHelper *self);

/**
 * yz_darkroom_helper_start:
 * @arguments: (nullable): of the program, NULL-terminated
 *
 * Starts the process and does not wait for it.
 *
 * Returns: FALSE with NOT_FOUND; then none runs
 */
gboolean
yz_darkroom_helper_start (YzDarkroomHelper *self, const char *const *arguments, GError **error);

/**
 * yz_darkroom_helper_greet:
 *
 * Waits until the started process is shut in, and shares the memory with it.
 *
 * Returns: FALSE with TIMEOUT, LOST or what the helper refused; then it is to be stopped
 */
gboolean yz_darkroom_helper_greet (YzDarkroomHelper *self, GError **error);

/**
 * yz_darkroom_helper_stop:
 * @at_once: kills it; else it may end by itself, as its line is closed
 *
 * Reaps the process. Nothing happens when none runs.
 */
void yz_darkroom_helper_stop (YzDarkroomHelper *self, gboolean at_once);

/* FALSE when none runs, or when it died while it had nothing to do. */
gboolean yz_darkroom_helper_is_alive (const YzDarkroomHelper *self);

/* Lays @bytes where the next order finds them; FALSE with HOSTILE when they are too many. */
gboolean yz_darkroom_helper_lay (YzDarkroomHelper *self, GBytes *bytes, GError **error);

/**
 * yz_darkroom_helper_ask:
 * @verb: the order
 * @details: (transfer floating) (nullable): of the order
 * @answer: the verb of a good answer
 * @timeout_ms: how long to wait for it
 *
 * Returns: (transfer full) (nullable): the answer; NULL with what the helper refused, or with LOST,
 * TIMEOUT or PROTOCOL
 */
YzHelperMessage *yz_darkroom_helper_ask (YzDarkroomHelper *self,
                                         const char *verb,
                                         GVariant *details,
                                         const char *answer,
                                         int timeout_ms,
                                         GError **error);

G_END_DECLS
