"""Forms of imports."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from chosach.formats.listings import FIELDS, LABELS, REQUIRED


class UploadForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label="Tệp tin bán",
        help_text="CSV, XLSX, JSON từng dòng hoặc Parquet. Chỉ cần cột mã tin và cột tên hàng; cột khác có thì càng tốt.",
        error_messages={"required": "Hãy chọn một tệp.", "empty": "Tệp trống.", "missing": "Hãy chọn một tệp."},
    )
    encoding = forms.ChoiceField(
        label="Bảng mã",
        choices=[("", "Tự nhận biết (UTF-8, UTF-16)"), ("windows-1258", "Windows tiếng Việt cũ (windows-1258)")],
        required=False,
        help_text="Chỉ đổi khi hệ thống báo không nhận ra bảng mã.",
    )


class PicturesForm(forms.Form):
    """A ZIP of pictures."""

    file = forms.FileField(
        label="Tệp ZIP chứa ảnh",
        error_messages={"required": "Hãy chọn một tệp.", "empty": "Tệp trống.", "missing": "Hãy chọn một tệp."},
    )


class MappingForm(forms.Form):
    """Which column is which field. `header`: names of the file's columns; `mapping`: field → column as proposed."""

    def __init__(self, data: Any = None, *, header: Sequence[str], mapping: Mapping[str, str]) -> None:
        super().__init__(data)
        choices = [("", "(không có)"), *((name, name) for name in dict.fromkeys(header) if name)]
        for field in FIELDS:
            self.fields[field] = forms.ChoiceField(
                label=LABELS[field],
                choices=choices,
                required=field in REQUIRED,
                initial=mapping.get(field, ""),
                error_messages={"required": "Hãy chọn cột này trong tệp.", "invalid_choice": "Tệp không có cột này."},
            )

    def mapping(self) -> dict[str, str]:
        """Field → column, as chosen."""
        return {field: column for field, column in self.cleaned_data.items() if column}
