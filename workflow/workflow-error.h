/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * YzWorkflowError:
 * @YZ_WORKFLOW_ERROR_STALE: somebody acted first; read the dossier again and decide anew
 * @YZ_WORKFLOW_ERROR_NOT_ALLOWED: the flow has no such step from here, or the role is not held for
 *   this unit; nothing to retry
 * @YZ_WORKFLOW_ERROR_FOUR_EYES: the same person took an earlier step; another must act
 * @YZ_WORKFLOW_ERROR_NOTE_MISSING: the step demands a reason; ask for it
 * @YZ_WORKFLOW_ERROR_INCOMPLETE: required materials or facts are missing; the message names them
 * @YZ_WORKFLOW_ERROR_INVALID: an input breaks a rule; the message says which and how to mend it
 * @YZ_WORKFLOW_ERROR_NOT_FOUND: no such dossier, matter, material, unit or person
 * @YZ_WORKFLOW_ERROR_EXISTS: the login, code or store is there already
 * @YZ_WORKFLOW_ERROR_PASSWORD: login or password is wrong, or must wait; the message says how long
 * @YZ_WORKFLOW_ERROR_BUSY: another desk holds the store; close it or wait
 * @YZ_WORKFLOW_ERROR_NEWER: the store was written by a newer Yizhan; update this one
 * @YZ_WORKFLOW_ERROR_CLOCK: the clock stands before the last event; set it right
 * @YZ_WORKFLOW_ERROR_NO_SPACE: the disk is full; free some room and repeat, nothing was lost
 * @YZ_WORKFLOW_ERROR_DAMAGED: what is stored does not match its digest or chain; call the
 *   administrator
 * @YZ_WORKFLOW_ERROR_FAILED: the store or the disk failed otherwise
 */
typedef enum {
  YZ_WORKFLOW_ERROR_STALE,
  YZ_WORKFLOW_ERROR_NOT_ALLOWED,
  YZ_WORKFLOW_ERROR_FOUR_EYES,
  YZ_WORKFLOW_ERROR_NOTE_MISSING,
  YZ_WORKFLOW_ERROR_INCOMPLETE,
  YZ_WORKFLOW_ERROR_INVALID,
  YZ_WORKFLOW_ERROR_NOT_FOUND,
  YZ_WORKFLOW_ERROR_EXISTS,
  YZ_WORKFLOW_ERROR_PASSWORD,
  YZ_WORKFLOW_ERROR_BUSY,
  YZ_WORKFLOW_ERROR_NEWER,
  YZ_WORKFLOW_ERROR_CLOCK,
  YZ_WORKFLOW_ERROR_NO_SPACE,
  YZ_WORKFLOW_ERROR_DAMAGED,
  YZ_WORKFLOW_ERROR_FAILED,
} YzWorkflowError;

#define YZ_WORKFLOW_ERROR (yz_workflow_error_quark ())
GQuark yz_workflow_error_quark (void);

G_END_DECLS
