"""A proposal to dismiss a lead may be withdrawn."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("leads", "0006_false_alarms")]

    operations = [
        migrations.AlterField(
            model_name="dismissal",
            name="state",
            field=models.CharField(
                choices=[
                    ("pending", "Chờ người thứ hai"),
                    ("done", "Đã bỏ qua"),
                    ("refused", "Người thứ hai không đồng ý"),
                    ("sent_back", "Văn phòng Thường trực trả lại"),
                    ("lapsed", "Hết dấu hiệu trước khi quyết định"),
                    ("taken_back", "Cơ quan rút lại việc bỏ qua"),
                    ("withdrawn", "Người đề nghị rút lại"),
                ],
                max_length=12,
                verbose_name="trạng thái",
            ),
        ),
    ]
