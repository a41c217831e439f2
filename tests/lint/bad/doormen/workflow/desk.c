#include <gtk/gtk.h>
#include <turbojpeg.h>
