"""Files of listings that came in through the browser."""

from django.db import models

from chosach.desk.accounts.models import User
from chosach.desk.agencies.models import Body
from chosach.desk.core.models import Noun
from chosach.desk.jobs.models import Job


class Import(Noun):
    """One file, brought in by one body. A draft until its mapping is confirmed; then its job takes it in.

    The bytes lie in the store by their hash. `mapping` is field → name of the column in the file. `again` is 0 but where a person
    chose to take a file in once more with another mapping.
    """

    file_name = models.CharField("tên tệp", max_length=255)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField("kích thước (byte)")
    format = models.CharField("dạng tệp", max_length=80)
    encoding = models.CharField("bảng mã khai báo", max_length=20, blank=True)
    header = models.JSONField("các cột trong tệp")
    signature = models.CharField("chữ ký của dòng tiêu đề", max_length=64)
    mapping = models.JSONField("ghép cột", default=dict)
    again = models.PositiveIntegerField("lần thứ mấy của tệp này", default=0)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="người nhập")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="cơ quan")
    job = models.OneToOneField(Job, models.PROTECT, null=True, blank=True, related_name="listing_import")
    confirmed_at = models.DateTimeField("xác nhận lúc", null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "id"]
        indexes = [models.Index(fields=["body", "-created_at"])]
        constraints = [models.UniqueConstraint(fields=["body", "sha256", "again"], name="one_import_of_a_file_by_a_body")]

    def __str__(self) -> str:
        return self.file_name


class ImportedRow(models.Model):
    """Which row of which file a listing came from. Written with the row's work, so it is there if and only if that is."""

    listing_import = models.ForeignKey(Import, models.PROTECT, related_name="rows")
    row = models.PositiveBigIntegerField("bản ghi")
    line = models.PositiveBigIntegerField("dòng")
    platform = models.CharField("nền tảng", max_length=100, blank=True)
    listing_id = models.CharField("mã tin", max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["listing_import", "row"], name="one_row_of_an_import")]
        indexes = [models.Index(fields=["platform", "listing_id"])]


class PictureFile(Noun):
    """A ZIP with pictures of an import's listings. The bytes lie in the store by their hash; its job reads the pictures."""

    listing_import = models.ForeignKey(Import, models.PROTECT, related_name="picture_files")
    file_name = models.CharField("tên tệp", max_length=255)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField("kích thước (byte)")
    files = models.PositiveIntegerField("số tệp trong ZIP")
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="người gửi")
    job = models.OneToOneField(Job, models.PROTECT, related_name="picture_file")

    class Meta:
        ordering = ["-created_at", "id"]
        constraints = [models.UniqueConstraint(fields=["listing_import", "sha256"], name="one_picture_file_of_an_import")]

    def __str__(self) -> str:
        return self.file_name


class RememberedMapping(models.Model):
    """How a body maps the columns of files with this header."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="+")
    signature = models.CharField("chữ ký của dòng tiêu đề", max_length=64)
    mapping = models.JSONField("ghép cột")
    changed_at = models.DateTimeField("sửa lúc", auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "signature"], name="one_mapping_of_a_header_by_a_body")]
