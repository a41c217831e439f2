/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * A camera on the network, played on the loopback: it answers PTP/IP so that the real libgphoto2
 * connects, lists, shoots, downloads, deletes and shows live pictures, and it commits on demand
 * every fault that was seen on real ones. Works on threads of its own.
 */
typedef struct _YzPtpipResponder YzPtpipResponder;

typedef enum {
  YZ_FAULT_DENY,         /* refuses the connection */
  YZ_FAULT_BUSY,         /* answers the release with “device busy” */
  YZ_FAULT_CUT,          /* closes the connection in the middle of a picture */
  YZ_FAULT_RESET,        /* resets it there */
  YZ_FAULT_STALL,        /* falls silent there */
  YZ_FAULT_DRIP,         /* goes on there with a few bytes a second, for ever */
  YZ_FAULT_SHORT,        /* gives less than it promised, in good form */
  YZ_FAULT_IGNORE,       /* accepts the release and takes no picture */
  YZ_FAULT_DIE,          /* disappears at the release */
  YZ_FAULT_EARLY,        /* tells that it is done long before it names the picture */
  YZ_FAULT_DIE_PREVIEW,  /* disappears in a live frame */
  YZ_FAULT_NO_PICTURE,   /* what it took is not a picture */
  YZ_FAULT_BUSY_PREVIEW, /* answers the wish for a live frame with “device busy” */
  YZ_N_FAULTS,
} YzFault;

typedef struct {
  const char *pictures;    /* a folder of *.jpg: one a shot in the order of the names, then again */
  guint16 port;            /* 0 takes a free one */
  gboolean nikon;          /* live view in Nikon's way, else in the generic way of PTP 1.1 */
  gboolean without_blocks; /* does not know GetPartialObject */
  /* (nullable) told of "shot NAME", "deleted NAME", "connected", "fault NAME"; on any thread */
  void (*told) (const char *line, gpointer data);
  gpointer data;
} YzResponderOptions;

YzPtpipResponder *yz_ptpip_responder_start (const YzResponderOptions *options, GError **error);
void yz_ptpip_responder_stop (YzPtpipResponder *self); /* ends its threads and frees it */
guint16 yz_ptpip_responder_get_port (YzPtpipResponder *self);
/**
 * yz_ptpip_responder_commit:
 * @at: 0 the next @times occasions, else only the occasion with this number, from 1
 * @times: how often
 *
 * Occasions are connections for DENY, live frames for DIE_PREVIEW and BUSY_PREVIEW, else releases
 * of the shutter.
 */
void yz_ptpip_responder_commit (YzPtpipResponder *self, YzFault fault, guint at, guint times);
const char *yz_ptpip_responder_name_fault (YzFault fault);
/* FALSE when there is no fault of this name: "deny", "die-preview" … */
gboolean yz_ptpip_responder_find_fault (const char *name, YzFault *out_fault);

guint yz_ptpip_responder_count_shots (YzPtpipResponder *self);
guint yz_ptpip_responder_count_objects (YzPtpipResponder *self); /* that it still holds */
guint yz_ptpip_responder_count_blocks (YzPtpipResponder *self);  /* partial downloads served */
gboolean yz_ptpip_responder_is_live (YzPtpipResponder *self);    /* in Nikon's live view */
gint64 yz_ptpip_responder_get_last_use (YzPtpipResponder *self); /* monotonic microseconds */
/* Takes a picture as if somebody pressed the button on the camera. */
void yz_ptpip_responder_press_button (YzPtpipResponder *self);
/* The path of the picture that shot number @shot, from 1, gives. */
const char *yz_ptpip_responder_get_picture (YzPtpipResponder *self, guint shot);

G_END_DECLS
