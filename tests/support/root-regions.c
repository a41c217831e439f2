/*
 * Copyright (C) 2026 The Yizhan developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * umockdev tells the leak sanitizer of memory regions and takes back others than it told, which the
 * sanitizer's runtime answers by ending the program. Loaded before that runtime, these do nothing.
 */

#include <stddef.h>

void __lsan_register_root_region (const void *start, size_t size);
void __lsan_unregister_root_region (const void *start, size_t size);

void
__lsan_register_root_region (const void *start, size_t size)
{
}

void
__lsan_unregister_root_region (const void *start, size_t size)
{
}
