/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "tests/support/ptpip-responder.h"

G_BEGIN_DECLS

/* What the responder and its sessions share; nobody else includes this. */

typedef struct {
  guint occasions; /* so far */
  guint at;        /* 0: the next @times */
  guint times;
} Plan;

typedef struct {
  char *name;
  GBytes *bytes;
} Object;

struct _YzPtpipResponder {
  YzResponderOptions options;
  GPtrArray *pictures; /* of paths, sorted */
  int listener;
  guint16 port;
  int wake[2]; /* a pipe: closed at its writing end when all is over */
  GThread *acceptor;

  GMutex lock; /* all below */
  GPtrArray *sessions;
  GHashTable *objects; /* handle → Object */
  guint32 last_handle;
  guint shots, blocks;
  guint32 iso;
  gboolean live;
  gint64 last_use;
  Plan plans[YZ_N_FAULTS];
};

typedef struct {
  YzPtpipResponder *responder;
  GThread *thread;
  guint32 number;
  int command;
  int events;    /* -1 until the second connection is there; under the lock */
  YzFault fault; /* of the picture under way, YZ_N_FAULTS none */
} Session;


/* Tells the listener of the options. */
void yz_ptpip_tell (YzPtpipResponder *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* Whether @fault is due on this occasion. */
gboolean yz_ptpip_is_due (YzPtpipResponder *self, YzFault fault);
void yz_ptpip_note_use (YzPtpipResponder *self);
/* Takes the next picture; gives its handle. */
guint32 yz_ptpip_add_object (YzPtpipResponder *self, gboolean no_picture);
void yz_ptpip_send_event (Session *session, guint16 code, guint32 parameter);
/* A thread: serves the session until either side ends it. */
gpointer yz_ptpip_run_session (gpointer session);

#define YZ_PTP_OBJECT_ADDED 0x4002
#define YZ_PTP_CAPTURE_COMPLETE 0x400d

G_END_DECLS
