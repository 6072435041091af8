#include "CMemory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Blocks of 32 bytes to 32 KiB, each a power of two and a little: buffers are made for such a number of bytes, with
   one more for a NUL, and have a head here. */
#define SMALLEST 5
#define LARGEST 15
#define A_LITTLE 64
/* Not in a list: the C library's. */
#define UNKEPT 0

/* The address sanitizer sees what is used after it was freed only where it is freed. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define KEEPS_NOTHING 1
#endif
#endif

/* Before each block; as long as the strictest alignment. */
struct head {
    size_t size_class;
    struct head *next;
};

static __thread struct {
    struct head *free[LARGEST + 1];
    size_t room;
} kept;

static size_t block_bytes(size_t size_class) {
    return ((size_t)1 << size_class) + A_LITTLE;
}

static size_t size_class(size_t bytes) {
    const size_t whole = bytes + sizeof(struct head);
    if (whole > block_bytes(LARGEST)) return UNKEPT;
    if (whole <= block_bytes(SMALLEST)) return SMALLEST;
    return 64 - (size_t)__builtin_clzl(whole - A_LITTLE - 1);
}

static size_t capacity(const struct head *head) {
    return block_bytes(head->size_class) - sizeof *head;
}

bool drctl_keep_begin(size_t bytes) {
#ifdef KEEPS_NOTHING
    (void)bytes;
    return false;
#else
    kept.room = bytes;
    return true;
#endif
}

size_t drctl_keep_end(void) {
    size_t freed = 0;
    kept.room = 0;
    for (size_t index = SMALLEST; index <= LARGEST; index += 1) {
        while (kept.free[index] != NULL) {
            struct head *head = kept.free[index];
            kept.free[index] = head->next;
            freed += block_bytes(index);
            free(head);
        }
    }
    return freed;
}

void *drctl_keep_allocate(size_t bytes) {
    if (bytes > SIZE_MAX - sizeof(struct head)) return NULL;
    const size_t class = size_class(bytes);
    struct head *head = kept.free[class];
    if (head != NULL) {
        kept.free[class] = head->next;
        kept.room += block_bytes(class);
        return head + 1;
    }
    head = malloc(class == UNKEPT ? bytes + sizeof *head : block_bytes(class));
    if (head == NULL) return NULL;
    head->size_class = class;
    return head + 1;
}

void drctl_keep_free(void *block) {
    if (block == NULL) return;
    struct head *head = (struct head *)block - 1;
    const size_t size = block_bytes(head->size_class);
    if (head->size_class == UNKEPT || kept.room < size) return free(head);
    kept.room -= size;
    head->next = kept.free[head->size_class];
    kept.free[head->size_class] = head;
}

void *drctl_keep_reallocate(void *block, size_t bytes) {
    if (block == NULL) return drctl_keep_allocate(bytes);
    struct head *head = (struct head *)block - 1;
    if (head->size_class == UNKEPT && size_class(bytes) == UNKEPT) {
        head = realloc(head, bytes + sizeof *head);
        return head == NULL ? NULL : head + 1;
    }
    if (head->size_class != UNKEPT && bytes <= capacity(head)) return block;
    void *larger = drctl_keep_allocate(bytes);
    if (larger == NULL) return NULL;
    /* What was the C library's and becomes shorter has at least as much as is asked for. */
    const size_t had = head->size_class == UNKEPT ? bytes : capacity(head);
    memcpy(larger, block, had < bytes ? had : bytes);
    drctl_keep_free(block);
    return larger;
}

void *drctl_keep_allocate_zeroed(size_t count, size_t size) {
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes)) return NULL;
    void *block = drctl_keep_allocate(bytes);
    return block == NULL ? NULL : memset(block, 0, bytes);
}

char *drctl_keep_duplicate(const char *text) {
    const size_t bytes = strlen(text) + 1;
    char *copy = drctl_keep_allocate(bytes);
    return copy == NULL ? NULL : memcpy(copy, text, bytes);
}
