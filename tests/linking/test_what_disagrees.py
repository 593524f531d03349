"""What disagrees never speaks for one trader, whatever else the list holds."""

import math

from bench.sellers import make

from chosach.linking import link


def test_in_a_list_from_one_province_another_province_is_no_sign_of_one_trader() -> None:
    records, _ = make(400, wrong=0.2, seed=3)
    addresses = [f"{at % 90 + 1} Lê Lợi, phường Tam Hiệp, Đồng Nai" if at % 60 else f"{at} Cầu Giấy, Hà Nội" for at in range(400)]
    model = link(records.set_column(records.column_names.index("address"), "address", [addresses]), edges=False).model
    for field, levels in model.m.items():
        said = [math.log2(share / model.u[field][level]) for level, share in levels.items()]
        assert said[-1] <= min(0.0, said[-2]) + 1e-3, field
