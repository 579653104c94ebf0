"""What is left of jobs: those of a killed worker are given back, those that are done are forgotten.

A job whose worker dies stays marked as running. A periodic one holds its lock meanwhile, and would never run again:
the clocks of a whole county would stand still. A dead worker is one without a heartbeat for half a minute.
"""

from typing import Final

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager

from sidan.core.jobs import MAX_TRIES
from sidan.core.logs import logger

log = logger("sidan.jobs")
NAME: Final = "core.take_up_stalled"
KEPT_HOURS: Final = 48
FAILED_KEPT_HOURS: Final = 30 * 24


@app.periodic(cron="* * * * *")
@app.task(name=NAME, queue="periodic", queueing_lock=NAME, pass_context=True)
async def take_up_stalled(context: JobContext, timestamp: int) -> None:
    """Give back what dead workers were doing. It has no lock: its own death must not stop it."""
    manager = context.app.job_manager
    for stalled in await manager.get_stalled_jobs():
        try:
            await _give_back(manager, stalled)
        except ConnectorException:
            # Another worker, which looks as we do, was faster.
            log.info("stalled_job_gone", stalled=stalled.task_name)
        else:
            log.warning("stalled_job", stalled=stalled.task_name, tries=stalled.attempts)


async def _give_back(manager: JobManager, stalled: Job) -> None:
    """Let it be done again; a periodic job comes again by itself, and what always kills its worker is given up."""
    if stalled.queueing_lock is not None or stalled.attempts >= MAX_TRIES:
        await manager.finish_job(stalled, status=Status.FAILED, delete_job=False)
    else:
        await manager.retry_job(stalled)


@app.periodic(cron="47 19 * * *")
@app.task(name="core.forget_old_jobs", queue="periodic", pass_context=True)
async def forget_old_jobs(context: JobContext, timestamp: int) -> None:
    """Remove what was done two days ago or given up a month ago (03:47 in China): a dozen jobs are done each minute."""
    await context.app.job_manager.delete_old_jobs(nb_hours=KEPT_HOURS)
    await context.app.job_manager.delete_old_jobs(
        nb_hours=FAILED_KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )
