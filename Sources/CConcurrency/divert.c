#include "CConcurrency.h"
#include <pthread.h>
#include <stddef.h>

// Swift's runtime offers this hook for exactly this purpose ("overrides the global executor"); it is exported, but
// its header is not installed. Signature: include/swift/Runtime/Concurrency.h of the Swift 6 sources.
#define SWIFT_CC __attribute__((swiftcall))
typedef SWIFT_CC void (*original_enqueue)(void *job);
typedef SWIFT_CC void (*enqueue_hook)(void *job, original_enqueue original);
extern enqueue_hook swift_task_enqueueGlobal_hook;

// Of each thread on its own: two simulations, or a simulation and anything else, may go on in one process.
static _Thread_local drctl_take_job taker;
static _Thread_local void *taker_context;

static SWIFT_CC void divert(void *job, original_enqueue original) {
  if (taker)
    taker(job, taker_context);
  else
    original(job);
}

static void install(void) { swift_task_enqueueGlobal_hook = divert; }

void drctl_divert_jobs(drctl_take_job take, void *context) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, install);
  taker = take;
  taker_context = context;
}
