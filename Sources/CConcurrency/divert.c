#include "CConcurrency.h"
#include <stddef.h>

// Swift's runtime offers this hook for exactly this purpose ("overrides the global executor"); it is exported, but
// its header is not installed. Signature: include/swift/Runtime/Concurrency.h of the Swift 6 sources.
#define SWIFT_CC __attribute__((swiftcall))
typedef SWIFT_CC void (*original_enqueue)(void *job);
typedef SWIFT_CC void (*enqueue_hook)(void *job, original_enqueue original);
extern enqueue_hook swift_task_enqueueGlobal_hook;

static drctl_take_job taker;

static SWIFT_CC void divert(void *job, original_enqueue original) {
  (void)original;
  taker(job);
}

void drctl_divert_jobs(drctl_take_job take) {
  taker = take;
  swift_task_enqueueGlobal_hook = take ? divert : NULL;
}
