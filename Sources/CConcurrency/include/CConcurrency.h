#ifndef DRCTL_CCONCURRENCY_H
#define DRCTL_CCONCURRENCY_H

/// Takes a job that is ready to run. `job` is what Swift calls an UnownedJob.
typedef void (*drctl_take_job)(void *_Nonnull job, void *_Nullable context);

/// From now on every job that the calling thread would hand to Swift's thread pool goes to `take` instead, so that a
/// simulation decides when it runs. Null ends that. Other threads' jobs are not touched.
void drctl_divert_jobs(drctl_take_job _Nullable take, void *_Nullable context);

#endif
