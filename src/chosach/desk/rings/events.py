"""What rings write to the ledger."""

from chosach.desk.ledger.events import register

register("rings.link_started", "Cho tìm lại liên kết giữa các kênh bán", figures=False)
register("rings.link_brought_forward", "Cho tìm lại liên kết ngay, không chờ thêm nhận định", figures=False)
register("rings.linked", "Tìm liên kết giữa các kênh bán", figures=False)
register("traders.linked", "Nhập các thương nhân được thấy là một", figures=False)
register("traders.parted", "Tách các thương nhân không còn được thấy là một", figures=False)
register("ring.born", "Thấy một đường dây mới", figures=False)
register("ring.changed", "Đường dây thêm hoặc bớt thương nhân", figures=False)
register("ring.merged", "Nhập hai đường dây thành một", figures=False)
register("ring.split", "Tách một đường dây", figures=False)
register("ring.gone", "Đường dây không còn", figures=False)
register("ring.returned", "Đường dây trở lại", figures=False)
register("judgement.proposed", "Đề nghị nhận định, chờ cơ quan khác đồng ý", figures=False)
register("judgement.made", "Nhận định về liên kết có hiệu lực", figures=False)
register("judgement.agreed", "Đồng ý với nhận định của cơ quan khác", figures=False)
register("judgement.refused", "Không đồng ý với nhận định của cơ quan khác", figures=False)
register("judgement.undo_asked", "Đề nghị hoàn tác nhận định, chờ cơ quan khác đồng ý", figures=False)
register("judgement.undone", "Hoàn tác nhận định về liên kết", figures=False)
