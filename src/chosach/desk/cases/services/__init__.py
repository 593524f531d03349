"""What can be done with a case: one function per act, a file per kind of act. Nothing deletes."""
