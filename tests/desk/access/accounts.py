"""Sign-in, one's own account, and the administrator's pages."""

from tests.desk.access import EVERYONE, FINE, NO_ONE, Row

ROWS = [
    Row("account_login", EVERYONE, public=True),
    Row("account_login", EVERYONE, method="POST", public=True, fine=FINE | {429}),
    Row("account_logout", EVERYONE, public=True),
    Row("account_logout", EVERYONE, method="POST", public=True),
    Row("account_change_password", EVERYONE),
    Row("account_change_password", EVERYONE, method="POST"),
    Row("account_reauthenticate", EVERYONE),
    Row("account_reauthenticate", EVERYONE, method="POST"),
    Row("mfa_index", EVERYONE),
    Row("mfa_activate_totp", EVERYONE),
    Row("mfa_activate_totp", EVERYONE, method="POST"),
    # Only half-way through a sign-in, or with a second factor set up, is there anything behind these.
    Row("mfa_authenticate", EVERYONE),
    Row("mfa_reauthenticate", EVERYONE),
    Row("mfa_deactivate_totp", NO_ONE),
    Row("mfa_view_recovery_codes", NO_ONE),
    Row("mfa_generate_recovery_codes", EVERYONE),
    Row("mfa_download_recovery_codes", NO_ONE),
    Row("usersessions_list", EVERYONE),
    Row("usersessions_list", EVERYONE, method="POST"),
]
