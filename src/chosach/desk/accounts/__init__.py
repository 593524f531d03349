"""People, their role in a body, sign-in, second factor, sessions."""
