/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workflow/desk-private.h"
#include "workflow/password.h"
#include "workflow/workflow-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* After this many wrong passwords in a row one has to wait, longer each time. */
#define FREE_TRIES 3
#define FIRST_WAIT (5 * G_USEC_PER_SEC)
#define LONGEST_WAIT (300 * G_USEC_PER_SEC)
#define SHORTEST_PASSWORD 8
/* Wrong logins that are remembered; somebody who tries more than this learns nothing more. */
#define MOST_STRANGERS 1000

/* Who sits here. */

static void
set_staff (YzDesk *self, YzStaff *staff)
{
  g_mutex_lock (&self->door);
  g_clear_pointer (&self->staff, yz_staff_unref);
  self->staff = staff != NULL ? yz_staff_ref (staff) : NULL;
  g_mutex_unlock (&self->door);
  YZ_STORE_CALL (self->store, set_actor, staff != NULL ? staff->login : NULL);
}

/* Nobody learns from the waiting which logins there are. */
static YzAccount *
find_stranger (YzDesk *self, const char *login)
{
  YzAccount *stranger = g_hash_table_lookup (self->strangers, login);

  if (stranger != NULL)
    return stranger;
  if (g_hash_table_size (self->strangers) >= MOST_STRANGERS)
    g_hash_table_remove_all (self->strangers);
  stranger = g_new0 (YzAccount, 1);
  g_hash_table_insert (self->strangers, g_strdup (login), stranger);
  return stranger;
}

static gboolean
refuse_waiting (const YzAccount *account, gint64 now, GError **error)
{
  guint seconds = 0;

  if (account->wait_until <= now ||
      account->wait_until > now + 2 * LONGEST_WAIT) /* a clock that was set back locks nobody out */
    return FALSE;
  seconds = (guint) ((account->wait_until - now + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
  g_set_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_PASSWORD,
               g_dngettext (GETTEXT_PACKAGE, "Too many wrong passwords. Try again in %u second.",
                            "Too many wrong passwords. Try again in %u seconds.", seconds),
               seconds);
  return TRUE;
}

static gboolean
note_failure (YzDesk *self, YzAccount *account, gint64 now, GError **error)
{
  guint shift = 0;

  account->failures++;
  shift = account->failures > FREE_TRIES ? MIN (account->failures - FREE_TRIES - 1, 10) : 0;
  if (account->failures > FREE_TRIES)
    account->wait_until = now + MIN ((gint64) FIRST_WAIT << shift, LONGEST_WAIT);
  if (account->staff != NULL && !YZ_STORE_CALL (self->store, save_account, account, error))
    return FALSE;
  g_set_error_literal (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_PASSWORD,
                       _ ("Login or password is wrong."));
  return FALSE;
}

static gboolean
check_account (YzDesk *self, YzAccount *account, const char *password, GError **error)
{
  gint64 now = YZ_STORE_CALL (self->store, get_now);

  if (refuse_waiting (account, now, error))
    return FALSE;
  if (!yz_password_check (account->sealed, password))
    return note_failure (self, account, now, error);
  if (account->failures == 0)
    return TRUE;
  account->failures = 0;
  account->wait_until = 0;
  return YZ_STORE_CALL (self->store, save_account, account, error);
}

YzStaff *
yz_desk_sign_in (YzDesk *self, const char *login, const char *password, GError **error)
{
  g_autoptr (YzAccount) account = NULL;
  YZ_DESK_LOCK (self);
  g_autoptr (GError) wrong = NULL;

  account = YZ_STORE_CALL (self->store, find_account, login, &wrong);
  if (wrong != NULL) {
    g_propagate_error (error, g_steal_pointer (&wrong));
    return NULL;
  }
  if (!check_account (self, account != NULL ? account : find_stranger (self, login), password,
                      error))
    return NULL;
  set_staff (self, account->staff);
  yz_desk_emit_session (self);
  return yz_staff_ref (account->staff);
}

void
yz_desk_sign_out (YzDesk *self)
{
  g_rec_mutex_lock (&self->lock);
  set_staff (self, NULL);
  g_rec_mutex_unlock (&self->lock);
  yz_desk_emit_session (self);
}

YzStaff *
yz_desk_get_staff (YzDesk *self)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->door);

  return self->staff != NULL ? yz_staff_ref (self->staff) : NULL;
}

static gboolean
check_new_password (const char *password, GError **error)
{
  if (password != NULL && g_utf8_strlen (password, -1) >= SHORTEST_PASSWORD)
    return TRUE;
  g_set_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_INVALID,
               _ ("A password has at least %d characters."), SHORTEST_PASSWORD);
  return FALSE;
}

gboolean
yz_desk_change_password (YzDesk *self,
                         const char *old_password,
                         const char *new_password,
                         GError **error)
{
  YZ_DESK_LOCK (self);
  YzStaff *staff = yz_desk_require_staff (self, error);
  g_autoptr (YzAccount) account =
      staff != NULL ? YZ_STORE_CALL (self->store, find_account, staff->login, error) : NULL;

  if (account == NULL || !check_account (self, account, old_password, error) ||
      !check_new_password (new_password, error))
    return FALSE;
  g_free (account->sealed);
  account->sealed = yz_password_seal (new_password);
  return YZ_STORE_CALL (self->store, save_account, account, error);
}

GPtrArray *
yz_desk_list_practice_logins (YzDesk *self)
{
  YZ_DESK_LOCK (self);

  return self->practice ? YZ_STORE_CALL (self->store, list_staff, NULL) : NULL;
}

/* Staff and units. */

static gboolean
is_code (const char *text, const char *others)
{
  g_autofree char *allowed = g_strconcat ("abcdefghijklmnopqrstuvwxyz0123456789", others, NULL);

  return text != NULL && *text != '\0' && strlen (text) <= 16 &&
         strspn (text, allowed) == strlen (text);
}

static gboolean
add_staff (YzDesk *self,
           const char *login,
           const char *name,
           const char *const *roles,
           const char *unit,
           const char *password,
           GError **error)
{
  g_autoptr (YzStaff) staff = NULL;
  g_autofree char *sealed = NULL;

  if (!is_code (login, "._-")) {
    g_set_error (
        error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_INVALID,
        _ ("“%s” is no login: use small letters, digits, dot, dash and underscore, at most "
           "16."),
        login);
    return FALSE;
  }
  if (name == NULL || *name == '\0' || !g_utf8_validate (name, -1, NULL)) {
    g_set_error_literal (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_INVALID,
                         _ ("A name is missing."));
    return FALSE;
  }
  if (!check_new_password (password, error))
    return FALSE;
  sealed = yz_password_seal (password);
  staff = yz_staff_new (login, name, unit, NULL, roles);
  return YZ_STORE_CALL (self->store, add_staff, staff, sealed, error);
}

gboolean
yz_desk_needs_administrator (YzDesk *self)
{
  YZ_DESK_LOCK (self);
  g_autoptr (GPtrArray) staff = YZ_STORE_CALL (self->store, list_staff, NULL);

  return staff != NULL && staff->len == 0;
}

gboolean
yz_desk_create_administrator (
    YzDesk *self, const char *login, const char *name, const char *password, GError **error)
{
  static const char *const roles[] = { "administrator", NULL };
  YZ_DESK_LOCK (self);

  if (!yz_desk_needs_administrator (self)) {
    g_set_error_literal (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_NOT_ALLOWED,
                         _ ("This store has its administrator already."));
    return FALSE;
  }
  return add_staff (self, login, name, roles, "B01", password, error);
}

static YzUnit *
find_unit (YzDesk *self, const char *code)
{
  g_autoptr (GPtrArray) units = YZ_STORE_CALL (self->store, list_units, NULL);

  for (guint i = 0; units != NULL && i < units->len; i++)
    if (g_str_equal (((YzUnit *) g_ptr_array_index (units, i))->code, code))
      return yz_unit_ref (g_ptr_array_index (units, i));
  return NULL;
}

gboolean
yz_desk_add_unit (YzDesk *self,
                  const char *code,
                  const char *name,
                  YzLevel level,
                  const char *parent,
                  GError **error)
{
  YZ_DESK_LOCK (self);
  g_autoptr (YzUnit) unit = NULL;
  g_autoptr (YzUnit) above = NULL;

  if (yz_desk_require_role (self, "administrator", error) == NULL)
    return FALSE;
  if (!is_code (code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")) {
    g_set_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_INVALID,
                 _ ("“%s” is no unit code: use letters and digits, at most 16."), code);
    return FALSE;
  }
  above = find_unit (self, parent != NULL ? parent : "B01");
  if (above == NULL || above->level <= level) {
    g_set_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_INVALID,
                 _ ("A unit stands below one of a higher level; name it as its parent."));
    return FALSE;
  }
  unit = yz_unit_new (code, name, level, above->code);
  return YZ_STORE_CALL (self->store, add_unit, unit, error);
}

static gboolean
check_roles (const char *const *roles, const YzUnit *unit, GError **error)
{
  YzLevel level = YZ_LEVEL_WINDOW;

  for (guint i = 0; roles[i] != NULL; i++) {
    if (!yz_role_find (roles[i], &level)) {
      g_set_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_INVALID,
                   _ ("There is no role “%s”."), roles[i]);
      return FALSE;
    }
    if (level != unit->level) {
      g_set_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_INVALID,
                   _ ("The role “%s” is held at another level than that of unit %s."), roles[i],
                   unit->code);
      return FALSE;
    }
  }
  return TRUE;
}

gboolean
yz_desk_add_staff (YzDesk *self,
                   const char *login,
                   const char *name,
                   const char *const *roles,
                   const char *unit,
                   const char *password,
                   GError **error)
{
  YZ_DESK_LOCK (self);
  g_autoptr (YzUnit) place = NULL;

  if (yz_desk_require_role (self, "administrator", error) == NULL)
    return FALSE;
  place = find_unit (self, unit);
  if (place == NULL) {
    g_set_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_NOT_FOUND,
                 _ ("There is no unit “%s”."), unit);
    return FALSE;
  }
  return check_roles (roles, place, error) &&
         add_staff (self, login, name, roles, unit, password, error);
}

GPtrArray *
yz_desk_list_units (YzDesk *self, GError **error)
{
  YZ_DESK_LOCK (self);

  return YZ_STORE_CALL (self->store, list_units, error);
}

GPtrArray *
yz_desk_list_staff (YzDesk *self, GError **error)
{
  YZ_DESK_LOCK (self);

  return YZ_STORE_CALL (self->store, list_staff, error);
}

YzStaff *
yz_desk_require_staff (YzDesk *self, GError **error)
{
  if (self->staff == NULL)
    g_set_error_literal (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_NOT_ALLOWED,
                         _ ("Nobody is signed in."));
  return self->staff;
}

YzStaff *
yz_desk_require_role (YzDesk *self, const char *role, GError **error)
{
  YzStaff *staff = yz_desk_require_staff (self, error);

  if (staff == NULL || yz_staff_has_role (staff, role))
    return staff;
  g_set_error (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_NOT_ALLOWED,
               _ ("Only somebody with the role “%s” may do that."), yz_role_get_name (role));
  return NULL;
}

const char *
yz_desk_require_counter (YzDesk *self, GError **error)
{
  YzStaff *staff = yz_desk_require_staff (self, error);

  if (staff == NULL)
    return NULL;
  if (yz_staff_has_role (staff, "clerk"))
    return "clerk";
  if (yz_staff_has_role (staff, "officer"))
    return "officer";
  g_set_error_literal (error, YZ_WORKFLOW_ERROR, YZ_WORKFLOW_ERROR_NOT_ALLOWED,
                       _ ("Cases are begun and filled at a window only."));
  return NULL;
}
