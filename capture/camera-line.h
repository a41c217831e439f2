/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "capture/camera.h"
#include "capture/helper-line.h"

G_BEGIN_DECLS

/*
 * What desk and yizhan-camera say to each other over the helper line. The generation of a command
 * comes back with its answer; events carry 0.
 *
 * desk → helper                         answer
 *   open     {resume s?}                  opened {…info, resume s} + memory for the live picture
 *   preview  {on b}                       previews {size u, media-type s}, one after each "taken"
 *   taken    {}                           none: the memory may be written again
 *   shoot    {within u: milliseconds}     frame {…} + picture, once or more; then done
 *   cancel   {} with the shot's number    the shot's own failed
 *   release  {key s}                      done
 *   modes, controls {}                    done {modes as, current s} / {controls a(ss…)}
 *   mode {name s}, set {name s, value s}  done
 *   ping     {}                           pong {overdue b}
 * Any command may be answered by failed {code i, sentence s, broken b, resume s}. By itself the
 * helper tells page {…} + picture (the device's own button), changed {} (a setting) and lost {code
 * i, sentence s}.
 */

/* Details with one entry; none when @value is NULL. @value is sunk when floating. */
GVariant *yz_camera_line_pack_one (const char *name, GVariant *value);

/**
 * yz_camera_line_pack_shot:
 * @resume: (nullable)
 *
 * Returns: (transfer floating): details of "frame"
 */
GVariant *yz_camera_line_pack_shot (const YzShot *shot, const char *resume);
/**
 * yz_camera_line_unpack_shot:
 * @message: "frame" or "page" of a helper, untrusted
 * @error: PROTOCOL
 *
 * Returns: (transfer full): the shot, its bytes mapped and unchangeable
 */
YzShot *yz_camera_line_unpack_shot (const YzHelperMessage *message, GError **error);

/* (element-type YzControl) as a(usssbasddd), and back; what is not of this form is PROTOCOL. */
GVariant *yz_camera_line_pack_controls (GPtrArray *controls);
GPtrArray *yz_camera_line_unpack_controls (GVariant *packed, GError **error);

G_END_DECLS
