#ifndef DRCTL_CPOSTGRES_SHIM_H
#define DRCTL_CPOSTGRES_SHIM_H

#include <libpq-fe.h>

/* The field codes are character constants, which Swift does not take for the int that libpq wants. */
static const int drctl_pq_sqlstate = PG_DIAG_SQLSTATE;
static const int drctl_pq_message = PG_DIAG_MESSAGE_PRIMARY;

#endif
