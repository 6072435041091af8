#define _GNU_SOURCE
#include "CMemory.h"

#include <fcntl.h>
#include <link.h>
#include <malloc.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

/* What /proc/PID/pagemap says of a page (proc_pid_pagemap(5)). */
#define PAGE_IS_PRESENT (UINT64_C(1) << 63)
#define PAGE_IS_SWAPPED (UINT64_C(1) << 62)
#define PAGE_IS_OF_A_FILE (UINT64_C(1) << 61)

/* 1 MiB of addresses at a time. */
#define PAGES 256

struct giving {
    int pagemap;
    uintptr_t page;
    size_t bytes;
};

/* A page that was written to, by the dynamic linker or by a debugger that has a breakpoint there, is no longer the
 * file's: to drop it would undo that. Its neighbours are then left alone too. */
static void let_go_of(uintptr_t start, size_t count, struct giving *giving) {
    uint64_t entries[PAGES];
    const ssize_t length = (ssize_t)(count * sizeof *entries);
    size_t present = 0;
    if (pread(giving->pagemap, entries, (size_t)length, (off_t)(start / giving->page * sizeof *entries)) != length)
        return;
    for (size_t index = 0; index < count; index += 1) {
        if ((entries[index] & PAGE_IS_SWAPPED) != 0) return;
        if ((entries[index] & PAGE_IS_PRESENT) == 0) continue;
        if ((entries[index] & PAGE_IS_OF_A_FILE) == 0) return;
        present += 1;
    }
    if (present == 0) return;
    if (madvise((void *)start, count * giving->page, MADV_DONTNEED) == 0) giving->bytes += present * giving->page;
}

/* Segments that the file maps as writable are left alone, also where they were made read-only later (RELRO). */
static int look_at(struct dl_phdr_info *object, size_t size, void *context) {
    struct giving *giving = context;
    const uintptr_t mask = giving->page - 1;
    (void)size;
    /* The program itself has no name here. What is no file (the vdso) has one without a path. */
    if (object->dlpi_name[0] != '\0' && object->dlpi_name[0] != '/') return 0;
    for (int index = 0; index < object->dlpi_phnum; index += 1) {
        const ElfW(Phdr) *header = &object->dlpi_phdr[index];
        if (header->p_type != PT_LOAD || (header->p_flags & PF_W) != 0) continue;
        const uintptr_t first = object->dlpi_addr + header->p_vaddr;
        const uintptr_t end = (first + header->p_filesz + mask) & ~mask;
        for (uintptr_t start = first & ~mask; start < end; start += PAGES * giving->page) {
            const size_t left = (end - start) / giving->page;
            let_go_of(start, left < PAGES ? left : PAGES, giving);
        }
    }
    return 0;
}

void drctl_share_memory(void) {
    /* glibc gives each thread an arena of its own, up to eight for each processor. What one frees serves no other, so
     * that strangers at the webhook made the process grow for as long as they came. */
    mallopt(M_ARENA_MAX, 2);
}

size_t drctl_give_memory_back(void) {
    struct giving giving = {.page = (uintptr_t)sysconf(_SC_PAGESIZE), .bytes = 0};
    giving.pagemap = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
    if (giving.pagemap >= 0) {
        dl_iterate_phdr(look_at, &giving);
        close(giving.pagemap);
    }
    malloc_trim(0);
    return giving.bytes;
}
