#ifndef DRCTL_CMEMORY_H
#define DRCTL_CMEMORY_H

#include <stddef.h>

/// Has all threads share two of the allocator's arenas. To be called before there are others: an arena that a thread
/// has stays.
void drctl_share_memory(void);

/// Unmaps the pages of the program's and its libraries' files that are only read, and gives the allocator's free
/// pages back. What is used again is mapped again by a minor fault, from the kernel's page cache. Returns how many
/// bytes of files were unmapped. Any thread may call it at any time.
size_t drctl_give_memory_back(void);

#endif
