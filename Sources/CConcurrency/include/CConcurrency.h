#ifndef DRCTL_CCONCURRENCY_H
#define DRCTL_CCONCURRENCY_H

/// Takes a job that is ready to run. `job` is what Swift calls an UnownedJob.
typedef void (*drctl_take_job)(void *_Nonnull job);

/// From now on every job that Swift's runtime would hand to its thread pool goes to `take` instead, so that a
/// simulation decides when it runs, on one thread. Null ends that. For the whole process.
void drctl_divert_jobs(drctl_take_job _Nullable take);

#endif
