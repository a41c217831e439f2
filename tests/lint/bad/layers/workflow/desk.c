#include "capture/frame.h"
