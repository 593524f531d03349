from django.urls import URLPattern, URLResolver, path

from chosach.desk.cases.views import decisions, file, lists, opening

app_name = "cases"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", lists.case_list, name="list"),
    path("mo/", opening.open_case, name="open"),
    path("cho-xu-ly/", lists.waiting, name="waiting"),
    path("giai-doan/", lists.stage_table, name="stages"),
    path("so-lieu/", lists.figure_list, name="figure_list"),
    path("so-lieu/<uuid:case_id>/", lists.figures, name="figures"),
    path("dang-thu-ly/<uuid:trader_id>/", lists.lookup, name="lookup"),
    path("<uuid:case_id>/", file.case_page, name="case"),
    path("<uuid:case_id>/in/", file.print_view, name="print"),
    path("<uuid:case_id>/giai-doan/", file.move_stage, name="move_stage"),
    path("<uuid:case_id>/phan-loai/", file.classify, name="classify"),
    path("<uuid:case_id>/dau-moi/them/", opening.attach_lead, name="attach_lead"),
    path("<uuid:case_id>/ben-lien-quan/them/", file.add_party, name="add_party"),
    path("<uuid:case_id>/ben-lien-quan/<uuid:party_id>/gach/", file.strike_party, name="strike_party"),
    path("<uuid:case_id>/hang-hoa/them/", file.add_goods, name="add_goods"),
    path("<uuid:case_id>/hang-hoa/<uuid:line_id>/tinh-trang/", file.change_goods, name="change_goods"),
    path("<uuid:case_id>/hang-hoa/<uuid:line_id>/gach/", file.strike_goods, name="strike_goods"),
    path("<uuid:case_id>/ghi-chu/them/", file.write_note, name="write_note"),
    path("<uuid:case_id>/chung-cu/them/", file.add_evidence, name="add_evidence"),
    path("<uuid:case_id>/ket-qua/", decisions.propose_outcome, name="propose_outcome"),
    path("<uuid:case_id>/ket-qua/<uuid:outcome_id>/duyet/", decisions.decide_outcome, name="decide_outcome"),
    path("<uuid:case_id>/ket-thuc/", decisions.propose_closing, name="propose_closing"),
    path("<uuid:case_id>/ket-thuc/<uuid:closing_id>/duyet/", decisions.decide_closing, name="decide_closing"),
    path("<uuid:case_id>/mo-lai/", decisions.reopen, name="reopen"),
    path("<uuid:case_id>/chuyen-giao/", decisions.propose_transfer, name="propose_transfer"),
    path("<uuid:case_id>/chuyen-giao/<uuid:transfer_id>/duyet/", decisions.decide_transfer, name="decide_transfer"),
    path("<uuid:case_id>/chuyen-giao/<uuid:transfer_id>/tra-loi/", decisions.answer_transfer, name="answer_transfer"),
    path("<uuid:case_id>/chuyen-giao/<uuid:transfer_id>/niem-phong/", decisions.seal, name="seal"),
    path("<uuid:case_id>/chuyen-giao/<uuid:transfer_id>/doi-chieu/", decisions.check_seal, name="check_seal"),
    path("<uuid:case_id>/tham-gia/them/", decisions.join_body, name="join_body"),
    path("<uuid:case_id>/tham-gia/<uuid:joined_id>/thu-hoi/", decisions.withdraw_body, name="withdraw_body"),
    path("<uuid:case_id>/tham-gia/de-nghi/<uuid:request_id>/", decisions.answer_join, name="answer_join"),
]
