"""What can be done with the ledger: a file per act."""

from chosach.desk.ledger.services.daily import sign_daily_head
from chosach.desk.ledger.services.exporting import export_lines, record_export
from chosach.desk.ledger.services.redacting import carry_out_redaction, order_redaction
from chosach.desk.ledger.services.refusing import fold_refusals, record_refusal
from chosach.desk.ledger.services.signing import sign_head
from chosach.desk.ledger.services.verifying import record_verification, verify_and_record
from chosach.desk.ledger.services.writing import in_turn, lock_writers, record

__all__ = [
    "carry_out_redaction",
    "export_lines",
    "fold_refusals",
    "in_turn",
    "lock_writers",
    "order_redaction",
    "record",
    "record_export",
    "record_refusal",
    "record_verification",
    "sign_daily_head",
    "sign_head",
    "verify_and_record",
]
