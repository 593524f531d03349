"""Pages of long work."""

from collections.abc import Callable

from django.urls import reverse

from chosach.desk.core.access import Actor
from chosach.desk.jobs import run
from chosach.desk.jobs.models import Job
from tests.people import Cast

Submit = Callable[[Actor], Job]


def test_a_running_job_is_looked_at_again_and_a_finished_one_is_not(cast: Cast, submit: Submit) -> None:
    client = cast["qltt.can-bo"].client
    job = submit(cast["qltt.can-bo"].actor)
    address = reverse("jobs:progress", args=[job.id])
    page = client.get(reverse("jobs:job", args=[job.id])).content.decode()
    assert f'hx-get="{address}"' in page and "Đang chờ" in page and "Đếm thử" in page
    run.run_next()
    response = client.get(address)
    assert response.headers["HX-Refresh"] == "true"
    assert "hx-get" not in response.content.decode() and "Đã xong" in response.content.decode()


def test_rows_with_problems_are_paged_filtered_and_downloaded_with_neutral_cells(cast: Cast, submit: Submit) -> None:
    client = cast["qltt.can-bo"].client
    job = submit(cast["qltt.can-bo"].actor)
    run.run_next()
    address = reverse("jobs:problems", args=[job.id])
    assert "Thiếu mã tin" in client.get(address).content.decode()
    assert "Thiếu mã tin" not in client.get(address, {"loai": "van-nhan"}).content.decode()
    response = client.get(reverse("jobs:problems_csv", args=[job.id]))
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert text.count("'=giá") == 5 and text.count("'@x") == 5 and "Bị loại" in text


def test_a_job_is_stopped_and_goes_on_by_a_button(cast: Cast, submit: Submit) -> None:
    client = cast["qltt.can-bo"].client
    job = submit(cast["qltt.can-bo"].actor)
    page = client.post(reverse("jobs:cancel", args=[job.id]), follow=True).content.decode()
    assert "Đã dừng việc này." in page and "Chạy tiếp" in page
    page = client.post(reverse("jobs:resume", args=[job.id]), follow=True).content.decode()
    assert "Đang chờ" in page


def test_a_body_lists_its_own_jobs_only(cast: Cast, submit: Submit) -> None:
    job = submit(cast["qltt.can-bo"].actor)
    address = reverse("jobs:job", args=[job.id])
    assert address in cast["qltt.lanh-dao"].client.get(reverse("jobs:list")).content.decode()
    other = cast["congan.can-bo"].client.get(reverse("jobs:list")).content.decode()
    assert address not in other and "Chưa có việc nào" in other
