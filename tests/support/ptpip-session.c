/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tests/support/ptpip-session.h"

#include "tests/support/ptpip-packets.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define CHUNK 65536
#define STORAGE 0x00010001
#define DRIP_MS 200
#define EARLY_MS 300

#define RC_OK 0x2001
#define RC_UNKNOWN_OPERATION 0x2005
#define RC_NO_OBJECT 0x2009
#define RC_NO_PROPERTY 0x200a
#define RC_BUSY 0x2019

void
yz_ptpip_tell (YzPtpipResponder *self, const char *format, ...)
{
  g_autofree char *line = NULL;
  va_list arguments;

  if (self->options.told == NULL)
    return;
  va_start (arguments, format);
  line = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  self->options.told (line, self->options.data);
}

/* Waits, or less when everything ends. */
static gboolean
pause_ms (YzPtpipResponder *self, int milliseconds)
{
  GPollFD item = { .fd = self->wake[0], .events = G_IO_HUP | G_IO_IN };

  return g_poll (&item, 1, milliseconds) == 0;
}

gboolean
yz_ptpip_is_due (YzPtpipResponder *self, YzFault fault)
{
  Plan *plan = &self->plans[fault];
  gboolean due = FALSE;

  g_mutex_lock (&self->lock);
  plan->occasions++;
  if (plan->at != 0)
    due = plan->occasions == plan->at;
  else if (plan->times > 0)
    due = plan->times-- > 0;
  g_mutex_unlock (&self->lock);
  if (due)
    yz_ptpip_tell (self, "fault %s", yz_ptpip_responder_name_fault (fault));
  return due;
}

void
yz_ptpip_note_use (YzPtpipResponder *self)
{
  g_mutex_lock (&self->lock);
  self->last_use = g_get_monotonic_time ();
  g_mutex_unlock (&self->lock);
}

/* Both connections at once; @abort resets them. */
static void
hang_up (Session *session, gboolean abort)
{
  struct linger linger = { .l_onoff = 1, .l_linger = 0 };

  g_mutex_lock (&session->responder->lock);
  for (int i = 0; i < 2; i++) {
    int *socket = i == 0 ? &session->command : &session->events;

    if (*socket < 0)
      continue;
    if (abort)
      setsockopt (*socket, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    close (*socket);
    *socket = -1;
  }
  g_mutex_unlock (&session->responder->lock);
}

static gboolean
respond (Session *session, guint32 transaction, guint16 code)
{
  g_autoptr (GByteArray) payload = g_byte_array_new ();

  yz_put16 (payload, code);
  yz_put32 (payload, transaction);
  return yz_ptpip_send (session->command, YZ_PTPIP_RESPONSE, payload);
}

void
yz_ptpip_send_event (Session *session, guint16 code, guint32 parameter)
{
  g_autoptr (GByteArray) payload = g_byte_array_new ();

  yz_put16 (payload, code);
  yz_put32 (payload, 0);
  yz_put32 (payload, parameter);
  g_mutex_lock (&session->responder->lock);
  if (session->events >= 0)
    yz_ptpip_send (session->events, YZ_PTPIP_EVENT, payload);
  g_mutex_unlock (&session->responder->lock);
}

static gboolean
start_data (Session *session, guint32 transaction, gsize total)
{
  g_autoptr (GByteArray) payload = g_byte_array_new ();

  yz_put32 (payload, transaction);
  yz_put64 (payload, total);
  return yz_ptpip_send (session->command, YZ_PTPIP_START_DATA, payload);
}

static gboolean
send_chunk (
    Session *session, YzPtpipType type, guint32 transaction, const guint8 *data, gsize length)
{
  g_autoptr (GByteArray) payload = g_byte_array_sized_new ((guint) length + 4);

  yz_put32 (payload, transaction);
  g_byte_array_append (payload, data, (guint) length);
  return yz_ptpip_send (session->command, type, payload);
}

/* A data phase and its answer. */
static gboolean
send_data (Session *session, guint32 transaction, const guint8 *data, gsize length)
{
  gsize sent = 0;

  if (!start_data (session, transaction, length))
    return FALSE;
  while (length - sent > CHUNK) {
    if (!send_chunk (session, YZ_PTPIP_DATA, transaction, data + sent, CHUNK))
      return FALSE;
    sent += CHUNK;
  }
  return send_chunk (session, YZ_PTPIP_END_DATA, transaction, data + sent, length - sent) &&
         respond (session, transaction, RC_OK);
}

static gboolean
send_array (Session *session, guint32 transaction, GByteArray *array)
{
  g_autoptr (GByteArray) own = array;

  if (own == NULL)
    return respond (session, transaction, RC_NO_PROPERTY);
  return send_data (session, transaction, own->data, own->len);
}

/* For ever, a few bytes at a time: no single read ever runs into a time limit. */
static void
drip (Session *session, const guint8 *data, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!pause_ms (session->responder, DRIP_MS) ||
        !yz_ptpip_send_all (session->command, data + i, 1))
      return;
}

/* Half of the data, and then what the fault wants. */
static gboolean
break_data (Session *session, guint32 transaction, const guint8 *data, gsize length)
{
  YzFault fault = session->fault;
  gsize half = MIN (length / 2, CHUNK);
  g_autoptr (GByteArray) header = g_byte_array_new ();
  char byte = 0;

  session->fault = YZ_N_FAULTS;
  if (fault == YZ_FAULT_SHORT)
    return send_data (session, transaction, data, 0);
  start_data (session, transaction, length);
  /* One packet that promises everything. */
  yz_put32 (header, (guint32) (12 + length));
  yz_put32 (header, YZ_PTPIP_END_DATA);
  yz_put32 (header, transaction);
  yz_ptpip_send_all (session->command, header->data, header->len);
  yz_ptpip_send_all (session->command, data, half);
  if (fault == YZ_FAULT_STALL)
    while (recv (session->command, &byte, 1, 0) > 0)
      ;
  else if (fault == YZ_FAULT_DRIP)
    drip (session, data + half, length - half);
  hang_up (session, fault == YZ_FAULT_RESET);
  return FALSE;
}

/* A reference to the object's bytes, or NULL. */
static GBytes *
find_object (YzPtpipResponder *self, guint32 handle, char **out_name)
{
  Object *object = NULL;
  GBytes *bytes = NULL;

  g_mutex_lock (&self->lock);
  object = g_hash_table_lookup (self->objects, GUINT_TO_POINTER (handle));
  if (object != NULL) {
    bytes = g_bytes_ref (object->bytes);
    if (out_name != NULL)
      *out_name = g_strdup (object->name);
  }
  g_mutex_unlock (&self->lock);
  return bytes;
}

static gboolean
send_picture (Session *session, guint32 transaction, guint32 handle, gsize offset, gsize length)
{
  g_autoptr (GBytes) bytes = find_object (session->responder, handle, NULL);
  gsize size = 0;
  const guint8 *data = NULL;

  if (bytes == NULL)
    return respond (session, transaction, RC_NO_OBJECT);
  data = g_bytes_get_data (bytes, &size);
  offset = MIN (offset, size);
  length = MIN (length, size - offset);
  if (session->fault != YZ_N_FAULTS)
    return break_data (session, transaction, data + offset, length);
  return send_data (session, transaction, data + offset, length);
}

guint32
yz_ptpip_add_object (YzPtpipResponder *self, gboolean no_picture)
{
  Object *object = g_new0 (Object, 1);
  const char *path = NULL;
  char *data = NULL;
  gsize length = 0;
  guint32 handle = 0;

  g_mutex_lock (&self->lock);
  path = self->pictures->pdata[self->shots++ % self->pictures->len];
  handle = ++self->last_handle;
  object->name = g_strdup_printf ("IMG_%04u.JPG", handle);
  if (no_picture || !g_file_get_contents (path, &data, &length, NULL)) {
    data = g_strdup ("this is no picture");
    length = strlen (data);
  }
  object->bytes = g_bytes_new_take (data, length);
  g_hash_table_insert (self->objects, GUINT_TO_POINTER (handle), object);
  g_mutex_unlock (&self->lock);
  yz_ptpip_tell (self, "shot %s %s", object->name, path);
  return handle;
}

static YzFault
choose_picture_fault (YzPtpipResponder *self)
{
  static const YzFault KINDS[] = { YZ_FAULT_CUT, YZ_FAULT_RESET, YZ_FAULT_STALL, YZ_FAULT_DRIP,
                                   YZ_FAULT_SHORT };
  YzFault chosen = YZ_N_FAULTS;

  for (gsize i = 0; i < G_N_ELEMENTS (KINDS); i++)
    if (yz_ptpip_is_due (self, KINDS[i]))
      chosen = KINDS[i];
  return chosen;
}

static gboolean
release_shutter (Session *session, guint32 transaction)
{
  YzPtpipResponder *self = session->responder;
  gboolean early = FALSE;
  guint32 handle = 0;

  if (yz_ptpip_is_due (self, YZ_FAULT_BUSY))
    return respond (session, transaction, RC_BUSY);
  if (yz_ptpip_is_due (self, YZ_FAULT_DIE)) {
    hang_up (session, FALSE);
    return FALSE;
  }
  if (yz_ptpip_is_due (self, YZ_FAULT_IGNORE))
    return respond (session, transaction, RC_OK);
  session->fault = choose_picture_fault (self);
  early = yz_ptpip_is_due (self, YZ_FAULT_EARLY);
  handle = yz_ptpip_add_object (self, yz_ptpip_is_due (self, YZ_FAULT_NO_PICTURE));
  if (!respond (session, transaction, RC_OK))
    return FALSE;
  if (early) {
    yz_ptpip_send_event (session, YZ_PTP_CAPTURE_COMPLETE, 0);
    pause_ms (self, EARLY_MS);
  }
  yz_ptpip_send_event (session, YZ_PTP_OBJECT_ADDED, handle);
  if (!early)
    yz_ptpip_send_event (session, YZ_PTP_CAPTURE_COMPLETE, 0);
  return TRUE;
}

static gboolean
send_handles (Session *session, guint32 transaction)
{
  YzPtpipResponder *self = session->responder;
  GByteArray *array = g_byte_array_new ();

  g_mutex_lock (&self->lock);
  yz_put32 (array, g_hash_table_size (self->objects));
  for (guint32 handle = 1; handle <= self->last_handle; handle++)
    if (g_hash_table_contains (self->objects, GUINT_TO_POINTER (handle)))
      yz_put32 (array, handle);
  g_mutex_unlock (&self->lock);
  return send_array (session, transaction, array);
}

static gboolean
send_object_info (Session *session, guint32 transaction, guint32 handle)
{
  g_autofree char *name = NULL;
  g_autoptr (GBytes) bytes = find_object (session->responder, handle, &name);

  if (bytes == NULL)
    return respond (session, transaction, RC_NO_OBJECT);
  return send_array (session, transaction,
                     yz_ptp_object_info (name, (guint32) g_bytes_get_size (bytes)));
}

static gboolean
delete_object (Session *session, guint32 transaction, guint32 handle)
{
  YzPtpipResponder *self = session->responder;
  g_autofree char *name = NULL;
  g_autoptr (GBytes) bytes = find_object (self, handle, &name);

  if (bytes == NULL)
    return respond (session, transaction, RC_NO_OBJECT);
  g_mutex_lock (&self->lock);
  g_hash_table_remove (self->objects, GUINT_TO_POINTER (handle));
  g_mutex_unlock (&self->lock);
  yz_ptpip_tell (self, "deleted %s", name);
  return respond (session, transaction, RC_OK);
}

/* The live picture is the one that the next shot would take. */
static gboolean
send_live_frame (Session *session, guint32 transaction)
{
  YzPtpipResponder *self = session->responder;
  g_autoptr (GByteArray) frame = g_byte_array_new ();
  g_autofree char *data = NULL;
  gsize length = 0;
  guint next = 0;

  if (yz_ptpip_is_due (self, YZ_FAULT_DIE_PREVIEW)) {
    start_data (session, transaction, 100000);
    hang_up (session, TRUE);
    return FALSE;
  }
  if (yz_ptpip_is_due (self, YZ_FAULT_BUSY_PREVIEW))
    return respond (session, transaction, RC_BUSY);
  g_mutex_lock (&self->lock);
  next = self->shots % self->pictures->len;
  g_mutex_unlock (&self->lock);
  if (!g_file_get_contents (self->pictures->pdata[next], &data, &length, NULL))
    return respond (session, transaction, RC_BUSY);
  /* What Nikon puts before each frame. */
  for (int i = 0; self->options.nikon && i < 32; i++)
    yz_put32 (frame, 0);
  g_byte_array_append (frame, (guint8 *) data, (guint) length);
  return send_data (session, transaction, frame->data, frame->len);
}

static guint32
get_property (YzPtpipResponder *self, guint16 code)
{
  guint32 value = 1;

  g_mutex_lock (&self->lock);
  if (code == 0x500f)
    value = self->iso;
  if (code == 0xd1a2)
    value = self->live ? 1 : 0;
  g_mutex_unlock (&self->lock);
  return value;
}

static gboolean
send_property (Session *session, guint32 transaction, guint16 code)
{
  guint32 value = GUINT32_TO_LE (get_property (session->responder, code));
  guint size = yz_ptp_property_size (code);

  if (size == 0)
    return respond (session, transaction, RC_NO_PROPERTY);
  return send_data (session, transaction, (const guint8 *) &value, size);
}

/* The host's data phase: the last packet holds the value. */
static gboolean
set_property (Session *session, guint32 transaction, guint16 code)
{
  YzPtpipResponder *self = session->responder;
  YzPtpipType type = YZ_PTPIP_START_DATA;
  g_autoptr (GByteArray) payload = NULL;

  while (type != YZ_PTPIP_END_DATA) {
    g_clear_pointer (&payload, g_byte_array_unref);
    payload = yz_ptpip_receive (session->command, &type);
    if (payload == NULL)
      return FALSE;
  }
  g_mutex_lock (&self->lock);
  if (code == 0x500f)
    self->iso = yz_get16 (payload, 4);
  g_mutex_unlock (&self->lock);
  return respond (session, transaction, yz_ptp_property_size (code) > 0 ? RC_OK : RC_NO_PROPERTY);
}

static gboolean
set_live (Session *session, guint32 transaction, gboolean live)
{
  g_mutex_lock (&session->responder->lock);
  session->responder->live = live;
  g_mutex_unlock (&session->responder->lock);
  return respond (session, transaction, RC_OK);
}

static gboolean
send_block (Session *session, guint32 transaction, const GByteArray *request)
{
  g_mutex_lock (&session->responder->lock);
  session->responder->blocks++;
  g_mutex_unlock (&session->responder->lock);
  return send_picture (session, transaction, yz_get32 (request, 10), yz_get32 (request, 14),
                       yz_get32 (request, 18));
}

static gboolean
send_storages (Session *session, guint32 transaction)
{
  GByteArray *array = g_byte_array_new ();

  yz_put32 (array, 1);
  yz_put32 (array, STORAGE);
  return send_array (session, transaction, array);
}

/* One operation; FALSE ends the session. */
static gboolean
serve (Session *session, const GByteArray *request)
{
  const YzResponderOptions *options = &session->responder->options;
  guint16 operation = yz_get16 (request, 4);
  guint32 transaction = yz_get32 (request, 6);
  guint32 first = yz_get32 (request, 10);

  switch (operation) {
  case 0x1001:
    return send_array (session, transaction,
                       yz_ptp_device_info (options->nikon, !options->without_blocks));
  case 0x1002:
  case 0x1003:
  case 0x90c8:
    return respond (session, transaction, RC_OK);
  case 0x1004:
    return send_storages (session, transaction);
  case 0x1005:
    return send_array (session, transaction, yz_ptp_storage_info ());
  case 0x1007:
    return send_handles (session, transaction);
  case 0x1008:
    return send_object_info (session, transaction, first);
  case 0x1009:
    return send_picture (session, transaction, first, 0, G_MAXSIZE);
  case 0x101b:
    return send_block (session, transaction, request);
  case 0x100b:
    return delete_object (session, transaction, first);
  case 0x100e:
    return release_shutter (session, transaction);
  case 0x1014:
    return send_array (
        session, transaction,
        yz_ptp_property_info ((guint16) first, get_property (session->responder, (guint16) first)));
  case 0x1015:
    return send_property (session, transaction, (guint16) first);
  case 0x1016:
    return set_property (session, transaction, (guint16) first);
  case 0x1024:
    return send_array (session, transaction, yz_ptp_stream_info (8 * 1024 * 1024));
  case 0x1025:
  case 0x9203:
    return send_live_frame (session, transaction);
  case 0x9201:
    return set_live (session, transaction, TRUE);
  case 0x9202:
    return set_live (session, transaction, FALSE);
  default:
    return respond (session, transaction, RC_UNKNOWN_OPERATION);
  }
}

gpointer
yz_ptpip_run_session (gpointer data)
{
  Session *session = data;
  gboolean goes_on = TRUE;

  while (goes_on) {
    YzPtpipType type = YZ_PTPIP_INIT_FAIL;
    g_autoptr (GByteArray) request = yz_ptpip_receive (session->command, &type);

    yz_ptpip_note_use (session->responder);
    goes_on = request != NULL;
    if (goes_on && type == YZ_PTPIP_REQUEST)
      goes_on = serve (session, request);
  }
  hang_up (session, FALSE);
  return NULL;
}
