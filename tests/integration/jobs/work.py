"""Work for the tests of the queue; as a program (``python -m integration.jobs.work``) a worker that knows it."""

import time

from luodi.errors import ContentError


def slow(run, *, name, seconds):
    """Found an organisation, taking its time."""
    from luodi.service.accounts.models import Organisation
    from luodi.service.jobs.kinds import Done

    Organisation.objects.create(name=name, side="unit")
    for percent in range(0, 100, 5):
        run.progress(percent, f"{percent} 分")
        time.sleep(seconds / 20)
    return Done(f"{name}已建立", "/")


def refused(run, *, name):
    slow(run, name=name, seconds=0)
    raise ContentError("第 3 行的金额是“壹百”，应为数字。请改正后再传。")


def poison(run, *, name):
    slow(run, name=name, seconds=0)
    raise ZeroDivisionError


def register():
    from luodi.service.jobs.kinds import task

    for title, function in (("慢慢做", slow), ("会被退回", refused), ("会出错", poison)):
        task(title)(function)


if __name__ == "__main__":
    import django

    django.setup()
    from integration.jobs import work
    from luodi.service.jobs import worker

    work.register()
    worker.SILENT = 2.0
    worker.work()
