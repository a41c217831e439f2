#!/bin/bash
# The first program of the virtual machine: sets the devices up, runs the tests named, and switches the
# machine off. CLAIMS=PART LIMIT=SECONDS room.sh BUILDDIR PROGRAM…; everything it says goes over the second serial line.
here=$(cd "$(dirname "$0")" && pwd)
build=$1
shift
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
mount -t tmpfs run /run
ln -s /proc/self/fd /dev/fd
mkdir -p /dev/shm && mount -t tmpfs shm /dev/shm
exec </dev/null >/dev/ttyS1 2>&1
stty -F /dev/ttyS1 raw -echo
# Whatever hangs: the machine ends.
(sleep "$LIMIT"; echo "# the room's time is over"; echo o >/proc/sysrq-trigger) &

export HOME=/run/home LC_ALL=C.UTF-8 LANGUAGE=en TZ=Asia/Shanghai G_DEBUG=fatal-warnings \
  XDG_RUNTIME_DIR=/run XDG_STATE_HOME=/run/state GSETTINGS_BACKEND=memory YIZHAN_LIBEXECDIR="$build/capture" \
  GST_REGISTRY="$build/tests/vm/machine/registry" GST_REGISTRY_FORK=no \
  ASAN_OPTIONS=detect_leaks=0:abort_on_error=0:exitcode=99 UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
# Leaks are looked for in the ordinary suite: GStreamer 1.22 loses the pool of buffers at every start of
# v4l2src (1.8 kB), and to tell its leaks from ours takes slow unwinding, which is too slow in here.
mkdir -p "$HOME"
echo "# Linux $(uname -r), $(cut -d' ' -f1 /proc/uptime) s"
mkdir -p /run/udev/rules.d && cp "$here/../../app/data/70-yizhan-camera.rules" /run/udev/rules.d/
/lib/systemd/systemd-udevd --daemon
# One webcam on each of two nodes; the kernel names them as udev's rules say.
modprobe vivid n_devs=2 node_types=0x1,0x1 num_inputs=1,1 input_types=0,0 multiplanar=1,1 || echo "Bail out! no vivid"
modprobe vhci-hcd
modprobe xhci-pci
udevadm settle
# Each claim by itself: one that dies says nothing of the others.
for program in "$@"; do
  echo "# $program, $(cut -d' ' -f1 /proc/uptime) s"
  while read -r claim; do
    said=$(timeout 200 "$build/tests/vm/$program" --tap -p "$claim" 2>&1)
    code=$?
    echo "$said" | grep -v -e '^1\.\.' -e '^# random seed' -e '^# Start of' -e '^# End of' -e 'GLib-GIO-DEBUG'
    if [ $code -ne 0 ]; then echo "not ok 0 $claim"; fi
  done < <("$build/tests/vm/$program" -l | grep '^/' | grep -F -e "$CLAIMS")
done
echo "# $(cut -d' ' -f1 /proc/uptime) s"
echo "# the room is empty"
sleep 1
echo o >/proc/sysrq-trigger
sleep 60
