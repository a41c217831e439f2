/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tests/vm/usb-head.h"

#include "capture/codec-jpeg.h"
#include "tests/vm/usb-head-words.h"

#include <errno.h>
#include <linux/usb/ch9.h>
#include <linux/usb/video.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

/* The four messages of USB/IP; every number is big endian. */
enum { CMD_SUBMIT = 1, CMD_UNLINK = 2, RET_SUBMIT = 3, RET_UNLINK = 4 };
enum { SPEED_HIGH = 3, STALLS = -EPIPE, UNLINKED = -ECONNRESET };
#define ATTACH "/sys/devices/platform/vhci_hcd.0/attach"
#define HEADS_MAX 2
#define FRAME_MS 50
#define PROBE_SIZE 26

const int YZ_USB_HEAD_WIDTHS[YZ_USB_HEAD_SIZES] = { 640, 1280, 2592 };
const int YZ_USB_HEAD_HEIGHTS[YZ_USB_HEAD_SIZES] = { 480, 960, 1944 };

typedef struct {
  guint32 command, number, device, direction, endpoint;
  union {
    struct {
      guint32 flags, length, start, packets, interval;
      guint8 setup[8];
    } submit;
    struct {
      guint32 status, length, start, packets, errors;
      guint8 padding[8];
    } done;
    guint32 unlinked;
    guint8 room[28];
  } u;
} Packet;

G_STATIC_ASSERT (sizeof (Packet) == 48);

/* A request that waits for something to happen on its endpoint. */
typedef struct {
  guint32 number, endpoint, length;
} Request;

/* What one head is about to send. */
typedef struct {
  guint8 probe[PROBE_SIZE];
  guint8 commit[PROBE_SIZE];
  gsize sent; /* of the picture under way */
  gboolean sending;
  guint8 turn; /* flips with each picture */
} Stream;

struct _YzUsbHead {
  GThread *thread;
  int line;
  int wake;
  char *serial;
  guint heads;
  GBytes *pictures[YZ_USB_HEAD_SIZES];

  /* the thread's own */
  GArray *waiting; /* of Request */
  Stream streams[HEADS_MAX];
  gint64 next_frame;

  GMutex lock; /* for what follows */
  YzUsbHeadMood mood;
  int brightness;
  GArray *events; /* of guint8: the button's values that are still to be told */
  gboolean ended;
};

/* FALSE: the other side is gone */
static gboolean
send_all (YzUsbHead *self, const void *data, gsize length)
{
  const guint8 *at = data;

  while (length > 0) {
    gssize sent = send (self->line, at, length, MSG_NOSIGNAL);

    if (sent <= 0)
      return FALSE;
    at += sent;
    length -= (gsize) sent;
  }
  return TRUE;
}

static gboolean
read_all (YzUsbHead *self, void *data, gsize length)
{
  return length == 0 || recv (self->line, data, length, MSG_WAITALL) == (gssize) length;
}

static void
answer (YzUsbHead *self, guint32 number, int status, const void *data, gsize length, gsize taken)
{
  Packet packet = { .command = GUINT32_TO_BE (RET_SUBMIT), .number = GUINT32_TO_BE (number) };

  packet.u.done.status = GUINT32_TO_BE ((guint32) status);
  packet.u.done.length = GUINT32_TO_BE ((guint32) (length + taken));
  if (send_all (self, &packet, sizeof packet))
    send_all (self, data, length);
}

static void
put_number (guint8 *at, guint32 value)
{
  value = GUINT32_TO_LE (value);
  memcpy (at, &value, sizeof value);
}

/* What a head says to a wish: the same size, and how much comes at once. */
static void
settle_probe (guint8 *probe)
{
  guint size = CLAMP (probe[3], 1, YZ_USB_HEAD_SIZES);

  probe[2] = 1;
  probe[3] = (guint8) size;
  put_number (probe + 4, 333333);
  put_number (probe + 18,
              (guint32) (YZ_USB_HEAD_WIDTHS[size - 1] * YZ_USB_HEAD_HEIGHTS[size - 1] * 2));
  put_number (probe + 22, YZ_USB_HEAD_PAYLOAD);
}

static void
ask_stream (
    YzUsbHead *self, guint32 number, Stream *stream, const guint8 *setup, const guint8 *data)
{
  guint8 *state = setup[3] == UVC_VS_COMMIT_CONTROL ? stream->commit : stream->probe;
  const guint8 length[] = { PROBE_SIZE, 0 };
  const guint8 can = 3;
  gsize wanted = MIN (setup[6] | setup[7] << 8, PROBE_SIZE);

  switch (setup[1]) {
  case UVC_SET_CUR:
    memcpy (state, data, wanted);
    settle_probe (state);
    stream->sending = FALSE;
    answer (self, number, 0, NULL, 0, wanted);
    break;
  case UVC_GET_LEN:
    answer (self, number, 0, length, sizeof length, 0);
    break;
  case UVC_GET_INFO:
    answer (self, number, 0, &can, 1, 0);
    break;
  default:
    answer (self, number, 0, state, wanted, 0);
    break;
  }
}

static void
ask_brightness (YzUsbHead *self, guint32 number, const guint8 *setup, const guint8 *data)
{
  int value = 0;
  guint8 bytes[2];

  g_mutex_lock (&self->lock);
  if (setup[1] == UVC_SET_CUR)
    self->brightness = (gint16) (data[0] | data[1] << 8);
  value = self->brightness;
  g_mutex_unlock (&self->lock);
  if (setup[1] == UVC_GET_INFO)
    value = 3;
  else if (setup[1] == UVC_GET_LEN)
    value = 2;
  else if (setup[1] == UVC_GET_RES)
    value = 1;
  else if (setup[1] == UVC_GET_MIN)
    value = -64;
  else if (setup[1] == UVC_GET_MAX)
    value = 64;
  else if (setup[1] == UVC_GET_DEF)
    value = 0;
  bytes[0] = (guint8) (value & 0xff);
  bytes[1] = (guint8) (value >> 8 & 0xff);
  if (setup[1] == UVC_SET_CUR)
    answer (self, number, 0, NULL, 0, 2);
  else
    answer (self, number, 0, bytes, MIN (setup[6], sizeof bytes), 0);
}

static void
describe (YzUsbHead *self, guint32 number, const guint8 *setup)
{
  g_autoptr (GByteArray) all = NULL;

  if (setup[3] == USB_DT_DEVICE)
    all = yz_usb_head_describe_device (self->serial != NULL);
  else if (setup[3] == USB_DT_CONFIG)
    all = yz_usb_head_describe_configuration (self->heads);
  else if (setup[3] == USB_DT_STRING)
    all = yz_usb_head_describe_string (setup[2], self->serial);
  if (all == NULL || all->len == 0)
    answer (self, number, STALLS, NULL, 0, 0);
  else
    answer (self, number, 0, all->data, MIN (all->len, (guint) (setup[6] | setup[7] << 8)), 0);
}

/* A request to the device itself. @data: what came with it */
static void
run_control (YzUsbHead *self, guint32 number, const guint8 *setup, const guint8 *data)
{
  static const guint8 FINE[2] = { 0 };
  const gboolean class = (setup[0] & USB_TYPE_MASK) == USB_TYPE_CLASS;
  const gboolean streaming = (setup[4] & 1) != 0;

  if (!class && setup[1] == USB_REQ_GET_DESCRIPTOR)
    describe (self, number, setup);
  else if (!class && setup[1] == USB_REQ_GET_STATUS)
    answer (self, number, 0, FINE, sizeof FINE, 0);
  else if (!class && (setup[0] & USB_DIR_IN) == 0)
    answer (self, number, 0, NULL, 0, 0);
  else if (class && streaming && setup[3] <= UVC_VS_COMMIT_CONTROL && setup[4] / 2 < HEADS_MAX)
    ask_stream (self, number, &self->streams[setup[4] / 2], setup, data);
  else if (class && !streaming && setup[5] == YZ_USB_HEAD_UNIT_PROCESSING &&
           setup[3] == UVC_PU_BRIGHTNESS_CONTROL)
    ask_brightness (self, number, setup, data);
  else
    answer (self, number, STALLS, NULL, 0, 0);
}

static void
unlink_request (YzUsbHead *self, guint32 number, guint32 unlinked)
{
  Packet packet = { .command = GUINT32_TO_BE (RET_UNLINK), .number = GUINT32_TO_BE (number) };

  for (guint i = 0; i < self->waiting->len; i++)
    if (g_array_index (self->waiting, Request, i).number == unlinked) {
      g_array_remove_index (self->waiting, i);
      packet.u.done.status = GUINT32_TO_BE ((guint32) UNLINKED);
      break;
    }
  send_all (self, &packet, sizeof packet);
}

/* FALSE: the cable is out */
static gboolean
take_request (YzUsbHead *self)
{
  Packet packet;
  Request request = { 0 };
  guint8 data[4096] = { 0 };

  if (!read_all (self, &packet, sizeof packet))
    return FALSE;
  request.number = GUINT32_FROM_BE (packet.number);
  request.endpoint = GUINT32_FROM_BE (packet.endpoint);
  if (GUINT32_FROM_BE (packet.command) == CMD_UNLINK) {
    unlink_request (self, request.number, GUINT32_FROM_BE (packet.u.unlinked));
    return TRUE;
  }
  request.length = GUINT32_FROM_BE (packet.u.submit.length);
  if (GUINT32_FROM_BE (packet.direction) == 0) {
    g_assert_cmpuint (request.length, <=, sizeof data);
    if (!read_all (self, data, request.length))
      return FALSE;
  }
  if (request.endpoint == 0)
    run_control (self, request.number, packet.u.submit.setup, data);
  else
    g_array_append_val (self->waiting, request);
  return TRUE;
}

static gboolean
pop_request (YzUsbHead *self, guint32 endpoint, Request *out_request)
{
  for (guint i = 0; i < self->waiting->len; i++) {
    *out_request = g_array_index (self->waiting, Request, i);
    if (out_request->endpoint != endpoint)
      continue;
    g_array_remove_index (self->waiting, i);
    return TRUE;
  }
  return FALSE;
}

/* Tells of the button as far as anybody asks. */
static void
send_events (YzUsbHead *self)
{
  Request request = { 0 };

  g_mutex_lock (&self->lock);
  while (self->events->len > 0 && pop_request (self, YZ_USB_HEAD_STATUS_ENDPOINT (0), &request)) {
    const guint8 event[] = { 2, YZ_USB_HEAD_STREAMING_INTERFACE (0), 0,
                             g_array_index (self->events, guint8, 0) };

    g_array_remove_index (self->events, 0);
    answer (self, request.number, 0, event, sizeof event, 0);
  }
  g_mutex_unlock (&self->lock);
}

/* The next piece of the picture under way, behind a head of two bytes. */
static void
send_piece (YzUsbHead *self, Stream *stream, YzUsbHeadMood mood, const Request *request)
{
  g_autofree guint8 *piece = g_malloc (YZ_USB_HEAD_PAYLOAD);
  gsize whole = 0;
  const guint8 *picture = g_bytes_get_data (self->pictures[MAX (stream->commit[3], 1) - 1], &whole);
  gsize end = mood == YZ_USB_HEAD_CUTS ? whole / 2 : whole;
  gsize length = MIN (end - stream->sent, MIN (request->length, YZ_USB_HEAD_PAYLOAD) - 2);
  gboolean last = stream->sent + length == end;

  piece[0] = 2;
  piece[1] = (guint8) (0x80 | (last ? UVC_STREAM_EOF : 0) | stream->turn);
  memcpy (piece + 2, picture + stream->sent, length);
  stream->sent += length;
  if (last) {
    stream->sending = FALSE;
    stream->turn ^= UVC_STREAM_FID;
  }
  answer (self, request->number, 0, piece, length + 2, 0);
}

static void
send_pictures (YzUsbHead *self)
{
  const gboolean due = g_get_monotonic_time () >= self->next_frame;
  YzUsbHeadMood mood = YZ_USB_HEAD_SHOWS;

  g_mutex_lock (&self->lock);
  mood = self->mood;
  g_mutex_unlock (&self->lock);
  if (due)
    self->next_frame = g_get_monotonic_time () + FRAME_MS * G_TIME_SPAN_MILLISECOND;
  for (guint head = 0; head < self->heads; head++) {
    Stream *stream = &self->streams[head];
    Request request = { 0 };

    if (due && !stream->sending && mood != YZ_USB_HEAD_IS_SILENT) {
      stream->sending = TRUE;
      stream->sent = 0;
    }
    while (stream->sending &&
           pop_request (self, (guint32) YZ_USB_HEAD_VIDEO_ENDPOINT (head), &request))
      send_piece (self, stream, mood, &request);
  }
}

static gboolean
has_ended (YzUsbHead *self)
{
  gboolean ended = FALSE;

  g_mutex_lock (&self->lock);
  ended = self->ended;
  g_mutex_unlock (&self->lock);
  return ended;
}

static gpointer
run (gpointer data)
{
  YzUsbHead *self = data;

  while (!has_ended (self)) {
    struct pollfd items[] = { { self->line, POLLIN, 0 }, { self->wake, POLLIN, 0 } };
    guint64 count = 0;
    gint64 rest = (self->next_frame - g_get_monotonic_time ()) / 1000;

    poll (items, G_N_ELEMENTS (items), (int) CLAMP (rest + 1, 0, FRAME_MS));
    if (items[1].revents != 0 && read (self->wake, &count, sizeof count) < 0)
      break;
    if (items[0].revents != 0 && !take_request (self))
      break;
    send_events (self);
    send_pictures (self);
  }
  return NULL;
}

/* Stripes that go from dark to light, so that no compressor makes little of them. */
static GBytes *
paint (int width, int height)
{
  g_autoptr (YzBitmap) bitmap = yz_bitmap_new_packed (width, height);
  g_autoptr (GError) error = NULL;
  GBytes *jpeg = NULL;

  for (int y = 0; y < height; y++) {
    guint32 *row = (guint32 *) yz_bitmap_get_row (bitmap, y);

    for (int x = 0; x < width; x++)
      row[x] = (guint32) (x * 255 / width) * 0x10101 ^ ((x / 8 + y / 8) % 2 == 0 ? 0x203040 : 0);
  }
  jpeg = yz_jpeg_encode (bitmap, 90, &error);
  g_assert_no_error (error);
  return jpeg;
}

static void
tell_host (guint socket, int line)
{
  FILE *stream = fopen (ATTACH, "we");

  g_assert_nonnull (stream);
  g_assert_cmpint (fprintf (stream, "%u %d %u %d", socket, line, 0x10001 + socket, SPEED_HIGH), >,
                   0);
  g_assert_cmpint (fclose (stream), ==, 0);
}

YzUsbHead *
yz_usb_head_plug_in (guint socket, const char *serial, guint heads)
{
  YzUsbHead *self = g_new0 (YzUsbHead, 1);
  int ends[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), ==, 0);
  self->line = ends[0];
  self->wake = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  self->serial = g_strdup (serial);
  self->heads = heads;
  self->waiting = g_array_new (FALSE, FALSE, sizeof (Request));
  self->events = g_array_new (FALSE, FALSE, sizeof (guint8));
  g_mutex_init (&self->lock);
  for (guint i = 0; i < YZ_USB_HEAD_SIZES; i++)
    self->pictures[i] = paint (YZ_USB_HEAD_WIDTHS[i], YZ_USB_HEAD_HEIGHTS[i]);
  for (guint i = 0; i < HEADS_MAX; i++) {
    settle_probe (self->streams[i].probe);
    settle_probe (self->streams[i].commit);
  }
  self->thread = g_thread_new ("usb-head", run, self);
  tell_host (socket, ends[1]);
  close (ends[1]);
  return self;
}

static void
wake (YzUsbHead *self)
{
  const guint64 one = 1;

  g_assert_cmpint (write (self->wake, &one, sizeof one), ==, sizeof one);
}

void
yz_usb_head_pull_out (YzUsbHead *self)
{
  g_mutex_lock (&self->lock);
  self->ended = TRUE;
  g_mutex_unlock (&self->lock);
  wake (self);
  shutdown (self->line, SHUT_RDWR);
  g_thread_join (self->thread);
  close (self->line);
  close (self->wake);
  g_array_unref (self->waiting);
  g_array_unref (self->events);
  g_mutex_clear (&self->lock);
  for (guint i = 0; i < YZ_USB_HEAD_SIZES; i++)
    g_bytes_unref (self->pictures[i]);
  g_free (self->serial);
  g_free (self);
}

void
yz_usb_head_set_mood (YzUsbHead *self, YzUsbHeadMood mood)
{
  g_mutex_lock (&self->lock);
  self->mood = mood;
  g_mutex_unlock (&self->lock);
}

void
yz_usb_head_press (YzUsbHead *self)
{
  static const guint8 EVENTS[] = { 1, 0 };

  g_mutex_lock (&self->lock);
  g_array_append_vals (self->events, EVENTS, G_N_ELEMENTS (EVENTS));
  g_mutex_unlock (&self->lock);
  wake (self);
}

int
yz_usb_head_get_brightness (YzUsbHead *self)
{
  int brightness = 0;

  g_mutex_lock (&self->lock);
  brightness = self->brightness;
  g_mutex_unlock (&self->lock);
  return brightness;
}

GBytes *
yz_usb_head_get_picture (YzUsbHead *self, guint size)
{
  return self->pictures[size];
}
