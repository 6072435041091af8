#ifndef DRCTL_CMEMORY_H
#define DRCTL_CMEMORY_H

#include <stdbool.h>
#include <stddef.h>

/// Has all threads share two of the allocator's arenas. To be called before there are others: an arena that a thread
/// has stays.
void drctl_share_memory(void);

/// Unmaps the pages of the program's and its libraries' files that are only read, and gives the allocator's free
/// pages back. What is used again is mapped again by a minor fault, from the kernel's page cache. Returns how many
/// bytes of files were unmapped. Any thread may call it at any time.
size_t drctl_give_memory_back(void);

// An allocator for a library that asks for the same few blocks again and again: a thread that keeps blocks finds the
// last ones of that size at hand, without a lock and still in the processor's cache. For all other threads, beyond what
// a thread may keep, and for larger blocks than 32 KiB it is the C library's. Any thread may free what any other asked for.

/// The calling thread keeps up to so many bytes of freed blocks, until `drctl_keep_end`. False where nothing is kept:
/// under the address sanitizer, which would not see what is used after it was freed.
bool drctl_keep_begin(size_t bytes);

/// Frees what the calling thread has kept, and returns how many bytes that were.
size_t drctl_keep_end(void);

// As malloc(3), free(3), realloc(3), calloc(3) and strdup(3).
void *drctl_keep_allocate(size_t bytes);
void drctl_keep_free(void *block);
void *drctl_keep_reallocate(void *block, size_t bytes);
void *drctl_keep_allocate_zeroed(size_t count, size_t size);
char *drctl_keep_duplicate(const char *text);

#endif
