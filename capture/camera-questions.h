/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * What the desk asked the helper about settings and has no answer to yet. Each question is a task
 * that returns the details of the answer, a GVariant; one that is cancelled goes on being answered
 * to nobody.
 */
typedef struct _YzCameraQuestions YzCameraQuestions;

YzCameraQuestions *yz_camera_questions_new (void);
void yz_camera_questions_free (YzCameraQuestions *self); /* only when nobody waits */

void yz_camera_questions_put (YzCameraQuestions *self, guint32 generation, GTask *task);
/* FALSE: there is no such question. The caller may come back in here: do this last. */
gboolean
yz_camera_questions_answer (YzCameraQuestions *self, guint32 generation, GVariant *details);
gboolean
yz_camera_questions_fail (YzCameraQuestions *self, guint32 generation, const GError *error);
void yz_camera_questions_fail_all (YzCameraQuestions *self, const GError *error);

G_END_DECLS
